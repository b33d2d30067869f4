"""Print with a line through it: who sees it knows that it is not wanted any more, and only the buyer knows how much of it.

Words of a file's own are left out and asked about; on a scan, where a stroke may be dirt, they are asked about alone. A line of a
form runs between its rows; where many words of a scan have one through them, print and form have slipped against one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from models.contracts.extraction_v1 import Problem
from models.domain.document import Word
from models.domain.findings import Severity
from parsers.page_text import PageText, Phrase, Rule, baselines, text_box

CODE = "struck_out"
#: How far down a word its middle lies, as shares of its height: underlining lies below, a form's line above.
_HIGHEST, _LOWEST = 0.32, 0.72
_COVERED = 0.8
#: On a scan, a line across the whole sheet is a form's or a crease; and what slipped is so much of a page, or more.
_WHOLE_SHEET, _SLIPPED = 0.8, 0.25
#: Of a page of the file's own letters, more than this is never left out.
_MOST_LEFT_OUT = 0.5
_SHOWN = 120
#: In points.
_BEYOND, _SLACK = 2.0, 3.0
_LEAST_ALIKE = 2
_MOST_RULES = 400


def struck_words(words: Sequence[Word], rules: Iterable[Rule]) -> tuple[Word, ...]:
    """The words of a page of its own letters that a level line runs through, none where that is most of them. A line that goes
    on far beyond words without a figure is an ornament behind a heading."""
    found: set[int] = set()
    for rule in [rule for rule in rules if not rule.upright][:_MOST_RULES]:
        here = [word for word in words if _is_through(rule, word)]
        if here and (_ends_with(rule, here) or any(sign.isdigit() for word in here for sign in word.text)):
            found.update(map(id, here))
    return tuple(word for word in words if id(word) in found) if len(found) <= _MOST_LEFT_OUT * len(words) else ()


def struck_out_on(pages: Iterable[PageText], part: str) -> Iterator[Problem]:
    """A question for each page that has words with a line through them, which names them and shows where."""
    for page in pages:
        if not (struck := page.struck or _on_scan(page)):
            continue
        rows = baselines(struck)
        shown = "; ".join(" ".join(word.text for word in row) for row in rows)
        yield _question(f"page {page.number}: ", shown).model_copy(
            update={"evidence": tuple(text_box([Phrase.of(row)], part).evidence for row in rows)}
        )


def struck_out_in(words: Iterable[str], part: str) -> Iterator[Problem]:
    """A question that names the words which a text strikes through, if there are any."""
    if told := [text for each in words if (text := " ".join(each.split()))]:
        yield _question(f"{part}: ", "; ".join(told))


def _question(where: str, words: str) -> Problem:
    shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]} …"
    message = f'{where}"{shown}" has a line through it: ask whether that is still wanted'
    return Problem(code=CODE, severity=Severity.ERROR, message=message)


def _on_scan(page: PageText) -> list[Word]:
    """The words of a scanned page that a level line runs through, each once."""
    if not page.scanned:
        return []
    level = [rule for rule in page.rules if not rule.upright][:_MOST_RULES]
    said = [word for word in page.words if sum(letter.isalnum() for letter in word.text) >= 2] if level else []
    form = [*_ruling(level, said), *(rule for rule in level if rule.x1 - rule.x0 > _WHOLE_SHEET * page.width)]
    rules = [rule for rule in level if not any(_lies_on(rule, other) for other in form)]
    found: dict[int, Word] = {}
    for rule in rules:
        here = [word for word in said if _is_through(rule, word)]
        if here and _reaches_beyond(rule, here):
            found |= {id(word): word for word in here}
    return list(found.values()) if len(found) <= max(_SLIPPED * len(page.words), 1) else []


def _ruling(level: Sequence[Rule], words: Sequence[Word]) -> list[Rule]:
    """The lines of a form's ruling: those that begin and end where at least two others do which run through no word."""
    between = [rule for rule in level if not any(_is_through(rule, word) for word in words)]
    return [rule for rule in level if sum(_is_as_long(rule, other) for other in between if other is not rule) >= _LEAST_ALIKE]


def _is_as_long(rule: Rule, other: Rule) -> bool:
    return abs(rule.x0 - other.x0) <= _SLACK and abs(rule.x1 - other.x1) <= _SLACK


def _lies_on(rule: Rule, other: Rule) -> bool:
    """Whether a line is another one or a stretch of it, as drawn lines are found again that print interrupts."""
    apart = abs((rule.top + rule.bottom) - (other.top + other.bottom)) / 2
    return apart <= _SLACK and rule.x0 >= other.x0 - _SLACK and rule.x1 <= other.x1 + _SLACK


def _ends_with(rule: Rule, words: Sequence[Word]) -> bool:
    height = max(word.bottom - word.top for word in words)
    return rule.x0 >= min(word.x0 for word in words) - height and rule.x1 <= max(word.x1 for word in words) + height


def _reaches_beyond(rule: Rule, words: Sequence[Word]) -> bool:
    """Whether a line begins before the words and ends behind them: on a scan, bars of letters that touch are lines as well."""
    return rule.x0 < min(word.x0 for word in words) - _BEYOND and rule.x1 > max(word.x1 for word in words) + _BEYOND


def _is_through(rule: Rule, word: Word) -> bool:
    down = ((rule.top + rule.bottom) / 2 - word.top) / max(word.bottom - word.top, 1.0)
    shared = min(rule.x1, word.x1) - max(rule.x0, word.x0)
    return _HIGHEST <= down <= _LOWEST and shared >= _COVERED * (word.x1 - word.x0)
