"""Finds out whether a page whose rows lie level stands on its head, before it is read as a whole.

The shapes of letters tell mostly: more of them rise above the small letters than hang below. Where they do not tell, a few
pieces of print are read both ways, which costs a tenth of a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

import numpy as np

from models.domain.document import Word
from parsers.part_reading import OcrEngine
from parsers.scan.prepare import Grey, png_of, turned
from parsers.scan.rows import Piece

_UNSURE = 0.55
_SAMPLES = 8
_LEAST_VOTES, _MAJORITY, _LINES_OF_ALL = 8, 2.5, 0.4
_WHITE = 255


def rotation(clean: Grey, pieces: Sequence[Piece], dpi: int, ocr: OcrEngine) -> int | None:
    """0 or 180, the degrees by which to turn the page; None where its pieces of print cannot be read either way."""
    lines = [piece for piece in pieces if _is_line(piece, dpi)]
    if not lines:
        return None
    rising, hanging = _votes(clean, lines)
    surely = len(lines) >= _LINES_OF_ALL * len(pieces)
    if surely and max(rising, hanging) >= _LEAST_VOTES and max(rising, hanging) >= _MAJORITY * min(rising, hanging):
        return 0 if rising > hanging else 180
    strip = _strip(clean, lines)
    guess = 0 if rising >= hanging else 180
    for degrees in (guess, 180 - guess):
        words = ocr.words(png_of(turned(strip, degrees)), dpi=dpi, page=1, languages=("en",))
        if sureness(words) >= _UNSURE:
            return degrees
    return None


def sureness(words: Iterable[Word]) -> float:
    """How well a page reads, 0 to 1: one that is turned gives many sure words, but of one or two letters."""
    found = tuple(words)
    letters = sum(len(word.text) for word in found)
    long = (word for word in found if len(word.text) >= 3)
    return sum(word.confidence * len(word.text) for word in long) / letters if letters >= 20 else 0.0


def _is_line(piece: Piece, dpi: int) -> bool:
    """Whether a piece is as high as a line of print, and some words long."""
    return dpi / 20 <= piece.height <= dpi / 4 and piece.x1 - piece.x0 >= 3 * piece.height


def _votes(clean: Grey, lines: Iterable[Piece]) -> tuple[int, int]:
    """How many pieces have clearly more above than below their small letters, and how many the other way round."""
    rising = hanging = 0
    for piece in lines:
        rows = np.count_nonzero(clean[piece.top : piece.bottom : 2, piece.x0 : piece.x1 : 2] < 170, axis=1)
        body = np.nonzero(rows >= 0.45 * rows.max(initial=1))[0]
        if not len(body):
            continue
        above, below = body[0] / len(rows), (len(rows) - 1 - body[-1]) / len(rows)
        rising += bool(above + below < 0.6 and above - below > 0.08)
        hanging += bool(above + below < 0.6 and below - above > 0.08)
    return rising, hanging


def _strip(clean: Grey, lines: Sequence[Piece]) -> Grey:
    """Some of the pieces of usual height, the longest, one under another."""
    usual = median(piece.height for piece in lines)
    likely = [piece for piece in lines if 0.6 * usual <= piece.height <= 1.6 * usual]
    chosen = sorted(likely, key=lambda piece: piece.x0 - piece.x1)[:_SAMPLES]
    gap = round(usual)
    width = max(piece.x1 - piece.x0 for piece in chosen) + 2 * gap
    strip = np.full((sum(piece.height + gap for piece in chosen) + gap, width), _WHITE, dtype=np.uint8)
    y = gap
    for piece in chosen:
        strip[y : y + piece.height, gap : gap + piece.x1 - piece.x0] = clean[piece.top : piece.bottom, piece.x0 : piece.x1]
        y += piece.height + gap
    return strip
