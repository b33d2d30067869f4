"""A mail that vouches for what it carries: the number of an attached order that the mail's own words name as well.

A number misread from a page is hardly ever a word of the mail beside it, so finding it there is a reading of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from models.contracts.extraction_v1 import StatedValue
from models.domain.evidence import Evidence
from parsers.part_reading import OrderReading

#: How sure a number is of which only this is known: that the mail names it.
_NAMED = 0.9
_SHORTEST = 4


def vouched(orders: Iterable[OrderReading], texts: dict[str, str]) -> Iterator[OrderReading]:
    """The orders, surer of their PO numbers where one of `texts` (by the part's name, as evidence calls it) names them."""
    for reading in orders:
        number = reading.order.po_number
        places = [] if number is None else [place for part, text in texts.items() if (place := _place(number.value, part, text))]
        known = {(evidence.part, evidence.span) for evidence in number.evidence} if number else set()
        fresh = [place for place in places if (place.part, place.span) not in known]
        if number is None or not fresh:
            yield reading
        else:
            surer = _surer(number, fresh)
            yield replace(reading, order=reading.order.model_copy(update={"po_number": surer}))


def _place(number: str, part: str, text: str) -> Evidence | None:
    if len(number) < _SHORTEST or not any(sign.isdigit() for sign in number):
        return None
    found = re.search(rf"(?<![\w/.-]){re.escape(number)}(?![\w/-]|\.\w)", text)
    return Evidence(part=part, span=found.span(), text=found[0]) if found else None


def _surer(number: StatedValue, places: list[Evidence]) -> StatedValue:
    together = min(1 - (1 - number.confidence) * (1 - _NAMED), 0.99)
    confidence = max(number.confidence, round(together, 4))
    return number.model_copy(update={"confidence": confidence, "evidence": (*number.evidence, *places)})
