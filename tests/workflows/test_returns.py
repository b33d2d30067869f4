"""Goods that come back: what the policy allows, what a person decides, what becomes of goods and money."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from models.contracts.decision_v1 import DecisionV1
from models.contracts.return_request_v1 import ReturnRequestLineV1, ReturnRequestV1
from models.contracts.workflow_io import GoodsReceived, PickConfirmed
from models.domain.identifiers import OrderId, Sku
from models.domain.lifecycle import OrderStatus
from models.domain.returns import ReturnOrder
from models.domain.sales_order import SalesOrder
from tests.workflows.bench import AT_WORK, Bench, until
from tests.workflows.company import Companies
from tests.workflows.mails import mail
from tests.workflows.stated import CABLE_TIE, DEAR_CUSTOMER, DEAR_SENDER, LEVER_CONNECTOR, SENDER, fresh_number, order
from workflows.client import DecisionRefused

pytestmark = AT_WORK

#: Above 250.00 a person authorises.
DEAR = (LEVER_CONNECTOR, "1500")


def request(of: SalesOrder, quantity: str = "", reason: str = "", **more: Any) -> ReturnRequestV1:
    lines = (ReturnRequestLineV1(line=1, quantity=Decimal(quantity), reason=reason),) if quantity else ()
    return ReturnRequestV1(order_id=of.order_id, sender=SENDER, reason=reason, lines=lines, **more)


async def delivered(bench: Bench, *lines: tuple[str, str]) -> SalesOrder:
    return await bench.opened(order(*lines), OrderStatus.CLOSED)


async def dear(bench: Bench) -> SalesOrder:
    """A delivered order whose return a person authorises."""
    return await bench.opened(order(DEAR, customer=DEAR_CUSTOMER, sender=DEAR_SENDER), OrderStatus.CLOSED)


async def returned(bench: Bench, order_id: str, *states: str) -> ReturnOrder:
    """The order's return once it has come to one of the states."""

    def look() -> ReturnOrder | None:
        found = [kept for kept in bench.returns.of_order(OrderId(order_id)) if kept.state in states]
        return found[0] if found else None

    kept: ReturnOrder = await until(look, f"a return of {order_id} to be {' or '.join(states)}")
    return kept


def on_shelf(bench: Bench, sku: str) -> Decimal:
    return sum((place.available for place in bench.stock.positions([Sku(sku)])), Decimal(0))


def credits(bench: Bench, rma: str) -> list[str]:
    return [mail["Message-ID"] for mail in bench.mailbox.to(SENDER) if rma in mail.as_string() and "CN-" in mail.as_string()]


async def test_what_the_policy_allows_is_credited_without_a_person(companies: Companies) -> None:
    """Authorised, received as new, put back on the shelf, credited once."""
    bench = await companies.open()
    closed = await delivered(bench, (CABLE_TIE, "300"))
    before = on_shelf(bench, CABLE_TIE)
    workflow_id = await bench.client.request_return(request(closed, "100"))
    assert (await bench.result(workflow_id))["state"] == "settled"
    [kept] = bench.returns.of_order(closed.order_id)
    assert on_shelf(bench, CABLE_TIE) == before + 100
    assert kept.credit_note == "CN-100001"
    assert kept.credit is not None
    assert closed.gross is not None
    assert abs(kept.credit.amount * 3 - closed.gross.amount) <= Decimal("0.03")
    assert len(credits(bench, kept.rma)) == 1


async def test_credit_notes_are_numbered_without_a_gap(companies: Companies) -> None:
    """Two returns, two numbers in a row."""
    bench = await companies.open()
    closed = await delivered(bench, (CABLE_TIE, "300"))
    for _ in range(2):
        await bench.result(await bench.client.request_return(request(closed, "100")))
    assert sorted(kept.credit_note for kept in bench.returns.of_order(closed.order_id)) == ["CN-100001", "CN-100002"]


async def test_more_than_was_shipped_cannot_come_back(bench: Bench) -> None:
    """The policy refuses and the customer is told the numbers."""
    closed = await delivered(bench, (CABLE_TIE, "100"))
    assert (await bench.result(await bench.client.request_return(request(closed, "200"))))["state"] == "refused"
    [kept] = bench.returns.of_order(closed.order_id)
    assert "only 100 were shipped" in kept.policy_reason


async def test_a_dear_return_waits_for_a_person_who_authorises_it(bench: Bench) -> None:
    """Above the policy's value; who authorised it is kept."""
    closed = await dear(bench)
    workflow_id = await bench.client.request_return(request(closed))
    await returned(bench, closed.order_id, "needs_review")
    await bench.client.decide_return(workflow_id, "authorise", DecisionV1(by="jo.reviewer", note="goodwill"))
    assert (await bench.result(workflow_id))["state"] == "settled"
    [kept] = bench.returns.of_order(closed.order_id)
    assert kept.authorised_by == "jo.reviewer"


async def test_a_dear_return_that_is_refused_brings_nothing_back_and_tells_the_customer(bench: Bench) -> None:
    """The reason of the person stands in the mail."""
    closed = await dear(bench)
    workflow_id = await bench.client.request_return(request(closed))
    await returned(bench, closed.order_id, "needs_review")
    await bench.client.decide_return(workflow_id, "refuse", DecisionV1(by="jo.reviewer", reason="made to measure"))
    assert (await bench.result(workflow_id))["state"] == "refused"
    [kept] = bench.returns.of_order(closed.order_id)
    assert (kept.credit_note, kept.inspected) == ("", ())
    assert any("made to measure" in mail.get_content() for mail in bench.mailbox.to(SENDER) if not mail.is_multipart())


async def test_a_refusal_needs_a_reason(bench: Bench) -> None:
    """The customer is told why."""
    closed = await dear(bench)
    workflow_id = await bench.client.request_return(request(closed))
    await returned(bench, closed.order_id, "needs_review")
    with pytest.raises(DecisionRefused, match="needs a reason"):
        await bench.client.decide_return(workflow_id, "refuse", DecisionV1())


async def test_a_return_that_was_decided_is_not_decided_again(bench_by_hand: Bench) -> None:
    """It waits for the goods now, not for a word."""
    bench = bench_by_hand
    workflow_id = await waiting_for_goods(bench)
    with pytest.raises(DecisionRefused, match="waits for nobody's decision"):
        await bench.client.decide_return(workflow_id, "refuse", DecisionV1(reason="too late"))


async def waiting_for_goods(bench: Bench) -> str:
    """A return of goods that have left, authorised by a person, whose goods are on their way back; its workflow's id."""
    released = await bench.opened(order((CABLE_TIE, "100")), OrderStatus.RELEASED)
    [shipment] = bench.shipments.of_order(released.order_id)
    await bench.client.confirm_picked(shipment.shipment_id, PickConfirmed(by="Ana"))
    shipped = await bench.order_at(released.order_id, OrderStatus.SHIPPED)
    workflow_id = await bench.client.request_return(request(shipped))
    await returned(bench, shipped.order_id, "needs_review")
    await bench.client.decide_return(workflow_id, "authorise", DecisionV1(by="jo.reviewer"))
    await until(lambda: "ReturnLabelSent" in bench.events(shipped.order_id) or None, "the return's label")
    return workflow_id


async def test_goods_are_received_with_a_condition_that_we_know(bench_by_hand: Bench) -> None:
    """The refusal names the conditions there are; the right one settles the return."""
    bench = bench_by_hand
    workflow_id = await waiting_for_goods(bench)
    with pytest.raises(DecisionRefused, match="as_new, opened, damaged"):
        await bench.client.receive_return(workflow_id, GoodsReceived(condition="wet", by="Ana"))
    await bench.client.receive_return(workflow_id, GoodsReceived(condition="damaged", by="Ana"))
    assert (await bench.result(workflow_id))["state"] == "settled"


async def test_damaged_goods_are_scrapped_and_not_put_back(bench_by_hand: Bench) -> None:
    """What came back broken is on nobody's shelf."""
    bench = bench_by_hand
    workflow_id = await waiting_for_goods(bench)
    before = on_shelf(bench, CABLE_TIE)
    await bench.client.receive_return(workflow_id, GoodsReceived(condition="damaged", by="Ana"))
    await bench.result(workflow_id)
    assert on_shelf(bench, CABLE_TIE) == before


async def test_a_replacement_is_a_new_order_that_names_the_return(bench: Bench) -> None:
    """The customer gets the goods again under the old number and the RMA's, and the credit for the first ones."""
    closed = await delivered(bench, (CABLE_TIE, "100"))
    workflow_id = await bench.client.request_return(request(closed, reason="wrong colour", resolution="replacement"))
    result = await bench.result(workflow_id)
    replacement = OrderId(f"{closed.order_id}-{result['rma']}")
    again = await bench.order_at(replacement, OrderStatus.CLOSED, OrderStatus.NEEDS_REVIEW)
    assert (again.status, [finding.message for finding in again.open_findings]) == (OrderStatus.CLOSED, [])
    assert again.lines[0].base_quantity == Decimal(100)


async def test_a_mail_that_asks_to_send_goods_back_opens_a_return_of_the_lines_it_names(bench: Bench) -> None:
    """Two of the three hundred; the customer gets a label."""
    closed = await bench.opened(order((CABLE_TIE, "300"), po_number=fresh_number("RET")), OrderStatus.CLOSED)
    number = closed.purchase_order.po_number
    text = (
        f"Guten Tag,\n\nwir möchten 100 Stück {CABLE_TIE} aus unserer Bestellung {number} zurücksenden, sie sind unbenutzt.\n"
        "Bitte senden Sie uns ein Rücksendeetikett und eine Gutschrift.\n\nDanke\n"
    )
    content = mail(SENDER, f"Rücksendung zu Bestellung {number}", text)
    message = await bench.concluded(await bench.take_in(content, "retoure.eml", sender=SENDER, media_type="message/rfc822"))
    assert message.outcome == "return_opened"
    kept = await returned(bench, closed.order_id, "settled")
    assert [(line.line, line.quantity) for line in kept.lines] == [(1, Decimal(100))]
    assert kept.label is not None
