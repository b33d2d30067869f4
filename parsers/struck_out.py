"""Print with a line through it: what somebody struck out is still read, and nobody would know that it is not wanted any more.

A line of a form runs between its rows; where many words have one through them, print and form have slipped against one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from models.contracts.extraction_v1 import Problem
from models.domain.document import Word
from models.domain.findings import Severity
from parsers.layout import PageText, Phrase, Rule, baselines, text_box

CODE = "struck_out"
#: How far down a word its middle lies, as shares of its height: underlining lies below, a form's line above.
_HIGHEST, _LOWEST = 0.32, 0.7
_COVERED = 0.8
#: A line across the whole sheet is a form's or a crease; and what slipped is so much of a page, or more.
_WHOLE_SHEET, _SLIPPED = 0.8, 0.25
_SHOWN = 120
#: In points.
_BEYOND = 2.0
_MOST_RULES = 400


def struck_out_on(pages: Iterable[PageText], part: str) -> Iterator[Problem]:
    """A question for each page that has words with a line through them, which names them and shows where."""
    for page in pages:
        struck = _struck(page)
        if not struck or len(struck) > max(_SLIPPED * len(page.words), 1):
            continue
        rows = baselines(struck)
        shown = "; ".join(" ".join(word.text for word in row) for row in rows)[:_SHOWN]
        yield Problem(
            code=CODE,
            severity=Severity.ERROR,
            message=f'page {page.number}: "{shown}" has a line through it: ask whether that is still wanted',
            evidence=tuple(text_box([Phrase.of(row)], part).evidence for row in rows),
        )


def _struck(page: PageText) -> list[Word]:
    """The words that a level line runs through, each once."""
    longest = _WHOLE_SHEET * page.width
    rules = [rule for rule in page.rules if not rule.upright and rule.x1 - rule.x0 <= longest][:_MOST_RULES]
    said = [word for word in page.words if sum(letter.isalnum() for letter in word.text) >= 2] if rules else []
    found: dict[int, Word] = {}
    for rule in rules:
        here = [word for word in said if _is_through(rule, word)]
        if here and (not page.scanned or _reaches_beyond(rule, here)):
            found |= {id(word): word for word in here}
    return list(found.values())


def _reaches_beyond(rule: Rule, words: list[Word]) -> bool:
    """Whether a line begins before the words and ends behind them: on a scan, bars of letters that touch are lines as well."""
    return rule.x0 < min(word.x0 for word in words) - _BEYOND and rule.x1 > max(word.x1 for word in words) + _BEYOND


def _is_through(rule: Rule, word: Word) -> bool:
    down = ((rule.top + rule.bottom) / 2 - word.top) / max(word.bottom - word.top, 1.0)
    shared = min(rule.x1, word.x1) - max(rule.x0, word.x0)
    return _HIGHEST <= down <= _LOWEST and shared >= _COVERED * (word.x1 - word.x0)
