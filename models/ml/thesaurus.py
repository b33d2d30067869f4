"""What a line's words are called in the words of a catalogue: a thesaurus of ten trades in seven languages.

The concepts stand in `words/thesaurus.csv`, one a row, for people to extend: a column for each language, with "/" between what
means the same. Endings do not count, and of compounds the two parts are known. What is found in other words is offered, and
never so likely that it is taken without a person.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from models.ml.descriptions import letters_folded
from models.ml.tokens import LONGEST_TEXT

_WORD = re.compile(r"[^\W\d_]+")
#: Words of a term at most, ways in which a text is put at most, letters of a word that may be made of two.
_LONGEST_TERM, _WAYS, _COMPOUND, _SHORTEST_PART = 5, 3, 8, 4
#: Endings of plurals and cases in our languages; what is left of a word has three letters or more.
_ENDING = re.compile(r"(?<=\w{3})(?:[aeiouy]?[sxn]|e[rn]|[aeiouy])$")

Concept = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Translated:
    """A text in other words, with what was put for what: ("Kabelbinder = cable tie",)."""

    text: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    """Words of a text with the concepts that they may name."""

    begin: int
    end: int
    concepts: tuple[Concept, ...]


class Thesaurus:
    """Concepts with their names. `knows` says of a word whether the catalogue has it, or nearly."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._concepts: dict[tuple[str, ...], list[Concept]] = {}
        for concept in concepts:
            for key in {_key(term) for terms in concept.values() for term in terms}:
                self._concepts.setdefault(key, []).append(concept)

    def translations(self, text: str, knows: Callable[[str], bool]) -> Iterator[Translated]:
        """The text in the catalogue's words, the likeliest language first; words that the catalogue has stay as they are."""
        text = text[:LONGEST_TEXT]
        spans = tuple(span for span in self._spans(text) if not _are_known(text[span.begin : span.end], knows))
        ways = [(language, _named(spans, language, knows)) for language in _languages(spans)]
        ways.sort(key=lambda way: (-sum(bool(names) for names in way[1]), way[0]))
        seen = {letters_folded(text)}
        for _, named in ways[:_WAYS]:
            for choice in range(_WAYS if named == ways[0][1] else 1):
                told = _put(text, spans, [names[min(choice, len(names) - 1)] if names else "" for names in named])
                if letters_folded(told.text) not in seen and len(seen) <= _WAYS:
                    seen.add(letters_folded(told.text))
                    yield told

    def _spans(self, text: str) -> Iterator[_Span]:
        words = list(_WORD.finditer(text))
        at = 0
        while at < len(words):
            length = next((size for size in range(_LONGEST_TERM, 0, -1) if self._at(words, at, size)), 0)
            if length:
                yield _Span(words[at].start(), words[at + length - 1].end(), tuple(self._at(words, at, length)))
            else:
                yield from self._parts(words[at])
            at += max(length, 1)

    def _at(self, words: Sequence[re.Match[str]], at: int, size: int) -> list[Concept]:
        if at + size > len(words):
            return []
        return self._concepts.get(tuple(_stem(word[0]) for word in words[at : at + size]), [])

    def _parts(self, word: re.Match[str]) -> Iterator[_Span]:
        """The two parts of a compound, with the s or n that may join them."""
        whole = word[0]
        if len(whole) < _COMPOUND:
            return
        for cut in range(len(whole) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            first, second = self._concepts.get((_stem(whole[:cut]),)), self._concepts.get((_stem(whole[cut:]),))
            if first and second:
                yield _Span(word.start(), word.start() + cut, tuple(first))
                yield _Span(word.start() + cut, word.end(), tuple(second))
                return


def _languages(spans: Sequence[_Span]) -> Sequence[str]:
    return sorted({language for span in spans for concept in span.concepts for language in concept})


def _named(spans: Sequence[_Span], language: str, knows: Callable[[str], bool]) -> list[tuple[str, ...]]:
    """For each span the names in the language that the catalogue has."""
    return [
        tuple(dict.fromkeys(term for concept in span.concepts for term in concept.get(language, ()) if _are_known(term, knows)))
        for span in spans
    ]


def _are_known(words: str, knows: Callable[[str], bool]) -> bool:
    return all(knows(word) for word in _WORD.findall(letters_folded(words)))


def _put(text: str, spans: Sequence[_Span], names: Sequence[str]) -> Translated:
    """The text with each span that has a name called by it."""
    said, reasons, at = "", [], 0
    for span, name in zip(spans, names, strict=True):
        own = text[span.begin : span.end]
        if name and _key(own) != _key(name):
            said += f"{text[at : span.begin]} {name} "
            reasons.append(f"{own} = {name}")
            at = span.end
    return Translated(" ".join((said + text[at:]).split()), tuple(reasons))


def _key(term: str) -> tuple[str, ...]:
    return tuple(_stem(word) for word in _WORD.findall(term))


@cache
def _stem(word: str) -> str:
    return _ENDING.sub("", letters_folded(word))


@cache
def thesaurus() -> Thesaurus:
    """The thesaurus that comes with the program."""
    text = resources.files("models.ml").joinpath("words", "thesaurus.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return Thesaurus([{name: _terms(cell) for name, cell in row.items() if name != "trade" and cell} for row in rows])


def _terms(cell: str) -> tuple[str, ...]:
    return tuple(term.strip() for term in cell.split("/") if term.strip())
