"""Terms of an order as a whole: currency, stated totals and dates, against what we agreed and reckon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from models.domain.findings import Finding, Severity
from models.domain.party import Customer
from models.domain.pricing import TOLERANCE
from models.domain.purchase_order import PurchaseOrder, PurchaseOrderLine
from models.domain.sales_order import SalesOrderLine
from models.domain.tax import TaxResult
from models.domain.values import Currency, Money, Percentage, plain

#: What rounding each line may part two sums by, and no more.
_CENT_PER_LINE = Decimal("0.01")


def order_currency(order: PurchaseOrder, customer: Customer) -> tuple[Currency, tuple[Finding, ...]]:
    """The order's currency, the customer's where none is stated; another one than agreed is a finding."""
    if order.currency is None or order.currency == customer.currency:
        return customer.currency, ()
    finding = Finding(
        code="currency_mismatch",
        severity=Severity.ERROR,
        message=f"The order is in {order.currency}; {customer.name} buys in {customer.currency}.",
        field="currency",
        read=order.currency,
        expected=customer.currency,
        proposal={"currency": str(customer.currency)},
    )
    return order.currency, (finding,)


def total_findings(
    order: PurchaseOrder,
    lines: Sequence[SalesOrderLine],
    tax: TaxResult | None = None,
    *,
    beside: Decimal = Decimal(0),
    tolerance: Percentage = TOLERANCE,
) -> tuple[Finding, ...]:
    """Stated line totals and order totals against ours, as far as every line has a net amount.

    `beside` is what other lines come to that the stated net total covers too; `tolerance` that of the customer's prices.
    """
    nets = {line.number: line.net for line in lines if line.net is not None}
    if not nets or len(nets) < len(order.lines):
        return ()
    net = sum((money.amount for money in nets.values()), beside)
    currency = next(iter(nets.values())).currency
    return (*_line_totals(order, nets, tolerance), *_order_totals(order, net, currency, tax, _CENT_PER_LINE * max(2, len(lines))))


def _line_totals(order: PurchaseOrder, nets: dict[int, Money], tolerance: Percentage) -> tuple[Finding, ...]:
    """Stated line totals that differ: quantity, price or unit was misread, or, where no price was stated, another was expected.

    A total beside a price multiplies out to the cent; alone it says what price the buyer expects, with the tolerance of one.
    """
    return tuple(
        Finding(
            code="line_total_mismatch",
            severity=Severity.ERROR,
            message=f"Line {line.number}: {plain(line.line_total)} is stated as its total, but quantity and price come to "
            f"{nets[line.number]}: look at quantity, unit and price.",
            field=f"lines[{line.number - 1}].line_total",
            line=line.number,
            read=plain(line.line_total),
            expected=plain(nets[line.number].amount),
        )
        for line in order.lines
        if line.line_total is not None
        and line.number in nets
        and abs(line.line_total - nets[line.number].amount) > _room(line, nets[line.number], tolerance)
    )


def _room(line: PurchaseOrderLine, net: Money, tolerance: Percentage) -> Decimal:
    """How far a line's stated total may be off."""
    rounding = 2 * _CENT_PER_LINE
    return rounding if line.unit_price is not None else max(rounding, net.amount * tolerance.points / 100)


def _order_totals(
    order: PurchaseOrder, net: Decimal, currency: Currency, tax: TaxResult | None, tolerance: Decimal
) -> tuple[Finding, ...]:
    if order.total_net is not None:
        return _total_finding("total_net", order.total_net, (net,), currency, tolerance)
    if order.total_gross is not None:
        # A lone total says nothing about tax, so it may be either sum.
        ours = (net, net + tax.total.amount) if tax else (net,)
        return _total_finding("total_gross", order.total_gross, ours, currency, tolerance)
    return ()


def _total_finding(
    name: str, stated: Decimal, ours: tuple[Decimal, ...], currency: Currency, tolerance: Decimal
) -> tuple[Finding, ...]:
    if any(abs(stated - amount) <= tolerance for amount in ours):
        return ()
    sums = " or ".join(str(Money(amount=amount, currency=currency)) for amount in ours)
    return (
        Finding(
            code="total_mismatch",
            severity=Severity.ERROR,
            message=f"The order states a total of {plain(stated)}, its lines come to {sums}: a line may be missing or misread.",
            field=name,
            read=plain(stated),
            expected=plain(ours[-1]),
        ),
    )


def date_findings(
    order: PurchaseOrder, today: date, earliest: date | None = None, by_line: Mapping[int, date] | None = None
) -> tuple[Finding, ...]:
    """Wanted dates that are past, or before the `earliest` day on which goods can arrive, for a line `by_line`."""
    days = by_line or {}
    earliest = earliest or max(days.values(), default=None)
    wanted: list[tuple[str, int | None, date | None]] = [("requested_delivery_date", None, order.requested_date)]
    wanted += [(f"lines[{line.number - 1}].requested_delivery_date", line.number, line.requested_date) for line in order.lines]
    return tuple(
        finding
        for field, line, day in wanted
        if day is not None and (finding := _date_finding(field, line, day, today, days.get(line, earliest) if line else earliest))
    )


def _date_finding(field: str, line: int | None, day: date, today: date, earliest: date | None) -> Finding | None:
    possible = max(today, earliest) if earliest else today
    if day >= possible:
        return None
    what = "is past" if day < today else f"cannot be kept: the earliest is {possible.isoformat()}"
    return Finding(
        code="date_impossible",
        severity=Severity.WARNING,
        message=f"{f'Line {line}: delivery' if line else 'Delivery'} on {day.isoformat()} {what}.",
        field=field,
        line=line,
        read=day.isoformat(),
        expected=possible.isoformat(),
    )
