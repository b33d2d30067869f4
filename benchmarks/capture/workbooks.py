"""Workbooks written for the benchmark: the same sheets as xlsx, xls, ods or xlsb; formulas keep a result or none.

Limits: an xls keeps no cached results, so its formulas are written as their results; an xlsb has no formats, so its days are
serial numbers, and no merged cells.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import xlwt
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Format = Literal["xlsx", "xls", "ods", "xlsb"]
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in Excel's English spelling without "=", and the result that the file keeps, if it keeps one."""

    text: str
    cached: Decimal | None = None


Cell = str | int | Decimal | date | Formula | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its rows from A1 on, merged ranges ("A1:C1"), rows (from 1) and columns ("C") that are hidden, rows
    that are struck through (in xlsx and xlsb) or red (in xlsx alone)."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[str] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[str] = ()
    formats: dict[str, str] = field(default_factory=dict)
    struck_rows: Sequence[int] = ()
    red_rows: Sequence[int] = ()


def workbook(sheets: Sequence[Sheet], kind: Format) -> bytes:
    """The file of `sheets`. `Sheet.formats` gives columns a number format, by letter ("A": "00000")."""
    writers = {"xlsx": _xlsx, "xls": _xls, "ods": _ods, "xlsb": _xlsb}
    return writers[kind](sheets)


def _xlsx(sheets: Sequence[Sheet]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    cached: dict[str, dict[str, Decimal]] = {}
    for number, sheet in enumerate(sheets, start=1):
        page: Worksheet = book.create_sheet(sheet.name)
        cached[f"xl/worksheets/sheet{number}.xml"] = dict(_fill_xlsx(page, sheet))
        for area in sheet.merged:
            page.merge_cells(area)
        for row in sheet.hidden_rows:
            page.row_dimensions[row].hidden = True
        for column in sheet.hidden_columns:
            page.column_dimensions[column].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    return _with_cached(buffer.getvalue(), cached)


def _fill_xlsx(page: Worksheet, sheet: Sheet) -> Iterator[tuple[str, Decimal]]:
    """Fills the page; yields the cells whose formula has a result to keep."""
    for at, row in enumerate(sheet.rows, start=1):
        for place, value in enumerate(row, start=1):
            if value is None:
                continue
            cell = page.cell(at, place)
            if isinstance(value, Formula):
                cell.value = f"={value.text}"
                if value.cached is not None:
                    yield cell.coordinate, value.cached
            else:
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"  # a text that begins with "=" is still a text
            shown = sheet.formats.get(cell.coordinate) or sheet.formats.get(get_column_letter(place))
            if shown and isinstance(value, int | Decimal | Formula):
                cell.number_format = shown
            if at in sheet.struck_rows:
                cell.font = Font(strike=True)
            if at in sheet.red_rows:
                cell.fill = PatternFill("solid", start_color="FFFF0000")


def _with_cached(content: bytes, cached: dict[str, dict[str, Decimal]]) -> bytes:
    """The file with the results that its formulas keep; openpyxl itself writes none."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            text = old.read(member)
            for cell, number in cached.get(member.filename, {}).items():
                form = rf'(<c r="{cell}"[^>]*><f>[^<]*</f>)<v ?/>|(<c r="{cell}"[^>]*><f>[^<]*</f>)<v></v>'
                text = re.sub(form.encode(), rf"\1\2<v>{number}</v>".encode(), text)
            new.writestr(member.filename, text)
    return buffer.getvalue()


def _xls(sheets: Sequence[Sheet]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        for at, row in enumerate(sheet.rows):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    page.write(at, place, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
                elif value is not None:
                    number = value.cached if isinstance(value, Formula) else value
                    shown = sheet.formats.get(get_column_letter(place + 1))
                    page.write(at, place, number, _xls_style(shown, number, struck=at + 1 in sheet.struck_rows))
        for number in sheet.hidden_rows:
            page.row(number - 1).hidden = True
        for column in sheet.hidden_columns:
            page.col(column_index_from_string(column) - 1).hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _xls_style(shown: str | None, value: Cell, *, struck: bool) -> xlwt.XFStyle:
    number_format = shown if shown and isinstance(value, int | Decimal) else "General"
    return xlwt.easyxf("font: struck_out on" if struck else "", num_format_str=number_format)


_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:automatic-styles>'
    '<style:style style:name="struck" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style></office:automatic-styles>'
    "<office:body><office:spreadsheet>"
)
#: What a number format shows beside the figures, in quotation marks.
_ODS_SIGN = re.compile(r'"([^"]+)"')
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def _ods(sheets: Sequence[Sheet]) -> bytes:
    """Open Document 1.2 part 1, chapter 9: tables of cells; a merged cell spans, what it covers is a covered cell."""
    tables = "".join(_ods_table(sheet) for sheet in sheets)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), _ODS_TYPE)
        archive.writestr("META-INF/manifest.xml", _ODS_MANIFEST)
        archive.writestr(
            "content.xml", f"{_ODS_HEAD}{tables}</office:spreadsheet></office:body></office:document-content>".encode()
        )
    return buffer.getvalue()


def _ods_table(sheet: Sheet) -> str:
    rows = []
    for at, row in enumerate(sheet.rows, start=1):
        hidden = ' table:visibility="collapse"' if at in sheet.hidden_rows else ""
        cells = _ods_cells(sheet, row) or "<table:table-cell/>"
        if at in sheet.struck_rows:
            cells = cells.replace("<table:table-cell ", '<table:table-cell table:style-name="struck" ')
        rows.append(f"<table:table-row{hidden}>{cells}</table:table-row>")
    return f"<table:table table:name={quoteattr(sheet.name)}>{''.join(rows)}</table:table>"


def _ods_cells(sheet: Sheet, row: Sequence[Cell]) -> str:
    return "".join(
        _ods_money(value, sign[1])
        if isinstance(value, int | Decimal) and (sign := _ODS_SIGN.search(sheet.formats.get(get_column_letter(place), "")))
        else _ods_cell(value)
        for place, value in enumerate(row, start=1)
    )


def _ods_money(value: int | Decimal, sign: str) -> str:
    """A cell of money (OpenDocument 1.2 part 1, 19.369): its text shows the sign, and where it is a code its type names it."""
    code = f' office:currency="{sign}"' if re.fullmatch("[A-Z]{3}", sign) else ""
    typed = f'office:value-type="currency"{code} office:value="{value}"'
    return f"<table:table-cell {typed}><text:p>{escape(sign)} {value:.2f}</text:p></table:table-cell>"


def _ods_cell(value: Cell) -> str:
    match value:
        case None:
            return "<table:table-cell/>"
        case str():
            return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
        case date():
            typed = f'office:value-type="date" office:date-value="{value}"'
            return f"<table:table-cell {typed}><text:p>{value}</text:p></table:table-cell>"
        case Formula():
            form = re.sub(r"\b([A-Z]{1,2}\d+)(?::([A-Z]{1,2}\d+))?", _ods_reference, value.text)
            kept = f' office:value-type="float" office:value="{value.cached}"' if value.cached is not None else ""
            return f"<table:table-cell table:formula={quoteattr(f'of:={form}')}{kept}/>"
    return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'


def _ods_reference(found: re.Match[str]) -> str:
    return f"[.{found[1]}:.{found[2]}]" if found[2] else f"[.{found[1]}]"


_XLSB_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _xlsb(sheets: Sequence[Sheet]) -> bytes:
    """[MS-XLSB] 2.1: a package whose parts are records of type, size and content."""
    links = [(f"rId{number}", f"worksheets/sheet{number}.bin") for number in range(1, len(sheets) + 1)]
    named = b"".join(
        _record(0x9C, struct.pack("<II", 0, number) + _wide(f"rId{number}") + _wide(sheet.name))  # BrtBundleSh
        for number, sheet in enumerate(sheets, start=1)
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _XLSB_TYPES)
        archive.writestr("_rels/.rels", _relations([("rId1", "xl/workbook.bin")], "officeDocument"))
        archive.writestr("xl/_rels/workbook.bin.rels", _relations(links, "worksheet"))
        archive.writestr("xl/styles.bin", _xlsb_styles())
        archive.writestr(
            "xl/workbook.bin", _record(0x83) + _record(0x8F) + named + _record(0x90) + _record(0x84)
        )  # BrtBeginBook, BrtBeginBundleShs and their ends
        for (_, target), sheet in zip(links, sheets, strict=True):
            archive.writestr(f"xl/{target}", _xlsb_sheet(sheet))
    return buffer.getvalue()


def _relations(links: Sequence[tuple[str, str]], kind: str) -> str:
    inner = "".join(f'<Relationship Id="{name}" Type="{_RELATIONS}/{kind}" Target="{target}"/>' for name, target in links)
    return (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{inner}</Relationships>"
    )


def _xlsb_sheet(sheet: Sheet) -> bytes:
    width = max(map(len, sheet.rows), default=1)
    parts = [_record(0x81), _record(0x94, struct.pack("<IIII", 0, max(len(sheet.rows) - 1, 0), 0, width - 1)), _record(0x91)]
    for at, row in enumerate(sheet.rows):
        hidden = 0x10 if at + 1 in sheet.hidden_rows else 0
        parts.append(_record(0x00, struct.pack("<IIHBBI", at, 0, 300, 0, hidden, 0)))  # BrtRowHdr
        struck = at + 1 in sheet.struck_rows
        parts += [_xlsb_cell(place, value, int(struck)) for place, value in enumerate(row) if value is not None]
    return b"".join([*parts, _record(0x92), _record(0x82)])


def _xlsb_styles() -> bytes:
    """Two cell formats, the second with a font that is struck through: BrtFont between 0x263 and 0x264, BrtXF between 617 and
    618."""
    fonts = b"".join(_record(0x2B, struct.pack("<HH", 200, grbit) + bytes(17) + _wide("Calibri")) for grbit in (0, 8))
    formats = b"".join(_record(0x2F, struct.pack("<HHH", 0, 0, font) + bytes(10)) for font in (0, 1))
    counted = struct.pack("<I", 2)
    return b"".join(
        (_record(278), _record(611, counted), fonts, _record(612), _record(617, counted), formats, _record(618), _record(279))
    )


def _xlsb_cell(place: int, value: Cell, style: int = 0) -> bytes:
    head = struct.pack("<II", place, style)
    if isinstance(value, str):
        return _record(0x06, head + _wide(value))  # BrtCellSt
    if isinstance(value, Formula):
        value = value.cached
    number = (value - _EPOCH).days if isinstance(value, date) else value or 0
    return _record(0x05, head + struct.pack("<d", float(number)))  # BrtCellReal


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def _record(kind: int, content: bytes = b"") -> bytes:
    """[MS-XLSB] 2.1.4: the type in one or two bytes, the size in up to four bytes of seven bits."""
    named = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, left = b"", len(content)
    while True:
        size += bytes([left & 0x7F | (0x80 if left > 0x7F else 0)])
        left >>= 7
        if not left:
            return named + size + content
