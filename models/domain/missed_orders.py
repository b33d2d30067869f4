"""Customers who should have ordered by now: a gap in their own rhythm, longer than any in their latest orders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from models.domain.values import Value

#: A rhythm shows in so many orders on different days; it is that of the latest gaps.
_LEAST_DAYS, _LATEST_GAPS = 5, 12
#: Missed is an order when the gap is so many times the usual one, and by so much longer than the longest.
_TIMES_USUAL, _TIMES_LONGEST = 2, 1.25


class MissedOrder(Value):
    """A customer whose order is overdue: the usual gap in days, the longest of the latest ones, and how long it is now."""

    customer: str
    last_order: date
    usual_gap: float
    longest_gap: int
    days_since: int

    @property
    def expected_on(self) -> date:
        return self.last_order + timedelta(days=round(self.usual_gap))

    @property
    def times_usual(self) -> float:
        return self.days_since / self.usual_gap


def missed_orders(days: Mapping[str, Iterable[date]], today: date) -> list[MissedOrder]:
    """Who is overdue, by customer number, those furthest beyond their rhythm first."""
    found = [missed for customer, own in days.items() if (missed := _missed(customer, sorted(set(own)), today))]
    return sorted(found, key=lambda missed: (-missed.times_usual, missed.customer))


def _missed(customer: str, days: Sequence[date], today: date) -> MissedOrder | None:
    if len(days) < _LEAST_DAYS:
        return None
    gaps = [(after - before).days for before, after in pairwise(days)][-_LATEST_GAPS:]
    usual, longest, since = float(median(gaps)), max(gaps), (today - days[-1]).days
    if since < usual * _TIMES_USUAL or since <= longest * _TIMES_LONGEST:
        return None
    return MissedOrder(customer=customer, last_order=days[-1], usual_gap=usual, longest_gap=longest, days_since=since)
