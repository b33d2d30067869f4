"""Several orders below one another on one sheet, each with a head of its own: cut apart where another number begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from models.domain.document import Grid
from parsers.lexicon import Meaning, meaning_of_label, split_at_label
from parsers.tables.head_rows import Row
from parsers.tables.headings import headings_of

_ROWS_ASKED = 2_000


def orders_apart(sheet: Grid) -> list[Grid]:
    """`sheet` cut before each head that numbers an order and stands between two tables of lines; else as it is."""
    rows = sheet.rows[:_ROWS_ASKED]
    tables = [at for at, heading in headings_of(rows).items() if heading.is_order_table]
    if len(tables) < 2 or not any(_number_of(row) for row in rows[: tables[0]]):
        return [sheet]
    cuts = [cut for table, below in pairwise(tables) if (cut := _cut(rows, table, below)) is not None]
    starts = [0, *cuts]
    numbers = [next(filter(None, map(_number_of, rows[start:])), "") for start in starts]
    if len(set(numbers)) < len(numbers):
        return [sheet]
    return [replace(sheet, rows=sheet.rows[start:end]) for start, end in zip(starts, [*cuts, len(sheet.rows)], strict=True)]


def _cut(rows: Sequence[Row], table: int, below: int) -> int | None:
    """Where the head begins that numbers an order between two tables: below the blank row before it."""
    labelled = next((at for at in range(table + 1, below) if _number_of(rows[at])), None)
    if labelled is None:
        return None
    return next((at + 1 for at in range(labelled - 1, table, -1) if not any(rows[at])), labelled)


def _number_of(row: Row) -> str:
    """The number that a row gives an order by a label of its own, in the label's cell or the next one."""
    return next(_numbers(row), "")


def _numbers(row: Row) -> Iterator[str]:
    for place, cell in enumerate(row):
        text = cell.text.strip() if cell is not None else ""
        if not text:
            continue
        right = next((other.text.strip() for other in row[place + 1 :] if other is not None), "")
        split = split_at_label(text)
        if _names_orders(meaning_of_label(text.rstrip(" :"))) and any(map(str.isdigit, right)):
            yield right
        elif split is not None and _names_orders(split[0]) and any(map(str.isdigit, split[2])):
            yield split[2]


def _names_orders(meaning: Meaning | None) -> bool:
    return meaning is not None and meaning.name == "po_number" and meaning.strength >= 1
