"""Whole files to readings: parts put together, other people's formats told apart, hostile ones answered."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.contracts.extraction_v1 import Intent
from models.domain.findings import Severity
from parsers.reading import MOST_BODY_TEXT, read_document
from tests.parsers.prose.letters import codes, extraction, goods, mail, reading, the_order

CSV = (
    b"PO Number;4711\n\nArticle;Description;Quantity;Unit;Unit price\n"
    b"HX-M8-40;Hex bolt M8x40;400;pcs;0,12\nW-8;Washer M8;100;pcs;0,02\n"
)
INVOICE = (
    b"INVOICE\n\nInvoice number: 2026-1\nInvoice date: 2026-10-01\nYour order: 4711\n"
    b"20 boxes gloves 50.00 EUR\nAmount due: 50.00 EUR\n"
)
LETTER = b"Purchase order 4711\n\nPlease deliver:\n- 20 boxes of gloves\n"


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_an_attached_order_is_the_mails_order() -> None:
    """A covering letter adds nothing but its sender."""
    order = the_order(mail("Please find our order attached.\n\nBest regards\nJo", "Order", files=(("po.csv", CSV),)))
    assert [line[0] for line in goods(order)] == ["HX-M8-40", "W-8"]


def test_the_name_of_a_file_does_not_matter() -> None:
    """A CSV that is called a PDF is a CSV."""
    assert len(the_order(mail("see attached order", "Order", files=(("po.pdf", CSV),))).lines) == 2


def test_the_subjects_number_serves_an_attachment_without_one() -> None:
    """PO number only in the subject."""
    without = CSV.split(b"\n\n", 1)[1]
    number = the_order(mail("Please find our order attached.", "PO 88-77", files=(("po.csv", without),))).po_number
    assert number is not None
    assert number.value == "88-77"


def test_what_the_body_adds_is_kept() -> None:
    """A wanted day that only the covering letter states."""
    day = the_order(
        mail("Please find our order attached. Delivery by 20 November 2026.", "PO 4711", files=(("po.csv", CSV),))
    ).requested_delivery_date
    assert day is not None
    assert day.value == "2026-11-20"


def test_the_same_order_in_body_and_attachment_is_one_order() -> None:
    """The same number and goods are not two orders."""
    body = "Our PO 4711:\n- 400 pcs hex bolt M8x40, art. HX-M8-40\n- 100 pcs washer M8, art. W-8\n"
    assert len(extraction(mail(body, "PO 4711", files=(("po.csv", CSV),))).orders) == 1


def test_a_disagreement_on_a_quantity_needs_a_person() -> None:
    """Body and attachment say different quantities: an error, and the attachment's stands."""
    body = "Our PO 4711:\n- 500 pcs hex bolt M8x40, art. HX-M8-40\n- 100 pcs washer M8, art. W-8\n"
    found = extraction(mail(body, "PO 4711", files=(("po.csv", CSV),)))
    conflicts = [(problem.severity, problem.field) for problem in found.problems if problem.code == "conflicting_sources"]
    assert (conflicts, [line[2] for line in goods(found.orders[0])]) == (
        [(Severity.ERROR, "orders[0].lines[0].quantity")],
        ["400", "100"],
    )


def test_two_attached_orders_are_two_orders() -> None:
    """Each attachment with a number of its own."""
    other = CSV.replace(b"4711", b"4712")
    numbers = [
        order.po_number and order.po_number.value
        for order in extraction(mail("Our orders are attached.", "Orders", files=(("a.csv", CSV), ("b.csv", other)))).orders
    ]
    assert numbers == ["4711", "4712"]


def test_the_same_file_attached_twice_is_one_order() -> None:
    """As mail programs do."""
    assert len(extraction(mail("Our order is attached.", "Order", files=(("a.csv", CSV), ("copy of a.csv", CSV)))).orders) == 1


def test_attachments_that_are_no_orders_do_not_disturb() -> None:
    """Terms, a visiting card."""
    files = (
        ("terms.txt", b"General terms and conditions of purchase\n\n1. The seller shall deliver within 5 days.\n"),
        ("jo.vcf", b"BEGIN:VCARD\nFN:Jo\nEND:VCARD\n"),
    )
    found = extraction(mail("Please send us 20 boxes of gloves.", "PO 4711", files=files))
    assert (found.intent, len(found.orders), found.problems) == (Intent.ORDER, 1, ())


def test_an_attached_invoice_makes_no_order() -> None:
    """An invoice quotes an order's number and goods."""
    found = extraction(mail("Please find attached our invoice.", "Invoice 2026-1", files=(("invoice.txt", INVOICE),)))
    assert (found.intent, found.orders) == (Intent.OTHER, ())


def test_a_cancelling_body_cancels_the_attached_order() -> None:
    """The mail says otherwise than its attachment."""
    order = the_order(
        mail("Please cancel our purchase order 4711, attached for reference.", "Cancel PO 4711", files=(("po.csv", CSV),))
    )
    assert (order.kind, order.lines) == ("order_cancellation", ())


def test_a_status_enquiry_with_a_copy_of_the_order_orders_nothing() -> None:
    """A copy attached to a question is not a new order."""
    found = extraction(mail("Where is our order PO 4711? A copy is attached.", "PO 4711", files=(("po.csv", CSV),)))
    assert (found.intent, found.orders) == (Intent.ORDER_STATUS_ENQUIRY, ())


def test_a_damaged_attachment_is_named_and_the_others_are_read() -> None:
    """One bad file costs only itself."""
    found = extraction(mail("Our order is attached.", "PO 4711", files=(("bad.pdf", b"%PDF-1.7\nnothing"), ("po.csv", CSV))))
    assert (len(found.orders), any("bad.pdf" in problem.message for problem in found.problems)) == (1, True)


def test_a_zip_of_orders_is_unpacked() -> None:
    """Archives are read like mails."""
    assert len(extraction(_zip({"a/po.csv": CSV, "b.csv": CSV.replace(b"4711", b"4712")}), "orders.zip").orders) == 2


def test_a_gzipped_order_is_unpacked() -> None:
    """One file in gzip."""
    assert len(the_order(gzip.compress(CSV)).lines) == 2


def test_a_plain_text_file_is_read() -> None:
    """Evidence names the file."""
    order = the_order(LETTER)
    assert order.lines[0].quantity is not None
    assert (order.lines[0].quantity.value, order.lines[0].quantity.evidence[0].part) == ("20", "mail.eml")


def test_an_html_file_is_read() -> None:
    """A web page saved as a file."""
    rows = b"<table><tr><th>Article</th><th>Qty</th></tr><tr><td>W-8</td><td>20</td></tr></table>"
    page = b"<html><body><h1>Purchase order 4711</h1>" + rows + b"</body></html>"
    assert [line[:1] + line[2:3] for line in goods(the_order(page))] == [("W-8", "20")]


BOMB = _zip({"bomb.txt": bytes(120 * 1024 * 1024)})
NESTED_ZIP = b""
for _ in range(40):
    NESTED_ZIP = _zip({"inner.zip": NESTED_ZIP or LETTER})


def _encrypted_zip() -> bytes:
    content = bytearray(_zip({"po.csv": CSV}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    return bytes(content)


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(f'<!ENTITY {chr(98 + n)} "{"&" + chr(97 + n) + ";"}{"&" + chr(97 + n) + ";"}">'.encode() for n in range(20))
    + b"]><Order>&u;</Order>"
)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\x00\x01\x02\x03" * 50, "unknown_format"),
        (BOMB, "archive_too_large"),
        (NESTED_ZIP, "nested_too_deep"),
        (_encrypted_zip(), "encrypted"),
        (_zip({"a.csv": CSV})[:60], "damaged"),
        (gzip.compress(CSV)[:-12], "damaged"),
    ],
    ids=["empty", "noise", "zip bomb", "nested zips", "encrypted zip", "truncated zip", "truncated gzip"],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, code: str) -> None:
    """Intent other, no orders, and a problem that names the file."""
    found = extraction(content, "bad.bin")
    assert (found.intent, found.orders, code in {problem.code for problem in found.problems}) == (Intent.OTHER, (), True)


def test_an_entity_bomb_is_refused() -> None:
    """Document types are not expanded."""
    found = extraction(ENTITIES, "bomb.xml")
    assert (found.orders, [problem.severity for problem in found.problems]) == ((), [Severity.ERROR])


def test_many_small_files_are_bounded() -> None:
    """An archive of a thousand files is refused."""
    assert codes(_zip({f"{number}.txt": b"x" for number in range(1000)}), "many.zip") == {"archive_too_large"}


def test_paths_in_archives_are_only_names() -> None:
    """A member that climbs out is shown under its last name."""
    order = the_order(_zip({"../../../etc/po.txt": LETTER}))
    assert order.lines[0].quantity is not None
    assert order.lines[0].quantity.evidence[0].part == "po.txt"


def test_the_text_for_people_is_bounded() -> None:
    """A novel in a mail does not fill the store."""
    assert len(reading(mail("word " * 100_000, "x")).body_text) <= MOST_BODY_TEXT


def test_a_long_text_takes_linear_time() -> None:
    """Ten thousand lines of a list are read; the test's time limit is its bound."""
    lines = "".join(f"- {number} pcs article {number}, art. A-{number}\n" for number in range(1, 601))
    assert len(the_order(mail(f"Please supply:\n{lines}", "PO 4711")).lines) == 600


SEEDS = [
    mail("Please send us 20 boxes of gloves (art. 4711-A) at 3.20 EUR each.\n- 5 x W-8\n", "PO 4711", files=(("po.csv", CSV),)),
    CSV,
    LETTER,
    INVOICE,
    _zip({"po.csv": CSV}),
    ENTITIES,
]


@given(st.binary(max_size=300))
@settings(max_examples=100)
def test_random_bytes_never_raise(content: bytes) -> None:
    """Whatever comes in, an answer comes out."""
    assert read_document(content, "x.bin", ocr=None).reading.extraction.document.sha256


@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 5000), st.binary(max_size=6)), min_size=1, max_size=8))
@settings(max_examples=120)
def test_mutated_documents_never_raise(seed: bytes, cuts: list[tuple[int, bytes]]) -> None:
    """Good documents with bytes overwritten anywhere."""
    content = bytearray(seed)
    for place, patch in cuts:
        at = place % max(1, len(content))
        content[at : at + len(patch)] = patch
    assert read_document(bytes(content), "x.bin", ocr=None).reading.extraction.document.sha256


@given(st.text(max_size=300))
@settings(max_examples=120)
def test_any_text_in_a_mail_never_raises(text: str) -> None:
    """Letters of all scripts."""
    assert read_document(
        b"From: a@b.example\nSubject: PO 1\nDate: x\n\n" + text.encode("utf-8", "surrogatepass"), "m.eml", ocr=None
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("scan.png", b"\x89PNG\r\n\x1a\n" + bytes(range(190))),
        ("order.pdf", b"%PDF-1.4\n" + bytes(range(190))),
        ("order.edi", b"UNB+UNOC:3+" + bytes(range(1, 190))),
        ("order.gz", b"\x1f\x8b\x08" + bytes(range(190))),
    ],
)
def test_a_corrupt_attachment_is_named_in_what_went_wrong(name: str, content: bytes) -> None:
    """Every explanation says which of the mail's files is meant."""
    found = extraction(mail("Please find attached our order PO 4711.", "PO 4711", files=((name, content),)))
    assert found.problems
    assert all(name in problem.message or problem.code == "no_order_found" for problem in found.problems)
    assert any(name in problem.message for problem in found.problems)
