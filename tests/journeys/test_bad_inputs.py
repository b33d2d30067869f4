"""Bad inputs among good orders: each costs only itself, is kept, is answered politely, and is said to be what it is."""

from __future__ import annotations

import hashlib
import smtplib
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cache

import pytest

from activities.gateways.blob_store import FileBlobStore
from demo.delivery import sample_mails
from models.contracts.reading_v1 import ReadingV1
from models.domain.lifecycle import OrderStatus
from models.domain.messages import InboundMessage
from tests.journeys.hostile import Hostile, all_of_them, good_order_with_wrong_extension, oversized
from tests.stack_at_work import ROOT, StackAtWork, stack_at_work

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]

_LIMIT = 3_000_000
_GOOD = ("email-list-de", "pdf-ruled-de", "edifact-d01b", "csv-decimal-commas")
hostile_inputs = cache(all_of_them)


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StackAtWork]:
    """A stack that was given every hostile input, a good order between them now and then."""
    folder = tmp_path_factory.mktemp("bad")
    with stack_at_work(folder, "--no-samples", max_message_bytes=str(_LIMIT), carrier_seconds_per_day="0.5") as running:
        good = iter(mail for mail in sample_mails(ROOT / "demo" / "inbox") if mail.name in _GOOD)
        for number, hostile in enumerate(hostile_inputs()):
            running.mail(hostile.mail, hostile.sender)
            if number % 3 == 0 and (mail := next(good, None)):
                running.mail(mail.content, mail.sender)
        yield running


def kept(stack: StackAtWork, hostile: Hostile) -> InboundMessage:
    """The message once it was concluded; its id is the digest of what came."""
    digests = {hashlib.sha256(hostile.mail).hexdigest(), hashlib.sha256(hostile.mail.rstrip(b"\r\n") + b"\r\n").hexdigest()}
    found = [message for message in stack.inbox.recent() if message.message_id in digests]
    assert found, f"{hostile.name} was not kept"
    return stack.message(found[0].message_id)


def answers(stack: StackAtWork, address: str) -> list[EmailMessage]:
    mails = [message_from_bytes(path.read_bytes(), policy=default) for path in (stack.var / "mailbox").glob("*.eml")]
    return [mail for mail in mails if isinstance(mail, EmailMessage) and address in str(mail["To"])]


def names() -> list[str]:
    return [hostile.name for hostile in hostile_inputs()]


def by_name(name: str) -> Hostile:
    return next(hostile for hostile in hostile_inputs() if hostile.name == name)


@pytest.mark.parametrize("name", names())
def test_a_bad_input_is_concluded_with_its_cause(stack: StackAtWork, name: str) -> None:
    """The message ends, opens no order, and its explanation names the file that is at fault."""
    message = kept(stack, by_name(name))
    assert message.outcome in {"unreadable", "not_an_order", "needs_person", "orders_opened"}
    if message.outcome == "orders_opened":
        # Only an interchange with wrong counts still holds an order to look at; a person gets it.
        assert name == "wrong-counts"
        stack.order_at(message.order_ids[0], OrderStatus.NEEDS_REVIEW)
        return
    assert message.explanation
    assert by_name(name).named in message.explanation


@pytest.mark.parametrize("name", names())
def test_a_bad_input_has_a_finding_that_names_its_place(stack: StackAtWork, name: str) -> None:
    """The reading is kept with the problems in it, each in words."""
    message = kept(stack, by_name(name))
    assert message.reading is not None
    reading = ReadingV1.model_validate_json(FileBlobStore(stack.var / "blobs").get(message.reading))
    order_problems = [problem for order in reading.extraction.orders for problem in reading.extraction.problems]
    assert reading.extraction.problems or order_problems or name == "empty-mail"


@pytest.mark.parametrize("name", names())
def test_the_original_of_a_bad_input_is_kept(stack: StackAtWork, name: str) -> None:
    """Byte for byte, whatever it is."""
    message = kept(stack, by_name(name))
    content = FileBlobStore(stack.var / "blobs").get(message.content)
    assert hashlib.sha256(content).hexdigest() == message.message_id


@pytest.mark.parametrize("name", names())
def test_the_sender_of_a_bad_input_gets_one_polite_answer(stack: StackAtWork, name: str) -> None:
    """One mail, without a trace of our insides."""
    hostile = by_name(name)
    message = kept(stack, hostile)
    if message.outcome == "orders_opened":
        stack.order_at(message.order_ids[0], OrderStatus.NEEDS_REVIEW)
        return
    [answer] = answers(stack, hostile.sender)
    body = answer.get_body(preferencelist=("plain",))
    assert body is not None
    text = body.get_content()
    assert len(text) > 40
    assert not any(word in text for word in ("Traceback", "Error(", "/work", "site-packages", ".py"))


@pytest.mark.parametrize("name", _GOOD)
def test_good_orders_among_them_are_fulfilled(stack: StackAtWork, name: str) -> None:
    """Nothing else stops."""
    sample = next(mail for mail in sample_mails(ROOT / "demo" / "inbox") if mail.name == name)
    message = stack.message(sample.message_id)
    assert message.outcome == "orders_opened"
    stack.order_at(message.order_ids[0], OrderStatus.CLOSED)


def test_a_good_order_with_the_wrong_extension_is_read_by_its_content(stack: StackAtWork) -> None:
    """What a file calls itself counts for nothing."""
    content = good_order_with_wrong_extension()
    stack.mail(content, "materialwirtschaft@moebel-oehler.example")
    message = stack.message(hashlib.sha256(content).hexdigest())
    assert message.order_ids == ("order:10056:B26-99417",)


def test_a_mail_that_is_too_large_is_refused_at_the_door(stack: StackAtWork) -> None:
    """RFC 1870: the sender's own server hears it (552) and tells its user; the next mail is taken."""
    with pytest.raises((smtplib.SMTPSenderRefused, smtplib.SMTPDataError)) as refused:
        stack.mail(oversized(_LIMIT + 1_000_000), "einkauf@oversized.example")
    assert refused.value.smtp_code == 552
    assert stack.is_well()
