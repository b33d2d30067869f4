"""Dates as documents and mails write them: figures, month names of seven languages, calendar weeks, and words such as
"tomorrow". What is impossible or could be two days is None, never a guess."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache, lru_cache

from parsers.lexicon import folded, terms, words_file
from parsers.values.number_style import NumberStyle

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_MILITARY = re.compile(r"^(20\d{2})\s?([a-z]{3})\s?(\d{2})$")  # 2026NOV05
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_FIGURES = re.compile(r"(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})")
_DAY_MONTH = re.compile(r"(\d{1,2})([./])(\d{1,2})\.?")
#: "the 15th", "le 15", "do 15-go": a day of the month alone, told from a number by what stands beside it.
_DAY_ALONE = re.compile(
    r"(?P<article>(?:the|den|dem|le|el|il|de|del|al|dnia|zum) )?(?P<day>\d{1,2})(?P<ordinal>st|nd|rd|th|er|e|o|º|°|-?go|\.)?"
)
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|º|°)?[\s./-]*([^\W\d_]+)\.?[\s./,'’-]*(?:de |del |of )?(\d{4}|\d{2})?")
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.?[\s.-]*(\d{1,2})(?:st|nd|rd|th)?(?:[\s,.-]+(\d{4}|\d{2}))?")
_YEAR_FIRST_NAMED = re.compile(r"(\d{4})[\s.-]+([^\W\d_]+)\.?[\s.-]+(\d{1,2})")
_AT = r"(?:(?:at|um|a las|alle|om|before|by|until|vor|bis|voor|tot|avant|antes de las|hasta las|entro le|przed|do) )"
_TIME = re.compile(
    r"[\st,]+(?:" + _AT + r"?\d{1,2}[:h]\d{2}(?::\d{2}(?:\.\d+)?)?"
    r"\s*(?:uhr|uur|hrs?|h|am|pm|z|utc|cet|est|[+-]\d{2}:?\d{2})?"
    r"|" + _AT + r"\d{1,2}\.\d{2}|" + _AT + r"?\d{1,2}(?:\.\d{2})?\s*(?:uhr|uur|hrs?|h|am|pm))\s*$"
)
_EPOCH = date(1899, 12, 30)
_SERIAL = re.compile(r"(?:3[7-9]|4\d|5[0-4])\d{3}(?:[.,]\d+)?")  # 2001 to 2050
_PLACE = re.compile(
    r"[^\W\d_a-z][^\W\d_]+(?:[ -][^\W\d_]+){0,3},\s*(?=\S*\s?\d|(?:den|le|li|dnia|el|op)\s)"
)  # "Kiel, den 18.11.2026"
_ISO_WEEK = re.compile(r"(\d{4})[-\s]?w(\d{1,2})(?:-?([1-7]))?")
_WEEK_BEHIND = re.compile(r"(\d{1,2})\.? ?([^\W\d_]{1,12})")
_WEEK_FIGURES = re.compile(r"(\d{1,2})\s*[./\s-]?\s*(\d{4}|\d{2})?")
_MONDAY, _WEDNESDAY, _FRIDAY = 1, 3, 5
_MONTHS_AHEAD = 3


@cache
def _names(section: str) -> Mapping[str, int]:
    """Folded month or weekday name -> its number, from 1."""
    names: dict[str, int] = {}
    for listed in words_file("dates.yaml")[section].values():
        for number, term in enumerate(terms(listed), start=1):
            for name in term.split("|"):
                names.setdefault(_plain(name), number)
                if "ä" in name:
                    names.setdefault(_plain(name.replace("ä", "ae")), number)
    return names


@cache
def _words(section: str) -> frozenset[str]:
    return frozenset(_plain(term) for listed in words_file("dates.yaml")[section].values() for term in terms(listed))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", folded(text).replace("’", "'")).strip(" .,:;")


@lru_cache(maxsize=8192)  # the words behind a "by" are looked at where goods end, where a day is wanted and for the head
def parse_date(text: str, style: NumberStyle, *, reference: date | None = None) -> date | None:
    """The one day that `text` states, or None: ambiguous under `style`, impossible, more than a date, or no date ("ASAP").

    Words ("tomorrow", "Freitag", "lundi prochain", "end of month") and days without a year need `reference`, the day the
    text was written; they are then the first such day after it. A calendar week is its Friday: goods that are wanted in
    a week are in time if they come by its last working day.
    """
    if not text or len(text) > 80:
        return None
    if style.serial_days and _SERIAL.fullmatch(text.strip()):
        return _EPOCH + timedelta(days=int(text.strip()[:5]))
    place = _PLACE.match(text.strip())
    plain = _TIME.sub("", _plain(text.strip()[place.end() :] if place else text)).strip(" .,:;()")
    for candidate in _without_fillers(plain):
        found = _stated(candidate, style, reference) or _by_week(candidate, reference)
        if found is None and reference is not None:
            found = _relative(candidate, reference)
        if found is not None:
            return found if 1990 <= found.year <= 2099 else None
    return _said_twice(text, style, reference)


def _said_twice(text: str, style: NumberStyle, reference: date | None) -> date | None:
    """The day of "KW 49/2026, spätestens 04.12.2026": pieces that all state it, a week by holding it."""
    pieces = [piece for piece in re.split(r"[,;()]", text) if piece.strip()]
    if not 1 < len(pieces) < 4:
        return None
    days = [parse_date(piece, style, reference=reference) for piece in pieces]
    found = {
        day for day, piece in zip(days, pieces, strict=True) if day is not None and _by_week(_plain(piece), reference) is None
    }
    weeks = {day.isocalendar()[:2] if day is not None else None for day in days}
    return found.pop() if len(found) == 1 and len(weeks) == 1 and None not in weeks else None


def _without_fillers(text: str) -> list[str]:
    """`text`, then with leading and trailing words such as "by the", "spätestens am", weekdays before a date, taken away."""
    candidates = [text]
    fillers, weekdays = _words("filler"), _names("weekdays")
    tokens = text.split(" ")
    while len(tokens) > 1 and (tokens[0].strip(".,") in fillers or (tokens[0].strip(".,") in weekdays and len(tokens) > 1)):
        tokens = tokens[1:]
        candidates.append(" ".join(tokens).strip(" .,:;"))
    while len(tokens) > 1 and tokens[-1].strip(".,") in fillers:
        tokens = tokens[:-1]
        candidates.append(" ".join(tokens).strip(" .,:;"))
    return candidates


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _stated(text: str, style: NumberStyle, reference: date | None) -> date | None:
    text = _MILITARY.sub(r"\3 \2 \1", text)
    if match := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _FIGURES.fullmatch(text):
        return _from_figures(int(match[1]), int(match[3]), _year(match[4]), match[2], style)
    if named := _from_names(text, reference):
        return named
    if reference is not None and (match := _DAY_MONTH.fullmatch(text)):
        first, second = int(match[1]), int(match[3])
        order = "dmy" if match[2] == "." or first > 12 else "mdy" if second > 12 else style.date_order
        if order == "dmy":
            return _next_occurrence(second, first, reference)
        return _next_occurrence(first, second, reference) if order == "mdy" else None
    return None


def _from_figures(first: int, second: int, year: int, mark: str, style: NumberStyle) -> date | None:
    # Points between figures are continental (DIN 5008): day first, whatever the rest of the document does.
    if mark == "." or first > 12:
        return _day(year, second, first)
    if second > 12:
        return _day(year, first, second)
    if first == second:
        return _day(year, first, second)
    if style.date_order is None:
        return None
    return _day(year, second, first) if style.date_order == "dmy" else _day(year, first, second)


def _from_names(text: str, reference: date | None) -> date | None:
    months = _names("months")
    if match := _YEAR_FIRST_NAMED.fullmatch(text):
        day, name, year = match[3], match[2], match[1]
    elif match := _NAMED.fullmatch(re.sub(r"\b(?:de|del|of)\b ?", "", text)):
        day, name, year = match[1], match[2], match[3]
    elif match := _MONTH_FIRST.fullmatch(text):
        day, name, year = match[2], match[1], match[3]
    else:
        return None
    month = months.get(name)
    if month is None:
        return None
    if year is None:
        return _next_occurrence(month, int(day), reference) if reference else None
    return _day(_year(year), month, int(day))


def _next_occurrence(month: int, day: int, reference: date) -> date | None:
    this_year = _day(reference.year, month, day)
    # A day shortly past is a late mail, not next year's.
    if this_year is not None and this_year >= reference - timedelta(days=30):
        return this_year
    return _day(reference.year + 1, month, day)


def _by_week(text: str, reference: date | None) -> date | None:
    if match := _ISO_WEEK.fullmatch(text):
        return _weekday_of_week(int(match[1]), int(match[2]), int(match[3] or _FRIDAY))
    if match := _WEEK_BEHIND.fullmatch(text):
        text = f"{match[2]} {match[1]}"  # "49. KW", "48 tygodniu"
    word = re.match(r"([^\W\d_]+)\.?\s*", text)
    if not word or word[1] not in _words("week"):
        return None
    figures = _WEEK_FIGURES.fullmatch(text[word.end() :].strip())
    if figures is None:
        return None
    week, year = int(figures[1]), figures[2]
    if year and len(year) == 2 and int(year) == week + 1:
        week, year = week + 1, None  # "KW 48/49": in time by the later one
    if year:
        return _weekday_of_week(_year(year), week, _FRIDAY)
    return _coming_week(week, reference) if reference else None


def _coming_week(week: int, reference: date) -> date | None:
    here = _weekday_of_week(reference.isocalendar().year, week, _FRIDAY)
    if here is not None and here >= reference - timedelta(days=30):
        return here
    return _weekday_of_week(reference.isocalendar().year + 1, week, _FRIDAY)


def _weekday_of_week(year: int, week: int, weekday: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, weekday)
    except ValueError:
        return None


def _relative(text: str, reference: date) -> date | None:
    for section, days in (("today", 0), ("tomorrow", 1), ("day_after_tomorrow", 2)):
        if text in _words(section):
            return reference + timedelta(days=days)
    readers = (_weekday_of_next_week, _weekday, _part_of_week, _next_week, _end_of, _part_of_month, _in_days, _day_of_month)
    return next((found for reader in readers if (found := reader(text, reference)) is not None), None)


def _weekday_of_next_week(text: str, reference: date) -> date | None:
    """ "Tuesday next week", "kommende Woche Dienstag"."""
    tokens = _telling(text)
    weekdays = [token for token in tokens if token in _names("weekdays")]
    others = {*tokens} - {*weekdays}
    if len(weekdays) != 1 or not others & _words("week_word") or others - _words("week_word") - _words("next") - _words("this"):
        return None
    ahead = 7 if others & _words("next") else 0
    return reference + timedelta(days=ahead + _names("weekdays")[weekdays[0]] - reference.isoweekday())


def _telling(text: str) -> list[str]:
    """The words of `text` but those that say nothing of the day."""
    tokens = [token.strip(".,") for token in text.split(" ")]
    return [token for token in tokens if token in _words("week_word") or (token and token not in _words("filler"))]


def _part_of_week(text: str, reference: date) -> date | None:
    """The beginning or the middle of a week: its Monday, its Wednesday."""
    for section, weekday in (("begin", _MONDAY), ("middle", _WEDNESDAY)):
        opening = max((word for word in _words(section) if text.startswith(f"{word} ")), key=len, default=None)
        rest = _telling(text[len(opening) :]) if opening else []
        if any(token in _words("week_word") for token in rest) and len(rest) <= 3:
            ahead = 7 if any(token in _words("next") for token in rest) else 0
            return reference + timedelta(days=ahead + weekday - reference.isoweekday())
    return None


def _part_of_month(text: str, reference: date) -> date | None:
    """The beginning or the middle of a month: its first day, its 15th (BGB section 192), and words for its end."""
    if text in _words("month_end_word"):
        return _last_of_month(reference.year, reference.month)
    for section, day in (("begin", 1), ("middle", 15)):
        opening = max((word for word in _words(section) if text.startswith((f"{word} ", f"{word}-"))), key=len, default=None)
        rest = text[len(opening) :].strip(" -").split(" ") if opening else [""]
        month = _names("months").get(rest[0].strip("."))
        if month is not None and len(rest) == 1:
            return _next_occurrence(month, day, reference)
    return None


def _day_of_month(text: str, reference: date) -> date | None:
    """A day of the running or the coming month ("the 15th", "Thursday 26"); with its weekday, the next day that has both."""
    weekday, _, rest = text.partition(" ")
    named = _names("weekdays").get(weekday.strip(".,"))
    found = _DAY_ALONE.fullmatch(rest if named else text)
    if found is None or not (named or found["article"] or found["ordinal"]):
        return None
    for ahead in range(_MONTHS_AHEAD):
        months = reference.month - 1 + ahead
        day = _day(reference.year + months // 12, months % 12 + 1, int(found["day"]))
        if day is not None and day >= reference:
            return day if named is None or day.isoweekday() == named else None
    return None


def _weekday(text: str, reference: date) -> date | None:
    """A weekday is the first one after `reference`; "next Monday" the one of the coming ISO week or later, so at least that."""
    tokens = [token for token in text.split(" ") if token not in _words("this")]
    is_next = any(token in _words("next") for token in tokens)
    names = [token for token in tokens if token not in _words("next")]
    if len(names) != 1 or names[0] not in _names("weekdays"):
        return None
    ahead = (_names("weekdays")[names[0]] - reference.isoweekday() - 1) % 7 + 1
    found = reference + timedelta(days=ahead)
    same_week = found.isocalendar()[:2] == reference.isocalendar()[:2]
    return found + timedelta(days=7) if is_next and same_week else found


def _next_week(text: str, reference: date) -> date | None:
    tokens = text.split(" ")
    if not any(token in _words("week_word") for token in tokens) or len(tokens) > 4:
        return None
    ahead = 7 if any(token in _words("next") for token in tokens) or text.endswith("que viene") else 0
    if not ahead and not any(token in _words("this") for token in tokens) and not text.startswith(tuple(_words("end"))):
        return None
    return reference + timedelta(days=ahead + _FRIDAY - reference.isoweekday())


def _end_of(text: str, reference: date) -> date | None:
    opening = max((word for word in _words("end") if text.startswith(f"{word} ")), key=len, default=None)
    if opening is None:
        return None
    rest = text[len(opening) :].strip().split(" ")
    if any(token in _words("month_word") for token in rest):
        ahead = 1 if any(token in _words("next") for token in rest) else 0
        return _last_of_month(reference.year, reference.month + ahead)
    month = _names("months").get(rest[0])
    if month is None or len(rest) > 2:
        return None
    year = int(rest[1]) if len(rest) == 2 and rest[1].isdigit() and len(rest[1]) == 4 else None
    return _last_of_month(year or reference.year + (month < reference.month), month)


def _last_of_month(year: int, month: int) -> date:
    year, month = (year + 1, month - 12) if month > 12 else (year, month)
    following = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return following - timedelta(days=1)


def _in_days(text: str, reference: date) -> date | None:
    match = re.fullmatch(r"(.*?)\s?(\d{1,2}|[^\W\d_]+) ([^\W\d_]+)", text)
    if not match or (match[1] and match[1] not in _words("within")) or not (match[1] or match[2].isdigit()):
        return None
    count = int(match[2]) if match[2].isdigit() else _names("small_numbers").get(match[2])
    if count is None:
        return None
    weeks = _words("weeks_word") | _words("week_word")
    if match[3] in weeks:
        return reference + timedelta(weeks=count)
    return reference + timedelta(days=count) if match[3] in _words("day_word") else None
