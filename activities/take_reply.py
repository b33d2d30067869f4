"""A buyer's reply to a question: kept beside its order, read for what it plainly means, and never applied by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from temporalio import activity

from activities.desk_notices import DeskNotices
from activities.failures import told_to_temporal
from activities.heartbeats import heartbeating
from activities.order_records import OrderRecord
from activities.outgoing import takes_answers
from activities.ports import BlobStore, Catalogue, Inbox, Outbox
from activities.submissions import reading_at
from models.contracts.activity_io import OrderBrief
from models.contracts.conversation_io import TakeReply
from models.contracts.reading_v1 import MailV1
from models.domain.identifiers import OrderId
from models.domain.lifecycle import OrderStatus
from models.domain.mail_addresses import domain_of, is_free_mail, mailbox_of
from models.domain.mail_trust import mail_trust, same_organisation
from models.domain.messages import InboundMessage
from models.domain.questions import BuyerQuestion, BuyerReply, number_in_key, question_key
from models.domain.reply_reading import named_numbers, names_number, read_answer
from models.domain.sales_order import SalesOrder

_LONGEST_REPLY = 8000


class ReplyDesk(Protocol):
    """The workflows, as far as replies go. False: no workflow of this id is open."""

    async def take_reply(self, reply: TakeReply) -> bool: ...


class AskedOrders(Protocol):
    """The orders, as far as questions go."""

    def load(self, order_id: OrderId) -> SalesOrder: ...

    def asked_of(self, mailbox: str) -> Sequence[OrderId]:
        """The waiting orders about which this mailbox was asked and has yet to answer; at most 100."""
        ...


class ReplyRecording:
    """Writes replies into their orders."""

    def __init__(
        self, record: OrderRecord, inbox: Inbox, blobs: BlobStore, catalogue: Catalogue, desk: DeskNotices, receiving_server: str
    ) -> None:
        self._record = record
        self._inbox = inbox
        self._blobs = blobs
        self._catalogue = catalogue
        self._desk = desk
        self._receiving_server = receiving_server

    @activity.defn
    @told_to_temporal()
    def record_reply(self, request: TakeReply) -> OrderBrief:
        """Keep the reply with its question, once. What a person wrote puts the order back to the reviewers."""
        order = self._record.load(request.order_id)
        message = self._inbox.get(request.message_id)
        number = number_in_key(request.question, order.order_id) or 0
        question = next((each for each in order.questions if each.number == number), None)
        if question is None:
            return self._record.brief(order)
        reply = next((each for each in question.replies if each.message_id == message.message_id), None)
        if reply is None:
            reply = self._reply(question, message, request)
            order = self._record.save(order.model_copy(update=_with(order, question, reply)))
        # A run that was killed behind the save has kept the reply, and maybe nothing of it in the timeline.
        what = "An automatic reply" if reply.is_automatic else "A reply"
        summary = f"{what} to question {number} came from {reply.sender}."
        details = {"message": message.message_id, **reply.proposal}
        self._record.note(order, "BuyerReplied", summary, details, key=f"reply:{message.message_id}", actor="buyer")
        return self._record.brief(order)

    @activity.defn
    @told_to_temporal()
    def keep_late_reply(self, request: TakeReply) -> None:
        """The order has ended: its page shows the reply all the same, and somebody of ours must read it."""
        self.record_reply(request)
        order = self._record.load(request.order_id)
        number = order.purchase_order.po_number or order.order_id
        page = self._record.links(order)["Order page"]
        text = f"The buyer answered our question, but the order is {order.status.lower()} already.\n\n{page}\n"
        with heartbeating():
            self._desk.tell(f"late-reply:{request.message_id}", order.order_id, f"Late answer: {number}", text)

    def _reply(self, question: BuyerQuestion, message: InboundMessage, request: TakeReply) -> BuyerReply:
        reading = reading_at(request.reading, self._blobs)
        mail = reading.mail or MailV1()
        doubt = _doubt(mail, question, self._receiving_server)
        text = mail.newest[:_LONGEST_REPLY]
        is_automatic = mail.is_automatic or not takes_answers(mail.sender)
        proposal = {} if doubt or is_automatic else self._proposal(text, question)
        return BuyerReply(
            message_id=message.message_id,
            sender=mail.sender or message.sender,
            received_at=message.received_at,
            text=text,
            is_automatic=is_automatic,
            proposal=proposal,
            doubt=doubt,
        )

    def _proposal(self, text: str, question: BuyerQuestion) -> dict[str, str]:
        known = self._catalogue.by_normalised_sku(named_numbers(text))
        skus = {word: str(item.sku) for word, item in known.items()}
        return read_answer(text, question.points, skus, means_letters=question.is_as_drafted)


class ReplyTaking:
    """Hands replies to the workflows of their orders."""

    def __init__(self, desk: ReplyDesk) -> None:
        self._desk = desk

    @activity.defn
    async def hand_over_reply(self, reply: TakeReply) -> bool:
        """Give the reply to the order's workflow; False where that has ended."""
        with told_to_temporal():
            return await self._desk.take_reply(reply)


def question_answered(mail: MailV1 | None, outbox: Outbox) -> tuple[str, str]:
    """The order and the key of the question of ours that a mail answers; empty texts where it answers none."""
    digests = [reference.strip("<>").partition("@")[0] for reference in (mail.references if mail else ())]
    ours = outbox.answered_by([digest for digest in digests if len(digest) == 40]) if digests else None
    return (ours.subject_id, ours.key) if ours is not None and ours.kind == "question" else ("", "")


@dataclass(frozen=True)
class Meant:
    """What a mail that names no message of ours may answer: one order's question by its `key`, or one of several orders'."""

    order_id: str = ""
    key: str = ""
    may_answer: tuple[str, ...] = ()


def question_meant(mail: MailV1 | None, orders: AskedOrders) -> Meant:
    """The open question that a new mail of whoever was asked answers: the one whose order it names, and no other order's."""
    if mail is None or mail.is_automatic or not takes_answers(mail.sender):
        return Meant()
    asked = [orders.load(order_id) for order_id in orders.asked_of(mailbox_of(mail.sender))]
    waiting = [order for order in asked if order.open_question is not None]
    text = f"{mail.subject}\n{mail.newest}"
    named = [order for order in waiting if names_number(text, order.purchase_order.po_number) or names_number(text, order.number)]
    if len(named) == 1 and named[0].open_question is not None:
        return Meant(named[0].order_id, question_key(named[0].order_id, named[0].open_question.number))
    return Meant(may_answer=tuple(order.order_id for order in named or waiting))


def _with(order: SalesOrder, question: BuyerQuestion, reply: BuyerReply) -> dict[str, object]:
    replied = question.model_copy(
        update={"replies": (*question.replies, reply), "due": question.due if reply.is_automatic else None}
    )
    questions = tuple(replied if each.number == question.number else each for each in order.questions)
    wakes = order.status.waits_for_person and not reply.is_automatic
    return {"questions": questions, "status": OrderStatus.NEEDS_REVIEW if wakes else order.status}


def _doubt(mail: MailV1, question: BuyerQuestion, receiving_server: str) -> str:
    """Why the reply may not be the buyer's."""
    sender, asked = mailbox_of(mail.sender), question.recipient
    same_house = same_organisation(domain_of(sender), domain_of(asked)) and not is_free_mail(asked)
    if sender != asked and not same_house:
        return f"It came from {sender or 'nobody'}, and we asked {asked}."
    trust = mail_trust(mail.sender, mail.reply_to, mail.authentication_results, trusted=receiving_server)
    return f"Its sender is doubtful: {', '.join(trust.failed)} failed." if trust.failed else ""
