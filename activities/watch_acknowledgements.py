"""The acknowledgement clock: whether one came, or went out, by the time that was agreed with the partner."""

from __future__ import annotations

from datetime import datetime

from temporalio import activity

from activities.desk_notices import DeskNotices
from activities.failures import told_to_temporal
from activities.heartbeats import heartbeating
from activities.order_records import OrderRecord
from activities.partner_receipts import receipt_key
from activities.ports import AuditTrail, Outbox
from models.contracts.exchange_io import AcknowledgementState, CheckAcknowledgement
from models.domain.sales_order import SalesOrder


class AcknowledgementWatching:
    """Looks at the books when the clock strikes, and tells the desk what is overdue, once."""

    def __init__(self, record: OrderRecord, outbox: Outbox, audit: AuditTrail, desk: DeskNotices) -> None:
        self._record = record
        self._outbox = outbox
        self._audit = audit
        self._desk = desk

    @activity.defn
    @told_to_temporal()
    def check_acknowledgement(self, request: CheckAcknowledgement) -> AcknowledgementState:
        """The state now. What is awaited still although it was due becomes a fact of the order and a mail to the desk."""
        state = self._own_state(request) if request.is_ours else self._their_state(request)
        if state.state == "awaited" and self._record.clock.now() >= request.due:
            with heartbeating():
                self._tell(self._record.load(request.order_id), request)
        return state

    def _own_state(self, request: CheckAcknowledgement) -> AcknowledgementState:
        went_out = any(self._outbox.is_sent(f"{request.key}:{end}") for end in ("accepted", "rejected"))
        return AcknowledgementState(state="acknowledged" if went_out else "awaited")

    def _their_state(self, request: CheckAcknowledgement) -> AcknowledgementState:
        known = {fact.key for fact in self._audit.timeline(request.order_id)}
        if receipt_key(request.key, is_accepted=False) in known:
            return AcknowledgementState(state="rejected")
        came = receipt_key(request.key, is_accepted=True) in known
        return AcknowledgementState(state="acknowledged" if came else "awaited")

    def _tell(self, order: SalesOrder, request: CheckAcknowledgement) -> None:
        sentence = _sentence(request.due, None if request.is_ours else self._named(request.key))
        key = f"overdue:{request.key}"
        self._record.note(order, "AcknowledgementOverdue", sentence, {"of": request.key}, key=key)
        number = order.purchase_order.po_number or order.order_id
        page = self._record.links(order)["Order page"]
        self._desk.tell(key, order.order_id, f"Acknowledgement overdue: {number}", f"{sentence}\n\n{page}\n")

    def _named(self, key: str) -> str:
        message = self._outbox.find(key)
        return ", ".join(part.name for part in message.attachments) if message else key


def _sentence(due: datetime, theirs: str | None) -> str:
    moment = due.strftime("%Y-%m-%d %H:%M %Z").strip()
    if theirs is None:
        return f"Our order acknowledgement was due by {moment} and is not sent: the order waits for a decision."
    return f"The partner has not acknowledged our {theirs}, which was due by {moment}: ask whether it arrived."
