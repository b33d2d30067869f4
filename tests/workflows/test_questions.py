"""Asking the buyer: the question goes out once, the answer comes back in by SMTP to its order, and a person decides on it."""

from __future__ import annotations

import asyncio
import smtplib
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from email.policy import SMTP
from uuid import uuid4

import pytest

import gateway
from activities.gateways.clock import SystemClock
from entrypoints.backend import Connector, Workflows
from entrypoints.intake_door import IntakeDoor
from entrypoints.relay import Relay
from entrypoints.smtp import serve_smtp
from models.contracts.decision_v1 import DecisionV1
from models.domain.identifiers import OrderId
from models.domain.lifecycle import OrderStatus
from models.domain.messages import message_digest
from models.domain.questions import question_key
from models.domain.sales_order import SalesOrder
from tests.workflows.bench import AT_WORK, Bench, until
from tests.workflows.stated import CABLE_TIE, LEVER_CONNECTOR, SENDER, fresh_number, order
from workflows.client import DecisionRefused

pytestmark = AT_WORK


async def unclear(bench: Bench) -> SalesOrder:
    """An order whose second line names nothing that we sell; what one test teaches, no other knows."""
    return await bench.opened(order((CABLE_TIE, "200"), (fresh_number("UNHEARD-OF"), "100")), OrderStatus.NEEDS_REVIEW)


async def asked(bench: Bench, **words: str) -> SalesOrder:
    waiting = await unclear(bench)
    await ask(bench, waiting.order_id, **words)
    return await bench.order_at(waiting.order_id, OrderStatus.ON_HOLD)


async def ask(bench: Bench, order_id: str, **words: str) -> None:
    await asyncio.wait_for(bench.client.ask(order_id, DecisionV1.model_validate(words)), 60)


async def mailed(bench: Bench, order_id: str, number: int = 1) -> EmailMessage:
    """The question as the buyer's mail server got it."""
    key = question_key(order_id, number)
    await until(lambda: bench.outbox.is_sent(key) or None, f"{key} to be sent")
    [mail] = [each for each in bench.mailbox.mails if message_digest(key) in str(each["Message-ID"])]
    return mail


def reply_to(question: EmailMessage, words: str, sender: str = SENDER, **headers: str) -> EmailMessage:
    """What a mail program makes of Reply: the question quoted below the answer."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, str(question["From"]), f"AW: {question['Subject']}"
    mail["Message-ID"] = f"<{uuid4().hex}@buyer.example>"
    mail["References"] = str(question["Message-ID"])
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    quoted = "\n".join(f"> {line}" for line in question.get_content().splitlines())
    mail.set_content(f"{words}\n\nAm 23.11.2026 um 09:00 schrieb Brückner & Hale:\n{quoted}\n")
    return mail


@asynccontextmanager
async def smtp_door(bench: Bench) -> AsyncIterator[int]:
    """The gateway's own SMTP door and relay before this company; its port."""
    records = gateway.open_records(bench.settings)

    async def connect() -> Workflows:
        return bench.client

    relay = Relay(records.inbox, Connector(connect), pause=0.05)
    door = IntakeDoor(blobs=records.blobs, inbox=records.inbox, clock=SystemClock(), relay=relay)
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    server = await serve_smtp(door, listening, 1_000_000)
    running = asyncio.create_task(relay.run())
    try:
        yield port
    finally:
        running.cancel()
        server.close()


def post(port: int, mail: EmailMessage) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=20) as server:
        server.send_message(mail)


async def answered(bench: Bench, order_id: str, mail: EmailMessage) -> SalesOrder:
    """The order once the mail that came in by SMTP was taken to it."""
    async with smtp_door(bench) as port:
        await asyncio.to_thread(post, port, mail)
        found: SalesOrder = await until(lambda: _with_reply(bench, order_id), "the reply")
        return found


def _with_reply(bench: Bench, order_id: str) -> SalesOrder | None:
    found = bench.orders.load(OrderId(order_id))
    return found if any(question.replies for question in found.questions) else None


def new_mail(words: str, subject: str = "Ihre Frage") -> EmailMessage:
    """A mail of the buyer's that answers to no message of ours."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = SENDER, "orders@brueckner-hale.example", subject
    mail["Message-ID"] = f"<{uuid4().hex}@buyer.example>"
    mail.set_content(words)
    return mail


async def test_an_answer_in_a_new_mail_comes_back_to_the_order_that_it_names(bench: Bench) -> None:
    """From whoever was asked; and one that names no order is put to a person with the orders that it may be about."""
    waiting = await asked(bench)
    await mailed(bench, waiting.order_id)
    unplaced = new_mail("Guten Morgen,\n\nwir meinen den dritten.\n").as_bytes()
    message = await bench.concluded(await bench.take_in(unplaced, "answer.eml", sender=SENDER))
    number = str(waiting.purchase_order.po_number)
    assert message.outcome == "needs_person"
    assert number in message.explanation
    found = await answered(bench, waiting.order_id, new_mail(f"Zu Bestellung {number}: wir meinen {LEVER_CONNECTOR}.\n"))
    assert found.answered == {"2.sku": LEVER_CONNECTOR}


async def test_an_answer_by_mail_comes_back_to_its_order_and_a_person_takes_it(bench: Bench) -> None:
    """Out by SMTP in the buyer's language, in by SMTP under another subject, proposed, corrected by a person, delivered."""
    waiting = await asked(bench, by="Jo")
    question = await mailed(bench, waiting.order_id)
    assert "Position 2" in question.get_content()
    reply = reply_to(question, f"Guten Morgen,\n\nwir meinen {LEVER_CONNECTOR}.\n\nGruß")
    del reply["Subject"]
    reply["Subject"] = "Ihre Frage"
    found = await answered(bench, waiting.order_id, reply)
    assert found.status is OrderStatus.NEEDS_REVIEW
    assert found.answered == {"2.sku": LEVER_CONNECTOR}
    assert found.questions[0].replies[0].text.startswith("Guten Morgen")
    assert found.corrections == ()
    await bench.decide(waiting.order_id, "correct", by="Jo", **found.answered)
    assert (await bench.order_at(waiting.order_id, OrderStatus.CLOSED)).lines[1].sku == LEVER_CONNECTOR


async def test_a_reply_opens_no_order_and_is_not_answered_by_a_machine(bench: Bench) -> None:
    """Although it quotes one: its message is concluded as a reply to this order."""
    waiting = await asked(bench)
    reply = reply_to(await mailed(bench, waiting.order_id), "Bestellung T-1: 5 Stück CT-100-NA, bitte sofort")
    message = await bench.concluded(await bench.take_in(reply.as_bytes(), "reply.eml", sender=SENDER))
    assert (message.outcome, message.order_ids) == ("reply_noted", (waiting.order_id,))
    assert bench.outbox.of_subject(message.message_id) == []


async def test_the_same_request_asks_once(bench: Bench) -> None:
    """However often it comes, under one id: one question, one mail."""
    waiting = await unclear(bench)
    handle = bench.client.temporal.get_workflow_handle(waiting.order_id)
    for _ in range(2):
        await asyncio.wait_for(handle.execute_update("ask", {"by": "Jo"}, id="one-and-the-same"), 60)
    await mailed(bench, waiting.order_id)
    assert len(bench.orders.load(waiting.order_id).questions) == 1


async def test_the_temporal_ui_asks_with_no_data_and_is_taught_what_it_may_send(bench: Bench) -> None:
    """An unknown key is refused with the one that there is."""
    waiting = await unclear(bench)
    with pytest.raises(DecisionRefused, match="Which size"):
        await ask(bench, waiting.order_id, question="?")
    handle = bench.client.temporal.get_workflow_handle(waiting.order_id)
    await asyncio.wait_for(handle.execute_update("ask", args=[]), 60)
    assert (await bench.order_at(waiting.order_id, OrderStatus.ON_HOLD)).questions[0].asked_by == "Temporal UI"


async def test_a_reviewers_words_are_text_and_nothing_else(bench: Bench) -> None:
    """Line breaks begin no header, and control characters go nowhere."""
    waiting = await asked(bench, text="Which one?\r\nBcc: eve@evil.example\x00\x1b[31m", by="Jo")
    mail = await mailed(bench, waiting.order_id)
    assert waiting.questions[0].text == "Which one?\nBcc: eve@evil.example[31m\n"
    assert mail["Bcc"] is None
    assert mail["To"] == SENDER


async def test_who_answers_from_elsewhere_is_heard_but_proposes_nothing(bench: Bench) -> None:
    """Whoever learns a Message-ID may name it; the page says where it came from."""
    waiting = await asked(bench)
    stranger = reply_to(await mailed(bench, waiting.order_id), f"we mean {LEVER_CONNECTOR}", sender="eve@evil.example")
    found = await answered(bench, waiting.order_id, stranger)
    [reply] = found.questions[0].replies
    assert "came from eve@evil.example" in reply.doubt
    assert (found.answered, found.status) == ({}, OrderStatus.NEEDS_REVIEW)


async def test_an_automatic_reply_answers_nothing(bench: Bench) -> None:
    """It is shown, and the order goes on waiting."""
    waiting = await asked(bench)
    away = reply_to(await mailed(bench, waiting.order_id), "Ich bin bis 2. Dezember im Urlaub.", Auto_Submitted="auto-replied")
    found = await answered(bench, waiting.order_id, away)
    assert (found.questions[0].replies[0].is_automatic, found.status) == (True, OrderStatus.ON_HOLD)
    assert found.open_question is not None


async def test_an_answer_that_comes_too_late_is_kept_and_told_to_the_desk(bench: Bench) -> None:
    """The order was turned down meanwhile."""
    waiting = await asked(bench)
    question = await mailed(bench, waiting.order_id)
    await bench.decide(waiting.order_id, "reject", reason="no answer")
    await bench.result(waiting.order_id)
    reply = reply_to(question, f"we mean {LEVER_CONNECTOR}")
    message = await bench.concluded(await bench.take_in(reply.as_bytes(), "reply.eml", sender=SENDER))
    assert bench.outbox.is_sent(f"desk:late-reply:{message.message_id}")
    assert "BuyerReplied" in bench.events(waiting.order_id)
