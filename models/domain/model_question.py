"""What the trained risk model's word does to an order: from the policy's threshold on it is one more question to a person.

It can only add a question, and it adds none about what another question asks already. A customer with too few orders to be held
against gets the policy's stricter threshold.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import exp, inf, log

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
#: Which of the model's features a question is about, by the question's code; those of the rules' risk by the rule's reason.
_ABOUT: Mapping[str, frozenset[str]] = {
    code: frozenset(features.split())
    for code, features in {
        "price_mismatch": "price_undercut",
        "new_ship_to": "new_place abroad",
        "suspicious_sender": "look_alike unknown_sender",
        "incoterm_shifted": "incoterm_shifted",
        "terms_differ": "longer_terms",
        "credit_limit_exceeded": "credit_share",
        "ambiguous_quantity": "quantity_to_usual quantity_below_usual quantity_stands_out units_confused",
    }.items()
}
_ABOUT_REASON: Mapping[str, frozenset[str]] = {
    reason: frozenset(features.split())
    for reason, features in {
        "look_alike_sender": "look_alike",
        "unknown_sender": "unknown_sender",
        "free_mail": "free_mail",
        "mail_not_authenticated": "failed_checks",
        "reply_to_elsewhere": "answers_elsewhere",
        "forwarder": "forwarder",
        "new_ship_to": "new_place",
        "ship_to_abroad": "abroad",
        "rush": "days_to_delivery",
        "terms_shifted": "longer_terms",
        "incoterm_shifted": "incoterm_shifted",
        "velocity": "orders_this_week gap_to_usual",
        "first_order": "earlier_orders",
        "first_order_large": "amount_to_trade",
        "unusual_amount": "amount_to_usual amount_in_spreads amount_to_largest",
        "units_confused": "units_confused quantity_to_usual",
        "unusual_quantity": "quantity_to_usual quantity_stands_out",
    }.items()
}


def asked_features(codes: Collection[str], rule_reasons: Collection[str] = ()) -> dict[str, str]:
    """The features that questions of these `codes` are about, each with the code that asks; `rule_reasons` are the reasons
    of the rules' risk where that is a question itself."""
    by_rules = {feature: "risk_high" for reason in rule_reasons for feature in _ABOUT_REASON.get(reason, ())}
    return by_rules | {feature: code for code in codes for feature in _ABOUT.get(code, ())}


def score_left(score: float, reasons: Sequence[RiskReason], asked: Collection[str]) -> float:
    """The score without what speaks for it through features that are asked about: their exact contributions taken off."""
    taken = sum(reason.weight for reason in reasons if reason.code in asked and reason.weight > 0)
    return 1 / (1 + exp(min(taken - _log_odds(score), 700))) if taken else score


def _log_odds(share: float) -> float:
    return inf if share >= 1 else -inf if share <= 0 else log(share / (1 - share))


def model_finding(
    score: float, threshold: float, reasons: tuple[RiskReason, ...] = (), *, asked: Collection[str] = ()
) -> Finding | None:
    """The question that a score makes; None below the threshold, or where the score stays below it without what other
    questions ask. `asked` are the features that those are about."""
    if score_left(score, reasons, asked) < threshold:
        return None
    strong = [reason for reason in reasons if reason.weight > 0 and reason.code != "others"]
    speaking = [reason for reason in strong if reason.code not in asked][:_TOLD] or strong[:_TOLD]
    told = "; ".join(dict.fromkeys(reason.message for reason in speaking)) or "no single reason stands out"
    is_slip = not speaking or speaking[0].code in _SLIPS
    return Finding(
        code=CODE,
        severity=Severity.ERROR,
        message=f"The risk model gives {score:.2f} of 1; from {threshold:.2f} on a person decides: {told}.",
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


def uninformed_words(threshold: float) -> str:
    """What holds while an operator has no history that a model could learn from."""
    return (
        "it learnt from invented orders, none of ours: a customer with few orders is asked about from "
        f"{threshold:.2f} on, until `orderwright train risk` finds enough decided orders here"
    )


def cold_words(earlier_orders: int) -> str:
    """Why a customer's order is looked at more strictly."""
    return f"only {earlier_orders} accepted orders of this customer are known, so none of their habits: the stricter limit holds"
