"""Finds the rows of a catalogue that a text may mean: by the words and numbers they share, mistyped or shortened ones too.

Rare words decide which rows are looked at, common ones only order them, so that a million rows cost little more than
ten thousand. Nothing here says whether a row is meant: see `comparison`.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.ml.descriptions import IDLE, SAME_WORD, Described
from models.ml.goods import Goods
from models.ml.index_building import SHORTEST_GRAMMED, telling
from models.ml.index_files import IndexReader, Rows, Words, encoded
from models.ml.tokens import code_key, grams, is_code, searched, skeleton, tokens
from models.ml.word_likeness import likeness, slips

#: Rows that are looked at, rows that are put in order, words that are compared letter by letter.
_LOOKED_AT, _ORDERED, _SPELT = 400_000, 400, 60
_LOOK_UP, _UNASKED = 5, 0.01
#: Rows with less than this share of what the best has are not looked at; long lists that bring no more than that are only
#: looked up in the rows that others brought.
_WORTH_A_LOOK, _HOPELESS, _LONG = 0.25, 0.5, 2_000
_SHORT = 7
_LETTERS, _CODE_SIGNS = "abcdefghijklmnopqrstuvwxyz", "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_PREFIXED = 200
_CACHED = 50_000
_NEARLY_KNOWN = 0.85

Likenesses = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class _Term:
    """One word or number that is asked for: the rows with it or its like, and what it adds to each."""

    lists: tuple[tuple[Rows, float], ...]

    @property
    def cost(self) -> int:
        return sum(len(rows) for rows, _ in self.lists)

    @property
    def worth(self) -> float:
        return max((worth for _, worth in self.lists), default=0.0)


class ItemIndex:
    """The index in a folder, open. Safe for threads."""

    def __init__(self, place: Path) -> None:
        reader = IndexReader(place)
        self._goods = reader.records("goods")
        self._words, self._rows = reader.words("words"), reader.postings("words")
        self._tellings, self._letters = reader.array("tellings"), reader.array("letters")
        self._grams, self._grammed = reader.words("grams"), reader.postings("grams")
        self._skeletons, self._shortened = reader.words("skeletons"), reader.postings("skeletons")
        self._codes, self._bearers = reader.words("codes"), reader.postings("codes")
        makers = reader.words("makers")
        self.makers = frozenset(makers.word(number) for number in range(len(makers)))
        self._numbers: dict[str, int] = {}
        self._weights: dict[str, float] = {}
        self._alike: dict[str, Mapping[str, float]] = {}
        self._sums = threading.local()

    def __len__(self) -> int:
        return len(self._goods)

    def goods(self, row: int) -> Goods:
        return Goods.recorded(self._goods[row])

    def weight(self, word: str) -> float:
        """How much a word tells: rare words most, and words that no item of ours bears."""
        known = self._weights.get(word)
        if known is None:
            number = self._number(word)
            known = telling(self._rows.count(number), len(self)) if number >= 0 else math.log1p(2 * max(len(self), 1))
            if len(self._weights) < _CACHED:
                self._weights[word] = known
        return known

    def bearing(self, number: str, limit: int = 5) -> tuple[int, ...]:
        """The rows that have this part number, SKU or GTIN; none where more than `limit` do."""
        key = code_key(number)
        found = self._codes.find(key) if is_code(key) else -1
        return tuple(self._bearers.of(found).tolist()) if found >= 0 and self._bearers.count(found) <= limit else ()

    def of_sku(self, sku: str) -> tuple[int, ...]:
        """The row of this very SKU of ours, however short it is."""
        found = self._codes.find(code_key(sku))
        return tuple(row for row in self._bearers.of(found).tolist() if self.goods(row).sku == sku) if found >= 0 else ()

    def nearly_bearing(self, number: str, limit: int = 5) -> tuple[int, ...]:
        """The rows whose number differs from this one by a sign that is wrong, missing, too many or swapped."""
        key = code_key(number)
        if not is_code(key) or not 6 <= len(key) <= 20 or not key.isascii():
            return ()
        found = _places(self._codes, slips(key, _CODE_SIGNS))
        rows = {row for place in found for row in self._bearers.of(place).tolist()}
        return tuple(sorted(rows)) if len(rows) <= limit else ()

    def nearest(self, text: str, asked: Described, alike: Likenesses, limit: int) -> list[tuple[int, float]]:
        """The rows that share most with the text with how much that tells, the first of them first."""
        terms = sorted(self._terms(text, asked, alike), key=lambda term: term.cost)
        sums = self._cleared()
        spent = 0
        while terms and (not spent or spent + terms[0].cost <= _LOOKED_AT):
            # What the other terms are worth together would not bring a row that has none yet near the best one.
            if terms[0].cost > _LONG and sum(term.worth for term in terms) < _HOPELESS * sums.max(initial=0.0):
                break
            term = terms.pop(0)
            spent += term.cost
            for rows, worth in term.lists:
                sums[rows] += worth
        rows = np.flatnonzero(sums > _WORTH_A_LOOK * sums.max(initial=0.0)).astype(np.int32)
        return self._foremost(rows, sums, terms)[:limit]

    def _foremost(self, rows: Rows, sums: NDArray[np.float32], common: Iterable[_Term]) -> list[tuple[int, float]]:
        for term in common:
            for others, worth in term.lists:
                # A few rows are looked up in a long list; for many of them it is quicker to count the whole list.
                if len(rows) * _LOOK_UP < len(others):
                    sums[rows] += np.float32(worth) * _among(rows, others)
                else:
                    sums[others] += worth
        # A row that says much besides what was asked is a little less likely.
        scores = sums[rows] / (1 + _UNASKED * self._tellings[rows])
        if len(rows) > _ORDERED:
            floor = np.partition(scores, len(scores) - _ORDERED)[len(scores) - _ORDERED]
            rows, scores = rows[scores >= floor], scores[scores >= floor]
        order = np.lexsort((rows, -scores))
        return list(zip(rows[order].tolist(), scores[order].tolist(), strict=True))

    def _terms(self, text: str, asked: Described, alike: Likenesses) -> Iterable[_Term]:
        found = searched(tokens(text))
        for word in asked.words:
            yield self._term(alike[word], 1.0)
        rest = (found | {value for value in asked.values if value.isascii()}) - set(asked.words)
        for token in rest:
            yield self._term({token: 1.0}, 1.5 if token[0].isdigit() else 0.5)

    def _term(self, likenesses: Mapping[str, float], factor: float) -> _Term:
        numbers = {word: self._number(word) for word in likenesses}
        lists = (
            (self._rows.of(number), factor * likenesses[word] * telling(self._rows.count(number), len(self)))
            for word, number in numbers.items()
            if number >= 0
        )
        return _Term(tuple(lists))

    def _cleared(self) -> NDArray[np.float32]:
        sums: NDArray[np.float32] | None = getattr(self._sums, "values", None)
        if sums is None:
            sums = self._sums.values = np.zeros(len(self), dtype=np.float32)
        sums.fill(0)
        return sums

    def _number(self, word: str) -> int:
        number = self._numbers.get(word)
        if number is None:
            number = self._words.find(word)
            if len(self._numbers) < _CACHED:
                self._numbers[word] = number
        return number

    def alike(self, word: str) -> Mapping[str, float]:
        """The words of our texts that may be meant, with their likeness 0 to 1."""
        found = self._alike.get(word)
        if found is None:
            others = {self._words.word(number) for number in self._spelt_like(word)}
            found = {other: how for other in others if (how := likeness(word, other)) > 0}
            if self._number(word) >= 0:
                found[word] = 1.0
            if len(self._alike) < _CACHED:
                self._alike[word] = found
        return found

    def knows(self, word: str) -> bool:
        """Whether a text of ours has the word, or nearly; words that say nothing count as known."""
        word = SAME_WORD.get(word, word)
        return word in IDLE or any(how >= _NEARLY_KNOWN for how in self.alike(word).values())

    def _spelt_like(self, word: str) -> set[int]:
        """Words that share letters with this one, begin like it, or have its consonants."""
        if len(word) < 2 or not word.isalpha():
            return set()
        found: set[int] = set()
        if len(word) >= SHORTEST_GRAMMED:
            found.update(self._sharing_letters(word))
            beginning = self._words.beginning(word)
            found.update(beginning[:_PREFIXED])
        if len(word) <= _SHORT and self._number(word) < 0:
            found.update(self._one_slip_away(word))
        if skeleton(word) == word and (place := self._skeletons.find(word)) >= 0:
            found.update(self._shortened.of(place)[:_PREFIXED].tolist())
        return found

    def _one_slip_away(self, word: str) -> list[int]:
        """Short words share no run of letters with what they were meant to be: "znic"."""
        return _places(self._words, slips(word, _LETTERS))

    def _sharing_letters(self, word: str) -> list[int]:
        own = grams(word)
        places = [place for gram in own if (place := self._grams.find(gram)) >= 0]
        if not places:
            return []
        shared, counts = np.unique(np.concatenate([self._grammed.of(place) for place in places]), return_counts=True)
        letters = self._letters[shared].astype(np.float32)
        alike = 2 * counts / (letters + len(own))
        within = counts / np.minimum(letters, len(own))
        best = np.argsort(-alike, kind="stable")[:_SPELT]
        parts = np.flatnonzero(within >= 0.55)
        parts = parts[np.argsort(-within[parts], kind="stable")[:_SPELT]]
        return [int(number) for number in shared[np.concatenate([best, parts])]]


def _among(rows: Rows, others: Rows) -> NDArray[np.bool_]:
    """Which of `rows` stand in `others`, which ascend."""
    places = np.searchsorted(others, rows)
    places[places == len(others)] = 0
    found: NDArray[np.bool_] = others[places] == rows
    return found


def _places(words: Words, keys: Iterable[str]) -> list[int]:
    """The numbers of those of the keys that are words."""
    wanted = np.array([encoded(key, words.sorted.itemsize) for key in keys], dtype=words.sorted.dtype)
    if not len(words):
        return []
    places = np.minimum(np.searchsorted(words.sorted, wanted), len(words) - 1)
    found: list[int] = places[words.sorted[places] == wanted].tolist()
    return found
