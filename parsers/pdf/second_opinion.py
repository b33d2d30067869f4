"""A second opinion on a PDF's letters, by pdfplumber: asked where PDFium's own do not make words, before OCR is.

Slow, and never sure to end well on a damaged file: what it raises there means that it has nothing to say.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pdfplumber
from pdfminer.pdfparser import PDFSyntaxError
from pdfplumber.utils.exceptions import PdfminerException

from parsers.pdf.letters import Letter, Run
from parsers.pdf.words import NativePage, shown_words, words_of

_UNMAPPED = re.compile(r"\(cid:\d+\)")
_BOLD = re.compile(r"bold|black|heavy|semib|demi", re.IGNORECASE)
_AT_A_LOSS = (PdfminerException, PDFSyntaxError, RecursionError, ValueError, TypeError, KeyError, AttributeError)


def read_again(content: bytes, page: NativePage) -> NativePage:
    """`page` with the words that pdfplumber finds on the upright page; as it is where these cannot be trusted either."""
    number = page.text.number
    try:
        with pdfplumber.open(io.BytesIO(content), pages=[number]) as file:
            chars = file.pages[0].chars if file.pages else []
    except _AT_A_LOSS:
        return page
    words = shown_words(words_of(list(_letters(chars)), number), page.text.width, page.text.height)
    unmapped = sum(_UNMAPPED.fullmatch(char["text"]) is not None for char in chars)
    again = replace(page, text=replace(page.text, words=words), unmapped=unmapped)
    return again if again.is_trustworthy else page


def _letters(chars: list[dict[str, Any]]) -> Iterator[Letter]:
    for char in chars:
        if char["upright"] and not _UNMAPPED.fullmatch(char["text"]):
            run = Run(float(char["size"]), _BOLD.search(char.get("fontname") or "") is not None, 0, painted=True)
            yield Letter(char["text"], float(char["x0"]), float(char["x1"]), float(char["top"]), float(char["bottom"]), run)
