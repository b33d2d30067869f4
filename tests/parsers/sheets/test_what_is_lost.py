"""What sheets hold of which a part was lost or lies elsewhere: spoilt codes, places on a list, columns too far right."""

from __future__ import annotations

import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.capture.workbooks import Sheet, workbook
from models.contracts.extraction_v1 import OrderLineV1, StatedValue
from models.domain.findings import Severity
from parsers.part_reading import OrderReading
from parsers.sheets.delimited import read_delimited
from parsers.sheets.spoilt_codes import doubts_of_codes
from parsers.sheets.workbook import read_spreadsheet
from tests.parsers.sheets.rows import errors, read

ORDER = [["PO", "P-1"], ["Deliver to", "WH-2"], [], ["Item", "Description", "Qty", "Price"], ["A-1", "Hinge", "4", "3.15"]]
PLACES = [["Code", "Name", "Street", "Zip", "Town"], ["WH-1", "Store", "Mill Lane 3", "38-500", "Sanok"]]


def order_of(*sheets: Sheet) -> OrderReading:
    (order,) = read_spreadsheet(workbook(sheets, "xlsx"), "order.xlsx").orders
    return order


@pytest.mark.parametrize("code", ["12-ene", "04-mar", "1-Dec", "Mar-24", "2026-03-04", "4,00638E+12", "4.00638E+12"])
def test_a_code_that_a_program_changed_is_asked_about(code: str) -> None:
    """What stood there before is not known any more."""
    assert errors(read(f"PO|P-1\nItem|Description|Qty|Unit|Price\n{code}|Hinge|4|pcs|3.15")) == {"spoilt_code"}


@pytest.mark.parametrize("code", ["12-MX", "A-1", "6204-2RS", "04-mart", "45-mar", "3E5", "100-MAR"])
def test_other_codes_are_taken_as_they_stand(code: str) -> None:
    """Letters and figures alone are no day."""
    assert errors(read(f"PO|P-1\nItem|Description|Qty|Unit|Price\n{code}|Hinge|4|pcs|3.15")) == set()


@given(st.text(max_size=40))
def test_any_code_is_judged(code: str) -> None:
    """At most one question for all lines."""
    line = OrderLineV1(seller_part_number=StatedValue(value=f"x{code}", confidence=1.0))
    assert len(list(doubts_of_codes([line]))) <= 1


def test_a_code_of_a_place_is_looked_up_in_the_workbook() -> None:
    """Forms let people choose from a list on another sheet."""
    order = order_of(Sheet("Order", ORDER), Sheet("Places", [*PLACES, ["WH-2", "Works", "Hafenweg 9", "20457", "Hamburg"]]))
    place = order.order.ship_to
    assert place is not None
    found = [place.name, place.street, place.postal_code, place.city]
    assert [value.value if value else None for value in found] == ["Works", "Hafenweg 9", "20457", "Hamburg"]
    assert place.name is not None
    assert place.name.evidence[0].cell == "Places!A3"


def test_a_code_with_two_addresses_stays_a_code() -> None:
    """Which of them is meant cannot be known."""
    rows = [*PLACES, ["WH-2", "Works", "Hafenweg 9", "20457", "Hamburg"], ["WH-2", "Works", "Am Kai 1", "20459", "Hamburg"]]
    place = order_of(Sheet("Order", ORDER), Sheet("Places", rows)).order.ship_to
    assert place is None or place.street is None


def test_cells_too_far_right_are_asked_about() -> None:
    """They are not read, and nobody may think that they were."""
    book = openpyxl.Workbook()
    for row in ORDER:
        book.worksheets[0].append(row)
    book.worksheets[0].cell(5, 402, "urgent: 40 of these")
    stream = io.BytesIO()
    book.save(stream)
    (problem,) = read_spreadsheet(stream.getvalue(), "order.xlsx").problems
    assert (problem.severity, "Sheet!OL5" in problem.message) == (Severity.ERROR, True)


def test_fields_too_far_right_are_asked_about_in_a_file_of_rows_too() -> None:
    """The same holds for text with separators."""
    rows = ["PO|P-1" + "|" * 401, "Item|Qty|Price" + "|" * 400, "A-1|4|3.15" + "|" * 400 + "40"]
    (problem,) = read_delimited("\n".join(rows).encode(), "sheet.csv").problems
    assert (problem.severity, "sheet.csv!OM3" in problem.message) == (Severity.ERROR, True)
