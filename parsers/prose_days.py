"""Days as sentences state them: as many words from a place on as make one day."""

from __future__ import annotations

import re
from datetime import date

from parsers.number_style import NumberStyle
from parsers.numbers import parse_date

_MOST_WORDS, _MOST_CHARACTERS = 6, 60
#: Whether words are a day does not hang on the day they are reckoned from.
_ANY_DAY = date(2026, 1, 1)


def day_at(text: str, at: int, style: NumberStyle, written_on: date | None) -> tuple[date, int] | None:
    """The day that the words at `at` state, as many of them as do, and where they end."""
    words = list(re.finditer(r"\S+", text[at : at + _MOST_CHARACTERS]))[:_MOST_WORDS]
    for count in range(len(words), 0, -1):
        end = at + words[count - 1].end()
        candidate = text[at:end].strip(" .,;:!?()")
        candidate = re.sub(r"['’]s$", "", candidate)  # "for Monday's van"
        day = parse_date(" ".join(candidate.split()), style, reference=written_on)
        if day is not None and not candidate.isdigit():
            return day, at + len(text[at:end].rstrip(" .,;:!?()"))
    return None


def starts_day(text: str, at: int, style: NumberStyle) -> bool:
    """Whether the words at `at` state a day, certain or relative."""
    return day_at(text, at, style, _ANY_DAY) is not None
