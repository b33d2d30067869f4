"""Rows that binary workbooks hide or strike, formats that strike on a condition, and legends of colours."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle

from benchmarks.capture.workbooks import Sheet, workbook
from parsers.part_reading import PartReading
from parsers.sheets.hidden_rows import hidden_rows
from parsers.sheets.workbook import read_spreadsheet
from parsers.sheets.xlsb_records import _records
from tests.parsers.sheets.rows import errors, read

ROWS: list[list[str | int | Decimal | None]] = [
    ["PO", "P-1"],
    ["Item", "Description", "Qty", "Price", "Total"],
    ["A-1", "Hinge", Decimal(4), Decimal(3), Decimal(12)],
    ["A-2", "Lock", Decimal(2), Decimal(5), Decimal(10)],
    ["A-3", "Key", Decimal(1), Decimal(5), Decimal(5)],
]
TABLE = "Item|Description|Qty|Unit|Price\nA-1|Hinge|4|pcs|3.15\nA-2|Green|4|pcs|3.15"


def found_in(content: bytes) -> tuple[list[str], set[str]]:
    """The lines' part numbers, and the codes of the problems."""
    reading: PartReading = read_spreadsheet(content, "order")
    (order,) = reading.orders
    numbers = [line.seller_part_number.value for line in order.order.lines if line.seller_part_number]
    return numbers, {problem.code for problem in reading.problems}


def test_a_row_that_a_binary_workbook_hides_is_left_out_and_asked_about() -> None:
    """Who opens the file does not see it."""
    book = workbook([Sheet("S", ROWS, hidden_rows=(4,))], "xlsb")
    assert found_in(book) == (["A-1", "A-3"], {"hidden_lines"})


def test_a_row_that_a_binary_workbook_strikes_is_left_out_and_asked_about() -> None:
    """Who opens the file sees that it is crossed out."""
    book = workbook([Sheet("S", ROWS, struck_rows=(4,))], "xlsb")
    assert found_in(book) == (["A-1", "A-3"], {"struck_out"})


def test_a_plain_binary_workbook_is_read_without_a_question() -> None:
    """Its formats strike nothing."""
    assert found_in(workbook([Sheet("S", ROWS)], "xlsb")) == (["A-1", "A-2", "A-3"], set())


@pytest.mark.parametrize(("font", "asked"), [(Font(strike=True), {"struck_out"}), (Font(bold=True), set())])
def test_a_format_that_may_strike_lines_is_asked_about(font: Font, asked: set[str]) -> None:
    """Whether its condition holds is not reckoned; one that makes them bold alters nothing."""
    book = openpyxl.Workbook()
    for row in ROWS:
        book.worksheets[0].append(row)
    rule = Rule(type="expression", formula=['$F3="x"'], dxf=DifferentialStyle(font=font))
    book.worksheets[0].conditional_formatting.add("A3:E5", rule)
    stream = io.BytesIO()
    book.save(stream)
    assert found_in(stream.getvalue()) == (["A-1", "A-2", "A-3"], asked)


@pytest.mark.parametrize(
    "legend",
    ["yellow = new, please add", "Rot: entfällt", "amber: on hold until we confirm", "Grün bedeutet dringend", "vert = en stock"],
)
def test_a_legend_of_colours_is_asked_about(legend: str) -> None:
    """Colours are not read, and what they mean may take lines away."""
    assert errors(read(f"PO|P-1\n{TABLE}\n\n{legend}")) == {"unread_wish"}


@pytest.mark.parametrize("text", ["Red Lion Ltd", "Green: 12", "Blue Anchor - gifts"])
def test_other_words_of_colour_are_no_legend(text: str) -> None:
    """Companies and goods are named by colours too."""
    assert "unread_wish" not in errors(read(f"PO|P-1\n{text}\n{TABLE}"))


@given(st.binary(max_size=300))
def test_any_bytes_are_taken_for_records(content: bytes) -> None:
    """What they hold is never more than there is."""
    assert sum(len(body) for _, body in _records(content)) <= len(content)


def test_hidden_rows_are_named_by_sheet() -> None:
    """Counted from 1, for each sheet that has some."""
    book = workbook([Sheet("S", ROWS, hidden_rows=(1, 4)), Sheet("T", ROWS)], "xlsb")
    assert hidden_rows(book) == {"S": frozenset({1, 4})}
