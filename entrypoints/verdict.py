"""How an order went, in a sentence for people: why it went on, or why it stopped where it did."""

from __future__ import annotations

from models.domain.four_eyes import first_approval
from models.domain.lifecycle import OrderStatus
from models.domain.partial import lines_in_words
from models.domain.review_queue import asks_for_fraud
from models.domain.sales_order import Decision, SalesOrder

_NEXT = {
    OrderStatus.RECEIVED: "Read, and being checked.",
    OrderStatus.ACCEPTED: "Stock is being allocated.",
    OrderStatus.ALLOCATED: "Stock is allocated; the pick list is next.",
    OrderStatus.RELEASED: "Released to the warehouse.",
    OrderStatus.BACKORDERED: "Waits for stock.",
    OrderStatus.SHIPPED: "On its way.",
    OrderStatus.DELIVERED: "Delivered.",
    OrderStatus.CLOSED: "Delivered and closed.",
}
_HOW = {"touchless": "Accepted touchless", "approved": "Approved", "corrected": "Corrected", "held": "Held"}


def verdict(order: SalesOrder) -> str:
    """One to three sentences on where the order stands and who brought it there."""
    return _stand(order) + _part(order)


def _part(order: SalesOrder) -> str:
    if order.part is None:
        return ""
    own = lines_in_words(order.part.lines)
    return f" {own[0].upper()}{own[1:]} of the purchase order; the others are {order.part.other}."


def _stand(order: SalesOrder) -> str:
    last = order.decisions[-1] if order.decisions else None
    if order.status is OrderStatus.NEEDS_REVIEW:
        return _question(order)
    if order.status is OrderStatus.ON_HOLD:
        return f"On hold{_by(last)}{_reason(last)}"
    if order.status in (OrderStatus.REJECTED, OrderStatus.CANCELLED):
        return f"{order.status.value}{_by(last)}{_reason(last)}"
    accepted = next((each for each in reversed(order.decisions) if each.outcome in ("touchless", "approved")), None)
    how = "" if accepted is None else f"{_HOW[accepted.outcome]}{_by(accepted)}. "
    return how + _NEXT[order.status]


def is_touchless(order: SalesOrder) -> bool:
    """Whether it was accepted with no person involved."""
    outcomes = {decision.outcome for decision in order.decisions}
    return "touchless" in outcomes and not outcomes & {"approved", "corrected", "held", "rejected"}


def _question(order: SalesOrder) -> str:
    open_findings = order.open_findings
    if not open_findings:
        return "Waits for a person to look at it."
    seconded = first_approval(order)
    if seconded is not None:
        return f"Approved by {seconded}; waits for a second person."
    first = min(open_findings, key=lambda finding: not asks_for_fraud(finding)).message.rstrip(".")
    more = len(open_findings) - 1
    also = "" if not more else f" And {more} more {'question' if more == 1 else 'questions'}."
    heard = "The buyer answered. " if order.questions and order.questions[-1].is_answered else ""
    return f"{heard}Waits for a person: {first}.{also}"


def _by(decision: Decision | None) -> str:
    return "" if decision is None or decision.by == "orderwright" else f" by {decision.by}"


def _reason(decision: Decision | None) -> str:
    return "." if decision is None or not decision.why else f": {decision.why.rstrip('.')}."
