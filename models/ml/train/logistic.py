"""Logistic regression for several classes, by steps of the same length down the gradient: no step is drawn by lot."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_STEPS, _STEP, _INERTIA, _DECAY = 1_200, 0.1, 0.9, 1e-3
_LEAST_SPREAD = 1e-6

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Features are centred by `means` and scaled by `spreads`; `weights` has a column for each class, its last row the bias."""

    means: Floats
    spreads: Floats
    weights: Floats

    def shares(self, rows: Floats) -> Floats:
        """How likely each class is, by row."""
        return _shares(self._scaled(rows), self.weights)

    def _scaled(self, rows: Floats) -> Floats:
        return np.column_stack([(rows - self.means) / self.spreads, np.ones(len(rows))])


def fitted(rows: Floats, classes: NDArray[np.int64], count: int) -> Fitted:
    """The weights under which `rows` most likely belong to `classes` (0 to `count` - 1), large weights apart."""
    start = Fitted(rows.mean(axis=0), rows.std(axis=0) + _LEAST_SPREAD, np.zeros((rows.shape[1] + 1, count)))
    scaled = start._scaled(rows)
    wanted = np.eye(count)[classes]
    weights, pace = start.weights, np.zeros_like(start.weights)
    for _ in range(_STEPS):
        slope = scaled.T @ (_shares(scaled, weights) - wanted) / len(rows) + _DECAY * weights
        pace = _INERTIA * pace + slope
        weights = weights - _STEP * pace
    return Fitted(start.means, start.spreads, weights)


def _shares(scaled: Floats, weights: Floats) -> Floats:
    sums = scaled @ weights
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares
