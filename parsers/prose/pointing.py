"""Spans drawn closer: of the words of a text that a value was read from, those that spell it, so that a span covers no
neighbour. Only where exactly one run of them spells the whole value; any other span stays as it is."""

from __future__ import annotations

import re
from dataclasses import replace

from models.contracts.extraction_v1 import PurchaseOrderV1
from models.domain.evidence import Evidence
from parsers.spelling import Spells, Stated, closest_runs, placed

_WORD = re.compile(r"\S+")
#: What stands round a word without being of it.
_OPENING, _CLOSING = "([{\"'«“„‚", ")]}\"'»”“’,;:"


def pointed_in_text(order: PurchaseOrderV1) -> PurchaseOrderV1:
    """`order` with every span of its values round the words that spell them."""
    parties = {role: _closer(party) for role in ("buyer", "ship_to", "bill_to") if (party := getattr(order, role))}
    return _closer(order).model_copy(update={**parties, "lines": tuple(map(_closer, order.lines))})


def _closer(stated: Stated) -> Stated:
    return placed(stated, lambda _, spells, place: _place(place, spells))


def _place(place: Evidence, spells: Spells) -> Evidence:
    if place.span is None or place.span[1] - place.span[0] != len(place.text):
        return place  # the text was not quoted as it stands
    words = [_bare(found) for found in _WORD.finditer(place.text)]
    runs = closest_runs([place.text[start:end] for start, end in words], spells)
    if len(runs) != 1:
        return place
    start, end = words[runs[0].start][0], words[runs[0].stop - 1][1]
    return replace(place, span=(place.span[0] + start, place.span[0] + end), text=place.text[start:end])


def _bare(found: re.Match[str]) -> tuple[int, int]:
    """Where the word begins and ends without the brackets, quotes and commas round it."""
    word = found[0]
    start = found.start() + len(word) - len(word.lstrip(_OPENING))
    end = found.end() - (len(word) - len(word.rstrip(_CLOSING)))
    return (start, end) if start < end else found.span()
