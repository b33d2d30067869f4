"""When goods can arrive, when a place takes them in, and what an order must come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from models.domain.catalogue import Item
from models.domain.findings import Finding, Owner, Severity
from models.domain.identifiers import Sku
from models.domain.party import Company, Customer, ShipTo
from models.domain.purchase_order import PurchaseOrder
from models.domain.sales_order import SalesOrderLine
from models.domain.values import Currency, Money
from models.domain.working_days import add_working_days
from models.domain.working_hours import Weekday, weekday_of


def earliest_arrivals(
    company: Company, lines: Sequence[SalesOrderLine], items: Mapping[Sku, Item], now: datetime
) -> Mapping[int, date]:
    """Per line the first day on which its goods can arrive; empty where the company states no time of delivery.

    An order that comes after the cut-off counts as the next day's, and an item's own lead time comes on top of a delivery's.
    """
    if company.delivery_days is None:
        return {}
    there = now.astimezone(ZoneInfo(company.desk.time_zone))
    is_late = company.order_cut_off is not None and there.time() >= company.order_cut_off
    taken = there.date() + timedelta(days=is_late)
    return {
        line.number: add_working_days(taken, company.delivery_days + item.lead_time_days)
        for line in lines
        if line.sku and (item := items.get(line.sku))
    }


def receiving_days_of(customer: Customer, places: Sequence[ShipTo], code: str) -> tuple[Weekday, ...]:
    """The days on which the place takes goods in: its own, else the customer's, none where nothing is known."""
    own = next((place.receiving_days for place in places if place.code == code), ())
    return own or customer.receiving_days


def receiving_findings(order: PurchaseOrder, days: Sequence[Weekday]) -> Iterator[Finding]:
    """A finding for each wanted day on which nobody takes the goods in, with the next one on which somebody does."""
    if not days:
        return
    wanted: list[tuple[str, int | None, date | None]] = [("requested_delivery_date", None, order.requested_date)]
    wanted += [(f"lines[{line.number - 1}].requested_delivery_date", line.number, line.requested_date) for line in order.lines]
    for field, number, day in wanted:
        if day is None or weekday_of(day) in days:
            continue
        better = next(later for each in range(1, 8) if weekday_of(later := day + timedelta(days=each)) in days)
        what = f"Line {number}: delivery" if number else "Delivery"
        yield Finding(
            code="not_receiving",
            severity=Severity.WARNING,
            message=f"{what} is wanted on {weekday_of(day).title()}, {day.isoformat()}, when the place takes no goods in; the "
            f"next day is {better.isoformat()}.",
            field=field,
            line=number,
            read=day.isoformat(),
            expected=better.isoformat(),
            proposal={f"{number}.requested_date" if number else "requested_date": better.isoformat()},
        )


def minimum_order_finding(customer: Customer, net: Money | None) -> Finding | None:
    """An order that comes to less than was agreed; None while its value is open or in another currency."""
    least = customer.minimum_order
    if least is None or net is None or net.currency != least.currency or net >= least:
        return None
    return Finding(
        code="below_minimum_order",
        severity=Severity.ERROR,
        message=f"The order comes to {net}; the least that was agreed with {customer.name} is {least}.",
        read=str(net),
        expected=str(least),
        owner=Owner.SALES,
    )


def net_of(lines: Sequence[SalesOrderLine], currency: Currency) -> Money | None:
    """What the lines come to; None while one has no price or is in another currency."""
    nets = [line.net for line in lines if line.net is not None and line.net.currency == currency]
    return sum(nets, Money.zero(currency)) if nets and len(nets) == len(lines) else None
