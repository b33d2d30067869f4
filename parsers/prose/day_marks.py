"""Days and hours in running text, which count no goods: dates, weekdays with their number, calendar weeks, opening hours."""

from __future__ import annotations

import re
from functools import cache

from parsers.lexicon import folded, terms, words_file
from parsers.prose.days import weeks_in
from parsers.prose.marks import Finder, Mark, followed_by_unit
from parsers.prose.words import pattern
from parsers.values.units import unit_code

_DAYS = (
    r"(?<![\w.,/-])(?:\d{1,2}(?P<sign>[./-])\d{1,2}(?P=sign)(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.(?!\d)"
    r"|\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:of\s+|de\s+)?(?P<month>[^\W\d_]{3,10})\.?(?:,?\s+(?:de\s+)?\d{4})?)(?!\w)",
    r"(?<![\w.,/-])(?P<month>[A-ZŻ][^\W\d_]{2,9})\.?\s+\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?(?![\w%]|[.,]\d)",
)
#: A day and a month behind a word that leads to one: "środę 18.11", "bis 18.11".
_SHORT_DAY = (
    r"(?<!\w)(?:bis|am|zum|na|do|dnia|le|il|el|op|on|by|{{relative_days}}|środę|sobotę|niedzielę),?\s+"
    r"(?P<day>(?:0?[1-9]|[12]\d|3[01])[./](?:0?[1-9]|1[0-2]))(?![\d./]|,\d)"
)
#: The same without its month: "Friday 27", "before the 15th", "entro il 15", but not "for the 15 boxes".
_DAY_OF_MONTH = r"(?:0?[1-9]|[12]\d|3[01])"
_CLOSES_DAY = (
    r"(?:(?:st|nd|rd|th|er|º|°|-?go)(?!\w)|\.?(?=\s*(?:$|[.,;:!?)]|(?:please|pls|bitte|svp|por favor|grazie|aub|graag)\b"
    r"|(?:at|um|à|au|alle|om|before|vor|morning|vormittags?|früh|matin|mattina|ochtend|rano)\b)))"
)
_LONE_DAYS = (
    r"(?<!\w)(?:{{weekdays}})\.?,?\s+(?:(?:the|den|le|el|il|de)\s+)?"
    r"(?P<day>" + _DAY_OF_MONTH + r")(?![:/]|[.,]\d)" + _CLOSES_DAY,
    r"(?<!\w)(?<!\d\s)(?:{{days_led_by}})\s+(?P<day>" + _DAY_OF_MONTH + r")(?:(?<=\d)e(?!\w)|" + _CLOSES_DAY + r")",
)
#: "4 fri", "4 tomorrow": as text messages write "for".
_FOR_DAY = re.compile(
    r"(?<![\w.,/-])4\s(?=(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}|tomorrow|tmrw|tomoz|today|next week)(?!\w))", re.IGNORECASE
)
_CLOCK = (
    r"(?<!\w)(?:after|before|from|until|till|between|around|about|gegen|um|vers|hacia las|sobre las|verso le|rond|omstreeks|około"
    r"|ok\.?|koło|ca\."
    r"|ab|nach|vor|bis|après|avant|dès|dopo le|prima delle|dalle|alle"
    r"|a partir de las|antes de las|na|voor|vanaf|od|po|przed)\s+"
    r"(?P<hour>(?:[01]?\d|2[0-4])(?:\s?(?:-|–|to|and|und|et|bis|à|e|y|en|do)\s?(?:[01]?\d|2[0-4]))?)"
    r"(?=\s*(?:$|[:;!?)\n]|[.,](?!\d)|o'clock|o’clock|uhr\b|hrs?\b|h\b|heures?\b|horas?\b|uur\b|godz|rano\b|wieczorem\b"
    r"|in the (?:morning|evening)\b|vormittags?\b|früh\b|du matin\b|de la mañana\b|di mattina\b))"
)
#: "zwischen 7 und 9 Uhr", "dalle 7 alle 9", "from 8 to 4": hours of a day from one word to another, with or without "o'clock".
_HOUR = r"(?:[01]?\d|2[0-4])(?:[.:h][0-5]\d)?"
_HOURS = (
    rf"(?<!\w)(?:between|from|zwischen|von|entre(?:\slas)?|de(?:\slas)?|tussen|van|tra\sle|fra\sle|dalle|między|od)\s{_HOUR}\s?h?"
    rf"\s(?:and|to|till|until|und|bis|et|à|y|a|e|en|tot|alle|do)\s(?:(?:las?|le)\s)?{_HOUR}"
    r"(?:(?=\s*(?:$|[:;!?)\n]|[.,](?!\d)))|\s?(?:o'clock|o’clock|uhr|hrs?|h|heures?|horas?|uur|[ap]m)(?!\w)"
    r"|(?<=[.:h][0-5]\d)(?![\w%])|(?=\s(?:please|in the|bitte|if|with|mit|avec|con|met|z|onsite|on site)(?!\w)))"
)
#: What follows an hour in a sentence, and no number of goods: "if you come after 3 you will find us".
_GOES_ON = (
    r"(?:you|we|i|as|since|because|will|is|wir|ich|da|weil|denn|ist|sind|öffnen|öffnet|schließen|beginnen|nous|je|il|car|puisque"
    r"|ci|perché|siamo|trovi|trovate|apriamo|que|porque|seguro|estamos|hay|abrimos|want|omdat|zijn|gaan|open|dicht|bo|gdyż|jest"
    r"|będzie|otwieramy|at the latest|sharp|if at all|if possible|si possible|si puede|se possibile|se riuscite|wenn möglich)"
)
_LONE_HOUR = (
    r"(?<!\w)(?:after|before|until|till|from|at|by|nach|vor|ab|bis|um|après|avant|dès|à|después de las|antes de las|desde las"
    r"|a partir de las|a las|dopo le|prima delle|dalle|alle|na|voor|vanaf|om|po|przed|od|o)\s+"
    r"(?P<hour>(?:[01]?\d|2[0-4])(?:[.:h][0-5]\d)?)(?:\s?h|\s(?:uhr|uur))?(?=,?\s" + _GOES_ON + r"(?!\w))"
)
#: "As we open at 12", "quando apriamo alle 12".
_OPENING = (
    r"(?<!\w)(?:open|opens|start|close|shut|öffnen|schließen|beginnen|ouvrons|fermons|ouvre|ferme|abrimos|cerramos|apriamo|chiudiamo"
    r"|open|gaan|otwieramy|zamykamy|at|um|à|a las|alle|om|o)\s(?:(?:at|um|à|a las|alle|om|o)\s)?"
    r"(?P<hour>[01]?\d|2[0-4])(?=\s?(?:h|uhr|uur)?\s?(?:$|[.!?)]|(?:open|öffnen|otwieramy)(?!\w)))"
)
#: "Deliveries go to the lodge, 8 to 5, except Wednesdays".
_HOURS_SET_OFF = (
    r"(?<!\w)(?:open|hours|deliver(?:y|ies)|goods-in|reception|lodge)[^.!?\n\d]{1,60}\s"
    r"(?P<hour>(?:[01]?\d|2[0-4])\s(?:to|till|until)\s(?:[01]?\d|2[0-4]))(?=\s*(?:$|[.,;)]))"
)
_TIMES = r"(?<![\w.,/-])\d{1,2}:\d{2}\s*(?:uhr|h|am|pm)?(?![\w:])|(?<![\w.,])\d{1,2}(?:\.\d{2})?\s?(?:uhr|h|am|pm)(?!\w)"


def find_dates(finder: Finder) -> None:
    if finder.language in {"en", None}:
        for found in _FOR_DAY.finditer(finder.text):
            finder.add(Mark("date", found.start(), found.end(), found[0]))
    for start, end in weeks_in(finder.text, finder.language):
        if followed_by_unit(finder.text, end) or pattern(r"(?<!\w){{running_weeks}}\s+$").search(finder.text[:start]):
            continue  # "next week 12 boxes"
        finder.add(Mark("date", start, end, finder.text[start:end]))
    for form, languages in ((_DAYS[0], (finder.language, "en")), (_DAYS[1], ("en",))):
        for found in re.finditer(form, finder.text):
            if found["month"] is None or _is_named_day(finder, found, languages):
                finder.add(Mark("date", found.start(), found.end(), found[0]))
    for found in pattern(_SHORT_DAY).finditer(finder.text):
        if not followed_by_unit(finder.text, found.end()):
            finder.add(Mark("date", found.start("day"), found.end("day"), found["day"]))
    for form in _LONE_DAYS:
        for found in pattern(form).finditer(finder.text):
            if not followed_by_unit(finder.text, found.end()):
                finder.add(Mark("date", found.start("day"), found.end(), found["day"]))


def find_hours(finder: Finder) -> None:
    for form in (_HOURS, _TIMES):
        for found in re.finditer(form, finder.text, re.IGNORECASE):
            finder.add(Mark("skip", found.start(), found.end(), found[0]))
    for form in (_CLOCK, _LONE_HOUR, _OPENING, _HOURS_SET_OFF):
        for found in re.finditer(form, finder.text, re.IGNORECASE):
            finder.add(Mark("skip", found.start("hour"), found.end("hour"), found["hour"]))


def _is_named_day(finder: Finder, found: re.Match[str], languages: tuple[str | None, ...]) -> bool:
    """Whether a number beside a word is a day: not in "liefern Sie 20 Kartons" nor in "20 set di coltelli"."""
    if not is_month(found["month"], *languages) or followed_by_unit(finder.text, found.end()):
        return False
    return unit_code(found["month"]) is None or re.search(r"\d{4}$", found[0]) is not None


@cache
def _months(languages: tuple[str | None, ...]) -> frozenset[str]:
    listed = words_file("dates.yaml")["months"].items()
    lines = (line for code, line in listed if None in languages or code in languages)
    return frozenset(folded(name) for line in lines for term in terms(line) for name in term.split("|"))


def is_month(word: str, *languages: str | None) -> bool:
    """Whether a word is a month's name, whole or shortened, in one of `languages`, or in any where one is None."""
    return folded(word).rstrip(".") in _months(languages or (None,))
