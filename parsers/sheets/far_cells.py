"""Cells of a sheet that stand far from all others: a blank typed into the last column by mistake, or a damaged name.

The reader underneath takes memory for the whole rectangle that a sheet's cells span, and dies of too large a one.
"""

from __future__ import annotations

import re
import zipfile

from models.domain.errors import Rejected
from parsers.sheets.cells import column_letters
from parsers.sheets.xlsb_records import cells_in

#: At some thirty bytes each, a good half of the memory that a document may take.
_MOST_SPANNED = 12_000_000
_SHEET = re.compile(r"xl/worksheets/[^/]+\.(?P<kind>xml|bin)", re.IGNORECASE)
#: The name of a cell (ECMA-376-1 18.3.1.4, attribute r) in a column behind ZZ or a row behind 99,999.
_FAR = re.compile(rb"""\sr=["'](?:[A-Za-z]{3,}\d+|[A-Za-z]+\d{6,})["']""")
#: A cell with something in it; of formats alone no memory is taken.
_CELL = re.compile(
    rb"""<(?:\w{1,20}:)?c\s(?:[^<>]{0,200}?\s)?r=["']([A-Za-z]{1,99})(\d{1,99})["']"""
    rb"(?:[^<>]{0,200}[^<>/])?>(?!</)"
)
_LETTERS = 26
#: No number of a row or column has more digits or letters; what is longer is as far as can be.
_LONGEST = 12


class Extent:
    """The rows and columns that the cells of one sheet span, counted from the first of all."""

    def __init__(self, part: str) -> None:
        self._part = part
        self._rows = self._columns = 0

    def take(self, row: int, column: int) -> None:
        """Counts a cell in, by its row and column from 0. Raises `Rejected` (too_large), naming the cell, where the sheet would
        not fit into memory."""
        if row < self._rows and column < self._columns:
            return
        self._rows, self._columns = max(self._rows, row + 1), max(self._columns, column + 1)
        if self._rows * self._columns > _MOST_SPANNED:
            raise Rejected(
                f"{self._part} has a cell {column_letters(column)}{row + 1} far from others ({self._rows} rows and"
                f" {self._columns} columns are spanned): delete what is in it, and send the workbook again",
                code="too_large",
            )


def demand_near(archive: zipfile.ZipFile, part: str) -> None:
    """Raises `Rejected` (too_large) for an xlsx or xlsb file with a sheet whose cells span more than fits into memory. Of xlsx
    sheets only those are looked through that have a cell far out."""
    for name in archive.namelist():
        found = _SHEET.fullmatch(name)
        if found is None:
            continue
        content, extent = archive.read(name), Extent(part)
        if found["kind"].lower() == "bin":
            for row, column in cells_in(content):
                extent.take(row, column)
        elif _FAR.search(content) is not None:
            for cell in _CELL.finditer(content):
                extent.take(int(cell[2][:_LONGEST]) - 1, _place_of(cell[1][:_LONGEST]))


def _place_of(letters: bytes) -> int:
    """The place of a column by its letters, counted from 0."""
    place = 0
    for letter in letters.upper():
        place = _LETTERS * place + letter - ord("A") + 1
    return place - 1
