"""Outlook's own files are mails too."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.capture.outlook_files import outlook_message
from parsers.detect import Kind, detect
from parsers.reading import read_document
from tests.parsers.prose.letters import goods, reading, the_order

HEADERS = "From: Jo Miller <jo@acme.example>\r\nDate: Mon, 02 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@acme>\r\n\r\n"
CSV = b"Article;Description;Quantity\nHX-M8-40;Hex bolt;400\nW-8;Washer;100\n" + b"\n" * 5000
PLAIN = outlook_message(HEADERS, "PO 4711", "Please send us 20 boxes of gloves (art. G-9).", {})


def test_an_outlook_message_is_known_by_its_content() -> None:
    """By the names within the compound file."""
    assert detect(PLAIN) is Kind.OUTLOOK


def test_the_text_of_an_outlook_message_is_read() -> None:
    """Subject, body and sender."""
    order = the_order(PLAIN)
    assert order.buyer is not None
    assert (goods(order)[0][:3], order.po_number and order.po_number.value, order.buyer.email and order.buyer.email.value) == (
        ("G-9", "gloves", "20"), "4711", "jo@acme.example",
    )  # fmt: skip


def test_the_attachment_of_an_outlook_message_is_read() -> None:
    """Its file is read like any other."""
    content = outlook_message(HEADERS, "PO 4711", "Our order is attached.", {"po.csv": CSV})
    assert [line[0] for line in goods(the_order(content))] == ["HX-M8-40", "W-8"]


def test_the_head_of_an_outlook_message_is_taken_down() -> None:
    """For the answer."""
    head = reading(PLAIN).reading.mail
    assert head is not None
    assert (head.sender, head.subject, head.message_id) == ("jo@acme.example", "PO 4711", "<1@acme>")


@given(st.integers(0, len(PLAIN)), st.binary(min_size=1, max_size=40))
@example(32, b"?")  # sectors of 2 to the power of 63 bytes
@settings(max_examples=150)
def test_a_damaged_outlook_message_never_raises(place: int, patch: bytes) -> None:
    """Bytes overwritten anywhere, and the file cut there."""
    for content in (PLAIN[:place] + patch + PLAIN[place + len(patch) :], PLAIN[:place]):
        assert read_document(content, "m.msg", ocr=None).reading.extraction.document.sha256
