"""How suspicious an order is, and why. The rules live beside these values and are pure."""

from __future__ import annotations

from models.domain.values import Value


class RiskReason(Value):
    """One reason with the weight that it adds to the score, in words that a reviewer reads."""

    code: str
    weight: float
    message: str


class RiskScore(Value):
    """0 (nothing speaks against it) to 1; `threshold` is the score from which a person decides."""

    score: float
    threshold: float
    reasons: tuple[RiskReason, ...] = ()

    @property
    def needs_review(self) -> bool:
        return self.score >= self.threshold
