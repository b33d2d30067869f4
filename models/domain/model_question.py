"""What the trained risk model's word does to an order: from the policy's threshold on it is one more question to a person.

It can only add a question. A customer with too few orders to be held against gets the policy's stricter threshold.
"""

from __future__ import annotations

from models.domain.findings import Finding, Owner, Severity
from models.domain.risk import ModelRisk, RiskReason

CODE = "risk_model"
_TOLD = 3
#: Signs of a slip rather than of bad will: the people who sell know what was meant.
_SLIPS = frozenset({
    "quantity_to_usual", "quantity_below_usual", "quantity_stands_out", "units_confused", "new_items", "amount_to_usual",
    "amount_in_spreads", "amount_to_largest", "price_undercut", "orders_this_week", "gap_to_usual", "longer_terms",
    "incoterm_shifted",
})  # fmt: skip


def model_finding(score: float, threshold: float, reasons: tuple[RiskReason, ...] = ()) -> Finding | None:
    """The question that a score makes; None below the threshold."""
    if score < threshold:
        return None
    speaking = [reason for reason in reasons if reason.weight > 0 and reason.code != "others"][:_TOLD]
    told = "; ".join(reason.message for reason in speaking) or "no single reason stands out"
    is_slip = not speaking or speaking[0].code in _SLIPS
    return Finding(
        code=CODE,
        severity=Severity.ERROR,
        message=f"The risk model gives {score:.2f}, from {threshold:.2f} on a person decides: {told}.",
        read=f"{score:.2f}",
        expected=f"below {threshold:.2f}",
        owner=Owner.SALES if is_slip else Owner.COMPLIANCE,
    )


def would_change(risk: ModelRisk, threshold: float) -> str:
    """What would have made the model's word come out otherwise."""
    if risk.score < threshold:
        return f"a score higher by {threshold - risk.score:.2f}"
    if not risk.without:
        return ""
    words = {reason.code: reason.message for reason in risk.reasons}
    name, left = min(risk.without.items(), key=lambda pair: pair[1])
    what = words.get(name, name.replace("_", " "))
    if left < threshold:
        return f"{left:.2f} were it not that {what}"
    return f"no single reason: {left:.2f} were it not that {what}"


def cold_words(earlier_orders: int) -> str:
    """Why a customer's order is looked at more strictly."""
    return f"only {earlier_orders} accepted orders of this customer are known, so none of their habits: the stricter limit holds"
