"""How well scores tell right from wrong: by rank (AUC), by what is found among the highest (AUPRC), and by what they promise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
_BINS = 10


@dataclass(frozen=True, slots=True)
class Review:
    """Where orders from a score on are looked at: their share of all, which share of the wrong ones is among them
    (`recall`), and which share of them is wrong (`precision`)."""

    threshold: float
    share: float
    recall: float
    precision: float


@dataclass(frozen=True, slots=True)
class Judged:
    """Figures of scores on orders of which it is known whether they were wrong."""

    orders: int
    wrong: int
    auc: float
    auprc: float
    calibration_error: float
    log_loss: float
    reviews: tuple[Review, ...] = ()


def judged(scores: Floats, wrong: Bools, thresholds: tuple[float, ...] = ()) -> Judged:
    """The figures of scores (0 to 1) by order; both kinds of orders must be there."""
    return Judged(
        orders=len(scores),
        wrong=int(wrong.sum()),
        auc=area_under_curve(scores, wrong),
        auprc=average_precision(scores, wrong),
        calibration_error=calibration_error(scores, wrong),
        log_loss=log_loss(scores, wrong),
        reviews=tuple(_review(scores, wrong, threshold) for threshold in thresholds),
    )


def area_under_curve(scores: Floats, wrong: Bools) -> float:
    """The chance that a wrong order has a higher score than a right one; half a chance where they tie."""
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = (ends - (counts - 1) / 2)[place]
    bad, good = int(wrong.sum()), int((~wrong).sum())
    return float((ranks[wrong].sum() - bad * (bad + 1) / 2) / (bad * good))


def average_precision(scores: Floats, wrong: Bools) -> float:
    """The precision at each wrong order, from the highest score down, on average; ties count together."""
    values, place = np.unique(-scores, return_inverse=True)
    found = np.bincount(place, weights=wrong, minlength=len(values))
    shown = np.cumsum(np.bincount(place, minlength=len(values)))
    return float((np.cumsum(found) / shown * found).sum() / wrong.sum())


def calibration_error(scores: Floats, wrong: Bools) -> float:
    """How far what scores promise is from what came, over ten bins of as many orders each, on average."""
    order = np.argsort(scores, kind="stable")
    bins = [each for each in np.array_split(order, _BINS) if len(each)]
    return float(sum(abs(scores[each].mean() - wrong[each].mean()) * len(each) for each in bins) / len(scores))


def log_loss(scores: Floats, wrong: Bools) -> float:
    """The mean surprise, in natural units."""
    safe = np.clip(scores, 1e-6, 1 - 1e-6)
    return float(-np.where(wrong, np.log(safe), np.log1p(-safe)).mean())


def _review(scores: Floats, wrong: Bools, threshold: float) -> Review:
    looked_at = scores >= threshold
    found = int((looked_at & wrong).sum())
    count = int(looked_at.sum())
    return Review(threshold, count / len(scores), found / int(wrong.sum()), found / count if count else 1.0)
