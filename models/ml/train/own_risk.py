"""Trains the risk model on the operator's own orders, with invented ones beside them as long as their own are few.

The newest orders are held back: a model that does not do better on them than the one in force is not written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from models.domain.errors import Rejected
from models.ml.risk_model import RiskModel
from models.ml.train.invented_histories import Example
from models.ml.train.judging import Judged, judged
from models.ml.train.risk import ACCEPT, LIMITS, THRESHOLDS, figures_of, files_of, fitted
from models.ml.train.risk_report import card_figures

#: So many orders, and wrong ones among them, say something; below that chance speaks.
LEAST_ORDERS, LEAST_WRONG = 300, 20
#: All invented orders together weigh as much as so many of the operator's own.
_WEIGHT_OF_INVENTED = 1000
_HELD_BACK = 0.2


def retrained(own: Sequence[Example], inventing: Iterable[Example], in_force: RiskModel) -> tuple[dict[str, bytes], str]:
    """The files of the new model, and how it did on the newest orders beside the one in force, in words.

    Raises `Rejected` where the own orders are too few, or the one in force does better.
    """
    ordered = sorted(own, key=lambda each: each.day)
    _demand_enough(ordered)
    cut = int(len(ordered) * (1 - _HELD_BACK))
    learnt, newest = ordered[:cut], ordered[cut:]
    _demand_both(newest)
    invented = list(inventing)  # only now: to invent them takes a while, and too few orders are refused at once
    weights = [1.0] * len(learnt) + [_WEIGHT_OF_INVENTED / len(invented)] * len(invented)
    new, old = figures_of(fitted([*learnt, *invented], weights), newest), _figures(in_force, newest)
    words = f"on the {len(newest)} newest orders: {_words(new)}; the model in force: {_words(old)}"
    if new.log_loss > old.log_loss:
        raise Rejected(f"the model in force stays, it does better {words}", code="no_better")
    # What was held back to judge belongs into the model that goes to work.
    final = fitted([*ordered, *invented], [1.0] * len(ordered) + weights[len(learnt) :])
    files = files_of(final, **_card(ordered, len(invented), new))
    return files, words


def _demand_enough(own: Sequence[Example]) -> None:
    wrong = sum(each.is_wrong for each in own)
    if len(own) < LEAST_ORDERS or wrong < LEAST_WRONG:
        raise Rejected(
            f"{len(own)} decided orders with {wrong} wrong ones are too few to learn from: {LEAST_ORDERS} with {LEAST_WRONG} are "
            "needed. The model in force stays.",
            code="too_few_orders",
        )


def _demand_both(newest: Sequence[Example]) -> None:
    if len({each.is_wrong for each in newest}) < 2:
        raise Rejected(
            f"none of the {len(newest)} newest orders, which judge a new model, was wrong: try again later",
            code="too_few_orders",
        )


def _figures(model: RiskModel, examples: Sequence[Example]) -> Judged:
    scores = np.array(model.scores([each.features for each in examples]))
    return judged(scores, np.array([each.is_wrong for each in examples]), THRESHOLDS)


def _words(figures: Judged) -> str:
    return f"AUC {figures.auc:.3f}, AUPRC {figures.auprc:.3f}, mean surprise {figures.log_loss:.4f}"


def _card(own: Sequence[Example], invented: int, figures: Judged) -> dict[str, Any]:
    return {
        "trained_on": f"{len(own)} orders of our own ({own[0].day} to {own[-1].day}), {invented} invented ones beside them",
        "command": "orderwright train risk",
        "is_own": True,
        "accept": ACCEPT,
        "splits": "judged on the newest fifth before that too was learnt",
        "limits": LIMITS,
        "figures": card_figures({"newest fifth": figures}),
    }
