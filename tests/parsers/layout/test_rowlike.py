"""Rows that look like order lines without heads that say so: read by what they hold, or asked about."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.parsers.pdf.pdf_documents import Sheet
from tests.parsers.pdf.test_pdf import read

LINES = [
    ("HX-8-40", "Hex bolt M8x40", "400", "0.25", "100.00"),
    ("WS-8", "Washer M8", "200", "0.10", "20.00"),
    ("NT-8", "Lock nut M8", "50", "0.30", "15.00"),
]
RIGHT = (0, 0, 380, 450, 530)


def order_sheet() -> Sheet:
    sheet = Sheet()
    sheet.at(40, 50, "Purchase Order", 15)
    sheet.at(40, 80, "PO Number: 4711")
    sheet.at(40, 94, "Order Date: 2026-03-14")
    return sheet


def rows(sheet: Sheet, top: float, lines: Sequence[Sequence[str]]) -> None:
    for place, cells in enumerate(lines):
        for column, text in enumerate(cells):
            if column < 2:
                sheet.at(40 + 90 * column, top + 16 * place, text)
            else:
                sheet.right(RIGHT[column], top + 16 * place, text)


def heads(sheet: Sheet, top: float, names: Sequence[str]) -> None:
    rows(sheet, top, [names])


def test_lines_without_any_heads_are_read_by_what_multiplies_out() -> None:
    """Whole numbers are the quantity; a person is told that no head says so."""
    sheet = order_sheet()
    rows(sheet, 160, LINES)
    sheet.right(530, 230, "Total 135.00")
    (reading,) = read(sheet.pdf()).orders
    said = [(line.seller_part_number, line.quantity, line.unit_price, line.line_total) for line in reading.order.lines]
    assert [[value.value if value else None for value in values] for values in said] == [
        ["HX-8-40", "400", "0.25", "100.00"],
        ["WS-8", "200", "0.10", "20.00"],
        ["NT-8", "50", "0.30", "15.00"],
    ]
    assert "lines_without_heads" in {problem.code for problem in reading.problems}


@pytest.mark.parametrize("count", [1, 3])
def test_a_table_under_unknown_heads_beside_a_known_one_is_asked_about(count: int) -> None:
    """What no reading explains is named, not passed over: one row that multiplies out is enough."""
    sheet = order_sheet()
    heads(sheet, 140, ("Item", "Description", "Qty", "Price", "Amount"))
    rows(sheet, 156, LINES)
    sheet.right(530, 220, "Total 135.00")
    sheet.page()
    sheet.at(40, 50, "Nonesuch")
    sheet.at(130, 50, "Whatnot")
    rows(
        sheet,
        70,
        [
            ("ZZ-1-X", "Rope hemp", "20", "3.10", "62.00"),
            ("ZZ-2-X", "Cord", "4", "2.50", "10.00"),
            ("ZZ-3-X", "Twine", "9", "1.11", "9.99"),
        ][:count],
    )
    (reading,) = read(sheet.pdf()).orders
    found = [problem.message for problem in reading.problems if problem.code == "unread_values"]
    read_too = any(line.description and line.description.value == "Rope hemp" for line in reading.order.lines)
    assert read_too or (len(found) == 1 and "Rope hemp" in found[0])


def test_taxes_totals_and_terms_below_the_lines_are_no_lines() -> None:
    """Figures in columns with labels or shares of their own are explained."""
    sheet = order_sheet()
    heads(sheet, 140, ("Item", "Description", "Qty", "Price", "Amount"))
    rows(sheet, 156, LINES)
    for place, (label, base, tax) in enumerate((("VAT 19 %", "100.00", "19.00"), ("VAT 7 %", "35.00", "2.45"))):
        sheet.at(300, 250 + 14 * place, label)
        sheet.right(450, 250 + 14 * place, base)
        sheet.right(530, 250 + 14 * place, tax)
    (reading,) = read(sheet.pdf()).orders
    assert [problem for problem in reading.problems if problem.code == "unread_values"] == []


def test_a_count_in_a_long_word_begins_a_line() -> None:
    """ "200 secchio" is a quantity though its unit has more letters than it has digits."""
    sheet = order_sheet()
    heads(sheet, 140, ("Codice", "Descrizione", "Quantità"))
    rows(sheet, 156, [("A-100", "Maionese 10 kg", "200 secchio"), ("A-200", "Olio 10 l", "4 bottiglia")])
    (reading,) = read(sheet.pdf()).orders
    assert [line.quantity.value for line in reading.order.lines if line.quantity] == ["200", "4"]


def test_rows_of_text_between_two_lines_part_at_the_widest_white() -> None:
    """What stands close below a line is its own, also where the first gap is a little wider than the next."""
    sheet = order_sheet()
    heads(sheet, 140, ("Item", "Description", "Qty", "Price", "Amount"))
    rows(sheet, 156, LINES[:1])
    sheet.at(130, 170, "zinc plated")
    sheet.at(130, 182, "DIN 933")
    sheet.at(130, 202, "cut to length")
    rows(sheet, 214, LINES[1:2])
    (reading,) = read(sheet.pdf()).orders
    said = [line.description.value for line in reading.order.lines if line.description]
    assert said == ["Hex bolt M8x40 zinc plated DIN 933", "cut to length Washer M8"]
