"""Answer the buyer's changes in the standard that they came in: ORDRSP on ORDCHG, 865 on 860, OrderResponse."""

from __future__ import annotations

from temporalio import activity

from activities.acknowledge_order import message_to_buyer, named_files
from activities.answers_in_kind import AnswersInKind
from activities.desk_notices import DeskNotices
from activities.failures import told_to_temporal
from activities.heartbeats import heartbeating
from activities.order_records import OrderRecord
from activities.outgoing import Outgoing
from activities.outside_ports import Erp
from activities.ports import Parties, Shipments
from activities.post_to_erp import take_back
from models.contracts.activity_io import MessageSent, OrderStep
from models.domain.acknowledgement import OrderAcknowledgement
from models.domain.answer_text import answer_text
from models.domain.change_answers import change_answer
from models.domain.lessening import BUYER
from models.domain.messages import OutboundMessage
from models.domain.sales_order import ChangeRequest, SalesOrder


class ChangeAnswering:
    """Tells the buyer what became of each change, once. A change is taken where the order as it stands says the same."""

    def __init__(
        self,
        record: OrderRecord,
        parties: Parties,
        in_kind: AnswersInKind,
        outgoing: Outgoing,
        desk: DeskNotices,
        erp: Erp,
        shipments: Shipments,
    ) -> None:
        self._erp = erp
        self._shipments = shipments
        self._record = record
        self._parties = parties
        self._in_kind = in_kind
        self._outgoing = outgoing
        self._desk = desk

    @activity.defn
    @told_to_temporal()
    def answer_changes(self, step: OrderStep) -> MessageSent:
        """Answer what is open; gives the last message and when the partner must acknowledge it."""
        sent = MessageSent()
        with heartbeating():
            while open_ones := (order := self._record.load(step.order_id)).open_changes:
                if any(correction.by == BUYER for correction in order.corrections):
                    take_back(order, self._record, self._erp, self._shipments)
                sent = self._answer(order, open_ones[0])
        return sent

    def _answer(self, order: SalesOrder, change: ChangeRequest) -> MessageSent:
        language = self._parties.customer(order.customer_number).language if order.customer_number else "en"
        answer = change_answer(order, change, self._parties.company(), self._record.clock.now(), language=language)
        verdict, key = answer.kind.replace("_", " "), _key(order, change)
        message = self._message(order, change, answer, language)
        # By mail there is nothing to send: the order's own acknowledgement says what stands, and a person writes the rest.
        sent = self._outgoing.send(message) if message.attachments else ""
        self._record.note(order, "ChangeAnswered", f"The buyer's change: {verdict}{named_files(message)}.", key=key)
        if answer.kind != "accepted":
            self._tell_desk(order, change, verdict)
        self._record.save(_answered(order, change, answer))
        return MessageSent(key=sent, acknowledged_by=self._in_kind.due(message, change.source))

    def _message(self, order: SalesOrder, change: ChangeRequest, answer: OrderAcknowledgement, language: str) -> OutboundMessage:
        key, answered = _key(order, change), self._in_kind.message_of(change.source)
        return message_to_buyer(
            order,
            key=key,
            kind="change_answer",
            text=answer_text("change_answered", language, numbers=answer.po_number),
            attachments=() if answered is None else self._in_kind.acknowledgement(answer, answered, key),
            source=change.source,
            partner=answered.sender if answered else "",
        )

    def _tell_desk(self, order: SalesOrder, change: ChangeRequest, verdict: str) -> None:
        """A person may still do by hand what the system does not."""
        number = order.purchase_order.po_number or order.order_id
        kind = change.purchase_order.kind.replace("_", " ")
        text = f"The {kind} was answered: {verdict}. The order is {order.status}.\n\n{self._record.links(order)['Order page']}\n"
        self._desk.tell(_key(order, change), order.order_id, f"A buyer's {kind} was not taken: {number}", text)


def _key(order: SalesOrder, change: ChangeRequest) -> str:
    return f"change:{order.order_id}:{change.source.message_id}:{change.source.order_index}"


def _answered(order: SalesOrder, change: ChangeRequest, answer: OrderAcknowledgement) -> SalesOrder:
    told = change.model_copy(update={"answer": answer.kind})
    return order.model_copy(update={"changes": tuple(told if known == change else known for known in order.changes)})
