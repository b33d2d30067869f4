"""The last reckoning over a letter's words: what may alter the order and went into none of its values is asked about.

A wish can be worded in any way, but hardly without the small words of its language: "without", "but", "if", "max", "the same".
So each of them must stand within a value that was read, or in a phrase that is known to alter nothing. The words are in
`words/alterations.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from models.contracts.extraction_v1 import Problem
from models.domain.evidence import Evidence
from models.domain.findings import Severity
from parsers.prose.counting import COURTESY, orders
from parsers.prose.goods import stems
from parsers.prose.items import Source
from parsers.prose.not_counted import limits_in
from parsers.prose.other_matters import is_of_other_matters
from parsers.prose.segments import Segment
from parsers.prose.word_marks import find_marks
from parsers.prose.words import by_language

_FILE = "alterations.yaml"
_Span = tuple[int, int]
#: The number of a mobile telephone without a word for it, as it stands behind the name of who forwards: "600 555 071".
_TELEPHONE = re.compile(r"(?<![\w.,/-])(?:0\d{1,4}|[5-9]\d{2})(?:[ .]\d{2,4}){2,4}(?![\w%,.]|\s?[^\W\d_])")
_LONGEST_SEGMENT, _SHOWN, _BEFORE = 4000, 80, 30
#: So much of the words for goods makes them the same.
_MOSTLY = 0.67


@dataclass(frozen=True, slots=True)
class Explained:
    """What was read of a text: the places that values of the order hold, those of the segments that name its goods, and the
    stems of the words for each of these."""

    values: Sequence[_Span] = ()
    items: Sequence[_Span] = ()
    goods: Sequence[set[str]] = ()


def alterations_of(source: Source, segments: Sequence[Segment], explained: Explained) -> Iterator[Problem]:
    """One error that shows the first words that may alter the order, with how many more there are."""
    found = [words for segment in segments if (words := _unheld(source, segment, explained)) is not None]
    yield from shown(source, found, "says more than the order holds ({}): see whether it alters the order")


def shown(source: Source, found: Sequence[str], says: str) -> Iterator[Problem]:
    """One error where words were `found` that may be a wish: the first of them stands in `says` at its braces."""
    if found:
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        message = f"{source.part} {says}".replace("{}", f'"{found[0]}"{more}')
        evidence = tuple(Evidence(part=source.part, text=words) for words in found)
        yield Problem(code="unread_wish", severity=Severity.ERROR, message=message, evidence=evidence)


def remark_on(source: Source, segments: Sequence[Segment]) -> Iterator[Problem]:
    """An error where `source`, which stands beside the order (above what is forwarded, below the sign-off), may alter it:
    by its words, or by any number but a telephone's."""
    for segment in segments:
        text = _TELEPHONE.sub(lambda found: " " * len(found[0]), segment.of(source.text))
        numbers = (mark for mark in find_marks(text[:_LONGEST_SEGMENT], source.style, source.language) if mark.kind != "skip")
        numbered = any(mark.kind != "size" for mark in numbers)
        if numbered or next(_places(text, source.language, "alters", *_asking(segment, text)), None) is not None:
            shown = " ".join(text.split())[:_SHOWN]
            message = f'{source.part} says beside its order "{shown}": see whether it alters what is ordered'
            yield Problem(code="unread_wish", severity=Severity.ERROR, message=message)
            return


def may_alter(text: str, language: str | None) -> bool:
    """Whether a remark has words that may alter what it stands beside; of an unknown language, words of all seven count."""
    return next(_places(text[:_LONGEST_SEGMENT], language, "alters"), None) is not None


def _unheld(source: Source, segment: Segment, explained: Explained) -> str | None:
    """The words of a segment from shortly before the first that may alter the order."""
    text = segment.of(source.text)[:_LONGEST_SEGMENT]
    names = any(start < segment.end and segment.start < end for start, end in explained.items)
    if not names and (_declines(text, source.language, explained.goods) or _asks_to_be_told(text, source.language)):
        return None
    places = [
        at
        for at, end in _places(text, source.language, "alters", *(("options",) if names else _asking(segment, text)))
        if not _within(segment.start + at, segment.start + end, explained.values)
        and (names or not is_of_other_matters(text, at, end, source.language, explained.goods))
    ]
    places += [at for at, _ in _places(text, source.language, "choices")]
    if not places:
        return None
    start = text.rfind(" ", 0, max(0, min(places) - _BEFORE)) + 1
    return " ".join(text[start:].split())[:_SHOWN]


def _asking(segment: Segment, text: str) -> tuple[str, ...]:
    """The list of what adds goods, where something is asked for: "customer called as well" adds none."""
    return ("adds",) if segment.listed or orders(text) or COURTESY.search(text) else ()


def _declines(text: str, language: str | None, goods: Sequence[set[str]]) -> bool:
    """Whether a sentence says which goods are not wanted, and nothing orders them or puts them off."""
    if _pattern("declined", language).search(text) is None or _pattern("puts_off", language).search(text) is not None:
        return False
    said = stems(text)
    return not any(len(said & named) > _MOSTLY * len(named) for named in goods)


def _asks_to_be_told(text: str, language: str | None) -> bool:
    """Whether a sentence only says when the writer wants to hear something: "if anything is short, let me know"."""
    told = _pattern("informs", language).search(text) is not None
    return told and not orders(text) and re.search(r"\d", text) is None and next(_places(text, language, "adds"), None) is None


def _within(start: int, end: int, spans: Sequence[_Span]) -> bool:
    return any(begin <= start and end <= stop for begin, stop in spans)


def harmless_in(text: str, language: str | None) -> list[_Span]:
    """The places of phrases that alter nothing, of days on which nobody is there, and of the limits of vehicles."""
    return [
        *(found.span() for found in _pattern("harmless", language).finditer(text)),
        *(found.span() for found in _day_exceptions(language).finditer(text)),
        *limits_in(text, language),
    ]


def _places(text: str, language: str | None, *names: str) -> Iterator[_Span]:
    """Where words of the lists stand that no harmless phrase holds."""
    harmless = harmless_in(text, language)
    for name in names:
        for found in _pattern(name, language).finditer(text):
            if _old_day().match(text, found.start()):
                continue
            numbered = found[0].casefold() == "no" and re.match(r"\.|\s{0,3}[:#]?\s{0,3}\d", text[found.end() :])
            if not numbered and not any(start < found.end() and found.start() < end for start, end in harmless):
                yield found.span()


@cache
def _pattern(name: str, language: str | None) -> re.Pattern[str]:
    # Behind an apostrophe stand words too: "merci d'attendre", "qu'aucun", but not "don't".
    begins = r"(?<![\w-])(?:(?<=\bqu['’])|(?<!\w\w['’]))"
    return re.compile(rf"{begins}{by_language(_FILE, name, language)}(?![\w-])", re.IGNORECASE)


@cache
def _day_exceptions(language: str | None) -> re.Pattern[str]:
    """ "Except on Wednesdays", "sauf le mercredi après-midi"."""
    excepts, days = by_language(_FILE, "excepts", language), by_language(_FILE, "days_off", language)
    return re.compile(rf"(?<!\w){excepts}\s(?:[^\W\d_]{{1,8}}\s){{0,2}}{days}(?!\w)", re.IGNORECASE)


@cache
def _old_day() -> re.Pattern[str]:
    leads = by_language(_FILE, "old_days", None)
    return re.compile(
        rf"{leads}(?:\s(?:of|am|vom|dem|on|the|du|del|al|dell|van|de|dnia|op))?\s\d{{1,2}}[./]\d{{1,2}}(?!\d)", re.IGNORECASE
    )
