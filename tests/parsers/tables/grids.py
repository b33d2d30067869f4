"""Grids for the tests, written as text: a row a line, cells between bars."""

from __future__ import annotations

from models.domain.document import Grid, TextBox
from models.domain.evidence import Evidence


def box(text: str, place: str = "A1") -> TextBox:
    """A cell that says `text`."""
    return TextBox(text, Evidence(part="order", cell=place, text=text))


def grid(text: str) -> Grid:
    """The grid that `text` draws; blank cells are empty."""
    rows = [line.split("|") for line in text.strip("\n").splitlines()]
    return Grid(
        tuple(
            tuple(box(cell.strip(), f"R{at}C{place}") if cell.strip() else None for place, cell in enumerate(row))
            for at, row in enumerate(rows, start=1)
        )
    )
