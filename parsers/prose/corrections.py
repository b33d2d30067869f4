"""Second thoughts within one letter: "sorry, make the hinges 20 pairs instead of 12" below "12 pairs of hinges".

A correction is applied where it names one line above it for certain, by its article, its number, its goods or its old
quantity. It stays a question to a person unless it names both goods and old quantity.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from models.contracts.extraction_v1 import Problem
from models.domain.findings import Severity
from parsers.prose.goods import stems
from parsers.prose.items import IDENTIFIERS, Item, ItemsReading, Source
from parsers.prose.lines import items_of
from parsers.prose.marks import Mark
from parsers.prose.segments import Segment
from parsers.prose.word_marks import find_marks
from parsers.prose.words import pattern

_LONGEST, _SHOWN = 400, 80
#: Less sure than what was said once: a person looks at it.
_CERTAINTY = 0.78
#: With its goods and its old quantity it leaves nothing open.
_SAID_WHOLE = 0.9
_OLD = (
    r"(?<!\w)(?:{{instead}}|from|von|de|da|van|z|ze|nie|not|nicht|pas|niet|non|no)\s+"
    r"(?:(?:the|den|die|der|les|los|las|i|le|de)\s+)?$"
)
#: "Entschuldigung, 12 Kartons Vakuumbeutel, nicht 10."
_CONTRAST = re.compile(r"[,;(–-]\s?(?:and\s|und\s|et\s|y\s|e\s|en\s|a\s)?(?:not|nicht|pas|no|non|niet|nie)\s\d", re.IGNORECASE)
_LINE = re.compile(
    r"\b(?:item|line|pos(?:ition)?|ligne|poste|línea|riga|regel|poz\w*)\.?\s*(?:no\.?|nr\.?|n°|#)?\s*(\d{1,3})(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CorrectedReading:
    """The items with what corrections made of them, and a question for each correction that was applied."""

    reading: ItemsReading
    problems: tuple[Problem, ...] = ()
    #: The sentences that were applied.
    asides: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class _Correction:
    """A sentence that corrects: its new quantity, the old ones that it names, and whether its words say that it corrects."""

    segment: Segment
    new: Mark
    old: tuple[Decimal, ...]
    said: bool


def corrected_items(source: Source, segments: list[Segment]) -> CorrectedReading:
    """The items of a letter that orders, with the corrections in it applied."""
    corrections = [found for segment in segments if (found := _correction_in(source, segment)) is not None]
    if not corrections:
        return CorrectedReading(items_of(source, segments))
    asides = {correction.segment for correction in corrections}
    said = items_of(source, [segment for segment in segments if segment not in asides]).items
    pairs = [(correction, _targets(source, correction, said)) for correction in corrections]
    taken = {correction.segment for correction, targets in pairs if targets}
    reading = items_of(source, [segment for segment in segments if segment not in taken])
    return _applied(source, reading, [(correction, targets) for correction, targets in pairs if targets])


def _applied(source: Source, reading: ItemsReading, pairs: Sequence[tuple[_Correction, list[Item]]]) -> CorrectedReading:
    items, problems = list(reading.items), []
    for correction, targets in pairs:
        certain = len(targets) == 1 and _is_certain(source, correction, targets[0], items)
        place = next((place for place, item in enumerate(items) if _is_same(item, targets[0])), None)
        words = " ".join(correction.segment.of(source.text).split())[:_SHOWN]
        read = "see which line it means"
        if len(targets) == 1 and place is not None:
            items[place] = _with_quantity(source, items[place], correction, _SAID_WHOLE if certain else _CERTAINTY)
            if certain:
                continue
            read = f"line {place + 1} was read with the new quantity; see whether it is right"
        field = f"lines[{place}].quantity" if len(targets) == 1 and place is not None else "lines"
        message = f'{source.part} corrects itself ("{words}"): {read}'
        problems.append(Problem(code="may_be_corrected", severity=Severity.ERROR, field=field, message=message))
    asides = tuple(correction.segment for correction, _ in pairs)
    return CorrectedReading(ItemsReading(tuple(items), reading.overlooked), tuple(problems), asides)


def _is_same(one: Item, other: Item) -> bool:
    return one.segment == other.segment and one.line.description == other.line.description


def _is_certain(source: Source, correction: _Correction, target: Item, items: Sequence[Item]) -> bool:
    """Whether a correction says all there is to say: the old quantity as it stands above, and goods that are those of one
    line alone ("make that 15 packs of the sugar paper, not 12")."""
    quantity, text = target.line.quantity, correction.segment.of(source.text)
    named = [item for item in items if stems(_goods(item)) & stems(text) or _is_named(item, text)]
    replaced = quantity is not None and correction.old == (Decimal(quantity.value),)
    return replaced and len(named) == 1 and _is_same(named[0], target)


def _with_quantity(source: Source, item: Item, correction: _Correction, certainty: float) -> Item:
    at, mark = correction.segment.start, correction.new
    values = {"quantity": source.stated(mark.value, at + mark.start, at + mark.end, certainty)}
    if mark.unit and mark.unit_span and item.line.unit is None:
        values["unit"] = source.stated(mark.unit, at + mark.unit_span[0], at + mark.unit_span[1], certainty)
    return replace(item, line=item.line.model_copy(update=values))


def _correction_in(source: Source, segment: Segment) -> _Correction | None:
    text = segment.of(source.text)
    if len(text) > _LONGEST:
        return None
    said = not segment.listed and pattern(r"(?<!\w)(?:{{corrections}}|{{instead}})(?!\w)").search(text) is not None
    if not (said or _CONTRAST.search(text)):
        return None
    numbers = [mark for mark in find_marks(text, source.style, source.language) if mark.kind == "quantity"]
    numbers = [mark for mark in numbers if not _is_of_line(text, mark)]
    old = [mark for mark in numbers if pattern(_OLD).search(text[: mark.start])]
    new = [mark for mark in numbers if mark not in old]
    return _Correction(segment, new[0], tuple(Decimal(mark.value) for mark in old), said) if len(new) == 1 else None


def _is_of_line(text: str, mark: Mark) -> bool:
    """Whether a number is that of a line: "item 2"."""
    return any(found.start(1) <= mark.start < found.end(1) for found in _LINE.finditer(text))


def _targets(source: Source, correction: _Correction, items: Sequence[Item]) -> list[Item]:
    """The line above a correction that it is about; several where nobody can tell which."""
    text = correction.segment.of(source.text)
    above = [item for item in items if item.segment.start < correction.segment.start and item.line.quantity]
    unit = correction.new.unit
    fitting = [item for item in above if not (unit and item.line.unit and item.line.unit.value != unit)]
    worded = [item for item in fitting if stems(_goods(item)) & stems(text)]
    valued = [item for item in fitting if item.line.quantity and Decimal(item.line.quantity.value) in correction.old]
    if not correction.said:
        return [item for item in worded if item in valued]
    ways = (
        [item for item in fitting if _is_named(item, text)],
        [items[int(found[1]) - 1] for found in _LINE.finditer(text) if 0 < int(found[1]) <= len(items)],
        [item for item in worded if item in valued],
        worded,
        valued,
        above if len(above) == 1 else [],
    )
    return next((way for way in ways if way), [])


def _is_named(item: Item, text: str) -> bool:
    values = (getattr(item.line, name) for name in IDENTIFIERS)
    return any(value is not None and value.value in text for value in values)


def _goods(item: Item) -> str:
    return item.line.description.value if item.line.description else ""
