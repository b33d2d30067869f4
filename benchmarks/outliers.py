"""What an isolation forest would add to the risk model: run `python -m benchmarks.outliers`; it takes minutes.

Liu, Ting, Zhou, "Isolation Forest", ICDM 2008: what few random cuts part from the rest is an outlier. Learnt from and judged on
the same invented orders as the model.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.domain.risk_features import FEATURES, SIGNS
from models.ml.train.invented_histories import SEED, Example, invented_examples
from models.ml.train.judging import Floats, judged
from models.ml.train.risk import PARAMETERS, TREES, is_unseen, rows_of

GOODS = ("quantity_to_usual", "quantity_below_usual", "quantity_stands_out", "price_undercut")
_SAMPLE, _DEEPEST, _EULER = 256, 8, 0.5772156649


@dataclass(frozen=True, slots=True)
class _Cut:
    """A random cut of one column; what is left on either side is cut again, or counted."""

    column: int
    at: float
    below: _Cut | int
    above: _Cut | int


class Forest:
    """An isolation forest on some columns of the features; unknown values count as the middle one."""

    def __init__(self, rows: Floats, columns: Sequence[str], trees: int, seed: int) -> None:
        self._columns = [FEATURES.index(name) for name in columns]
        self._middle = np.nanmedian(rows[:, self._columns], axis=0)
        draw, known = np.random.default_rng(seed), self._known(rows)
        self._trees = [_grown(known[draw.choice(len(known), _SAMPLE, replace=False)], draw, 0) for _ in range(trees)]

    def scores(self, rows: Floats) -> Floats:
        """Near 1 for outliers, below a half for the rest (equation 2 of the paper)."""
        known = self._known(rows)
        depth = np.mean([_depth(known, tree, 0) for tree in self._trees], axis=0)
        return np.asarray(2 ** (-depth / _usual_depth(_SAMPLE)))

    def _known(self, rows: Floats) -> Floats:
        chosen = rows[:, self._columns]
        return np.where(np.isnan(chosen), self._middle, chosen)


def _grown(rows: Floats, draw: np.random.Generator, depth: int) -> _Cut | int:
    spans = rows.max(axis=0) - rows.min(axis=0) if len(rows) else np.zeros(rows.shape[1])
    parting = np.flatnonzero(spans > 0)
    if depth >= _DEEPEST or not len(parting):
        return len(rows)
    column = int(draw.choice(parting))
    at = float(draw.uniform(rows[:, column].min(), rows[:, column].max()))
    below = rows[:, column] < at
    return _Cut(column, at, _grown(rows[below], draw, depth + 1), _grown(rows[~below], draw, depth + 1))


def _depth(rows: Floats, tree: _Cut | int, depth: int) -> Floats:
    if isinstance(tree, int):
        return np.full(len(rows), depth + _usual_depth(tree))
    found = np.empty(len(rows))
    below = rows[:, tree.column] < tree.at
    found[below] = _depth(rows[below], tree.below, depth + 1)
    found[~below] = _depth(rows[~below], tree.above, depth + 1)
    return found


def _usual_depth(count: int) -> float:
    """How deep an unsuccessful search in a tree of `count` goes (equation 1)."""
    return 0.0 if count < 2 else 2 * (math.log(count - 1) + _EULER) - 2 * (count - 1) / count


def measured(seed: int, trees: int) -> str:
    """A table: forest and model alone, and the model with the forest's score as one feature more."""
    import xgboost

    examples = list(invented_examples(seed))
    cut = examples[len(examples) * 2 // 3].day
    seen = [each for each in examples if not is_unseen(each.customer)]
    learnt = [each for each in seen if each.day < cut]
    sets = [[each for each in seen if each.day >= cut], [each for each in examples if is_unseen(each.customer)]]
    rows, wrong = rows_of(learnt), _wrong(learnt)
    goods, every = Forest(rows, GOODS, trees, seed), Forest(rows, FEATURES, trees, seed)
    alone = xgboost.train(PARAMETERS, xgboost.DMatrix(rows, wrong), TREES)
    signs = (*(SIGNS[name] for name in FEATURES), 1)
    with_forest = xgboost.DMatrix(np.column_stack([rows, goods.scores(rows)]), wrong)
    both = xgboost.train({**PARAMETERS, "monotone_constraints": signs}, with_forest, TREES)
    told = {
        "forest on quantities and prices": [goods.scores(rows_of(each)) for each in sets],
        "forest on everything": [every.scores(rows_of(each)) for each in sets],
        "model": [alone.inplace_predict(rows_of(each)) for each in sets],
        "model with the forest's score": [
            both.inplace_predict(np.column_stack([rows_of(each), goods.scores(rows_of(each))])) for each in sets
        ],
    }
    return "\n".join(f"{name:32} {_figures(scores, sets)}" for name, scores in told.items())


def _figures(scores: Sequence[Floats], sets: Sequence[Sequence[Example]]) -> str:
    every = [judged(np.asarray(told, dtype=np.float64), _wrong(each), ()) for told, each in zip(scores, sets, strict=True)]
    return "   ".join(f"AUC {each.auc:.3f} AUPRC {each.auprc:.3f}" for each in every)


def _wrong(examples: Sequence[Example]) -> np.ndarray:
    return np.array([each.is_wrong for each in examples])


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what an isolation forest adds: out of time, and on customers not seen.")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--trees", type=int, default=100)
    chosen = parser.parse_args()
    print(measured(chosen.seed, chosen.trees))


if __name__ == "__main__":
    main()
