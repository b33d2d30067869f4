"""Sheets with two pages side by side: read page after page, pointed at and shown as they lie."""

from __future__ import annotations

import io

import pdfplumber
import pikepdf
import pytest
from reportlab.lib.pagesizes import LETTER

from activities.gateways.ocr_engine import TesseractEngine
from models.contracts.extraction_v1 import StatedValue, stated_fields
from models.domain.document import Word
from models.domain.evidence import Evidence
from parsers.layout.sheets import places_on_sheet
from parsers.page_text import PageText
from parsers.part_reading import PartReading
from parsers.pdf.reader import read_pdf
from parsers.scan.reader import read_image
from tests.parsers.pdf.pdf_documents import Sheet, row
from tests.parsers.scan.test_scan import encoded, rendered

_WIDE, _HIGH = LETTER


def pages() -> bytes:
    """An order whose lines go on on its second page."""
    sheet = Sheet()
    for page, numbers in enumerate((range(1, 7), range(7, 11)), start=1):
        sheet.at(40, 50, "Larkspur Fabrication Inc.", 13, bold=True)
        sheet.at(380, 50, "Purchase Order No.: LF-20418")
        sheet.at(380, 66, "Order Date: 2026-11-03")
        sheet.at(380, 82, f"Page {page} of 2")
        row(sheet, 200, [(40, "Item No."), (140, "Description"), (320, "Qty"), (400, "Unit Price"), (500, "Amount")])
        for place, number in enumerate(numbers):
            cells = [f"HX-M{number}", f"Hex bolt M{number} zinc", str(10 * number), "2.50", f"{25 * number}.00"]
            row(sheet, 220 + 18 * place, list(zip((40, 140, 320, 400, 500), cells, strict=True)))
        if page == 1:
            sheet.at(40, 110, "Ship To:", bold=True)
            sheet.block(40, 124, ["Larkspur Plant 2", "77 Foundry Lane", "Troy, OH 45373"])
        sheet.page()
    return sheet.pdf()


def two_up() -> bytes:
    """Its two pages on one sheet."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pages())) as own, pikepdf.new() as sheet:
        page = sheet.add_blank_page(page_size=(2 * _WIDE, _HIGH))
        page.add_overlay(own.pages[0], pikepdf.Rectangle(0, 0, _WIDE, _HIGH))
        page.add_overlay(own.pages[1], pikepdf.Rectangle(_WIDE, 0, 2 * _WIDE, _HIGH))
        sheet.save(out)
    return out.getvalue()


def pointing(reading: PartReading) -> list[tuple[str, StatedValue]]:
    return [(path, value) for path, value in stated_fields(reading.orders[0].order) if value.evidence]


def test_boxes_lie_on_their_words_on_the_sheet() -> None:
    """What the sheet prints within each box is what the evidence says stands there."""
    reading = read_pdf(two_up(), "two.pdf", ocr=None)
    with pdfplumber.open(io.BytesIO(two_up())) as pdf:
        page = pdf.pages[0]
        for path, value in pointing(reading):
            for place in value.evidence:
                assert place.bbox is not None
                x0, top, x1, bottom = place.bbox
                printed = page.crop((x0 - 1, top - 1, x1 + 1, bottom + 1)).extract_text(use_text_flow=False) or ""
                assert printed.split() == place.text.split(), path


def test_lines_of_the_right_page_point_to_the_right() -> None:
    """The order goes on there."""
    reading = read_pdf(two_up(), "two.pdf", ocr=None)
    last = reading.orders[0].order.lines[-1].quantity
    assert last is not None
    assert last.evidence[0].bbox is not None
    assert last.evidence[0].bbox[0] > _WIDE


def test_the_sheet_is_shown_as_it_is() -> None:
    """Two pages wide, one high."""
    (picture,) = read_pdf(two_up(), "two.pdf", ocr=None).pictures
    assert (picture.width, picture.height) == (2 * _WIDE, _HIGH)


def test_boxes_of_a_scanned_sheet_lie_where_those_of_the_drawn_one_do() -> None:
    """The scan is read in two halves, and shown whole."""
    native = read_pdf(two_up(), "two.pdf", ocr=None)
    scanned = read_image(encoded(rendered(two_up(), 300), dpi=300), "two.png", ocr=TesseractEngine(("eng",)))
    (picture,) = scanned.pictures
    assert picture.width == pytest.approx(2 * _WIDE, abs=8)
    there = {value.value: value.evidence[0].bbox for path, value in pointing(native) if path.endswith("seller_part_number")}
    here = {value.value: value.evidence[0].bbox for path, value in pointing(scanned) if path.endswith("seller_part_number")}
    assert here.keys() == there.keys()
    for number, place in there.items():
        assert here[number] == pytest.approx(place, abs=4), number


def test_a_place_that_runs_over_the_fold_is_two_places() -> None:
    """The foot of the left half and the head of the right one."""
    words = (Word("Hinge,", 1, 40, 580, 70, 590), Word("brass", 1, 40, 605, 65, 615), Word("4", 1, 200, 580, 205, 590))
    page = PageText(1, 421, 1190, words, gutter=421.0)
    whole = Evidence(part="two.pdf", page=1, bbox=(40, 580, 70, 615), text="Hinge, brass")
    assert [(place.bbox, place.text) for place in places_on_sheet(whole, page)] == [
        ((40, 580, 70, 590), "Hinge,"),
        ((461, 10, 486, 20), "brass"),
    ]


def test_a_place_on_an_ordinary_page_stays() -> None:
    """Nothing was moved there."""
    place = Evidence(part="one.pdf", page=1, bbox=(40, 700, 70, 710), text="4")
    assert places_on_sheet(place, PageText(1, 595, 842, ())) == (place,)
