"""Rows that look like order lines though no heads say so: figures that stand in columns beside goods, row under row.

Where a paper has no table of lines at all they are read by what their columns hold; elsewhere they are named as problems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from models.domain.document import Grid
from parsers.layout.heads import TableHead
from parsers.layout.starts import is_total
from parsers.layout.tables import Area, PageTable
from parsers.lexicon import field_of_label
from parsers.page_text import PageText, Phrase, Row, text_box
from parsers.values.multiplying import multiplies
from parsers.values.numbers import NumberStyle, parse_number
from parsers.values.units import unit_code

_FIGURE = re.compile(r"[€$£]?\s?\d[\d.,' \u00a0]*(?:\s?[€$£]|\s?[^\W\d]{1,5}\.?)?")
_AMOUNT = re.compile(r"\d[.,]\d{2,5}\b")
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_GOODS = re.compile(r"[^\W\d]{3}|(?=.*\d)(?=.*[^\W\d])[\w./-]{4,}")
_LEAST_PHRASES = 3
_MOST_BETWEEN = 3
_ALIGNED = 3.0
_STYLES = (NumberStyle("."), NumberStyle(","))


def row_groups(page: PageText, areas: Sequence[Area]) -> list[list[Row]]:
    """The rows outside `areas` that repeat like lines: two or more under one another, or one that multiplies out.

    Rows between two of a group, the rest of a description say, belong to it.
    """
    own = [area for area in areas if area.page == page.number]
    rows = [row for row in page.rows if not any(area.top <= row.top and row.bottom <= area.bottom for area in own)]
    groups: list[list[int]] = []
    for place, row in enumerate(rows):
        if not _is_line_like(row):
            continue
        last = groups[-1][-1] if groups else None
        if last is not None and place - last <= _MOST_BETWEEN + 1 and _columns_shared(rows[last], row) > 1:
            groups[-1].append(place)
        else:
            groups.append([place])
    kept = [group for group in groups if len(group) > 1 or _multiplies_out(rows[group[0]])]
    return [list(rows[group[0] : group[-1] + 1]) for group in kept]


def headless_tables(pages: Sequence[PageText], part: str) -> list[PageTable]:
    """The groups of rows of a paper without any table heads, as grids whose columns have no names."""
    return [_table(page, group, part) for page in pages for group in row_groups(page, ())]


def _is_line_like(row: Row) -> bool:
    phrases = row.phrases
    if len(phrases) < _LEAST_PHRASES or is_total(row) or any(_is_label(phrase) for phrase in phrases):
        return False
    figures = _figures(row)
    named = any(_GOODS.search(phrase.text) and unit_code(phrase.text) is None for phrase in phrases if phrase not in figures)
    return named and len(figures) > 1 and any(_AMOUNT.search(figure.text) for figure in figures)


def _is_label(phrase: Phrase) -> bool:
    return phrase.text.endswith(":") or field_of_label(phrase.text) is not None


def _figures(row: Row) -> list[Phrase]:
    return [phrase for phrase in row.phrases if _FIGURE.fullmatch(phrase.text) and not _DAY.search(phrase.text)]


def _columns_shared(one: Row, other: Row) -> int:
    """How many figures of the two rows stand under one another, by either edge."""
    return sum(
        any(abs(above.x1 - below.x1) <= _ALIGNED or abs(above.x0 - below.x0) <= _ALIGNED for above in _figures(one))
        for below in _figures(other)
    )


def _multiplies_out(row: Row) -> bool:
    texts = [re.sub(r"[^\d.,' ]", "", figure.text).strip() for figure in _figures(row)][-6:]
    return any(_product(texts, style) for style in _STYLES)


def _product(texts: Sequence[str], style: NumberStyle) -> bool:
    numbers = [number for text in texts if (number := parse_number(text, style)) is not None]
    return any(
        multiplies(quantity, price, total) and 1 not in (quantity, price) and total.as_tuple().exponent == -2
        for quantity, price, total in combinations(numbers, 3)
    )


def _table(page: PageText, rows: Sequence[Row], part: str) -> PageTable:
    bands = list(_bands([row for row in rows if _is_line_like(row)]))
    cells = []
    for row in rows:
        placed = [[phrase for phrase in row.phrases if _nearest(phrase, bands) == band] for band in range(len(bands))]
        cells.append(tuple(text_box(phrases, part) if phrases else None for phrases in placed))
    area = Area(page.number, rows[0].top - 1, rows[-1].bottom + 1)
    return PageTable(Grid(tuple(cells)), area, TableHead((), 0, 0, area.top, area.top), ())


def _bands(rows: Sequence[Row]) -> Iterator[tuple[float, float]]:
    """The strips, left to right, that the rows' phrases take up: those that overlap are one column."""
    spans = sorted((phrase.x0, phrase.x1) for row in rows for phrase in row.phrases)
    start, end = spans[0]
    for x0, x1 in spans[1:]:
        if x0 < end:
            end = max(end, x1)
        else:
            yield start, end
            start, end = x0, x1
    yield start, end


def _nearest(phrase: Phrase, bands: Sequence[tuple[float, float]]) -> int:
    return min(range(len(bands)), key=lambda place: max(bands[place][0] - phrase.centre, phrase.centre - bands[place][1]))
