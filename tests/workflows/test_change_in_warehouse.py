"""A buyer's change during review, while the goods are picked, and after they left: each gets what its stage still allows."""

from __future__ import annotations

from decimal import Decimal

from models.contracts.workflow_io import PickConfirmed
from models.domain.lifecycle import OrderStatus
from tests.workflows.bench import AT_WORK, Bench, until
from tests.workflows.stated import CABLE_TIE, LEVER_CONNECTOR, fresh_number, order

pytestmark = AT_WORK


async def test_less_of_a_line_is_picked_packed_and_taken_back_in_the_erp(bench_by_hand: Bench) -> None:
    """The pick list shrinks, the stock is free for others, what is packed is what the buyer wants now, and all hear of it."""
    bench, number = bench_by_hand, fresh_number("LESS")
    goods = ((CABLE_TIE, "300"), (LEVER_CONNECTOR, "100"))
    released = await bench.opened(order(*goods, po_number=number), OrderStatus.RELEASED)
    change = order((CABLE_TIE, "100"), (LEVER_CONNECTOR, "100"), po_number=number, kind="order_change", message_id="6" * 64)
    receipt = await bench.client.request_change(released.order_id, change)
    assert receipt is not None
    assert (receipt.disposition, receipt.is_taken) == ("change_requested", True)
    assert sum(hold.quantity for hold in bench.stock.holds(released.order_id)) == Decimal(200)
    [shipment] = bench.shipments.of_order(released.order_id)
    await bench.client.confirm_picked(shipment.shipment_id, PickConfirmed(by="Ana"))
    await bench.order_at(released.order_id, OrderStatus.SHIPPED)
    [shipment] = bench.shipments.of_order(released.order_id)
    packed = {goods.sku: goods.quantity for carton in shipment.cartons for goods in carton.goods}
    assert packed == {CABLE_TIE: Decimal(100), LEVER_CONNECTOR: Decimal(100)}
    told = await until(lambda: bench.orders.load(released.order_id).changes[0].answer or None, "the change to be answered")
    assert told == "accepted"
    assert {"ChangeTaken", "SalesOrderReduced", "ChangeAnswered"} <= set(bench.events(released.order_id))


async def test_a_change_that_comes_twice_is_taken_once(bench_by_hand: Bench) -> None:
    """The second message finds that the order says so already."""
    bench, number = bench_by_hand, fresh_number("TWICE")
    released = await bench.opened(order((CABLE_TIE, "300"), po_number=number), OrderStatus.RELEASED)
    for message in ("7" * 64, "8" * 64):
        change = order((CABLE_TIE, "200"), po_number=number, kind="order_change", message_id=message)
        receipt = await bench.client.request_change(released.order_id, change)
        assert receipt is not None
        assert receipt.is_taken
    assert sum(hold.quantity for hold in bench.stock.holds(released.order_id)) == Decimal(200)
    assert bench.events(released.order_id).count("ChangeTaken") == 1


async def test_more_or_something_else_is_not_picked_without_a_person(bench_by_hand: Bench) -> None:
    """The whole change waits, its smaller half too: the goods go as they were confirmed."""
    bench, number = bench_by_hand, fresh_number("MORE")
    goods = ((CABLE_TIE, "300"), (LEVER_CONNECTOR, "100"))
    released = await bench.opened(order(*goods, po_number=number), OrderStatus.RELEASED)
    change = order((CABLE_TIE, "100"), (LEVER_CONNECTOR, "200"), po_number=number, kind="order_change", message_id="9" * 64)
    receipt = await bench.client.request_change(released.order_id, change)
    assert receipt is not None
    assert not receipt.is_taken
    assert sum(hold.quantity for hold in bench.stock.holds(released.order_id)) == Decimal(400)


async def test_a_change_after_shipping_touches_nothing(bench: Bench) -> None:
    """What has left can only come back."""
    number = fresh_number("GONE")
    closed = await bench.opened(order((CABLE_TIE, "300"), po_number=number), OrderStatus.CLOSED)
    [before] = bench.shipments.of_order(closed.order_id)
    change = order((CABLE_TIE, "100"), po_number=number, kind="order_change", message_id="a1" * 32)
    receipt = await bench.client.request_change(closed.order_id, change)
    assert receipt is None or not receipt.is_taken
    assert bench.shipments.of_order(closed.order_id) == [before]
