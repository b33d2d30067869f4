"""Cells in which shops set a name, how many of it, and its number: "Terracotta pot 9cm × 24 · Black · SKU: TPC-09-BLK"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from models.domain.document import Grid, TextBox

#: The name, a times sign of its own, the count, and what the shop says below it.
_COUNTED = re.compile(r"(?P<name>[^×]{2,120}?)\s(?:[×x]|&times;)\s(?P<count>\d{1,5})(?:\s+(?P<below>.{1,160}))?")
_NUMBERED = re.compile(
    r"(?:^|\s)(?:sku|art(?:icle|ikel)?\.?(?:-?nr\.?|no\.?)?|réf\.?|ref\.?|cod\.?|cód\.?|indeks)\s?:\s?(?P<code>\S{2,30})",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\D{0,4}\d[\d.,' ]*[.,]\d{2}\D{0,4}")


def with_counts_apart(grids: Sequence[Grid]) -> list[Grid]:
    """The grids; where each row of one begins with such a cell and goes on with amounts, name, number and count stand apart."""
    return [_apart(grid) for grid in grids]


def _apart(grid: Grid) -> Grid:
    found = [_COUNTED.fullmatch(_text(row)) if _priced(row) else None for row in grid.rows]
    if not found or not all(found):
        return grid
    rows = tuple((*_pieces(row[0], match), *row[1:]) for row, match in zip(grid.rows, found, strict=True) if match and row[0])
    return replace(grid, rows=rows)


def _text(row: Sequence[TextBox | None]) -> str:
    return " ".join(row[0].text.split()) if row and row[0] is not None else ""


def _priced(row: Sequence[TextBox | None]) -> bool:
    cells = [cell.text.strip() for cell in row[1:] if cell is not None]
    return bool(cells) and all(_AMOUNT.fullmatch(text) for text in cells)


def _pieces(cell: TextBox, found: re.Match[str]) -> tuple[TextBox, TextBox | None, TextBox]:
    below = found["below"] or ""
    number = _NUMBERED.search(below)
    variant = _NUMBERED.sub(" ", below).strip(" ·|,-")
    named = replace(cell, text=f"{found['name']} {variant}".strip())
    return named, replace(cell, text=number["code"]) if number else None, replace(cell, text=found["count"])
