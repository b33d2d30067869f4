"""Cells of sheets as boxes of text, and the names of their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from models.contracts.extraction_v1 import Problem
from models.domain.document import TextBox
from models.domain.evidence import cell_evidence
from models.domain.findings import Severity
from parsers.language import language_of
from parsers.values.number_style import NumberStyle, number_style

#: No table of an order is wider; what stands further right is asked about.
MOST_COLUMNS = 400
_SHOWN = 300  # characters of a cell that its evidence quotes
_SHOWN_CELLS = 3


#: What pivot tables show for rows without a name.
_PIVOT_BLANK = frozenset({"(blank)", "(leer)", "(vide)", "(en blanco)", "(vuoto)", "(leeg)", "(puste)"})


def is_blank(text: str) -> bool:
    """Whether a cell shows nothing, or the word that programs write for it."""
    return not text or text in _PIVOT_BLANK


def cell_box(text: str, part: str, cell: str) -> TextBox:
    """The text of a cell with its place, such as "Sheet1!C7"."""
    return TextBox(text, cell_evidence(part, cell, text[:_SHOWN]))


def doubts_of_width(cells: Sequence[str]) -> Iterator[Problem]:
    """An error that names the first of the filled cells right of the columns that are read."""
    if cells:
        shown = ", ".join(cells[:_SHOWN_CELLS])
        message = (
            f"the sheet is filled beyond column {column_letters(MOST_COLUMNS - 1)}, and what stands there was not read "
            f"({shown}): see whether it belongs to the order, and send the order's own columns alone"
        )
        yield Problem(code="unread_values", severity=Severity.ERROR, field="lines", message=message)


def columns_named(count: int) -> list[str]:
    """The names of the first `count` columns: A, B …"""
    return [column_letters(place) for place in range(count)]


def column_letters(place: int) -> str:
    """The name of a column, counted from 0: A … Z, AA, AB …"""
    letters = ""
    place += 1
    while place:
        place, digit = divmod(place - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def style_of_cells(texts: Iterable[str]) -> NumberStyle:
    """How sheets with these texts write numbers and days. Their language, where it is plain, settles units ("mt" is a metre in
    Italian) and what comes first in a day, as a comma before decimals does: a program writes numbers as it likes."""
    cells = list(texts)
    language = language_of("\n".join(cells))
    style = number_style(cells)
    day_first = style.decimal == "," or language not in (None, "en")
    order = style.date_order or ("dmy" if day_first else None)
    return replace(style, date_order=order, serial_days=True, language=language)
