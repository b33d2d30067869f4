"""Bounds on how many orders are wrong, against values that statistics books print."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.bounds import lower_bound, upper_bound
from models.domain.error_budget import OrderOutcome, budget_use, outcome_of, supported_threshold, was_put_right
from models.domain.lessening import BUYER
from models.domain.lifecycle import OrderStatus
from models.domain.risk import RiskScore
from models.domain.sales_order import ChangeRequest, Correction, Decision, SalesOrder
from tests.domain.made import NOW, sales_order


@pytest.mark.parametrize(
    ("errors", "trials", "low", "high"),
    [(0, 10, 0.0, 0.3085), (1, 10, 0.0025, 0.4450), (5, 10, 0.1871, 0.8129), (10, 10, 0.6915, 1.0), (0, 0, 0.0, 1.0)],
)
def test_the_interval_is_the_one_in_the_tables(errors: int, trials: int, low: float, high: float) -> None:
    """95 %, two-sided: 2.5 % beyond either end."""
    assert lower_bound(errors, trials, 0.975) == pytest.approx(low, abs=5e-5)
    assert upper_bound(errors, trials, 0.975) == pytest.approx(high, abs=5e-5)


def test_without_an_error_the_bound_follows_the_rule_of_three() -> None:
    """598 orders without one are needed to prove half a per cent at 95 %."""
    assert upper_bound(0, 598) <= 0.005 < upper_bound(0, 597)


@settings(max_examples=40)
@given(st.integers(0, 40), st.integers(0, 80))
def test_the_interval_holds_the_observed_share(errors: int, more: int) -> None:
    """And narrows as the same share is seen more often."""
    trials = errors + more
    low, high = lower_bound(errors, trials), upper_bound(errors, trials)
    if trials:
        assert low <= errors / trials <= high
        assert upper_bound(errors * 2, trials * 2) - lower_bound(errors * 2, trials * 2) <= high - low + 1e-9


@pytest.mark.parametrize(("errors", "trials"), [(2, 1), (-1, 3)])
def test_numbers_that_make_no_sense_are_refused(errors: int, trials: int) -> None:
    """More errors than orders."""
    with pytest.raises(ValueError, match="no sense"):
        upper_bound(errors, trials)


def outcomes(count: int, risk: float, wrong: int = 0, group: str = "pdf") -> list[OrderOutcome]:
    return [OrderOutcome(group=group, risk=risk, was_touchless=True, was_wrong=n < wrong) for n in range(count)]


def test_the_threshold_is_the_highest_that_history_supports() -> None:
    """Low risks were right, high ones often wrong."""
    history = [*outcomes(800, 0.1), *outcomes(200, 0.3), *outcomes(100, 0.45, wrong=20)]
    assert supported_threshold(history, 0.005) == 0.3


def test_the_sequence_in_which_orders_came_makes_no_difference_to_the_threshold() -> None:
    """Nor does it matter that the proof is only just enough."""
    history = [*outcomes(100, 0.45, wrong=20), *outcomes(200, 0.3), *outcomes(800, 0.1)]
    assert supported_threshold(history, 0.005) == 0.3
    assert supported_threshold(outcomes(598, 0.1), upper_bound(0, 598)) == 0.1


def test_it_tightens_as_outcomes_worsen() -> None:
    """Three wrong ones among the middle risks take them out."""
    assert supported_threshold([*outcomes(800, 0.1), *outcomes(200, 0.3, wrong=5)], 0.005) == 0.1
    assert supported_threshold(outcomes(800, 0.1, wrong=10), 0.005) is None


def test_too_little_history_supports_nothing() -> None:
    """However right it was."""
    assert supported_threshold(outcomes(100, 0.1), 0.005) is None


def test_each_source_uses_its_own_budget() -> None:
    """And all together at the end."""
    use = {one.group: one for one in budget_use([*outcomes(1000, 0.1), *outcomes(50, 0.1, wrong=1, group="scan")], 0.005)}
    assert (use["pdf"].used < 1, use["scan"].used > 1) == (True, True)
    assert (use["all"].touchless, use["all"].wrong) == (1050, 1)


def test_only_orders_that_no_person_saw_use_the_budget() -> None:
    """A wrong one that was put to a person is what the person was there for."""
    seen = [OrderOutcome(group="pdf", risk=0.1, was_touchless=False, was_wrong=True)] * 3
    (use, _) = budget_use([*outcomes(10, 0.1, wrong=1), *seen], 0.005)
    assert (use.touchless, use.wrong) == (10, 1)


def decided(*names: str, **parts: object) -> SalesOrder:
    decisions = tuple(Decision.model_validate({"outcome": name, "by": "ada", "at": NOW, "why": ""}) for name in names)
    return sales_order(decisions=decisions, status=OrderStatus.CLOSED, **parts)


@pytest.mark.parametrize(
    ("order", "returned", "wrong"),
    [
        (decided("touchless"), False, False),
        (decided("touchless"), True, True),
        (decided("touchless", "needs_review", "approved"), False, True),
        (decided("needs_review", "approved"), False, False),
        (decided("needs_review", "rejected"), False, True),
        (decided("needs_review", "approved", corrections=(Correction(field="1.sku", value="A", by="ada", at=NOW),)), False, True),
    ],
)
def test_an_order_is_wrong_that_came_back_or_had_to_be_put_right(order: SalesOrder, returned: bool, wrong: bool) -> None:
    """What a person only confirmed was right as it was."""
    outcome = outcome_of(order, was_returned=returned)
    assert outcome is not None
    assert outcome.was_wrong is wrong


def test_what_the_buyer_changed_shows_nothing_against_the_reading() -> None:
    """Put back and corrected for the buyer's change; a correction before it still counts."""
    sound = decided("touchless")
    later = sound.source.model_copy(update={"received_at": NOW - timedelta(minutes=1)})
    change = ChangeRequest(source=later, purchase_order=sound.purchase_order)
    told = [
        Correction(field="1.quantity", value="5", by=by, at=at) for by, at in (("ada", NOW), ("ada", NOW - timedelta(hours=1)))
    ]
    orders = [decided("touchless", "needs_review", "corrected", changes=(change,), corrections=(word,)) for word in told]
    assert [was_put_right(order) for order in orders] == [False, True]


def test_what_the_buyer_took_back_of_what_is_picked_is_no_mistake_of_ours() -> None:
    """It stands among the corrections under the buyer's name."""
    less = Correction(field="1.quantity", value="5", by=BUYER, at=NOW)
    assert not was_put_right(decided("touchless", corrections=(less,)))


def test_of_two_changes_the_first_ends_what_says_something_of_the_reading() -> None:
    """What happened between them is of the buyer's new word already, and so is what happened with the first."""
    sound = decided("touchless")
    changes = tuple(
        ChangeRequest(source=sound.source.model_copy(update={"received_at": at}), purchase_order=sound.purchase_order)
        for at in (NOW + timedelta(hours=1), NOW)
    )
    for at in (NOW, NOW + timedelta(minutes=30)):
        word = Correction(field="1.quantity", value="5", by="ada", at=at)
        back = Decision(outcome="needs_review", by="ada", at=at, why="")
        first = sound.decisions[0].model_copy(update={"at": NOW - timedelta(hours=1)})
        order = sound.model_copy(update={"changes": changes, "corrections": (word,), "decisions": (first, back)})
        assert not was_put_right(order)


def test_of_an_order_that_waits_nobody_knows() -> None:
    """It counts once it is decided."""
    for status in (OrderStatus.NEEDS_REVIEW, OrderStatus.RECEIVED):
        assert outcome_of(sales_order(status=status), was_returned=False) is None


def test_an_outcome_is_kept_under_its_source_with_the_risk_that_was_seen() -> None:
    """An order whose risk nobody reckoned had none."""
    risky = decided("touchless", risk=RiskScore(score=0.3, threshold=0.5))
    formats = [
        risky.model_copy(update={"source": risky.source.model_copy(update={"source_format": name})}) for name in ("pdf", "")
    ]
    outcome, unnamed = (outcome_of(order, was_returned=False) for order in formats)
    assert outcome == OrderOutcome(group="pdf", risk=0.3, was_touchless=True, was_wrong=False)
    assert unnamed is not None
    assert unnamed.group == "other"
    approved = outcome_of(decided("needs_review", "approved"), was_returned=False)
    assert approved is not None
    assert (approved.risk, approved.was_touchless) == (0.0, False)
