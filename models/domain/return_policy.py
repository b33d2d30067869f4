"""Returns: what may come back, what a person must see, what happens to the goods and what the customer is credited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from models.domain.catalogue import Item
from models.domain.identifiers import Sku
from models.domain.returns import Disposition, InspectedLine, ReturnLine, ReturnOrder
from models.domain.sales_order import SalesOrder, SalesOrderLine
from models.domain.shipment import Shipment
from models.domain.values import Currency, Exact, Money, Percentage, Value, plain, round_half_up

#: Reasons that put the return on our account, as customers write them in English, German and French.
_OUR_FAULT = re.compile(
    r"\b(damag|broken|defect|faulty|wrong|incorrect|not ordered|leak|beschädigt|kaputt|defekt|mangel|falsch|"
    r"nicht bestellt|endommag|cass|défect|defect|erron|mauvais|pas command)",
    re.IGNORECASE,
)
_Condition = Literal["as_new", "opened", "damaged"]


class ReturnPolicy(Value):
    """Our terms. `review_above` is the net value in the order's currency above which a person authorises; categories match
    by their beginning, so that "Chemicals" excludes "Chemicals / Paint"; the fee is for opened goods on the buyer's account."""

    days: int = 30
    review_above: Exact = Decimal(250)
    excluded_categories: tuple[str, ...] = ("Chemicals", "Food", "Medical", "Cut to length")
    restocking_fee: Percentage = Percentage(points=Decimal(15))


class ReturnFacts(Value):
    """What was shipped and came back already, per line in base units, and when the last of it was delivered."""

    shipped: dict[int, Exact]
    returned: dict[int, Exact]
    delivered_on: date | None
    today: date


class ReturnAssessment(Value):
    """What the policy says: `value` is the net value of the lines."""

    outcome: Literal["authorised", "needs_review", "refused"]
    reason: str
    value: Money


def facts_of(shipments: Sequence[Shipment], returns: Iterable[ReturnOrder], today: date) -> ReturnFacts:
    """The facts from an order's shipments and its other returns; refused ones brought nothing back."""
    shipped: dict[int, Decimal] = {}
    for task in (task for shipment in shipments if shipment.dispatched_at for task in shipment.tasks):
        shipped[task.line] = shipped.get(task.line, Decimal(0)) + task.quantity
    returned: dict[int, Decimal] = {}
    for line in (line for one in returns if one.state != "refused" for line in one.lines):
        returned[line.line] = returned.get(line.line, Decimal(0)) + line.quantity
    delivered = [shipment.delivered_at.date() for shipment in shipments if shipment.delivered_at]
    return ReturnFacts(shipped=shipped, returned=returned, delivered_on=max(delivered, default=None), today=today)


def everything_shipped(order: SalesOrder, facts: ReturnFacts, reason: str) -> tuple[ReturnLine, ...]:
    """One return line per order line for all that was shipped and has not come back."""
    left = ((line, _returnable(line.number, facts)) for line in order.lines)
    return tuple(
        ReturnLine(line=line.number, sku=line.sku, quantity=quantity, reason=reason)
        for line, quantity in left
        if line.sku and quantity > 0
    )


def assess_return(
    order: SalesOrder,
    lines: Sequence[ReturnLine],
    facts: ReturnFacts,
    items: Mapping[Sku, Item],
    policy: ReturnPolicy | None = None,
) -> ReturnAssessment:
    """Refused where the policy rules it out, a person's where it is worth much or late on our fault, else authorised."""
    policy = policy or ReturnPolicy()
    value = _net_value(order, lines)
    refusals = list(_refusals(order, lines, facts, items, policy))
    if refusals:
        return ReturnAssessment(outcome="refused", reason=" ".join(refusals), value=value)
    doubts = list(_doubts(lines, facts, policy, value))
    if doubts:
        return ReturnAssessment(outcome="needs_review", reason=" ".join(doubts), value=value)
    reason = f"Within {policy.days} days of delivery, nothing excluded, {value} is not above {plain(policy.review_above)}."
    return ReturnAssessment(outcome="authorised", reason=reason, value=value)


def _refusals(
    order: SalesOrder, lines: Sequence[ReturnLine], facts: ReturnFacts, items: Mapping[Sku, Item], policy: ReturnPolicy
) -> Iterator[str]:
    if not lines:
        yield "Nothing of this order was shipped that could come back."
    numbers = {line.number for line in order.lines}
    asked: dict[int, Decimal] = {}
    for line in lines:
        asked[line.line] = asked.get(line.line, Decimal(0)) + line.quantity
    for number, quantity in asked.items():
        if number not in numbers:
            yield f"The order has no line {number}."
        elif quantity <= 0:
            yield f"Line {number}: a return of {plain(quantity)} is none."
        elif quantity > _returnable(number, facts):
            left = _returnable(number, facts)
            yield f"Line {number}: {plain(quantity)} are to come back, but only {plain(left)} were shipped and not returned."
    if facts.delivered_on and _is_late(facts, policy) and not all(is_our_fault(line.reason) for line in lines):
        yield f"Delivered on {facts.delivered_on.isoformat()}, more than {policy.days} days ago."
    yield from _excluded(lines, items, policy)


def _excluded(lines: Sequence[ReturnLine], items: Mapping[Sku, Item], policy: ReturnPolicy) -> Iterator[str]:
    """Goods that cannot be sold again; what we got wrong with them is still ours to put right."""
    for line in lines:
        item = items.get(line.sku)
        if item and item.category.startswith(policy.excluded_categories) and not is_our_fault(line.reason):
            yield f"Line {line.line}: {item.category} is excluded from returns."


def _doubts(lines: Sequence[ReturnLine], facts: ReturnFacts, policy: ReturnPolicy, value: Money) -> Iterator[str]:
    if value.amount > policy.review_above:
        yield f"Worth {value}, above {plain(policy.review_above)}: a person authorises it."
    if facts.delivered_on is None:
        yield "The delivery is not confirmed yet: a person authorises it."
    if _is_late(facts, policy) and lines:
        yield f"More than {policy.days} days after delivery, but the reason given is on our account: a person decides."


def _is_late(facts: ReturnFacts, policy: ReturnPolicy) -> bool:
    return facts.delivered_on is not None and (facts.today - facts.delivered_on).days > policy.days


def _returnable(number: int, facts: ReturnFacts) -> Decimal:
    return facts.shipped.get(number, Decimal(0)) - facts.returned.get(number, Decimal(0))


def is_our_fault(reason: str) -> bool:
    """Whether the customer's words put the return on our account: damaged, defective, wrong."""
    return bool(_OUR_FAULT.search(reason[:500]))


def disposition(condition: _Condition, item: Item) -> Disposition:
    """As new goes back into stock; opened goods go back to a maker we know; what nobody takes is scrapped."""
    if condition == "as_new":
        return "restock"
    return "return_to_vendor" if condition == "opened" and item.manufacturer else "scrap"


def credit_amount(
    order: SalesOrder, inspected: Sequence[InspectedLine], reasons: Mapping[int, str], policy: ReturnPolicy | None = None
) -> Money:
    """What the customer is credited, tax included, in the order's currency. `reasons` are the customer's words per line.

    On our account the full price; else opened goods bear the restocking fee and goods that came back damaged earn nothing.
    """
    policy = policy or ReturnPolicy()
    by_number = {line.number: line for line in order.lines}
    shares: dict[Decimal, Decimal] = {}
    for part in inspected:
        line = by_number[part.line]
        rate = _tax_rate(order, line)
        shares[rate] = shares.get(rate, Decimal(0)) + _net_of(line, part.quantity) * _share_credited(part, reasons, policy)
    total = sum((round_half_up(net) + round_half_up(net * rate / 100) for rate, net in shares.items()), Decimal(0))
    return Money(amount=total, currency=_currency(order))


def _share_credited(part: InspectedLine, reasons: Mapping[int, str], policy: ReturnPolicy) -> Decimal:
    if part.condition == "as_new" or is_our_fault(reasons.get(part.line, "")):
        return Decimal(1)
    return Decimal(0) if part.condition == "damaged" else 1 - policy.restocking_fee.points / 100


def _tax_rate(order: SalesOrder, line: SalesOrderLine) -> Decimal:
    share = order.tax.share_of(line.number, line.tax_category) if order.tax else None
    return share.rate if share else Decimal(0)


def _net_of(line: SalesOrderLine, quantity: Decimal) -> Decimal:
    """The share of the line's net amount that a quantity bears."""
    if line.net is None or not line.base_quantity:
        return Decimal(0)
    return line.net.amount * quantity / line.base_quantity


def _net_value(order: SalesOrder, lines: Sequence[ReturnLine]) -> Money:
    by_number = {line.number: line for line in order.lines}
    nets = (_net_of(by_number[line.line], line.quantity) for line in lines if line.line in by_number)
    return Money(amount=round_half_up(sum(nets, Decimal(0))), currency=_currency(order))


def _currency(order: SalesOrder) -> Currency:
    return order.currency or Currency("EUR")
