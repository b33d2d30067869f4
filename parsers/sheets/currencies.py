"""The currency that a workbook shows by the number formats of its cells alone: `#,##0.00 "€"` (ISO/IEC 29500-1, 18.8.30), in
ods files also by the cells' own type (OASIS ODF 1.3 part 3, 19.369).

A format that leaves the sign to the reader's country says nothing. Only the file's own parts are read, each up to a bound.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping

from models.domain.values import Currency
from parsers.compound_file import SIGNATURE
from parsers.sheets.biff import records_of
from parsers.sheets.cells import column_letters
from parsers.sheets.open_cells import open_cells
from parsers.sheets.xlsx_formulas import attributes_of, elements_of, part_of, section_of, sheets_of
from parsers.values.numbers import currency_of

_FORMAT = re.compile(r"<(?:\w+:)?numFmt\s([^>]{1,1000})>")
_CELL = re.compile(rb'<c r="([A-Z]{1,3}\d{1,7})" s="(\d{1,5})"(?: t="n")?>(?:<f[^>]*>[^<]{0,2000}</f>)?<v>')
#: What a format shows as it stands: in quotation marks, behind a backslash, or as "[$€-407]", sign and country.
_SHOWN = re.compile(r'"([^"]{1,10})"|\[\$([^\]-]{1,10})(?:-([0-9A-Fa-f]{1,8}))?\]|\\?([€£]|zł|Kč)')
#: Countries of a bare dollar sign, by their language identifiers ([MS-LCID] 2.2).
_DOLLARS: Mapping[str, str] = {"409": "USD", "1009": "CAD", "C09": "AUD", "1409": "NZD", "C0C": "CAD", "4809": "SGD"}
_MOST_FORMATS = 5_000
_OPEN_CURRENCY = re.compile(r'\boffice:currency="([^"]{1,10})"')
_FIGURES = re.compile(r"[-\d.,'\s\u00a0]+")


def shown_currency(content: bytes) -> tuple[Currency, str] | None:
    """The one currency of the cells that hold numbers, and the first such cell ("Sheet1!D5"); None for several or none."""
    found: dict[Currency, str] = {}
    for currency, cell in _of_records(content) if content.startswith(SIGNATURE) else _of_archive(content):
        found.setdefault(currency, cell)
    return next(iter(found.items())) if len(found) == 1 else None


def _of_records(content: bytes) -> Iterator[tuple[Currency, str]]:
    records = records_of(content)
    currencies = {place: currency for place, code in records.formats.items() if (currency := _currency(code)) is not None}
    for sheet, row, column, place in records.cells:
        if place in currencies:
            yield currencies[place], f"{sheet}!{column_letters(column)}{row + 1}"


def _of_archive(content: bytes) -> Iterator[tuple[Currency, str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        if "content.xml" in names:
            yield from _of_opendocument(part_of(archive, "content.xml").decode("utf-8", "replace"))
            return
        styles = part_of(archive, "xl/styles.xml").decode("utf-8", "replace") if "xl/styles.xml" in names else ""
        currencies = dict(_currencies(styles))
        for sheet, path in sheets_of(archive, names) if currencies else ():
            for match in _CELL.finditer(part_of(archive, path) if path in names else b""):
                if (currency := currencies.get(int(match[2]))) is not None:
                    yield currency, f"{sheet}!{match[1].decode()}"


def _of_opendocument(text: str) -> Iterator[tuple[Currency, str]]:
    """The currencies of cells of money; of others that which the text beside the number shows."""
    for cell in open_cells(text):
        if 'office:value-type="currency"' in cell.attributes and (currency := _of_cell(cell.attributes, cell.shown)):
            yield currency, f"{cell.sheet}!{column_letters(cell.column)}{cell.row + 1}"


def _of_cell(attributes: str, shown: str) -> Currency | None:
    code = _OPEN_CURRENCY.search(attributes)
    return currency_of(code[1]) if code else currency_of(html.unescape(_FIGURES.sub("", shown)).strip())


def _currencies(styles: str) -> Iterator[tuple[int, Currency]]:
    """The currency of each cell format that names one, by the format's place."""
    formats = {facts.get("numFmtId", ""): facts.get("formatCode", "") for facts in map(attributes_of, _FORMAT.findall(styles))}
    for place, own in enumerate(elements_of(section_of(styles, "cellXfs"), "xf")[:_MOST_FORMATS]):
        currency = _currency(formats.get(attributes_of(own.partition(">")[0]).get("numFmtId", ""), ""))
        if currency is not None:
            yield place, currency


def _currency(code: str) -> Currency | None:
    for quoted, sign, country, bare in _SHOWN.findall(html.unescape(code)):
        if sign == "$" and (dollars := _DOLLARS.get(country.upper().lstrip("0"))):
            return Currency(dollars)
        if (currency := currency_of((quoted or sign or bare).strip())) is not None:
            return currency
    return None
