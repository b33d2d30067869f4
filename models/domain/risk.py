"""How suspicious an order is, and why. The rules live beside these values and are pure."""

from __future__ import annotations

from pydantic import Field

from models.domain.values import Value


class RiskReason(Value):
    """One reason with the weight that it adds to the score, in words that a reviewer reads. One that `stops` puts the order
    to a person whatever the score and its threshold are."""

    code: str
    weight: float
    message: str
    stops: bool = False


class ModelRisk(Value):
    """What the trained model says of an order: `score` is the share of such orders that proved wrong in what it learnt from.

    `features` are what it looked at (a feature that is not known is missing); the weights of `reasons` are its exact
    contributions in log-odds, which with `base` add up to the score's own; `without` is the score it would have given
    were a reason not there; `is_cold` says that the customer has too few orders to be held against, `is_own` that it learnt
    from the operator's own orders and not from invented ones alone.
    """

    score: float
    version: str
    trained_on: str = ""
    base: float = 0.0
    is_cold: bool = False
    is_own: bool = False
    features: dict[str, float] = Field(default_factory=dict)
    reasons: tuple[RiskReason, ...] = ()
    without: dict[str, float] = Field(default_factory=dict)


class RiskScore(Value):
    """0 (nothing speaks against it) to 1, by the rules; `threshold` is the score from which a person decides.

    `model` is the trained model's own word beside it: it can only add a question, never take one away.
    """

    score: float
    threshold: float
    reasons: tuple[RiskReason, ...] = ()
    model: ModelRisk | None = None

    @property
    def needs_review(self) -> bool:
        return self.score >= self.threshold or any(reason.stops for reason in self.reasons)
