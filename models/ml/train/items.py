"""Trains the judge of items on catalogues whose texts are garbled, with a part of the goods withheld as not sold.

`python -m models.ml.train.items --catalogue FILE.csv … --out models/ml/artefacts`. Goods whose SKU's digest is odd are
never asked for: they are what benchmarks measure on.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.ml.catalogue_csv import read_catalogue
from models.ml.goods import Goods
from models.ml.item_features import FEATURES, features
from models.ml.item_judge import ItemJudge
from models.ml.item_matcher import ItemMatcher, matcher_of
from models.ml.registry import booster, model_files
from models.ml.train.garbling import garbled
from models.ml.train.invented_goods import invented_goods

SEED = 20261122
#: Texts of each round. Other goods are withheld in each, so that the same thing is learnt as sold and as not sold.
_QUERIES, _ROUNDS, _INVENTED_ROUNDS, _WITHHELD, _TREES = 2_500, 7, 2, 0.12, 400
_PARAMETERS = {
    "objective": "binary:logistic", "max_depth": 5, "eta": 0.06, "subsample": 0.8, "colsample_bytree": 0.7, "min_child_weight": 4,
    "lambda": 3.0, "seed": SEED, "nthread": 2,
}  # fmt: skip
#: Eleven right and one wrong cost a reviewer less than the wrong one costs the customer.
ACCEPT = 0.92


@dataclass(frozen=True, slots=True)
class Question:
    """A text, and the goods it means; None for goods that are not sold."""

    text: str
    meant: Goods | None


def is_for_training(sku: str) -> bool:
    """Whether goods may be asked for in training: those of benchmarks never are."""
    return hashlib.sha256(sku.encode()).digest()[0] % 2 == 0


def questions(goods: Sequence[Goods], draw: random.Random, count: int) -> tuple[list[Goods], list[Question]]:
    """The goods that are sold, and texts for them and for those withheld, one in five, in random order."""
    asked = [one for one in goods if is_for_training(one.sku) and one.texts]
    withheld = {one.sku for one in asked if draw.random() < _WITHHELD}
    gone = [one for one in asked if one.sku in withheld]
    sold = [one for one in goods if one.sku not in withheld]
    known = {text for one in sold for text in one.texts}
    missing = [one for one in gone if not known & set(one.texts)]
    kept = [one for one in asked if one.sku not in withheld]
    found = [Question(garbled(draw, draw.choice(one.texts)), one) for one in draw.choices(kept, k=count * 4 // 5)]
    found += [Question(garbled(draw, draw.choice(one.texts)), None) for one in draw.choices(missing, k=count // 5)]
    draw.shuffle(found)
    return sold, found


def measured(matcher: ItemMatcher, asked: Sequence[Question]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """The features of everything found for the texts, and whether it is what was meant."""
    rows, right = [np.empty((0, len(FEATURES)), dtype=np.float32)], []
    for question in asked:
        described, found = matcher.asked_and_found(question.text)
        if found:
            rows.append(features(described, found))
            right += [question.meant is not None and one.goods.texts == question.meant.texts for one in found]
    return np.concatenate(rows), np.array(right, dtype=bool)


def train(catalogues: Sequence[tuple[str, Sequence[Goods]]], seed: int = SEED) -> dict[str, bytes]:
    """The files of a judge of items, trained on these catalogues and one that is invented."""
    import xgboost

    draw = random.Random(seed)  # noqa: S311 (repeatable, not secret)
    every = [*catalogues, ("invented", list(invented_goods(20_000, seed)))]
    rows, labels, held_out = [], [], []
    for name, goods in every:
        for left in reversed(range(_INVENTED_ROUNDS if name == "invented" else _ROUNDS)):
            sold, asked = questions(goods, draw, _QUERIES)
            matcher = matcher_of(sold)
            print(f"{name}: {len(sold)} goods, {len(asked)} texts", file=sys.stderr)  # noqa: T201 (a command for people)
            if not left:
                # The last round judges: what it withholds was sold in most of the others.
                held_out.append((name, matcher, asked))
                continue
            features_of, right = measured(matcher, asked)
            rows.append(features_of)
            labels.append(right)
    data = xgboost.DMatrix(np.concatenate(rows), np.concatenate(labels).astype(np.float32), feature_names=list(FEATURES))
    content = bytes(xgboost.train(_PARAMETERS, data, _TREES).save_raw("ubj"))
    # Without names it takes bare rows, which is quicker.
    model = booster(content)
    model.feature_names = None
    judge = ItemJudge(model, accept=1.0)
    told = {name: outcomes(judge, matcher, asked) for name, matcher, asked in held_out}
    return model_files(
        model,
        name="item_matcher",
        trained_on=", ".join(f"{name} ({len(goods)} goods)" for name, goods in every),
        command="python -m models.ml.train.items --catalogue … --out models/ml/artefacts",
        features=FEATURES,
        accept=ACCEPT,
        figures={name: figures(each, ACCEPT) for name, each in told.items()},
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the judge said of a text: how sure, whether it was right, and whether the thing is sold at all."""

    probability: float
    is_right: bool
    is_sold: bool


def outcomes(judge: ItemJudge, matcher: ItemMatcher, asked: Sequence[Question]) -> list[Outcome]:
    told = []
    for question in asked:
        best = next(iter(judge.judged(*matcher.asked_and_found(question.text))), None)
        right = best is not None and question.meant is not None and best.found.goods.texts == question.meant.texts
        told.append(Outcome(best.probability if best else 0.0, right, question.meant is not None))
    return told


def figures(told: Sequence[Outcome], accept: float) -> str:
    """How the judge did on texts that it was not trained on, in words."""
    sold, unsold = [one for one in told if one.is_sold], [one for one in told if not one.is_sold]
    taken = [one for one in sold if one.probability >= accept]
    wrong, false = sum(not one.is_right for one in taken), sum(one.probability >= accept for one in unsold)
    return (
        f"{sum(one.is_right for one in sold) / len(sold):.3f} first, {len(taken) / len(sold):.3f} accepted, "
        f"{wrong} of {len(taken)} wrongly, {false} of {len(unsold)} for goods not sold"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the judge of items.")
    parser.add_argument("--catalogue", type=Path, action="append", default=[], metavar="FILE.csv")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    chosen = parser.parse_args()
    catalogues = []
    for path in chosen.catalogue:
        with path.open("rb") as file:
            catalogues.append((path.stem, list(read_catalogue(file, lambda problem: print(problem, file=sys.stderr)))))  # noqa: T201
    for name, content in train(catalogues).items():
        (chosen.out / name).write_bytes(content)


if __name__ == "__main__":
    main()
