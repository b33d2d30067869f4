"""Which of several words that stand side by side spell a value: the same day, number or unit, or the same letters and digits.

Evidence is drawn round these alone, so that it covers no neighbour: on pages as a box, in texts as a span.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from pydantic import BaseModel

from models.contracts.extraction_v1 import StatedValue
from models.domain.evidence import Evidence
from parsers.values.number_style import NumberStyle
from parsers.values.numbers import currency_of, parse_number
from parsers.values.towns import country_of
from parsers.values.units import unit_code
from parsers.wordlists import folded

_DAYS = frozenset({"order_date", "requested_delivery_date"})
_NUMBERS = frozenset({
    "quantity", "unit_price", "price_basis_quantity", "discount_percent", "line_total", "total_net", "total_tax", "total_gross",
})  # fmt: skip
#: What a word stands for rather than spells, and what is many words anyway.
_AS_THEY_ARE = frozenset({"freight_terms", "notes", "incoterm"})
#: What single words stand for, each with the word's reading.
_MEANT: dict[str, Callable[[str], str | None]] = {"unit": unit_code, "currency": currency_of, "country": country_of}
_LONGEST = 12  # words of a value
_STYLES = (NumberStyle("."), NumberStyle(","))
_YEARS = 100

#: Whether words spell a value.
Spells = Callable[[Sequence[str]], bool]
Stated = TypeVar("Stated", bound=BaseModel)


def speller(name: str, value: str) -> Spells | None:
    """What tells whether words spell the `value` of the field `name`; None for fields whose words are left as they are."""
    if name in _AS_THEY_ARE:
        return None
    if name in _MEANT:
        meaning = _MEANT[name]
        return lambda words: meaning(" ".join(words)) == value
    if name in _DAYS:
        day = date.fromisoformat(value)
        return lambda words: _names_day(" ".join(words), day)
    if name in _NUMBERS:
        number = Decimal(value)
        return lambda words: any(parse_number(" ".join(words), style) == number for style in _STYLES)
    if name == "gtin":
        digits = value.lstrip("0")  # printed with 8, 12 or 13 of its 14 digits
        return lambda words: letters_of(" ".join(words)).lstrip("0") == digits
    letters = letters_of(value)
    return lambda words: bool(letters) and letters_of(" ".join(words)) == letters


def placed(stated: Stated, place: Callable[[str, Spells, Evidence], Evidence]) -> Stated:
    """`stated` with the evidence of each of its values as `place` draws it, told the field's name and what spells its value."""
    changes: dict[str, StatedValue] = {}
    for name in type(stated).model_fields:
        value = getattr(stated, name)
        spells = speller(name, value.value) if isinstance(value, StatedValue) else None
        if spells is not None:
            places = tuple(place(name, spells, each) for each in value.evidence)
            if places != value.evidence:
                changes[name] = value.model_copy(update={"evidence": places})
    return stated.model_copy(update=changes) if changes else stated


def closest_runs(words: Sequence[str], spells: Spells) -> list[range]:
    """The places of the shortest runs of neighbours among `words` that spell a value."""
    found = [run for run in _runs(len(words)) if spells(words[run.start : run.stop])]
    shortest = min((len(run) for run in found), default=0)
    return [run for run in found if len(run) == shortest]


def letters_of(text: str) -> str:
    """The letters and digits of a text alone, as they are compared."""
    return re.sub(r"[\W_]+", "", folded(text))


def _runs(count: int) -> Iterator[range]:
    for first in range(count):
        for last in range(first + 1, min(first + _LONGEST, count) + 1):
            yield range(first, last)


def _names_day(text: str, day: date) -> bool:
    """Whether the text has the day's figures and no others: of year, month and day, the month may be a word."""
    figures = sorted(int(figure) for figure in re.findall(r"\d+", text)[:5])
    for year in (day.year, day.year % _YEARS):
        if figures == sorted((day.day, day.month, year)):
            return True
        if figures == sorted((day.day, year)) and re.search(r"[^\W\d_]{3}", text):
            return True
    return False
