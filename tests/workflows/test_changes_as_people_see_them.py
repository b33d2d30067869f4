"""A customer's mailed change during review, while goods are picked and after they left, as desk and customer see it."""

from __future__ import annotations

from decimal import Decimal
from email.message import EmailMessage
from html import unescape

from temporalio.api.sdk.v1 import WorkflowMetadata

from models.domain.lifecycle import OrderStatus
from models.domain.messages import InboundMessage
from tests.workflows.bench import AT_WORK, Bench, until
from tests.workflows.mails import mail
from tests.workflows.pages import page_of
from tests.workflows.stated import CABLE_TIE, SENDER, fresh_number, order

pytestmark = AT_WORK


async def test_a_change_during_review_is_asked_about_and_taken_by_its_reviewer(bench: Bench) -> None:
    """Order page and Temporal UI name both quantities; what the reviewer takes is shipped, and the page says why."""
    number = fresh_number("CHG")
    waiting = await bench.opened(order((CABLE_TIE, "200"), ("NO-SUCH-ITEM", "5"), po_number=number), OrderStatus.NEEDS_REVIEW)
    assert (await _changed(bench, number, "200", "300")).outcome == "change_requested"
    assert "300 instead of 200" in unescape(await page_of(bench, waiting))
    assert "300 instead of 200" in await _details(bench, waiting.order_id)

    await bench.decide(waiting.order_id, "correct", **{"1.quantity": "300", "2.drop": "yes"})
    closed = await bench.order_at(waiting.order_id, OrderStatus.CLOSED)
    assert [line.base_quantity for line in closed.lines] == [Decimal(300)]
    assert "The buyer's change: accepted." in unescape(await page_of(bench, closed))


async def test_less_is_picked_as_the_customer_changed_it_and_the_page_says_so(bench_by_hand: Bench) -> None:
    """After allocation nobody need be asked where goods only stay on the shelf; the customer hears it at once."""
    bench, number = bench_by_hand, fresh_number("CHG")
    released = await bench.opened(order((CABLE_TIE, "300"), po_number=number), OrderStatus.RELEASED)
    assert (await _changed(bench, number, "300", "200")).outcome == "change_requested"
    page = unescape(await page_of(bench, released))
    assert "The warehouse picks as the buyer changed it: 1.quantity is 200" in page
    assert "konnten die Bestellung" in await _told(bench, number)


async def test_more_than_was_allocated_is_put_to_a_person_and_the_page_says_what_was_asked(bench_by_hand: Bench) -> None:
    """The goods go as they were confirmed until somebody decides, and the customer knows that."""
    bench, number = bench_by_hand, fresh_number("CHG")
    released = await bench.opened(order((CABLE_TIE, "200"), po_number=number), OrderStatus.RELEASED)
    message = await _changed(bench, number, "200", "300")
    assert (message.outcome, "in the warehouse" in message.explanation) == ("needs_person", True)
    assert "300 instead of 200" in unescape(await page_of(bench, released))
    assert "wird bereits kommissioniert" in await _told(bench, number)


async def test_a_change_after_shipping_stands_on_the_page_and_its_sender_learns_what_is_left_to_do(bench: Bench) -> None:
    """Order anew what is needed besides, send back what is not."""
    number = fresh_number("CHG")
    closed = await bench.opened(order((CABLE_TIE, "300"), po_number=number), OrderStatus.CLOSED)
    await bench.result(closed.order_id)
    message = await _changed(bench, number, "300", "200")
    assert (message.outcome, "has left already" in message.explanation) == ("needs_person", True)
    assert "came when the order was Closed: line 1" in unescape(await page_of(bench, closed))
    assert "hat unser Lager verlassen" in await _told(bench, number)


async def test_a_day_that_is_named_only_now_is_a_change_and_not_the_same_order_again(bench_by_hand: Bench) -> None:
    """The order said nothing of a day, so nothing contradicts it; the goods are wanted later all the same."""
    bench, number = bench_by_hand, fresh_number("CHG")
    released = await bench.opened(order((CABLE_TIE, "200"), po_number=number), OrderStatus.RELEASED)
    message = await _wished(bench, number, f"bitte liefern Sie unsere Bestellung {number} erst am 15.12.2026.")
    assert message.outcome == "needs_person"
    assert "delivery is wanted on 2026-12-15" in unescape(await page_of(bench, released))


async def test_a_change_that_is_not_understood_is_never_told_as_taken(bench_by_hand: Bench) -> None:
    """Its words wish for something that no field holds: its sender hears that somebody looks, not that it is done."""
    bench, number = bench_by_hand, fresh_number("CHG")
    released = await bench.opened(order((CABLE_TIE, "200"), po_number=number), OrderStatus.RELEASED)
    wish = f"zu unserer Bestellung {number} bitte 200 Stück {CABLE_TIE}, aber nur die aus der neuen Charge."
    assert (await _wished(bench, number, wish)).outcome == "needs_person"
    assert "not understood" in unescape(await page_of(bench, released))


async def _changed(bench: Bench, number: str, before: str, now: str) -> InboundMessage:
    """The message once the customer's mail about the quantity of the order's goods is concluded."""
    asked = f"bitte liefern Sie zu unserer Bestellung {number} statt {before} Stück nun {now} Stück {CABLE_TIE}."
    return await _wished(bench, number, asked)


async def _wished(bench: Bench, number: str, wish: str) -> InboundMessage:
    """The message once the customer's mail that wishes something of the order is concluded."""
    content = mail(SENDER, f"Änderung Bestellung {number}", f"Guten Tag,\n\n{wish}\n\nGruß\n")
    return await bench.concluded(await bench.take_in(content, "change.eml", sender=SENDER, media_type="message/rfc822"))


async def _details(bench: Bench, order_id: str) -> str:
    """What the Temporal UI shows as the Current Details."""
    handle = bench.client.temporal.get_workflow_handle(order_id)
    metadata = await handle.query("__temporal_workflow_metadata", result_type=WorkflowMetadata)
    return str(metadata.current_details)


async def _told(bench: Bench, number: str) -> str:
    """What the customer was told of the change."""

    def look() -> str | None:
        texts = [_text_of(each) for each in bench.mailbox.to(SENDER) if "Änderung" in str(each["Subject"])]
        return next((text for text in texts if number in text), None)

    told: str = await until(look, f"a mail about the change of {number}")
    return told


def _text_of(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain",))
    return body.get_content() if body else ""
