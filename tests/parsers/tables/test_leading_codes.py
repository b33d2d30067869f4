"""Numbers at the head of an article's text: parted where the column's head names them, left where it does not."""

from __future__ import annotations

import pytest

from models.contracts.extraction_v1 import OrderLineV1, PurchaseOrderV1, StatedValue
from models.domain.document import Grid
from parsers.proof import proven
from parsers.tables.reader import read_grid
from parsers.values.number_style import NumberStyle
from parsers.values.units import unit_code
from tests.parsers.tables.grids import grid

US = NumberStyle(".", "mdy")


def _read(table: Grid, style: NumberStyle = US) -> list[tuple[str | None, str | None]]:
    lines = read_grid([table], style).lines
    return [tuple(value.value if value else None for value in (line.seller_part_number, line.description)) for line in lines]  # type: ignore[misc]


@pytest.mark.parametrize("head", ["Item / Description", "Item No. Description", "Material / Text", "Vendor Item Description"])
def test_a_head_that_names_both_parts_number_and_text(head: str) -> None:
    """The first word of each line is the article's number."""
    table = grid(f"Ln|{head}|Qty|Price\n1|SH-1204 Bow shackle 12 mm|4|3.20\n2|WR-0833 Wire rope 8 mm|5|1.10")
    assert _read(table) == [("SH-1204", "Bow shackle 12 mm"), ("WR-0833", "Wire rope 8 mm")]


def test_a_text_under_its_number_in_one_column_is_the_description() -> None:
    """Two rows in a cell: the number above, the text below."""
    table = grid("Ln|Item / Description|Qty|Price\n1|SH-1204|4|3.20\n|Bow shackle 12 mm||\n2|WR-0833|5|1.10\n|Wire rope 8 mm||")
    assert _read(table) == [("SH-1204", "Bow shackle 12 mm"), ("WR-0833", "Wire rope 8 mm")]


def test_a_head_of_texts_alone_parts_nothing() -> None:
    """Under "Description" a first word with digits may be part of the name."""
    table = grid("Ln|Description|Qty|Price\n1|SH-1204 Bow shackle|4|3.20\n2|WR-0833 Wire rope|5|1.10")
    assert _read(table) == [(None, "SH-1204 Bow shackle"), (None, "WR-0833 Wire rope")]


def test_measures_are_no_numbers() -> None:
    """Sizes lead texts as often as numbers do."""
    table = grid("Ln|Item / Description|Qty|Price\n1|M8x40 Hex bolt|4|3.20\n2|230V Lamp|5|1.10")
    assert _read(table) == [(None, "M8x40 Hex bolt"), (None, "230V Lamp")]


@pytest.mark.parametrize(("language", "code"), [("en", "BO"), ("de", "BG"), (None, "BG")])
def test_a_unit_written_alike_means_what_its_language_says(language: str | None, code: str) -> None:
    """A bottle in English, a bag in German."""
    assert unit_code("BTL", language) == code


def _order(*lines: dict[str, str]) -> PurchaseOrderV1:
    made = tuple(OrderLineV1(**{name: StatedValue(value=value) for name, value in line.items()}) for line in lines)
    return PurchaseOrderV1(po_number=StatedValue(value="4711"), lines=made, total_net=StatedValue(value="40.00"))


def test_a_line_that_names_nothing_is_asked_about() -> None:
    """A quantity and a price of nothing: its text was lost."""
    codes = [problem.code for problem in proven(_order({"quantity": "4", "unit_price": "10.00"})).problems]
    assert codes == ["missing_item"]


def test_lines_without_price_beside_others_that_make_up_the_total_are_asked_about() -> None:
    """They may be deliveries of the others, read as lines."""
    first = {"description": "Rope", "quantity": "4", "unit_price": "10.00"}
    codes = [problem.code for problem in proven(_order(first, {"description": "2026-04-01", "quantity": "4"})).problems]
    assert codes == ["lines_without_price"]
