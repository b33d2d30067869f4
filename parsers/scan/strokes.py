"""Strokes of a pen through a row of print. They are never straight enough for a drawn line, but they fill the white between the
words at half their height, where print has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from models.domain.document import Word
from parsers.page_text import Rule, baselines
from parsers.scan.prepare import Grey

_INK = 170
#: The part of a word's height that is looked at, from its top: not what underlines it, nor what overlines it.
_UPPER, _LOWER = 0.2, 0.8
#: How much of a gap a stroke fills, and how wide in heights of a word a gap is that print leaves white.
_FILLED, _LEAST_GAP = 0.9, 0.25
#: How much of a gap the edges of its words' letters fill at most where no line crosses it.
_CROSSED = 0.5
#: How much white, in inches, a stroke fills at least, and in how many gaps.
_LEAST_FILLED, _LEAST_GAPS = 0.2, 2
_BEYOND = 3.0


def strokes_through(words: Sequence[Word], grey: Grey, dpi: int) -> Iterator[Rule]:
    """For each run of words with a stroke through it a line at half their height, in points. `grey` is the page at `dpi`."""
    for row in baselines(words):
        run: list[Word] = row[:1]
        filled: list[float] = []
        for left, right in pairwise(row):
            gap = right.x0 - left.x1
            if gap >= _LEAST_GAP * _height(left):
                if _is_filled(left, right, grey, dpi):
                    filled.append(gap)
                else:
                    yield from _stroke(run, filled)
                    run, filled = [], []
            run.append(right)
        yield from _stroke(run, filled)


def is_of_letters(rule: Rule, words: Sequence[Word], grey: Grey, dpi: int) -> bool:
    """Whether a level line that was found is but the bars of small letters in a row: it runs through words, and the white between
    them is white where it runs. `grey` is the page at `dpi`."""
    middle = (rule.top + rule.bottom) / 2
    here = [word for word in words if word.top < middle < word.bottom and rule.x0 < word.x1 and word.x0 < rule.x1]
    gaps = [
        (left.x1, right.x0)
        for left, right in pairwise(sorted(here, key=lambda word: word.x0))
        if right.x0 - left.x1 >= _LEAST_GAP * min(_height(left), _height(right))
    ]
    return bool(gaps) and all(_white_share(gap, middle, grey, dpi) > 1 - _CROSSED for gap in gaps)


def _white_share(gap: tuple[float, float], middle: float, grey: Grey, dpi: int) -> float:
    scale, reach = dpi / 72, max(dpi // 100, 1)
    row = round(middle * scale)
    white = grey[max(row - reach, 0) : row + reach + 1, round(gap[0] * scale) : round(gap[1] * scale)]
    return float(np.mean(np.all(white >= _INK, axis=0))) if white.size else 0.0


def _stroke(run: Sequence[Word], filled: Sequence[float]) -> Iterator[Rule]:
    if len(filled) < _LEAST_GAPS or sum(filled) < 72 * _LEAST_FILLED:
        return
    middle = float(np.median([(word.top + word.bottom) / 2 for word in run]))
    yield Rule(run[0].x0 - _BEYOND, middle, run[-1].x1 + _BEYOND, middle)


def _height(word: Word) -> float:
    return max(word.bottom - word.top, 1.0)


def _is_filled(left: Word, right: Word, grey: Grey, dpi: int) -> bool:
    """Whether ink goes from one word to the next at half their height."""
    scale = dpi / 72
    top, height = min(left.top, right.top), min(_height(left), _height(right))
    rows = slice(max(round((top + _UPPER * height) * scale), 0), max(round((top + _LOWER * height) * scale), 0))
    columns = slice(max(round(left.x1 * scale), 0), max(round(right.x0 * scale), 0))
    white = grey[rows, columns]
    return bool(white.size) and float(np.mean(np.any(white < _INK, axis=0))) >= _FILLED
