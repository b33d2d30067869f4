"""What the records of an xlsb file ([MS-XLSB] 2.1.4) say beside its values: the rows that it hides, the cells that it strikes
through.

Only the file's own parts are read, each up to a bound; what does not hold together is passed over, since the values were read
by another reader.
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
from collections.abc import Iterator

from parsers.sheets.xlsx_formulas import part_of, related_parts

WORKBOOK = "xl/workbook.bin"
_MOST_RECORDS = 2_000_000
_ROW, _SHEET, _FONT, _FORMAT = 0, 156, 43, 47
_CELLS, _BLANK = range(1, 12), 1  # blank, number, text and formula, 2.3.1
_FORMATS_BEGIN, _FORMATS_END = 617, 618
_IS_HIDDEN, _IS_STRUCK = 0x10, 0x08


def hidden_rows_of(archive: zipfile.ZipFile, names: set[str]) -> Iterator[tuple[str, frozenset[int]]]:
    """The rows, counted from 1, that each sheet hides (BrtRowHdr, 2.4.728)."""
    for sheet, path in _sheets(archive, names):
        rows = _records(part_of(archive, path))
        hidden = {_number(body) + 1 for kind, body in rows if kind == _ROW and len(body) > 11 and body[11] & _IS_HIDDEN}
        if hidden:
            yield sheet, frozenset(hidden)


def struck_cells_of(archive: zipfile.ZipFile, names: set[str]) -> Iterator[tuple[str, int, int]]:
    """(sheet, row, column), from 0, of the cells whose font is struck through (BrtFont, 2.4.149)."""
    struck = _struck_formats(part_of(archive, "xl/styles.bin")) if "xl/styles.bin" in names else frozenset()
    for sheet, path in _sheets(archive, names) if struck else ():
        row = 0
        for kind, body in _records(part_of(archive, path)):
            if kind == _ROW and len(body) >= 4:
                row = _number(body)
            elif kind in _CELLS and len(body) >= 8 and int.from_bytes(body[4:7], "little") in struck:
                yield sheet, row, _number(body)


def cells_in(sheet: bytes) -> Iterator[tuple[int, int]]:
    """(row, column), from 0, of a sheet's cells with values (BrtRowHdr, 2.4.728, and the records of cells, 2.3.1)."""
    row = 0
    for kind, body in _records(sheet):
        if kind == _ROW and len(body) >= 4:
            row = _number(body)
        elif kind in _CELLS and kind != _BLANK and len(body) >= 8:
            yield row, _number(body)


def _struck_formats(styles: bytes) -> frozenset[int]:
    """The cell formats (BrtXF, 2.4.812) whose font is struck through, by their places."""
    fonts: list[bool] = []
    struck: set[int] = set()
    place = -1
    for kind, body in _records(styles):
        if kind == _FONT and len(body) >= 4:
            fonts.append(bool(body[2] & _IS_STRUCK))
        elif kind == _FORMATS_BEGIN:
            place = 0
        elif kind == _FORMATS_END:
            break
        elif kind == _FORMAT and place >= 0 and len(body) >= 6:
            if fonts[struct.unpack_from("<H", body, 4)[0] :][:1] == [True]:
                struck.add(place)
            place += 1
    return frozenset(struck)


def _sheets(archive: zipfile.ZipFile, names: set[str]) -> Iterator[tuple[str, str]]:
    """The sheets' names and the parts that hold them (BrtBundleSh, 2.4.311)."""
    links = "xl/_rels/workbook.bin.rels"
    if not {WORKBOOK, links} <= names:
        return
    targets = related_parts(part_of(archive, links))
    for kind, body in _records(part_of(archive, WORKBOOK)):
        if kind == _SHEET and len(body) > 12:
            number, end = _wide(body, 8)
            path = posixpath.normpath(posixpath.join("/xl", targets.get(number, ""))).lstrip("/")
            if path in names:
                yield _wide(body, end)[0], path


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """(type, content) of each record: the type in one or two bytes, the size in up to four, of seven bits each."""
    at = 0
    for _ in range(_MOST_RECORDS):
        if at >= len(content):
            return
        kind, at = content[at], at + 1
        if kind & 0x80 and at < len(content):
            kind, at = kind & 0x7F | (content[at] & 0x7F) << 7, at + 1
        size = shift = 0
        while at < len(content) and shift < 28:
            byte, at = content[at], at + 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, content[at : at + size]
        at += size


def _number(body: bytes) -> int:
    return int.from_bytes(body[:4], "little")


def _wide(body: bytes, at: int) -> tuple[str, int]:
    """The text at a place, after the number of its letters, and where it ends (XLWideString, 2.5.169)."""
    end = at + 4 + 2 * int.from_bytes(body[at : at + 4], "little")
    return body[at + 4 : end].decode("utf-16-le", "replace"), end
