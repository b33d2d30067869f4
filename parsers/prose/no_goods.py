"""Words that stand where goods are named and name none: a denial, a restriction, how it is to be delivered, a part of what was
counted. They went into a value of the order, and yet say something that no value holds, so a person is asked about them.

The words are in `words/no_goods.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from models.contracts.extraction_v1 import Problem
from parsers.prose.alterations import harmless_in, shown
from parsers.prose.items import IDENTIFIERS, Item, Source
from parsers.prose.segments import Segment
from parsers.prose.words import by_language
from parsers.values.numbers import number_in_words

_FILE = "no_goods.yaml"
_LONGEST_SEGMENT, _SHOWN = 4000, 80
_SMALLEST_PART = 2
_INSTALMENTS = r"(?<!\w){into}\s{1,3}(\w{1,14})\s{1,3}(?:[^\W\d_]{1,14}\s{1,3})?{instalments}(?!\w)"
_SITES = r"(?<!\w){for_them}\s{1,3}(\w{1,14})\s{1,3}(?:[^\W\d_]{1,14}\s{1,3})?{sites}(?!\w)"
_NUMBER = r"(?P<number>\w{1,14})(?![.,]?\d)(?!\s?(?:kg|g|l|ml|cl|m|cm|mm)(?!\w))"
_BETWEEN = r"(?:[^\W\d_]{1,14}\s{1,3}){0,3}?"
#: How many are to go into one pack: "pack them in tens", "zu je zehn verpacken".
_LOTS = (
    rf"(?<!\w){{packs}}\s{{1,3}}{_BETWEEN}{{in_lots}}\s{{1,3}}{_NUMBER}",
    rf"(?<!\w){{in_lots}}\s{{1,3}}{_NUMBER}\s{{1,3}}{_BETWEEN}{{packs}}(?!\w)",
)
#: Those goods alone that are such: "we only take the ones with long cuffs".
_ONES = rf"(?<!\w){{restricts}}\s{{1,3}}{_BETWEEN}{{ones}}(?!\w)"


def no_goods_in(source: Source, segments: Sequence[Segment], items: Sequence[Item]) -> Iterator[Problem]:
    """One error that shows the first such words, with how many more there are."""
    found = [words for segment in segments if (words := _first(source, segment, items)) is not None]
    yield from shown(source, found, "says with its goods {}, which no value of the order holds: see what it alters")


def _first(source: Source, segment: Segment, items: Sequence[Item]) -> str | None:
    """The first such words of a segment."""
    own = [item for item in items if item.segment.start < segment.end and segment.start < item.segment.end]
    text = segment.of(source.text)[:_LONGEST_SEGMENT]
    unnamed = next((words for item in own if (words := _no_name(item, source.language)) is not None), None)
    words = unnamed or _part(text, source.language) or (_restriction(text, source.language) if own else None)
    words = words or (None if _have_days_of_their_own(items) else _several(_INSTALMENTS, text, source.language))
    words = words or _several(_SITES, text, source.language) or _lots(text, source.language)
    words = words or next((text[found.start() :] for found in _pattern(_ONES, source.language).finditer(text)), None)
    return " ".join(words.split())[:_SHOWN] if words is not None else None


def _no_name(item: Item, language: str | None) -> str | None:
    """The description of a line, where its words are no name of goods."""
    words = item.line.description.value if item.line.description else ""
    is_none = _pattern(r"\W*(?:{begins}(?![\w-])|{alone}\W*$)", language).match(words)
    named = any(getattr(item.line, name) for name in IDENTIFIERS)
    is_none = is_none or (None if named else _pattern(r"\W*{describes}(?:\W{1,3}{describes}){0,2}\W*$", language).match(words))
    return words if is_none else None


def _restriction(text: str, language: str | None) -> str | None:
    """From a denial or a restriction on: "not from the old batch", "only with certificate"."""
    harmless = harmless_in(text, language)
    for found in _pattern(r"(?<![\w-]){denies}\s{1,3}{refers}(?![\w-])(?!\s{0,3}\d)", language).finditer(text):
        if not any(start < found.end() and found.start() < end for start, end in harmless):
            return text[found.start() :]
    return None


def _part(text: str, language: str | None) -> str | None:
    """From where a part of what was counted is spoken of: "of which 50 now"."""
    part = _pattern(r"(?<!\w){of_them}\s{1,3}(?:[^\W\d_]{1,14}\s{1,3})?(\w{1,14})(?![.,]?\w)(?!\s?%)", language)
    for found in part.finditer(text):
        if found[1].isdigit() or number_in_words(found[1], language) is not None:
            return text[found.start() :]
    return None


def _several(expression: str, text: str, language: str | None) -> str | None:
    """From "in two deliveries" on, or from "for two sites" on."""
    found = _pattern(expression, language).finditer(text)
    return next((text[each.start() :] for each in found if _is_several(each[1], language)), None)


def _lots(text: str, language: str | None) -> str | None:
    """From where it is said how many are to go into one pack."""
    found = (each for form in _LOTS for each in _pattern(form, language).finditer(text))
    return next((text[each.start() :] for each in found if _is_lot(each["number"], language)), None)


def _is_lot(word: str, language: str | None) -> bool:
    return _pattern(r"{lots}", language).fullmatch(word) is not None or _is_several(word.removesuffix("s"), language)


def _have_days_of_their_own(items: Sequence[Item]) -> bool:
    """Whether the lines say themselves which of them comes when."""
    return len({item.line.requested_delivery_date.value for item in items if item.line.requested_delivery_date}) > 1


def _is_several(word: str, language: str | None) -> bool:
    number = int(word) if word.isdecimal() else number_in_words(word, language)
    if number is not None:
        return number >= _SMALLEST_PART
    return _pattern(r"{several}", language).fullmatch(word) is not None


@cache
def _pattern(expression: str, language: str | None) -> re.Pattern[str]:
    """`expression` with `{name}` for one of the lists."""
    whole = re.sub(r"\{([a-z]\w+)\}", lambda found: by_language(_FILE, found[1], language), expression)
    return re.compile(whole, re.IGNORECASE)
