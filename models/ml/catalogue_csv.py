"""Reads a catalogue from CSV as far as it is right, with a report by row of what was left out or mended.

Columns: sku, gtin, manufacturer, mpn, description, unit, pack_size, category, attributes (a JSON object); all but sku and
description may be missing. Columns named description_xx hold the text in further languages.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial

from models.domain.errors import Rejected
from models.domain.identifiers import Gtin
from models.ml.goods import Goods

#: A row that does not end after so many lines has a quotation mark too many.
_MOST_LINES = 20
_LONGEST_ROW, _LONGEST_SKU, _LONGEST_VALUE = 100_000, 100, 2_000
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with the row that begins on this line of the file, and what became of it."""

    line: int
    cause: str
    is_loaded: bool

    def __str__(self) -> str:
        return f"line {self.line}: {self.cause}; {'loaded as far as it is right' if self.is_loaded else 'not loaded'}"


Report = Callable[[RowProblem], None]


def read_catalogue(content: Iterable[bytes], report: Report) -> Iterator[Goods]:
    """The goods of a file's lines, as far as they are right. Raises `Rejected` where it is no catalogue at all."""
    rows = _rows(_decoded(content, report), report)
    _, header = next(rows, (1, []))
    columns = {name.strip().lower(): place for place, name in enumerate(header)}
    if missing := {"sku", "description"} - columns.keys():
        raise Rejected(
            f"the catalogue's first line names no column {' and '.join(sorted(missing))}: it should read "
            "sku,gtin,manufacturer,mpn,description,unit,pack_size,category,attributes"
        )
    seen: dict[str, int] = {}
    for line, cells in rows:
        if any(cell.strip() for cell in cells):
            yield from _goods(line, cells, columns, seen, report)


def _decoded(content: Iterable[bytes], report: Report) -> Iterator[tuple[int, str]]:
    for line, raw in enumerate(content, start=1):
        text = raw.removeprefix(b"\xef\xbb\xbf") if line == 1 else raw
        if len(text) > _LONGEST_ROW:
            report(RowProblem(line, f"it has {len(text)} bytes, more than the {_LONGEST_ROW} of any row", is_loaded=False))
            continue
        try:
            yield line, _one_line(text.decode("utf-8"))
        except UnicodeDecodeError as error:
            cause = f"byte {error.start + 1} is not UTF-8, the line was read as Windows-1252"
            report(RowProblem(line, cause, is_loaded=True))
            yield line, _one_line(text.decode("cp1252", "replace"))


def _one_line(text: str) -> str:
    """Without signs that would end a line within it."""
    return " ".join(text.replace("\0", "").splitlines()) + "\n"


def _rows(lines: Iterator[tuple[int, str]], report: Report) -> Iterator[tuple[int, list[str]]]:
    """The cells of each row with the line it begins on. Each row is read by itself: a stray quotation mark costs one row."""
    delimiter = None
    waiting: list[tuple[int, str]] = []
    while True:
        first = waiting.pop(0) if waiting else next(lines, None)
        if first is None:
            return
        number, text = first
        delimiter = delimiter or max(_DELIMITERS, key=text.count)
        cells, taken = _complete(text, delimiter, lines, waiting)
        if cells is None:
            report(RowProblem(number, "a quotation mark is opened and not closed", is_loaded=True))
            cells = next(csv.reader([text], delimiter=delimiter, quoting=csv.QUOTE_NONE))
        del waiting[:taken]
        yield number, cells


def _complete(
    text: str, delimiter: str, lines: Iterator[tuple[int, str]], waiting: list[tuple[int, str]]
) -> tuple[list[str] | None, int]:
    """The cells of the row that begins with `text` and how many of the lines that wait belong to it; None without an end."""
    taken = 0
    while True:
        try:
            return next(csv.reader([text], delimiter=delimiter, strict=True), []), taken
        except csv.Error as error:
            if "unexpected end" not in str(error):
                return next(csv.reader([text], delimiter=delimiter)), taken
        if taken == _MOST_LINES or len(text) > _LONGEST_ROW:
            return None, 0
        if taken == len(waiting):
            following = next(lines, None)
            if following is None:
                return None, 0
            waiting.append(following)
        text += waiting[taken][1]
        taken += 1


def _goods(line: int, cells: list[str], columns: Mapping[str, int], seen: dict[str, int], report: Report) -> Iterator[Goods]:
    refuse, mend = (partial(_tell, report, line, is_loaded) for is_loaded in (False, True))

    def cell(name: str) -> str:
        place = columns.get(name)
        return " ".join(cells[place].split())[:_LONGEST_VALUE] if place is not None and place < len(cells) else ""

    sku = cell("sku")
    if len(cells) > len(columns):
        refuse(f"it has {len(cells)} cells for {len(columns)} columns: put a text that holds the separator in quotation marks")
    elif not sku or len(sku) > _LONGEST_SKU or not sku.isprintable():
        refuse("it has no sku" if not sku else f"{sku[:40]!r} is no sku")
    elif sku in seen:
        refuse(f"sku {sku} stands on line {seen[sku]} already")
    else:
        if len(cells) < len(columns):
            mend(f"it has {len(cells)} cells for {len(columns)} columns")
        seen[sku] = line
        texts = dict.fromkeys(cell(name) for name in columns if name == "description" or name.startswith("description_"))
        if not any(texts):
            mend("it has no description: only its numbers find it")
        yield Goods(
            sku=sku,
            texts=tuple(text for text in texts if text),
            gtin=_gtin(cell("gtin"), mend),
            manufacturer=cell("manufacturer"),
            mpn=cell("mpn"),
            category=cell("category"),
            packs=_packs(cell("pack_size"), mend),
            attributes=_attributes(cell("attributes"), mend),
        )


def _tell(report: Report, line: int, is_loaded: bool, cause: str) -> None:
    report(RowProblem(line, cause, is_loaded=is_loaded))


def _gtin(text: str, mend: Callable[[str], None]) -> str:
    if not text:
        return ""
    try:
        return Gtin(text)
    except ValueError as error:
        mend(str(error))
        return ""


def _packs(text: str, mend: Callable[[str], None]) -> tuple[str, ...]:
    if not text:
        return ()
    try:
        size = Decimal(text.replace(",", "."))
    except InvalidOperation:
        size = Decimal(0)
    if not size.is_finite() or not 0 < size <= 10**9:
        mend(f"pack_size {text[:40]!r} is no number of pieces")
        return ()
    return (f"{size.normalize():f}",)


def _attributes(text: str, mend: Callable[[str], None]) -> str:
    """The values of the object in one text; names such as "colour" tell nothing of one thing."""
    if not text:
        return ""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        mend("attributes is no JSON object")
        return ""
    values = (value for value in read.values() if isinstance(value, str | int | float) and not isinstance(value, bool))
    return " ".join(str(value)[:100] for value in values)
