"""Runs of sizes, each with how many are wanted: "S:3 M:5 L:2", "3x S, 5x M", "38=2 39=4". Each size is a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_LETTERS = r"(?:\d?X{1,4}[SL]|[2-6]XL|[SML]|XS)"
_FIGURES = r"(?:[1-6]\d(?:[.,]5)?)"
_GAP = r"[ \t]{0,6}(?:[,;/|+&][ \t]{0,3})?"
#: Behind a colon, figures may be a time ("10:30"), so only a short count stands there.
_NAMED_FIRST = (
    rf"(?<![\w:/-])(?P<size>{_LETTERS})[ \t]?[:=x×][ \t]?(?P<count>\d{{1,4}})(?![\w%]|[.,:]\d)",
    rf"(?<![\w:/-])(?P<size>{_FIGURES})[ \t]?(?::[ \t]?(?P<count>\d)|=[ \t]?(?P<more>\d{{1,4}}))(?![\w%]|[.,:]\d)",
)
_COUNTED_FIRST = (
    rf"(?<![\w:/.,-])(?P<count>\d{{1,4}})[ \t]?[x×][ \t]?(?P<size>{_LETTERS})(?!\w)",
    rf"(?<![\w:/.,-])(?P<count>\d{{1,4}})[ \t](?P<size>{_LETTERS})(?!\w)",
)


@dataclass(frozen=True, slots=True)
class SizeCount:
    """A size with its count; places are offsets into the text."""

    size: str
    count: Decimal
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SizeRun:
    """Two sizes or more in a row, each another one."""

    counts: tuple[SizeCount, ...]

    @property
    def start(self) -> int:
        return self.counts[0].start

    @property
    def end(self) -> int:
        return self.counts[-1].end

    @property
    def total(self) -> Decimal:
        return sum((each.count for each in self.counts), Decimal(0))


def size_runs(text: str) -> list[SizeRun]:
    """The runs of `text` in their order; two lone units ("5 M, 3 L" of metres and litres) are none."""
    found: list[SizeRun] = []
    for form in (*_NAMED_FIRST, *_COUNTED_FIRST):
        pairs = [_count_of(each) for each in re.finditer(form, text)]
        found += [run for run in _joined(text, pairs) if _is_run(run) and not any(_meet(run, other) for other in found)]
    return sorted(found, key=lambda run: run.start)


def _count_of(found: re.Match[str]) -> SizeCount:
    count = found["count"] or found.groupdict()["more"]
    return SizeCount(found["size"], Decimal(count), *found.span())


def _joined(text: str, pairs: list[SizeCount]) -> Iterator[SizeRun]:
    run: list[SizeCount] = []
    for pair in pairs:
        if run and not re.fullmatch(_GAP, text[run[-1].end : pair.start]):
            yield SizeRun(tuple(run))
            run = []
        run.append(pair)
    if run:
        yield SizeRun(tuple(run))


def _is_run(run: SizeRun) -> bool:
    sizes = {each.size for each in run.counts}
    return len(run.counts) > 1 and len(sizes) == len(run.counts) and not sizes <= {"M", "L"}


def _meet(one: SizeRun, other: SizeRun) -> bool:
    return one.start < other.end and other.start < one.end
