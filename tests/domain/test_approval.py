"""What goes untouched, what a person may approve, what approval cannot mend; credit and duplicates."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.domain.approval import approval_findings, approval_obstacles, decide
from models.domain.credit import blocked_finding, credit_finding, credit_standing
from models.domain.findings import Finding, Owner, Severity
from models.domain.risk import RiskReason, RiskScore
from models.domain.sales_order import Correction, Decision, Match
from tests.domain.made import NOW, customer, money, order_line, sales_order

MISMATCH = Finding(code="price_mismatch", severity=Severity.ERROR, message="m", line=1, read="0.14")
RISKY = RiskScore(score=0.71, threshold=0.5, reasons=(RiskReason(code="rush", weight=0.15, message="wanted in two days"),))


def test_an_order_without_open_findings_and_risk_goes_untouched_with_its_reasons() -> None:
    """And says what would have tipped it."""
    order = sales_order(order_line(price_deviation=Decimal("1.2")), risk=RiskScore(score=0.1, threshold=0.5))
    decision = decide(order, NOW)
    assert (decision.outcome, decision.by) == ("touchless", "orderwright")
    assert "customer by order email" in decision.why
    assert decision.runner_up.startswith(
        "It would have gone to review at a price deviation above 2 % (largest was 1.2 %, line 1)"
    )


def test_an_order_that_a_person_corrected_is_approved_by_that_person() -> None:
    """Touchless is what nobody touched."""
    correction = Correction(field="1.quantity", value="5", by="ada", at=NOW)
    decision = decide(sales_order(order_line(), corrections=(correction,)), NOW)
    assert (decision.outcome, decision.by) == ("approved", "ada")


def test_an_order_is_never_clean_while_a_finding_is_open() -> None:
    """The decision names it."""
    decision = decide(sales_order(findings=(MISMATCH,)), NOW)
    assert decision.outcome == "needs_review"
    assert decision.why == "A person decides: a price other than the agreed one."
    assert decision.runner_up == "It would have gone touchless without a price other than the agreed one."


def test_warnings_do_not_stop_an_order() -> None:
    """A person should know; alone they stop nothing."""
    warning = MISMATCH.model_copy(update={"severity": Severity.WARNING})
    assert decide(sales_order(findings=(warning,)), NOW).outcome == "touchless"


def test_a_finding_that_a_decision_accepted_is_open_no_more() -> None:
    """Until the same place reads differently."""
    approved = Decision(outcome="approved", by="ada", at=NOW, why="agreed by phone", accepted=(MISMATCH.key,))
    assert decide(sales_order(findings=(MISMATCH,), decisions=(approved,)), NOW).outcome == "touchless"
    changed = MISMATCH.model_copy(update={"read": "0.19"})
    assert decide(sales_order(findings=(changed,), decisions=(approved,)), NOW).outcome == "needs_review"


def test_a_risk_from_the_threshold_on_is_a_finding_with_its_reasons() -> None:
    """It can be accepted like any other."""
    order = sales_order(risk=RISKY)
    (finding,) = approval_findings(order)
    assert (finding.code, finding.owner) == ("risk_high", Owner.COMPLIANCE)
    assert "wanted in two days" in finding.message
    assert decide(order, NOW).outcome == "needs_review"
    accepted = Decision(outcome="approved", by="ada", at=NOW, why="known", accepted=(finding.key,))
    assert decide(order.model_copy(update={"decisions": (accepted,)}), NOW).outcome == "touchless"


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("unknown_item", '{"1.sku": "…"}'),
        ("missing_quantity", '{"1.quantity": "…"}'),
        ("no_price", '{"1.price": "…"}'),
        ("unit_not_sold", '{"1.unit": "…"}'),
        ("unknown_customer", '{"customer": "…"}'),
    ],
)
def test_what_approval_cannot_mend_says_what_would(code: str, advice: str) -> None:
    """The sentence holds an example to copy."""
    finding = Finding(code=code, severity=Severity.ERROR, message="m", line=1)
    (sentence,) = approval_obstacles(sales_order(findings=(finding,)))
    assert advice in sentence


def test_a_proposal_is_the_example() -> None:
    """So that it can be sent as it stands."""
    finding = Finding(code="unknown_item", severity=Severity.ERROR, message="m", line=2, proposal={"2.sku": "A-1"})
    assert '{"2.sku": "A-1"}' in approval_obstacles(sales_order(findings=(finding,)))[0]


def test_a_price_off_may_be_approved() -> None:
    """Nothing else is missing."""
    assert approval_obstacles(sales_order(findings=(MISMATCH,))) == []


def test_gaps_stop_an_order_whatever_its_findings_say() -> None:
    """No item, no place, no customer: never touchless and never approvable."""
    order = sales_order(order_line(sku=None, net=None), ship_to=None)
    assert decide(order, NOW).outcome == "needs_review"
    assert len(approval_obstacles(order)) == 2
    nobody = sales_order(customer_number=None, customer_match=None)
    assert '{"customer"' in approval_obstacles(nobody)[0]


def test_a_match_by_words_names_how_near_it_was() -> None:
    """The lowest score against the limit."""
    by_words = order_line(match=Match(value="HX-M8-40", how="description", score=0.85))
    assert "lowest was 0.85" in decide(sales_order(by_words), NOW).runner_up


def test_credit_adds_invoices_open_orders_and_this_order() -> None:
    """1,000 and 5,000 and 4,000.01 exceed 10,000; a cent less does not."""
    finding = credit_finding(customer(), Decimal(5000), money("4000.01"))
    assert finding is not None
    assert (finding.code, finding.owner, finding.read) == ("credit_limit_exceeded", Owner.CREDIT, "10000.01")
    assert credit_finding(customer(), Decimal(5000), money("4000.00")) is None


def test_an_order_in_another_currency_than_the_limit_is_a_question() -> None:
    """There is no rate to reckon with."""
    finding = credit_finding(customer(), Decimal(0), money("10", "USD"))
    assert finding is not None
    assert finding.code == "credit_not_comparable"


def test_a_customer_who_owes_in_another_currency_is_a_question_however_small_the_order() -> None:
    """Dollars owed say nothing of how much of a limit in euros is left, and no room is shown that nobody knows."""
    owing = customer(open_balance=money("1000", "USD"))
    finding = credit_finding(owing, Decimal(0), money("10"))
    assert finding is not None
    assert (finding.code, "in USD" in finding.message) == ("credit_not_comparable", True)
    assert credit_standing(owing, Decimal(0), money("10")).room is None


def test_a_blocked_customer_is_a_finding() -> None:
    """Whatever the limit says."""
    finding = blocked_finding(customer(is_blocked=True))
    assert finding is not None
    assert finding.code == "customer_blocked"
    assert blocked_finding(customer()) is None
