"""Files of records without heads: the first cell of each row says what it is (H and D, K and P, HDR and DTL).

What the record that begins an order holds is told by its form alone, so all of it is given with doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.domain.document import Grid, TextBox
from parsers.fields import LabelledValue
from parsers.tables.head_rows import Row
from parsers.tables.headings import headings_of
from parsers.values.numbers import currency_of

_KIND = re.compile(r"[A-Za-z]{1,5}\d{0,2}")
_MOST_KINDS, _FEWEST_CELLS, _ROWS_ASKED = 6, 4, 200
_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}|20\d{2}(?:0[1-9]|1[0-2])[0-3]\d")
_PAPER = re.compile(r"(?=.*\d)[\w./#-]{3,20}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_DOUBTED = 0.5


def orders_of_records(sheet: Grid) -> list[Grid]:
    """`sheet` cut where an order begins, if it is a file of records; else as it is."""
    kinds = _kinds(sheet.rows)
    if kinds is None:
        return [sheet]
    starts = [at for at, row in enumerate(sheet.rows) if _kind(row) == kinds[0]]
    ends = [*starts[1:], len(sheet.rows)]
    return [replace(sheet, rows=sheet.rows[start:end]) for start, end in zip(starts, ends, strict=True)]


def lines_of_records(sheet: Grid) -> Grid:
    """The lines alone, without what their records are called; a sheet that is no file of records as it is."""
    kinds = _kinds(sheet.rows)
    if kinds is None:
        return sheet
    return replace(sheet, rows=tuple(row[1:] for row in sheet.rows if _kind(row) == kinds[1]))


def head_of_records(rows: Sequence[Row]) -> Iterator[LabelledValue]:
    """The number, the days and the currency of the record that begins the order."""
    if _kinds(rows) is None:
        return
    cells = [cell for cell in rows[0][1:] if cell is not None]
    days = [cell for cell in cells if _DAY.fullmatch(cell.text)]
    number = next((cell for cell in cells if _PAPER.fullmatch(cell.text) and cell not in days), None)
    currency = next((cell for cell in cells if _CURRENCY.fullmatch(cell.text) and currency_of(cell.text)), None)
    found: tuple[tuple[str, TextBox | None], ...] = (
        ("po_number", number),
        ("order_date", days[0] if days else None),
        ("requested_delivery_date", days[1] if len(days) > 1 else None),
        ("currency", currency),
    )
    yield from (LabelledValue(name, "", box, _DOUBTED) for name, box in found if box is not None)


def _kinds(rows: Sequence[Row]) -> tuple[str, str] | None:
    """What the records that begin an order are called, and those of its lines; None where rows are no records."""
    filled = [row for row in rows[:_ROWS_ASKED] if any(row)]
    names = [_kind(row) for row in filled]
    if not 2 <= len(set(names)) <= _MOST_KINDS or not all(map(_KIND.fullmatch, names)):
        return None
    counted = Counter(name for name in names if name != names[0])
    lines, count = counted.most_common(1)[0]
    wide = all(sum(cell is not None for cell in row) >= _FEWEST_CELLS for row in filled if _kind(row) == lines)
    begins = any(cell is not None and (_DAY.fullmatch(cell.text) or _PAPER.fullmatch(cell.text)) for cell in filled[0][1:])
    if not wide or not begins or count < names.count(names[0]):
        return None
    return None if any(heading.is_order_table for heading in headings_of(filled).values()) else (names[0], lines)


def _kind(row: Row) -> str:
    return row[0].text.strip() if row and row[0] is not None else ""
