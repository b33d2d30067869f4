"""An exchange with an electronic partner: acknowledged both ways, resent, changed, billed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest_asyncio
from temporalio.client import WorkflowHandle

from activities.gateways.document_reader import ChildDocumentReader
from models.contracts.workflow_io import AcknowledgementConcluded, AwaitAcknowledgement
from models.domain.identifiers import OrderId
from models.domain.lifecycle import OrderStatus
from models.store.journals import SqlNumberRanges
from models.store.session import engine_for
from tests.workflows.bench import AT_WORK, Bench, until
from tests.workflows.company import Companies, TemporalServer
from tests.workflows.exchange import HANSEWERK, agree, contrl, control_of, in_folder, ordchg, orders
from workflows.acknowledgement import AcknowledgementWorkflow
from workflows.desk import ORDER_STATUS
from workflows.retries import ORDERS_QUEUE

pytestmark = AT_WORK
CUSTOMER = "10023"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def partnered(server: TemporalServer, company_database: Path, reader: ChildDocumentReader) -> AsyncIterator[Bench]:
    """A company whose partner owes us a CONTRL within a day, and gets our ORDRSP within one."""
    async with AsyncExitStack() as stack:
        bench = await Companies(server, company_database, reader, stack).open()
        agree(bench, CUSTOMER, acknowledge_within_hours=24, acknowledged_within_hours=24)
        yield bench


async def fulfilled(bench: Bench, po_number: str, sender: str = "") -> str:
    """The order's id, once it was delivered."""
    message = await bench.concluded(await bench.take_in(orders(po_number), "orders.edi", sender=sender))
    (order_id,) = message.order_ids
    await bench.order_at(order_id, OrderStatus.CLOSED)
    return order_id


def fact(bench: Bench, order_id: str, event: str) -> Callable[[], str | None]:
    return lambda: next((entry.summary for entry in bench.audit.timeline(order_id) if entry.event == event), None)


def mailed(bench: Bench, words: str) -> bool | None:
    """Whether a mail has the words in its subject; None while there is none."""
    return any(words in str(mail["Subject"]) for mail in bench.mailbox.mails) or None


async def shown(handle: WorkflowHandle[Any, Any], state: str) -> None:
    """Wait until the workflow shows this state in the Temporal UI."""
    deadline = asyncio.get_running_loop().time() + 60
    while (await handle.describe()).typed_search_attributes.get(ORDER_STATUS) != state:
        assert asyncio.get_running_loop().time() < deadline, f"never showed {state}"
        await asyncio.sleep(0.2)


async def test_each_message_has_its_place_in_the_orders_timeline(partnered: Bench) -> None:
    """CONTRL, ORDRSP, DESADV and INVOIC, with the file that went out."""
    order_id = await fulfilled(partnered, "9900000001")
    told = {entry.event: entry.summary for entry in partnered.audit.timeline(order_id)}
    assert told["SyntaxAcknowledged"].startswith("contrl-")
    assert " as ordrsp-" in told["OrderAcknowledged"]
    assert " as desadv-" in told["ShipNoticeSent"]
    assert " as invoic-" in told["InvoiceSent"]


async def test_invoices_and_control_numbers_have_no_gap(partnered: Bench) -> None:
    """Every control number stands for one message that was kept, every invoice number for one invoice."""
    for po_number in ("9900000002", "9900000003"):
        await fulfilled(partnered, po_number)
    numbers = SqlNumberRanges(engine_for(partnered.settings.database))
    for name in (f"control:edifact:{HANSEWERK}", "invoice"):
        keys = [numbers.key_of(name, number) for number in range(1, 200)]
        given = [key for key in keys if key]
        assert keys[: len(given)] == given
        assert len(given) > 2


async def test_a_contrl_stops_the_clock_of_the_message_that_it_means(partnered: Bench) -> None:
    """It is matched by our control number, noted in the order's timeline, and not acknowledged itself."""
    order_id = await fulfilled(partnered, "9900000004")
    (invoic, *_) = [content for content in await in_folder(partnered, HANSEWERK, "INVOIC") if b"9900000004" in content]
    clock = f"clock:invoice:{partnered.shipments.of_order(OrderId(order_id))[0].shipment_id}"
    before = len(await in_folder(partnered, HANSEWERK, "CONTRL"))
    message = await partnered.concluded(await partnered.take_in(contrl(control_of(invoic)), "contrl.edi"))
    assert message.outcome == "acknowledgement_noted"
    handle = partnered.client.temporal.get_workflow_handle(clock, result_type=AcknowledgementConcluded)
    concluded = await handle.result()
    assert concluded == AcknowledgementConcluded(key=clock.removeprefix("clock:"), state="acknowledged")
    assert "CONTRL of 9521002300000 acknowledges our invoic-" in (fact(partnered, order_id, "MessageAcknowledged")() or "")
    assert len(await in_folder(partnered, HANSEWERK, "CONTRL")) == before


async def test_a_rejected_message_is_told_to_the_desk(partnered: Bench) -> None:
    """With the partner's own words, in a mail and in the timeline."""
    order_id = await fulfilled(partnered, "9900000005")
    (ordrsp, *_) = [content for content in await in_folder(partnered, HANSEWERK, "ORDRSP") if b"9900000005" in content]
    content = contrl(control_of(ordrsp), action="4", own="78")
    message = await partnered.concluded(await partnered.take_in(content, "contrl.edi"))
    assert message.outcome == "needs_person"
    assert "UCI+" in (fact(partnered, order_id, "MessageRejected")() or "")
    await until(lambda: mailed(partnered, f"Rejected by {HANSEWERK}: ordrsp-"), "the mail to the desk")


async def test_an_acknowledgement_of_what_we_never_sent_needs_a_person(partnered: Bench) -> None:
    """Somebody is mistaken, and it may be us."""
    message = await partnered.concluded(await partnered.take_in(contrl("990077", own="79"), "contrl.edi"))
    assert message.outcome == "needs_person"
    assert "which we never sent there" in message.explanation


async def test_an_overdue_acknowledgement_alerts_and_may_still_come(partnered: Bench) -> None:
    """A fact of the order, a mail to the desk and a search attribute; the clock goes on waiting."""
    order_id = await fulfilled(partnered, "9900000006")
    (ordrsp, *_) = [content for content in await in_folder(partnered, HANSEWERK, "ORDRSP") if b"9900000006" in content]
    key = f"acknowledgement:{order_id}:accepted"
    clock = await partnered.client.temporal.start_workflow(
        AcknowledgementWorkflow.run,
        AwaitAcknowledgement(order_id=order_id, key=key, due=datetime.now(UTC) + timedelta(seconds=1)),
        id=f"clock:{key}:short",
        task_queue=ORDERS_QUEUE,
    )
    told = await until(fact(partnered, order_id, "AcknowledgementOverdue"), "the alert")
    assert "has not acknowledged our ordrsp-" in told
    await shown(clock, "AcknowledgementOverdue")
    await partnered.concluded(await partnered.take_in(contrl(control_of(ordrsp), own="80"), "contrl.edi"))
    await clock.signal(AcknowledgementWorkflow.settled)
    assert await clock.result() == AcknowledgementConcluded(key=key, state="acknowledged", was_overdue=True)


async def test_our_own_overdue_acknowledgement_alerts(partnered: Bench) -> None:
    """An order that waits for a person longer than the partner was promised."""
    agree(partnered, CUSTOMER, acknowledge_within_hours=0)
    try:
        cheap = orders("9900000007", price="1.17")
        message = await partnered.concluded(await partnered.take_in(cheap, "orders.edi"))
        told = await until(fact(partnered, message.order_ids[0], "AcknowledgementOverdue"), "the alert")
        assert told.startswith("Our order acknowledgement was due by")
    finally:
        agree(partnered, CUSTOMER, acknowledge_within_hours=24)


async def test_the_same_bytes_are_answered_again_with_the_same_bytes(partnered: Bench) -> None:
    """Once for each time they come, and the order stays one."""
    order_id = await fulfilled(partnered, "9900000008")
    before = await in_folder(partnered, HANSEWERK, "CONTRL")
    message_id = partnered.orders.load(OrderId(order_id)).source.message_id
    for repeat in (1, 2):
        await partnered.take_in(orders("9900000008"), "orders.edi")
        assert partnered.inbox.get(message_id).repeats == repeat
        await partnered.client.start_intake(message_id, repeat)
        partnered.inbox.mark_started(message_id)
        after = await in_folder(partnered, HANSEWERK, "CONTRL", count=len(before) + repeat)
        await in_folder(partnered, HANSEWERK, "ORDRSP")
    assert set(after) == set(before)
    assert partnered.events(order_id).count("SubmittedAgain") == 0
    assert partnered.inbox.get(message_id).outcome == "orders_opened"


async def test_the_same_interchange_in_another_mail_is_answered_again(partnered: Bench) -> None:
    """As a second mail with the same file is: the same CONTRL and ORDRSP, no second reading of the order."""
    order_id = await fulfilled(partnered, "9900000009")
    content = b"\r\n" + orders("9900000009")
    before = await in_folder(partnered, HANSEWERK, "ORDRSP")
    message = await partnered.concluded(await partnered.take_in(content, "again.edi"))
    assert message.outcome == "duplicate"
    after = await in_folder(partnered, HANSEWERK, "ORDRSP", count=len(before) + 1)
    assert set(after) == set(before)
    assert partnered.events(order_id).count("AnsweredAgain") == 1


async def test_a_change_that_a_reviewer_takes_over_is_accepted_in_kind(partnered: Bench) -> None:
    """ORDRSP on ORDCHG, after the ORDRSP on ORDERS."""
    opened = await partnered.concluded(await partnered.take_in(orders("9900000010", price="1.17"), "orders.edi"))
    (order_id,) = opened.order_ids
    await partnered.order_at(order_id, OrderStatus.NEEDS_REVIEW)
    changed = await partnered.concluded(await partnered.take_in(ordchg("9900000010", quantity="500"), "ordchg.edi"))
    assert changed.outcome == "change_requested"
    (finding,) = [one for one in partnered.orders.load(OrderId(order_id)).findings if one.code == "change_requested"]
    assert finding.proposal == {"1.quantity": "500"}
    await partnered.decide(order_id, "correct", **{"1.quantity": "500", "1.price": "2.34/100"})
    if partnered.orders.load(OrderId(order_id)).status.waits_for_person:
        await partnered.decide(order_id, "approve")
    told = await until(fact(partnered, order_id, "ChangeAnswered"), "the answer to the change")
    assert told.startswith("The buyer's change: accepted as ordrsp-")


async def test_a_change_of_an_order_that_has_ended_is_refused_in_kind(partnered: Bench) -> None:
    """Line by line, with the reason; the order keeps the change, and its resend gets the same answer again."""
    agree(partnered, CUSTOMER, acknowledged_within_hours=None)
    order_id = await fulfilled(partnered, "9900000012")
    message = await partnered.concluded(await partnered.take_in(ordchg("9900000012", quantity="500"), "ordchg.edi"))
    assert message.outcome == "needs_person"
    assert " as ordrsp-" in (fact(partnered, order_id, "ChangeAnswered")() or "")
    before = await in_folder(partnered, HANSEWERK, "ORDRSP")
    (told,) = [content for content in before if b"9900000012" in content and b"schon unterwegs" in content]
    assert b"LIN+1+7+" in told
    assert [change.answer for change in partnered.orders.load(OrderId(order_id)).changes] == ["rejected"]
    again = await partnered.concluded(await partnered.take_in(b"\n" + ordchg("9900000012", quantity="500"), "again.edi"))
    assert again.outcome == "duplicate"
    answers = await in_folder(partnered, HANSEWERK, "ORDRSP", count=len(before) + 1)
    assert answers.count(told) == 2


async def test_a_line_that_a_change_adds_is_taken_in_and_shipped(partnered: Bench) -> None:
    """By the proposals of its finding; the answer accepts the new line under the buyer's number."""
    opened = await partnered.concluded(await partnered.take_in(orders("9900000013", price="1.17"), "orders.edi"))
    (order_id,) = opened.order_ids
    await partnered.order_at(order_id, OrderStatus.NEEDS_REVIEW)
    added = "LIN+2+1++4012345011784:EN'PIA+1+0007204:IN'QTY+21:300:PCE'"
    content = ordchg("9900000013", quantity="100", added=added)
    await partnered.concluded(await partnered.take_in(content, "ordchg.edi"))
    (finding,) = [one for one in partnered.orders.load(OrderId(order_id)).findings if one.code == "change_requested"]
    assert finding.proposal == {"2.add": "yes"}
    await partnered.decide(order_id, "correct", **{"2.add": "yes", "1.price": "2.34/100"})
    if partnered.orders.load(OrderId(order_id)).status.waits_for_person:
        await partnered.decide(order_id, "approve")
    told = await until(fact(partnered, order_id, "ChangeAnswered"), "the answer to the change")
    assert told.startswith("The buyer's change: accepted as ordrsp-")
    closed = await partnered.order_at(order_id, OrderStatus.CLOSED)
    assert [line.ordered for line in closed.lines] == [100, 300]


async def test_a_change_that_comes_too_late_is_refused_in_kind(partnered: Bench) -> None:
    """The order stands as it was acknowledged; the desk hears of it."""
    agree(partnered, CUSTOMER, acknowledged_within_hours=None)
    opened = await partnered.concluded(await partnered.take_in(orders("9900000011", quantity="900000"), "orders.edi"))
    (order_id,) = opened.order_ids
    order = await partnered.order_at(order_id, OrderStatus.NEEDS_REVIEW, OrderStatus.BACKORDERED)
    if order.status is OrderStatus.NEEDS_REVIEW:
        await partnered.decide(order_id, "approve")
        await partnered.order_at(order_id, OrderStatus.BACKORDERED)
    await partnered.concluded(await partnered.take_in(ordchg("9900000011", quantity="500"), "ordchg.edi"))
    told = await until(fact(partnered, order_id, "ChangeAnswered"), "the answer to the change")
    assert told.startswith("The buyer's change: rejected as ordrsp-")
    await until(lambda: mailed(partnered, "was not taken: 9900000011"), "the mail to the desk")
