"""Rows outside the tables that look like order lines of theirs: named as problems, for a lost line is worse than a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from models.contracts.extraction_v1 import Problem
from models.domain.findings import Severity
from parsers.layout.columns import Columns
from parsers.layout.heads import TEXT_ROLES
from parsers.layout.rowlike import row_groups
from parsers.layout.starts import is_start
from parsers.layout.tables import Area, PageTable
from parsers.layout.tax_rows import reckons_tax
from parsers.page_text import PageText, Row
from parsers.values.units import unit_code

_SHOWN, _LONGEST = 3, 80
_LEAST_CELLS = 3
_WITHOUT_HEADS = Problem(
    code="lines_without_heads",
    severity=Severity.ERROR,
    field="lines",
    message="no heads say what the columns of the lines hold; they were told by their contents: compare them with the document",
)
_AMOUNT = re.compile(r"[$€£]?\d[\d.,' \u00a0]*[.,]\d{2}[$€£]?")
_QUANTITY = re.compile(r"\d[\d.,' \u00a0]*(?:\s?[^\W\d]{1,8}\.?)?")


#: A number of packs or pieces, joined to what was said before, or of something.
_AND = r"(?:\+|&|and|plus|also|und|noch|auch|et|aussi|encore|y|más|anche|più|ook|nog|oraz)"
_OF = r"(?:of|von|de|di|d'|van|z)"
_COUNT = r"\d{1,4}\s?(?:x\s)?(?P<unit>[^\W\d]{2,12})"
_WISH = re.compile(rf"(?:{_AND}\s*{_COUNT.replace('unit', 'first')}|{_COUNT}\s{_OF})\b", re.IGNORECASE)
_COUNTED = frozenset({"C62", "BX", "CT", "CS", "CA", "PK", "PR", "RO", "BG", "SA", "BO", "TU", "DZN", "PF"})


def overlooked_lines(
    pages: Sequence[PageText], tables: Sequence[PageTable], part: str, *, told_by_contents: bool = False
) -> tuple[Problem, ...]:
    """Errors of the code `unread_values`: one if, below a table, rows stand in its columns with goods and a quantity, one if
    rows elsewhere repeat like lines under heads that are not known. Where no table has heads, or none that says what is in its
    columns (`told_by_contents`), the only error says so."""
    if told_by_contents or not any(table.columns or table.grid.name for table in tables):
        return (_WITHOUT_HEADS,) if tables else ()
    below = [(page.number, row) for page in pages for row in _rows_below(page, tables)]
    below = [(number, row) for number, row in below if not reckons_tax(row)]
    known = {id(row) for _, row in below}
    areas = [table.area for table in tables]
    elsewhere = [(page.number, row) for page in pages for group in row_groups(page, areas) for row in group]
    elsewhere = [(number, row) for number, row in elsewhere if id(row) not in known and not reckons_tax(row)]
    known |= {id(row) for _, row in elsewhere}
    added = [(page.number, row) for page in pages for row in _added(page, areas) if id(row) not in known]
    return (
        *_problem(below, "below the table of lines", part),
        *_problem(elsewhere, "outside the table of lines", part),
        *_problem(added, "written beside the table of lines", part),
    )


def _added(page: PageText, areas: Sequence[Area]) -> Iterator[Row]:
    """Rows outside the tables of which a phrase wants so many of something more: "+ 2 boxes of LX-9"."""
    for row in page.rows:
        inside = any(area.page == page.number and area.top <= row.top and row.bottom <= area.bottom for area in areas)
        if not inside and any(_wants_more(phrase.text) for phrase in row.phrases):
            yield row


def _wants_more(text: str) -> bool:
    wish = _WISH.match(text) if len(text) <= _LONGEST else None
    return wish is not None and unit_code(wish["first"] or wish["unit"]) in _COUNTED


def _problem(rows: Sequence[tuple[int, Row]], where: str, part: str) -> Iterator[Problem]:
    if not rows:
        return
    shown = "; ".join(f'"{row.text[:_LONGEST]}" ({part}, page {number})' for number, row in rows[:_SHOWN])
    more = f" and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else ""
    message = f"rows {where} look like lines and were not read: {shown}{more}; compare with the document"
    yield Problem(code="unread_values", severity=Severity.ERROR, field="lines", message=message)


def _rows_below(page: PageText, tables: Sequence[PageTable]) -> Iterator[Row]:
    own = [table for table in tables if table.area.page == page.number]
    if not own:
        return
    for row in page.rows:
        above = [table for table in own if table.area.bottom <= row.top]
        inside = any(table.area.top <= row.top and row.bottom <= table.area.bottom for table in own)
        if above and not inside and len(above[-1].columns) == 1 and _like_a_line(row, above[-1].columns[0]):
            yield row


def _like_a_line(row: Row, columns: Columns) -> bool:
    cells = columns.parted(row)
    roles = {head.role: words for place, words in cells.items() if (head := columns.heads[place]) is not None}
    counted = _QUANTITY.fullmatch(" ".join(word.text for word in roles.get("quantity", ()))) is not None
    named = any(role in TEXT_ROLES and any(not _AMOUNT.fullmatch(word.text) for word in words) for role, words in roles.items())
    return len(cells) >= _LEAST_CELLS and counted and named and is_start(row, columns)
