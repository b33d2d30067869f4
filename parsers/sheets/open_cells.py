"""The cells of an Open Document sheet as its XML lists them (OASIS ODF 1.3 part 3, 9.1), with their places and attributes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

_PIECE = re.compile(
    r"<table:(?:covered-)?(?P<piece>table-row|table-cell|table)(?=[\s/>])(?P<attributes>[^>]{0,3000})>"
    r"(?:\s*<text:p[^>]{0,300}>(?P<shown>[^<]{0,60})</text:p>)?"
)
_NAME = re.compile(r'\btable:name="([^"]{0,300})"')
_REPEATED = re.compile(r'\btable:number-(?:rows|columns)-repeated="(\d{1,7})"')


class OpenCell(NamedTuple):
    """A cell, or several alike side by side. `row` and `column` are counted from 0; `shown` is the text of its first 60 letters
    where that has no marks of its own."""

    sheet: str
    row: int
    column: int
    repeated: int
    attributes: str
    shown: str


def open_cells(text: str) -> Iterator[OpenCell]:
    """The cells of all tables of a content.xml; rows alike count as one that stands at the first of them."""
    sheet, row, column, following = "", 0, 0, 0
    for match in _PIECE.finditer(text):
        attributes = match["attributes"] or ""
        if match["piece"] == "table":
            name = _NAME.search(attributes)
            sheet, following = html.unescape(name[1]) if name else "", 0
        elif match["piece"] == "table-row":
            row, column = following, 0
            following += _repeated(attributes)
        else:
            count = _repeated(attributes)
            yield OpenCell(sheet, row, column, count, attributes, match["shown"] or "")
            column += count


def _repeated(attributes: str) -> int:
    found = _REPEATED.search(attributes)
    return int(found[1]) if found else 1
