"""Call-offs of one article: it is labelled in the page's head, and the table has nothing but days and quantities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from models.contracts.extraction_v1 import Problem
from models.domain.document import Grid, TextBox
from models.domain.findings import Severity
from parsers.layout.columns import Columns, columns_of
from parsers.layout.heads import TEXT_ROLES, Head, TableHead
from parsers.layout.starts import is_total
from parsers.lexicon import column_of_header, meaning_of_header, split_at_header
from parsers.page_text import PageText, Phrase, Row, text_box, word_box
from parsers.tables.column_guess import PARTS

_DELIVERED = frozenset({"quantity", "requested_delivery_date"})
_MOST_COLUMNS, _LONGEST_LABEL = 7, 40
_REACH = 30
_FORECAST = re.compile(
    r"(?:forecast|planned|planning|vorschau|prognose|planbedarf|plan|pr[ée]vision(?:nel)?s?|previsi[óo]n|previsione|prognoza|"
    r"prognose|vooruitblik)",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d")

#: A table's head, its columns, and the rows below it on its page.
CallOff = tuple[TableHead, Columns, Grid, float]


def call_offs_on(page: PageText, part: str) -> Iterator[CallOff]:
    """Each table of days and quantities below the labels of an article, as a grid that begins with those labels; and where its
    rows end."""
    rows = page.rows
    for place, row in enumerate(rows):
        heads = [Head((phrase,), column_of_header(phrase.text)) for phrase in row.phrases]
        roles = {head.role for head in heads}
        if not roles >= _DELIVERED or roles & TEXT_ROLES or len(heads) > _MOST_COLUMNS:
            continue
        labels = [each for each in rows[max(0, place - _REACH) : place] if _is_labelled(each)]
        below = [each for each in rows[place + 1 :] if not is_total(each)]
        columns = columns_of(heads, below[:_REACH], page.rules, row.top, row.bottom)
        body = list(_deliveries(rows[place + 1 :], columns))
        if body and any(_names_article(each) for each in labels):
            head = TableHead(tuple(heads), place, place, row.top, row.bottom)
            named = tuple(None if each is None else text_box(each.phrases, part) for each in columns.heads)
            cells = (_cells(each, columns, part) for each in body)
            blank = (None,) * len(named)  # the labels are no second row of the head
            grid = Grid((*(_label_cells(each, part, len(named)) for each in labels), blank, named, *cells))
            yield head, columns, grid, body[-1].bottom


def forecasts_in(grids: Sequence[Grid], part: str) -> Iterator[Problem]:
    """An error where rows of a table are told to be forecasts, which nobody delivers yet."""
    cells = [cell.text for grid in grids for row in grid.rows for cell in row if cell is not None]
    said = next((text for text in cells if _FORECAST.fullmatch(text.strip(" .:"))), None)
    if said is not None:
        message = f'{part} marks some of its quantities as "{said}": see which of them are ordered, and strike the others'
        yield Problem(code="may_be_forecast", severity=Severity.ERROR, field="lines", message=message)


def _is_labelled(row: Row) -> bool:
    first = row.phrases[0]
    if (split := split_at_header(first.text)) is not None and ":" in first.text and len(row.phrases) == 1:
        return split[1] != ""
    return len(row.phrases) == 2 and len(first.text) <= _LONGEST_LABEL and meaning_of_header(first.text.rstrip(": ")) is not None


def _names_article(row: Row) -> bool:
    first = row.phrases[0].text
    split = split_at_header(first)
    meaning = split[0] if split is not None and ":" in first else meaning_of_header(first.rstrip(": "))
    return meaning is not None and meaning.name in PARTS


def _deliveries(rows: Sequence[Row], columns: Columns) -> Iterator[Row]:
    """The rows right below the head that have figures under both the day and the quantity."""
    for row in rows:
        cells = columns.parted(row)
        filled = {head.role for place, words in cells.items() if (head := columns.heads[place]) and _has_figure(words)}
        if not filled >= _DELIVERED:
            return
        yield row


def _has_figure(words: Sequence[object]) -> bool:
    return any(_FIGURE.search(getattr(word, "text", "")) for word in words)


def _label_cells(row: Row, part: str, width: int) -> tuple[TextBox | None, ...]:
    boxes: list[TextBox | None] = [_box(phrase, part) for phrase in row.phrases]
    return (*boxes, *[None] * (width - len(boxes)))


def _box(phrase: Phrase, part: str) -> TextBox:
    return text_box([phrase], part)


def _cells(row: Row, columns: Columns, part: str) -> tuple[TextBox | None, ...]:
    parted = columns.parted(row)
    return tuple(word_box(parted[place], part) if parted.get(place) else None for place in range(len(columns.heads)))
