"""What is measured of two product records, as numbers: how alike their names are, their model codes, numbers and prices.

Pairs are measured together: a word tells more the fewer records bear it, and a pair tells more the better it is than the
other pairs of the same records.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from models.ml.descriptions import letters_folded

_LONGEST = 2_000
_NAMES = ("name", "title", "product", "product_name", "description")
_WORD = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)?")
_CHUNK = re.compile(r"[^\s,;()\[\]|]+")
_MARKS = re.compile(r"[^a-z0-9]")
_PRICE = re.compile(r"\d+(?:[.,]\d+)?")
_IDLE = frozenset(["the", "a", "an", "of", "for", "with", "and", "in", "to", "by", "on", "at", "from", "is", "it", "-", "&", "w"])

FEATURES = (
    "cosine", "cosine_all", "left_told", "right_told", "left_missed", "right_missed", "jaccard", "words_sorted", "words_shared",
    "letters", "letters_within", "all_shared", "code_same", "code_within", "code_contradicts", "code_near", "numbers_shared",
    "numbers_differ", "price_ratio", "price_known", "maker", "left_words", "right_words", "left_length", "right_length",
    "first_word", "level", "left_ahead", "right_ahead", "left_rank", "right_rank", "left_pairs", "right_pairs",
)  # fmt: skip
_OF_A_PAIR = FEATURES.index("level")


@dataclass(frozen=True, slots=True)
class Record:
    """A product as one side describes it, taken apart."""

    key: str
    name: str
    text: str
    words: tuple[str, ...]
    every: frozenset[str]
    codes: frozenset[str]
    numbers: frozenset[str]
    squeezed: str
    maker: str
    price: float | None

    @classmethod
    def of(cls, stated: Mapping[str, Any]) -> Record:
        given = {name.lower(): str(value)[:_LONGEST] for name, value in stated.items() if value is not None}
        texts = {name: letters_folded(value).strip() for name, value in given.items()}
        price = _price(texts.pop("price", ""))
        name = next((texts[part] for part in _NAMES if texts.get(part)), max(texts.values(), key=len, default=""))
        maker = next((texts[part] for part in ("manufacturer", "brand", "maker") if texts.get(part)), "")
        text = " ".join(dict.fromkeys(texts.values()))[:_LONGEST]
        words = tuple(word for word in _WORD.findall(name) if word not in _IDLE)
        return cls(
            key=f"{text}|{price}",
            name=name,
            text=text,
            words=words,
            every=frozenset(_WORD.findall(text)) - _IDLE,
            codes=_codes(name),
            numbers=frozenset(word for word in words if word[0].isdigit()),
            squeezed=_MARKS.sub("", text),
            maker=maker,
            price=price,
        )


def _price(text: str) -> float | None:
    found = _PRICE.search(text)
    amount = float(found[0].replace(",", ".")) if found else 0.0
    return amount if amount > 0 else None


def _codes(text: str) -> frozenset[str]:
    """The words of a text that have letters and digits, without marks: what makers call their models."""
    squeezed = (_MARKS.sub("", chunk) for chunk in _CHUNK.findall(text))
    return frozenset(
        code for code in squeezed if len(code) >= 4 and any(map(str.isdigit, code)) and sum(map(str.isdigit, code)) >= 2
    )


class Telling:
    """How much a word tells among these records: rare words most."""

    def __init__(self, records: Iterable[Record]) -> None:
        distinct = {record.key: record for record in records}
        self._borne = Counter(word for record in distinct.values() for word in record.every)
        self._count = max(len(distinct), 1)

    def weight(self, word: str) -> float:
        return math.log(1 + self._count / self._borne.get(word, 0.5))


def measured(pairs: Sequence[tuple[Record, Record]], telling: Telling) -> NDArray[np.float32]:
    """A row of `FEATURES` for each pair."""
    alone = [_alone(left, right, telling) for left, right in pairs]
    levels = [level(row) for row in alone]
    lefts, rights = _places(left.key for left, _ in pairs), _places(right.key for _, right in pairs)
    rows = [
        (*row, levels[place], *_among(place, levels, lefts[left.key], rights[right.key]))
        for place, (row, (left, right)) in enumerate(zip(alone, pairs, strict=True))
    ]
    return np.array(rows, dtype=np.float32).reshape(-1, len(FEATURES))


def _places(keys: Iterable[str]) -> Mapping[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        places[key].append(place)
    return places


def _among(place: int, levels: Sequence[float], left: list[int], right: list[int]) -> tuple[float, ...]:
    """How the pair stands among those of the same left record, and of the same right one."""
    own = levels[place]
    ahead, ranks = [], []
    for group in (left, right):
        others = [levels[other] for other in group if other != place]
        ahead.append(own - max(others, default=0.0))
        ranks.append(float(sum(other > own for other in others)))
    return (*ahead, *ranks, float(len(left)), float(len(right)))


def _alone(left: Record, right: Record, telling: Telling) -> tuple[float, ...]:
    mine, ours = frozenset(left.words), frozenset(right.words)
    weights = {word: telling.weight(word) for word in left.every | right.every | mine | ours}
    shared = _shared(mine, right) | _shared(ours, left)
    left_whole, right_whole = sum(weights[word] for word in mine), sum(weights[word] for word in ours)
    return (
        _cosine(mine, ours, weights),
        _cosine(left.every, right.every, weights),
        sum(weights[word] for word in mine & shared) / left_whole if left_whole else 0.0,
        sum(weights[word] for word in ours & shared) / right_whole if right_whole else 0.0,
        max((weights[word] for word in mine - shared), default=0.0),
        max((weights[word] for word in ours - shared), default=0.0),
        len(mine & ours) / max(len(mine | ours), 1),
        fuzz.token_sort_ratio(left.name, right.name) / 100,
        fuzz.token_set_ratio(left.name, right.name) / 100,
        fuzz.ratio(left.name, right.name) / 100,
        fuzz.partial_ratio(left.name, right.name) / 100,
        fuzz.token_set_ratio(left.text, right.text) / 100,
        *_code_fit(left, right),
        float(len(left.numbers & right.numbers)),
        float(bool(left.numbers - right.every and right.numbers - left.every)),
        _price_ratio(left.price, right.price),
        float(left.price is not None and right.price is not None),
        _maker_fit(left, right),
        float(len(mine)),
        float(len(ours)),
        float(len(left.text)),
        float(len(right.text)),
        float(left.words[:1] == right.words[:1]),
    )


def _shared(words: frozenset[str], other: Record) -> frozenset[str]:
    """The words that the other record has, alone or run together with their neighbours."""
    return frozenset(word for word in words if word in other.every or (len(word) >= 4 and word in other.squeezed))


def _cosine(left: frozenset[str], right: frozenset[str], weights: Mapping[str, float]) -> float:
    norms = [math.sqrt(sum(weights[word] ** 2 for word in side)) for side in (left, right)]
    both = sum(weights[word] ** 2 for word in left & right)
    return both / (norms[0] * norms[1]) if both else 0.0


def _code_fit(left: Record, right: Record) -> tuple[float, float, float, float]:
    """Whether a model code is on both sides, how much of one stands in the other text, whether codes contradict, how near."""
    same = max((float(len(code)) for code in left.codes & right.codes), default=0.0)
    parts = [_within(code, other.squeezed) for one, other in ((left, right), (right, left)) for code in one.codes]
    within = max(parts, default=0.0)
    near = max((fuzz.ratio(one, other) / 100 for one in left.codes for other in right.codes), default=0.0)
    contradicts = float(bool(left.codes and right.codes) and not same and within < 0.75)
    return same, within, contradicts, near


def _within(code: str, squeezed: str) -> float:
    """The share of a code, from its beginning or its end, that stands in a text without marks: makers add colours."""
    for cut in range(0, max(len(code) - 4, 1)):
        if code[: len(code) - cut] in squeezed or code[cut:] in squeezed:
            return (len(code) - cut) / len(code)
    return 0.0


def _price_ratio(left: float | None, right: float | None) -> float:
    return min(left, right) / max(left, right) if left is not None and right is not None else 0.5


def _maker_fit(left: Record, right: Record) -> float:
    """1 where one side's maker is named on the other, -1 where both name another, 0 where nothing is said."""
    if left.maker and right.maker:
        return 1.0 if fuzz.token_set_ratio(left.maker, right.maker) >= 80 else -1.0
    maker, other = (left.maker, right) if left.maker else (right.maker, left)
    if not maker:
        return 0.0
    return 1.0 if any(word in other.every for word in _WORD.findall(maker)) else -0.5


def level(row: Sequence[float]) -> float:
    """How alike the two are on a scale of their own, without anything learnt."""
    value = dict(zip(FEATURES[:_OF_A_PAIR], row, strict=True))
    return (
        0.45 * value["cosine"]
        + 0.2 * value["cosine_all"]
        + 0.4 * math.sqrt(max(value["left_told"], 0.0) * max(value["right_told"], 0.0))
        + 0.25 * value["code_within"]
        - 0.15 * value["code_contradicts"]
        - 0.2 * value["numbers_differ"]
        + 0.4 * (value["price_ratio"] - 0.5) * value["price_known"]
        + 0.15 * value["maker"]
    )


def standing(row: Sequence[float]) -> float:
    """How alike the two of a row of `FEATURES` are and how far ahead of what else each might be; nothing below a better pair."""
    value = dict(zip(FEATURES, row, strict=True))
    if value["left_rank"] or value["right_rank"]:
        return 0.0
    return value["level"] + 0.3 * min(value["left_ahead"], 0.5) + 0.3 * min(value["right_ahead"], 0.5)
