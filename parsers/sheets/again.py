"""What several sheets of one order say differently: the same goods counted otherwise, and other places to deliver to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from models.contracts.extraction_v1 import OrderLineV1, PartyV1, Problem
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


def doubts_of_places_apart(places: Sequence[PartyV1 | None]) -> Iterator[Problem]:
    """An error where the heads of the sheets with lines name several places to deliver to: an order has one."""
    shown = [
        " ".join(value.value for value in (place.street, place.postal_code, place.city) if value is not None)
        for place in places
        if place is not None
    ]
    distinct = list(dict.fromkeys(text for text in shown if text))
    if len(distinct) > 1:
        named = ", ".join(f'"{text}"' for text in distinct[:3])
        message = (
            f"the sheets name {len(distinct)} places to deliver to ({named}): see where each goes, or ask for an order for each"
        )
        yield Problem(code="several_ship_tos", severity=Severity.ERROR, field="ship_to", message=message)


def _goods(lines: _Lines) -> set[str]:
    named = (line.gtin or line.seller_part_number or line.buyer_part_number or line.description for line in lines)
    return {name.value for name in named if name is not None}


def _days(lines: _Lines) -> set[str]:
    return {line.requested_delivery_date.value for line in lines if line.requested_delivery_date is not None}
