"""The checks that reckon with odds: what the trained risk model says of an order, and how its kind did before."""

from __future__ import annotations

from collections.abc import Mapping

from models.domain.bounds import upper_bound
from models.domain.budget_standing import BudgetPolicy, JudgedOrders, state_of
from models.domain.check_making import given, made_check
from models.domain.decision_record import Check
from models.domain.finding_words import words_for
from models.domain.model_question import cold_words, score_left, uninformed_words, would_change
from models.domain.policy import DecisionPolicy, PolicyFacts, asked_already, model_threshold
from models.domain.risk import ModelRisk
from models.domain.sales_order import SalesOrder

_STATES = {
    "new": "too new to be proven: it goes touchless and more of it is looked at",
    "proven": "proven to keep the budget",
    "unproven": "not proven to keep the budget: a person decides",
    "broken": "proven to break the budget: a person decides",
    "off": "the policy does not enforce the budget",
}


def model_check(order: SalesOrder, policy: DecisionPolicy, facts: PolicyFacts) -> Check:
    risk = order.risk.model if order.risk else None
    if risk is None:
        return made_check(order, "model", is_made=False)
    threshold = model_threshold(policy, is_cold=risk.is_cold)
    asked = asked_already(facts, policy)
    left = score_left(risk.score, risk.reasons, asked)
    uninformed = "" if risk.is_own else uninformed_words(model_threshold(policy, is_cold=True))
    cold = cold_words(round(risk.features.get("earlier_orders", 0))) if risk.is_cold else ""
    return made_check(
        order,
        "model",
        inputs=given(
            model=f"{risk.version}, learnt from {risk.trained_on}",
            no_own_history=uninformed,
            cold_start=cold,
            not_asked_twice=_asked_words(risk, asked, left),
        )
        | {reason.code: reason.message for reason in risk.reasons},
        score=f"{risk.score:.2f}",
        threshold=f"{threshold:.2f}",
        weights={reason.code: reason.weight for reason in risk.reasons},
        would_change=_model_miss(risk, left, threshold),
    )


def _asked_words(risk: ModelRisk, asked: Mapping[str, str], left: float) -> str:
    """Which of its reasons other questions are about, and the score without those; empty where there is none."""
    codes = [asked[reason.code] for reason in risk.reasons if reason.code in asked and reason.weight > 0]
    what = "; ".join(words_for(code) for code in dict.fromkeys(codes))
    return f"{what}: asked about already, {left:.2f} without" if what else ""


def _model_miss(risk: ModelRisk, left: float, threshold: float) -> str:
    if left < threshold <= risk.score:
        return f"a score that is higher by {threshold - left:.2f} without what is asked about already"
    return would_change(risk, threshold)


def budget_check(order: SalesOrder, policy: DecisionPolicy) -> Check:
    standing, budget = order.budget, policy.error_budget
    if standing is None:
        return made_check(order, "budget", is_made=False)
    seen = standing.outcomes
    upper = upper_bound(seen.wrong, seen.judged, budget.confidence)
    return made_check(
        order,
        "budget",
        inputs=given(
            kind=standing.kind.words,
            state=_STATES[state_of(seen, budget)],
            judged=f"{seen.wrong} wrong of {seen.judged}, {seen.looked_at} of them looked at afterwards",
            used=f"{upper / budget.tolerated:.0%} of the budget" if seen.judged else "",
            before_that=standing.prior if seen.judged < budget.needed else "",
            look="drawn for a look afterwards" if standing.is_drawn else "",
        ),
        score=f"at most {upper:.2%}" if seen.judged else "",
        threshold=f"{budget.tolerated:.2%}" if seen.judged else "",
        would_change=_next_wrong(seen, budget),
    )


def _next_wrong(seen: JudgedOrders, budget: BudgetPolicy) -> str:
    """How many more wrong orders of the kind would stop it; empty where it is stopped or nobody watches."""
    if state_of(seen, budget) not in ("new", "proven"):
        return ""
    more = next(n for n in range(1, 1000) if state_of(_with_wrong(seen, n), budget) in ("broken", "unproven"))
    return f"{more} more wrong {'order' if more == 1 else 'orders'} of this kind"


def _with_wrong(seen: JudgedOrders, more: int) -> JudgedOrders:
    return seen.model_copy(update={"judged": seen.judged + more, "wrong": seen.wrong + more})
