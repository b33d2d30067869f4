"""Phrases found in running text, whatever its case, accents and line breaks.

A phrase is words; a star ends a word in any way ("order*"), "..." stands for up to five words of the same sentence.
Umlauts match their two-letter spelling. Time grows with the text's words, hardly with the number of phrases.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

GAP = "..."
_LONGEST_GAP = 5
_BOUNDARY = "\x00"
_TOKEN = re.compile(r"[^\W_]+|%|(?P<end>[.!?](?=\s+[\"'(]?[A-ZÀ-Þ])|;|\n[ \t]*\n)")
_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d"})

Meaning = TypeVar("Meaning", bound=Hashable)


def folded(word: str) -> str:
    """`word` without case, accents, and the difference between "ä" and "ae"."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(char))
    return re.sub(r"([aou])e", r"\1", bare.translate(_STROKES))


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word with its place in the text; sentence ends are tokens too, so that no phrase reaches over them."""

    word: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    return [Token(_BOUNDARY if found["end"] else folded(found[0]), found.start(), found.end()) for found in _TOKEN.finditer(text)]


@dataclass(frozen=True, slots=True)
class Match(Generic[Meaning]):
    """A phrase as found: token positions (`last` exclusive) and what it means."""

    first: int
    last: int
    phrase: str
    meaning: Meaning

    def inside(self, other: Match[Meaning]) -> bool:
        """Whether `other` says this and more."""
        return other.first <= self.first and self.last <= other.last and self.last - self.first < other.last - other.first


class Phrasebook(Generic[Meaning]):
    """Phrases with their meanings. `matches` gives all that stand in a text, save those inside a longer gapless one."""

    def __init__(self, phrases: list[tuple[str, Meaning]]) -> None:
        self._whole: dict[str, list[tuple[list[str], str, Meaning]]] = {}
        self._open: dict[str, list[tuple[list[str], str, Meaning]]] = {}
        for phrase, meaning in dict.fromkeys(phrases):  # languages share words
            words = _pattern(phrase)
            book, key = (self._open, words[0][:3]) if words[0].endswith("*") else (self._whole, words[0])
            book.setdefault(key, []).append((words, phrase, meaning))

    def matches(self, tokens: list[Token]) -> list[Match[Meaning]]:
        found = list(self._all(tokens))
        solid = [match for match in found if GAP not in match.phrase and match.last - match.first > 1]
        return [match for match in found if not any(match.inside(other) for other in solid)]

    def _all(self, tokens: list[Token]) -> Iterator[Match[Meaning]]:
        words = [token.word for token in tokens]
        for first, word in enumerate(words):
            for pattern, phrase, meaning in self._whole.get(word, []) + self._open.get(word[:3], []):
                last = _end_of_match(pattern, words, first)
                if last is not None:
                    yield Match(first, last, phrase, meaning)


def _pattern(phrase: str) -> list[str]:
    parts = re.findall(r"\.\.\.|[^\W_]+\*?|%", phrase)
    return [part if part == GAP else folded(part.rstrip("*")) + ("*" if part.endswith("*") else "") for part in parts]


def _end_of_match(pattern: list[str], words: list[str], at: int) -> int | None:
    """The position behind the match of `pattern` that starts at `at`, or None. A gap takes as few words as it can."""
    for index, part in enumerate(pattern):
        if part == GAP:
            return _end_behind_gap(pattern[index + 1 :], words, at)
        if at >= len(words) or not _fits(part, words[at]):
            return None
        at += 1
    return at


def _end_behind_gap(rest: list[str], words: list[str], at: int) -> int | None:
    for start in range(at, min(at + _LONGEST_GAP + 1, len(words))):
        end = _end_of_match(rest, words, start)
        if end is not None:
            return end
        if words[start] == _BOUNDARY:
            return None
    return None


def _fits(part: str, word: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part
