"""The inbox: a message that was acknowledged is kept once and taken once."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from models.domain.errors import Rejected
from models.store.inbox import SqlInbox
from tests.store import samples


def test_a_message_that_comes_twice_is_kept_as_it_came_first(engine: Engine) -> None:
    """The second delivery finds the first."""
    inbox = SqlInbox(engine)
    first = inbox.receive(samples.message(sender="ada@buyer.example"))
    assert inbox.receive(samples.message(sender="other@buyer.example")) == first


def test_messages_wait_oldest_first_until_they_are_started(engine: Engine) -> None:
    """What a crash left waiting is found again in order."""
    inbox = SqlInbox(engine)
    for seed in (3, 1, 2):
        inbox.receive(samples.message(seed))
    inbox.mark_started(samples.message(1).message_id)
    assert [waiting.message_id for waiting in inbox.not_started()] == [samples.message(seed).message_id for seed in (3, 2)]


def test_starting_a_concluded_message_leaves_it_concluded(engine: Engine) -> None:
    """A door that repeats its last step after a crash does not reopen what is done."""
    inbox = SqlInbox(engine)
    known = inbox.receive(samples.message())
    inbox.conclude(known.message_id, "orders_opened", "one order", ["order:10010:1"], samples.blob(9))
    inbox.mark_started(known.message_id)
    kept = inbox.get(known.message_id)
    assert (kept.state, kept.order_ids, kept.reading) == ("concluded", ("order:10010:1",), samples.blob(9))


def test_recent_messages_come_latest_first(engine: Engine) -> None:
    """The desk shows what came last."""
    inbox = SqlInbox(engine)
    for seed in (1, 2, 3):
        inbox.receive(samples.message(seed))
    assert [message.message_id for message in inbox.recent(2)] == [samples.message(seed).message_id for seed in (3, 2)]


def test_an_unknown_message_is_not_found(engine: Engine) -> None:
    """The code tells a wrong id from a broken database."""
    with pytest.raises(Rejected) as caught:
        SqlInbox(engine).get("unknown")
    assert caught.value.code == "not_found"
