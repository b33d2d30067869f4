"""What people write beside the lines of a sheet that alters these: remarks in a column of their own, sentences above or below.

"If missing, replace with OL-06", "Line 2 is too much", "do not ship those in red": nothing of it is carried out, all is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from models.contracts.extraction_v1 import Problem
from models.domain.document import Grid, TextBox
from models.domain.findings import Severity
from parsers.head_words import kinds_of
from parsers.language import language_of
from parsers.prose.alterations import may_alter
from parsers.prose.words import expression_of
from parsers.tables.columns import Heading
from parsers.tables.head_rows import Row
from parsers.tables.headings import headings_of
from parsers.tables.not_ordered import says_cancelled
from parsers.wordlists import terms, words_file

_ROWS_ASKED, _ROWS_BELOW, _SHOWN = 400, 100, 3
_FEWEST_WORDS, _LONGEST = 3, 400
_EXPLAINED = re.compile(r"=|→|\b(?:means|bedeute[nt]|heißt|signifie|significa|betekent|oznacza)\b", re.IGNORECASE)
_LISTED = re.compile(r"[^\W\d_]+\s*:\s*[^\W\d_]{2}[^\d:]*")
_NAMED = re.compile(r"([^\W\d_]{2,20})\.?\s{0,2}(?:n[or°º]\.?\s{0,2})?\d")


def doubts_of_notes(sheet: Grid) -> Iterator[Problem]:
    """An error that shows the first of the cells that may alter the lines of `sheet`."""
    seen = (*sheet.rows[:_ROWS_ASKED], *sheet.rows[max(_ROWS_ASKED, len(sheet.rows) - _ROWS_BELOW) :])
    sentences = (cell for row in seen for cell in row if cell is not None and _alters_lines(cell.text))
    found = list({id(cell): cell for cell in (*_in_columns(sheet.rows), *sentences, *_legend(seen))}.values())
    if found:
        shown = "; ".join(f'"{_short(cell.text)}" ({cell.evidence.cell or cell.evidence.part})' for cell in found[:_SHOWN])
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        message = f"notes beside the lines may alter what is ordered: {shown}{more}; see what they ask for"
        yield Problem(code="unread_wish", severity=Severity.ERROR, field="lines", message=message)


def _legend(rows: Sequence[Row]) -> Iterator[TextBox]:
    """The cells that say what a colour means: "yellow = new", and outside of the tables "red: cancelled". Colours themselves are
    not read."""
    tables = set(_rows_of_tables(rows))
    for at, row in enumerate(rows):
        cells = [cell for cell in row if cell is not None and len(cell.text) <= _LONGEST]
        for cell in cells:
            listed = at not in tables and _LISTED.fullmatch(cell.text.strip())
            if (listed or _EXPLAINED.search(cell.text)) and _pattern("colours").search(cell.text):
                yield cell


def _rows_of_tables(rows: Sequence[Row]) -> Iterator[int]:
    """The places of the rows from the heads of tables down to the next blank row."""
    for start in headings_of(rows):
        for at in range(start, len(rows)):
            if not any(cell is not None and cell.text.strip() for cell in rows[at]):
                break
            yield at


def _short(text: str) -> str:
    return " ".join(text.split())[:80]


def _in_columns(rows: Sequence[Row]) -> Iterator[TextBox]:
    """The remarks in columns of the tables, beside lines that count something; that a line is cancelled is known."""
    headings = headings_of(rows[:_ROWS_ASKED])
    for (at, heading), end in zip(headings.items(), [*list(headings)[1:], len(rows)], strict=False):
        places = [column.index for column in heading.columns if _is_for_remarks(column.head)] if heading.is_order_table else []
        for row in rows[at + heading.rows : end] if places else ():
            cells = [row[place] for place in places if place < len(row)] if _is_counted(row, heading) else []
            yield from (cell for cell in cells if cell is not None and _may_alter(cell.text))


def _may_alter(text: str) -> bool:
    return not says_cancelled(text) and may_alter(text, language_of(text))


def _is_for_remarks(head: str) -> bool:
    return any("remark" in kinds for kinds in kinds_of(head) or ())


def _is_counted(row: Row, heading: Heading) -> bool:
    column = heading.column_of("quantity")
    cell = row[column.index] if column is not None and column.index < len(row) else None
    return cell is not None and re.search(r"[1-9]", cell.text) is not None


def _alters_lines(text: str) -> bool:
    """Whether a sentence says that lines are not to be sent or are to be others, or what is wrong with one that it names."""
    if len(text) > _LONGEST or len(text.split()) < _FEWEST_WORDS:
        return False
    for found in _pattern("sentences").finditer(text):
        following = re.match(r"\W*([^\W\d_]+)", text[found.end() :])
        if following is None or following[1].casefold() not in _unless():
            return True
    named = any(_names_lines(word) for word in _NAMED.findall(text))
    return named and _pattern("named").search(text) is not None


@cache
def _names_lines(word: str) -> bool:
    return any(kinds & {"position", "thing"} for kinds in kinds_of(word) or ())


@cache
def _pattern(name: str) -> re.Pattern[str]:
    listed: dict[str, str] = words_file("paper_notes.yaml")[name]
    entries = [entry for words in listed.values() for entry in terms(words)]
    return re.compile(rf"(?<![\w'’-]){expression_of(entries)}(?![\w-])", re.IGNORECASE)


@cache
def _unless() -> frozenset[str]:
    return frozenset(terms(words_file("paper_notes.yaml")["unless"]["all"]))
