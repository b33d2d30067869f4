"""What a policy asks for: nobody, one person or two; and what it may not say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from models.domain.approval import all_findings, decide, policy_facts
from models.domain.findings import Finding, Severity
from models.domain.four_eyes import approval_refusal, first_approval, is_second_approval, people_needed
from models.domain.policy import DecisionPolicy, FindingFact, PolicyFacts, PolicyRule, verdict_on
from models.domain.risk import RiskReason, RiskScore
from models.domain.sales_order import Correction, Decision, SalesOrder
from models.domain.values import Currency
from tests.domain.made import NOW, money, order_line, sales_order

EUR = Currency("EUR")
MISMATCH = Finding(code="price_mismatch", severity=Severity.ERROR, message="m", line=1, read="0.14")


def rule(needs: str = "two_people", **conditions: Any) -> PolicyRule:
    return PolicyRule.model_validate({"name": "a rule", "needs": needs, **conditions})


def policy(*rules: PolicyRule, **parts: Any) -> DecisionPolicy:
    return DecisionPolicy(name="test", rules=rules, **parts)


def facts(**parts: Any) -> PolicyFacts:
    return PolicyFacts(**{"customer": "10010", "total": money("1000.00"), **parts})


LARGE = rule(total_above={"EUR": "999.99"})


@pytest.mark.parametrize(
    ("condition", "of_order", "is_concerned"),
    [
        ({"total_above": {"EUR": "1000"}}, {}, False),
        ({"total_above": {"EUR": "999.99"}}, {}, True),
        ({"total_above": {"USD": "5000"}}, {}, True),
        ({"total_above": {"EUR": "1"}}, {"total": None}, False),
        ({"risk_from": 0.3}, {"risk_score": 0.3}, True),
        ({"risk_from": 0.3}, {"risk_score": 0.29}, False),
        ({"customers": ["10010"]}, {}, True),
        ({"customers": ["10011"]}, {}, False),
        ({"findings": ["price_mismatch"]}, {"findings": (FindingFact(code="price_mismatch", key="k", blocks=True),)}, True),
        ({"findings": ["price_mismatch"]}, {}, False),
        ({"channels": ["smtp"]}, {"channel": "smtp"}, True),
        ({"source_formats": ["scan"]}, {"source_format": "pdf"}, False),
        ({"first_orders": True}, {"is_first_order": True}, True),
        ({"customers": ["10010"], "first_orders": True}, {}, False),
        ({"new_forms": True}, {"is_new_form": True}, True),
        ({"new_forms": True}, {"is_first_order": True}, False),
    ],
)
def test_a_rule_concerns_an_order_that_meets_all_its_conditions(
    condition: dict[str, Any], of_order: dict[str, Any], is_concerned: bool
) -> None:
    """A limit in another currency cannot be compared, and so concerns."""
    verdict = verdict_on(facts(**of_order), policy(rule("one_person", **condition)))
    assert verdict.people == (1 if is_concerned or of_order.get("findings") else 0)


def test_the_strictest_rule_holds() -> None:
    """Two people once any rule wants two."""
    verdict = verdict_on(facts(), policy(rule("one_person", customers=["10010"]), LARGE.model_copy(update={"name": "large"})))
    assert (verdict.people, len(verdict.reasons)) == (2, 2)


def test_a_waived_finding_stops_nothing() -> None:
    """And the decision accepts it in the policy's name."""
    order = sales_order(findings=(MISMATCH,))
    decision = decide(order, NOW, policy=policy(waived=("price_mismatch",)))
    assert (decision.outcome, decision.accepted) == ("touchless", (MISMATCH.key,))
    assert "The policy waived 1 findings" in decision.why


def test_a_customer_who_orders_without_numbers_is_not_asked_for_one() -> None:
    """Another customer is, and anything else about the order is still asked."""
    unnumbered = Finding(code="missing_po_number", severity=Severity.ERROR, field="po_number", message="no number")
    order = sales_order(findings=(unnumbered,))
    theirs, others = (policy(unnumbered_customers=(number,)) for number in (order.customer_number or "", "99999"))
    assert (decide(order, NOW, policy=theirs).outcome, decide(order, NOW, policy=others).outcome) == ("touchless", "needs_review")
    both = sales_order(findings=(unnumbered, MISMATCH))
    assert decide(both, NOW, policy=theirs).outcome == "needs_review"


@pytest.mark.parametrize(
    ("parts", "cause"),
    [
        ({"waived": ["unknown_item"]}, "cannot be waived"),
        ({"rules": [{"name": "all", "needs": "two_people"}]}, "gives no condition"),
        ({"rules": [{"name": "x", "needs": "three_people", "customers": ["1"]}]}, "'one_person' or 'two_people'"),
        ({"rules": [{"name": "x", "needs": "one_person", "custmers": ["1"]}]}, "Extra inputs"),
        ({"rules": [{"name": "x", "needs": "one_person", "customers": ["1"]}] * 2}, "two rules are named x"),
        ({"risk_threshold": "0"}, "greater than 0"),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(parts: dict[str, Any], cause: str) -> None:
    """Waiving what must stop, a rule for all, unknown words, names given twice."""
    with pytest.raises(ValidationError, match=cause):
        DecisionPolicy.model_validate(parts)


def test_two_policies_that_differ_have_two_versions() -> None:
    """The name alone would not tell them apart."""
    assert policy().version != policy(risk_threshold=0.4).version
    assert policy().version == policy().version


@given(st.floats(0, 1), st.floats(0.01, 1), st.booleans())
def test_the_verdict_on_the_kept_facts_is_the_decision(score: float, threshold: float, is_off: bool) -> None:
    """What a replay says of the policy in force is what was decided."""
    used = policy(LARGE, risk_threshold=threshold)
    risk = RiskScore(score=round(score, 2), threshold=threshold)
    order = sales_order(order_line(net=money("1000.00")), risk=risk, findings=(MISMATCH,) if is_off else ())
    checked = order.model_copy(update={"findings": all_findings(order, used)})
    assert verdict_on(policy_facts(checked), used).outcome == decide(checked, NOW, policy=used).outcome


def large_order(**parts: Any) -> SalesOrder:
    order = sales_order(order_line(net=money("1000.00")), **parts)
    return order.model_copy(update={"findings": all_findings(order, policy(LARGE))})


def approved_once(by: str = "ada", **parts: Any) -> SalesOrder:
    return large_order(decisions=(Decision(outcome="first_approval", by=by, at=NOW, why=""),), **parts)


def test_an_order_that_needs_two_waits_for_the_second() -> None:
    """The first approval accepts nothing yet."""
    assert (people_needed(large_order()), is_second_approval(large_order())) == (2, False)
    assert (first_approval(approved_once()), is_second_approval(approved_once())) == ("ada", True)


@pytest.mark.parametrize("by", ["ada", " Ada ", "ADA"])
def test_the_same_person_cannot_approve_twice(by: str) -> None:
    """However the name is written."""
    assert "a second person must" in (approval_refusal(approved_once(), by) or "")
    assert approval_refusal(approved_once(), "ben") is None


def test_who_corrected_does_not_approve() -> None:
    """Neither first nor second."""
    fixed = (Correction(field="1.quantity", value="5", by="ada", at=NOW),)
    assert "corrected this order" in (approval_refusal(large_order(corrections=fixed), "Ada") or "")
    assert approval_refusal(large_order(corrections=fixed), "ben") is None


@pytest.mark.parametrize("by", ["", "Temporal UI", "orderwright"])
def test_nobody_in_particular_is_no_person(by: str) -> None:
    """Four eyes need two names."""
    assert "say who it is" in (approval_refusal(large_order(), by) or "")


def test_an_approval_is_void_once_the_order_was_decided_anew() -> None:
    """A correction or a change in between is another order to look at."""
    again = Decision(outcome="needs_review", by="orderwright", at=NOW, why="changed")
    order = approved_once()
    assert first_approval(order.model_copy(update={"decisions": (*order.decisions, again)})) is None


def test_one_question_of_several_that_wants_two_people_is_enough() -> None:
    """The others want one each; and an order that nothing is asked of needs nobody's."""
    order = large_order()
    asked = order.model_copy(update={"findings": (MISMATCH, *order.findings)})
    assert (people_needed(asked), people_needed(sales_order(findings=(MISMATCH,)))) == (2, 1)


def test_an_order_that_needs_one_is_approved_by_anybody() -> None:
    """Also by who corrected it."""
    order = sales_order(findings=(MISMATCH,), corrections=(Correction(field="1.quantity", value="5", by="ada", at=NOW),))
    assert (approval_refusal(order, "ada"), is_second_approval(order)) == (None, True)


def test_a_first_order_is_known_by_its_risk() -> None:
    """The same reason that weighs in the score."""
    first = RiskScore(score=0.15, threshold=0.5, reasons=(RiskReason(code="first_order", weight=0.15, message="m"),))
    assert policy_facts(sales_order(risk=first)).is_first_order
    assert policy_facts(sales_order()).total == money("50.00") or Decimal(0)


def test_an_order_in_a_new_form_is_known_by_its_risk() -> None:
    """So a decision that was kept can be tried by a policy that asks for it."""
    new = RiskScore(score=0.05, threshold=0.5, reasons=(RiskReason(code="new_form", weight=0.05, message="m"),))
    assert policy_facts(sales_order(risk=new)).is_new_form
    assert not policy_facts(sales_order()).is_new_form
