"""Numbers and the outbox: once per key, without gaps, whoever asks at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from models.domain.errors import Rejected
from models.store.journals import SqlNumberRanges, SqlOutbox
from models.store.session import insert_new, writing
from models.store.tables import number_range
from tests.store import samples


def test_a_range_counts_from_one_and_knows_its_keys(engine: Engine) -> None:
    """The same key gets the same number ever after; ranges do not mix."""
    numbers = SqlNumberRanges(engine)
    asked = [("orders", "a"), ("orders", "b"), ("orders", "a"), ("invoices", "b")]
    assert [numbers.number(*key) for key in asked] == [1, 2, 1, 1]


def test_a_number_can_be_asked_for_without_giving_one(engine: Engine) -> None:
    """Who only looks leaves no gap."""
    numbers = SqlNumberRanges(engine)
    assert numbers.known("orders", "a") is None
    assert [numbers.number("orders", "b"), numbers.known("orders", "b")] == [1, 1]


def test_many_at_once_leave_no_gap_and_give_no_number_twice(engine: Engine) -> None:
    """Each key asked for by two."""
    numbers = SqlNumberRanges(engine)
    keys = [f"key {place % 20}" for place in range(40)]
    with ThreadPoolExecutor(8) as pool:
        given_ = dict(zip(keys, pool.map(lambda key: numbers.number("orders", key), keys), strict=True))
    assert sorted(given_.values()) == list(range(1, 21))


def test_a_crash_between_counting_and_giving_leaves_no_gap(engine: Engine) -> None:
    """The counter goes back with the transaction."""
    with pytest.raises(ZeroDivisionError):
        _count_and_crash(engine)
    assert SqlNumberRanges(engine).number("orders", "a") == 1


def _count_and_crash(engine: Engine) -> None:
    with writing(engine) as connection:
        insert_new(connection, number_range, range_name="orders", last_number=0)
        connection.execute(number_range.update().values(last_number=1))
        assert connection.scalar(select(number_range.c.last_number)) == 1
        raise ZeroDivisionError


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from("abcdef"), max_size=12))
def test_numbers_are_given_in_the_order_of_first_asking(engine: Engine, keys: list[str]) -> None:
    """Whatever the order of keys; each example counts in a range of its own."""
    numbers = SqlNumberRanges(engine)
    range_name = "-".join(["range", *keys])
    first_asked = {key: place for place, key in enumerate(dict.fromkeys(keys), 1)}
    assert [numbers.number(range_name, key) for key in keys] == [first_asked[key] for key in keys]


def test_a_message_is_posted_once(engine: Engine) -> None:
    """The second post says so and changes nothing."""
    outbox = SqlOutbox(engine)
    posted = [outbox.post(samples.outbound()), outbox.post(samples.outbound())]
    assert (posted, len(outbox.of_subject("order:10010:1"))) == ([True, False], 1)


def test_a_message_keeps_the_time_of_its_first_sending(engine: Engine) -> None:
    """Marking again after a crash does not move it."""
    outbox = SqlOutbox(engine)
    outbox.post(samples.outbound())
    before = outbox.is_sent("ack:1")
    outbox.mark_sent("ack:1", samples.NOON)
    outbox.mark_sent("ack:1", samples.NOON + timedelta(hours=1))
    assert (before, outbox.is_sent("ack:1"), outbox.sent_at("ack:1")) == (False, True, samples.NOON)


def test_a_message_that_was_never_posted_cannot_be_sent(engine: Engine) -> None:
    """A wrong key is said, not swallowed."""
    with pytest.raises(Rejected, match="nobody"):
        SqlOutbox(engine).mark_sent("nobody", samples.NOON)
