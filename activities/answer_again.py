"""Answer an interchange that came again: with the answers that its first coming got, and without working on it again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from temporalio import activity

from activities.failures import told_to_temporal
from activities.heartbeats import heartbeating
from activities.outgoing import Outgoing
from activities.ports import AuditTrail, Clock, Inbox, OrderBook, Outbox
from models.contracts.activity_io import MessageAnswered
from models.contracts.exchange_io import AnswerAgain
from models.domain.identifiers import OrderId
from models.domain.messages import AuditEntry, InboundMessage, OutboundMessage


class AnsweringAgain:
    """Sends kept answers once more, byte for byte: whoever counts our messages sees the same number again."""

    def __init__(
        self, inbox: Inbox, orders: OrderBook, outbox: Outbox, outgoing: Outgoing, audit: AuditTrail, clock: Clock
    ) -> None:
        self._inbox = inbox
        self._orders = orders
        self._outbox = outbox
        self._outgoing = outgoing
        self._audit = audit
        self._clock = clock

    @activity.defn
    @told_to_temporal()
    def answer_again(self, request: AnswerAgain) -> MessageAnswered:
        """Send what the first message was answered with, as far as it was sent by now; the rest still comes by itself."""
        first = self._inbox.get(request.first_message_id)
        mark = f"again:{request.message_id[:16]}:{request.repeat}"
        files: list[str] = []
        with heartbeating():
            for answer in self._answers(first):
                again = {"key": f"{answer.key}:{mark}", "subject_id": request.message_id}
                self._outgoing.send(answer.model_copy(update=again))
                files += [part.name for part in answer.attachments]
        told = f"The same interchange came again; {', '.join(files) or 'nothing'} was sent again."
        if files:
            for order_id in first.order_ids:
                self._note(order_id, mark, told, request)
        return MessageAnswered(outcome="duplicate", explanation=told, order_ids=first.order_ids)

    def _answers(self, first: InboundMessage) -> Iterator[OutboundMessage]:
        own = self._outbox.of_subject(first.message_id)
        yield from (message for message in own if message.kind == "functional_acknowledgement" and self._is_original(message))
        for order_id in self._with_rests(first.order_ids):
            opened_by = self._opened_by(order_id)
            for message in self._outbox.of_subject(order_id):
                is_to_order = message.kind == "acknowledgement" and opened_by == first.message_id
                is_to_change = message.key.startswith(f"change:{order_id}:{first.message_id}:")
                if (is_to_order or is_to_change) and message.attachments and self._is_original(message):
                    yield message

    def _with_rests(self, order_ids: Sequence[str]) -> Iterator[str]:
        """The orders, each followed by the rest of it where it was parted."""
        for order_id in order_ids:
            yield order_id
            order = self._orders.find(OrderId(order_id))
            if order is not None and order.part is not None and not order.part.is_rest:
                yield order.part.other

    def _opened_by(self, order_id: str) -> str:
        order = self._orders.find(OrderId(order_id))
        return order.source.message_id if order else ""

    def _is_original(self, message: OutboundMessage) -> bool:
        return ":again:" not in message.key and self._outbox.is_sent(message.key)

    def _note(self, order_id: str, mark: str, told: str, request: AnswerAgain) -> None:
        self._audit.append(
            AuditEntry(
                subject_id=order_id,
                key=f"answered_{mark}",
                event="AnsweredAgain",
                actor="orderwright",
                at=self._clock.now(),
                summary=told,
                details={"message": request.message_id},
            )
        )
