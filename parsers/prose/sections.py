"""Letters that make several orders: a section for each heading with a number of its own, read as a letter by itself.

A section is cut out, and not only blanked around: a letter with hundreds of them would take hundreds of times as long.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from models.domain.document import Grid, TextBox
from models.domain.evidence import Evidence
from parsers.part_reading import OrderReading
from parsers.prose.items import Source
from parsers.prose.letter import Letter
from parsers.prose.plain_tables import extents
from parsers.prose.po_number import po_number_in
from parsers.relocation import relocated_order
from parsers.values.number_style import NumberStyle

_MOST_LINES, _LONGEST_HEADING = 2000, 50
#: What stands where something was cut out, so that no paragraph goes on over it.
_GAP = "\n\n"

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Section:
    """A letter of what stands before the first heading and under one of them. `kept` are the spans of the whole letter, from the
    first to the last, that it was made of."""

    letter: Letter
    kept: tuple[_Span, ...]

    def as_in_whole(self, order: OrderReading) -> OrderReading:
        """`order`, read of this section, with the spans that its words have in the whole letter."""
        starts = _starts(self.kept)

        def places(place: Evidence) -> tuple[Evidence, ...]:
            if place.span is None or place.part != self.letter.part:
                return (place,)
            at = max(bisect_right(starts, place.span[0]) - 1, 0)
            return (_shifted(place, self.kept[at][0] - starts[at]),)

        return relocated_order(order, places)


def headings(letter: Letter, style: NumberStyle, language: str | None) -> list[int]:
    """Where the lines start that state a PO number and little else, each another one."""
    found: dict[str, int] = {}
    start = 0
    for line in letter.text.split("\n")[:_MOST_LINES]:
        short = 0 < len(line.strip()) <= _LONGEST_HEADING
        number = po_number_in(Source(letter.part, line, style, language)) if short else None
        if number is not None:
            found.setdefault(number.value, start)
        start += len(line) + 1
    return list(found.values())


def sections_of(letter: Letter, starts: Sequence[int]) -> Iterator[Section]:
    """A section for each of the headings at `starts`, in their order."""
    beside = [span for text in (letter.signature, letter.aside, letter.remark) for span in _written(text)]
    grids = [(grid, at) for grid in letter.grids for at, _ in extents((grid,))]
    for start, end in zip(starts, [*starts[1:], len(letter.text)], strict=True):
        own = ((0, starts[0]), (start, end))
        kept = _united([*own, *beside])
        section = replace(
            letter,
            text=_cut(letter.text, kept, own),
            signature=_cut(letter.signature, kept),
            aside=_cut(letter.aside, kept),
            remark=_cut(letter.remark, kept),
            grids=tuple(_moved(grid, kept) for grid, at in grids if start <= at < end),
            subject="",
        )
        yield Section(section, kept)


def _written(text: str) -> Iterator[_Span]:
    """From where to where something stands in a text that is blank elsewhere."""
    if text.strip():
        yield len(text) - len(text.lstrip()), len(text.rstrip())


def _united(spans: Sequence[_Span]) -> tuple[_Span, ...]:
    """The spans in order, those that touch as one, and none that is empty."""
    united: list[_Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return tuple(united)


def _starts(kept: Sequence[_Span]) -> list[int]:
    """Where each of the kept spans starts in what they were joined to."""
    lengths = (end - start + len(_GAP) for start, end in kept)
    return list(accumulate(lengths, initial=0))[:-1]


def _cut(text: str, kept: Sequence[_Span], own: Sequence[_Span] | None = None) -> str:
    """The `kept` spans of `text`, with what does not stand in one of its `own` blanked."""
    return _GAP.join(_showing(text, span, own or (span,)) for span in kept) if text else ""


def _showing(text: str, span: _Span, own: Sequence[_Span]) -> str:
    shown, at = [], span[0]
    for start, end in ((max(start, span[0]), min(end, span[1])) for start, end in own):
        if start < end:
            shown += [_blank(text[at:start]), text[start:end]]
            at = end
    return "".join([*shown, _blank(text[at : span[1]])])


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _moved(grid: Grid, kept: Sequence[_Span]) -> Grid:
    """The grid with the spans that its cells have where only `kept` was."""
    starts, begins = _starts(kept), [start for start, _ in kept]

    def moved(box: TextBox | None) -> TextBox | None:
        if box is None or box.evidence.span is None:
            return box
        at = max(bisect_right(begins, box.evidence.span[0]) - 1, 0)
        return replace(box, evidence=_shifted(box.evidence, starts[at] - begins[at]))

    return replace(grid, rows=tuple(tuple(moved(box) for box in row) for row in grid.rows))


def _shifted(place: Evidence, by: int) -> Evidence:
    return replace(place, span=(place.span[0] + by, place.span[1] + by)) if place.span is not None else place
