"""The same goods on two sheets of one order, counted otherwise: a second delivery, or last week's list that nobody took away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from models.contracts.extraction_v1 import OrderLineV1, Problem
from models.domain.findings import Severity

_FEWEST = 2
_MOSTLY = 0.6

_Lines = Sequence[OrderLineV1]


def doubts_of_goods_again(sheets: Sequence[tuple[str, _Lines]]) -> Iterator[Problem]:
    """An error for the first two sheets of which one names mostly goods of the other, with no days that part them."""
    named = [(name, lines) for name, lines in sheets if len(lines) >= _FEWEST]
    for (first, above), (second, below) in combinations(named, 2):
        goods, others = _goods(above), _goods(below)
        both = len(goods & others)
        if both >= _FEWEST and both >= _MOSTLY * min(len(goods), len(others)) and _days(above) == _days(below):
            message = (
                f"the sheets {first} and {second} name the same goods: see whether both are ordered, or which of them is not"
            )
            yield Problem(code="goods_again", severity=Severity.ERROR, field="lines", message=message)
            return


def _goods(lines: _Lines) -> set[str]:
    named = (line.gtin or line.seller_part_number or line.buyer_part_number or line.description for line in lines)
    return {name.value for name in named if name is not None}


def _days(lines: _Lines) -> set[str]:
    return {line.requested_delivery_date.value for line in lines if line.requested_delivery_date is not None}
