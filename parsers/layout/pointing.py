"""Boxes drawn closer: of the words that a value was read from, those that spell it, so that a box covers no neighbour.

Only where exactly one run of words within the box spells the whole value; any other box stays as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from pydantic import BaseModel

from models.contracts.extraction_v1 import PurchaseOrderV1, StatedValue
from models.domain.document import Word
from models.domain.evidence import Evidence
from parsers.page_text import PageText, word_box
from parsers.values.number_style import NumberStyle
from parsers.values.numbers import parse_number
from parsers.wordlists import folded

_DAYS = frozenset({"order_date", "requested_delivery_date"})
_NUMBERS = frozenset({
    "quantity", "unit_price", "price_basis_quantity", "discount_percent", "line_total", "total_net", "total_tax", "total_gross",
})  # fmt: skip
#: What a word stands for rather than spells, and what is many words anyway.
_AS_THEY_ARE = frozenset({"unit", "country", "currency", "freight_terms", "notes", "incoterm"})
_LONGEST = 12  # words of a value
_STYLES = (NumberStyle("."), NumberStyle(","))
_YEARS = 100

Spells = Callable[[Sequence[Word]], bool]
_Stated = TypeVar("_Stated", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class _Words:
    """A page's words from the top down, with the heights of their middles."""

    words: Sequence[Word]
    middles: Sequence[float]

    @classmethod
    def of(cls, page: PageText) -> _Words:
        ordered = sorted(page.words, key=_middle)
        return cls(ordered, [_middle(word) for word in ordered])

    def within(self, bbox: tuple[float, float, float, float]) -> list[Word]:
        x0, top, x1, bottom = bbox
        band = self.words[bisect_left(self.middles, top) : bisect_right(self.middles, bottom)]
        return [word for word in band if x0 <= (word.x0 + word.x1) / 2 <= x1]


def _middle(word: Word) -> float:
    return (word.top + word.bottom) / 2


def pointed(order: PurchaseOrderV1, pages: Sequence[PageText]) -> PurchaseOrderV1:
    """`order` with every box of its values round the words that spell them."""
    words = {page.number: _Words.of(page) for page in pages}
    parties = {role: _closer(party, words) for role in ("buyer", "ship_to", "bill_to") if (party := getattr(order, role))}
    lines = tuple(_closer(line, words) for line in order.lines)
    return _closer(order, words).model_copy(update={**parties, "lines": lines})


def _closer(stated: _Stated, words: Mapping[int, _Words]) -> _Stated:
    changes: dict[str, StatedValue] = {}
    for name in type(stated).model_fields:
        value = getattr(stated, name)
        if isinstance(value, StatedValue) and name not in _AS_THEY_ARE:
            places = tuple(_place(place, words, _speller(name, value.value)) for place in value.evidence)
            if places != value.evidence:
                changes[name] = value.model_copy(update={"evidence": places})
    return stated.model_copy(update=changes) if changes else stated


def _place(place: Evidence, words: Mapping[int, _Words], spells: Spells) -> Evidence:
    if place.bbox is None or place.page is None or place.page not in words:
        return place
    inside = words[place.page].within(place.bbox)
    if len(inside) < 2 or _are_of_rows(inside):
        return place
    found = [run for run in _runs(inside) if spells(run)]
    shortest = min((len(run) for run in found), default=0)
    closest = [run for run in found if len(run) == shortest]
    if len(closest) != 1 or len(closest[0]) == len(inside):
        return place
    box = word_box(closest[0], place.part).evidence
    return replace(place, bbox=box.bbox, text=box.text)


def _are_of_rows(words: Sequence[Word]) -> bool:
    """Whether the words stand in more than one row."""
    return max(word.top for word in words) >= min(word.bottom for word in words)


def _runs(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """Every run of neighbours, left to right."""
    ordered = sorted(words, key=lambda word: word.x0)
    for first in range(len(ordered)):
        for last in range(first + 1, min(first + _LONGEST, len(ordered)) + 1):
            yield ordered[first:last]


def _speller(name: str, value: str) -> Spells:
    """Whether a run of words spells the value: the same day, the same number, or the same letters and digits."""
    if name in _DAYS:
        day = date.fromisoformat(value)
        return lambda run: _names_day(_joined(run), day)
    if name in _NUMBERS:
        number = Decimal(value)
        return lambda run: any(parse_number(_joined(run), style) == number for style in _STYLES)
    letters = _letters(value)
    return lambda run: bool(letters) and _letters(_joined(run)) == letters


def _joined(run: Sequence[Word]) -> str:
    return " ".join(word.text for word in run)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", folded(text))


def _names_day(text: str, day: date) -> bool:
    """Whether the text has the day's figures and no others: of year, month and day, the month may be a word."""
    figures = sorted(int(figure) for figure in re.findall(r"\d+", text)[:5])
    for year in (day.year, day.year % _YEARS):
        if figures == sorted((day.day, day.month, year)):
            return True
        if figures == sorted((day.day, year)) and re.search(r"[^\W\d_]{3}", text):
            return True
    return False
