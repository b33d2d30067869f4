"""Clauses that speak of papers, of who can be reached how, of the way in, and of no goods: their small words alter nothing.

"Invoices without an order number will not be paid" says "without" and "not", yet of no goods. A clause counts as such only if it
names one of these matters and neither goods of the order, nor a unit, nor a word such as "ones" or "price"; or if it tells of who
writes and of nothing that anybody thinks of goods or does with them ("we have had nothing but rain"). The words are in
`words/other_matters.yaml`; of these a word that replaces, chooses or takes out is asked about wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from parsers.prose.counting import orders
from parsers.prose.goods import stems
from parsers.prose.words import by_language
from parsers.values.units import unit_code

_FILE = "other_matters.yaml"
#: A clause ends at these; a contrast belongs to what follows it.
_JOINT = re.compile(r"[,;:()!?]|\s[-–—]\s|(?<!\w)(?=(?:but|aber|mais|pero|ma|però|maar|ale)(?!\w))", re.IGNORECASE)
#: A denial with what it denies.
_FEW_WORDS = re.compile(r"(?:\W{0,3}[\w'’]+){1,5}")
#: Units in fewer letters are other words as well, and so are these; times count no goods.
_SHORTEST_UNIT, _NO_UNITS = 4, frozenset({"case", "each", "post"})
_TIMES = frozenset({"ANN", "MON", "WEE", "DAY", "HUR", "MIN", "SEC"})


def is_of_other_matters(text: str, start: int, end: int, language: str | None, goods: Sequence[set[str]]) -> bool:
    """Whether the small word of `text` from `start` to `end` stands in a clause that speaks of something else than goods; `goods`
    are the stems of the words for each of those that are ordered."""
    if not _pattern("small", language).fullmatch(text, start, end):
        return False
    since, until = _clause(text, start, end)
    clause = text[since:until]
    rest = _pattern("topics", language).sub(" ", _pattern("papers", language).sub(" ", clause))
    own = _tells_of_itself(text[: since + len(clause)], clause, language)
    if not (own or _speaks_of_these(clause, language)) or _pattern("things", language).search(rest) is not None:
        return False
    if _pattern("denies", language).match(text, start) and not _names_these(_few_words(text[start:until]), language):
        return False  # "my colleague says no powder"
    named = stems(clause)
    return not any(named & words for words in goods) and not any(_is_unit(word, language) for word in _words(rest))


def concerns_no_goods(text: str, language: str | None) -> bool:
    """Whether a sentence speaks of one of these matters, and neither of goods nor of a number of anything."""
    rest = _pattern("topics", language).sub(" ", _pattern("papers", language).sub(" ", text))
    goods = _pattern("things", language).search(rest) or re.search(r"\d", text)
    return _names_these(text, language) and not goods and not any(_is_unit(word, language) for word in _words(rest))


def _speaks_of_these(clause: str, language: str | None) -> bool:
    """Whether a clause speaks of papers, or of another of these matters without sending or bringing anything."""
    papers = _pattern("papers", language).search(clause) is not None
    return papers or (_names_these(clause, language) and _pattern("moves", language).search(clause) is None)


def _tells_of_itself(until: str, clause: str, language: str | None) -> bool:
    """Whether a sentence up to the end of its clause tells of who writes, of people, weather and seasons, with no number and with
    nothing that anybody thinks of goods or does with them: "we have had nothing but rain"."""
    told = _sentence(until)
    if re.search(r"\d|\?", told) or _pattern("attitudes", language).search(clause) or _pattern("moves", language).search(told):
        return False
    return _pattern("selves", language).search(clause) is not None and not orders(told)


def _sentence(text: str) -> str:
    """The last sentence of `text`."""
    return re.split(r"[.!?:;]\s", text)[-1]


def _names_these(words: str, language: str | None) -> bool:
    return any(_pattern(name, language).search(words) is not None for name in ("papers", "topics"))


def _few_words(text: str) -> str:
    found = _FEW_WORDS.match(text)
    return found[0] if found else text


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    ends = [0, *(found.end() for found in _JOINT.finditer(text)), len(text)]
    return max(at for at in ends if at <= start), min(at for at in ends if at >= end)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def _is_unit(word: str, language: str | None) -> bool:
    return len(word) >= _SHORTEST_UNIT and word.casefold() not in _NO_UNITS and unit_code(word, language) not in {None, *_TIMES}


@cache
def _pattern(name: str, language: str | None) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){by_language(_FILE, name, language)}(?![\w-])", re.IGNORECASE)
