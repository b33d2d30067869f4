"""Cells that go on in the row below for want of room, as pages print them."""

from __future__ import annotations

import pytest

from models.domain.document import Grid, TextBox
from models.domain.evidence import Evidence
from parsers.tables.reader import GridReading, read_grid
from parsers.values.numbers import NumberStyle
from tests.parsers.tables.grids import grid


def printed(text: str) -> GridReading:
    """The lines of a table on a page."""
    rows = [
        tuple(cell and TextBox(cell.text, Evidence(part="po.pdf", page=1, text=cell.text)) for cell in row)
        for row in grid(text).rows
    ]
    return read_grid([Grid(tuple(rows))], NumberStyle("."))


def test_a_unit_under_its_quantity_is_the_lines() -> None:
    """Where the column was too narrow for both."""
    reading = printed("Item|Description|Qty|Price|Total\nB-1|Chipboard natural,|12|68.40|820.80\n|19 mm|sheets||")
    (line,) = reading.lines
    assert line.unit is not None
    assert line.unit.value == "SH"


def test_an_unknown_word_under_a_quantity_is_asked_about() -> None:
    """It may be a unit."""
    reading = printed("Item|Description|Qty|Price|Total\nB-1|Chipboard natural,|12|68.40|820.80\n|19 mm|frumps||")
    assert [(problem.code, problem.severity.value) for problem in reading.problems] == [("unread_values", "error")]


def test_what_a_price_is_for_may_stand_below_it() -> None:
    """Per hundred."""
    reading = printed("Item|Description|Qty|Unit|Price|Total\nB-1|Screw|2000|pcs|9.30|186.00\n||||/100|")
    (line,) = reading.lines
    assert line.price_basis_quantity is not None
    assert line.price_basis_quantity.value == "100"


@pytest.mark.parametrize(("rest", "number"), [("RED", "PEX 34 RED"), ("packed", "PEX 34")])
def test_capitals_below_a_number_may_be_its_rest(rest: str, number: str) -> None:
    """They are read with doubt; words are none of a number."""
    reading = printed(f"Item|Description|Qty|Unit|Price|Total\nPEX 34|Tubing|12|pcs|2.00|24.00\n{rest}|in coils||||")
    (line,) = reading.lines
    assert line.seller_part_number is not None
    assert line.seller_part_number.value == number


def test_a_number_that_breaks_at_its_hyphen_within_a_text_is_one() -> None:
    """The rest of it begins the next row."""
    reading = printed("Line|Description|Qty|Unit|Price|Total\n1|Doublet, coated, cat. AD-|12|EA|84.50|1014.00\n|100-25||||")
    (line,) = reading.lines
    assert line.description is not None
    assert line.description.value == "Doublet, coated, cat. AD-100-25"


def test_a_price_that_ran_into_the_unit_and_makes_no_total_is_asked_about() -> None:
    """A column without a head; where the figure makes the line's total, it is the price."""
    reading = printed("Item|Description|Qty|Unit|Total\nM-1|Pipette|20|cs 92.4000|1800.00\nM-2|Gloves|50|box 11.9500|500.00")
    assert [problem.severity.value for problem in reading.problems if problem.code == "unread_values"] == ["error"]


def test_a_price_under_a_head_of_other_meaning_is_told_by_its_products() -> None:
    """Tariff is a price, or a number of the customs."""
    reading = printed("Item|Description|Qty|Unit|Tariff|Total\nT-1|Pot|6|pcs|22.4|134.4\nT-2|Mug|48|pcs|3.9|187.2")
    assert [line.unit_price and line.unit_price.value for line in reading.lines] == ["22.4", "3.9"]


def test_a_lone_position_beside_a_code_is_the_lines_number() -> None:
    """A table that breaks after its first line cannot count."""
    reading = printed("Part.|Código|Descripción|Cantidad|U.M.|Precio|Importe\n1|CT-48100|Cinta adhesiva|720|PZA|2|1440")
    (line,) = reading.lines
    assert line.line_number is not None
    assert line.line_number.value == "1"
