"""The same purchase order more than once: through two doors, changed, cancelled, or under a number that nobody has."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from email.message import EmailMessage

from models.domain.lifecycle import OrderStatus
from tests.workflows.bench import AT_WORK, INBOX, Bench, id_of
from tests.workflows.stated import CABLE_TIE, CUSTOMER, LEVER_CONNECTOR, SENDER, fresh_number, order

pytestmark = AT_WORK

EDI = (INBOX / "14-vindobona-orders-d01b.edi").read_bytes()
EDI_ID, EDI_SENDER = "order:20048:VGT-PO-55102", "edi@vindobona-gt.example"


def acknowledgements(bench: Bench, order_id: str) -> list[str]:
    return [message.key for message in bench.outbox.of_subject(order_id) if message.kind == "acknowledgement"]


async def test_the_same_order_through_two_doors_is_one_order(bench: Bench) -> None:
    """Once as EDIFACT by mail and once as a copy of it in the watched folder: one record everywhere."""
    first = await bench.concluded(await bench.take_in(EDI, "orders.edi", sender=EDI_SENDER))
    again = await bench.concluded(await bench.take_in(EDI + b"\n", "again.edi", sender=EDI_SENDER, channel="folder"))
    assert (first.order_ids, again.order_ids) == ((EDI_ID,), (EDI_ID,))
    assert (first.outcome, again.outcome) == ("orders_opened", "duplicate")
    closed = await bench.order_at(EDI_ID, OrderStatus.CLOSED)
    assert len(bench.erp_files(EDI_ID)) == 1
    assert len(acknowledgements(bench, EDI_ID)) == 1
    shipped = sum(task.quantity for shipment in bench.shipments.of_order(closed.order_id) for task in shipment.tasks)
    assert shipped == sum(line.base_quantity or Decimal(0) for line in closed.lines)


async def test_two_submissions_at_once_open_one_order(bench: Bench) -> None:
    """Ten calls of an impatient ERP: one is the opening, all answer with the same order."""
    submission = order()
    receipts = await asyncio.gather(*(bench.submit(id_of(submission), submission) for _ in range(10)))
    assert {receipt.order_id for receipt in receipts} == {id_of(submission)}
    assert {receipt.disposition for receipt in receipts} <= {"opened", "duplicate"}
    closed = await bench.order_at(id_of(submission), OrderStatus.CLOSED)
    assert len(bench.erp_files(closed.order_id)) == 1
    assert len(acknowledgements(bench, closed.order_id)) == 1


async def test_a_resubmission_that_says_the_same_is_a_duplicate(bench_by_hand: Bench) -> None:
    """Another message with the same content changes nothing."""
    bench = bench_by_hand
    number = fresh_number()
    released = await bench.opened(order(po_number=number, message_id="a" * 64), OrderStatus.RELEASED)
    receipt = await bench.submit(released.order_id, order(po_number=number, message_id="b" * 64))
    assert (receipt.disposition, receipt.status) == ("duplicate", "Released")
    assert "SubmittedAgain" in bench.events(released.order_id)


async def test_a_resubmission_that_differs_is_put_to_a_person_while_the_order_waits(bench: Bench) -> None:
    """Which of the two counts is not for us to guess: both stand in a finding."""
    number = fresh_number()
    waiting = await bench.opened(order(("NO-SUCH-ITEM", "5"), po_number=number, message_id="c" * 64), OrderStatus.NEEDS_REVIEW)
    receipt = await bench.submit(waiting.order_id, order(("NO-SUCH-ITEM", "50"), po_number=number, message_id="d" * 64))
    assert receipt.disposition == "differs"
    assert receipt.differences == ("line 1 (NO-SUCH-ITEM): 50 instead of 5",)
    answer = await bench.decide(waiting.order_id, "hold")
    assert any("50 instead of 5" in finding for finding in answer.open_findings)


async def test_a_resubmission_that_differs_leaves_an_accepted_order_alone(bench_by_hand: Bench) -> None:
    """What is in the warehouse goes as it was agreed; the difference is noted and answered."""
    bench = bench_by_hand
    number = fresh_number()
    released = await bench.opened(order((CABLE_TIE, "100"), po_number=number, message_id="e" * 64), OrderStatus.RELEASED)
    receipt = await bench.submit(released.order_id, order((CABLE_TIE, "900"), po_number=number, message_id="f" * 64))
    assert (receipt.disposition, receipt.status) == ("differs", "Released")
    assert bench.orders.load(released.order_id).lines[0].base_quantity == Decimal(100)
    assert "ChangeRequested" in bench.events(released.order_id)


async def test_a_change_request_before_acceptance_becomes_a_finding(bench: Bench) -> None:
    """The reviewer sees it together with everything else that is open."""
    number = fresh_number()
    waiting = await bench.opened(order(("NOBODY-SELLS-IT", "5"), po_number=number), OrderStatus.NEEDS_REVIEW)
    change = order(("NOBODY-SELLS-IT", "7"), po_number=number, kind="order_change", message_id="1" * 64)
    receipt = await bench.client.request_change(waiting.order_id, change)
    assert receipt is not None
    assert receipt.disposition == "change_requested"
    await bench.decide(waiting.order_id, "hold")
    held = await bench.order_at(waiting.order_id, OrderStatus.ON_HOLD)
    assert {finding.code for finding in held.open_findings} >= {"unknown_item", "change_requested"}


async def test_a_change_request_during_review_takes_away_nothing_that_was_decided(bench: Bench) -> None:
    """A correction that came with the change, just before or just after it, counts; what it left open keeps the order waiting."""
    number = fresh_number()
    unknown = ("NO-SUCH-ITEM", "5"), ("NOR-THIS-ONE", "7")
    waiting = await bench.opened(order((CABLE_TIE, "100"), *unknown, po_number=number), OrderStatus.NEEDS_REVIEW)
    change = order((CABLE_TIE, "300"), *unknown, po_number=number, kind="order_change", message_id="2" * 64)
    await asyncio.gather(
        bench.decide(waiting.order_id, "correct", **{"2.drop": "yes"}),
        bench.client.request_change(waiting.order_id, change),
    )
    answer = await bench.decide(waiting.order_id, "hold")
    assert [("300 instead of 100" in finding, "NOR-THIS-ONE" in finding) for finding in answer.open_findings] in (
        [(True, False), (False, True)],
        [(False, True), (True, False)],
    )


async def test_a_cancellation_request_is_decided_by_a_person(bench: Bench) -> None:
    """The order does not vanish by itself; the reviewer rejects it, and it ends."""
    number = fresh_number()
    waiting = await bench.opened(order(("NO-SUCH-ITEM", "5"), po_number=number), OrderStatus.NEEDS_REVIEW)
    ask = order(("NO-SUCH-ITEM", "5"), po_number=number, kind="order_cancellation", message_id="3" * 64)
    await bench.client.request_change(waiting.order_id, ask)
    answer = await bench.decide(waiting.order_id, "hold")
    assert len(answer.open_findings) == 2
    await bench.decide(waiting.order_id, "reject", reason="cancelled by the buyer")
    await bench.order_at(waiting.order_id, OrderStatus.REJECTED)


async def test_a_cancellation_request_after_acceptance_is_noted_and_changes_nothing_by_itself(bench_by_hand: Bench) -> None:
    """The timeline says that the buyer asked; whether goods can still be stopped, a person knows."""
    bench = bench_by_hand
    number = fresh_number()
    released = await bench.opened(order(po_number=number), OrderStatus.RELEASED)
    ask = order(po_number=number, kind="order_cancellation", message_id="4" * 64)
    receipt = await bench.client.request_change(released.order_id, ask)
    assert receipt is not None
    assert (receipt.disposition, receipt.status) == ("change_requested", "Released")
    assert "ChangeRequested" in bench.events(released.order_id)


async def test_a_change_of_an_order_that_nobody_has_finds_no_workflow(bench: Bench) -> None:
    """The caller is told, and nothing is opened."""
    change = order(kind="order_change")
    assert await bench.client.request_change(id_of(change), change) is None
    assert bench.orders.find(id_of(change)) is None  # type: ignore[arg-type]


async def test_a_mailed_change_of_an_unknown_order_is_answered_and_put_to_a_person(bench: Bench) -> None:
    """The message is concluded as a person's matter, and its sender is told that the order is not known."""
    number = fresh_number("GONE")
    edi = _ordchg(number)
    message = await bench.concluded(await bench.take_in(edi, "ordchg.edi", sender="disposition@hansewerk.example"))
    assert message.outcome == "needs_person"
    assert number in message.explanation
    assert bench.mailbox.to("disposition@hansewerk.example")


async def test_a_change_after_allocation_is_put_to_a_person_while_the_order_goes_on_as_confirmed(bench_by_hand: Bench) -> None:
    """The goods are being picked: the buyer is told so with what the change asks for, line by line."""
    bench = bench_by_hand
    number, mailbox = fresh_number("PICKED"), "disposition@hansewerk.example"
    released = await bench.opened(order((CABLE_TIE, "200"), customer="10023", po_number=number), OrderStatus.RELEASED)
    message = await bench.concluded(await bench.take_in(_ordchg(number), "ordchg.edi", sender=mailbox))
    assert message.outcome == "needs_person"
    assert f"{number}, which is in the warehouse" in message.explanation
    [answer] = [mail for mail in bench.mailbox.to(mailbox) if "being picked" in _text_of(mail) and number in _text_of(mail)]
    assert "is new" in _text_of(answer)
    assert bench.orders.load(released.order_id).lines[0].base_quantity == Decimal(200)


async def test_a_change_after_shipping_is_answered_with_what_is_still_possible(bench: Bench) -> None:
    """What has left can only come back: the order stays as it is, and a person sees that it was asked."""
    number, mailbox = fresh_number("SENT"), "disposition@hansewerk.example"
    closed = await bench.opened(order((CABLE_TIE, "200"), customer="10023", po_number=number), OrderStatus.CLOSED)
    await bench.result(closed.order_id)
    message = await bench.concluded(await bench.take_in(_ordchg(number), "ordchg.edi", sender=mailbox))
    assert message.outcome == "needs_person"
    assert f"{number}, which has left already" in message.explanation
    assert any("has left our warehouse" in _text_of(mail) and number in _text_of(mail) for mail in bench.mailbox.to(mailbox))
    assert bench.orders.load(closed.order_id).status is OrderStatus.CLOSED


async def test_a_change_that_changes_nothing_is_the_order_again(bench: Bench) -> None:
    """No question is made of it."""
    number = fresh_number()
    waiting = await bench.opened(order(("NO-SUCH-ITEM", "5"), po_number=number), OrderStatus.NEEDS_REVIEW)
    change = order(("NO-SUCH-ITEM", "5"), po_number=number, kind="order_change", message_id="5" * 64)
    receipt = await bench.client.request_change(waiting.order_id, change)
    assert receipt is not None
    assert receipt.disposition == "duplicate"


async def test_a_mail_that_repeats_an_earlier_order_is_put_to_a_person_with_the_order_meant(bench: Bench) -> None:
    """The reviewer names it in a click; its goods are checked at today's prices and shipped."""
    number, again = fresh_number("FIRST"), fresh_number("AGAIN")
    first = await bench.opened(order((CABLE_TIE, "200"), (LEVER_CONNECTOR, "100"), po_number=number), OrderStatus.CLOSED)
    mail = f"From: {SENDER}\r\nTo: orders@us.example\r\nSubject: Bestellung\r\nMessage-ID: <{again}@kessler>\r\n\r\n" + (
        f"Hallo,\r\n\r\nbitte die Bestellung {number} noch einmal liefern, unsere Bestellnummer {again}.\r\n\r\nGruss\r\n"
    )
    message = await bench.concluded(await bench.take_in(mail.encode(), "again.eml", sender=SENDER, media_type="message/rfc822"))
    assert message.order_ids == (f"order:{CUSTOMER}:{again}",)
    waiting = await bench.order_at(message.order_ids[0], OrderStatus.NEEDS_REVIEW)
    [asked] = [finding for finding in waiting.open_findings if finding.code == "reorder"]
    assert (asked.candidates[0].value, asked.proposal) == (first.order_id, {"repeat": first.order_id})
    await bench.decide(waiting.order_id, "correct", repeat=first.order_id)
    closed = await bench.order_at(waiting.order_id, OrderStatus.CLOSED)
    assert [(line.sku, line.base_quantity) for line in closed.lines] == [(CABLE_TIE, 200), (LEVER_CONNECTOR, 100)]


def _text_of(mail: EmailMessage) -> str:
    body = mail.get_body(preferencelist=("plain",))
    return body.get_content() if body else ""


def _ordchg(number: str) -> bytes:
    """An ORDCHG D96A of Hansewerk for a number of ours."""
    return (
        "UNA:+.? '"
        f"UNB+UNOC:3+9521002300000:14+4012345000009:14+261120:0930+{number}'"
        "UNH+1+ORDCHG:D:96A:UN:EAN008'"
        f"BGM+230+{number}+4'"
        "DTM+137:20261120:102'"
        "NAD+BY+9521002300000::9'"
        "NAD+SU+4012345000009::9'"
        "LIN+1+3+4012345010008:EN'"
        "QTY+21:100'"
        "UNS+S'"
        "UNT+9+1'"
        f"UNZ+1+{number}'"
    ).encode()


async def test_an_order_that_is_closed_and_sent_again_is_still_one_order(bench: Bench) -> None:
    """Temporal may have forgotten it, our books have not."""
    content = (INBOX / "16-westland-order.xml").read_bytes()
    first = await bench.concluded(await bench.take_in(content, "order.xml", sender="inkoop@westland-kasbouw.example"))
    closed = await bench.order_at(first.order_ids[0], OrderStatus.CLOSED)
    again = await bench.concluded(await bench.take_in(content + b"\n", "order2.xml", sender="inkoop@westland-kasbouw.example"))
    assert again.outcome == "duplicate"
    assert len(bench.erp_files(closed.order_id)) == 1


async def test_a_mail_that_arrives_twice_is_taken_in_once(bench: Bench) -> None:
    """The message's digest is its id: the second copy finds the first one's intake."""
    content = (INBOX / "30-wellpappe-rechnung.pdf").read_bytes()
    ids = [await bench.take_in(content, "rechnung.pdf", sender="rechnung@wellpappe.example") for _ in range(2)]
    message = await bench.concluded(ids[0])
    assert ids[0] == ids[1]
    assert message.outcome == "not_an_order"
    assert len(bench.mailbox.to("rechnung@wellpappe.example")) <= 1


async def test_the_buyer_gets_one_acknowledgement_with_our_number(bench: Bench) -> None:
    """One mail whose Message-ID derives from the order, so that a second delivery is recognised."""
    closed = await bench.opened(order(), OrderStatus.CLOSED)
    numbers = str(closed.purchase_order.po_number), str(closed.number)
    sent = [mail for mail in bench.mailbox.to(SENDER) if all(number in mail.as_string() for number in numbers)]
    assert sent
    assert len({mail["Message-ID"] for mail in sent}) == len(sent)
    assert len(acknowledgements(bench, closed.order_id)) == 1


async def test_a_mail_that_wants_the_same_again_and_further_goods_gets_both(bench: Bench) -> None:
    """The goods that it names stay; those of the order that a person names are added."""
    number, again = fresh_number("FIRST"), fresh_number("PLUS")
    first = await bench.opened(order((LEVER_CONNECTOR, "100"), po_number=number), OrderStatus.CLOSED)
    mail = f"From: {SENDER}\r\nTo: orders@us.example\r\nSubject: Bestellung {again}\r\nMessage-ID: <{again}@kessler>\r\n\r\n" + (
        f"Hallo,\r\n\r\nbitte wie letztes Mal, zusätzlich\r\n\r\n200 Stück {CABLE_TIE}\r\n\r\n"
        f"Unsere Bestellnummer: {again}\r\n\r\nGruss\r\n"
    )
    message = await bench.concluded(await bench.take_in(mail.encode(), "plus.eml", sender=SENDER, media_type="message/rfc822"))
    waiting = await bench.order_at(message.order_ids[0], OrderStatus.NEEDS_REVIEW)
    assert "reorder" in {finding.code for finding in waiting.open_findings}
    await bench.decide(waiting.order_id, "correct", repeat=first.order_id)
    closed = await bench.order_at(waiting.order_id, OrderStatus.CLOSED)
    assert [(line.sku, line.base_quantity) for line in closed.lines] == [(CABLE_TIE, 200), (LEVER_CONNECTOR, 100)]
