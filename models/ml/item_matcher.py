"""Finds items by what a line says of them: the likeliest SKUs with a score and the reasons for it.

An index finds what shares words or numbers with the text (`retrieval`); the best of it is compared word by word, size by
size and trait by trait (`comparison`). A size, colour or material that differs makes another item, however alike the words.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from models.ml.comparison import Likenesses, weigh
from models.ml.descriptions import Described, described
from models.ml.found import Found
from models.ml.goods import Goods
from models.ml.index_building import build
from models.ml.retrieval import ItemIndex
from models.ml.tokens import LONGEST_TEXT, searched, tokens

#: Rows that are compared in full: at most so many, the first of them in any case.
_COMPARED, _ALWAYS_COMPARED, _NEARLY_AS_MUCH = 14, 5, 0.6


@dataclass(frozen=True, slots=True)
class Known:
    """Goods as they are compared: their texts taken apart, and what else may stand in a description of them."""

    goods: Goods
    texts: tuple[Described, ...]
    extra: frozenset[str]
    makers: frozenset[str]
    traits: Mapping[str, frozenset[str]]


def matcher_of(goods: Iterable[Goods], version: str = "") -> ItemMatcher:
    """A matcher of these goods alone. Its files are gone from the disk's tree when it is open: only it can read them."""
    with tempfile.TemporaryDirectory(prefix="orderwright-index-") as folder:
        place = Path(folder) / "index"
        build(goods, place, version)
        return ItemMatcher(ItemIndex(place))


class ItemMatcher:
    """Finds goods in an open index."""

    def __init__(self, index: ItemIndex) -> None:
        self.index = index

    def found(self, description: str, limit: int = 10) -> list[Found]:
        """The likeliest goods, best first; none that share nothing with the text."""
        return self.asked_and_found(description, limit)[1]

    def asked_and_found(
        self, description: str, limit: int = 10, numbered: Mapping[int, str] | None = None
    ) -> tuple[Described, list[Found]]:
        """The text taken apart, without the numbers of our goods in it, and what was found for it. `numbered` are rows that
        a number beside the text speaks for, with that number."""
        coded = self._coded(description)
        text = " ".join(token for token in description[:LONGEST_TEXT].split() if token not in coded.values())
        asked = described(text)
        alike = {word: self.index.alike(word) for word in asked.words}
        named = {**coded, **(numbered or {})}
        rows = {**dict.fromkeys(named, 0.0), **_promising(self.index.nearest(text, asked, alike, _COMPARED))}
        weighed = [self._weighed(row, asked, alike, named.get(row), shared) for row, shared in rows.items()]
        best = sorted(weighed, key=lambda found: (-found.weighed.score, found.goods.sku))[:limit]
        return asked, [found for found in best if found.weighed.score > 0]

    def _weighed(self, row: int, asked: Described, alike: Likenesses, code: str | None, shared: float) -> Found:
        known = _known(self.index.goods(row))
        return Found(known.goods, weigh(self.index, asked, alike, known, code), known.texts, shared, code)

    def _coded(self, description: str) -> dict[int, str]:
        """The goods whose number stands in the text, with that number as it stands there."""
        return {
            row: token for token in description[:LONGEST_TEXT].split()[:40] for row in self.index.bearing(token.strip(".,;:()"))
        }


def _promising(nearest: Sequence[tuple[int, float]]) -> dict[int, float]:
    """The first rows, and of the others those that share nearly as much with the text: comparing costs most of the time."""
    least = _NEARLY_AS_MUCH * nearest[0][1] if nearest else 0.0
    return {row: shared for place, (row, shared) in enumerate(nearest) if place < _ALWAYS_COMPARED or shared >= least}


def _known(goods: Goods) -> Known:
    texts = tuple(map(described, goods.texts))
    makers = _words(goods.manufacturer)
    numbers = searched(tokens(f"{goods.mpn} {goods.sku} {goods.attributes}"))
    groups = {group for text in texts for group in text.traits}
    traits = {group: frozenset().union(*(text.traits.get(group, frozenset()) for text in texts)) for group in groups}
    return Known(goods=goods, texts=texts, extra=makers | _words(goods.category) | numbers, makers=makers, traits=traits)


@lru_cache(maxsize=10_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(described(text).words)
