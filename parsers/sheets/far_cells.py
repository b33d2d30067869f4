"""Cells of an xlsx sheet that stand far from all others: a blank typed into the last column by mistake, or a damaged name.

The reader underneath takes memory for the whole rectangle that a sheet's cells span, and dies of too large a one.
"""

from __future__ import annotations

import re
import zipfile

from models.domain.errors import Rejected

#: At some thirty bytes each, a good half of the memory that a document may take.
_MOST_SPANNED = 12_000_000
_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
#: The name of a cell (ECMA-376-1 18.3.1.4, attribute r) in a column behind ZZ or a row behind 99,999.
_FAR = re.compile(rb'\sr="(?:[A-Za-z]{3,}\d+|[A-Za-z]+\d{6,})"')
_CELL = re.compile(rb'\sr="([A-Za-z]{1,12})(\d{1,9})"')
_LETTERS = 26


def demand_near(archive: zipfile.ZipFile, part: str) -> None:
    """Raises `Rejected` (too_large) for a workbook with a sheet whose cells span more than fits into memory, naming the cell that
    stands furthest out. `archive` is not checked for its size here."""
    for name in archive.namelist():
        if not _SHEETS.fullmatch(name):
            continue
        content = archive.read(name)
        if _FAR.search(content) is None:
            continue
        cells = [(int(row), _place_of(letters), letters + row) for letters, row in _CELL.findall(content)]
        rows, columns = max(row for row, _, _ in cells), max(column for _, column, _ in cells)
        if rows * columns > _MOST_SPANNED:
            _, _, furthest = max(cells, key=lambda cell: cell[0] * cell[1])
            raise Rejected(
                f"{part} has a cell {furthest.decode()[:20]} far from all others ({rows} rows and {columns} columns are spanned):"
                " delete what is in it, and send the workbook again",
                code="too_large",
            )


def _place_of(letters: bytes) -> int:
    """The place of a column by its letters, counted from 1."""
    place = 0
    for letter in letters.upper():
        place = _LETTERS * place + letter - ord("A") + 1
    return place
