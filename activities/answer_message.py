"""Answer the sender of a message, acknowledge the syntax of its interchanges, and write down what it came to."""

from __future__ import annotations

from collections.abc import Sequence

from temporalio import activity

from activities.answers_in_kind import AnswersInKind
from activities.enquiries import Enquiries
from activities.failures import told_to_temporal
from activities.heartbeats import heartbeating
from activities.message_outcomes import Answer, outcome_of_receipts, outcome_of_unplaced_answer
from activities.outgoing import Outgoing
from activities.partner_receipts import PartnerReceipts
from activities.ports import AuditTrail, BlobStore, Clock, Inbox
from activities.route_orders import sender_of
from activities.submissions import reading_at
from models.contracts.activity_io import AnswerMessage, ConcludeMessage, MessageAnswered
from models.contracts.extraction_v1 import Intent
from models.contracts.reading_v1 import ReadingV1
from models.domain.answer_text import answer_text
from models.domain.messages import AuditEntry, InboundMessage, OutboundMessage

#: What a mail that answers a question may be taken for.
_MAY_ANSWER = (Intent.OTHER, Intent.ORDER)


class MessageAnswering:
    """Says what became of a message. Orders that were opened answer for themselves."""

    def __init__(
        self,
        inbox: Inbox,
        blobs: BlobStore,
        enquiries: Enquiries,
        receipts: PartnerReceipts,
        in_kind: AnswersInKind,
        outgoing: Outgoing,
        audit: AuditTrail,
        clock: Clock,
    ) -> None:
        self._inbox = inbox
        self._blobs = blobs
        self._enquiries = enquiries
        self._receipts = receipts
        self._in_kind = in_kind
        self._outgoing = outgoing
        self._audit = audit
        self._clock = clock

    @activity.defn
    @told_to_temporal()
    def answer_message(self, request: AnswerMessage) -> MessageAnswered:
        """Draw the outcome, send what there is to send, each once."""
        message = self._inbox.get(request.message_id)
        reading = reading_at(request.reading, self._blobs)
        with heartbeating():
            noted, settled = self._receipts.noted(message, reading)
            answer = noted if noted and not request.receipts else self._answer(message, reading, request)
            self._acknowledge_syntax(message, reading, [receipt.order_id for receipt in request.receipts])
            if answer.matter:
                self._send(message, reading, answer)
        return MessageAnswered(
            outcome=answer.outcome,
            explanation=answer.explanation,
            return_request=answer.return_request,
            settled=settled,
        )

    def _answer(self, message: InboundMessage, reading: ReadingV1, request: AnswerMessage) -> Answer:
        if request.receipts or request.unmatched:
            return outcome_of_receipts(request.receipts, request.unmatched)
        intent = reading.extraction.intent
        if request.may_answer and intent in _MAY_ANSWER:
            return outcome_of_unplaced_answer(request.may_answer)
        if request.refusal:
            return Answer(outcome="unreadable", explanation=request.refusal, matter="unreadable", cause=request.refusal)
        return self._answer_without_order(message, reading, intent)

    def _answer_without_order(self, message: InboundMessage, reading: ReadingV1, intent: Intent) -> Answer:
        if intent in {Intent.ORDER_STATUS_ENQUIRY, Intent.RETURN_REQUEST}:
            return self._enquiries.answer(message, reading)
        if intent is Intent.QUOTE_REQUEST:
            return Answer(outcome="needs_person", explanation="A request for a quotation: sales answers it.", matter="passed_on")
        if intent is not Intent.OTHER:
            explanation = "It reads like an order, but no order could be found in it."
            return Answer(outcome="needs_person", explanation=explanation, matter="unreadable", cause=explanation)
        explanation = "; ".join(problem.message for problem in reading.extraction.problems[:3]) or "No order was found in it."
        return Answer(outcome="not_an_order", explanation=explanation, matter="not_an_order")

    def _acknowledge_syntax(self, message: InboundMessage, reading: ReadingV1, order_ids: Sequence[str]) -> None:
        for number, interchange in enumerate(reading.interchanges, start=1):
            key = f"functional_acknowledgement:{message.message_id}:{number}"
            attachments = self._in_kind.syntax_acknowledgement(interchange, key)
            recipient = sender_of(message, reading)
            if not attachments:
                continue
            self._outgoing.send(
                OutboundMessage(
                    key=key,
                    kind="functional_acknowledgement",
                    subject_id=message.message_id,
                    channel="email" if "@" in recipient else "edi",
                    recipient=recipient or interchange.envelope.sender,
                    subject=f"{attachments[0].name} {interchange.envelope.interchange_ref}",
                    text="The attached acknowledges the syntax of your interchange, not its content.",
                    attachments=attachments,
                    in_reply_to=reading.mail.message_id if reading.mail else "",
                )
            )
            for order_id in order_ids:
                self._note_syntax(
                    order_id, key, f"{attachments[0].name} acknowledges interchange {interchange.envelope.interchange_ref}."
                )

    def _note_syntax(self, order_id: str, key: str, summary: str) -> None:
        self._audit.append(
            AuditEntry(
                subject_id=order_id,
                key=key,
                event="SyntaxAcknowledged",
                actor="orderwright",
                at=self._clock.now(),
                summary=summary,
            )
        )

    def _send(self, message: InboundMessage, reading: ReadingV1, answer: Answer) -> None:
        mail = reading.mail
        self._outgoing.send(
            OutboundMessage(
                key=f"answer:{message.message_id}",
                kind="answer",
                subject_id=message.message_id,
                channel="email",
                recipient=sender_of(message, reading),
                subject=f"Re: {mail.subject if mail and mail.subject else message.name}"[:200],
                text=answer_text(
                    answer.matter,
                    reading.extraction.document.language,
                    name=message.name,
                    numbers=answer.numbers,
                    cause=answer.cause,
                ),
                in_reply_to=mail.message_id if mail else "",
            )
        )

    @activity.defn
    @told_to_temporal()
    def conclude_message(self, request: ConcludeMessage) -> None:
        """Write down what the message came to."""
        order_ids: Sequence[str] = request.order_ids
        self._inbox.conclude(request.message_id, request.outcome, request.explanation, order_ids, request.reading)
        self._audit.append(
            AuditEntry(
                subject_id=request.message_id,
                key="concluded",
                event="MessageConcluded",
                actor="orderwright",
                at=self._clock.now(),
                summary=f"{request.outcome.replace('_', ' ')}: {request.explanation}"[:500],
            )
        )
