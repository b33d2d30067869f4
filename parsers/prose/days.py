"""Days as sentences state them: as many words from a place on as make one day, and calendar weeks wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from parsers.lexicon import folded, terms, words_file
from parsers.values.number_style import NumberStyle
from parsers.values.numbers import parse_date

_MOST_WORDS, _MOST_CHARACTERS = 6, 60
#: Whether words are a day does not hang on the day they are reckoned from.
ANY_DAY = date(2026, 1, 1)
_ARTICLE = re.compile(r"(?:the|den|dem|zum|le|el|il|de|dnia|del|dell|al)\s*$", re.IGNORECASE)
_WORKING = re.compile(r"\s{1,3}(?:robocz|working|work\b|business|ouvr|h[áa]bil|laborable|lavorativ|werkdag)", re.IGNORECASE)
#: "In den 2. Stock", "the 3rd floor", "le 1er étage": no day of a month.
_FLOORS = re.compile(
    r"\.?\s{1,2}(?:stock\w*|[oud]g|etagen?|\w{0,5}geschoss|floor|level|étage|piso|planta|piano|verdieping|piętr\w*|advent|halle|tor|hof"
    r"|eingang|gate|building|door|entrance|porte|puerta|portone|deur)(?!\w)",
    re.IGNORECASE,
)
#: "Friday 27" is no Friday alone, whatever weekday the 27th is.
_DAY_FOLLOWS = re.compile(r"[ ,]{1,2}\d{1,2}(?:(?:st|nd|rd|th|er|e)(?!\w)|\.?(?=\s{0,3}(?:$|[.,;!)\n])))(?!\d)", re.IGNORECASE)


def day_at(text: str, at: int, style: NumberStyle, written_on: date | None) -> tuple[date, int] | None:
    """The day that the words at `at` state, as many of them as do, and where they end."""
    words = list(re.finditer(r"\S+", text[at : at + _MOST_CHARACTERS]))[:_MOST_WORDS]
    for count in range(len(words), 0, -1):
        end = at + words[count - 1].end()
        candidate = text[at:end].strip(" .,;:!?()")
        candidate = re.sub(r"['’]s$", "", candidate)  # "for Monday's van"
        day = parse_date(" ".join(candidate.split()), style, reference=written_on)
        if day is not None and not candidate.isdigit():
            last = at + len(text[at:end].rstrip(" .,;:!?()"))
            if _WORKING.match(text, last):
                return None  # nobody here knows which days the sender's trade works
            if _FLOORS.match(text, last) and re.fullmatch(r"(?:[^\W\d_]{1,3}\s){0,2}\d{1,2}\W?[^\W\d_]{0,3}", candidate):
                return None
            cut_short = not re.search(r"\d", candidate) and _DAY_FOLLOWS.match(text, last)
            return None if cut_short else (day, last)
    return None


def day_led(text: str, lead: tuple[int, int], style: NumberStyle, written_on: date | None) -> tuple[date, int] | None:
    """The day behind the words of `lead`, or of which they are a part: "avant le | 15", "| Mitte | Dezember"."""
    start, end = lead
    if day := day_at(text, end, style, written_on):
        return day
    article = _ARTICLE.search(text[start:end])
    if article and (day := day_at(text, start + article.start(), style, written_on)):
        return day
    whole = day_at(text, start, style, written_on)
    return whole if whole and whole[1] > end else None


def states_day(text: str, lead: tuple[int, int], style: NumberStyle) -> bool:
    """Whether the words of a lead and those behind it state a day, certain or relative."""
    if day_led(text, lead, style, ANY_DAY) is not None:
        return True
    named = re.compile(r"\s{0,3}([^\W\d_]{2,12})").match(text, lead[1])
    is_weekday = named is not None and parse_date(named[1], style, reference=ANY_DAY) is not None
    return is_weekday and named is not None and _DAY_FOLLOWS.match(text, named.end()) is not None


#: "livraison S48", as only French letters have it: elsewhere it is a size.
_FRENCH_WEEK = re.compile(r"(?<![\w-])S\.?\s?(?:[1-9]|[0-4]\d|5[0-3])(?![\w-])")


def weeks_in(text: str, language: str | None = None) -> Iterator[tuple[int, int]]:
    """Where `text` names calendar weeks: "KW 48", "semaine 48", "49. KW", "w 48 tygodniu"."""
    forms = (_weeks(), _FRENCH_WEEK) if language == "fr" else (_weeks(),)
    return (found.span() for form in forms for found in form.finditer(text))


@cache
def _weeks() -> re.Pattern[str]:
    listed = words_file("dates.yaml")["week"].values()
    words = {word for line in listed for word in terms(line) if len(folded(word).strip(".")) > 1}
    word = "|".join(re.escape(each.strip(".")) for each in sorted(words, key=len, reverse=True))
    number, year = r"(?:[1-9]|[0-4]\d|5[0-3])", r"(?:\s?[/.-]\s?(?:20\d\d|\d\d))?"
    return re.compile(
        rf"(?<!\w)(?:{word})\.?\s?(?:n[r°o]\.?\s?)?{number}{year}(?![\w%]|[.,]\d)"
        rf"|(?<![\w.,/-]){number}\.?\s?(?:{word})(?!\w)(?!\s?\d)",
        re.IGNORECASE,
    )
