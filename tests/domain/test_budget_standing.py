"""The error budget at work: which kinds of orders may go touchless."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.approval import policy_facts
from models.domain.bounds import lower_bound, upper_bound
from models.domain.budget_standing import (
    BudgetPolicy,
    BudgetStanding,
    JudgedOrders,
    budget_finding,
    is_drawn,
    is_misread,
    order_kind,
    state_of,
)
from models.domain.checks import checks_of
from models.domain.policy import DecisionPolicy, verdict_on
from tests.domain.made import sales_order

POLICY = BudgetPolicy()
KIND = order_kind("pdf", "TRADE", 0.1, 0.5)


def seen(judged: int, wrong: int) -> JudgedOrders:
    return JudgedOrders(judged=judged, wrong=wrong)


def standing(judged: int, wrong: int) -> BudgetStanding:
    return BudgetStanding(kind=KIND, outcomes=seen(judged, wrong), prior="the reader on its own test documents")


@pytest.mark.parametrize(
    ("judged", "wrong", "state"),
    [
        (0, 0, "new"), (597, 0, "new"), (598, 0, "proven"), (50, 1, "new"), (50, 2, "broken"), (598, 1, "unproven"),
        (946, 1, "unproven"), (947, 1, "proven"), (2000, 4, "proven"), (2000, 5, "unproven"), (2000, 40, "unproven"),
    ],
)  # fmt: skip
def test_a_kind_goes_touchless_while_new_or_proven(judged: int, wrong: int, state: str) -> None:
    """598 without a wrong one prove half a per cent at 95 %; a second wrong one in fifty proves it broken."""
    assert state_of(seen(judged, wrong), POLICY) == state


@given(st.integers(0, 2500), st.integers(0, 60))
def test_a_further_wrong_order_never_opens_a_kind(judged: int, wrong: int) -> None:
    """It tightens by itself as outcomes worsen."""
    wrong = min(wrong, judged)
    stopped = {"broken", "unproven"}
    if state_of(seen(judged, wrong), POLICY) in stopped:
        assert state_of(seen(judged + 1, wrong + 1), POLICY) in stopped


@given(st.integers(1, 400), st.integers(0, 40))
def test_the_lower_bound_is_below_the_upper_one(judged: int, wrong: int) -> None:
    """And the share that was seen lies between them."""
    wrong = min(wrong, judged)
    assert lower_bound(wrong, judged) <= wrong / judged <= upper_bound(wrong, judged)


def test_orders_that_nobody_knows_of_yet_keep_an_early_wrong_one_in_proportion() -> None:
    """Wrong ones show at once, right ones only after a while."""
    assert state_of(seen(3, 1), POLICY) == "broken"
    assert state_of(JudgedOrders(judged=3, wrong=1, pending=200), POLICY) == "new"


def test_a_stopped_kind_is_a_question_with_its_figures() -> None:
    """The person reads what is known."""
    finding = budget_finding(standing(598, 1), POLICY)
    assert finding is not None
    assert "1 of 598 judged ones were wrong" in finding.message
    assert budget_finding(standing(598, 0), POLICY) is None


def test_the_question_is_the_same_after_a_further_outcome() -> None:
    """What a person accepted is not asked again because a count moved."""
    one, other = budget_finding(standing(598, 1), POLICY), budget_finding(standing(599, 1), POLICY)
    assert one is not None
    assert other is not None
    assert one.key == other.key


def test_a_policy_that_does_not_enforce_the_budget_stops_nothing() -> None:
    """It is the operator's to say."""
    assert budget_finding(standing(100, 50), BudgetPolicy(is_enforced=False)) is None


def test_another_policy_can_be_tried_on_what_was_decided() -> None:
    """The figures of then, under another tolerated share."""
    facts = policy_facts(sales_order(budget=standing(700, 1)))
    strict, lax = (DecisionPolicy(error_budget=BudgetPolicy(tolerated_percent=percent)) for percent in (0.5, 1))
    assert (verdict_on(facts, strict).people, verdict_on(facts, lax).people) == (1, 0)


def test_the_record_says_how_much_is_used_and_what_would_stop_the_kind() -> None:
    """And for a new kind, what was known before."""
    order = sales_order(budget=standing(40, 0))
    check = next(one for one in checks_of(order, DecisionPolicy(), policy_facts(order)) if one.name == "budget")
    assert check.would_change == "2 more wrong orders of this kind"
    assert check.inputs["before that"] == "the reader on its own test documents"
    assert check.threshold == "0.50%"


def test_the_drawn_share_is_about_what_the_policy_says_and_the_same_on_every_run() -> None:
    """By the order's key alone."""
    drawn = [is_drawn(f"order:1:{number}", "proven", POLICY) for number in range(5000)]
    assert drawn == [is_drawn(f"order:1:{number}", "proven", POLICY) for number in range(5000)]
    assert 60 < sum(drawn) < 140
    more = [is_drawn(f"order:1:{number}", "new", POLICY) for number in range(5000)]
    assert all(new for new, old in zip(more, drawn, strict=True) if old)


def test_new_kinds_are_looked_at_as_often_as_the_policy_says_for_new_ones() -> None:
    """And no order where it says never."""
    often = POLICY.model_copy(update={"sample_percent": 0.0, "sample_percent_new": 100.0})
    orders = [f"order:1:{number}" for number in range(50)]
    assert [sum(is_drawn(order, state, often) for order in orders) for state in ("proven", "new")] == [0, 50]


def test_a_kind_is_its_source_its_customers_group_and_half_of_what_is_risky() -> None:
    """From half the threshold on a risk is elevated; what is not known has a name."""
    kinds = [order_kind("", "", risk, 0.5) for risk in (0.24, 0.25)]
    assert [kind.words for kind in kinds] == ["other, customers unknown, low risk", "other, customers unknown, elevated risk"]
    assert KIND.words == "pdf, customers TRADE, low risk"


@pytest.mark.parametrize(
    ("reason", "misread"),
    [
        ("wrong article delivered", True), ("das hatten wir nicht bestellt", True), ("trop de cartons", True),
        ("damaged in transit", False), ("no longer needed", False), ("", False),
    ],
)  # fmt: skip
def test_only_a_return_of_what_was_never_ordered_speaks_against_the_reading(reason: str, misread: bool) -> None:
    """Damage is the carrier's, second thoughts are the customer's."""
    assert is_misread(reason) is misread
