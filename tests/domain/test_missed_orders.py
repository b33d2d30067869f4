"""A gap where an order was expected."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.domain.missed_orders import missed_orders

TODAY = date(2026, 11, 23)


def days(*ago: int) -> list[date]:
    return [TODAY - timedelta(days=each) for each in ago]


def test_a_weekly_customer_who_is_silent_for_three_weeks_is_missed() -> None:
    """With when the order was expected."""
    (missed,) = missed_orders({"10010": days(56, 49, 42, 35, 28, 21)}, TODAY)
    assert (missed.customer, missed.usual_gap, missed.days_since) == ("10010", 7, 21)
    assert missed.expected_on == TODAY - timedelta(days=14)


@pytest.mark.parametrize(
    "ago",
    [
        (35, 28, 21, 14, 7),
        (21, 14, 7),
        (130, 123, 60, 53, 46, 39, 32),
        (40, 40, 33, 33, 33),
    ],
)
def test_who_orders_as_ever_or_has_no_rhythm_is_not_missed(ago: tuple[int, ...]) -> None:
    """On time; too few orders; a gap as long as one before; few days with several orders each."""
    assert missed_orders({"10010": days(*ago)}, TODAY) == []


def test_those_furthest_beyond_their_rhythm_come_first() -> None:
    """Counted in their own gaps, not in days."""
    weekly, monthly = days(56, 49, 42, 35, 28), days(300, 270, 240, 210, 180, 110)
    missed = missed_orders({"monthly": monthly, "weekly": weekly}, TODAY)
    assert [each.customer for each in missed] == ["weekly", "monthly"]
