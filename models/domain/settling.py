"""Doubts about reading that our own knowledge settles: what was read unsurely but agrees with the books was read rightly."""

from __future__ import annotations

import re

from models.domain.findings import Finding
from models.domain.matching import settles_reading
from models.domain.sales_order import SalesOrder

_PART_NUMBERS = ("buyer_part_number", "seller_part_number", "gtin", "description")
#: A known place found by its words must fit this well before it vouches for each of them.
_SURE_PLACE = 0.9


def settled(order: SalesOrder) -> tuple[Finding, ...]:
    """The order's findings without the doubts about reading that its matches and agreed prices settle.

    A part number is beyond doubt when another number or the description means the same item; a ship-to when it is a known
    place of the customer; a price when it is exactly the agreed one, which a misreading hits only by rare chance.
    """
    items = {line.number for line in order.lines if settles_reading(line.match)}
    prices = {line.number for line in order.lines if line.price_deviation == 0}
    place = order.ship_to_match
    is_known_place = place is not None and place.how in {"gln", "code", "address"} and place.score >= _SURE_PLACE
    return tuple(
        finding
        for finding in order.findings
        if not (finding.code == "low_confidence" and _is_settled(finding, items, prices, is_known_place=is_known_place))
    )


def _is_settled(finding: Finding, items: set[int], prices: set[int], *, is_known_place: bool) -> bool:
    field = finding.field or ""
    if field.startswith("ship_to."):
        return is_known_place
    line = re.match(r"lines\[(\d+)\]\.(\w+)$", field)
    if line is None:
        return False
    number = int(line[1]) + 1
    return (number in items and line[2] in _PART_NUMBERS) or (number in prices and line[2] == "unit_price")
