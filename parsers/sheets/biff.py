"""What an xls file's records ([MS-XLS] 2.4) say beside its values: the number formats of cells, what is struck through, and the
rows that it hides.

Each record is looked at once, in the order of the file; what does not hold together is passed over, since the values were
read by another reader.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile

from models.domain.errors import Rejected
from parsers.sheets.far_cells import Extent

_MOST_BYTES = 60 * 1024 * 1024
_MOST_CELLS, _MOST_RECORDS = 500_000, 2_000_000
_BOF, _BOUNDSHEET, _FORMAT, _XF, _ROW = 0x0809, 0x0085, 0x041E, 0x00E0, 0x0208
_NUMBER, _RK, _FORMULA, _MULRK = 0x0203, 0x027E, 0x0006, 0x00BD
_FONT, _LABEL, _LABELSST, _RICH, _TRUTH, _DIMENSIONS = 0x0031, 0x0204, 0x00FD, 0x00D6, 0x0205, 0x0200
_WITH_VALUES = frozenset({_NUMBER, _RK, _FORMULA, _LABEL, _LABELSST, _RICH, _TRUTH})
#: The first row and column behind the used ones, at most (2.4.90), and how they stand in files of Excel 5 and of later ones.
_ROWS_END, _COLUMNS_END = 0x10000, 0x100
_RANGES = {10: struct.Struct("<HHHH"), 14: struct.Struct("<IIHH")}
_IS_HIDDEN, _IS_STRUCK = 0x20, 0x0008
_NO_FONT = 4  # a number that no font has (2.5.129)
_HEAD = struct.Struct("<HH")


@dataclass(slots=True)
class Records:
    """`formats`: the number format of each cell format, by its place; `cells`: (sheet, row, column, cell format) of numbers, rows
    and columns counted from 0; `hidden`: the rows that each sheet hides, counted from 1; `struck`: (row, column) of the cells
    that each sheet strikes through, counted from 0."""

    formats: dict[int, str] = field(default_factory=dict)
    cells: list[tuple[str, int, int, int]] = field(default_factory=list)
    hidden: dict[str, set[int]] = field(default_factory=dict)
    struck: dict[str, set[tuple[int, int]]] = field(default_factory=dict)


def demand_bounds(content: bytes, part: str) -> None:
    """Raises `Rejected` for an xls file whose sheets claim more rows or columns than such files have (damaged), or whose cells
    span more than fits into memory (too_large): readers take memory for all of them at once, and die of it."""
    extent = Extent(part)
    for _, kind, body in _records(_stream(content)):
        if kind == _BOF:
            extent = Extent(part)
        elif kind == _DIMENSIONS and (used := _RANGES.get(len(body))) is not None:
            _, rows_end, _, columns_end = used.unpack_from(body)
            if rows_end > _ROWS_END or columns_end > _COLUMNS_END:
                what = f"a sheet claims {rows_end} rows and {columns_end} columns, which no such file has"
                raise Rejected(f"{part} is damaged ({what}): save it anew and send it again", code="damaged")
        for row, column in _places(kind, body):
            extent.take(row, column)


def records_of(content: bytes) -> Records:
    """What the records of an xls file say; empty for any other file, and where its streams cannot be found."""
    found = Records()
    sheets: dict[int, str] = {}
    codes: dict[int, str] = {}
    fonts: list[bool] = []
    struck: set[int] = set()
    sheet, place = "", 0
    for at, kind, body in _records(_stream(content)):
        if kind == _BOF:
            sheet = sheets.get(at, "")
        elif kind == _BOUNDSHEET and len(body) > 8:
            sheets[struct.unpack_from("<I", body)[0]] = _text(body[8:], body[6], body[7])
        elif kind == _FORMAT and len(body) > 5:
            codes[struct.unpack_from("<H", body)[0]] = _text(body[5:], struct.unpack_from("<H", body, 2)[0], body[4])
        elif kind == _XF and len(body) >= 4:
            font, code = struct.unpack_from("<HH", body)
            found.formats[place] = codes.get(code, "")
            if fonts[font - (font > _NO_FONT) :][:1] == [True]:
                struck.add(place)
            place += 1
        elif kind == _FONT and len(body) >= 4:
            fonts.append(bool(struct.unpack_from("<H", body, 2)[0] & _IS_STRUCK))
        elif kind == _ROW and len(body) >= 14 and struct.unpack_from("<H", body, 12)[0] & _IS_HIDDEN:
            found.hidden.setdefault(sheet, set()).add(struct.unpack_from("<H", body)[0] + 1)
        elif len(found.cells) < _MOST_CELLS:
            _take_cells(found, sheet, kind, body, struck)
    return found


def _take_cells(found: Records, sheet: str, kind: int, body: bytes, struck: set[int]) -> None:
    numbers = list(_cells(kind, body))
    found.cells += [(sheet, *cell) for cell in numbers]
    texts = [struct.unpack_from("<HHH", body)] if kind in (_LABEL, _LABELSST) and len(body) >= 6 else []
    crossed = [(row, column) for row, column, own in (*numbers, *texts) if own in struck]
    if crossed:
        found.struck.setdefault(sheet, set()).update(crossed)


def _stream(content: bytes) -> bytes:
    """The workbook's stream; a damaged directory gives none."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            name = next((each for each in ("Workbook", "Book") if file.exists(each)), None)
            return bytes(file.openstream(name).read(_MOST_BYTES)) if name is not None else b""
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, struct.error, ArithmeticError):
        return b""


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(offset, type, content) of each record, of the first ones where there are more than any order has."""
    at = 0
    for _ in range(_MOST_RECORDS):
        if at + 4 > len(stream):
            return
        kind, size = _HEAD.unpack_from(stream, at)
        yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _cells(kind: int, body: bytes) -> Iterator[tuple[int, int, int]]:
    """(row, column, cell format) of the numbers that a record holds."""
    if kind in (_NUMBER, _RK, _FORMULA) and len(body) >= 6:
        yield struct.unpack_from("<HHH", body)
    elif kind == _MULRK and len(body) >= 6:
        row, first = struct.unpack_from("<HH", body)
        for number in range((len(body) - 6) // 6):
            yield row, first + number, struct.unpack_from("<H", body, 4 + 6 * number)[0]


def _places(kind: int, body: bytes) -> Iterator[tuple[int, int]]:
    """(row, column) of the cells with values that a record holds."""
    if kind in _WITH_VALUES and len(body) >= 4:
        yield struct.unpack_from("<HH", body)
    yield from ((row, column) for row, column, _ in _cells(kind, body) if kind == _MULRK)


def _text(letters: bytes, count: int, flags: int) -> str:
    """A string of `count` letters, of two bytes each where the lowest flag says so ([MS-XLS] 2.5.294)."""
    if flags & 1:
        return letters[: 2 * count].decode("utf-16-le", "replace")
    return letters[:count].decode("latin-1")
