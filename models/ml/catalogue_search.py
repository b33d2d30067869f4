"""Finds what a line's words mean among the things that we sell, each with the probability that it is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from models.domain.findings import Candidate
from models.ml.goods import Goods
from models.ml.index_building import build
from models.ml.item_judge import ItemJudge
from models.ml.item_matcher import ItemMatcher
from models.ml.item_questions import ItemAnswers, ItemQuery
from models.ml.retrieval import ItemIndex
from models.ml.shared_index import SharedIndex
from models.ml.thesaurus import thesaurus

#: How likely a number that is known but for one sign means its only neighbour: likely enough to propose, never to take.
_SLIP = 0.6


def catalogue_index(
    goods: Callable[[], Iterable[Goods]], version: Callable[[], str], place: Path, *, pause: float = 0.5, patience: float = 2.0
) -> SharedIndex[ItemMatcher]:
    """The shared index of the goods; see `SharedIndex` for `pause` and `patience`."""
    return SharedIndex(
        lambda at, known: build(goods(), at, known),
        lambda at: ItemMatcher(ItemIndex(at)),
        version,
        place,
        pause=pause,
        patience=patience,
    )


class CatalogueSearch:
    """Fulfils `activities.ports.ItemSearch` with the shared index and a trained judge."""

    def __init__(self, index: SharedIndex[ItemMatcher], judge: ItemJudge) -> None:
        self._index = index
        self._judge = judge

    @property
    def accept(self) -> float:
        return self._judge.accept

    def candidates(self, description: str, limit: int = 10) -> Sequence[Candidate]:
        """The likeliest items, best first; scores are probabilities."""
        answers = ItemAnswers(self._index.current(), self._judge, other_words=thesaurus())
        ranked = answers.answer(ItemQuery(id=None, text=description)).ranked[:limit]
        return [
            Candidate(value=one.goods.sku, label=one.goods.label, score=round(one.score, 4), reasons=one.reasons)
            for one in ranked
        ]

    def nearly_numbered(self, number: str) -> Sequence[Candidate]:
        """The items one of whose numbers differs from this one by a sign; the more of them, the less likely each."""
        index = self._index.current().index
        rows = index.nearly_bearing(number)
        near = [index.goods(row) for row in rows]
        reason = f"one sign away from {number[:40]!r}"
        return [Candidate(value=one.sku, label=one.label, score=round(_SLIP / len(near), 4), reasons=(reason,)) for one in near]
