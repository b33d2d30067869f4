"""Answers which goods a line means, by its numbers and its words, and whether that is sure enough to do without a person.

No answer is an answer: what nothing in the catalogue fits is not accepted, and neither is a number that its own line's
words contradict.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.domain.identifiers import Gtin
from models.ml.found import Found
from models.ml.goods import Goods
from models.ml.item_judge import ItemJudge, Judged
from models.ml.item_matcher import ItemMatcher
from models.ml.stated import stated_object
from models.ml.thesaurus import Thesaurus
from models.ml.tokens import code_key

_MOST_CANDIDATES = 10
#: Below the first nothing good was found, and other words are tried; what they find is never surer than the second.
_GOOD, _BY_OTHER_WORDS = 0.5, 0.8
#: How sure a number alone makes, as its kind: the first is what the customer's own list says.
_SURE = {"the customer's part number": 0.99, "the GTIN": 0.99, "our SKU": 0.98, "the manufacturer's part number": 0.96}
#: Words that fit a numbered thing less than this speak of another one, if that one is found.
_FITTING, _RIVAL = 0.5, 0.6
_CONFLICT, _OTHER_GTIN, _UNFITTING = 0.5, 0.3, 0.8


@dataclass(frozen=True, slots=True)
class ItemQuery:
    """A line as a customer states it: a text, and the numbers beside it."""

    id: Any
    text: str
    customer_part_number: str = ""
    gtin: str = ""

    @classmethod
    def read(cls, line: str) -> ItemQuery:
        """A query of one line of JSON. Raises ValueError with the cause."""
        stated = stated_object(line)
        texts = {name: _text(stated, name) for name in ("query", "customer_part_number", "gtin")}
        if not any(texts.values()):
            raise ValueError('the query states neither "query" nor "customer_part_number" nor "gtin"')
        return cls(stated.get("id"), texts["query"], texts["customer_part_number"], texts["gtin"])


def _text(stated: Mapping[str, Any], name: str) -> str:
    value = stated.get(name)
    if isinstance(value, bool | list | dict):
        raise ValueError(f'"{name}" is no text')
    return "" if value is None else " ".join(str(value).split())


@dataclass(frozen=True, slots=True)
class Ranked:
    """One of the goods that may be meant, with the probability that they are and the reasons."""

    goods: Goods
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """The goods that may be meant, the likeliest first, and whether the first may be taken without a person."""

    accept: bool
    ranked: tuple[Ranked, ...] = ()

    @property
    def confidence(self) -> float:
        return self.ranked[0].score if self.ranked else 0.0

    def shown(self, query_id: Any) -> dict[str, Any]:
        """As the command line prints it."""
        candidates = [{"sku": one.goods.sku, "score": round(one.score, 4), "reasons": list(one.reasons)} for one in self.ranked]
        return {"id": query_id, "accept": self.accept, "confidence": round(self.confidence, 4), "candidates": candidates}


class ItemAnswers:
    """Answers queries from one catalogue. `own_numbers` are a customer's part numbers (as `code_key`) with our SKUs."""

    def __init__(
        self,
        matcher: ItemMatcher,
        judge: ItemJudge,
        own_numbers: Mapping[str, str] | None = None,
        other_words: Thesaurus | None = None,
    ) -> None:
        self._matcher = matcher
        self._judge = judge
        self._own = own_numbers or {}
        self._other_words = other_words

    def answer(self, query: ItemQuery) -> ItemAnswer:
        named = self._named(query)
        asked, found = self._matcher.asked_and_found(
            query.text, _MOST_CANDIDATES, {row: number for row, (_, number) in named.items()}
        )
        kinds = {self._matcher.index.goods(row).sku: kind for row, (kind, _) in named.items()}
        judged = self._judge.judged(asked, found)
        has_words = bool(asked.words or asked.sizes)
        ranked = [self._ranked(one, judged, kinds, query, has_words=has_words) for one in judged]
        if any(one.score == _CONFLICT and one.goods.sku in kinds for one in ranked):
            # The words speak for one thing and a number for another: neither is sure.
            ranked = [Ranked(one.goods, min(one.score, _CONFLICT), one.reasons) for one in ranked]
        if self._other_words is not None and not named and all(one.score < _GOOD for one in ranked):
            ranked = self._with_other_words(self._other_words, query.text, ranked)
        ranked.sort(key=lambda one: (-one.score, one.goods.sku))
        is_clear = len(ranked) < 2 or ranked[0].score - ranked[1].score >= 0.1
        return ItemAnswer(bool(ranked) and is_clear and ranked[0].score >= self._judge.accept, tuple(ranked[:_MOST_CANDIDATES]))

    def _with_other_words(self, other_words: Thesaurus, text: str, ranked: list[Ranked]) -> list[Ranked]:
        """Beside what was found, what is found under the catalogue's own words for what the text names."""
        best = {one.goods.sku: one for one in ranked}
        for told in other_words.translations(text, self._matcher.index.knows):
            asked, found = self._matcher.asked_and_found(told.text, _MOST_CANDIDATES)
            for one in self._judge.judged(asked, found):
                score, sku = min(one.probability, _BY_OTHER_WORDS), one.found.goods.sku
                if sku not in best or best[sku].score < score:
                    best[sku] = Ranked(one.found.goods, score, (*told.reasons, *one.found.weighed.reasons)[:8])
        return list(best.values())

    def _named(self, query: ItemQuery) -> dict[int, tuple[str, str]]:
        """The rows that a number beside the text speaks for, with the kind of number and the number, surest kind last."""
        index, number = self._matcher.index, query.customer_part_number
        named: dict[int, tuple[str, str]] = {}
        for row in index.bearing(number):
            kind = "our SKU" if code_key(index.goods(row).sku) == code_key(number) else "the manufacturer's part number"
            named[row] = (kind, number)
        if (gtin := Gtin.parse(query.gtin)) is not None:
            named |= {row: ("the GTIN", gtin) for row in index.bearing(gtin) if index.goods(row).gtin == gtin}
        own = self._own.get(code_key(number)) if number else None
        if own is not None:
            named |= dict.fromkeys(index.of_sku(own), ("the customer's part number", number))
        return named

    def _ranked(
        self, one: Judged, judged: list[Judged], kinds: Mapping[str, str], query: ItemQuery, *, has_words: bool
    ) -> Ranked:
        goods, reasons = one.found.goods, one.found.weighed.reasons
        if one.found.number is None:
            score = one.probability
        else:
            kind = kinds.get(goods.sku, "")
            score = _numbered(one.found, judged, _SURE.get(kind, 0.96), has_words=has_words)
            reasons = (f"{kind or 'a number in the text'} {one.found.number[:40]} is this item's", *reasons[1:])
        stated = Gtin.parse(query.gtin)
        if stated is not None and goods.gtin and goods.gtin != stated:
            score *= _OTHER_GTIN
            reasons = (f"its GTIN {goods.gtin} is not the stated {stated}", *reasons)
        elif query.gtin and stated is None:
            reasons = (*reasons, f"the stated GTIN {query.gtin[:20]} has a wrong check digit and tells nothing")
        return Ranked(goods, score, reasons[:8])


def _numbered(found: Found, judged: list[Judged], sure: float, *, has_words: bool) -> float:
    """How sure a number makes beside words that fit, fit badly, or fit another thing better."""
    others = [other for other in judged if other.found.number is not None and other.found.goods.sku != found.goods.sku]
    fit = _word_fit(found)
    if any(_word_fit(other.found) >= fit for other in others):
        return sure / (1 + len(others))
    if not has_words or fit >= _FITTING:
        return sure
    rivals = [other for other in judged if other.found.number is None and other.probability >= _RIVAL]
    return _CONFLICT if rivals else _UNFITTING


def _word_fit(found: Found) -> float:
    parts = found.weighed.parts
    return parts.met * parts.sizes * parts.traits * parts.absence
