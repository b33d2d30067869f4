"""Trains the risk model: on invented histories for the one that is shipped, on the operator's own for theirs.

`python -m models.ml.train.risk --out models/ml/artefacts --report docs/risk-model.md`. It is judged on orders that came later
than all it learnt from, and on customers of whom it saw no order.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from pathlib import Path
from typing import Any

import numpy as np

from models.domain.risk_features import FEATURES, SIGNS
from models.ml.registry import booster, model_files
from models.ml.risk_model import NAME
from models.ml.train.invented_histories import SEED, Example, invented_examples
from models.ml.train.judging import Floats, Judged, judged
from models.ml.train.risk_report import card_figures, report, write_between

TREES = 160
#: What the shipped policy asks a person from, and what is told beside it.
ACCEPT = 0.3
THRESHOLDS = (0.1, 0.2, 0.3, 0.5)
PARAMETERS: dict[str, Any] = {
    "objective": "binary:logistic", "max_depth": 4, "eta": 0.07, "subsample": 0.8, "colsample_bytree": 0.8,
    "min_child_weight": 3, "lambda": 3.0, "seed": SEED, "nthread": 2, "tree_method": "hist",
    "monotone_constraints": tuple(SIGNS[name] for name in FEATURES),
}  # fmt: skip
COMMAND = "python -m models.ml.train.risk --out models/ml/artefacts --report docs/risk-model.md"
LIMITS = (
    "Learnt from invented histories: it knows which signs speak for what, not how often an operator's own orders are wrong. "
    "Its scores are shares of the invented orders. Wrong orders without any sign are among them, and nobody finds those."
)


@dataclass(frozen=True, slots=True)
class Trained:
    """A model as bytes, with what each feature is where nothing is out of the way."""

    content: bytes
    usual: dict[str, float]


def is_unseen(customer: str) -> bool:
    """Whether a customer is kept away from training, to see how the model does on strangers: one in four."""
    return hashlib.sha256(customer.encode()).digest()[0] % 4 == 0


def fitted(examples: Sequence[Example], weights: Sequence[float] | None = None) -> Trained:
    """The model of these examples. Each feature works only the way its sign says."""
    import xgboost

    wrong = np.array([each.is_wrong for each in examples], dtype=np.float32)
    data = xgboost.DMatrix(rows_of(examples), wrong, weight=None if weights is None else np.array(weights))
    content = bytes(xgboost.train(PARAMETERS, data, TREES).save_raw("ubj"))
    return Trained(content, _usual(examples))


def rows_of(examples: Sequence[Example]) -> Floats:
    return np.array([[each.features.get(name, nan) for name in FEATURES] for each in examples], dtype=np.float32)


def figures_of(model: Trained, examples: Sequence[Example]) -> Judged:
    scores = booster(model.content).inplace_predict(rows_of(examples)).astype(np.float64)
    return judged(scores, np.array([each.is_wrong for each in examples]), THRESHOLDS)


def files_of(model: Trained, **card: Any) -> dict[str, bytes]:
    """The model as the files that a folder of models holds."""
    return model_files(booster(model.content), NAME, features=FEATURES, usual=model.usual, **card)


def _usual(examples: Sequence[Example]) -> dict[str, float]:
    """The middle of each feature among right orders."""
    rows = rows_of([each for each in examples if not each.is_wrong])
    known = {name: rows[:, at][~np.isnan(rows[:, at])] for at, name in enumerate(FEATURES)}
    return {name: round(float(np.median(column)), 4) for name, column in known.items() if len(column)}


def train(seed: int = SEED) -> tuple[dict[str, bytes], str]:
    """The files of the shipped model, and its report."""
    examples = list(invented_examples(seed))
    print(f"{len(examples)} orders, {sum(each.is_wrong for each in examples)} wrong", file=sys.stderr)  # noqa: T201
    cut = examples[len(examples) * 2 // 3].day
    seen = [each for each in examples if not is_unseen(each.customer)]
    learnt, later = [each for each in seen if each.day < cut], [each for each in seen if each.day >= cut]
    strangers = [each for each in examples if is_unseen(each.customer)]
    model = fitted(learnt)
    told = {
        "out of time": figures_of(model, later),
        "customers not seen": figures_of(model, strangers),
        "both": figures_of(model, [each for each in strangers if each.day >= cut]),
    }
    files = files_of(
        model,
        trained_on=f"invented order histories ({len(learnt)} orders, {sum(each.is_wrong for each in learnt)} wrong)",
        command=COMMAND,
        accept=ACCEPT,
        seed=seed,
        splits=f"learnt from orders before {cut} of three customers in four; judged on later ones, and on the fourth customer's",
        limits=LIMITS,
        figures=card_figures(told),
    )
    return files, report(told, later, booster(model.content).inplace_predict(rows_of(later)), len(learnt))


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the risk model that is shipped.")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--report", type=Path, metavar="FILE.md")
    chosen = parser.parse_args()
    files, told = train()
    for name, content in files.items():
        (chosen.out / name).write_bytes(content)
    if chosen.report:
        write_between(chosen.report, told)


if __name__ == "__main__":
    main()
