"""Orders in workbooks (xlsx, xls, xlsb, ods), by their cached values.

The reader underneath can take all memory on a hostile file and abort: callers run this in a child process with a limit.
What an archive's own directory gives away is refused here before anything is unpacked.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import TypeVar

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from models.contracts.extraction_v1 import Problem, StatedValue
from models.domain.document import Grid, TextBox
from models.domain.errors import Rejected
from models.domain.findings import Severity
from models.domain.values import plain
from parsers.compound_file import SIGNATURE, demand_ends
from parsers.garbage import uncollected
from parsers.part_reading import PartReading
from parsers.sheets.biff import demand_bounds
from parsers.sheets.cells import MOST_COLUMNS, cell_box, column_letters, columns_named, doubts_of_width, is_blank, style_of_cells
from parsers.sheets.currencies import shown_currency
from parsers.sheets.far_cells import demand_near
from parsers.sheets.formulas import Sheets
from parsers.sheets.hidden import Hidden, without_hidden
from parsers.sheets.hidden_rows import hidden_rows
from parsers.sheets.reader import reading_of_sheets
from parsers.sheets.struck_cells import struck_cells
from parsers.sheets.struck_lines import doubts_of_struck, without_struck
from parsers.sheets.xlsx_formulas import unreckoned_formulas
from parsers.values.cells import stated
from parsers.values.number_style import NumberStyle

MOST_MEMBERS = 2_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 400
MOST_SHEETS = 50
MOST_ROWS = 100_000
_BY_FORMAT = 0.93
_RATIO_MATTERS = 20 * 1024 * 1024
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_MEDIA_TYPES = {
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xl/workbook.bin": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    "content.xml": "application/vnd.oasis.opendocument.spreadsheet",
}

_UNREADABLE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError, zlib.error)

_Answer = TypeVar("_Answer")
_Cell = str | float | int | bool | date | datetime | time | timedelta | Decimal


def read_spreadsheet(content: bytes, part: str) -> PartReading:
    """The orders of a workbook, hidden sheets too. Cells are named "Sheet1!C7".

    Raises `Rejected`: `archive_bomb` for one that unpacks beyond bounds, `encrypted`, `damaged`, `too_large`.
    """
    with uncollected():
        return _reading(content, part)


def _reading(content: bytes, part: str) -> PartReading:
    media_type = _checked_container(content, part)
    tables, unseen = _tables(content, part)
    is_xlsx = media_type == _MEDIA_TYPES["xl/workbook.xml"]
    unknown = _reckon(content, tables, part) if is_xlsx else []
    style = style_of_cells(cell for _, rows in tables for row in rows[:2000] for cell in row if isinstance(cell, str))
    sheets = [_grid(name, rows, style, part) for name, rows in tables]
    beyond = doubts_of_width(list(_beyond(tables)))
    shown = _shown_currency(content, part)

    def read(seen: Sequence[Grid]) -> PartReading:
        return reading_of_sheets(seen, style, part=part, media_type=media_type, source_format="spreadsheet", currency=shown)

    struck = _asked(struck_cells, content, part)
    valid = [without_struck(sheet, struck) for sheet in sheets] if struck is not None else sheets
    reading = without_hidden(read(valid), valid, {**_asked(hidden_rows, content, part), **unseen}, read)
    crossed = doubts_of_struck(reading, sheets, struck, read) if struck is not None else ()
    doubts = (*crossed, *beyond, *_unreckoned(unknown))
    return replace(reading, problems=(*reading.problems, *doubts)) if reading.orders else reading


def _unreckoned(cells: Sequence[str]) -> Iterator[Problem]:
    if cells:
        shown = ", ".join(cells[:5])
        message = (
            f"the workbook keeps no results of its formulas, and those in {len(cells)} cells ({shown}) could not be reckoned: "
            "open and save it in a spreadsheet program, or compare the lines with it"
        )
        yield Problem(code="unreckoned_formulas", severity=Severity.ERROR, message=message)


def _checked_container(content: bytes, part: str) -> str:
    """The workbook's media type; refuses archives whose directory announces more than an order holds."""
    if content.startswith(SIGNATURE):
        if _ENCRYPTED_STREAM in content:
            raise Rejected(f"{part} is protected by a password: send it without one", code="encrypted")
        demand_ends(content, part)
        demand_bounds(content, part)
        return "application/vnd.ms-excel"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _check_sizes(members, len(content), part)
            demand_near(archive, part)
    except _UNREADABLE as error:
        raise Rejected(
            f"{part} is no workbook, or a damaged one ({error}): save it anew and send it again", code="damaged"
        ) from error
    names = {member.filename for member in members}
    return next((media for name, media in _MEDIA_TYPES.items() if name in names), _MEDIA_TYPES["xl/workbook.xml"])


def _check_sizes(members: Sequence[zipfile.ZipInfo], packed: int, part: str) -> None:
    unpacked = sum(member.file_size for member in members)
    too_tight = unpacked > _RATIO_MATTERS and unpacked > MOST_RATIO * packed
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or too_tight:
        raise Rejected(
            f"{part} unpacks to {unpacked} bytes in {len(members)} members: no order is that large, so it is not opened",
            code="archive_bomb",
        )


def _tables(content: bytes, part: str) -> tuple[list[tuple[str, list[list[_Cell]]]], Hidden]:
    """The sheets' cells, and all rows of those sheets that are hidden."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        _demand_few(workbook.sheet_names, part)
        tables = [(name, _rows(workbook, name, part)) for name in workbook.sheet_names]
        unseen = {sheet.name for sheet in workbook.sheets_metadata if sheet.visible != SheetVisibleEnum.Visible}
        return tables, {name: frozenset(range(1, len(rows) + 1)) for name, rows in tables if name in unseen}
    except PasswordError as error:
        raise Rejected(f"{part} is protected by a password: send it without one", code="encrypted") from error
    except (CalamineError, OSError, ValueError) as error:
        raise _damaged(part, error) from error
    except BaseException as error:
        # A panic of the reader's Rust code; its class can be neither imported nor caught as an Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(part, error) from error


def _demand_few(sheets: Sequence[str], part: str) -> None:
    if len(sheets) > MOST_SHEETS:
        raise Rejected(
            f"{part} has {len(sheets)} sheets, {MOST_SHEETS} at most are read: send the order's own alone", code="too_large"
        )


def _damaged(part: str, error: BaseException) -> Rejected:
    return Rejected(f"{part} is a damaged workbook ({error}): save it anew and send it again", code="damaged")


def _reckon(content: bytes, tables: Sequence[tuple[str, list[list[_Cell]]]], part: str) -> list[str]:
    """Fills in what formulas come to that the file keeps no result of; names the cells where that is unknown."""
    formulas = _asked(unreckoned_formulas, content, part)
    rows = dict(tables)
    unknown = []
    for (sheet, row, column), value in Sheets(rows, formulas).results() if formulas else ():
        if row < len(rows.get(sheet, ())) and column < len(rows[sheet][row]):
            rows[sheet][row][column] = "" if value is None or isinstance(value, bool) else value
        if value is None:
            unknown.append(f"{sheet}!{column_letters(column)}{row + 1}")
    return unknown


def _shown_currency(content: bytes, part: str) -> StatedValue | None:
    found = _asked(shown_currency, content, part)
    return stated(found[0], [cell_box(found[0], part, found[1])], _BY_FORMAT) if found is not None else None


def _asked(question: Callable[[bytes], _Answer], content: bytes, part: str) -> _Answer:
    """What the file's own parts answer; raises `Rejected` where they cannot be unpacked."""
    try:
        return question(content)
    except _UNREADABLE as error:
        raise _damaged(part, error) from error


def _rows(workbook: CalamineWorkbook, name: str, part: str) -> list[list[_Cell]]:
    sheet = workbook.get_sheet_by_name(name)
    rows: list[list[_Cell]] = [list(row) for row in sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 1)]
    if any(cell != "" for row in rows[MOST_ROWS:] for cell in row):
        raise Rejected(f"{part} has more than {MOST_ROWS} rows: send the order in several files", code="too_large")
    return rows


def _beyond(tables: Sequence[tuple[str, list[list[_Cell]]]]) -> Iterator[str]:
    """The filled cells right of what is read, by name."""
    for name, rows in tables:
        for at, row in enumerate(rows, start=1):
            if len(row) > MOST_COLUMNS:
                further = (place for place in range(MOST_COLUMNS, len(row)) if row[place] != "")
                yield from (f"{name}!{column_letters(place)}{at}" for place in islice(further, 1))


def _grid(name: str, rows: Sequence[Sequence[_Cell]], style: NumberStyle, part: str) -> Grid:
    columns = [f"{name}!{letters}" for letters in columns_named(min(MOST_COLUMNS, max(map(len, rows), default=0)))]
    return Grid(tuple(tuple(_boxes(columns, at, row, style, part)) for at, row in enumerate(rows, start=1)), name=name)


def _boxes(columns: Sequence[str], at: int, row: Sequence[_Cell], style: NumberStyle, part: str) -> Iterator[TextBox | None]:
    for column, cell in zip(columns, row, strict=False):
        text = _text(cell, style)
        yield None if is_blank(text) else cell_box(text, part, f"{column}{at}")


def _text(cell: _Cell, style: NumberStyle) -> str:
    """A cell as text. Numbers have at most the 15 digits that a workbook keeps, in the decimal sign of the sheet's own
    texts, so that one style reads both."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, date):
        return (cell.date() if isinstance(cell, datetime) else cell).isoformat()
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        return ""
    digits = format(cell, ".15g") if not isinstance(cell, Decimal) else plain(cell.normalize() + 0)
    if "e" in digits or not digits[-1].isdecimal():  # a hundred digits, and what is no number
        number = Decimal(digits)
        digits = plain(number) if number.is_finite() else ""
    return digits.replace(".", style.decimal)
