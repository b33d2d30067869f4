"""Builds a search index: one pass over the goods, then everything else in arrays."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path

import numpy as np

from models.ml.goods import Goods
from models.ml.index_files import IndexWriter, Postings, Rows, Words, posted, sorted_words
from models.ml.tokens import LONGEST_TOKEN, code_key, grams, is_code, searched, skeleton, tokens

_LONGEST_CODE = 24
_LONGEST_GRAM = 12
#: Words of fewer letters are too much like others to be looked for by their letters.
SHORTEST_GRAMMED = 3
#: A word of so many letters has a skeleton of its own.
_SHORTEST_SKELETON = 4


def build(goods: Iterable[Goods], place: Path, version: str) -> None:
    """Write the index of all `goods` to `place`, whole or not at all."""
    writer = IndexWriter(place)
    try:
        collected = _Collected()
        count = writer.records("goods", collected.records_of(goods))
        words, postings = collected.tokens()
        writer.words("words", words)
        writer.postings("words", postings)
        writer.array("tellings", _tellings(postings, count))
        _write_letters(writer, words)
        codes, bearers = collected.codes()
        writer.words("codes", codes)
        writer.postings("codes", bearers)
        writer.words("makers", sorted_words(sorted(collected.makers), LONGEST_TOKEN)[0])
        writer.finish(version)
    except BaseException:
        writer.abandon()
        raise


class _Collected:
    """What one pass over the goods finds: pairs of token and row, and of code and row."""

    def __init__(self) -> None:
        self.makers: set[str] = set()
        self._numbers: dict[str, int] = {}
        self._tokens, self._token_rows = array("i"), array("i")
        self._codes: list[str] = []
        self._code_rows = array("i")
        # Makers and categories repeat: their tokens are cut once.
        self._repeated = lru_cache(maxsize=100_000)(lambda text: frozenset(searched(tokens(text))))

    def records_of(self, goods: Iterable[Goods]) -> Iterator[str]:
        for row, each in enumerate(goods):
            self._collect(row, each)
            yield each.record()

    def _collect(self, row: int, each: Goods) -> None:
        makers = self._repeated(each.manufacturer)
        self.makers |= makers
        found = searched(list(chain.from_iterable(map(tokens, (*each.texts, each.attributes)))))
        found |= makers
        found |= self._repeated(each.category)
        numbers = self._numbers
        self._tokens.extend([numbers.setdefault(token, len(numbers)) for token in found])
        self._token_rows.extend([row] * len(found))
        for key in {code_key(number) for number in (each.sku, each.mpn, each.gtin, each.gtin.lstrip("0")) if number}:
            # Our own number is found whatever it looks like: a customer's list may name it.
            if is_code(key) or key == code_key(each.sku):
                self._codes.append(key)
                self._code_rows.append(row)

    def tokens(self) -> tuple[Words, Postings]:
        words, places = sorted_words(list(self._numbers), LONGEST_TOKEN)
        keys = places[np.frombuffer(self._tokens, dtype=np.int32)] if len(self._tokens) else places
        return words, posted(keys, np.frombuffer(self._token_rows, dtype=np.int32), len(words))

    def codes(self) -> tuple[Words, Postings]:
        words, keys = sorted_words(self._codes, _LONGEST_CODE)
        return words, posted(keys, np.frombuffer(self._code_rows, dtype=np.int32), len(words))


def telling(count: int, rows: np.float32 | float) -> float:
    """How much a word tells that `count` of so many rows bear: rare words most."""
    return float(np.log1p(rows / max(count, 1)))


def _tellings(postings: Postings, count: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """How much the tokens of each row tell together."""
    borne = np.diff(postings.starts)
    each = np.log1p(count / np.maximum(borne, 1)).astype(np.float32)
    sums = np.bincount(postings.rows, weights=np.repeat(each, borne), minlength=count)
    return sums.astype(np.float32)


def _write_letters(writer: IndexWriter, words: Words) -> None:
    """Which words have which runs of letters and which skeleton: for words that are mistyped or shortened."""
    texts = [bytes(word).decode("utf-8", "ignore") for word in words.sorted]
    numbers = [number for number, text in enumerate(texts) if len(text) >= SHORTEST_GRAMMED and text.isalpha()]
    lettered = [texts[number] for number in numbers]
    sizes = np.zeros(len(texts), dtype=np.uint8)
    sizes[numbers] = [min(len(word) + 2, 255) for word in lettered]
    writer.array("letters", sizes)
    _write_parts(writer, "grams", numbers, lettered, lambda word: sorted(grams(word)), _LONGEST_GRAM)
    long = [(number, word) for number, word in zip(numbers, lettered, strict=True) if len(word) >= _SHORTEST_SKELETON]
    _write_parts(
        writer, "skeletons", [number for number, _ in long], [word for _, word in long], lambda w: [skeleton(w)], LONGEST_TOKEN
    )


def _write_parts(
    writer: IndexWriter,
    name: str,
    numbers: Sequence[int],
    words: Sequence[str],
    parts_of: Callable[[str], list[str]],
    width: int,
) -> None:
    places: dict[str, int] = {}
    keys, rows = array("i"), array("i")
    for number, word in zip(numbers, words, strict=True):
        parts = parts_of(word)
        keys.extend([places.setdefault(part, len(places)) for part in parts])
        rows.extend([number] * len(parts))
    known, order = sorted_words(list(places), width)
    ordered: Rows = order[np.frombuffer(keys, dtype=np.int32)] if len(keys) else order
    writer.words(name, known)
    writer.postings(name, posted(ordered, np.frombuffer(rows, dtype=np.int32), len(known)))
