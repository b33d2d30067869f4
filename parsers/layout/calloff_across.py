"""Call-offs of several articles that stand across a table's head, with a day before each row of quantities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from models.domain.document import Grid, TextBox, Word
from parsers.layout.calloff import CallOff
from parsers.layout.columns import Columns, columns_of
from parsers.layout.heads import Head, TableHead
from parsers.layout.starts import is_total
from parsers.lexicon import column_of_header
from parsers.page_text import PageText, Row, text_box, word_box
from parsers.values.units import unit_code

_DAY = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})|\d{4}-\d{2}-\d{2}|(?:KW|week|sem\.?)\s?\d{1,2}(?:[./]\d{2,4})?", re.IGNORECASE
)
_CODE = re.compile(r"(?=.*\d)(?!\d{1,3}$)[A-Z0-9][\w./-]{2,24}", re.IGNORECASE)
_QUANTITY = re.compile(r"\d{1,3}(?:[., ]\d{3})+|\d{1,7}")
_NOTHING = re.compile(r"[-–—.0]?")
_UNIT = re.compile(r"\(([^\W\d]{2,12}\.?)\)|\bin ([^\W\d]{2,12})\b")
Cells = Mapping[int, Sequence[Word]]
_LEAST_ROWS = _LEAST_ARTICLES = 2
_HEAD_ROWS, _SAID_ABOVE = 3, 3
_DAYS = ("requested_delivery_date", "order_date", "head.order_date")
_SUM = re.compile(r"(?:summe|gesamt|total|totale|totaal|razem|suma|somme)\b", re.IGNORECASE)
_NAMES = ("Part No.", "Description", "Delivery date", "Quantity", "Unit")


def call_offs_across(page: PageText, part: str) -> Iterator[CallOff]:
    """Each table of days down and articles across, as a grid with a row for each delivery. A table whose own sums say otherwise
    is none, nor is one whose cells hold anything but whole numbers."""
    rows = page.rows
    place = 0
    while place < len(rows):
        end = next((at for at in range(place, len(rows)) if not _is_dated(rows[at])), len(rows))
        if end - place >= _LEAST_ROWS and (found := _table(page, rows, place, end, part)) is not None:
            yield found
        place = max(end, place + 1)


def _is_dated(row: Row) -> bool:
    texts = [phrase.text for phrase in row.phrases]
    counts = [text for text in texts[1:] if _QUANTITY.fullmatch(text)]
    return (
        bool(_DAY.fullmatch(texts[0])) and bool(counts) and all(text in counts or _NOTHING.fullmatch(text) for text in texts[1:])
    )


def _table(page: PageText, rows: Sequence[Row], first: int, end: int, part: str) -> CallOff | None:
    """The table whose deliveries are the rows from `first` to before `end`, None where its head or its sums do not fit."""
    top = next((at for at in range(first - 1, max(-1, first - 1 - _HEAD_ROWS), -1) if _names_articles(rows[at])), None)
    if top is None:
        return None
    heads = [Head((phrase,), column_of_header(phrase.text)) for phrase in rows[top].phrases]
    body, below = rows[first:end], list(_undated(rows[end:]))
    columns = columns_of(heads, [*body, *below], page.rules, rows[top].top, rows[first - 1].bottom)
    named = [columns.parted(row) for row in rows[top:first]]
    deliveries = [columns.parted(row) for row in body]
    days = next((place for place, head in enumerate(columns.heads) if head is heads[0]), None)
    if days is None or heads[0].role not in _DAYS or not all(cells.get(days) for cells in deliveries):
        return None
    articles = [place for place, head in enumerate(columns.heads) if head is not None and place != days]
    stray = any(words and place not in (days, *articles) for cells in deliveries for place, words in cells.items())
    if stray or not _sums_agree(below, deliveries, articles, columns):
        return None
    unit = _unit_above(rows[max(0, top - _SAID_ABOVE) : top + 1], part)
    lines = [
        (_box(named[0], place, part), _text_of(named, place, part), _box(cells, days, part), _box(cells, place, part), unit)
        for place in articles
        for cells in deliveries
        if not _NOTHING.fullmatch(_said(cells, place))
    ]
    grid = Grid((_head_row(rows[top], part), *lines))
    bottom = (below or body)[-1].bottom
    return TableHead(tuple(heads), top, first - 1, rows[top].top, rows[first - 1].bottom), columns, grid, bottom


def _names_articles(row: Row) -> bool:
    """Whether all of a row but its first cell are codes."""
    codes = [phrase for phrase in row.phrases[1:] if _CODE.fullmatch(phrase.text) and not _DAY.fullmatch(phrase.text)]
    return len(codes) >= _LEAST_ARTICLES and len(codes) == len(row.phrases) - 1


def _undated(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows right below the deliveries that have figures under the articles: sums, what was delivered so far."""
    for row in rows:
        counts = [phrase for phrase in row.phrases[1:] if _QUANTITY.fullmatch(phrase.text)]
        if not counts or len(counts) < len(row.phrases) - 1:
            return
        yield row


def _sums_agree(below: Sequence[Row], deliveries: Sequence[Cells], articles: Sequence[int], columns: Columns) -> bool:
    """Whether the first row that names a sum holds the sums of the deliveries; true where none does."""
    total = next((columns.parted(row) for row in below if is_total(row) or _SUM.match(row.text)), None)
    if total is None:
        return True
    return all(sum(_number(_said(cells, place)) for cells in deliveries) == _number(_said(total, place)) for place in articles)


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text) or 0)


def _said(cells: Cells, place: int) -> str:
    return " ".join(word.text for word in cells.get(place, ()))


def _box(cells: Cells, place: int, part: str) -> TextBox | None:
    return word_box(cells[place], part) if cells.get(place) else None


def _text_of(named: Sequence[Cells], place: int, part: str) -> TextBox | None:
    """What stands below an article's code."""
    words = [word for cells in named[1:] for word in cells.get(place, ())]
    return word_box(words, part) if words else None


def _unit_above(rows: Sequence[Row], part: str) -> TextBox | None:
    """The unit that a sentence above the table names for all its quantities: "folgende Mengen (Stück)"."""
    for row in reversed(rows):
        for found in _UNIT.finditer(row.text):
            word = found[1] or found[2]
            if unit_code(word) is not None:
                return replace(text_box(row.phrases, part), text=word)
    return None


def _head_row(row: Row, part: str) -> tuple[TextBox | None, ...]:
    """The heads that the paper leaves out, at the place of the articles' row."""
    box = text_box(row.phrases, part)
    return tuple(replace(box, text=name) for name in _NAMES)
