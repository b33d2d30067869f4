"""The day on which a letter wants its goods: what its sentences lead to, or name without a lead; not the days of meetings, of
offers, of stamps and of absence."""

from __future__ import annotations

import re
from datetime import date

from models.contracts.extraction_v1 import StatedValue
from parsers.lexicon import folded
from parsers.prose.counting import COURTESY, orders
from parsers.prose.days import day_at, day_led
from parsers.prose.items import Source
from parsers.prose.segments import Segment
from parsers.prose.word_marks import find_marks
from parsers.prose.words import pattern, word_set

_WEAK_LEADS = frozenset(
    [
        "on",
        "am",
        "for",
        "in",
        "le",
        "el",
        "il",
        "op",
        "na",
        "do",
        "für",
        "para",
        "per",
        "voor",
        "pour",
        "zum",
        "before",
        "until",
        "by",
        *("to", "au", "al", "naar", "auf", "ab", "dès", "w", "we", "nella", "este", "przed", "tegen"),
    ]
)
_DELIVERING = re.compile(
    r"deliver|need|want|requir|arriv|ship|send|liefer|benötig|brauch|eintreff|livr|besoin|expédi|envoy|entreg|necesit|enví"
    r"|consegn|serv|lever|nodig|dostaw|dostarcz|potrzeb",
    re.IGNORECASE,
)
#: "As wished, here in writing: 300 bags ...": goods with their number.
_ANNOUNCED = re.compile(r":\s{1,3}\d{1,5}\s")
_SHORT_SENTENCE, _LONGEST_GREETING = 7, 40
#: How far words beside a day are looked for.
_BESIDE = 60


def day_in(source: Source, segment: Segment, written_on: date | None) -> StatedValue | None:
    """The surest day that a segment names as the one on which the goods are wanted."""
    text = segment.of(source.text)
    days: list[StatedValue] = []
    for found in pattern(r"(?<!\w)(?P<lead>{{wanted_by}})(?!\w)\s*:?\s*").finditer(text):
        says_when = segment.listed or _DELIVERING.search(text) or orders(text) or COURTESY.search(text) or text.endswith(":")
        says_when = says_when or _ANNOUNCED.search(text[: found.start()]) is not None
        if found["lead"].casefold() in _WEAK_LEADS and not says_when:
            continue
        day = day_led(text, found.span("lead"), source.style, written_on)
        if day is not None and _is_said_by_chance(found, day, source.language, written_on):
            continue
        if day is not None and not _is_of_something_else(text, found.start()) and not _is_stamp(text, day, written_on):
            relative = not re.search(r"\d", text[found.end() : day[1]])
            start, end = segment.start + found.end(), segment.start + day[1]
            days.append(source.stated(day[0].isoformat(), start, end, 0.84 if relative else 0.9))
    return max(days, key=lambda value: value.confidence, default=None)


def _is_said_by_chance(lead: re.Match[str], day: tuple[date, int], language: str | None, written_on: date | None) -> bool:
    """Whether a lead is a word of another language ("hopelijk komen we zo", no Sunday), "w 3" no week of a Polish letter, and
    a day "van 12 oktober" is past."""
    said = lead.string[lead.start("lead") : day[1]].casefold()
    if lead["lead"].casefold() in {"w", "we"} and language is not None:
        return language != "pl" or re.fullmatch(r"we?\s*\d*", said) is not None
    return "van" in said.split() and written_on is not None and day[0] < written_on


def bare_day_in(source: Source, segment: Segment, written_on: date | None) -> StatedValue | None:
    """The first day that is named in a segment, is not past and is not said of something else."""
    text = segment.of(source.text)
    for at in _bare_days(source, text):
        day = day_at(text, at, source.style, written_on)
        if day is None or _is_of_something_else(text, at) or _is_stamp(text, day, written_on):
            continue
        if written_on is None or day[0] >= written_on:
            return source.stated(day[0].isoformat(), segment.start + at, segment.start + day[1], 0.8)
    return None


#: Short in English, words of other languages: "mon poste est le 212".
_ENGLISH_DAYS = frozenset(["mon", "wed", "sat", "sun"])


def _bare_days(source: Source, text: str) -> list[int]:
    """Where days stand in `text`: words for them, weekdays, calendar weeks and dates."""
    dated = [mark.start for mark in find_marks(text, source.style, source.language) if mark.kind == "date"]
    found = pattern(r"(?<!\w)(?:{{relative_days}}|{{parts_of_time}})(?!\w)").finditer(text)
    english = source.language in {None, "en"}
    worded = [each.start() for each in found if english or each[0].casefold() not in _ENGLISH_DAYS]
    return sorted({*worded, *dated})


def _is_of_something_else(text: str, at: int) -> bool:
    """Whether the words before a day say that it is past, or that of an offer, a call or a holiday."""
    before = re.findall(r"[^\W\d_]+", text[max(0, at - _BESIDE) : at])[-2:]
    if word_set("not_wanted_days") & {folded(word) for word in before}:
        return True
    if _NOT_THEN.match(text, at):
        return True
    clause = re.split(r"[,;:!?]", text[:at])[-1]
    return _MET.search(clause) is not None or _ABSENT.match(text, at) is not None


#: Who met or spoke on a day: it is past.
_MET = re.compile(
    r"(?<!\w)(?:(?:was|were) (?:there|here|in|at|with|over|round)|saw|met|spoke|talked|visited|(?:see|seeing|meet|meeting) you"
    r"|(?:war|waren) (?:ich|wir|er|sie)|gesehen|getroffen|gesprochen|telefoniert|vus?|rencontrés?|parlé|étais|étions"
    r"|vimos|hablamos|estuv\w+|ver(?:te|le|les|los)|visti|sentiti|parlato|stat[oi]|veder\w+|gesproken|gezien"
    r"|by(?:łem|łam|liśmy)|widzieliśmy|rozmawia\w+|(?:not|out|away|off) (?:in|here|of the office|around)|(?:i am|i'm"
    r"|we are|we're) (?:not|off|away|out)"
    r"|sick|ill|malade|enferm[oa]|malat[oa]|sehen uns|treffen uns|on se voit|se verra|nous voyons|nous verrons"
    r"|suis pas là|sommes pas là|serai pas là|nos vemos|no estoy|no estamos"
    r"|no estaré|ci vediamo|non ci sono|non ci siamo|non sono|zien we|zie ik|zien elkaar|do zobaczenia|widzimy się"
    r"|nie ma (?:mnie|nas))(?!\w)",
    re.IGNORECASE,
)
#: "Ik ben er maandag niet", "w poniedziałek mnie nie ma": right behind a day.
_NOT_THEN = re.compile(r"(?:[^\W\d_]+)\s(?:nicht|niet|not|mnie nie ma|nas nie ma|nie ma)(?!\w)", re.IGNORECASE)
#: From a day on, or on it, nobody is there.
_ABSENT = re.compile(
    r"(?:[^\W\d_]+\s){1,5}?(?:urlaub|ferien|abwesend|krank|verreist|nicht (?:da|hier|im (?:haus|büro|betrieb))|sick|ill"
    r"|poorly|off sick|not (?:in|here|around)|malade|enferm[oa]|malat[oa]|ziek|chor\w+|er niet|auf der messe"
    r"|at the (?:fair|show)|au salon|en la feria|in fiera|op de beurs|na targach|unterwegs|geschlossen|holidays?|leave"
    r"|vacation|away|closed|congés?|vacances|absente?|fermés?"
    r"|vacaciones|cerrad[oa]s?|ferie|assente|chius[oiae]|vakantie|afwezig|gesloten|urlop\w*|zamknięt\w|nieczynn\w)(?!\w)",
    re.IGNORECASE,
)
#: A date in figures with the time of the clock, at the end of a text or right before what follows.
_CLOCK = r"[\s,]{1,3}\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m|\sGMT|\sUTC|\sCES?T)?"
_STAMP_WITHIN = re.compile(rf"\d[^:\n]{{0,14}}{_CLOCK}$", re.IGNORECASE)
_STAMP_BEHIND = re.compile(rf"{_CLOCK}", re.IGNORECASE)


def _is_stamp(text: str, day: tuple[date, int], written_on: date | None) -> bool:
    """Whether a day is that of the mail itself with the time at which a system made it: "placed Feb 10 09:41 am"."""
    if day[0] != written_on:
        return False
    stated = text[: day[1]][-_BESIDE:]
    behind = re.search(r"\d\.?$", stated) and _STAMP_BEHIND.match(text, day[1])
    return bool(behind or _STAMP_WITHIN.search(stated))


def may_state_day(text: str) -> bool:
    """Whether a day without a lead may be the wanted one in a sentence: it speaks of delivering, orders, or says little else."""
    if pattern(r"\W*{{salutations}}(?!\w)").match(text) and len(text) <= _LONGEST_GREETING:
        return False  # "Guten Morgen" is no day
    return _DELIVERING.search(text) is not None or orders(text) or len(text.split()) <= _SHORT_SENTENCE or _suits(text)


def _suits(text: str) -> bool:
    """ "Vrijdag in de loop van de ochtend is prima": a sentence that begins with a day and says that it suits."""
    begins = pattern(r"\W*(?:(?:on|am|le|el|il|op|w|we)\s)?{{relative_days}}(?!\w)").match(text)
    return begins is not None and _SUITS.search(text) is not None


_SUITS = re.compile(
    r"(?<!\w)(?:fine|ideal|perfect|good|great|ok|okay|passt|reicht|gut|prima|perfekt|parfait|suffit|convient|perfetto"
    r"|bene|perfecto|bien"
    r"|goed|super|pasuje|wystarczy|odpowiada)(?!\w)",
    re.IGNORECASE,
)
