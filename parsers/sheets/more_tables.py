"""Further tables of a sheet whose heads say how many, but not of what: "Kind | Quantity" below the table of lines.

What is counted there may be ordered, too, so it is asked about; what is given back or lent is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from models.contracts.extraction_v1 import Problem
from models.domain.document import Grid, TextBox
from models.domain.findings import Severity
from parsers.lexicon import meaning_of_header, meaning_of_label
from parsers.tables.head_rows import Row
from parsers.tables.headings import headings_of

_COUNT = re.compile(r"\d{1,6}(?:[.,]\d{1,3})?")
_GIVEN_BACK = re.compile(
    r"\b(?:retour\w*|returns?|returned|empt(?:y|ies)|leergut|r[üu]ckgabe|r[üu]cknahme|pfand\w*|emballage\w*|statiegeld"
    r"|consignes?|reprise|vides?|devoluci[óo]n\w*|devuelt\w*|envases vac[íi]os|resi|reso|vuoti|zwrot\w*"
    r"|opakowania zwrotne|in stock|bestand|on hand)\b",
    re.IGNORECASE,
)
_ROWS_ASKED, _MOST_HEADS, _ROWS_ABOVE, _SHOWN = 400, 4, 3, 3


def doubts_of_tables(sheet: Grid) -> Iterator[Problem]:
    """An error where such a table stands below the first table of lines."""
    rows = sheet.rows[:_ROWS_ASKED]
    headings = headings_of(rows)
    first = next((at for at, heading in headings.items() if heading.is_order_table), len(rows))
    for at in range(first + 1, len(rows) - 1):
        place = _counting_head(rows, at) if at not in headings else None
        if place is None or any(map(_is_given_back, rows[max(0, at - _ROWS_ABOVE) : at + 1])):
            continue
        counted = [cell for row in rows[at + 1 : at + 1 + _SHOWN] if (cell := _counted(row, place)) is not None]
        if counted:
            yield _problem(counted)
            return


def _counting_head(rows: Sequence[Row], at: int) -> int | None:
    """Where a row of few words after a gap, or a title, has a head of quantities beside one that no list knows."""
    filled = [(place, cell.text.strip()) for place, cell in enumerate(rows[at]) if cell is not None and cell.text.strip()]
    if not 2 <= len(filled) <= _MOST_HEADS or any(re.search(r"\d", text) for _, text in filled):
        return None
    above = sum(cell is not None and bool(cell.text.strip()) for cell in rows[at - 1])
    heads = [(place, meaning_of_header(text)) for place, text in filled]
    counting = next((place for place, meaning in heads if meaning is not None and meaning.name == "quantity"), None)
    return counting if above <= 1 and counting is not None and counting > filled[0][0] else None


def _counted(row: Row, place: int) -> TextBox | None:
    """What is counted in a row: words left of a number in the column of quantities, which are no label of a total."""
    cell = row[place] if place < len(row) else None
    named = next((each for each in row[:place] if each is not None and re.search(r"[^\W\d]{3}", each.text)), None)
    if cell is None or named is None or not _COUNT.fullmatch(cell.text.strip()) or not cell.text.strip().strip("0.,"):
        return None
    return named if meaning_of_label(named.text.strip(" :")) is None else None


def _is_given_back(row: Row) -> bool:
    return any(cell is not None and _GIVEN_BACK.search(cell.text) for cell in row)


def _problem(counted: Sequence[TextBox]) -> Problem:
    shown = ", ".join(f'"{" ".join(cell.text.split())[:40]}" ({cell.evidence.cell or cell.evidence.part})' for cell in counted)
    message = f"a further table counts things and was not read ({shown}): see whether they are ordered, too"
    return Problem(code="unread_values", severity=Severity.ERROR, field="lines", message=message)
