"""Mends what OCR does to words on forms: days and numbers torn in two, heads misread in ways that are always the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from models.domain.document import Word

_FIGURES = re.compile(r"[\d/.,:-]*\d[\d/.,:-]*|[/.,-]")
_WHOLE = re.compile(r"\d{1,2}([/.-])\d{1,2}\1(?:\d{2}|\d{4})|\d{4}-\d\d-\d\d|\d{1,3}(?:([.,])\d{3})*[.,]\d{2,4}")
#: Heads of columns in small type, as engines misread them. No order has such words of its own.
_MISREAD = {"aty": "Qty", "oty": "Qty", "gty": "Qty", "0ty": "Qty", "qly": "Qty", "qry": "Qty", "ltem": "Item", "ltem#": "Item#"}
_LEAST = 0.2


def mended(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words with torn figures joined, misread heads put right, and what the engine hardly believed left out."""
    kept: list[Word] = []
    for word in words:
        if word.confidence < _LEAST:
            continue
        whole = _joined(kept[-1], word) if kept else None
        if whole is not None:
            kept[-1] = whole
        else:
            kept.append(_put_right(word))
    return tuple(kept)


def _joined(left: Word, right: Word) -> Word | None:
    """Both as one word, where they stand closer than words do and only together are a day or an amount."""
    gap = right.x0 - left.x1
    level = abs(left.bottom - right.bottom) < 0.4 * left.size
    if not (level and -0.1 * left.size < gap < 0.45 * left.size):
        return None
    text = left.text + right.text
    if not (_FIGURES.fullmatch(left.text) and _FIGURES.fullmatch(right.text) and _WHOLE.fullmatch(text)):
        return None
    if _WHOLE.fullmatch(left.text) or _WHOLE.fullmatch(right.text):
        return None
    top, bottom = min(left.top, right.top), max(left.bottom, right.bottom)
    # Torn figures are read with less certainty than the engine says of each piece.
    confidence = 0.9 * min(left.confidence, right.confidence)
    return replace(left, text=text, x1=right.x1, top=top, bottom=bottom, confidence=confidence)


def _put_right(word: Word) -> Word:
    known = _MISREAD.get(word.text.casefold().rstrip(".:"))
    return word if known is None else replace(word, text=known)
