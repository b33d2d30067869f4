"""Online Retail (UCI, CC BY 4.0): what a wholesaler sold in nine months is the catalogue, what came later is not sold."""

from __future__ import annotations

import csv
import gzip
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from models.ml.goods import Goods
from models.ml.train.items import is_for_training

_END = "2011-09-01"
_VOWELS = frozenset("AEIOUaeiou")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Retail:
    """The goods of the catalogue, and the texts of goods that came later and whose text the catalogue has not."""

    goods: tuple[Goods, ...]
    later: tuple[str, ...]


def read_retail(path: Path) -> Retail:
    """The stock codes of five digits with their commonest text in each part of the time."""
    texts: dict[bool, dict[str, Counter[str]]] = {True: defaultdict(Counter), False: defaultdict(Counter)}
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as file:
        for row in csv.DictReader(file):
            code, text = row["StockCode"].strip().upper(), " ".join(row["Description"].split())
            if text and re.fullmatch(r"\d{5}[A-Z]{0,2}", code) and float(row["UnitPrice"] or 0) > 0:
                texts[row["InvoiceDate"] < _END][code][text] += 1
    known = {code: counted.most_common(1)[0][0] for code, counted in texts[True].items()}
    later = {counted.most_common(1)[0][0] for code, counted in texts[False].items() if code not in known}
    goods = tuple(Goods(sku=code, texts=(text,)) for code, text in sorted(known.items()))
    return Retail(goods, tuple(sorted(later - set(known.values()))))


def retail_questions(retail: Retail, seed: int, count: int) -> list[tuple[str, Goods | None]]:
    """Texts as customers write them, for goods that training never asked for, and three for each that is not sold."""
    return [(text, meant) for _, text, meant in _asked(retail, seed, count)]


def _asked(retail: Retail, seed: int, count: int) -> Iterator[tuple[list[str], str, Goods | None]]:
    draw = random.Random(seed)
    unseen = [goods for goods in retail.goods if not is_for_training(goods.sku)]
    yield from ((*_written(draw, one.label), one) for one in draw.choices(unseen, k=count))
    yield from ((*_written(draw, text), None) for text in retail.later for _ in range(3))


def told_by_words(retail: Retail, seed: int, count: int) -> tuple[float, float]:
    """What could be taken by whoever reads every word through each slip, and takes goods whose text alone has all the words: of
    the texts for known goods, and of those for goods that are not sold. Words that were left out nobody can read."""
    bearing: dict[str, set[int]] = defaultdict(set)
    words = [_word_set(goods.label.split()) for goods in retail.goods]
    for row, own in enumerate(words):
        for word in own:
            bearing[word].add(row)
    taken: dict[bool, list[bool]] = {True: [], False: []}
    for kept, _, meant in _asked(retail, seed, count):
        asked = _word_set(kept)
        rows = set.intersection(*(bearing[word] for word in asked))
        # Of several that have all the words, one that has no other is what was written.
        rows = {row for row in rows if words[row] == asked} or rows
        taken[meant is not None].append(len(rows) == 1)
    of_known, of_unknown = (sum(each) / len(each) for each in (taken[True], taken[False]))
    return of_known, of_unknown


def _word_set(words: Iterable[str]) -> frozenset[str]:
    """Words without marks and plurals, as it were by sight."""
    parts = (part for word in words for part in re.split(r"[^a-z0-9]+", word.lower()))
    return frozenset(part.rstrip("s") or part for part in parts if part)


def mangled(draw: random.Random, text: str) -> str:
    """Typing errors, left-out and shortened words, another order: written apart from what the training garbles."""
    return _written(draw, text)[1]


def _written(draw: random.Random, text: str) -> tuple[list[str], str]:
    """The words that are left, and the text that was made of them."""
    words = text.lower().split() if draw.random() < 0.7 else text.split()
    if len(words) >= 4 and draw.random() < 0.45:
        words.pop(draw.randrange(len(words)))
    if len(words) >= 5 and draw.random() < 0.25:
        words.pop(draw.randrange(len(words)))
    kept = words
    words = [mistyped(draw, word) if draw.random() < 0.12 else _shortened(draw, word) for word in words]
    if draw.random() < 0.3 and len(words) > 1:
        at = draw.randrange(len(words) - 1)
        words[at], words[at + 1] = words[at + 1], words[at]
    if draw.random() < 0.1:
        draw.shuffle(words)
    return kept, " ".join(words)


def mistyped(draw: random.Random, word: str) -> str:
    if len(word) < 4:
        return word
    at = draw.randrange(1, len(word) - 1)
    ways = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + draw.choice(_LETTERS) + word[at + 1 :],
        word[:at] + word[at] + word[at:],
    )
    return draw.choice(ways)


def _shortened(draw: random.Random, word: str) -> str:
    if len(word) < 5 or draw.random() >= 0.1:
        return word
    consonants = word[0] + "".join(letter for letter in word[1:] if letter not in _VOWELS)
    return draw.choice((word[: draw.randrange(3, 5)], consonants, word[:4] + "."))
