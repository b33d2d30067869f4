"""Stamps and pens over black print, told by their colour: taken away before the print is read, and read by themselves.

What was stamped or written may alter the order, so whatever is not the stamp of an office that received or booked it is asked
about. Colour that lies over no print stays on the page: it may be print itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from models.contracts.extraction_v1 import Problem
from models.domain.findings import Severity
from parsers.part_reading import OcrEngine
from parsers.scan.prepare import Grey, png_of, resized
from parsers.wordlists import folded, terms, words_file

Colours = NDArray[np.uint8]

_WHITE = 255
_LOOKED_AT = 1000
#: How far the channels of coloured ink lie apart and how bright it is at most; and the same of black.
_COLOURED, _INK, _GREY, _BLACK = 70, 180, 60, 130
_COVERED = 100
_LEAST_SHARE, _LEAST_DOTS, _LEAST_TOUCH = 0.0003, 60, 8
#: A mark is no larger than these shares of the page; above the third is a letterhead.
_WIDEST, _HIGHEST, _LETTERHEAD = 0.45, 0.25, 0.13
_JOINED, _LINE, _EDGE = 11, 45, 6
_STROKE = 5
_MOST_MARKS = 6
_STEEPEST, _READ_DPI = 40.0, 200
_READABLE, _LEAST_LETTERS = 0.6, 4


@dataclass(frozen=True, slots=True)
class Mark:
    """What is stamped or written over print: its own ink, set level, and the print beneath it."""

    ink: Grey
    beneath: Grey

    @property
    def is_scrawl(self) -> bool:
        """Whether it is no long stroke: a signature over a name or a line strikes nothing out."""
        height, width = self.beneath.shape
        return bool(width < _STROKE * height)


def without_marks(colours: Colours) -> tuple[Grey, tuple[Mark, ...]]:
    """The picture (RGB) in greys without the coloured ink that lies over black print, and that ink's marks."""
    grey = _grey(cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY))
    if not _is_coloured(colours):
        return grey, ()
    scale = min(1.0, _LOOKED_AT / max(grey.shape))
    small = cv2.resize(colours, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink, black = _inks(small)
    if ink.mean() < _LEAST_SHARE or ink.sum() > black.sum():
        return grey, ()
    boxes = [tuple(round(edge / scale) for edge in box) for box in _over_print(ink, black)]
    marks = tuple(_taken_away(grey, colours, box) for box in boxes[:_MOST_MARKS])
    return grey, marks


def _is_coloured(colours: Colours) -> bool:
    """Whether there is any strong colour at all: most scans have none, and a look at some dots tells."""
    some = colours[2::5, 2::5].astype(np.int16)
    return bool(np.mean(some.max(axis=2) - some.min(axis=2) > _COLOURED // 2) >= _LEAST_SHARE)


def _inks(colours: NDArray[Any]) -> tuple[Grey, Grey]:
    """Where there is coloured ink (1), and where black print, drawn lines aside, under the light that makes paper white."""
    paper = np.maximum(np.median(colours.reshape(-1, 3), axis=0), 60)
    evened = np.clip(colours * (_WHITE / paper), 0, _WHITE)
    brightest, spread = evened.max(axis=2), evened.max(axis=2) - evened.min(axis=2)
    ink = ((spread > _COLOURED) & (evened.mean(axis=2) < _INK)).astype(np.uint8)
    black = ((brightest < _BLACK) & (spread < _GREY)).astype(np.uint8)
    for shape in ((1, _LINE), (_LINE, 1)):
        black = np.where(cv2.morphologyEx(black, cv2.MORPH_OPEN, np.ones(shape, np.uint8)) > 0, 0, black).astype(np.uint8)
    return _grey(ink), _grey(black)


def _over_print(ink: Grey, black: Grey) -> Iterator[tuple[int, int, int, int]]:
    """The boxes of coloured ink that touches black print, no larger than a stamp or a signature."""
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((_JOINED, _JOINED), np.uint8))
    touched = _grey(cv2.dilate(ink, np.ones((5, 5), np.uint8))) & black
    height, width = ink.shape
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8, ltype=cv2.CV_32S)
    for at in range(1, count):
        x, y, wide, high, _ = (int(each) for each in stats[at])
        if wide > _WIDEST * width or high > _HIGHEST * height or min(wide, high) < _EDGE or y + high < _LETTERHEAD * height:
            continue
        rows, columns = slice(max(y - 1, 0), y + high + 1), slice(max(x - 1, 0), x + wide + 1)
        own = _grey(cv2.dilate((labels[rows, columns] == at).astype(np.uint8), np.ones((5, 5), np.uint8)))
        if int((ink[rows, columns] & own).sum()) >= _LEAST_DOTS and int((touched[rows, columns] & own).sum()) >= _LEAST_TOUCH:
            yield x - 2, y - 2, x + wide + 2, y + high + 2


def _taken_away(grey: Grey, colours: Colours, box: Sequence[int]) -> Mark:
    """The mark in a box; in `grey`, its ink becomes paper there."""
    rows, columns = slice(max(box[1], 0), max(box[3], 1)), slice(max(box[0], 0), max(box[2], 1))
    here = colours[rows, columns].astype(np.int16)
    spread = here.max(axis=2) - here.min(axis=2)
    paper = int(np.percentile(grey[rows, columns], 80))
    dark = here.max(axis=2) < _COVERED
    ink = cv2.dilate(((spread > _COLOURED // 2) & ~dark).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    own = np.where(spread > _COLOURED // 2, grey[rows, columns], _WHITE)
    # Print under a stamp is as dark in the colour of the stamp as elsewhere, and the stamp is not.
    grey[rows, columns] = np.where(ink & ~dark, np.maximum(grey[rows, columns], paper), here.max(axis=2))
    return Mark(_level(_grey(own)), grey[rows, columns].copy())


def _level(ink: Grey) -> Grey:
    """A stamp turned so that its rows lie level."""
    ys, xs = np.nonzero(ink < _INK)
    if len(xs) < _LEAST_DOTS:
        return ink
    centre, _, angle = cv2.minAreaRect(np.stack([xs, ys], axis=1).astype(np.float32))
    slant = (angle + 45) % 90 - 45
    if abs(slant) > _STEEPEST:
        return ink
    ink = _grey(np.pad(ink, margin := max(ink.shape) // 4, constant_values=_WHITE))
    turn = cv2.getRotationMatrix2D((centre[0] + margin, centre[1] + margin), slant, 1.0)
    return _grey(cv2.warpAffine(ink, turn, (ink.shape[1], ink.shape[0]), borderValue=_WHITE))


def doubts_of(marks: Sequence[Mark], dpi: int | None, page: int, part: str, ocr: OcrEngine) -> Iterator[Problem]:
    """An error for each mark that may alter the order: a stamp that says something else than that the paper came in, and
    writing that nobody can read over print with figures."""
    factor = _READ_DPI / (dpi or _READ_DPI)
    for mark in marks:
        said = [word for word in _read(mark.ink, factor, page, ocr) if word.isalpha() and len(word) >= _LEAST_LETTERS]
        if said and all(_alters_nothing(folded(word)) for word in said):
            continue
        beneath = " ".join(_read(mark.beneath, factor, page, ocr, least=0.0))
        if said or re.search(r"\d" if mark.is_scrawl else r"\w", beneath):
            over = f'"{beneath[:60]}"' if beneath else "the print"
            shown = f' ("{" ".join(said)[:60]}")' if said else ""
            message = f"{part}, page {page}: something is stamped or written over {over}{shown}: see whether it alters the order"
            yield Problem(code="written_over", severity=Severity.ERROR, message=message)


def _read(picture: Grey, factor: float, page: int, ocr: OcrEngine, least: float = _READABLE) -> list[str]:
    """The words of a piece of paper; of those read well enough, what are letters and what are figures."""
    framed = np.pad(resized(picture, factor), 20, constant_values=_WHITE)
    words = ocr.words(png_of(_grey(framed)), dpi=_READ_DPI, page=page, languages=("en",))
    text = " ".join(word.text for word in words if word.confidence >= least)
    return re.findall(r"[^\W\d_]+|\d[\d.,]*", text)


def _alters_nothing(word: str) -> bool:
    """Whether a word is one of an office's, or the beginning of one whose rest was not read."""
    return any(known.startswith(word) for known in _of_offices())


@cache
def _of_offices() -> frozenset[str]:
    """What stamps of offices say that alter nothing, and the names of months, in all languages."""
    listed = words_file("stamps.yaml")["alter_nothing"]
    return frozenset(folded(term) for language in listed.values() for term in terms(language))


def _grey(picture: Any) -> Grey:
    return cast("Grey", picture.astype(np.uint8, copy=False))
