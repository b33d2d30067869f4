"""Marks: the typed pieces of an order in running text, and the finder that collects them without overlap."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from parsers.lexicon import folded
from parsers.prose.words import word_set
from parsers.values.number_style import NumberStyle
from parsers.values.numbers import parse_number
from parsers.values.units import unit_code

MarkKind = Literal[
    "seller_part",
    "buyer_part",
    "part",
    "bare_part",
    "gtin",
    "line_number",
    "price",
    "total",
    "discount",
    "size",
    "size_run",
    "date",
    "skip",
    "quantity",
    "unit",
]
NUMBER = r"(?:\d{1,3}(?:[.,'’\u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)(?!\d)"
CURRENCY = r"(?:€|\$|£|US\$|EUR|USD|GBP|CHF|PLN|SEK|DKK|NOK|CZK|CAD|AUD|zł|[Ee]uros?|Fr\.)"


@dataclass(frozen=True, slots=True)
class Mark:
    """A typed piece of a text: places are offsets into it. `unit`, `basis`, `currency` where they were stated with it;
    `firm` is whether the words beside it leave no doubt."""

    kind: MarkKind
    start: int
    end: int
    value: str
    unit: str | None = None
    unit_span: tuple[int, int] | None = None
    basis: str | None = None
    currency: str | None = None
    firm: bool = True


class Finder:
    """Collects marks in a text; what one mark holds, no other may claim."""

    def __init__(self, text: str, style: NumberStyle, language: str | None) -> None:
        self.text = text
        self.style = style
        self.language = language
        self.marks: list[Mark] = []

    def free(self, start: int, end: int) -> bool:
        return not any(mark.start < end and start < mark.end for mark in self.marks)

    def add(self, mark: Mark) -> None:
        if mark.value and self.free(mark.start, mark.end):
            self.marks.append(mark)

    def number(self, raw: str | None) -> Decimal | None:
        return None if raw is None else parse_number(raw, self.style)


#: Words that are a unit in one language alone: "10 dozen" are boxes, "8 St." are no saints.
_LOCAL_UNITS = {("nl", "dozen"): "BX", ("de", "st"): "C62", ("de", "st."): "C62", ("nl", "st"): "C62", ("nl", "st."): "C62"}


def unit_behind(text: str, at: int, language: str | None = None) -> tuple[str, int, int] | None:
    """The unit that stands at `at`: its code, its end and its start."""
    for expression in (r"[\s-]*(?P<unit>[^\W\d_]+\.?(?:\([a-z]+\))?)(?!\w|-\d)", r"\s*/\s*(?P<unit>[^\W\d_]+\.?)(?!\w)"):
        found = re.compile(expression, re.IGNORECASE).match(text, at)
        if found is not None and (local := _LOCAL_UNITS.get((language or "", folded(found["unit"])))):
            return local, found.end(), found.start("unit")
        if found is None or folded(found["unit"]) in word_set("never_units"):
            continue
        if code := unit_code(found["unit"], language) or unit_code(found["unit"].rstrip("."), language):
            return code, found.end(), found.start("unit")
    return None


def followed_by_unit(text: str, at: int, language: str | None = None) -> bool:
    return unit_behind(text, at, language) is not None
