"""The numbers that a document prints, each with the words that name it: beside it or above it, whatever those words are.

They are candidates and nothing more: which of them is the order's number is for whoever knows the sender. Few of a document's
first pages, rows and lines are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from models.domain.document import Grid, TextBox
from models.domain.evidence import Evidence
from models.domain.layout_hints import Place, PrintedNumber, label_key
from parsers.page_text import PageText, Phrase, Row

_MOST = 150
_PAGES, _SHEETS, _ROWS, _LINES = 3, 3, 60, 300
_LONGEST_LINE, _LONGEST_CODE, _LONGEST_LABEL = 160, 40, 60
_CODE = r"(?=\S*\d)[^\W_][\w./-]+(?: (?=\S*\d)[\w./-]+){0,3}"
_WHOLE = re.compile(_CODE)
_NAMED = re.compile(rf"(?P<label>\D*?[^\W\d_]{{2}}\D*?)[\s:#.]*\s(?P<code>{_CODE})[.,;]?")
_AFTER_COLON = re.compile(r"(?P<label>[^:\d]*[^\W\d_]{2}[^:\d]*):\s*(?P<code>(?=[^:]*\d)[^\W_][\w./ -]*)[.,;]?")
_NO_NUMBER = re.compile(r"\d{1,3}(?:[., ]\d{3})*[.,]\d{1,2}|\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}")
#: How far below its label a value stands, in heights of letters.
_BELOW = 2.5


def numbers_on_pages(pages: Sequence[PageText], part: str) -> tuple[PrintedNumber, ...]:
    """Those of the first pages, from the top down."""
    return tuple(islice((number for page in pages[:_PAGES] for row in page.rows for number in _in_row(row, page, part)), _MOST))


def numbers_in_text(text: str, part: str) -> tuple[PrintedNumber, ...]:
    """Those that end a line of a letter, named by the words of that line. Spans count characters of `text`."""
    return tuple(islice(_in_lines(text, part), _MOST))


def numbers_in_sheets(sheets: Iterable[Grid]) -> tuple[PrintedNumber, ...]:
    """Those of the first rows of the first sheets."""
    rows = (grid.rows[:_ROWS] for grid in islice(sheets, _SHEETS))
    return tuple(islice((number for some in rows for number in _in_cells(some)), _MOST))


def _in_row(row: Row, page: PageText, part: str) -> Iterator[PrintedNumber]:
    for place, phrase in enumerate(row.phrases):
        box = phrase.box(part)
        if (own := _within(box)) is not None:
            yield own
        elif _is_code(phrase.text):
            if place and (beside := _made(row.phrases[place - 1].text, "beside", box)):
                yield beside
            above = _above(phrase, page.phrases)
            if above is not None and (below := _made(above.text, "below", box)):
                yield below


def _above(phrase: Phrase, phrases: Sequence[Phrase]) -> Phrase | None:
    """The nearest phrase right above, over the same width."""
    over = (
        each
        for each in phrases
        if 0 < phrase.middle - each.middle < _BELOW * phrase.size and each.x0 < phrase.x1 and each.x1 > phrase.x0
    )
    return max(over, key=lambda each: each.middle, default=None)


def _in_lines(text: str, part: str) -> Iterator[PrintedNumber]:
    start = 0
    for line in islice(text.split("\n"), _LINES):
        if len(line) <= _LONGEST_LINE:
            box = TextBox(line.strip(), Evidence(part=part, span=(start, start + len(line)), text=line.strip()))
            if (own := _within(box)) is not None:
                yield own
        start += len(line) + 1


def _in_cells(rows: Sequence[Sequence[TextBox | None]]) -> Iterator[PrintedNumber]:
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell is None:
                continue
            if (own := _within(cell)) is not None:
                yield own
            elif _is_code(cell.text):
                left = next((each for each in reversed(row[:place]) if each is not None), None)
                over = rows[at - 1][place] if at and place < len(rows[at - 1]) else None
                named = ((left, "beside"), (over, "below"))
                yield from (found for label, how in named if label and (found := _made(label.text, how, cell)))  # type: ignore[arg-type]


def _within(box: TextBox) -> PrintedNumber | None:
    """A label and its number in one text: "Kommission: KM 26/118"."""
    text = " ".join(box.text[: _LONGEST_LINE + 1].split())
    found = _AFTER_COLON.fullmatch(text) or _NAMED.fullmatch(text)
    if found is None or len(text) > _LONGEST_LINE:
        return None
    return _made(found["label"], "beside", box, found["code"].strip())


def _is_code(text: str) -> bool:
    return len(text) <= _LONGEST_CODE and _WHOLE.fullmatch(text.strip(" #:")) is not None


def _made(label: str, place: Place, box: TextBox, code: str = "") -> PrintedNumber | None:
    """The number with its label; None where the label names nothing or the number is a day, an amount or a count."""
    value = (code or box.text.strip(" #:")).rstrip("./-")
    key = label_key(label) if len(label) <= _LONGEST_LABEL else ""
    if not re.search(r"[^\W\d_]{2}", key) or re.search(r"\d", key):
        return None
    if not 3 <= len(value) <= _LONGEST_CODE or _NO_NUMBER.fullmatch(value):
        return None
    return PrintedNumber(label=key, place=place, value=value, confidence=box.confidence, evidence=box.evidence)
