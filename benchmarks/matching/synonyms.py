"""Lines in other words and languages than the catalogue's: how many find their goods with the thesaurus and without.

The pairs were written by hand in three parts. `seen`: lines for an English catalogue, from before the thesaurus was written.
`unseen`: a German one of the same trades with other goods, written when the thesaurus was finished. `left out`: goods of two
trades that the thesaurus does not treat. Each part is a catalogue of its own.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from models.ml.goods import Goods
from models.ml.item_judge import shipped_judge
from models.ml.item_matcher import matcher_of
from models.ml.item_questions import ItemAnswers, ItemQuery
from models.ml.thesaurus import Thesaurus, thesaurus

_PARTS = ("seen", "unseen", "left out")


def measured_synonyms() -> Iterator[str]:
    """The page's part on them."""
    yield "## Other words and languages"
    yield ""
    yield "| lines | in the first five without the thesaurus | with it | first without | with it | taken with it | wrong |"
    yield "|---|---|---|---|---|---|---|"
    for part in _PARTS:
        without, told = _answered(part, None), _answered(part, thesaurus())
        five = [sum(place is not None and place < 5 for place, _ in each) for each in (without, told)]
        first = [sum(place == 0 for place, _ in each) for each in (without, told)]
        taken = [place == 0 for place, is_taken in told if is_taken]
        yield f"| {len(told)} {part} | {five[0]} | {five[1]} | {first[0]} | {first[1]} | {len(taken)} | {taken.count(False)} |"
    yield ""


def _answered(part: str, other_words: Thesaurus | None) -> list[tuple[int | None, bool]]:
    """For each line the place of the goods that are meant, and whether the first would be taken without a person."""
    goods = [Goods(sku=sku, texts=(text,)) for sku, text in _rows("goods.csv", part)]
    answers = ItemAnswers(matcher_of(goods), shipped_judge(), other_words=other_words)
    told = []
    for sku, text in _rows("queries.csv", part):
        answer = answers.answer(ItemQuery(None, text))
        skus = [one.goods.sku for one in answer.ranked]
        told.append((skus.index(sku) if sku in skus else None, answer.accept))
    return told


def _rows(name: str, part: str) -> list[tuple[str, str]]:
    with (Path(__file__).parent / "words" / name).open(encoding="utf-8", newline="") as file:
        return [(row["sku"], row["text"]) for row in csv.DictReader(file) if row["words"] == part]
