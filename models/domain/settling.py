"""Doubts about reading that our own knowledge settles: what was read unsurely but agrees with the books was read rightly."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.domain.findings import Finding
from models.domain.matching import settles_reading
from models.domain.normalisation import normalised_part_number
from models.domain.sales_order import SalesOrder

_NUMBERS = ("buyer_part_number", "seller_part_number")
_PART_NUMBERS = (*_NUMBERS, "gtin", "description")
_OF_LINE = re.compile(r"lines\[(\d+)\]\.(\w+)$")
#: A known place found by its words must fit this well before it vouches for each of them.
_SURE_PLACE = 0.9
#: By which numbers of our books an item is found for certain, and from how many signs on a number is no chance hit.
_OF_THE_BOOKS, _TELLING = frozenset({"seller_part_number", "customer_part_number"}), 5


@dataclass(frozen=True)
class _Vouched:
    """What the books vouch for: lines whose item two witnesses name, lines whose item has the number, lines at the agreed price,
    and the place."""

    items: frozenset[int]
    numbers: frozenset[int]
    prices: frozenset[int]
    is_known_place: bool


def settled(order: SalesOrder) -> tuple[Finding, ...]:
    """The order's findings without the doubts about reading that its matches and agreed prices settle.

    A part number is beyond doubt when another number or the description means the same item, or when it was typed in a text
    and is one of our numbers or the customer's: its letters are sure there, and that it names goods, which was doubted, the
    books say. A ship-to is beyond doubt when it is a known place of the customer; a price when it is exactly the agreed one,
    which a misreading hits only by rare chance.
    """
    place = order.ship_to_match
    vouched = _Vouched(
        items=frozenset(line.number for line in order.lines if settles_reading(line.match)),
        numbers=frozenset(line.number for line in order.lines if line.match is not None and line.match.how in _OF_THE_BOOKS),
        prices=frozenset(line.number for line in order.lines if line.price_deviation == 0),
        is_known_place=place is not None and place.how in {"gln", "code", "address"} and place.score >= _SURE_PLACE,
    )
    return tuple(
        finding for finding in order.findings if not (finding.code == "low_confidence" and _is_settled(finding, vouched))
    )


def _is_settled(finding: Finding, vouched: _Vouched) -> bool:
    field = finding.field or ""
    if field.startswith("ship_to."):
        return vouched.is_known_place
    line = _OF_LINE.match(field)
    if line is None:
        return False
    number, name = int(line[1]) + 1, line[2]
    if name in _NUMBERS and number in vouched.numbers and _was_typed(finding):
        return True
    return (number in vouched.items and name in _PART_NUMBERS) or (number in vouched.prices and name == "unit_price")


def _was_typed(finding: Finding) -> bool:
    """Whether it stands in a text, letter by letter, and is no mere figure, which might be an amount that hits a number."""
    signs = normalised_part_number(finding.read or "")
    is_telling = len(signs) >= _TELLING and any(map(str.isdigit, signs)) and any(map(str.isalpha, signs))
    return is_telling and bool(finding.evidence) and all(place.span is not None for place in finding.evidence)
