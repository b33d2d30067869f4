"""The meters: how orders went, by what they came as, and how long they waited for people."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from models.domain.lifecycle import OrderStatus
from models.domain.meters import Tally, meters
from models.domain.sales_order import Decision, SalesOrder
from tests.store import samples

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def order(number: int, *outcomes: tuple[str, int], status: OrderStatus = OrderStatus.ACCEPTED, days_ago: int = 0) -> SalesOrder:
    """An order with decisions at so many minutes past noon."""
    made = samples.order(number)
    decisions = tuple(
        Decision(outcome=outcome, by="jo", at=NOON + timedelta(minutes=minutes), why="") for outcome, minutes in outcomes
    )
    source = made.source.model_copy(update={"received_at": NOON - timedelta(days=days_ago), "source_format": "pdf"})
    return made.model_copy(update={"decisions": decisions, "status": status, "source": source})


TOUCHLESS = order(1, ("touchless", 0))
REVIEWED = order(2, ("needs_review", 0), ("approved", 30))
WAITS = order(3, ("needs_review", 0), status=OrderStatus.NEEDS_REVIEW)


def test_every_order_went_touchless_or_by_a_person_or_still_waits() -> None:
    """And counts once."""
    found = meters([TOUCHLESS, REVIEWED, WAITS], TODAY)
    assert found.total == Tally("all", touchless=1, by_person=1, waiting=1, review=timedelta(minutes=30))
    assert found.by_source == (Tally("pdf", 1, 1, 1, review=timedelta(minutes=30)),)
    assert found.total.touchless_share == pytest.approx(1 / 3)


def test_an_error_that_showed_later_counts_with_its_group() -> None:
    """By door and customer, as everything else."""
    found = meters([TOUCHLESS, REVIEWED], TODAY, wrong={TOUCHLESS.order_id})
    assert (found.total.wrong, [tally.wrong for tally in found.by_channel]) == (1, [1])


def test_every_day_of_a_long_span_is_counted() -> None:
    """However many there are: a day is no group that could be left out."""
    orders = [order(number, ("touchless", 0), days_ago=number) for number in range(20)]
    assert [day.count for day in meters(orders, TODAY, days=20).by_day] == [1] * 20


def test_only_the_days_asked_for_count() -> None:
    """Days without orders are there all the same."""
    old = order(4, ("touchless", 0), days_ago=2)
    found = meters([TOUCHLESS, old], TODAY, days=2)
    assert [(day.name, day.count) for day in found.by_day] == [("2026-11-22", 0), ("2026-11-23", 1)]


def test_the_review_time_runs_from_the_question_to_the_answer() -> None:
    """What was corrected in between belongs to it; what still waits does not count."""
    slow = order(5, ("needs_review", 0), ("corrected", 60), ("needs_review", 61), ("approved", 90))
    found = meters([REVIEWED, slow, WAITS], TODAY).review
    assert found is not None
    assert (found.count, found.median, found.ninetieth) == (2, timedelta(minutes=60), timedelta(minutes=84))


def test_without_orders_there_are_no_figures_to_divide() -> None:
    """An empty company has a page too."""
    found = meters([], TODAY)
    assert (found.total.touchless_share, found.review, found.by_source) == (0.0, None, ())
