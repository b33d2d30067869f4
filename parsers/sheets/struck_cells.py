"""Cells whose text a workbook strikes through: xlsx (ISO/IEC 29500-1, 18.4.10), ods (OASIS ODF 1.3 part 3, 20.388) and xls
([MS-XLS] 2.4.122).

Of texts that are struck in part, and of formats that strike on a condition (18.3.1.18), only those of xlsx are known; whether
a condition holds is not reckoned.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from parsers.compound_file import SIGNATURE
from parsers.sheets.biff import records_of
from parsers.sheets.formulas import place_of
from parsers.sheets.open_cells import open_cells
from parsers.sheets.xlsb_records import WORKBOOK, struck_cells_of
from parsers.sheets.xlsx_formulas import attributes_of, elements_of, part_of, section_of, sheets_of

#: (row, column) of cells, counted from 0, by sheet.
Cells = Mapping[str, frozenset[tuple[int, int]]]

_STRIKE = re.compile(r'<(?:\w{1,20}:)?strike\s*(?:val="(?:1|true|on)"\s*)?/>')
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]{1,300})>(?:\s*<(?:\w+:)?v>(\d{1,9})<)?")
_DIFFERENTIAL = re.compile(r'\bdxfId="(\d{1,6})"')
_ROW_NUMBER = re.compile(r"[A-Z](\d{1,7})")
_MOST_RANGES, _LAST_ROW = 1_000, 100_000
_LINE_THROUGH = re.compile(r'\bstyle:text-line-through-(?:style|type)="(?!none")')


class Struck(NamedTuple):
    """The cells that are struck through: `whole` ones, and those of whose text a `part` is; `conditional`: the rows, counted from
    1, that each sheet strikes where a condition holds."""

    whole: Cells
    part: Cells
    conditional: Mapping[str, frozenset[int]] = {}


def struck_cells(content: bytes) -> Struck | None:
    """The cells that are struck through; None where none are."""
    if content.startswith(SIGNATURE):
        found = Struck({sheet: frozenset(cells) for sheet, cells in records_of(content).struck.items()}, {})
    else:
        found = _of_archive(content)
    return found if any(found) else None


def _of_archive(content: bytes) -> Struck:
    cells: dict[bool, dict[str, set[tuple[int, int]]]] = {True: {}, False: {}}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        for is_whole, sheet, row, column in _places(archive, names):
            cells[is_whole].setdefault(sheet, set()).add((row, column))
        conditional = dict(_conditional(archive, names))
    whole, part = ({sheet: frozenset(places) for sheet, places in cells[which].items()} for which in (True, False))
    return Struck(whole, part, conditional)


def _places(archive: zipfile.ZipFile, names: set[str]) -> Iterator[tuple[bool, str, int, int]]:
    if "content.xml" in names:
        yield from _of_opendocument(archive)
    elif WORKBOOK in names:
        yield from ((True, *place) for place in struck_cells_of(archive, names))
    else:
        yield from _of_sheets(archive, names)


def _conditional(archive: zipfile.ZipFile, names: set[str]) -> Iterator[tuple[str, frozenset[int]]]:
    """The rows of the ranges to which a format applies that strikes through, where a condition holds."""
    formats = elements_of(section_of(_text_of(archive, names, "xl/styles.xml"), "dxfs"), "dxf")
    struck = {str(place) for place, own in enumerate(formats) if _STRIKE.search(own)}
    for sheet, path in sheets_of(archive, names) if struck else ():
        conditions = elements_of(_text_of(archive, names, path), "conditionalFormatting")
        strikes = [own for own in conditions if struck.intersection(_DIFFERENTIAL.findall(own.partition("</")[0]))]
        ranges = (attributes_of(own.partition(">")[0]).get("sqref", "") for own in strikes)
        rows = {row for text in ranges for row in _rows_of(text)}
        if rows:
            yield sheet, frozenset(rows)


def _rows_of(ranges: str) -> Iterator[int]:
    for span in ranges.split()[:_MOST_RANGES]:
        rows = [int(row) for row in _ROW_NUMBER.findall(span)]
        yield from range(min(rows), min(max(rows), _LAST_ROW) + 1) if rows else ()


def _of_sheets(archive: zipfile.ZipFile, names: set[str]) -> Iterator[tuple[bool, str, int, int]]:
    formats = set(_struck_formats(_text_of(archive, names, "xl/styles.xml")))
    texts = set(_struck_texts(_text_of(archive, names, "xl/sharedStrings.xml")))
    for sheet, path in sheets_of(archive, names) if formats or texts else ():
        for cell in _CELL.finditer(part_of(archive, path) if path in names else b""):
            facts = attributes_of(cell[1].decode("utf-8", "replace"))
            is_whole = facts.get("s") in formats
            is_struck = is_whole or (facts.get("t") == "s" and cell[2] is not None and int(cell[2]) in texts)
            if is_struck and re.fullmatch(r"[A-Z]{1,3}\d{1,7}", facts.get("r", "")):
                _, row, column = place_of(facts["r"], sheet)
                yield is_whole, sheet, row, column


def _text_of(archive: zipfile.ZipFile, names: set[str], path: str) -> str:
    return part_of(archive, path).decode("utf-8", "replace") if path in names else ""


def _struck_formats(styles: str) -> Iterator[str]:
    """The cell formats whose font is struck through, by their places."""
    fonts = elements_of(section_of(styles, "fonts"), "font")
    struck = {str(place) for place, font in enumerate(fonts) if _STRIKE.search(font)}
    for place, own in enumerate(elements_of(section_of(styles, "cellXfs"), "xf") if struck else ()):
        if attributes_of(own.partition(">")[0]).get("fontId") in struck:
            yield str(place)


def _struck_texts(texts: str) -> Iterator[int]:
    """The shared texts of which a part is struck through, by their places."""
    if _STRIKE.search(texts):
        yield from (place for place, text in enumerate(elements_of(texts, "si")) if _STRIKE.search(text))


def _of_opendocument(archive: zipfile.ZipFile) -> Iterator[tuple[bool, str, int, int]]:
    text = part_of(archive, "content.xml").decode("utf-8", "replace")
    struck = set(_struck_styles(text)) if _LINE_THROUGH.search(text) else set()
    if struck:
        for cell in open_cells(text):
            if html.unescape(attributes_of(cell.attributes).get("table:style-name", "")) in struck:
                yield from ((True, cell.sheet, cell.row, cell.column + more) for more in range(min(cell.repeated, 400)))


def _struck_styles(text: str) -> Iterator[str]:
    for style in elements_of(text.partition("<office:body")[0], "style"):
        if _LINE_THROUGH.search(style):
            yield attributes_of(style.partition(">")[0]).get("style:name", "")
