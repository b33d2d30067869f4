"""Prices and amounts that a narrow form prints so close that they share a cell: parted where the lines multiply out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from models.domain.document import Grid, TextBox
from parsers.lexicon import meaning_of_header
from parsers.values.cells import price_cell, quantity_cell
from parsers.values.number_style import NumberStyle

_TWO = re.compile(r"(\S*\d[.,]\d{2,5})\s+(\S*\d[.,]\d{2})")
_FEWEST = 2

_Row = tuple[TextBox | None, ...]


def with_parted_amounts(grid: Grid, style: NumberStyle) -> Grid:
    """The grid; a column of which every number is a price and its line's amount ("7.26 363.00" beside "50") as two."""
    for place in range(max((len(row) for row in grid.rows), default=0)):
        pairs = [(row, found) for row in grid.rows if (found := _two(row, place)) is not None]
        if len(pairs) >= _FEWEST and all(_multiplies(row, place, found, style) for row, found in pairs):
            return replace(grid, rows=tuple(_parted(row, place) for row in grid.rows))
    return grid


def _two(row: _Row, place: int) -> re.Match[str] | None:
    cell = row[place] if place < len(row) else None
    return _TWO.fullmatch(cell.text.strip()) if cell is not None else None


def _multiplies(row: _Row, place: int, found: re.Match[str], style: NumberStyle) -> bool:
    price, amount = (price_cell(found[part], style) for part in (1, 2))
    if price is None or amount is None or not amount.number:
        return False
    counted = [quantity_cell(cell.text, style) for at, cell in enumerate(row) if cell is not None and at != place]
    return any(abs(count.number * price.number - amount.number) <= Decimal("0.01") for count in counted if count is not None)


def _parted(row: _Row, place: int) -> _Row:
    """The row with one cell more; words over the column are the first's and the others'."""
    cell = row[place] if place < len(row) else None
    if cell is None:
        return (*row[: place + 1], None, *row[place + 1 :])
    found = _TWO.fullmatch(cell.text.strip())
    texts: Sequence[str] = found.groups() if found is not None else _heads(cell.text)
    pieces = [TextBox(text, cell.evidence, cell.confidence) for text in texts]
    return (*row[:place], pieces[0], pieces[1] if len(pieces) > 1 else None, *row[place + 1 :])


def _heads(text: str) -> Sequence[str]:
    """The two heads over the column: the first that names a price, and what is behind it."""
    words = text.split()
    cuts = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words)))
    named = ((first, rest) for first, rest in cuts if (meaning := meaning_of_header(first)) and meaning.name == "unit_price")
    return max(named, key=lambda pair: len(pair[0]), default=(text,))
