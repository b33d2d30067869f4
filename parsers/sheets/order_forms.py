"""Forms to order from: lists of goods with their prices and a column for how many of each, mostly or wholly empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from models.domain.document import Grid
from parsers.tables.columns import Heading
from parsers.tables.head_rows import Row, texts_of
from parsers.tables.headings import headings_of

_NAMES = ("description", "part_number", "seller_part_number", "gtin")
_NOTHING = re.compile(r"[\s0.,–—-]*")
_FIGURE = re.compile(r"\d")
_FEWEST, _MOST_ROWS, _ROWS_ASKED = 3, 5_000, 400


_Listed = tuple[Row, Heading]


def is_filled_form(sheet: Grid) -> bool:
    """Whether goods with prices are listed of which some are wanted and others not: sellers' papers count all that they name."""
    filled, blank = _goods(sheet)
    return bool(filled) and len(blank) >= _FEWEST


def is_blank_form(sheet: Grid) -> bool:
    """Whether goods with prices are listed, nobody wrote how many of them, and no column without a known head counts anything."""
    filled, blank = _goods(sheet)
    return not filled and len(blank) >= _FEWEST and not any(_counts_elsewhere(row, heading) for row, heading in blank)


def _goods(sheet: Grid) -> tuple[list[_Listed], list[_Listed]]:
    """The rows that name goods and their price, with the heads above: those with a quantity, and those without."""
    filled: list[_Listed] = []
    blank: list[_Listed] = []
    for row, heading in _rows_of_tables(sheet.rows[:_MOST_ROWS]):
        texts = texts_of(row)
        if _FIGURE.search(_text(texts, heading, "unit_price")) and any(_text(texts, heading, role) for role in _NAMES):
            wanted = not _NOTHING.fullmatch(_text(texts, heading, "quantity"))
            (filled if wanted else blank).append((row, heading))
    return filled, blank


def _rows_of_tables(rows: Sequence[Row]) -> Iterator[tuple[Row, Heading]]:
    headings = headings_of(rows[:_ROWS_ASKED])
    for (at, heading), end in zip(headings.items(), [*list(headings)[1:], len(rows)], strict=False):
        if heading.column_of("quantity") is not None and not heading.sizes:
            yield from ((row, heading) for row in rows[at + heading.rows : end])


def _text(texts: Sequence[str], heading: Heading, role: str) -> str:
    column = heading.column_of(role)
    return texts[column.index] if column is not None and column.index < len(texts) else ""


def _counts_elsewhere(row: Row, heading: Heading) -> bool:
    """Whether figures stand where no head says what they are, so that they may be quantities."""
    known = {column.index for column in heading.columns if column.roles[0] is not None}
    return any(cell is not None and place not in known and _FIGURE.search(cell.text) for place, cell in enumerate(row))
