"""Lines that a workbook strikes through: who sees the row knows that it is not ordered any more.

The total settles it; where it does not, they are left out and a person is asked. A line of which only some cells are struck
was altered by hand, and is asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from models.contracts.extraction_v1 import Problem
from models.domain.document import Grid
from models.domain.findings import Severity
from parsers.part_reading import PartReading
from parsers.sheets.hidden import comes_out, places_of_lines
from parsers.sheets.struck_cells import Struck
from parsers.struck_out import CODE

_SHOWN = 3

_Reader = Callable[[Sequence[Grid]], PartReading]


def without_struck(sheet: Grid, struck: Struck) -> Grid:
    """`sheet` with the cells empty that are struck through as a whole."""
    cells = struck.whole.get(sheet.name)
    if not cells:
        return sheet
    rows = (tuple(None if (at, place) in cells else cell for place, cell in enumerate(row)) for at, row in enumerate(sheet.rows))
    return replace(sheet, rows=tuple(rows))


def doubts_of_struck(reading: PartReading, sheets: Sequence[Grid], struck: Struck, read: _Reader) -> Iterator[Problem]:
    """Errors where lines of `sheets` were left out and no total of the others (`reading`) bears that out, and where some cells
    of lines that were read are struck through."""
    rows = {name: frozenset(row + 1 for row, _ in cells) for name, cells in struck.whole.items()}
    kept = places_of_lines(reading, rows)
    left_out = set() if comes_out(reading) else places_of_lines(read(sheets), rows) - kept
    if left_out:
        yield _problem("lines that are struck through were left out", left_out)
    parts = {name: frozenset(row + 1 for row, _ in cells) for name, cells in struck.part.items()}
    if altered := kept | places_of_lines(reading, parts):
        yield _problem("lines are struck through in part", altered)
    if open_ones := places_of_lines(reading, struck.conditional) - altered:
        yield _problem("lines are shown as struck through where a condition holds", open_ones)


def _problem(what: str, places: Collection[tuple[str, int]]) -> Problem:
    shown = ", ".join(f"row {row} of {name}" for name, row in sorted(places)[:_SHOWN])
    more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
    message = f"{what} ({shown}{more}): see what of them is ordered"
    return Problem(code=CODE, severity=Severity.ERROR, field="lines", message=message)
