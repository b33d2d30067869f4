"""Headings that date the goods below them: "Consegna lunedì 14 dicembre:" above some entries, another day above others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from models.contracts.extraction_v1 import StatedValue
from parsers.prose.items import Item, Source
from parsers.prose.labels import lines_of
from parsers.prose.segments import Segment
from parsers.prose.wanted_days import bare_day_in, day_in

_LONGEST = 80
_CERTAINTY = 0.88


def dated_by_headings(items: Sequence[Item], source: Source, written_on: date | None) -> tuple[list[Item], frozenset[str]]:
    """The items with the days of the headings above them, and these days; nothing where fewer than two days head goods."""
    headings = [(at, day) for at, day in _headings(source, written_on) if not _inside(at, items)]
    days: dict[int, StatedValue] = {}
    for place, item in enumerate(items):
        above = [day for at, day in headings if at < item.segment.start]
        if above:
            days[place] = above[-1]
    if len({day.value for day in days.values()}) < 2:
        return list(items), frozenset()
    dated = [_dated(item, days.get(place)) for place, item in enumerate(items)]
    return dated, frozenset(day.value for day in days.values())


def _headings(source: Source, written_on: date | None) -> Iterator[tuple[int, StatedValue]]:
    """The lines that end in a colon and name a day."""
    for start, line in lines_of(source.text):
        if not line.rstrip().endswith(":") or len(line) > _LONGEST:
            continue
        segment = Segment(start, start + len(line.rstrip()), False)
        day = day_in(source, segment, written_on) or bare_day_in(source, segment, written_on)
        if day is not None:
            yield start, day


def _inside(at: int, items: Sequence[Item]) -> bool:
    return any(item.segment.start <= at < item.segment.end for item in items)


def _dated(item: Item, day: StatedValue | None) -> Item:
    if day is None or item.line.requested_delivery_date is not None:
        return item
    stated = day.model_copy(update={"confidence": _CERTAINTY})
    return replace(item, line=item.line.model_copy(update={"requested_delivery_date": stated}))
