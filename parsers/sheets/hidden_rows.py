"""Rows that a workbook hides: xlsx (ISO/IEC 29500-1, 18.3.1.73) and ods (OASIS ODF 1.3 part 3, 19.749).

Only the file's own parts are read, each up to a bound. Hidden rows of xls and xlsb are in their records.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping

from parsers.sheets.biff import records_of
from parsers.sheets.xlsb_records import WORKBOOK, hidden_rows_of
from parsers.sheets.xlsx_formulas import part_of, sheets_of

_MOST_ROWS = 100_000
_ROW = re.compile(rb"<(?:\w+:)?row\s([^>]{1,1000})>")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_NUMBER = re.compile(rb'\br="(\d{1,7})"')
_TABLE = re.compile(r"<table:table\s([^>]{1,2000})>")
_TABLE_ROW = re.compile(r"<table:table-row\b([^>]{0,2000})>")
_NAME = re.compile(r'\btable:name="([^"]{0,300})"')
_REPEATED = re.compile(r'\btable:number-rows-repeated="(\d{1,7})"')
_COLLAPSED = re.compile(r'\btable:visibility="(?:collapse|filter)"')


def hidden_rows(content: bytes) -> Mapping[str, frozenset[int]]:
    """The rows, counted from 1, that each sheet hides by hand or by a filter; empty for other kinds of files."""
    if not content.startswith(b"PK"):
        return {sheet: frozenset(rows) for sheet, rows in records_of(content).hidden.items()}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        if "content.xml" in names:
            return dict(_of_opendocument(part_of(archive, "content.xml").decode("utf-8", "replace")))
        if WORKBOOK in names:
            return dict(hidden_rows_of(archive, names))
        return {sheet: rows for sheet, path in sheets_of(archive, names) if (rows := _of_sheet(archive, path, names))}


def _of_sheet(archive: zipfile.ZipFile, path: str, names: set[str]) -> frozenset[int]:
    text = part_of(archive, path) if path in names else b""
    if b"hidden=" not in text:
        return frozenset()
    hidden = (found[1] for found in _ROW.finditer(text) if _HIDDEN.search(found[1]))
    return frozenset(int(number[1]) for attributes in hidden if (number := _NUMBER.search(attributes)))


def _of_opendocument(text: str) -> Iterator[tuple[str, frozenset[int]]]:
    if not _COLLAPSED.search(text):
        return
    tables = list(_TABLE.finditer(text))
    ends = [*(table.start() for table in tables[1:]), len(text)]
    for table, end in zip(tables, ends, strict=True):
        rows: set[int] = set()
        at = 1
        for row in _TABLE_ROW.finditer(text, table.end(), end):
            repeated = _REPEATED.search(row[1])
            count = int(repeated[1]) if repeated else 1
            if at + count > _MOST_ROWS:
                break
            if _COLLAPSED.search(row[1]):
                rows.update(range(at, at + count))
            at += count
        name = _NAME.search(table[1])
        if rows and name is not None:
            yield html.unescape(name[1]), frozenset(rows)
