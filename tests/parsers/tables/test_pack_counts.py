"""Counts of packs with what each holds, as clerks type them into the column of quantities."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.values import UnitCode
from parsers.tables.pack_counts import PackCount, pack_count
from parsers.values.numbers import NumberStyle
from tests.parsers.sheets.rows import errors, read, values

STYLE = NumberStyle(".")


@pytest.mark.parametrize("text", ["2 ctn of 6", "2 Karton à 6", "2 Kartons à 6 Stk", "2 boxes of 6 pcs", "2 cartons de 6 pièces"])
def test_packs_and_what_one_holds_are_told_apart(text: str) -> None:
    """In the languages of orders."""
    assert pack_count(text, STYLE) == PackCount(Decimal(2), Decimal(6), UnitCode("C62"))


@pytest.mark.parametrize("text", ["12", "12 pcs", "2 x 6", "6 pcs of 12", "2 boxes", "two boxes of 6"])
def test_other_counts_say_nothing_of_packs(text: str) -> None:
    """Pieces hold no pieces, and "2 x 6" may be a size."""
    assert pack_count(text, STYLE) is None


@given(st.integers(1, 999), st.integers(2, 999))
def test_any_numbers_of_packs_and_pieces_are_read(packs: int, pieces: int) -> None:
    """The first counts packs, the second what one holds."""
    found = pack_count(f"{packs} ctn of {pieces}", STYLE)
    assert found is not None
    assert (found.packs, found.pieces) == (packs, pieces)


def test_pieces_are_ordered_where_the_amount_is_theirs() -> None:
    """12 x 3.10 is 37.20, and 2 x 3.10 is not."""
    order = read("PO|P-1\nItem|Description|Qty|Price|Total\nA-1|Notebook|2 ctn of 6|3.10|37.20\nA-2|Candle|12 pcs|4.20|50.40")
    assert values(order.order.lines, "quantity", "unit") == [["12", "C62"], ["12", "C62"]]
    assert errors(order) == set()


def test_packs_are_ordered_where_the_amount_is_theirs() -> None:
    """What each holds goes along, to be compared with ours."""
    order = read("PO|P-1\nItem|Description|Qty|Price|Total\nA-1|Notebook|2 ctn of 6|3.10|6.20")
    assert values(order.order.lines, "quantity", "unit", "pack_contents") == [["2", "CT", "6"]]
