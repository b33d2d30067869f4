"""Customers who ask where their goods are: they hear of their own orders and of nobody else's."""

from __future__ import annotations

from models.domain.lifecycle import OrderStatus
from models.domain.messages import InboundMessage
from tests.workflows.bench import AT_WORK, Bench
from tests.workflows.mails import mail
from tests.workflows.stated import SENDER, fresh_number, order

pytestmark = AT_WORK

OTHER_CUSTOMER = "info@elektro-pfeiffer.example"
MANNERS = "Guten Tag,\n\nwo bleibt unsere Bestellung {number}? Wie ist der Stand, und wann kommt die Lieferung?\n\nDanke\n"


async def ask(bench: Bench, sender: str, number: str) -> tuple[InboundMessage, str]:
    """Ask for the order by mail; gives the message as it was concluded and the text of the answer."""
    before = len(bench.mailbox.to(sender))
    content = mail(sender, f"Wo bleibt unsere Bestellung {number}?", MANNERS.format(number=number))
    message = await bench.concluded(await bench.take_in(content, "frage.eml", sender=sender, media_type="message/rfc822"))
    answers = bench.mailbox.to(sender)[before:]
    return message, "\n".join(answer.get_content() for answer in answers if not answer.is_multipart())


async def test_a_customer_is_told_how_far_the_order_is_with_its_tracking_number(bench: Bench) -> None:
    """The answer names the order, its status and the parcel."""
    closed = await bench.opened(order(po_number=fresh_number("ASK")), OrderStatus.CLOSED)
    message, answer = await ask(bench, SENDER, str(closed.purchase_order.po_number))
    [shipment] = bench.shipments.of_order(closed.order_id)
    assert message.outcome == "enquiry_answered"
    assert str(closed.purchase_order.po_number) in answer
    assert str(shipment.tracking_number) in answer


async def test_another_customer_learns_nothing_of_the_order(bench: Bench) -> None:
    """Not even that there is one: the matter goes to a person."""
    closed = await bench.opened(order(po_number=fresh_number("ASK")), OrderStatus.CLOSED)
    message, answer = await ask(bench, OTHER_CUSTOMER, str(closed.purchase_order.po_number))
    [shipment] = bench.shipments.of_order(closed.order_id)
    assert message.outcome == "needs_person"
    assert str(shipment.tracking_number) not in answer
    assert closed.status.value not in answer


async def test_a_stranger_learns_nothing_of_the_order(bench: Bench) -> None:
    """Whoever is no customer has no orders."""
    closed = await bench.opened(order(po_number=fresh_number("ASK")), OrderStatus.CLOSED)
    message, answer = await ask(bench, "somebody@stranger.example", str(closed.purchase_order.po_number))
    [shipment] = bench.shipments.of_order(closed.order_id)
    assert message.outcome == "needs_person"
    assert str(shipment.tracking_number) not in answer
