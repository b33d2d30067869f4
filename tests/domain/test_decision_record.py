"""The record of a decision: every check is in it, it says what would have changed, and it can be tried again."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from models.domain.approval import all_findings, decide, policy_facts
from models.domain.checks import decision_record
from models.domain.credit import credit_standing
from models.domain.decision_record import Check, DecisionRecord, decisions_of, records_in
from models.domain.explanation import explained, made_with, verdict_words
from models.domain.findings import Finding, Severity
from models.domain.messages import AuditEntry
from models.domain.policy import DecisionPolicy, PolicyRule
from models.domain.risk import RiskReason, RiskScore
from models.domain.sales_order import Decision, SalesOrder, SalesOrderLine
from models.domain.screening import Screening
from models.domain.what_if import changed_decisions, last_automatic
from tests.domain.made import NOW, customer, money, order_line, sales_order

MISMATCH = Finding(code="price_mismatch", severity=Severity.ERROR, message="12 % above", line=1, read="0.14")
RISK = RiskScore(score=0.15, threshold=0.5, reasons=(RiskReason(code="first_order", weight=0.15, message="its first order"),))
POLICY = DecisionPolicy(name="test")


EMBARGOED = Finding(code="embargoed_country", severity=Severity.ERROR, message="Cuba", read="CU")


def record_of(order: SalesOrder, policy: DecisionPolicy = POLICY) -> DecisionRecord:
    checked = order.model_copy(update={"findings": all_findings(order, policy)})
    decision = decide(checked, NOW, policy=policy)
    decided = checked.model_copy(update={"decisions": (*checked.decisions, decision)})
    return decision_record(decided, decision, policy, policy_facts(decided, policy), {"rules": "abc"})


def check(record: DecisionRecord, name: str) -> Check:
    return next(check for check in record.checks if check.name == name)


def test_every_check_is_in_the_record() -> None:
    """Whether it found something or not."""
    names = {one.name for one in record_of(sales_order(risk=RISK)).checks}
    assert names == {
        "reading", "sender", "customer", "ship_to", "item", "price", "totals", "terms", "tax", "credit", "goods", "parties",
        "risk", "model", "budget", "policy",
    }  # fmt: skip


def test_a_question_says_what_would_have_changed() -> None:
    """And stands at its own check."""
    record = record_of(sales_order(findings=(MISMATCH,)))
    price = check(record, "price")
    assert (record.outcome, price.outcome, price.would_change) == (
        "needs_review",
        "question",
        "without a price other than the agreed one",
    )
    assert check(record, "totals").outcome == "passed"


def test_credit_says_how_much_room_was_left() -> None:
    """Limit 10,000, invoices 1,000, open orders 2,000, this order 50."""
    standing = credit_standing(customer(), Decimal(2000), money("50.00"))
    credit = check(record_of(sales_order(credit=standing)), "credit")
    assert (credit.score, credit.threshold) == ("3,050.00 EUR", "10,000.00 EUR")
    assert credit.would_change == "an order that is larger by more than 6,950.00 EUR"


def test_risk_says_each_reasons_weight_and_how_far_the_threshold_was() -> None:
    """In the score's own unit."""
    risk = check(record_of(sales_order(risk=RISK)), "risk")
    assert (risk.weights, risk.would_change) == ({"first_order": 0.15}, "a risk higher by 0.35")


def test_a_step_that_nothing_was_left_for_is_not_passed() -> None:
    """No price: no tax, no credit."""
    record = record_of(sales_order(order_line(net=None, unit_price=None)))
    assert {check(record, name).outcome for name in ("tax", "credit", "price")} == {"not_made"}


def test_a_policy_says_which_limit_was_nearest() -> None:
    """50 against 80."""
    rule = PolicyRule.model_validate({"name": "large", "needs": "two_people", "total_above": {"EUR": "80"}})
    policy = check(record_of(sales_order(), DecisionPolicy(name="p", rules=(rule,))), "policy")
    assert policy.would_change == "a total above 80.00 EUR"


def test_a_limit_for_other_orders_is_nobodys_threshold() -> None:
    """The rule is about another customer."""
    rule = PolicyRule.model_validate({"name": "x", "needs": "two_people", "total_above": {"EUR": "80"}, "customers": ["1"]})
    assert check(record_of(sales_order(), DecisionPolicy(name="p", rules=(rule,))), "policy").would_change == ""


def test_it_is_told_in_plain_words() -> None:
    """Verdict, checks with their limits, versions."""
    record = record_of(sales_order(findings=(MISMATCH,), risk=RISK))
    assert verdict_words(record).startswith("2026-11-23 09:00 UTC: version 0 was put to a person: A person decides")
    told = {one.title: one for one in explained(record)}
    assert told["Quantities and prices"].is_open
    assert "Line 1: Line 1" not in " ".join(told["Quantities and prices"].sentences)
    assert "Line 1: 12 % above" in told["Quantities and prices"].sentences
    assert "It came to 0.15; the limit is 0.50." in told["Risk"].sentences
    assert made_with(record) == f"Policy {POLICY.version}; rules abc."


def test_a_record_comes_back_from_the_trail_as_it_was() -> None:
    """Also beside entries that are no records."""
    record = record_of(sales_order(risk=RISK))
    entry = AuditEntry(
        subject_id=decisions_of("x"),
        key="1",
        event="e",
        actor="a",
        at=NOW,
        summary="",
        details={"record": record.model_dump_json()},
    )
    assert records_in([entry, entry.model_copy(update={"details": {}})]) == [record]


def test_another_policy_changes_exactly_what_it_is_about() -> None:
    """Orders above 40 EUR to two people, price deviations to nobody."""
    plain = record_of(sales_order(risk=RISK))
    small = record_of(sales_order(order_line(net=money("30.00")), risk=RISK)).model_copy(update={"order_id": "order:small"})
    off = record_of(sales_order(order_line(net=money("30.00")), findings=(MISMATCH,))).model_copy(
        update={"order_id": "order:off"}
    )
    rule = PolicyRule.model_validate({"name": "large", "needs": "two_people", "total_above": {"EUR": "40"}})
    other = DecisionPolicy(name="other", rules=(rule,), waived=("price_mismatch",))
    changes = {one.order_id: one.in_words() for one in changed_decisions([plain, small, off], other)}
    assert set(changes) == {plain.order_id, "order:off"}
    assert changes["order:off"] == "one person -> touchless, no longer because of a price other than the agreed one"
    assert changes[plain.order_id].startswith("touchless -> two people, because of Policy rule 'large'")


@pytest.mark.parametrize(
    ("parts", "changed"),
    [
        ({"price_tolerance_percent": "4"}, {"three above": "one person -> touchless"}),
        ({"price_tolerance_percent": "1"}, {"as agreed but for 1.5": "touchless -> one person"}),
        ({"price_tolerance_percent": "2"}, {}),
        ({"embargoed_countries": ["CU", "NG"]}, {"to Nigeria": "touchless -> one person"}),
        ({"embargoed_countries": []}, {"to Cuba": "one person -> touchless"}),
    ],
)
def test_a_policy_that_changes_what_the_checks_find_changes_just_those_orders(
    parts: dict[str, Any], changed: dict[str, str]
) -> None:
    """Its tolerance of prices and its embargoed countries make findings, which the records kept the reasons of."""
    records = [
        _record("three above", _off("3.00"), findings=(MISMATCH,)),
        _record("as agreed but for 1.5", _off("-1.50")),
        _record("to Nigeria", order_line(), countries=("DE", "NG")),
        _record("to Cuba", order_line(), countries=("CU",), findings=(EMBARGOED,)),
    ]
    found = changed_decisions(records, DecisionPolicy.model_validate({"name": "other"} | parts))
    assert {one.order_id: one.in_words().split(",")[0] for one in found} == changed


def test_records_that_kept_less_stay_as_they_were() -> None:
    """Those of earlier releases say nothing of what their findings were held against."""
    record = _record("old", _off("3.00"), findings=(MISMATCH,))
    old = record.model_copy(update={"facts": policy_facts(sales_order(_off("3.00"), findings=(MISMATCH,)))})
    assert list(changed_decisions([old], DecisionPolicy(price_tolerance_percent=Decimal(9), embargoed_countries=()))) == []


def _off(percent: str) -> SalesOrderLine:
    return order_line(price_deviation=Decimal(percent))


def _record(name: str, line: SalesOrderLine, *, countries: tuple[str, ...] = (), **parts: Any) -> DecisionRecord:
    screening = Screening(parties=(), lists=(), countries=countries)
    return record_of(sales_order(line, screening=screening, **parts)).model_copy(update={"order_id": name})


def test_the_same_policy_changes_nothing() -> None:
    """Whatever the orders were."""
    records = [record_of(sales_order(risk=RISK)), record_of(sales_order(findings=(MISMATCH,)))]
    assert list(changed_decisions(records, POLICY)) == []


def test_what_a_person_decided_is_not_replayed() -> None:
    """And of the checks' decisions on an order only the last."""
    first = record_of(sales_order(findings=(MISMATCH,)))
    last = record_of(sales_order(risk=RISK))
    person = Decision(outcome="approved", by="ada", at=NOW, why="by phone")
    by_person = decision_record(sales_order(), person, POLICY, policy_facts(sales_order()), {}, is_automatic=False)
    assert last_automatic([first, last, by_person]) == [last]
