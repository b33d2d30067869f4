"""Goods that were found for a text, before and after they are judged."""

from __future__ import annotations

from dataclasses import dataclass

from models.domain.findings import Candidate
from models.ml.comparison import Weighed
from models.ml.descriptions import Described
from models.ml.goods import Goods


@dataclass(frozen=True, slots=True)
class Found:
    """Goods that a text may mean, with their score from 0 to 1 and its reasons. `texts` are theirs, taken apart; `shared` is
    what the index says of how much they have in common with the text: comparable among the goods found for one text;
    `number` is a number of theirs that stands in the text or beside it."""

    goods: Goods
    weighed: Weighed
    texts: tuple[Described, ...]
    shared: float
    number: str | None = None

    def candidate(self, score: float | None = None) -> Candidate:
        """As a candidate, with a score of its own or the rule's."""
        shown = self.weighed.score if score is None else score
        return Candidate(value=self.goods.sku, label=self.goods.label, score=round(shown, 4), reasons=self.weighed.reasons)
