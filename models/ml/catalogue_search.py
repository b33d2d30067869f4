"""Finds what a line's words mean among the things that we sell, each with the probability that it is meant."""

from __future__ import annotations

from collections.abc import Sequence

from models.domain.findings import Candidate
from models.ml.item_judge import ItemJudge
from models.ml.item_questions import ItemAnswers, ItemQuery
from models.ml.shared_index import SharedIndex


class CatalogueSearch:
    """Fulfils `activities.ports.ItemSearch` with the shared index and a trained judge."""

    def __init__(self, index: SharedIndex, judge: ItemJudge) -> None:
        self._index = index
        self._judge = judge

    @property
    def accept(self) -> float:
        return self._judge.accept

    def candidates(self, description: str, limit: int = 10) -> Sequence[Candidate]:
        """The likeliest items, best first; scores are probabilities."""
        answers = ItemAnswers(self._index.matcher(), self._judge)
        ranked = answers.answer(ItemQuery(id=None, text=description)).ranked[:limit]
        return [
            Candidate(value=one.goods.sku, label=one.goods.label, score=round(one.score, 4), reasons=one.reasons)
            for one in ranked
        ]
