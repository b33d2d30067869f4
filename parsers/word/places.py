"""Addresses of deliveries in the sentences and rows of a word processor's file that no reading took."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.contracts.extraction_v1 import Problem, PurchaseOrderV1
from models.domain.findings import Severity
from parsers.values.addresses import pieces_of_line
from parsers.values.streets import is_street
from parsers.values.towns import town_of

_DELIVERS = re.compile(
    r"\b(?:(?:an|aus)?liefer|livr|entreg|envi(?:ar|o)|consegn|spedi|(?:af)?lever|bezorg|dost(?:aw|arcz)"
    r"|deliver|ship\b|versand)",
    re.IGNORECASE,
)
_PLACE = ("street", "postal_code", "city")
_MOST_LINES, _LONGEST, _SHOWN = 2_000, 500, 120


def doubts_of_delivery(order: PurchaseOrderV1, text: str) -> Iterator[Problem]:
    """An error for an order without a place to deliver to, where a line of `text` speaks of delivering and holds an address that
    is not the buyer's own."""
    if order.ship_to is not None and any(getattr(order.ship_to, name) is not None for name in _PLACE):
        return
    own = {party.street.value for party in (order.buyer, order.bill_to) if party is not None and party.street}
    for line in text.splitlines()[:_MOST_LINES]:
        if _DELIVERS.search(line[:_LONGEST]) and _has_address(line[:_LONGEST], own):
            shown = " ".join(line.split())[:_SHOWN]
            message = f'"{shown}" names an address to deliver to that was not read: see where the goods go'
            yield Problem(code="unread_address", severity=Severity.ERROR, field="ship_to", message=message)
            return


def _has_address(line: str, own: set[str]) -> bool:
    pieces = [piece.strip(" :.") for part in re.split(r"\t| : ", line) for piece in pieces_of_line(part)]
    has_town = any((town := town_of(piece)) is not None and town.postal_code for piece in pieces)
    return has_town and any(is_street(piece) and town_of(piece) is None and piece not in own for piece in pieces)
