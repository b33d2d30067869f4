"""Says which pairs of product records are the same product, with labelled pairs to learn from or without.

Without labels a pair must be alike enough and the best that either record has. With labels a model is trained on all that
is measured, and its threshold is the one that does best on labelled pairs which it did not see.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from models.ml.pair_features import Record, Telling, measured, standing
from models.ml.stated import stated_object

if TYPE_CHECKING:
    import xgboost

#: Found on the training and validation halves of two public sets of shops' pairs, the same for both.
_ALIKE, _STEEPNESS = 0.95, 6.0
_TREES, _FOLDS = 400, 3
_PARAMETERS = {
    "objective": "binary:logistic", "max_depth": 5, "eta": 0.05, "subsample": 0.8, "colsample_bytree": 0.6, "min_child_weight": 2,
    "seed": 20261122, "nthread": 2,
}  # fmt: skip
#: Fewer pairs of a kind teach nothing that holds.
_FEWEST = 10


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, and whether they are known to be the same product."""

    id: Any
    left: Record
    right: Record
    is_same: bool | None = None

    @classmethod
    def read(cls, line: str, *, labelled: bool = False) -> Pair:
        """A pair of one line of JSON. Raises ValueError with the cause."""
        stated = stated_object(line)
        sides = [stated.get(side) for side in ("left", "right")]
        if not all(isinstance(side, dict) and side for side in sides):
            raise ValueError('"left" and "right" must be objects with the fields of a product')
        label = stated.get("label")
        if labelled and str(label) not in {"0", "1", "True", "False"}:
            raise ValueError('a pair to learn from needs a "label" that is 0 or 1')
        left, right = (Record.of(_plain(side)) for side in sides if isinstance(side, dict))
        return cls(stated.get("id"), left, right, str(label) in {"1", "True"} if labelled else None)


def _plain(side: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in side.items() if isinstance(value, str | int | float)}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How likely a pair is the same product, and whether it is taken for it."""

    match: bool
    probability: float


def matched(pairs: Sequence[Pair], labelled: Sequence[Pair] = ()) -> list[Verdict]:
    """A verdict for each pair. Raises ValueError where the labelled pairs are too few to learn from."""
    return _trained(pairs, labelled) if labelled else _untrained(pairs)


def _rows(pairs: Sequence[Pair]) -> NDArray[np.float32]:
    telling = Telling(record for pair in pairs for record in (pair.left, pair.right))
    return measured([(pair.left, pair.right) for pair in pairs], telling)


def _untrained(pairs: Sequence[Pair]) -> list[Verdict]:
    standings = [standing(row) for row in _rows(pairs).tolist()]
    return [Verdict(value >= _ALIKE, _as_probability(value)) for value in standings]


def _as_probability(value: float) -> float:
    return 1 / (1 + math.exp(-_STEEPNESS * (value - _ALIKE)))


def _trained(pairs: Sequence[Pair], labelled: Sequence[Pair]) -> list[Verdict]:
    labels = np.array([bool(pair.is_same) for pair in labelled])
    if min(labels.sum(), (~labels).sum()) < _FEWEST:
        raise ValueError(f"at least {_FEWEST} pairs with label 1 and {_FEWEST} with label 0 are needed to learn from")
    # Measured together: what else a record is paired with tells as much in the pairs to learn from as in the others.
    rows = _rows([*labelled, *pairs])
    known, asked = rows[: len(labelled)], rows[len(labelled) :]
    threshold = _threshold(known, labels)
    told = _told(_model(known, labels), asked)
    return [Verdict(one >= threshold, one) for one in told.tolist()]


def _model(rows: NDArray[np.float32], labels: NDArray[np.bool_]) -> xgboost.Booster:
    import xgboost

    return xgboost.train(_PARAMETERS, xgboost.DMatrix(rows, labels.astype(np.float32)), _TREES)


def _told(model: xgboost.Booster, rows: NDArray[np.float32]) -> NDArray[np.float32]:
    told: NDArray[np.float32] = np.asarray(model.inplace_predict(rows), dtype=np.float32)
    return told


def _threshold(rows: NDArray[np.float32], labels: NDArray[np.bool_]) -> float:
    """The probability from which on F1 is best, by models that did not see the pairs that they judge."""
    fold = np.random.default_rng(20261122).integers(0, _FOLDS, len(labels))
    told = np.zeros(len(labels), dtype=np.float32)
    for number in range(_FOLDS):
        seen = fold != number
        told[~seen] = _told(_model(rows[seen], labels[seen]), rows[~seen])
    order = np.argsort(-told, kind="stable")
    right = np.cumsum(labels[order])
    f1 = 2 * right / (np.arange(1, len(labels) + 1) + labels.sum())
    # Between neighbours of the best cut, not at one of them.
    best = int(f1.argmax())
    return float(np.clip((told[order][best] + told[order][min(best + 1, len(labels) - 1)]) / 2, 0.2, 0.8))
