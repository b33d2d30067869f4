"""What several sheets of one order say differently: the same goods counted otherwise, and other places to deliver to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from models.contracts.extraction_v1 import OrderLineV1, PartyV1, Problem, PurchaseOrderV1
from models.domain.findings import Severity
from parsers.part_reading import OrderReading

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


def with_older_doubted(orders: Sequence[OrderReading]) -> list[OrderReading]:
    """`orders`, each with an error where another sheet orders mostly the same goods for the same place on a later day: people go
    on writing in the workbook of the last order."""
    return [
        replace(order, problems=(*order.problems, _is_older(later))) if later is not None else order
        for order in orders
        for later in [next((other for other in orders if _goes_before(order.order, other.order)), None)]
    ]


def _goes_before(older: PurchaseOrderV1, later: PurchaseOrderV1) -> bool:
    days = [order.order_date.value if order.order_date is not None else "" for order in (older, later)]
    if not all(days) or days[0] >= days[1] or _sheet_of(older) == _sheet_of(later) or _place(older) != _place(later):
        return False
    goods, others = _goods(older.lines), _goods(later.lines)
    both = len(goods & others)
    return both >= _FEWEST and both >= _MOSTLY * min(len(goods), len(others))


def _sheet_of(order: PurchaseOrderV1) -> str:
    cells = (evidence.cell or "" for line in order.lines for value in (line.quantity,) if value for evidence in value.evidence)
    return next(cells, "").rpartition("!")[0]


def _place(order: PurchaseOrderV1) -> tuple[str, ...]:
    place = order.ship_to
    values = (place.name, place.street, place.postal_code, place.city) if place is not None else ()
    return tuple(value.value for value in values if value is not None)


def _is_older(later: OrderReading) -> Problem:
    number = later.order.po_number.value if later.order.po_number is not None else "another"
    message = (
        f"the workbook holds a later order of the same goods ({number}) on another sheet: see whether this one is still "
        "wanted, or was kept from last time"
    )
    return Problem(code="goods_again", severity=Severity.ERROR, field="lines", message=message)


def _goods(lines: _Lines) -> set[str]:
    named = (line.gtin or line.seller_part_number or line.buyer_part_number or line.description for line in lines)
    return {name.value for name in named if name is not None}


def _days(lines: _Lines) -> set[str]:
    return {line.requested_delivery_date.value for line in lines if line.requested_delivery_date is not None}
