"""Variants of documents: what is altered, and how the truth follows."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

from lxml import html

from benchmarks.capture.case import Case
from benchmarks.capture.variants_page import PrintedPage, text_of
from benchmarks.capture.variants_print import KINDS
from benchmarks.capture.variants_sheets import Written

_PAGE = """<div>Order No.: 4711</div><table><tr><th>Line</th><th>Item No.</th><th>Description</th><th>Quantity</th><th>Unit</th>
<th>Unit Price</th></tr><tr><td>1</td><td>B-9</td><td>Bracket</td><td>400</td><td>pcs</td><td>2.15</td></tr>
<tr><td>2</td><td>B-10</td><td>Bolt</td><td>20</td><td>pcs</td><td>1.10</td></tr>
<tr><td colspan=5>Total</td><td>882.00</td></tr></table>"""
_ROWS: list[list[Any]] = [
    ["Line", "Item No.", "Description", "Quantity", "Unit"],
    [Decimal(1), "B-9", "Bracket", Decimal(400), "pcs"],
    [Decimal(2), "B-10", "Bolt", Decimal(20), "pcs"],
]


def _truth() -> dict[str, Any]:
    lines = [
        {"seller_part_number": "B-9", "description": "Bracket", "quantity": "400", "unit": "C62", "unit_price": "2.15"},
        {"seller_part_number": "B-10", "description": "Bolt", "quantity": "20", "unit": "C62", "unit_price": "1.10"},
    ]
    return {"intent": "order", "orders": [{"po_number": "4711", "total_net": "882.00", "lines": lines}]}


def _page() -> PrintedPage:
    return PrintedPage(html.document_fromstring(_PAGE), _truth(), "en", "A4", random.Random(1))


def test_a_pages_order_lines_are_found_without_the_sum_below() -> None:
    """The row of heads and the two rows of lines."""
    lines = _page().lines
    assert lines is not None
    assert (lines.heads[0], len(lines.rows)) == ("Line", 2)


def test_columns_are_put_into_another_order_with_their_heads() -> None:
    """Every cell stays under its own head."""
    page = _page()
    assert KINDS["columns permuted"](page)
    assert page.lines is not None
    place = page.lines.heads.index("Quantity")
    assert [text_of(cell) for cell in page.lines.column(place)] == ["400", "20"]


def test_a_unit_that_is_left_out_need_not_be_read() -> None:
    """Nothing is right as well as what stood there."""
    page = _page()
    assert KINDS["no units"](page)
    assert [line["unit"] for line in page.order["lines"]] == [["C62", None], ["C62", None]]


def test_the_same_seed_alters_a_sheet_alike() -> None:
    """Two files of one seed are the same document."""
    written = Written(Case("sheet", "spreadsheet", "sheet", "en", "train", b"", _truth()), _ROWS)
    one, other = written.altered("delimited", 7), written.altered("delimited", 7)
    assert one is not None
    assert one == other


def test_a_sheet_without_units_has_nothing_to_leave_out() -> None:
    """No variant is made where nothing would change."""
    written = Written(Case("sheet", "spreadsheet", "sheet", "en", "train", b"", _truth()), [row[:4] for row in _ROWS])
    assert written.altered("no units", 7) is None
