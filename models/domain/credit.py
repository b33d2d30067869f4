"""Credit: whether a customer may owe what this order adds."""

from __future__ import annotations

from decimal import Decimal

from models.domain.findings import Finding, Owner, Severity
from models.domain.party import Customer
from models.domain.values import Money, Value, plain


class CreditStanding(Value):
    """What a customer owes and would owe: open invoices, accepted open orders (`exposure`) and this order, and the limit."""

    limit: Money
    open_balance: Money
    exposure: Money
    order_total: Money

    @property
    def total(self) -> Money | None:
        """All three together; None where they are in different currencies."""
        parts = (self.open_balance, self.exposure, self.order_total)
        if len({part.currency for part in (*parts, self.limit)}) > 1:
            return None
        return self.open_balance + self.exposure + self.order_total

    @property
    def room(self) -> Money | None:
        """What is left of the limit, below zero where it is exceeded; None where it cannot be compared."""
        total = self.total
        return None if total is None else self.limit - total


def credit_standing(customer: Customer, exposure: Decimal, order_gross: Money) -> CreditStanding:
    """The standing with this order; `exposure` is in the order's currency."""
    return CreditStanding(
        limit=customer.credit_limit,
        open_balance=customer.open_balance,
        exposure=Money(amount=exposure, currency=order_gross.currency),
        order_total=order_gross,
    )


def credit_finding(customer: Customer, exposure: Decimal, order_gross: Money) -> Finding | None:
    """A finding where open invoices, accepted open orders (`exposure`, in the order's currency) and this one exceed the limit."""
    standing = credit_standing(customer, exposure, order_gross)
    limit, total = standing.limit, standing.total
    if total is None:
        message = (
            f"The order is in {order_gross.currency}, what {customer.name} owes in {standing.open_balance.currency} and the "
            f"credit limit in {limit.currency}: decide whether {order_gross} may be delivered on account."
        )
        return _finding("credit_not_comparable", message, read=str(order_gross), expected=str(limit))
    if total <= limit:
        return None
    message = (
        f"{customer.name} would owe {total} ({standing.open_balance} in invoices, {standing.exposure} in open orders, "
        f"{order_gross} for this one); the limit is {limit}."
    )
    return _finding("credit_limit_exceeded", message, read=plain(total.rounded().amount), expected=str(limit))


def blocked_finding(customer: Customer) -> Finding | None:
    """A finding where our books block the customer."""
    if not customer.is_blocked:
        return None
    return _finding(
        "customer_blocked", f"{customer.name} ({customer.number}) is blocked: nothing is delivered without a release."
    )


def _finding(code: str, message: str, *, read: str | None = None, expected: str | None = None) -> Finding:
    return Finding(code=code, severity=Severity.ERROR, message=message, owner=Owner.CREDIT, read=read, expected=expected)
