"""Tables of order lines as grids, over all pages: ruled or not, with heads repeated, left out, or in two levels.

A line is a band: it starts at a row with a quantity or an amount and owns what follows up to the next start. Rows that
belong to no line (totals, signatures, the letter's foot) are left to others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from models.domain.document import Grid, TextBox
from parsers.head_words import composed_header
from parsers.layout.bands import body_of, goes_on, line_cells, side_rows
from parsers.layout.boxes import boxed
from parsers.layout.calloff import call_offs_on
from parsers.layout.calloff_across import call_offs_across
from parsers.layout.columns import Columns, columns_of
from parsers.layout.given import provided_rows
from parsers.layout.heads import Head, TableHead, find_heads, flattened
from parsers.layout.records import Records, records_of
from parsers.layout.starts import is_start, is_total
from parsers.layout.torn import mended
from parsers.lexicon import column_of_header, split_label
from parsers.page_text import PageText, Row, text_box, word_box

#: No name of a column is longer.
_LONGEST_NAME = 45
#: A row of a table has so many cells, a line of terms and conditions so many words.
_LEAST_CELLS, _SENTENCE = 3, 7


@dataclass(frozen=True, slots=True)
class Area:
    """The strip of a page that a table takes up, its head included."""

    page: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageTable:
    """The part of a table that stands on one page. `start` names the rows of `grid` (its head first)."""

    grid: Grid
    area: Area
    head: TableHead
    columns: tuple[Columns, ...]


def tables_of(pages: Sequence[PageText], part: str) -> list[PageTable]:
    """The tables of order lines in reading order, one per page and head; their grids start with the head's row."""
    tables: list[PageTable] = []
    running = _repeated_lines(pages)
    for page in pages:
        rows = page.rows
        heads = [boxed(head, rows, page) for head in find_heads(rows)]
        own = _main_heads(heads)
        if not own and tables and tables[-1].area.page == page.number - 1:
            tables += _continued(page, rows, tables[-1], running, part)
        for head in own:
            later = [other for other in heads if other.first > head.last]
            table = _table(page, rows, head, later, part)
            if table is not None and not any(_inside(head, done.area) for done in tables if done.area.page == page.number):
                tables.append(table)
    return _mended(tables) or _call_offs(pages, part) or [_table_of(records) for records in records_of(pages, part)]


def _mended(tables: Sequence[PageTable]) -> list[PageTable]:
    """The tables, each line whole that the end of its page tears."""
    found = list(tables)
    for place, (above, below) in enumerate(pairwise(tables)):
        if below.area.page != above.area.page + 1 or not _is_one(above, below):
            continue
        head, *rows = found[place].grid.rows
        upper, lower = mended(rows, below.grid.rows[1:], above.columns[0])
        found[place] = replace(found[place], grid=replace(above.grid, rows=(head, *upper)))
        found[place + 1] = replace(below, grid=replace(below.grid, rows=(below.grid.rows[0], *lower)))
    return found


def _is_one(above: PageTable, below: PageTable) -> bool:
    """Whether two tables have the same columns, each in one row."""
    if len(above.columns) != 1 or len(below.columns) != 1:
        return False
    roles = [[head.role if head is not None else None for head in table.columns[0].heads] for table in (above, below)]
    return roles[0] == roles[1]


def _call_offs(pages: Sequence[PageText], part: str) -> list[PageTable]:
    return [
        PageTable(grid, Area(page.number, head.top - 1, bottom + 1), head, (columns,))
        for page in pages
        for head, columns, grid, bottom in (*call_offs_on(page, part), *call_offs_across(page, part))
    ]


def _table_of(records: Records) -> PageTable:
    head = TableHead((), 0, 0, records.top, records.top)
    return PageTable(records.grid, Area(records.page, records.top - 1, records.bottom + 1), head, ())


def _main_heads(heads: Sequence[TableHead]) -> list[TableHead]:
    """The heads of lines; below a table that names goods, one that names none is a side table of it."""
    named = [head for head in heads if head.heads_lines and head.names_goods]
    return named or [head for head in heads if head.heads_lines]


def _inside(head: TableHead, area: Area) -> bool:
    return area.top < head.bottom <= area.bottom


def _repeated_lines(pages: Sequence[PageText]) -> set[str]:
    """The texts of page heads and feet: rows that stand on more than one page, page numbers aside."""
    seen: dict[str, set[int]] = {}
    for page in pages if len(pages) > 1 else ():
        for row in page.rows:
            if row.top < 0.25 * page.height or row.bottom > 0.85 * page.height:
                seen.setdefault(_without_page_number(row), set()).add(page.number)
    return {text for text, numbers in seen.items() if len(numbers) > 1}


def _without_page_number(row: Row) -> str:
    """The row's text; digits do not count where it numbers the page."""
    return re.sub(r"\d+", "0", row.text) if _numbers_page(row) else row.text


def _numbers_page(row: Row) -> bool:
    return any((split_label(phrase.text) or ("",))[0] == "page" for phrase in row.phrases)


def _continued(page: PageText, rows: Sequence[Row], before: PageTable, running: set[str], part: str) -> Iterator[PageTable]:
    """The rest of a table whose head was not repeated: rows at the top of the page that fit the columns before."""
    candidates = [row for row in rows if _without_page_number(row) not in running and not _numbers_page(row)]
    kept = body_of(candidates, before.columns, page.rules)
    first = next((place for place, row in enumerate(kept) if len(before.columns) > 1 or is_start(row, before.columns[0])), 0)
    while first > 0 and kept[first].top - kept[first - 1].bottom < 0.5 * kept[first].size:
        first -= 1
    kept = kept[first:]
    if kept and not _is_prose(kept):
        cells = line_cells(kept, before.columns, page.rules, part)
        area = Area(page.number, kept[0].top - 1, kept[-1].bottom + 1)
        yield PageTable(Grid(rows=(before.grid.rows[0], *cells)), area, before.head, before.columns)


def _is_prose(rows: Sequence[Row]) -> bool:
    """Whether rows are terms and conditions, set in a column or two, and no row of them is parted into cells."""
    parted = any(len(row.phrases) >= _LEAST_CELLS for row in rows)
    wordy = sum(any(len(phrase.words) >= _SENTENCE for phrase in row.phrases) for row in rows)
    return not parted and 2 * wordy > len(rows)


def _table(page: PageText, rows: Sequence[Row], head: TableHead, later: list[TableHead], part: str) -> PageTable | None:
    below = rows[head.last + 1 :]
    ending = [other for other in later if other.heads_lines and other.names_goods == head.names_goods]
    reach = min((other.top for other in ending), default=page.height)
    below = [row for row in below if row.bottom <= reach + 1]
    listed = provided_rows(below)
    below = [row for row in below if id(row) not in listed]
    head = _levelled(head, below, page)
    body = body_of(below, _columns(head, below[: 3 * head.levels], page), page.rules)
    body = body_of(below, _columns(head, body[:60], page), page.rules) if body else []
    if not body:
        return None
    side = _side_columns(body, [other for other in later if other not in ending], page)
    columns = _columns(head, [row for row in body if id(row) not in side], page)
    cells = line_cells(body, columns, page.rules, part, side)
    bottom = body[-1].bottom
    for row in listed.values():
        bottom = row.bottom if 0 <= row.top - bottom < 2 * row.size else bottom
    area = Area(page.number, head.top - 1, bottom + 1)
    return PageTable(Grid(rows=(_head_row(columns, part), *cells)), area, head, columns)


def _levelled(head: TableHead, below: Sequence[Row], page: PageText) -> TableHead:
    """The head with the levels that its lines have: one, where a row alone fills the columns and no row continues it."""
    if head.levels == 1:
        return head
    flat = flattened(head)
    (columns,) = _columns(flat, below[:3], page)
    lower = [each for each in head.heads if each.level > 0]
    apart = [each for each in lower if not any(_over(each, other) for other in head.heads if other.level == 0)]
    for row, following in pairwise([*below[:6], None]):
        if row is None or not _whole(row, columns):
            continue
        if sum(_touches(row, each) for each in apart) > 1:
            return flat  # a line's first row would not fill the columns that only the lower names head
        continued = following is not None and not is_total(following) and following.top - row.bottom < row.size
        if (
            not continued
            or following is None
            or _whole(following, columns)
            or not any(_touches(following, each) for each in lower)
        ):
            return flat
    return head


def _over(one: Head, other: Head) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1


def _whole(row: Row, columns: Columns) -> bool:
    """Whether the row is a line by itself."""
    filled = columns.parted(row)
    return is_start(row, columns) and 0 in filled and len(filled) >= 0.75 * len(columns.heads)


def _touches(row: Row, head: Head) -> bool:
    return any(min(word.x1, head.x1) > max(word.x0, head.x0) for word in row.words)


def _side_columns(body: Sequence[Row], heads: Sequence[TableHead], page: PageText) -> dict[int, Columns]:
    """The columns of each row (by identity) that stands in a table below a line."""
    return {
        id(row): _columns(head, rows[1:], page)[0]
        for head, rows in side_rows(body, [head for head in heads if head.levels == 1])
        for row in rows
    }


def _columns(head: TableHead, body: Sequence[Row], page: PageText) -> tuple[Columns, ...]:
    return tuple(columns_of(_heads_at(head, level), body, page.rules, head.top, head.bottom) for level in range(head.levels))


def _heads_at(head: TableHead, level: int) -> list[Head]:
    """The heads of a level, and those above it that have none below them: their cells go on in the lower row."""
    own = [each for each in head.heads if each.level == level]
    above = [
        each for each in head.heads if each.level == 0 and not any(each.x0 < other.x1 and other.x0 < each.x1 for other in own)
    ]
    return own + above if level else own


def _head_row(columns: Sequence[Columns], part: str) -> tuple[TextBox | None, ...]:
    return tuple(
        None if head is None else _named(head, part)
        for level, own in enumerate(columns)
        for head in own.heads
        if not goes_on(head, level)
    )


def _first_name(head: Head, whole: TextBox) -> TextBox:
    """What a head that lists much names first: "Name, Description, Brand, Batch, Classification, Packaging …"."""
    pieces = [piece.strip() for piece in re.split(r"[,;/]", whole.text)]
    named = next((piece for piece in pieces if column_of_header(piece) is not None), head.phrases[0].text)
    return replace(whole, text=named[:_LONGEST_NAME])


def _named(head: Head, part: str) -> TextBox:
    """The column's name; names that are several only together, in two languages say, parted by a slash."""
    whole = word_box([word for phrase in head.phrases for word in phrase.words], part)
    if len(whole.text) > _LONGEST_NAME:
        return _first_name(head, whole)
    several = head.role is not None and column_of_header(whole.text) is None and composed_header(whole.text) is None
    return text_box(head.phrases, part, joint=" / ") if several else whole
