"""How suspicious an order is, with reasons in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.findings import Finding, Severity
from models.domain.identifiers import Sku
from models.domain.party import CustomerHistory
from models.domain.risk_facts import RiskFacts, risk_facts
from models.domain.risk_rules import score_order
from tests.domain.made import TODAY, address, customer, order_line, sales_order

HISTORY = CustomerHistory(order_count=12, median_total=Decimal(50), known_senders=("einkauf@kessler-metallbau.example",))


def codes(facts: RiskFacts) -> set[str]:
    return {reason.code for reason in score_order(facts).reasons}


def test_an_ordinary_order_of_a_known_customer_has_no_risk() -> None:
    """Known sender, usual place, usual amount."""
    facts = risk_facts(sales_order(requested_date=date(2026, 12, 10)), customer(), HISTORY, TODAY)
    assert score_order(facts).reasons == ()


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"imitates": "kessler-metallbau.example"}, "look_alike_sender"),
        ({"sender": "jo@elsewhere.example", "sender_is_known": False}, "unknown_sender"),
        ({"sender": "jo@gmail.com", "sender_is_known": True}, "free_mail"),
        ({"failed_methods": ("dmarc",)}, "mail_not_authenticated"),
        ({"answers_go_to": "elsewhere.example"}, "reply_to_elsewhere"),
        ({"is_new_ship_to": True}, "new_ship_to"),
        ({"ship_to_country": "NG", "customer_country": "DE"}, "ship_to_abroad"),
        ({"order_total": Decimal(900), "median_total": Decimal(100)}, "unusual_amount"),
        ({"largest_quantity_ratio": Decimal(10)}, "unusual_quantity"),
        ({"days_until_requested": 1}, "rush"),
        ({"terms_shifted": True}, "terms_shifted"),
        ({"order_count": 0, "customer_country": "DE"}, "first_order"),
        ({"is_new_form": True}, "new_form"),
        ({"is_forwarder": True}, "forwarder"),
        ({"incoterm_shifted": True}, "incoterm_shifted"),
        ({"confused_units_line": 2}, "units_confused"),
        ({"usual_gap": 14.0, "orders_this_week": 2}, "velocity"),
        ({"order_count": 0, "order_total": Decimal(9000), "trade_total": Decimal(500)}, "first_order_large"),
    ],
)
def test_each_doubt_has_its_reason(parts: dict[str, Any], code: str) -> None:
    """One fact, one reason."""
    assert code in codes(RiskFacts(**{"order_count": 5, **parts}))


def test_a_new_place_abroad_a_rush_and_a_large_amount_together_need_a_person() -> None:
    """None of them alone does."""
    finding = Finding(code="new_ship_to", severity=Severity.ERROR, message="m")
    order = sales_order(
        order_line(base_quantity=Decimal(4000)),
        findings=(finding,),
        ship_to=address(country="NG", city="Lagos"),
        requested_date=date(2026, 11, 24),
    )
    history = HISTORY.model_copy(update={"median_total": Decimal(10), "usual_quantities": {Sku("HX-M8-40"): Decimal(200)}})
    risk = score_order(risk_facts(order, customer(), history, TODAY))
    assert risk.needs_review
    assert {reason.code for reason in risk.reasons} == {
        "new_ship_to", "ship_to_abroad", "rush", "unusual_amount", "unusual_quantity",
    }  # fmt: skip


def test_longer_terms_than_agreed_are_a_shift_and_shorter_ones_are_not() -> None:
    """Against the seller only."""

    def shifted(read: str) -> bool:
        finding = Finding(code="terms_differ", severity=Severity.WARNING, message="m", read=read, expected="30 days net")
        return risk_facts(sales_order(findings=(finding,)), customer(), HISTORY, TODAY).terms_shifted

    assert shifted("90 days net")
    assert not shifted("net 14")


_facts = st.builds(
    RiskFacts,
    is_new_ship_to=st.booleans(),
    terms_shifted=st.booleans(),
    days_until_requested=st.none() | st.integers(-5, 30),
    order_count=st.integers(0, 3),
    customer_country=st.sampled_from([None, "DE"]),
    ship_to_country=st.sampled_from([None, "DE", "US"]),
)


@given(_facts)
def test_a_further_doubt_never_lowers_the_score(facts: RiskFacts) -> None:
    """And it stays between nothing and certainty."""
    more = facts.model_copy(update={"imitates": "kessler-metallbau.example"})
    assert 0 <= score_order(facts).score <= score_order(more).score <= 1


def score(**parts: Any) -> float:
    """The score of an order of a customer with five earlier ones."""
    return score_order(RiskFacts(**{"order_count": 5, **parts})).score


@pytest.mark.parametrize(
    ("lesser", "graver"),
    [
        ({"failed_methods": ("spf",)}, {"failed_methods": ("spf", "dmarc")}),
        (
            {"order_total": Decimal(300), "median_total": Decimal(100)},
            {"order_total": Decimal(800), "median_total": Decimal(100)},
        ),
        ({"largest_quantity_ratio": Decimal(3)}, {"largest_quantity_ratio": Decimal(8)}),
        ({"ship_to_country": "NG", "customer_country": "DE"}, {"is_new_ship_to": True}),
        ({"is_new_form": True}, {"days_until_requested": 2}),
    ],
)
def test_the_graver_sign_weighs_more_and_neither_alone_needs_a_person(lesser: dict[str, Any], graver: dict[str, Any]) -> None:
    """From three times the usual on, and from eight on; a whole policy of the sender's domain before one method."""
    assert 0 < score(**lesser) < score(**graver) < 0.5


def test_a_new_place_abroad_is_graver_than_a_new_one_and_a_known_one_abroad() -> None:
    """A known place abroad is the customer's way of working; a new one there is what thieves ask for."""
    abroad, new = {"ship_to_country": "NG", "customer_country": "DE"}, {"is_new_ship_to": True}
    apart = 1 - (1 - score(**abroad)) * (1 - score(**new))
    assert score(**abroad, **new) >= 0.5 > apart


@pytest.mark.parametrize(
    "parts",
    [
        {"order_total": Decimal("299.99"), "median_total": Decimal(100)},
        {"order_total": Decimal(900), "median_total": None},
        {"largest_quantity_ratio": Decimal("2.99")},
        {"largest_quantity_ratio": None},
        {"days_until_requested": 3},
        {"ship_to_country": "DE", "customer_country": "DE"},
        {"ship_to_country": "NG"},
        {"customer_country": "DE"},
        {"order_total": Decimal(9000), "trade_total": Decimal(500)},
        {"order_count": 0, "order_total": Decimal(3999), "trade_total": Decimal(500)},
        {"order_count": 0, "trade_total": Decimal(500)},
        {"order_count": 0, "order_total": Decimal(9000)},
        {"order_count": 0},
        {"usual_gap": 13.9, "orders_this_week": 2},
    ],
)
def test_what_is_usual_or_not_known_is_no_sign(parts: dict[str, Any]) -> None:
    """Just below each limit, and where there is nothing to compare with."""
    assert codes(RiskFacts(**{"order_count": 5, **parts})) == set()


def test_some_signs_put_an_order_to_a_person_whatever_its_score() -> None:
    """A forwarder; three orders of who orders seldom; a first order far above what a hundred others say is usual."""
    first = {"order_count": 0, "order_total": Decimal(4000), "trade_total": Decimal(500)}
    stopping = ({"is_forwarder": True}, {"usual_gap": 14.0, "orders_this_week": 3}, {**first, "trade_orders": 100})
    weighed = ({"usual_gap": 14.0, "orders_this_week": 2}, {**first, "trade_orders": 99})
    assert [score_order(RiskFacts(**{"order_count": 5, **parts}), 1.0).needs_review for parts in stopping] == [True] * 3
    assert [score_order(RiskFacts(**{"order_count": 5, **parts}), 1.0).needs_review for parts in weighed] == [False] * 2


def test_the_weightiest_reason_is_read_first() -> None:
    """An imitated sender before a rush."""
    found = score_order(RiskFacts(order_count=5, days_until_requested=1, imitates="kessler-metallbau.example"))
    assert [reason.code for reason in found.reasons] == ["look_alike_sender", "rush"]
    assert found.score == 0.66
    assert found.needs_review
