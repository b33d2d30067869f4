"""Finds listed parties by names that are misspelt, turned round, shortened or written in another script.

Names are transliterated to ASCII (anyascii), legal forms are taken off, and words are compared both as they are spelt and by
a skeleton in which the usual ways of transliterating Arabic and Cyrillic names fall together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log
from threading import Lock

from anyascii import anyascii
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from models.domain.screening import THRESHOLD, Hit, ListVersion, WatchEntry, WatchList

#: Words that say what kind of company it is.
_FORMS = frozenset({
    "gmbh", "mbh", "ag", "kg", "ohg", "ug", "ek", "eu", "co", "company", "companies", "corp", "corporation", "inc",
    "incorporated", "ltd", "limited", "llc", "llp", "lp", "plc", "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "ab", "asa",
    "oy", "oyj", "aps", "zoo", "sp", "kft", "zrt", "doo", "dd", "ooo", "oao", "zao", "pao", "ao", "jsc", "pjsc", "cjsc",
    "ojsc", "fze", "fzco", "fzc", "wll", "saoc", "est", "pvt", "pte", "sdn", "bhd",
})  # fmt: skip
#: Articles, particles and titles, which are written or left out as people like.
_PARTICLES = frozenset({
    "the", "and", "und", "et", "e", "y", "of", "for", "de", "la", "le", "el", "al", "ar", "as", "ash", "an", "ad", "az", "at",
    "bin", "ibn", "abu", "abd", "von", "van", "der", "mr", "mrs", "ms", "dr", "ing",
})  # fmt: skip
#: Spellings that transliterations choose between, in the order in which they are folded.
_FOLDS = (
    (r"(?<=[bdlnrstv])j", "i"), (r"sch|sh|ch|tch|tsch", "s"), (r"kh|gh|x", "h"), (r"zh|dz|dj|j", "z"), (r"ph", "f"),
    (r"th", "t"), (r"dh", "d"), (r"ck|q|c", "k"), (r"w", "v"), (r"ts|tz", "z"), (r"ou|oo|u|o", "u"),
    (r"ee|ei|ie|y|i|e|ai|ay", "i"), (r"aa|ae", "a"),
)  # fmt: skip
#: The article of Arabic, which is written as a part of its word.
_ARABIC_ARTICLE = re.compile(r"(?<!\S)\u0627\u0644(?=\S{3})")
_CANDIDATES = 60
_NEAR_WORD = 62.0
_LONGEST = 200
_SHOWN = 5
_REMEMBERED = 20_000
#: How much the shorter name counts where the other has more words.
_SHORT_SHARE = 0.85
#: How much harder than in proportion a word's unlikeness counts.
_DOUBT = 0.2
_JOINED_ARTICLES = ("al", "el")


@dataclass(slots=True)
class _Name:
    """One name of one entry, in words."""

    entry: WatchEntry
    shown: str
    version: str
    words: tuple[str, ...]


@dataclass(slots=True)
class _Index:
    """All names by their words' skeletons."""

    versions: tuple[ListVersion, ...] = ()
    names: list[_Name] = field(default_factory=list)
    by_word: dict[str, list[int]] = field(default_factory=dict)
    skeletons: list[str] = field(default_factory=list)
    consonants: list[str] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)
    screened: dict[str, tuple[Hit, ...]] = field(default_factory=dict)

    def rarity(self, word: str) -> float:
        """1 for a word that no listed name has, down to a tenth for one that very many have, such as "Trading"."""
        common = len(self.by_word.get(skeleton(word), ()))
        return 1.0 if common < 2 else max(0.1, 1 - log(common) / log(max(len(self.names), 10)))


class PartyScreener:
    """Fulfils `activities.decision_ports.PartyScreener`. `load` gives the lists, `state` what changes when any of them does."""

    def __init__(self, load: Callable[[], Sequence[WatchList]], state: Callable[[], str]) -> None:
        self._load = load
        self._state = state
        self._known: str | None = None
        self._index = _Index()
        self._lock = Lock()

    def versions(self) -> tuple[ListVersion, ...]:
        """The lists that are screened against now."""
        return self._current().versions

    def nearest(self, party: str) -> Sequence[Hit]:
        """The five listed names most like the party's, best first, whatever their likeness; one per entry."""
        index = self._current()
        known = index.screened.get(party)
        if known is None:
            known = _nearest(index, party)
            # Customers order again and again; strangers must not fill the memory.
            if len(index.screened) < _REMEMBERED:
                index.screened[party] = known
        return known

    def hits(self, party: str, threshold: float = THRESHOLD) -> Sequence[Hit]:
        """The listed names at least as like as the threshold, best first."""
        return [hit for hit in self.nearest(party) if hit.score >= threshold]

    def _current(self) -> _Index:
        state = self._state()
        with self._lock:
            if state != self._known:
                self._index, self._known = _indexed(self._load()), state
            return self._index


def _nearest(index: _Index, party: str) -> tuple[Hit, ...]:
    words = words_of(party)
    if not words or not index.names:
        return ()
    scored = [
        (likeness(words, index.names[place].words, index.rarity), index.names[place]) for place in _candidates(index, words)
    ]
    best: dict[tuple[str, str], Hit] = {}
    for score, name in sorted(scored, key=lambda pair: -pair[0]):
        key = (name.entry.list_name, name.entry.entry_id)
        if key not in best:
            best[key] = _hit(party, name, score)
    return tuple(best.values())[:_SHOWN]


def words_of(name: str) -> tuple[str, ...]:
    """The words that tell a name from others: ASCII, lower case, without legal forms unless there is nothing else."""
    text = re.sub(r"['’`]", "", anyascii(_ARABIC_ARTICLE.sub("", name[:_LONGEST]))).lower()
    words = re.findall(r"[a-z0-9]+", text)
    kept = tuple(word for word in words if word not in _FORMS and word not in _PARTICLES)
    return kept or tuple(words)


def likeness(one: Sequence[str], other: Sequence[str], rarity: Callable[[str], float] = lambda _: 1.0) -> float:
    """How alike two names are, 0 to 100: words are paired one to one, whatever their sequence, and weigh by letters and rarity.

    What the longer name has more counts less: people leave middle names and branch names out.
    """
    left, right = sorted(one), sorted(other)
    # A name that is written in one word or in three has other words, but the same letters.
    is_split = len(left) != len(right)
    by_letters = (
        fuzz.ratio("".join(one), "".join(other)) if is_split and min(map(len, ("".join(one), "".join(other)))) >= 6 else 0.0
    )
    return max(_paired(left, right, rarity), 0.97 * by_letters)


def _paired(one: Sequence[str], other: Sequence[str], rarity: Callable[[str], float]) -> float:
    pairs = sorted(
        ((word_likeness(left, right), i, j) for i, left in enumerate(one) for j, right in enumerate(other)), reverse=True
    )
    left_score, right_score = [0.0] * len(one), [0.0] * len(other)
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    for score, i, j in pairs:
        if i not in taken_left and j not in taken_right and score >= _NEAR_WORD:
            taken_left.add(i)
            taken_right.add(j)
            left_score[i] = right_score[j] = score
    covered = sorted((_weighed(one, left_score, rarity), _weighed(other, right_score, rarity)))
    # One word of several names nobody.
    share = _SHORT_SHARE if len(taken_left) >= 2 else 0.35
    return share * covered[1] + (1 - share) * covered[0]


def _weighed(words: Sequence[str], scores: Sequence[float], rarity: Callable[[str], float]) -> float:
    """How much of a name is found. A word that is not found well weighs as if it were not found: one wrong word is enough."""
    weights = [min(len(word), 8) * rarity(word) for word in words]
    return sum(weight * max(0.0, score - _DOUBT * (100 - score)) for weight, score in zip(weights, scores, strict=True)) / sum(
        weights
    )


@lru_cache(maxsize=200_000)
def word_likeness(one: str, other: str) -> float:
    """How alike two words are, 0 to 100, as they are spelt or as they may have been transliterated."""
    if one == other:
        return 100.0
    if len(one) == 1 or len(other) == 1:
        return 80.0 if one[0] == other[0] else 0.0
    best = max(_spelt_alike(one, other), 0.97 * _spelt_alike(skeleton(one), skeleton(other)))
    if best < 100 and (one.startswith(_JOINED_ARTICLES) or other.startswith(_JOINED_ARTICLES)):
        best = max(best, 0.97 * fuzz.ratio(_without_article(one), _without_article(other)))
    if _is_without_vowels(one) or _is_without_vowels(other):
        best = max(best, 0.95 * fuzz.ratio(_consonants(one), _consonants(other)))
    return best


def _spelt_alike(one: str, other: str) -> float:
    """The mean of two measures: letters in common, which is strict, and Jaro-Winkler, which forgives neighbours that changed
    places and trusts the beginning."""
    return (fuzz.ratio(one, other) + 100 * JaroWinkler.similarity(one, other)) / 2


def _without_article(word: str) -> str:
    return word[2:] if word.startswith(_JOINED_ARTICLES) and len(word) >= 6 else word


def _is_without_vowels(word: str) -> bool:
    """As what is transliterated from a script that leaves vowels out."""
    return len(word) >= 3 and not re.search(r"[aeou]", word)


def _consonants(word: str) -> str:
    return re.sub(r"[aeiouywj]", "", skeleton(word)) or word


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """A word in which the usual ways to transliterate it fall together: "Mohammed" and "Muhamad" are both "muhamad"."""
    for pattern, letter in _FOLDS:
        word = re.sub(pattern, letter, word)
    word = re.sub(r"(.)\1+", r"\1", word)
    return word[:1] + re.sub(r"h(?=$|[bdfgklmnprstvz])", "", word[1:])


def _indexed(lists: Sequence[WatchList]) -> _Index:
    index = _Index(versions=tuple(ListVersion(name=one.name, version=one.version) for one in lists))
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    for listed in lists:
        for entry in listed.entries:
            for shown in entry.names:
                words = words_of(shown)
                if words:
                    for key in {key for word in words for key in _keys(word)}:
                        by_word[key].append(len(index.names))
                    index.names.append(_Name(entry, shown, listed.version, words))
                    index.joined.append("".join(words))
    index.by_word = dict(by_word)
    index.skeletons = [key for key in by_word if not key.startswith("_")]
    index.consonants = [key for key in by_word if key.startswith("_")]
    return index


def _keys(word: str) -> tuple[str, ...]:
    """Under which a word is looked up: its skeleton, and its consonants where they are enough to go by."""
    consonants = _consonants(_without_article(word))
    return (skeleton(word), f"_{consonants}") if len(consonants) >= 3 else (skeleton(word),)


def _candidates(index: _Index, words: Sequence[str]) -> Iterable[int]:
    """The names worth a close look: those with words like ours, weighed by letters, and those alike when written as one word."""
    reached: defaultdict[int, float] = defaultdict(float)
    for word in words:
        best: dict[int, float] = {}
        for found, score in _near_words(index, word):
            for place in index.by_word[found]:
                best[place] = max(best.get(place, 0.0), score)
        for place, score in best.items():
            reached[place] += min(len(word), 8) * index.rarity(word) * score / (3 + len(index.joined[place]))
    ranked = sorted(reached, key=lambda place: -reached[place])[:_CANDIDATES]
    whole = process.extract("".join(words), index.joined, scorer=fuzz.ratio, score_cutoff=75, limit=5)
    return dict.fromkeys([*ranked, *(place for _, _, place in whole)])


def _near_words(index: _Index, word: str) -> Iterable[tuple[str, float]]:
    limit = 40 if len(word) > 2 else 5
    for key in _keys(word):
        known = index.consonants if key.startswith("_") else index.skeletons
        for found, score, _ in process.extract(key, known, scorer=fuzz.ratio, score_cutoff=_NEAR_WORD, limit=limit):
            yield found, score


def _hit(party: str, name: _Name, score: float) -> Hit:
    return Hit(
        party=party,
        listed=name.shown,
        entry_id=name.entry.entry_id,
        list_name=name.entry.list_name,
        list_version=name.version,
        score=round(score, 1),
        programmes=name.entry.programmes,
    )
