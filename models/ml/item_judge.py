"""Says how likely each of the goods found for a text is meant: a trained model weighs how they agree.

What it says is a probability: of the goods that get 0.9, nine in ten are right, as measured on goods and texts that the
training did not see (see the model's card).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from models.ml.descriptions import Described
from models.ml.found import Found
from models.ml.item_features import FEATURES, features
from models.ml.registry import load_model
from models.ml.trees import Trees

if TYPE_CHECKING:
    import xgboost

#: Nothing but the item's own text is certain.
_NEARLY = 0.99


@dataclass(frozen=True, slots=True)
class Judged:
    """Goods with the probability that they are meant."""

    found: Found
    probability: float


class ItemJudge:
    """A trained model at work. Above `accept` it takes goods without a person."""

    def __init__(self, model: xgboost.Booster, accept: float) -> None:
        self._trees = Trees(model)
        self.accept = accept

    def judged(self, asked: Described, found: Sequence[Found]) -> list[Judged]:
        """The goods with their probabilities, the likeliest first."""
        if not found:
            return []
        told = self._trees.probabilities(features(asked, found)).tolist()
        # One text under several numbers: words cannot tell which is meant.
        alike = Counter(one.goods.texts for one in found)
        judged = [Judged(one, _settled(one, raw) / alike[one.goods.texts]) for one, raw in zip(found, told, strict=True)]
        return sorted(judged, key=lambda one: (-one.probability, -one.found.weighed.score, one.found.goods.sku))


def _settled(one: Found, probability: float) -> float:
    return 1.0 if one.weighed.score == 1.0 else min(probability, _NEARLY)


@cache
def shipped_judge() -> ItemJudge:
    """The judge that comes with the program. Raises `Misconfigured` where its model is not the one that was shipped."""
    model, card = load_model("item_matcher", FEATURES)
    return ItemJudge(model, card.accept)
