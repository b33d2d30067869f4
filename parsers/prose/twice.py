"""Letters that order the same twice over, once in each of two languages: one order, told twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.contracts.extraction_v1 import OrderLineV1, Problem
from models.domain.findings import Severity
from parsers.language import language_of
from parsers.prose.items import IDENTIFIERS, Item


@dataclass(frozen=True, slots=True)
class ToldOnce:
    """The items without what says them again, and a question where nobody can be sure that it does."""

    items: tuple[Item, ...]
    problems: tuple[Problem, ...] = ()


def told_once(items: Sequence[Item], text: str, part: str) -> ToldOnce:
    """Drops the second half of the items where it repeats the first in another language, number by number."""
    half = len(items) // 2
    first, second = items[:half], items[half:]
    if not half or len(items) % 2 or not all(map(_may_be_same, first, second)):
        return ToldOnce(tuple(items))
    languages = (language_of(text[: first[-1].segment.end]), language_of(text[first[-1].segment.end :]))
    named = all(_codes(item.line) for item in items)
    if None in languages or languages[0] == languages[1]:
        same = named and half > 1 and all(map(_is_same, first, second))
        return ToldOnce(tuple(items), (_question(part, "orders the same goods twice"),) if same else ())
    if all(map(_is_same, first, second)) and (named or half > 1):
        sure = named or bool(re.search(r"(?<!\w)[-_=*]{3,}(?!\w)", text))
        return ToldOnce(tuple(first), () if sure else (_question(part, "seems to say the same in two languages"),))
    differs = _question(part, "seems to say the same in two languages, with other numbers")
    return ToldOnce(tuple(items), (differs,) if named else ())


def _question(part: str, what: str) -> Problem:
    message = f"{part} {what}: see whether all of it is ordered once or twice"
    return Problem(code="may_be_twice", severity=Severity.ERROR, field="lines", message=message)


def _codes(line: OrderLineV1) -> set[str]:
    return {value.value for name in IDENTIFIERS if (value := getattr(line, name)) is not None}


def _may_be_same(one: Item, other: Item) -> bool:
    """Whether two items name the same article, or at least no two different ones."""
    mine, theirs = _codes(one.line), _codes(other.line)
    return bool(mine & theirs) or (not mine and not theirs)


def _is_same(one: Item, other: Item) -> bool:
    mine, theirs = one.line.quantity, other.line.quantity
    return mine is not None and theirs is not None and mine.value == theirs.value
