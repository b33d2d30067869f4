"""Goods that a buyer provides for a line itself, listed below it: "Components provided:" over what the supplier is to work on."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.layout.starts import is_total
from parsers.page_text import Row
from parsers.tables.not_ordered import says_provided

#: How much further left, in points, the next line begins than what is listed below one.
_INDENT = 5.0


def provided_rows(rows: Sequence[Row]) -> dict[int, Row]:
    """The rows of such lists with what stands over them, by identity. A list is indented, and ends where the next line begins."""
    found: dict[int, Row] = {}
    left: float | None = None
    for row in rows:
        if left is not None and (_left(row) < left - _INDENT or is_total(row)):
            left = None
        if left is None and says_provided(row.phrases[0].text):
            left = _left(row)
        if left is not None:
            found[id(row)] = row
    least = min(map(_left, found.values()), default=0.0)
    return found if any(_left(row) < least - _INDENT for row in rows) else {}


def _left(row: Row) -> float:
    return min(phrase.x0 for phrase in row.phrases)
