"""Acknowledge an order: tell the buyer, in the channel's own format, what becomes of every line."""

from __future__ import annotations

from temporalio import activity

from activities.answers_in_kind import AnswersInKind
from activities.failures import told_to_temporal
from activities.heartbeats import heartbeating
from activities.order_records import OrderRecord
from activities.outgoing import Outgoing
from activities.ports import Parties, Shipments
from models.contracts.activity_io import AcknowledgeOrder, MessageSent, TellCancellation
from models.domain.acknowledgement import OrderAcknowledgement
from models.domain.acknowledgements import acknowledgement_of
from models.domain.cancellations import cancellation_of, digest_of, undelivered
from models.domain.messages import Attachment, OutboundMessage
from models.domain.purchase_order import Source
from models.domain.reply_text import reply_text
from models.domain.sales_order import SalesOrder


class OrderAcknowledging:
    """Writes and sends the acknowledgement, once for acceptance, once for rejection, and once for what is taken back."""

    def __init__(
        self, record: OrderRecord, shipments: Shipments, parties: Parties, in_kind: AnswersInKind, outgoing: Outgoing
    ) -> None:
        self._record = record
        self._shipments = shipments
        self._parties = parties
        self._in_kind = in_kind
        self._outgoing = outgoing

    @activity.defn
    @told_to_temporal()
    def acknowledge_order(self, request: AcknowledgeOrder) -> MessageSent:
        """Send it; an order without anybody to answer (started by an ERP) has its acknowledgement in the record only."""
        order = self._record.load(request.order_id)
        now = self._record.clock.now()
        language = self._language(order)
        answer = acknowledgement_of(order, self._parties.company(), now, language=language, others_wait=self._others_wait(order))
        key = f"acknowledgement:{order.order_id}:{'rejected' if request.is_rejected else 'accepted'}"
        message = self._message(order, answer, key, language)
        with heartbeating():
            sent = self._outgoing.send(message)
        whom = f"sent{named_files(message)}" if sent else "kept; nobody to send it to"
        self._record.note(order, "OrderAcknowledged", f"Acknowledgement ({answer.kind.replace('_', ' ')}) {whom}.", key=key)
        return MessageSent(key=sent, acknowledged_by=self._in_kind.due(message, order.source))

    @activity.defn
    @told_to_temporal()
    def tell_cancellation(self, request: TellCancellation) -> MessageSent:
        """Tell the buyer what will not come after all; nothing where everything came."""
        order = self._record.load(request.order_id)
        left = undelivered(order, self._shipments.of_order(order.order_id))
        if not left:
            return MessageSent(key="")
        language = self._language(order)
        now = self._record.clock.now()
        answer = cancellation_of(order, left, self._parties.company(), now, why=request.why, language=language)
        key = f"cancellation:{order.order_id}:{digest_of(left)}"
        with heartbeating():
            sent = self._outgoing.send(self._message(order, answer, key, language, is_cancellation=True))
        whom = "The buyer was told" if sent else "There is nobody to tell"
        self._record.note(order, "CancellationTold", f"{whom} that {len(left)} lines will not be delivered in full.", key=key)
        return MessageSent(key=sent)

    def _others_wait(self, order: SalesOrder) -> bool:
        """Whether lines that are another order's wait still: what was decided on them already, their own answer says."""
        if order.part is None or order.part.is_rest:
            return False
        return self._record.load(order.part.other).status.waits_for_person

    def _language(self, order: SalesOrder) -> str:
        return self._parties.customer(order.customer_number).language if order.customer_number else "en"

    def _message(
        self, order: SalesOrder, answer: OrderAcknowledgement, key: str, language: str, *, is_cancellation: bool = False
    ) -> OutboundMessage:
        text, html = reply_text(answer, language, is_cancellation=is_cancellation)
        answered = self._in_kind.message_of(order.source)
        return message_to_buyer(
            order,
            key=key,
            kind="cancellation" if is_cancellation else "acknowledgement",
            text=text,
            html=html,
            attachments=() if answered is None else self._in_kind.acknowledgement(answer, answered, key),
            partner=answered.sender if answered else "",
        )


def named_files(message: OutboundMessage) -> str:
    """The files that go with a message, for the timeline: " as 855-12.x12"."""
    names = ", ".join(part.name for part in message.attachments)
    return f" as {names}" if names else ""


def message_to_buyer(
    order: SalesOrder,
    *,
    key: str,
    kind: str,
    text: str,
    html: str = "",
    attachments: tuple[Attachment, ...] = (),
    source: Source | None = None,
    partner: str = "",
) -> OutboundMessage:
    """A message to whoever sent the order (or the change that is its `source`): by mail where it came by mail, else over the
    link to the `partner` of this electronic id."""
    source = source or order.source
    by_mail = "@" in source.sender
    number = order.purchase_order.po_number or order.number or ""
    return OutboundMessage(
        key=key,
        kind=kind,
        subject_id=order.order_id,
        channel="email" if by_mail or not attachments else "edi",
        recipient=source.sender or partner or (order.customer_number or ""),
        subject=f"Re: {source.subject or number}"[:200],
        text=text,
        html=html,
        attachments=attachments,
        in_reply_to=source.in_reply_to,
    )
