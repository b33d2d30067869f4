"""Finds items by what a line says of them: the likeliest SKUs with a score and the reasons for it.

An inverted index finds what shares words or numbers with the text; the best of it is compared word by word, size by size
and trait by trait. A size, colour or material that differs makes another item, however alike the words. Measured for
2,000 to 100,000 items; nothing is learnt from data here.
"""

from __future__ import annotations

import math
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from models.domain.catalogue import Item
from models.domain.findings import Candidate
from models.domain.normalisation import normalised_part_number
from models.ml.comparison import Weighed, weigh
from models.ml.descriptions import Described, described

_COMPARED = 80
_LONGEST = 400
#: Letters in common, of 100: below the first only swapped letters count, from the second on the words are alike.
_LETTERS_ALIKE, _LIKE_ENOUGH = 74.0, 80.0
_COMPOUND, _SWAPPED, _ENDING = 0.85, 0.9, 0.98
_CACHED = 20_000


class DescriptionIndex:
    """Fulfils `activities.ports.ItemSearch`. `items` gives all items, `version` changes whenever they do: the index is
    then built anew at the next question, while questions under way finish on the old one."""

    def __init__(self, items: Callable[[], Sequence[Item]], version: Callable[[], object] = lambda: None) -> None:
        self._items = items
        self._version = version
        self._lock = threading.Lock()
        self._built: tuple[object, _Snapshot] | None = None

    def candidates(self, description: str, limit: int = 10) -> Sequence[Candidate]:
        """The likeliest items, best first. 1.0 is an item's own text; below 0.5 the text speaks of something else."""
        return self._snapshot().candidates(description, limit)

    def _snapshot(self) -> _Snapshot:
        version = self._version()
        with self._lock:
            if self._built is None or self._built[0] != version:
                self._built = (version, _Snapshot.of(self._items()))
            return self._built[1]


@dataclass(frozen=True, slots=True)
class Known:
    """An item as it is searched: its texts taken apart, and what else may stand in a description of it."""

    item: Item
    texts: tuple[Described, ...]
    extra: frozenset[str]
    makers: frozenset[str]
    traits: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Snapshot:
    known: tuple[Known, ...]
    weights: Mapping[str, float]
    unknown_weight: float
    by_word: Mapping[str, NDArray[np.int32]]
    by_value: Mapping[str, NDArray[np.int32]]
    by_code: Mapping[str, tuple[int, ...]]
    makers: frozenset[str]
    vocabulary: tuple[str, ...]
    _alike: dict[str, Mapping[str, float]] = field(default_factory=dict)

    @classmethod
    def of(cls, items: Sequence[Item]) -> _Snapshot:
        known = tuple(_known(item) for item in items)
        by_word = _postings(set().union(*((*text.words, *text.absent) for text in entry.texts), entry.extra) for entry in known)
        by_value = _postings(set().union(*(text.values for text in entry.texts)) for entry in known)
        count = max(len(known), 1)
        return cls(
            known=known,
            weights={word: math.log(1 + count / len(found)) for word, found in by_word.items()},
            unknown_weight=math.log(1 + 2 * count),
            by_word=by_word,
            by_value=by_value,
            by_code=_codes(items),
            makers=frozenset(maker for entry in known for maker in entry.makers),
            vocabulary=tuple(by_word),
        )

    def candidates(self, description: str, limit: int) -> list[Candidate]:
        coded = self._coded(description)
        asked = described(" ".join(token for token in description[:_LONGEST].split() if token not in coded.values()))
        alike = {word: self.alike(word) for word in asked.words}
        places = sorted(set(self._nearest(asked, alike)) | coded.keys())
        weighed = [(weigh(self, asked, alike, self.known[place], coded.get(place)), place) for place in places]
        best = sorted(weighed, key=lambda pair: (-pair[0].score, self.known[pair[1]].item.sku))[:limit]
        return [_candidate(self.known[place].item, found) for found, place in best if found.score > 0]

    def weight(self, word: str) -> float:
        """How much a word tells: rare words most, and words that no item of ours bears."""
        return self.weights.get(word, self.unknown_weight)

    def alike(self, word: str) -> Mapping[str, float]:
        """The words of our texts that may be meant, with their likeness 0 to 1: typing errors, endings, compounds."""
        found = self._alike.get(word)
        if found is None:
            found = self._found_alike(word)
            if len(self._alike) < _CACHED:
                self._alike[word] = found
        return found

    def _found_alike(self, word: str) -> Mapping[str, float]:
        found: dict[str, float] = {}
        if len(word) > 3:
            found = {other: _COMPOUND for other in self.vocabulary if _contains(word, other)}
            for other, score, _ in process.extract(
                word, self.vocabulary, scorer=fuzz.ratio, score_cutoff=_LETTERS_ALIKE, limit=30
            ):
                if len(other) > 2:
                    found[other] = max(found.get(other, 0.0), _likeness(word, other, score))
        if word in self.by_word:
            found[word] = 1.0
        return {other: likeness for other, likeness in found.items() if likeness > 0}

    def _nearest(self, asked: Described, alike: Mapping[str, Mapping[str, float]]) -> list[int]:
        """The items that share most of the words and numbers, by how much these tell."""
        if not self.known:
            return []
        sums = np.zeros(len(self.known), dtype=np.float32)
        for likenesses in alike.values():
            for other, likeness in likenesses.items():
                sums[self.by_word[other]] += likeness * self.weights[other]
        for value in asked.values:
            found = self.by_value.get(value)
            if found is not None:
                sums[found] += 1.5 * math.log(1 + len(self.known) / len(found))
        count = min(_COMPARED, len(sums))
        return [int(place) for place in np.argpartition(-sums, count - 1)[:count] if sums[place] > 0]

    def _coded(self, description: str) -> dict[int, str]:
        """The items whose number stands in the text, with that number as it stands there."""
        return {
            place: token
            for token in description[:_LONGEST].split()[:40]
            for place in self.by_code.get(normalised_part_number(token.strip(".,;:()")), ())
        }


def _known(item: Item) -> Known:
    texts = tuple(described(text) for text in dict.fromkeys((item.description, item.description_de, item.description_fr)) if text)
    makers = frozenset(described(item.manufacturer).words)
    others = described(f"{item.category} {item.mpn} {item.sku}").words
    groups = {group for text in texts for group in text.traits}
    traits = {group: frozenset().union(*(text.traits.get(group, frozenset()) for text in texts)) for group in groups}
    return Known(item=item, texts=texts, extra=makers.union(others), makers=makers, traits=traits)


def _postings(found: Iterator[set[str]]) -> dict[str, NDArray[np.int32]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, words in enumerate(found):
        for word in words:
            places[word].append(place)
    return {word: np.array(found, dtype=np.int32) for word, found in places.items()}


def _codes(items: Sequence[Item]) -> dict[str, tuple[int, ...]]:
    """Items by SKU, manufacturer's number and GTIN; a number that many items bear tells nothing."""
    places: dict[str, set[int]] = defaultdict(set)
    for place, item in enumerate(items):
        for number in (item.sku, item.mpn, item.gtin or "", (item.gtin or "").lstrip("0")):
            code = normalised_part_number(number)
            if len(code) >= 4 and any(sign.isdigit() for sign in code):
                places[code].add(place)
    return {code: tuple(sorted(found)) for code, found in places.items() if len(found) <= 5}


def _contains(word: str, other: str) -> bool:
    """Whether one begins the other (chem, chemical), or ends it as a German compound does (schraube, holzschraube)."""
    shorter, longer = sorted((word, other), key=len)
    if word == other or len(shorter) < 4 or len(shorter) < 0.4 * len(longer):
        return False
    return longer.startswith(shorter) or (len(shorter) >= 5 and longer.endswith(shorter))


def _likeness(word: str, other: str, score: float) -> float:
    """How likely another word is meant: another ending, a slip of the fingers, or 0 for a different word."""
    shorter, longer = sorted((word, other), key=len)
    if longer.startswith(shorter) and longer[len(shorter) :] in ("s", "es", "e", "n", "en"):
        return _ENDING
    if len(word) == len(other) and sorted(word) == sorted(other):
        return _SWAPPED
    # Words of four letters differ by one letter from many others: pipe, wipe, ripe.
    return score / 100 if score >= _LIKE_ENOUGH and len(shorter) > 4 else 0.0


def _candidate(item: Item, found: Weighed) -> Candidate:
    return Candidate(value=item.sku, label=item.description, score=round(found.score, 4), reasons=found.reasons)
