"""Takes drawn lines and dark boxes out of a page's picture, so that the engine reads neither as letters, and says where.

Pictures are 8-bit grey arrays (0 black), upright. Lines are looked for at half the resolution, which is a quarter of the work.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]

_WHITE = 255
_INK, _PALE = 170, 205
_MOST_LINES = 2000
#: How much of its length a line fills: a whole one, one on a worn fax, and by how much more than the rows beside it.
_SOLID, _FILLED, _STANDS_OUT = 0.95, 0.75, 0.35
#: A row of serifs is as full as a line with gaps, but no word is so long.
_LONGER = 2.5


@dataclass(frozen=True, slots=True)
class Lines:
    """Drawn lines in pixels: (x0, top, x1, bottom) each."""

    boxes: tuple[tuple[int, int, int, int], ...]


def without_lines(grey: Grey, dpi: int) -> tuple[Grey, Lines]:
    """The picture without drawn lines and with white-on-dark boxes turned to dark-on-white, and where the lines were."""
    clean = grey.copy()
    for x, y, width, height in _dark_boxes(grey, dpi):
        clean[y : y + height, x : x + width] = _WHITE - clean[y : y + height, x : x + width]
    ink, pale = (_grey(cv2.threshold(clean, most, 1, cv2.THRESH_BINARY_INV)[1]) for most in (_INK, _PALE))
    level, upright = (_lines(ink, pale, dpi // 2, level=level) for level in (True, False))
    for line, is_level in ((level, True), (upright, False)):
        _wipe(clean, ink, pale, _stripe(line, dpi, ink.shape, level=is_level), dpi, level=is_level)
    ends = np.ones((max(dpi // 50, 1), max(dpi // 50, 1)), np.uint8)
    crossings = _grey(cv2.dilate(level, ends)) & _grey(cv2.dilate(upright, ends))
    if crossings.any():
        clean[_enlarged(crossings, ink.shape) > 0] = _WHITE
    found = [*_thin_boxes(level, dpi), *_thin_boxes(upright, dpi)]
    return clean, Lines(tuple(found))


def _wipe(clean: Grey, ink: Grey, pale: Grey, stripe: Grey, dpi: int, *, level: bool) -> None:
    """Takes the lines within `stripe` out of `clean`, and looks no farther from them than it must."""
    for start, end in _bands(stripe, dpi // 20 + 4, level=level):
        band = (slice(start, end), slice(None)) if level else (slice(None), slice(start, end))
        # A letter that touches or crosses the line goes on beyond it; so does the other line, which goes where they cross.
        strokes = cv2.morphologyEx(ink[band], cv2.MORPH_OPEN, _bar(1, max(dpi // 20, 3), level=level))
        own = _own_ink(ink[band], pale[band], dpi, level=level)
        clean[band][(stripe[band] > 0) & (own > 0) & (strokes == 0)] = _WHITE


def _bands(stripe: Grey, margin: int, *, level: bool) -> Iterator[tuple[int, int]]:
    """The rows (columns, for upright lines) that have a line, with `margin` beside them; near ones together."""
    found = np.flatnonzero(cv2.reduce(stripe, 1 if level else 0, cv2.REDUCE_MAX))
    if not len(found):
        return
    breaks = np.flatnonzero(np.diff(found) > 2 * margin)
    for start, end in zip(found[[0, *(breaks + 1)]], found[[*breaks, -1]], strict=True):
        yield max(int(start) - margin, 0), int(end) + margin + 1


def _lines(ink: Grey, pale: Grey, dpi: int, *, level: bool) -> Grey:
    """The dots, at half resolution, of straight lines at least half an inch long (a third, if upright): the steps and gaps
    of a line that is a little tilted or worn are filled. `dpi` is that of the result, `pale` the ink with what is grey."""
    dark, thick = (cv2.dilate(_half(each, level=level), _bar(1, 3, level=level)) for each in (ink, pale))
    line = _runs(dark, thick, max(dpi // 2 if level else dpi // 3, 3), dpi // 30, level=level)
    return _grey(cv2.morphologyEx(line, cv2.MORPH_CLOSE, _bar(max(dpi // 4, 3), 3, level=level)))


def _half(ink: Grey, *, level: bool) -> Grey:
    """The ink at half the resolution: of two dots across a line one is enough, along it both must be dark."""
    tall, wide = ink.shape[0] // 2 * 2, ink.shape[1] // 2 * 2
    even, odd = (ink[0:tall:2, :wide], ink[1:tall:2, :wide]) if level else (ink[:tall, 0:wide:2], ink[:tall, 1:wide:2])
    across = even | odd
    return _grey(across[:, 0::2] & across[:, 1::2] if level else across[0::2] & across[1::2])


def _stripe(line: Grey, dpi: int, shape: tuple[int, ...], *, level: bool) -> Grey:
    """The lines at full resolution with a margin for their grey edges."""
    wider = cv2.dilate(line, _bar(1, 2 * (dpi // 150) + 1, level=level))
    return _enlarged(_grey(wider), shape)


def _own_ink(ink: Grey, pale: Grey, dpi: int, *, level: bool) -> Grey:
    """The ink that runs on as a line does, with its grey edges: a letter that stands close to a line keeps all of its own."""
    dark, thick = (cv2.dilate(each, _bar(1, 3, level=level)) for each in (ink, pale))
    runs = _runs(dark, thick, max(dpi // 6, 3), dpi // 30, level=level)
    return _grey(cv2.dilate(runs, _bar(1, 2 * (dpi // 300) + 1, level=level)))


def _runs(dark: Any, pale: Any, along: int, apart: int, *, level: bool) -> Grey:
    """The ink that fills a stretch `along` dots long; grey ink, or ink with gaps as on a fax, where it fills most of a longer
    one and there is little `apart` from it: letters fill much of their row, but of the rows beside it as well."""
    far = round(along * _LONGER)
    solid = cv2.blur(dark * _WHITE, _size(along, level=level)) >= _SOLID * _WHITE
    filled = cv2.blur(pale * _WHITE, _size(far, level=level))
    across, down = (0, apart) if level else (apart, 0)
    wide = cv2.copyMakeBorder(filled, down, down, across, across, cv2.BORDER_CONSTANT, value=0)
    height, width = filled.shape
    beside = np.maximum(wide[:height, :width], wide[-height:, -width:])
    thin = (filled >= _FILLED * _WHITE) & (cv2.subtract(filled, beside) >= _STANDS_OUT * _WHITE)
    # The middle of a full stretch lies that far from the line's end, nearly half of it; that of one with gaps a quarter.
    reaches = ((solid, round(0.9 * along)), (thin, far // 2))
    ends = [cv2.dilate(_grey(found), _bar(max(reach, 3), 1, level=level)) for found, reach in reaches]
    return _grey(cv2.bitwise_and(cv2.bitwise_or(*ends), pale))


def _size(along: int, *, level: bool) -> tuple[int, int]:
    return (along, 1) if level else (1, along)


def _enlarged(half: Grey, shape: tuple[int, ...]) -> Grey:
    return _grey(cv2.resize(half, (shape[1], shape[0]), interpolation=cv2.INTER_NEAREST))


def _bar(along: int, across: int, *, level: bool) -> NDArray[Any]:
    size = (along, across) if level else (across, along)
    return cv2.getStructuringElement(cv2.MORPH_RECT, size)


def _dark_boxes(grey: Grey, dpi: int) -> Iterator[tuple[int, int, int, int]]:
    """Filled dark boxes at least an inch wide and a letter high: heads of tables, title bars."""
    half = dpi // 2
    dark = _grey(
        cv2.threshold(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), 110, 1, cv2.THRESH_BINARY_INV)[1]
    )
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((max(half // 30, 1), max(half // 30, 1)), np.uint8))
    if not solid.any():
        return
    joined = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((max(half // 10, 1), max(half // 6, 1)), np.uint8))
    contours, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours[:_MOST_LINES]:
        x, y, width, height = cv2.boundingRect(contour)
        filled = float(np.mean(dark[y : y + height, x : x + width]))
        if width >= half and half // 12 <= height <= 2 * half and filled > 0.55:
            yield 2 * x, 2 * y, 2 * width, 2 * height


def _thin_boxes(line: Grey, dpi: int) -> Iterator[tuple[int, int, int, int]]:
    """The boxes of lines found at half resolution, in dots of the full one."""
    contours, _ = cv2.findContours(line, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours[:_MOST_LINES]:
        x, y, width, height = cv2.boundingRect(contour)
        if min(width, height) <= dpi // 30:
            yield 2 * x, 2 * y, 2 * (x + width), 2 * (y + height)


def _grey(picture: Any) -> Grey:
    return cast("Grey", picture.astype(np.uint8, copy=False))
