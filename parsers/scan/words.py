"""Mends what OCR does to words on forms: torn days and numbers, cells joined by a line, heads misread as they always are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.domain.document import Word

_FIGURES = re.compile(r"[\d/.,:-]*\d[\d/.,:-]*|[/.,-]")
_WHOLE = re.compile(r"\d{1,2}([/.-])\d{1,2}\1(?:\d{2}|\d{4})|\d{4}-\d\d-\d\d|\d{1,3}(?:([.,])\d{3})*[.,]\d{2,4}")
#: Heads of columns in small type, as engines misread them. No order has such words of its own.
_MISREAD = {
    "aty": "Qty",
    "oty": "Qty",
    "gty": "Qty",
    "0ty": "Qty",
    "qly": "Qty",
    "qry": "Qty",
    "ltem": "Item",
    "ltem#": "Item#",
    "p.0": "P.O.",
    "po,": "P.O.",
    "no,": "No.",
    "llosc": "Ilość",
    "llosé": "Ilość",
    "llość": "Ilość",
    "ilosé": "Ilość",
    "lndeks": "Indeks",
    "lnvoice": "Invoice",
    "uol": "UoI",
    "uim": "U/M",
    "uom.": "UOM",
}
_LEAST = 0.2
_FIGURE_LIKE = str.maketrans({"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8", "Z": "2"})
#: An amount in which a letter can only be a figure, since amounts have none.
_AMOUNT = re.compile(r"(?=.*\d)[\dOolIQDSBZ|]{1,3}(?:[.,'][\dOolIQDSBZ|]{3})*[.,][\dOolIQDSBZ|]{2,4}")
#: Amounts whose comma was seen as another stop: nobody writes "42;50", and of a number's stops only those of thousands are alike.
_SEMICOLON, _TWO_STOPS = re.compile(r"([$€£]?\d{1,3}(?:\.\d{3})*);(\d{2,4})"), re.compile(r"([$€£]?\d{1,3}(?:\.\d{3})+)\.(\d{2})")
#: A colon for the stop before cents, where it is no time of day.
_COLON = re.compile(r"(\d{3}|\d{1,3}(?:[.,]\d{3})+):(\d{2})")
#: A semicolon for the stop that groups thousands.
_GROUPED = re.compile(r"([$€£]?\d{1,3}(?:[.,;]\d{3})*);(\d{3})([.,])(\d{2})")
#: A British postcode's two halves, each figure or letter maybe taken for the other (BS 7666): "HU9" "SPQ" is HU9 5PQ.
_OUTWARD, _INWARD = re.compile(r"[A-Z]{1,2}[\dlIOSZ][\dA-Z]?"), re.compile(r"[\dOISZBl][A-Z]{2}")
#: An amount with a speck behind it, which on paper is no stop: nobody ends a cell with one.
_SPECKED = re.compile(r"([$€£]?\d{1,3}(?:[.,;]\d{3})*[.,;:]\d{2})[.,;:·|]")
_DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2])\.")
#: The end of "Sp. z o.o.", whose small o's are seen as noughts; no name ends so in figures.
_LEGAL_FORM, _BEFORE_LEGAL_FORM = re.compile(r"[0oO]\.[0oO](\.?)"), "z"
_DOUBTED = 0.85
_NUMBER, _NAME = r"\d[\d.,]*", r"[^\W\d_]{2,}\.?"
_DIVIDED = re.compile(rf"(?=\d[^|¦]*.[^\W\d]|[^\W\d][^|¦]*.\d)(?P<left>{_NUMBER}|{_NAME})[|¦](?P<right>{_NUMBER}|{_NAME})")


def mended(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words with torn figures joined, misread heads put right, and what the engine hardly believed left out."""
    kept: list[Word] = []
    for word in (part for read in words for part in _cells(read)):
        if word.confidence < _LEAST:
            continue
        whole = _joined(kept[-1], word) if kept else None
        if whole is not None:
            kept[-1] = whole
            continue
        if kept:
            kept[-1:] = _postcode(kept[-1], word)
        else:
            kept.append(word)
        kept[-1] = _put_right(kept[-1], kept[-2] if len(kept) > 1 else None)
    return tuple(kept)


def _cells(read: Word) -> Iterator[Word]:
    """The word, or the number and the word beside it where a drawn line between them was read as a letter: "500|pcs"."""
    divided = _DIVIDED.fullmatch(read.text)
    if divided is None:
        yield read
        return
    wide = (read.x1 - read.x0) / len(read.text)
    for side in ("left", "right"):
        start, end = divided.span(side)
        yield replace(read, text=divided[side], x0=read.x0 + start * wide, x1=read.x0 + end * wide)


def _postcode(outward: Word, inward: Word) -> tuple[Word, Word]:
    """Both halves of a British postcode with figures where only figures stand; other words as they are."""
    halves = _OUTWARD.fullmatch(outward.text) and _INWARD.fullmatch(inward.text)
    if not halves or not any(letter.isdigit() for letter in outward.text + inward.text) or outward.page != inward.page:
        return outward, inward
    if not 0 < inward.x0 - outward.x1 < outward.size or abs(outward.bottom - inward.bottom) > 0.4 * outward.size:
        return outward, inward
    area = 2 if outward.text[1].isalpha() and (len(outward.text) > 2 and outward.text[2] in "0123456789lIOSZ") else 1
    first = outward.text[:area] + outward.text[area].translate(_FIGURE_LIKE) + outward.text[area + 1 :]
    return _changed(outward, first), _changed(inward, inward.text[0].translate(_FIGURE_LIKE) + inward.text[1:])


def _changed(word: Word, text: str) -> Word:
    return word if text == word.text else replace(word, text=text, confidence=_DOUBTED * word.confidence)


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


def _put_right(word: Word, before: Word | None) -> Word:
    if (specked := _SPECKED.fullmatch(word.text)) and not _DAY.fullmatch(word.text):
        word = replace(word, text=specked[1])
    if colon := _COLON.fullmatch(word.text):
        return _changed(word, f"{colon[1]}{'.' if ',' in colon[1] else ','}{colon[2]}")
    if grouped := _GROUPED.fullmatch(word.text):
        return _changed(word, word.text.replace(";", "." if grouped[3] == "," else ","))
    if (form := _LEGAL_FORM.fullmatch(word.text)) and before is not None and before.text.casefold() == _BEFORE_LEGAL_FORM:
        return replace(word, text=f"o.o{form[1]}")
    if comma := _SEMICOLON.fullmatch(word.text) or _TWO_STOPS.fullmatch(word.text):
        return _changed(word, f"{comma[1]},{comma[2]}")
    if _AMOUNT.fullmatch(word.text):
        return _changed(word, word.text.translate(_FIGURE_LIKE))
    bare = word.text.lstrip("‘“|¦`'").rstrip("‘“|¦`")
    if bare and bare != word.text:
        word = replace(word, text=bare)
    known = _MISREAD.get(word.text.casefold().rstrip(".:"))
    return word if known is None else replace(word, text=known)
