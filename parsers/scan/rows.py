"""Sets a page's lines of print one under another, so that the engine need not guess which pieces stand on one line.

Engines take a page for a block of full-width lines. On a form, rows of neighbouring boxes lie a few points apart, and the
engine then mixes two rows into one or skips one. Here the pieces of print are found by their ink and rows are made of those
whose feet stand level; every row gets a band of its own, and the words found in a band are put back where they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any, NamedTuple, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from models.domain.document import Word

Grey = NDArray[np.uint8]

_WHITE = 255
_INK = 170
_DARK = 120
_MOST_PIECES = 6000


@dataclass(frozen=True, slots=True)
class Piece:
    """Print without wide gaps: its box in pixels, the line on which its letters stand, and which ink is its own."""

    x0: int
    top: int
    x1: int
    bottom: int
    foot: int
    ink: int = 0

    @property
    def height(self) -> int:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Print:
    """The pieces of a page from the top down, and whose each dot is (0: nobody's) at half the resolution."""

    pieces: tuple[Piece, ...]
    owners: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Band:
    """A row's place in the set picture (`top` to `bottom`) and how far up it was moved, in pixels."""

    top: int
    bottom: int
    moved: int


@dataclass(frozen=True, slots=True)
class SetPage:
    """The page with its rows in bands."""

    picture: Grey
    bands: tuple[Band, ...]
    dpi: int

    def placed(self, words: Iterable[Word]) -> list[Word]:
        """The words read from the set picture, where they stand on the page."""
        scale = 72 / self.dpi
        tops = [band.top * scale for band in self.bands]
        found = []
        for word in words:
            place = int(np.searchsorted(tops, (word.top + word.bottom) / 2, side="right")) - 1
            if place < 0:
                continue
            moved = self.bands[place].moved * scale
            found.append(replace(word, top=word.top + moved, bottom=word.bottom + moved))
        return found


def print_of(clean: Grey, dpi: int) -> Print:
    """The pieces of print of a picture without drawn lines; none where the page is no page of print."""
    half = dpi // 2
    ink = _half(clean)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, max(half // 10, 3)), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8, ltype=cv2.CV_32S)
    if not 1 < count <= _MOST_PIECES:
        return Print((), np.zeros(ink.shape, np.int32))
    boxes = [_Box(int(x), int(y), int(x + w), int(y + h), at) for at, (x, y, w, h, _) in enumerate(stats[1:], start=1)]
    letters = [box for box in boxes if box.bottom - box.top >= half // 25]
    if not letters:
        return Print((), np.zeros(ink.shape, np.int32))
    usual = median(box.bottom - box.top for box in letters)
    whole, owner = _with_marks(letters, [box for box in boxes if box.bottom - box.top < half // 25], usual, count)
    parted = [part for box in whole for part in _parted(box, ink, usual)]
    pieces = sorted((_piece(box, ink) for box in parted if _is_print(box, clean, half)), key=lambda piece: (piece.top, piece.x0))
    return Print(tuple(pieces), np.take(owner, labels.astype(np.int32, copy=False)))


def _is_print(box: _Box, clean: Grey, half: int) -> bool:
    """Whether a piece is dark and large enough for print: specks and pale patches of noise are neither."""
    if max(box.x1 - box.x0, box.bottom - box.top) < max(half // 40, 2):
        return False
    return int(clean[2 * box.top : 2 * box.bottom, 2 * box.x0 : 2 * box.x1].min()) < _DARK


class _Box(NamedTuple):
    x0: int
    top: int
    x1: int
    bottom: int
    ink: int


def _half(clean: Grey) -> Grey:
    """The ink (1) at half the resolution, thin strokes kept."""
    ink = _grey(cv2.threshold(clean, _INK, 1, cv2.THRESH_BINARY_INV)[1])
    tall, wide = ink.shape[0] // 2 * 2, ink.shape[1] // 2 * 2
    rows = ink[0:tall:2, :wide] | ink[1:tall:2, :wide]
    return _grey(rows[:, 0::2] | rows[:, 1::2])


def _with_marks(letters: Sequence[_Box], marks: Sequence[_Box], usual: float, count: int) -> tuple[list[_Box], NDArray[np.int32]]:
    """Dots and accents go to the piece right below or beside them; a dash or a speck far from all is a piece of its own.

    With them the owner of each label's ink.
    """
    grown = list(letters)
    owner = np.arange(count, dtype=np.int32)
    edges = np.array([box[:4] for box in letters], dtype=np.int32)
    alone: list[_Box] = []
    for mark in marks:
        gaps = np.maximum(np.maximum(edges[:, 1] - mark.bottom, mark.top - edges[:, 3]), 0)
        beside = (edges[:, 0] <= mark.x1 + 0.4 * usual) & (edges[:, 2] >= mark.x0 - 0.4 * usual)
        near = np.where(beside, gaps, 1_000_000)
        nearest = int(near.argmin())
        if near[nearest] > 0.3 * usual:
            alone.append(mark)
            continue
        box = grown[nearest]
        owner[mark.ink] = box.ink
        grown[nearest] = _Box(
            min(box.x0, mark.x0), min(box.top, mark.top), max(box.x1, mark.x1), max(box.bottom, mark.bottom), box.ink
        )
    return [*grown, *alone], owner


def _parted(box: _Box, ink: Grey, usual: float) -> list[_Box]:
    """The lines of a piece in which one line's tails touch the next line's tops, cut where there is least ink."""
    if box.bottom - box.top < 1.7 * usual or box.x1 - box.x0 < 2 * (box.bottom - box.top):
        return [box]
    rows = ink[box.top : box.bottom, box.x0 : box.x1].sum(axis=1, dtype=np.int64)
    thin = rows < 0.12 * rows.max()
    cuts = [box.top]
    for y in range(1, len(rows)):
        if thin[y] and y + box.top - cuts[-1] >= 0.7 * usual and box.bottom - (y + box.top) >= 0.7 * usual:
            cuts.append(y + box.top)
    return [box._replace(top=above, bottom=below) for above, below in zip(cuts, [*cuts[1:], box.bottom], strict=True)]


def _piece(box: _Box, ink: Grey) -> Piece:
    rows = ink[box.top : box.bottom, box.x0 : box.x1].sum(axis=1, dtype=np.int64)
    standing = np.nonzero(rows >= 0.4 * rows.max())[0]
    foot = 2 * (box.top + int(standing[-1]) + 1)
    return Piece(2 * box.x0, 2 * box.top, 2 * box.x1, 2 * box.bottom, foot, box.ink)


def set_in_rows(clean: Grey, page: Print, dpi: int, rows: Sequence[Sequence[Piece]] | None = None) -> SetPage:
    """The pieces in bands, a row each: all rows from the top of the page down, or those of `rows`."""
    rows = rows_of_print(page.pieces) if rows is None else rows
    margin, gap = dpi // 60, dpi // 15
    spans = [(max(min(piece.top for piece in row) - margin, 0), max(piece.bottom for piece in row) + margin) for row in rows]
    height = sum(bottom - top + gap for top, bottom in spans) + 2 * gap
    picture = np.full((height, clean.shape[1]), _WHITE, dtype=np.uint8)
    bands: list[Band] = []
    y = gap
    for row, (top, bottom) in zip(rows, spans, strict=True):
        for piece in row:
            cut, left, upper = _cut(clean, page.owners, piece, margin)
            place = picture[y + upper - top : y + upper - top + cut.shape[0], left : left + cut.shape[1]]
            np.minimum(place, cut, out=place)
        bands.append(Band(y - gap // 2, y + bottom - top + gap // 2, top - y))
        y += bottom - top + gap
    return SetPage(picture, tuple(bands), dpi)


def _cut(clean: Grey, owners: NDArray[np.int32], piece: Piece, margin: int) -> tuple[Grey, int, int]:
    """The piece alone, without its neighbours' ink, and the place of its top left corner."""
    top, bottom = max(piece.top - margin, 0), min(piece.bottom + margin, clean.shape[0])
    left, right = max(piece.x0 - margin, 0), min(piece.x1 + margin, clean.shape[1])
    top, left = top // 2 * 2, left // 2 * 2
    cut = clean[top:bottom, left:right].copy()
    whose = owners[top // 2 : (bottom + 1) // 2, left // 2 : (right + 1) // 2].repeat(2, axis=0).repeat(2, axis=1)
    whose = whose[: cut.shape[0], : cut.shape[1]]
    strangers = (whose != 0) & (whose != piece.ink)
    cut[: whose.shape[0], : whose.shape[1]][strangers] = _WHITE
    return cut, left, top


def rows_of_print(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that stand level and beside one another, from the top of the page down."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda each: (each.foot, each.x0)):
        row = next((row for row in reversed(rows[-8:]) if _level(row, piece)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    return sorted(rows, key=lambda row: median(piece.foot for piece in row))


def _level(row: Sequence[Piece], piece: Piece) -> bool:
    nearest = min(row, key=lambda other: max(other.x0 - piece.x1, piece.x0 - other.x1))
    if nearest.x1 > piece.x0 and piece.x1 > nearest.x0:
        return False
    lower, higher = sorted((nearest.height, piece.height))
    return abs(nearest.foot - piece.foot) <= 0.3 * higher and higher <= 2.5 * max(lower, 1) + 8


def _grey(picture: Any) -> Grey:
    return cast("Grey", picture.astype(np.uint8, copy=False))
