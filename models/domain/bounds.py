"""Exact bounds of a share that is seen in so many trials: Clopper and Pearson (1934), Biometrika 26."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, lgamma, log, log1p

CONFIDENCE = 0.95


def upper_bound(errors: int, trials: int, confidence: float = CONFIDENCE) -> float:
    """The one-sided bound: the true share is below it with this confidence; 1 where nothing was tried."""
    _require_sense(errors, trials, confidence)
    return 1.0 if errors == trials else _root(lambda share: 1 - confidence - _at_most(errors, trials, share))


def lower_bound(errors: int, trials: int, confidence: float = CONFIDENCE) -> float:
    """The one-sided bound: the true share is above it with this confidence; 0 where there was no error."""
    _require_sense(errors, trials, confidence)
    return 0.0 if errors == 0 else _root(lambda share: 1 - _at_most(errors - 1, trials, share) - (1 - confidence))


def _require_sense(errors: int, trials: int, confidence: float) -> None:
    if not 0 <= errors <= trials or not 0 < confidence < 1:
        raise ValueError(f"{errors} errors of {trials} at confidence {confidence} make no sense")


def _at_most(errors: int, trials: int, share: float) -> float:
    """The probability of at most so many errors, summed in logarithms so that no term is lost."""
    if share <= 0:
        return 1.0
    if share >= 1:
        return 1.0 if errors >= trials else 0.0
    terms = (
        lgamma(trials + 1) - lgamma(k + 1) - lgamma(trials - k + 1) + k * log(share) + (trials - k) * log1p(-share)
        for k in range(errors + 1)
    )
    return min(1.0, sum(exp(term) for term in terms))


def _root(rising: Callable[[float], float]) -> float:
    """Where a rising function of a share crosses zero, to twelve digits."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return (low + high) / 2
