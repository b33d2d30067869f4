"""Which words of a PDF page with a picture on it are really seen: a text layer under the picture, or without colour, may say
anything, and what people decide by is the picture.

A word is seen where the page looks different without its text, and differs there from what lies behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pypdfium2.raw as pdfium_c

from models.domain.document import Word
from parsers.pdf.rules import things_on
from parsers.pdf.words import NativePage
from parsers.scan.prepare import Grey, turned

_DPI = 100
_MOST_DOTS = 4_000_000
_CHANGED, _STANDS_OUT = 24, 40
#: Smaller print, in points, is for machines.
_LEGIBLE = 2.5


def seen_words(page: Any, native: NativePage) -> NativePage:
    """`native` with the words alone that a person sees on the pypdfium2 `page`."""
    dpi = min(_DPI, 72 * (_MOST_DOTS / max(native.text.width * native.text.height, 1.0)) ** 0.5)
    shown = turned(_drawn(page, dpi), native.turned)
    with _unlettered(page):
        behind = turned(_drawn(page, dpi), native.turned)
    changed = cv2.absdiff(shown, behind) >= _CHANGED
    scale = dpi / 72
    words = tuple(word for word in native.text.words if word.size >= _LEGIBLE and _is_seen(word, shown, behind, changed, scale))
    return replace(native, text=replace(native.text, words=words))


def _is_seen(word: Word, shown: Grey, behind: Grey, changed: Any, scale: float) -> bool:
    rows = slice(max(int(word.top * scale), 0), int(word.bottom * scale) + 1)
    columns = slice(max(int(word.x0 * scale), 0), int(word.x1 * scale) + 1)
    letters = changed[rows, columns]
    if not letters.any():
        return False
    ground = np.median(behind[rows, columns])
    with_it, without = (np.abs(picture[rows, columns][letters] - ground) for picture in (shown, behind))
    return bool(np.any(with_it >= without + _STANDS_OUT))


def _drawn(page: Any, dpi: float) -> Grey:
    picture = np.array(page.render(scale=dpi / 72, grayscale=True).to_numpy(), dtype=np.uint8)
    return picture[:, :, 0] if picture.ndim == 3 else picture


@contextmanager
def _unlettered(page: Any) -> Iterator[None]:
    """The page without its text, which is there again afterwards."""
    texts = [thing for thing, _ in things_on(page) if pdfium_c.FPDFPageObj_GetType(thing) == pdfium_c.FPDF_PAGEOBJ_TEXT]
    modes = [pdfium_c.FPDFTextObj_GetTextRenderMode(text) for text in texts]
    for text in texts:
        pdfium_c.FPDFTextObj_SetTextRenderMode(text, pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE)
    try:
        yield
    finally:
        for text, mode in zip(texts, modes, strict=True):
            pdfium_c.FPDFTextObj_SetTextRenderMode(text, mode)
