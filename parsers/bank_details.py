"""Words by which somebody changes where money goes: "please note our new bank account" has no place in an order.

Bank details alone are none: half of all letterheads print them. What is looked for is that they are new, changed, or to be paid
to; a supplier's own ("your bank details"), of which conditions of purchase speak, do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from models.contracts.extraction_v1 import Problem, StatedValue
from models.domain.evidence import Evidence
from models.domain.findings import Severity
from parsers.page_text import PageText, Phrase, text_box
from parsers.prose.words import pattern

CODE = "bank_details"
_LONGEST_TEXT, _BESIDE, _SHOWN, _MOST_ROWS = 200_000, 70, 120, 2000


def bank_doubts(part: str, *texts: str) -> tuple[Problem, ...]:
    """The doubt that the first telling one of `texts` raises, with the span of its words; none where nobody changes anything.
    Spans are those of each text."""
    for text in texts:
        found = _changed(text[:_LONGEST_TEXT])
        if found is not None:
            start, end = found
            return (_problem(part, (Evidence(part=part, span=(start, end), text=text[start:end]),)),)
    return ()


def bank_doubts_on(pages: Iterable[PageText], part: str) -> tuple[Problem, ...]:
    """The same of printed pages, with the boxes of the rows that the words stand in. A sentence may go on in the next row."""
    for page in pages:
        rows = [row.phrases for row in page.rows[:_MOST_ROWS]]
        for place, phrases in enumerate(rows):
            following = rows[place + 1] if place + 1 < len(rows) else ()
            for told in (phrases, (*phrases, *following)):
                if _changed(_joined(told)) is not None and _changed(_joined(following)) is None:
                    return (_problem(part, (text_box(told, part).evidence,)),)
    return ()


def bank_doubts_in_notes(notes: StatedValue | None, part: str) -> tuple[Problem, ...]:
    """The same of the notes of an order that was stated as data, with their own evidence."""
    found = _changed(notes.value[:_LONGEST_TEXT]) if notes else None
    if notes is None or found is None:
        return ()
    words = notes.value[found[0] : found[1]]
    return (_problem(part, notes.evidence or (Evidence(part=part, text=words),), words),)


def _joined(phrases: Sequence[Phrase]) -> str:
    return " ".join(phrase.text for phrase in phrases)


def _changed(text: str) -> tuple[int, int] | None:
    """From where to where the words of a change stand; None where there are none."""
    for noun in pattern(r"(?<!\w){{bank_details}}(?!\w)").finditer(text):
        before, after = text[max(noun.start() - _BESIDE, 0) : noun.start()], text[noun.end() : noun.end() + _BESIDE]
        head = pattern(r"(?<!\w){{bank_changed}}(?::?\s+{{bank_between}}(?!\w))*:?\s+\Z").search(before)
        tail = pattern(r"\A(?:\s+(?!\d)\w+)?(?:\s+(?!\d)\w+)?\s+{{bank_change_verbs}}(?!\w)").match(after)
        if (head or tail) and not _is_theirs(before, before[: head.start()] if head else before):
            start = noun.start() - (len(before) - head.start() if head else 0)
            return start, noun.end() + (tail.end() if tail else 0)
    return None


def _is_theirs(*befores: str) -> bool:
    """Whether the words right before say whose details are meant, and that they are no buyer's."""
    return any(pattern(r"(?<!\w){{bank_theirs}}\s+(?:[^\W\d_]+\s+)?\Z").search(before) for before in befores)


def _problem(part: str, evidence: tuple[Evidence, ...], text: str = "") -> Problem:
    words = re.sub(r"\s+", " ", text or evidence[0].text).strip()[:_SHOWN]
    message = (
        f'{part} speaks of changed bank details ("{words}"): take none of them over, and ask the customer on a number that '
        "you knew before, not by answering"
    )
    return Problem(code=CODE, severity=Severity.ERROR, message=message, evidence=evidence)
