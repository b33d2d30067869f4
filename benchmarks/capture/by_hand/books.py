"""Workbooks written down as text: a row a line, cells between bars.

`'text` is a text, `\\n` a line break in it, a number a number, an ISO day a day, with `T09:14` a moment, `=A1*B1` a formula,
`=A1*B1 => 12.5` one with its result kept.
Lines of their own: `format: xls`, `[name]` begins a sheet, `merge: A1:C1`, `hide: row 3`, `hide: column D`, `strike: row 3`,
`redden: row 3`, and `show: D #,##0.00 "€"`, the number format of a column, or `show: D9 0%` of a cell.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import cast, get_args

from benchmarks.capture.workbooks import Cell, Format, Formula, Sheet, workbook

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(rf"{_DAY.pattern}T\d{{2}}:\d{{2}}")


def written_book(text: str) -> bytes:
    """The workbook that `text` writes down; raises ValueError for a cell that is none of the kinds above."""
    kind, sheets = sheets_of(text)
    return workbook(sheets, kind)


def sheets_of(text: str) -> tuple[Format, list[Sheet]]:
    """The format and the sheets that `text` writes down; raises as `written_book` does."""
    kind: Format = "xlsx"
    sheets: list[Sheet] = []
    rows: list[list[Cell]] = []
    for line in text.splitlines():
        if line.startswith("format: "):
            kind = _format(line.removeprefix("format: ").strip())
        elif line.startswith("[") and line.endswith("]"):
            rows = []
            sheets.append(Sheet(line[1:-1], rows))
        elif line.startswith(("merge: ", "hide: ", "show: ", "strike: ", "redden: ")):
            sheets[-1] = _with_layout(sheets[-1], line)
        else:
            rows.append([_cell(part.strip()) for part in line.split("|")] if line.strip() else [])
    return kind, sheets


def _format(name: str) -> Format:
    if name not in get_args(Format):
        raise ValueError(f"{name} is no format of a workbook: use one of {', '.join(get_args(Format))}")
    return cast("Format", name)


def _with_layout(sheet: Sheet, line: str) -> Sheet:
    word, _, rest = line.partition(": ")
    if word == "merge":
        return replace(sheet, merged=(*sheet.merged, rest))
    what, _, which = rest.partition(" ")
    if word == "show":
        return replace(sheet, formats={**sheet.formats, what: which})
    if word == "strike":
        return replace(sheet, struck_rows=(*sheet.struck_rows, int(which)))
    if word == "redden":
        return replace(sheet, red_rows=(*sheet.red_rows, int(which)))
    if what == "row":
        return replace(sheet, hidden_rows=(*sheet.hidden_rows, int(which)))
    return replace(sheet, hidden_columns=(*sheet.hidden_columns, which))


def _cell(text: str) -> Cell:
    if not text or text == "'":
        return None
    if text.startswith("'"):
        return text[1:].replace("\\n", "\n")
    if text.startswith("="):
        form, kept, result = text[1:].partition("=>")
        return Formula(form.strip(), Decimal(result.strip()) if kept else None)
    if _DAY.fullmatch(text):
        return date.fromisoformat(text)
    if _MOMENT.fullmatch(text):
        return datetime.fromisoformat(text)
    return Decimal(text)
