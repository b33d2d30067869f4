"""The sample workbook and the sample CSV."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from demo.sample_orders import Sample
from demo.wording import day, number, price, unit

_HEADS = ["Pos.", "Art.-Nr. Lieferant", "Bezeichnung", "Menge", "Einheit", "Preis EUR", "je", "Summe EUR"]
_WRITTEN = datetime(2026, 11, 19, 7, 0, 0)  # noqa: DTZ001 - a workbook's own time has no zone


def alpenhaus(sample: Sample) -> bytes:
    """A filled-in form: title over merged cells, head data beside and below, the header row only in row 12, a second sheet."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Bestellung"
    _title_block(sheet, sample)
    last = _order_rows(sheet, sample, first=12)
    sheet.cell(last + 2, 7, "Summe netto")
    sheet.cell(last + 2, 8, sample.total).number_format = "#,##0.00"
    sheet.cell(last + 4, 1, "Anlieferung nur mit Hebebühne, Bauleiter Sepp Gruber +43 512 5550119")
    for column, width in zip("ABCDEFGH", (7, 20, 58, 10, 10, 11, 7, 13), strict=True):
        sheet.column_dimensions[column].width = width
    notes = book.create_sheet("Hinweise")
    notes["A1"] = "Formular FB-07 Rev. 3: graue Felder nicht ändern. Preise netto laut Rahmenvereinbarung."
    return _repacked(book)


def _title_block(sheet: Worksheet, sample: Sample) -> None:
    sheet.merge_cells("A1:H1")
    sheet["A1"] = "ALPENHAUS HOLZBAU GmbH – BESTELLUNG"
    sheet["A1"].font = Font(bold=True, size=16, color="FFFFFF")
    sheet["A1"].fill = PatternFill("solid", fgColor="33691E")
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet["A2"] = f"Haller Au 15, 6020 Innsbruck, Österreich, UID {sample.buyer['vat_id']}"
    pairs = [
        ("A4", "Bestellnummer:", "C4", sample.po_number),
        ("A5", "Bestelldatum:", "C5", ""),
        ("A6", "Lieferant:", "C6", "Brückner & Hale Trade Supply GmbH, 42117 Wuppertal"),
        ("A7", "Lieferadresse:", "C7", "Baustelle Volders Süd, Augasse 41, 6111 Volders, Österreich"),
        ("A8", "Zahlungsziel:", "C8", "30 Tage netto"),
        ("E4", "Währung:", "F4", "EUR"),
        ("E5", "Kundennr.:", "F5", sample.buyer["number"]),
        ("E6", "Lieferbed.:", "F6", "DAP Baustelle"),
    ]
    for label_cell, label, value_cell, value in pairs:
        sheet[label_cell] = label
        sheet[label_cell].font = Font(bold=True)
        sheet[value_cell] = value
    sheet["C5"] = date.fromisoformat(sample.date)
    sheet["C5"].number_format = "DD.MM.YYYY"


def _order_rows(sheet: Worksheet, sample: Sample, first: int) -> int:
    line = Border(bottom=Side(style="thin"))
    for column, head in enumerate(_HEADS, start=1):
        cell = sheet.cell(first, column, head)
        cell.font, cell.fill, cell.border = Font(bold=True), PatternFill("solid", fgColor="DDDDDD"), line
    for row, item in enumerate(sample.lines, start=first + 1):
        values: list[str | int | Decimal] = [
            item.number,
            item.sku,
            item.text("de"),
            int(item.quantity),
            unit(item.unit, "de"),
            item.price,
            int(item.basis),
            item.amount,
        ]
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column, value).border = line
        sheet.cell(row, 6).number_format = sheet.cell(row, 8).number_format = "#,##0.00"
    return first + len(sample.lines)


def _repacked(book: Workbook) -> bytes:
    """The workbook without the moment of its making, so that it is the same on every run."""
    book.properties.creator = "Alpenhaus Holzbau"
    book.properties.created = _WRITTEN
    saved = io.BytesIO()
    book.save(saved)
    packed = io.BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2026-11-19T07:00:00Z", source.read(name))
            target.writestr(zipfile.ZipInfo(name, (2026, 11, 19, 7, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def oehler(sample: Sample) -> bytes:
    """Head fields repeated in every row, own and our numbers, decimal commas, points for thousands, Windows-1252."""
    heads = [
        "Bestellnummer",
        "Bestelldatum",
        "Pos",
        "Artikelnr",
        "Ihre Artikelnr",
        "Bezeichnung",
        "Menge",
        "ME",
        "Preis",
        "PE",
        "Betrag",
        "Währung",
    ]
    rows = [
        [sample.po_number, day(sample.date, "de"), str(line.number * 10), line.own_number, line.sku, line.text("de"),
         number(line.quantity, "de"), unit(line.unit, "de"), price(line.price, "de"), str(line.basis),
         number(line.amount, "de", 2), "EUR"]
        for line in sample.lines
    ]  # fmt: skip
    quoted = [[f'"{cell}"' if ";" in cell or '"' in cell else cell for cell in row] for row in [heads, *rows]]
    return "".join(";".join(row) + "\r\n" for row in quoted).encode("cp1252")
