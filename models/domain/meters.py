"""How the order desk runs: how much went touchless, what people changed, and how long orders waited for them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import quantiles

from models.domain.lifecycle import OrderStatus
from models.domain.sales_order import SalesOrder

_MOST_GROUPS = 12


@dataclass(frozen=True, slots=True)
class Tally:
    """How the orders of a group went: without anybody, by a person, or not decided yet. `wrong` of the touchless ones turned out
    to be wrong afterwards: the silent errors that showed; `review` is how long the middle one waited for a person."""

    name: str
    touchless: int
    by_person: int
    waiting: int
    wrong: int = 0
    review: timedelta | None = None

    @property
    def count(self) -> int:
        return self.touchless + self.by_person + self.waiting

    @property
    def touchless_share(self) -> float:
        return self.touchless / self.count if self.count else 0.0


@dataclass(frozen=True, slots=True)
class ReviewTimes:
    """How long decided orders waited for a person: the middle one and the one that nine of ten were quicker than."""

    count: int
    median: timedelta
    ninetieth: timedelta


@dataclass(frozen=True, slots=True)
class Meters:
    """The figures of a span of orders. `questions` counts what people were asked, the most frequent first."""

    total: Tally
    by_source: tuple[Tally, ...]
    by_channel: tuple[Tally, ...]
    by_customer: tuple[Tally, ...]
    by_day: tuple[Tally, ...]
    review: ReviewTimes | None
    questions: tuple[tuple[str, int], ...]


def meters(orders: Iterable[SalesOrder], today: date, days: int = 14, wrong: Collection[str] = ()) -> Meters:
    """The figures of the last `days` days up to `today`; `wrong` are the ids of touchless orders that turned out to be so."""
    first = today - timedelta(days=days - 1)
    recent = [order for order in orders if first <= order.source.received_at.date() <= today]
    by_day = _tallies({order.order_id: order.source.received_at.date().isoformat() for order in recent}, recent, wrong, most=days)
    known = {tally.name: tally for tally in by_day}
    span = [(first + timedelta(days=count)).isoformat() for count in range(days)]
    return Meters(
        total=_tally("all", recent, wrong),
        by_source=_tallies({order.order_id: order.source.source_format or "other" for order in recent}, recent, wrong),
        by_channel=_tallies({order.order_id: order.source.channel for order in recent}, recent, wrong),
        by_customer=_tallies({order.order_id: order.customer_name or "unknown" for order in recent}, recent, wrong),
        by_day=tuple(known.get(day, Tally(day, 0, 0, 0)) for day in span),
        review=_review_times(recent),
        questions=tuple(Counter(code for order in recent for code in _asked(order)).most_common(_MOST_GROUPS)),
    )


def _tallies(
    names: Mapping[str, str], orders: Sequence[SalesOrder], wrong: Collection[str], most: int = _MOST_GROUPS
) -> tuple[Tally, ...]:
    groups: defaultdict[str, list[SalesOrder]] = defaultdict(list)
    for order in orders:
        groups[names[order.order_id]].append(order)
    tallies = [_tally(name, group, wrong) for name, group in groups.items()]
    return tuple(sorted(tallies, key=lambda tally: (-tally.count, tally.name))[:most])


def _tally(name: str, orders: Sequence[SalesOrder], wrong: Collection[str]) -> Tally:
    how = Counter(_how(order) for order in orders)
    times = _review_times(orders)
    return Tally(
        name,
        how["touchless"],
        how["by_person"],
        how["waiting"],
        wrong=sum(order.order_id in wrong for order in orders),
        review=times.median if times else None,
    )


def _how(order: SalesOrder) -> str:
    if order.status.waits_for_person or order.status is OrderStatus.RECEIVED:
        return "waiting"
    first = next((decision.outcome for decision in order.decisions), "")
    return "touchless" if first == "touchless" and not order.corrections else "by_person"


def _asked(order: SalesOrder) -> set[str]:
    accepted = order.accepted_findings if any(each.by != "orderwright" for each in order.decisions) else frozenset()
    return {finding.code for finding in order.findings if finding.blocks or finding.key in accepted}


def _review_times(orders: Sequence[SalesOrder]) -> ReviewTimes | None:
    waits = sorted(wait for order in orders if (wait := _wait(order)) is not None)
    if not waits:
        return None
    seconds = [wait.total_seconds() for wait in waits]
    tenths = quantiles(seconds, n=10, method="inclusive") if len(seconds) > 1 else seconds * 9
    return ReviewTimes(len(waits), timedelta(seconds=tenths[4]), timedelta(seconds=tenths[8]))


def _wait(order: SalesOrder) -> timedelta | None:
    asked: datetime | None = None
    for decision in order.decisions:
        if decision.outcome == "needs_review" and asked is None:
            asked = decision.at
        elif decision.outcome in ("approved", "rejected") and asked is not None:
            return decision.at - asked
    return None
