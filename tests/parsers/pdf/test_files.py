"""PDF files as files: page boxes, turned and hidden text, damage, passwords, limits and pictures."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfgen.canvas import Canvas

from models.domain.errors import Rejected
from tests.parsers.pdf import pdf_documents as drawn
from tests.parsers.pdf.pdf_documents import Sheet, row
from tests.parsers.pdf.test_pdf import order_of, read


def test_every_page_has_a_picture_and_boxes_in_its_points() -> None:
    """The value's box holds the value on the page that is shown."""
    reading = read(drawn.label_left_and_ruled_table())
    (picture,) = reading.pictures
    number = reading.orders[0].order.po_number
    assert (picture.width, picture.height, picture.png[:4]) == (612, 792, b"\x89PNG")
    assert number is not None
    assert number.evidence[0].bbox == pytest.approx((480, 67.9, 519.5, 76.9), abs=1.5)


def edited(content: bytes, change: Callable[[pikepdf.Pdf], None], **saving: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(out, **saving)  # type: ignore[arg-type]
    return out.getvalue()


def test_a_page_box_that_does_not_start_at_the_origin_moves_no_box() -> None:
    """Evidence is measured from the corner of what a viewer shows."""

    def crop(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].CropBox = pikepdf.Array([20, 10, 612, 742])

    number = order_of(edited(drawn.label_left_and_ruled_table(), crop)).po_number
    assert number is not None
    assert number.evidence[0].bbox == pytest.approx((460, 17.9, 499.5, 26.9), abs=1.5)


def test_text_outside_the_shown_page_is_not_read() -> None:
    """A routing line off the sheet is not on the order."""
    sheet = Sheet()
    sheet.at(40, 50, "Purchase Order", 15)
    sheet.at(40, 80, "PO Number: 4711")
    sheet.at(40, -30, "PO Number: 9999")
    sheet.at(700, 80, "PO Number: 9999")
    row(sheet, 200, [(40, "Item"), (140, "Description"), (300, "Qty"), (400, "Price")])
    row(sheet, 216, [(40, "A-1"), (140, "Bolt"), (300, "4"), (400, "2.00")])
    number = order_of(sheet.pdf()).po_number
    assert number is not None
    assert number.value == "4711"


def test_fake_bold_and_invisible_text_are_read_once_and_not_at_all() -> None:
    """Doubled letters are one; text that is not painted does not count."""
    sheet = Sheet()
    sheet.at(40, 50, "Purchase Order", 15)
    for nudge in (0, 0.4):
        sheet.at(40 + nudge, 80, "PO Number: 4711")
    hidden = sheet.canvas.beginText(40, sheet.height - 120)
    hidden.setTextRenderMode(3)
    hidden.textLine("PO Number: 9999")
    sheet.canvas.drawText(hidden)
    row(sheet, 200, [(40, "Item"), (140, "Description"), (300, "Qty"), (400, "Price")])
    row(sheet, 216, [(40, "A-1"), (140, "Bolt"), (300, "4"), (400, "2.00")])
    number = order_of(sheet.pdf()).po_number
    assert number is not None
    assert (number.value, len(number.evidence)) == ("4711", 1)


@pytest.mark.parametrize("degrees", [90, 270])
def test_text_that_runs_up_or_down_the_page_is_read_upright(degrees: int) -> None:
    """A landscape page drawn on portrait paper is turned, and its picture with it."""

    def turn(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        matrix = b"0 1 -1 0 792 0 cm" if degrees == 90 else b"0 -1 1 0 0 612 cm"
        page.contents_add(b"q " + matrix, prepend=True)
        page.contents_add(b"Q")
        page.MediaBox = pikepdf.Array([0, 0, 792, 612])

    reading = read(edited(drawn.label_left_and_ruled_table(), turn))
    order = reading.orders[0].order
    assert order.po_number is not None
    assert (order.po_number.value, len(order.lines)) == ("LF-20418", 3)
    assert (reading.pictures[0].width, reading.pictures[0].height) == (612, 792)


def test_an_encrypted_file_is_refused_by_name() -> None:
    """The sender learns that the password is in the way."""
    locked = edited(drawn.german_letter(), lambda pdf: None, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(Rejected, match=r"po\.pdf.*password") as refused:
        read(locked)
    assert refused.value.code == "encrypted_file"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"%PDF-1.7\n" + bytes(range(256)) * 20, drawn.german_letter()[:700]])
def test_a_damaged_file_is_refused_by_name(content: bytes) -> None:
    """Empty, cut off and noisy files say what to do next."""
    with pytest.raises(Rejected, match=r"po\.pdf") as refused:
        read(content)
    assert refused.value.code in {"damaged_file", "empty_file"}


def test_letters_that_are_drawn_nowhere_do_not_keep_the_others_from_being_read() -> None:
    """Their matrices send them beyond all numbers."""
    content = (Path(__file__).parents[1] / "damaged" / "letters-drawn-nowhere.pdf").read_bytes()
    assert read(content).orders


def test_pages_over_the_limit_are_named_in_an_error() -> None:
    """The first pages are read all the same."""
    reading = read(drawn.french_on_two_pages(), page_limit=1)
    assert [(problem.code, problem.severity.value) for problem in reading.problems] == [("too_many_pages", "error")]
    assert (len(reading.orders[0].order.lines), reading.pages) == (20, 2)


def test_a_page_without_text_needs_an_engine_and_says_so() -> None:
    """Nothing is lost in silence where no OCR engine is set up."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.rect(100, 100, 300, 300, fill=1)
    canvas.save()
    reading = read(out.getvalue())
    assert [problem.code for problem in reading.problems] == ["page_not_read"]


def test_an_empty_last_page_is_no_problem() -> None:
    """A blank sheet after the order needs no OCR."""
    sheet = Sheet(LETTER)
    sheet.at(40, 50, "Purchase Order", 15)
    sheet.at(40, 80, "PO Number: 4711")
    row(sheet, 200, [(40, "Item"), (140, "Description"), (300, "Qty"), (400, "Price")])
    row(sheet, 216, [(40, "A-1"), (140, "Bolt"), (300, "4"), (400, "2.00")])
    sheet.page()
    reading = read(sheet.pdf())
    assert reading.problems == ()


def test_a_sheet_of_monstrous_size_gets_a_picture_of_bounded_size() -> None:
    """A page box of miles is drawn smaller, and never enlarged again."""

    def stretch(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].MediaBox = pikepdf.Array([0, 0, 14000, 14000])

    (picture,) = read(edited(drawn.label_left_and_ruled_table(), stretch)).pictures
    assert len(picture.png) < 5_000_000
