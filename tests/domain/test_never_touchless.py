"""What must never pass: each sign alone puts an order to a person, however lenient the policy is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from models.domain.approval import all_findings, decide, policy_facts
from models.domain.customer_matching import match_customer
from models.domain.findings import Finding, Severity
from models.domain.incoterms import incoterm_findings
from models.domain.party import CustomerHistory, StatedParty
from models.domain.payment_terms import terms_finding
from models.domain.policy import NEVER_WAIVED, DecisionPolicy, verdict_on
from models.domain.risk_facts import RiskFacts, risk_facts
from models.domain.risk_rules import score_order
from models.domain.sales_order import SalesOrder
from models.domain.ship_to_matching import match_ship_to
from tests.domain.made import NOW, TODAY, address, customer, order_line, purchase_order, sales_order, ship_to

#: No score reaches it but certainty.
LENIENT = DecisionPolicy(risk_threshold=1, model_threshold=1, cold_start_threshold=1)
USUAL = CustomerHistory(order_count=30, median_total=Decimal(50), largest_total=Decimal(90))


def decided(order: SalesOrder, facts: RiskFacts | None = None) -> str:
    """How the lenient policy decides, by the decision and by the verdict on its kept facts alike."""
    risk = score_order(facts, LENIENT.risk_threshold) if facts else None
    order = order.model_copy(update={"risk": risk})
    checked = order.model_copy(update={"findings": all_findings(order, LENIENT)})
    outcome = decide(checked, NOW, policy=LENIENT).outcome
    assert verdict_on(policy_facts(checked), LENIENT).outcome == outcome
    return outcome


@pytest.mark.parametrize(
    "parts",
    [
        {"is_forwarder": True},
        {"order_count": 0, "order_total": Decimal(8000), "trade_total": Decimal(1000), "trade_orders": 100},
        {"usual_gap": 14.0, "orders_this_week": 3},
    ],
)
def test_a_sign_that_stops_needs_no_score(parts: dict[str, Any]) -> None:
    """A forwarder's address, a first order of eight times the trade's usual, the fourth order of a fortnightly customer."""
    assert decided(sales_order(), RiskFacts(**{"order_count": 5, **parts})) == "needs_review"


@pytest.mark.parametrize(
    "parts",
    [
        {"order_count": 0, "order_total": Decimal(7000), "trade_total": Decimal(1000), "trade_orders": 100},
        {"order_count": 0, "order_total": Decimal(8000), "trade_total": Decimal(1000), "trade_orders": 99},
        {"usual_gap": 30.0, "orders_this_week": 1},
        {"usual_gap": 7.0, "orders_this_week": 3},
    ],
)
def test_what_happens_to_honest_customers_stops_nobody_by_itself(parts: dict[str, Any]) -> None:
    """A large first order, a line sent after, a busy week."""
    assert decided(sales_order(), RiskFacts(**{"order_count": 5, **parts})) == "touchless"


def test_the_fourth_order_of_a_week_is_told_from_the_customers_days() -> None:
    """Every fourteen days until now, and three within the last four."""
    days = [TODAY - timedelta(days=14 * back) for back in range(12, 0, -1)] + [TODAY - timedelta(days=back) for back in (4, 2, 1)]
    facts = risk_facts(sales_order(), customer(), USUAL.model_copy(update={"days": tuple(days)}), TODAY)
    assert decided(sales_order(), facts) == "needs_review"


def test_a_place_that_comes_with_the_order_stops_it() -> None:
    """Until somebody says that the goods may go there."""
    stated = StatedParty(name="Kessler", street="Am Hafen 9", city="Rostock", postal_code="18055", country="DE")
    _, _, findings = match_ship_to(stated, customer(), (ship_to(),))
    assert _stops(findings) == {"new_ship_to"}


def test_a_look_alike_domain_stops_it_whatever_the_policy_waives() -> None:
    """rn for m."""
    _, findings = match_customer(StatedParty(name="Kessler Metallbau GmbH"), "einkauf@kessler-rnetallbau.example", [customer()])
    assert "suspicious_sender" in _stops(findings)
    assert {"suspicious_sender", "bank_details"} <= NEVER_WAIVED


def test_terms_and_delivery_terms_shifted_against_us_stop_it() -> None:
    """Longer to pay, and more of the way at our cost; the other way round is a note."""
    longer, shorter = (terms_finding(purchase_order(payment_terms=text), customer()) for text in ("net 90", "net 10"))
    assert longer is not None
    assert shorter is not None
    assert _stops((longer, *incoterm_findings("DDP Berlin", "DAP", is_export=False))) == {"terms_differ", "incoterm_shifted"}
    assert _stops((shorter, *incoterm_findings("EXW", "DAP", is_export=False))) == set()


def test_an_order_against_the_customers_rhythm_in_every_way_stops_at_the_usual_threshold() -> None:
    """A hundred boxes for a hundred pieces, for many times the usual amount."""
    history = USUAL.model_copy(update={"usual_quantities": {"HX-M8-40": Decimal(100)}})
    boxes = order_line(ordered=Decimal(100), unit="BX", base_quantity=Decimal(20_000))
    facts = risk_facts(sales_order(boxes, requested_date=date(2026, 12, 20)), customer(), history, TODAY)
    score = score_order(facts.model_copy(update={"order_total": Decimal(9000)}))
    assert {reason.code for reason in score.reasons} >= {"units_confused", "unusual_quantity", "unusual_amount"}
    assert score.needs_review


def test_the_question_says_what_stopped_it_first() -> None:
    """Whatever weighs more."""
    facts = RiskFacts(order_count=5, usual_gap=14.0, orders_this_week=3, is_new_ship_to=True, ship_to_country="DE")
    order = sales_order(ship_to=address()).model_copy(update={"risk": score_order(facts, 1.0)})
    finding = next(one for one in all_findings(order, LENIENT) if one.code == "risk_high")
    assert "this one always needs a person: 3 orders came in the week before" in finding.message


def _stops(findings: Sequence[Finding]) -> set[str]:
    checked = sales_order(findings=tuple(findings))
    assert (decided(checked) == "needs_review") is any(one.severity is Severity.ERROR for one in findings)
    return {one.code for one in findings if one.blocks}
