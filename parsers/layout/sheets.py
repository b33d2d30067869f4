"""Readings of sheets whose halves were read one below the other, with every box where its words stand on the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.domain.document import Word
from models.domain.evidence import Evidence
from parsers.page_text import PageText, word_box
from parsers.part_reading import PartReading
from parsers.relocation import relocated_reading

_Box = tuple[float, float, float, float]


def as_on_sheets(reading: PartReading, pages: Sequence[PageText]) -> PartReading:
    """`reading` of `pages`, its boxes in points from the top left of the sheets that people see."""
    stacked = {page.number: page for page in pages if page.gutter is not None}
    if not stacked:
        return reading
    return relocated_reading(reading, lambda place: places_on_sheet(place, stacked.get(place.page or 0)))


def places_on_sheet(place: Evidence, page: PageText | None) -> tuple[Evidence, ...]:
    """Where the words at `place` of a page with a gutter stand on its sheet: in two places where they run on from the foot of
    the left half to the head of the right one. What lies on no such page is given back."""
    if page is None or page.gutter is None or place.bbox is None:
        return (place,)
    fold = page.height / 2
    halves: tuple[list[Word], list[Word]] = ([], [])
    for word in page.words:
        if _is_within(word, place.bbox):
            halves[_is_below(word.bbox, fold)].append(word)
    boxes = [word_box(words, place.part).evidence for words in halves if words] if all(halves) else [place]
    return tuple(replace(box, bbox=_on_sheet(box.bbox, fold, page.gutter)) for box in boxes if box.bbox is not None)


def _is_within(word: Word, box: _Box) -> bool:
    return box[0] <= (word.x0 + word.x1) / 2 <= box[2] and box[1] <= (word.top + word.bottom) / 2 <= box[3]


def _is_below(box: _Box, fold: float) -> bool:
    return (box[1] + box[3]) / 2 > fold


def _on_sheet(box: _Box, fold: float, gutter: float) -> _Box:
    x0, top, x1, bottom = box
    return (
        (round(x0 + gutter, 1), round(top - fold, 1), round(x1 + gutter, 1), round(bottom - fold, 1))
        if _is_below(box, fold)
        else box
    )
