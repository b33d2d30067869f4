"""The list of what came in: orders, and messages that were none, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from entrypoints.backend import Records
from entrypoints.verdict import is_touchless, verdict
from models.domain.lifecycle import OrderStatus
from models.domain.messages import InboundMessage
from models.domain.sales_order import SalesOrder

LIMIT = 500
_OUTCOMES = {
    "duplicate": "Duplicate",
    "not_an_order": "Not an order",
    "unreadable": "Unreadable",
    "enquiry_answered": "Answered",
    "return_opened": "Return opened",
    "change_requested": "Change requested",
    "needs_person": "Needs a person",
    "acknowledgement_noted": "Acknowledgement",
    "reply_noted": "Answer noted",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the list. `group` is what the filters choose by, `tone` the colour of its chip."""

    received_at: datetime
    group: str
    tone: str
    status: str
    link: str
    customer: str
    po_number: str
    document: str
    channel: str
    source_format: str
    lines: int | None
    total: str
    sentence: str
    is_touchless: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of the list with how many rows it leaves."""

    key: str
    name: str
    count: int


def rows(records: Records) -> list[Row]:
    """Newest first. A message whose orders stand in the list has no row of its own."""
    orders = records.orders.recent(LIMIT)
    shown = {order.source.message_id for order in orders}
    messages = (message for message in records.inbox.recent(LIMIT) if _has_own_row(message, shown))
    found = [*map(_order_row, orders), *map(_message_row, messages)]
    return sorted(found, key=lambda row: row.received_at, reverse=True)


def filters(found: list[Row]) -> list[Filter]:
    names = {
        "waiting": "Waiting for a person",
        "moving": "On their way",
        "done": "Done",
        "stopped": "Rejected",
        "other": "No orders",
    }
    counted = [Filter(key, name, sum(row.group == key for row in found)) for key, name in names.items()]
    touchless = Filter("touchless", "Touchless", sum(row.is_touchless for row in found))
    return [Filter("", "All", len(found)), touchless, *counted]


def chosen(found: list[Row], key: str) -> list[Row]:
    if key == "touchless":
        return [row for row in found if row.is_touchless]
    return [row for row in found if row.group == key] if key else found


def tone(status: OrderStatus) -> str:
    """The colour group of a status."""
    if status.waits_for_person:
        return "waiting"
    if status in (OrderStatus.REJECTED, OrderStatus.CANCELLED):
        return "stopped"
    return "done" if status in (OrderStatus.CLOSED, OrderStatus.DELIVERED) else "moving"


def outcome_name(message: InboundMessage) -> str:
    if message.outcome is None:
        return "Being read" if message.state == "started" else "Received"
    return _OUTCOMES.get(message.outcome, "Orders opened")


def message_sentence(message: InboundMessage) -> str:
    return message.explanation or "It is kept, and what it says is being read."


def outcome_tone(message: InboundMessage) -> str:
    if message.outcome is None:
        return "moving"
    return {"unreadable": "stopped", "needs_person": "waiting"}.get(message.outcome, "other")


def _has_own_row(message: InboundMessage, shown: set[str]) -> bool:
    return message.outcome not in (None, "orders_opened") or message.message_id not in shown


def _order_row(order: SalesOrder) -> Row:
    return Row(
        received_at=order.source.received_at,
        group=tone(order.status),
        tone=tone(order.status),
        status=order.status.value,
        link=f"orders/{order.order_id}",
        customer=order.customer_name or order.purchase_order.buyer.name or "Unknown customer",
        po_number=order.purchase_order.po_number or "",
        document=order.source.document_name,
        channel=order.source.channel,
        source_format=order.source.source_format,
        lines=len(order.lines) or len(order.purchase_order.lines),
        total=_total(order),
        sentence=verdict(order),
        is_touchless=is_touchless(order),
    )


def _message_row(message: InboundMessage) -> Row:
    tone_of_row = outcome_tone(message)
    return Row(
        received_at=message.received_at,
        group="waiting" if tone_of_row == "waiting" else "moving" if message.outcome is None else "other",
        tone=tone_of_row,
        status=outcome_name(message),
        link=f"messages/{message.message_id}",
        customer=message.sender or "–",
        po_number="",
        document=message.name,
        channel=message.channel,
        source_format="",
        lines=None,
        total="",
        sentence=message_sentence(message),
    )


def _total(order: SalesOrder) -> str:
    amount = order.gross or order.net
    return "" if amount is None else str(amount)
