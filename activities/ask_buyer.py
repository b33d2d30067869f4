"""Ask the buyer about an order: draft the question, keep it with the order, send it once, and remind of it.

Each mail has a key of the order and the question's number, so that it goes out once however often a step runs; who answers
names its Message-ID, and by that the answer finds the order again.
"""

from __future__ import annotations

from collections.abc import Iterator

from temporalio import activity

from activities.desk_notices import DeskNotices
from activities.failures import told_to_temporal
from activities.heartbeats import heartbeating
from activities.order_records import OrderRecord
from activities.outgoing import Outgoing, takes_answers
from activities.ports import BlobStore, Parties
from activities.submissions import reading_at
from models.contracts.activity_io import OrderBrief
from models.contracts.conversation_io import NoteQuestion, QuestionSent, QuestionStep, RecordQuestion
from models.domain.errors import Rejected
from models.domain.lifecycle import OrderStatus
from models.domain.mail_addresses import mailbox_of
from models.domain.messages import OutboundMessage
from models.domain.question_text import drafted, reminder_text
from models.domain.questions import LONGEST_TEXT, BuyerQuestion, QuestionDraft, question_key
from models.domain.sales_order import Decision, SalesOrder

#: An unanswered question is repeated so often; then the desk has it back.
MOST_REMINDERS = 2
_DOUBTED = frozenset({"suspicious_sender", "bank_details", "customer_conflict"})


class QuestionDrafting:
    """Drafts questions. Where the sender is doubted, only an address that the customer gave us before is written to."""

    def __init__(self, parties: Parties, blobs: BlobStore) -> None:
        self._parties = parties
        self._blobs = blobs

    def draft(self, order: SalesOrder) -> QuestionDraft:
        """The draft for the order as it is now; its `refusal` says why nobody can be asked."""
        recipient = next(self._recipients(order), "")
        if not recipient:
            return QuestionDraft(
                refusal="Nobody can be asked by mail: the order came from no address that takes answers, and the customer's "
                "order_emails name none."
            )
        return drafted(order, recipient, self._language(order), self._parties.company().address.name)

    def _recipients(self, order: SalesOrder) -> Iterator[str]:
        known = self._known(order)
        sender = mailbox_of(order.source.sender)
        is_doubted = any(finding.code in _DOUBTED for finding in order.open_findings)
        has_failed = order.mail_trust is not None and bool(order.mail_trust.failed)
        if takes_answers(sender) and not is_doubted and not has_failed:
            yield sender
        yield from (address for address in known if takes_answers(address))

    def _known(self, order: SalesOrder) -> tuple[str, ...]:
        return self._parties.customer(order.customer_number).order_emails if order.customer_number else ()

    def _language(self, order: SalesOrder) -> str:
        """The document's, because whoever wrote it reads the answer; else the customer's."""
        stated = reading_at(order.source.reading, self._blobs).extraction.document.language if order.source.reading else ""
        if stated or not order.customer_number:
            return stated or "en"
        return self._parties.customer(order.customer_number).language


class QuestionAsking:
    """Keeps and sends questions to buyers."""

    def __init__(
        self, record: OrderRecord, parties: Parties, outgoing: Outgoing, desk: DeskNotices, drafting: QuestionDrafting
    ) -> None:
        self._record = record
        self._parties = parties
        self._outgoing = outgoing
        self._desk = desk
        self._drafting = drafting

    @activity.defn
    @told_to_temporal()
    def record_question(self, request: RecordQuestion) -> OrderBrief:
        """Keep the question with the order, which is on hold until an answer comes; the same request again keeps nothing new."""
        order = self._record.load(request.order_id)
        if not any(question.reference == request.reference for question in order.questions):
            order = self._record.save(self._asking(order, request))
        # A run that was killed behind the save has kept the question, and maybe nothing of it in the books.
        question = next(question for question in order.questions if question.reference == request.reference)
        summary = f"{question.asked_by} asked {question.recipient}: question {question.number}."
        key = question_key(order.order_id, question.number)
        self._record.note(order, "BuyerAsked", summary, {"text": question.text[:2000]}, key=key, actor=question.asked_by)
        if order.decisions[-1] == _held(question):
            self._record.note_decision(order, self._parties.company().policy, is_automatic=False)
        return self._record.brief(order)

    def _asking(self, order: SalesOrder, request: RecordQuestion) -> SalesOrder:
        question = self._question(order, request)
        updates = {
            "questions": (*order.questions, question),
            "decisions": (*order.decisions, _held(question)),
            "status": OrderStatus.ON_HOLD,
        }
        return order.model_copy(update=updates)

    def _question(self, order: SalesOrder, request: RecordQuestion) -> BuyerQuestion:
        draft = self._drafting.draft(order)
        if draft.refusal:
            raise Rejected(draft.refusal, code="decision_refused")
        text = clean_text(request.text) or draft.text
        if not request.text and not draft.points:
            raise Rejected(
                'No open question is one for the buyer; write your own: {"text": "…"}, or on the order page.',
                code="decision_refused",
            )
        return BuyerQuestion(
            number=len(order.questions) + 1,
            reference=request.reference,
            recipient=draft.recipient,
            subject=draft.subject,
            text=text,
            language=draft.language,
            points=draft.points,
            is_as_drafted=text.strip() == draft.text.strip(),
            asked_by=request.by,
            asked_at=request.at,
        )

    @activity.defn
    @told_to_temporal()
    def send_question(self, step: QuestionStep) -> QuestionSent:
        """Send the question or a reminder of it, once. Where it is refused for good, the answer says why; beyond the last
        reminder the desk is told instead."""
        order = self._record.load(step.order_id)
        question = order.questions[step.number - 1]
        with heartbeating():
            if step.reminder > MOST_REMINDERS:
                self._tell_desk(order, question)
                return QuestionSent()
            try:
                sent = self._outgoing.send(self._message(order, question, step.reminder))
            except Rejected as refusal:
                return QuestionSent(failure=str(refusal)[:300])
        return QuestionSent(key=sent, failure="" if sent else f"{question.recipient} takes no answers")

    def _message(self, order: SalesOrder, question: BuyerQuestion, reminder: int) -> OutboundMessage:
        company = self._parties.company().address.name
        number = order.purchase_order.po_number or ""
        text = reminder_text(question.text, question.language, number, company) if reminder else question.text
        return OutboundMessage(
            key=question_key(order.order_id, question.number, reminder),
            kind="question",
            subject_id=order.order_id,
            channel="email",
            recipient=question.recipient,
            subject=question.subject[:200],
            text=text,
            in_reply_to=order.source.in_reply_to if mailbox_of(order.source.sender) == question.recipient else "",
        )

    def _tell_desk(self, order: SalesOrder, question: BuyerQuestion) -> None:
        sentence = f"{question.recipient} has not answered question {question.number} after {MOST_REMINDERS} reminders."
        page = self._record.links(order)["Order page"]
        number = order.purchase_order.po_number or order.order_id
        key = f"unanswered:{question_key(order.order_id, question.number)}"
        self._desk.tell(key, order.order_id, f"No answer: {number}", f"{sentence} Please call them, or decide.\n\n{page}\n")

    @activity.defn
    @told_to_temporal()
    def note_question(self, note: NoteQuestion) -> OrderBrief:
        """Write down that the question or its `reminder`th reminder went out and when it is due, or that nobody can be waited for
        any more: then the order is back with the reviewers."""
        order = self._record.load(note.order_id)
        question = order.questions[note.number - 1]
        if note.failure or note.reminder > MOST_REMINDERS:
            why = note.failure or f"No answer after {MOST_REMINDERS} reminders."
            return self._given_up(order, question, why)
        desk = self._parties.company().desk
        kept = question.model_copy(
            update={
                "sent_at": question.sent_at or note.at,
                "reminders": note.reminder,
                "due": desk.after(note.at, desk.buyer_answers_within_hours),
            }
        )
        order = self._keep(order, kept)
        what = f"Reminder {note.reminder} of question" if note.reminder else "Question"
        key = f"sent:{question_key(order.order_id, question.number, note.reminder)}"
        self._record.note(order, "QuestionSent", f"{what} {question.number} went to {question.recipient}.", key=key)
        return self._record.brief(order)

    def _given_up(self, order: SalesOrder, question: BuyerQuestion, why: str) -> OrderBrief:
        status = OrderStatus.NEEDS_REVIEW if order.status.waits_for_person else order.status
        order = self._keep(order, question.model_copy(update={"failure": why, "due": None}), status)
        key = f"unanswered:{question_key(order.order_id, question.number)}"
        self._record.note(order, "QuestionUnanswered", f"Question {question.number}: {why}", key=key)
        return self._record.brief(order)

    def _keep(self, order: SalesOrder, question: BuyerQuestion, status: OrderStatus | None = None) -> SalesOrder:
        questions = tuple(question if each.number == question.number else each for each in order.questions)
        return self._record.save(order.model_copy(update={"questions": questions, "status": status or order.status}))


def _held(question: BuyerQuestion) -> Decision:
    why = f"Asked the buyer: question {question.number}."
    return Decision(outcome="held", by=question.asked_by, at=question.asked_at, why=why)


def clean_text(text: str) -> str:
    """A reviewer's text as plain text: its line breaks, no other control characters, not longer than a mail should be."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shown = "\n".join("".join(sign for sign in line if sign.isprintable() or sign == "\t").rstrip() for line in lines)
    return f"{shown.strip()[:LONGEST_TEXT]}\n" if shown.strip() else ""
