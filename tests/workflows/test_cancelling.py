"""An order whose workflow an operator cancels: what has not left stays, what has left is delivered."""

from __future__ import annotations

from decimal import Decimal

from models.domain.identifiers import OrderId
from models.domain.lifecycle import OrderStatus
from models.domain.sales_order import SalesOrder
from tests.fakes.erps import ErpThatIsAway
from tests.workflows.bench import AT_WORK, Bench, id_of, until
from tests.workflows.company import Companies
from tests.workflows.stated import CABLE_TIE, EXPECTED, SENDER, order

pytestmark = AT_WORK


async def cancel(bench: Bench, order_id: str) -> SalesOrder:
    """Cancel the order's workflow and give the order as it ended."""
    await bench.client.temporal.get_workflow_handle(order_id).cancel()
    result = await bench.result(order_id)
    ended = bench.orders.load(OrderId(order_id))
    assert result["status"] == ended.status.value
    return ended


async def test_an_order_cancelled_in_review_ends_cancelled(bench: Bench) -> None:
    """It held nothing, so nothing is left behind."""
    waiting = await bench.opened(order(("NO-SUCH-ITEM", "5")), OrderStatus.NEEDS_REVIEW)
    ended = await cancel(bench, waiting.order_id)
    assert ended.status is OrderStatus.CANCELLED
    assert "OrderCancelled" in bench.events(waiting.order_id)
    assert "SalesOrderReduced" not in bench.events(waiting.order_id)


async def test_an_order_cancelled_before_its_goods_left_gives_its_stock_back(bench_by_hand: Bench) -> None:
    """The shipment is cancelled with it, and nobody is told of goods that never left; the ERP and the buyer hear of it."""
    bench = bench_by_hand
    released = await bench.opened(order((CABLE_TIE, "300")), OrderStatus.RELEASED)
    assert sum(hold.quantity for hold in bench.stock.holds(released.order_id)) == Decimal(300)
    ended = await cancel(bench, released.order_id)
    [shipment] = bench.shipments.of_order(ended.order_id)
    assert (ended.status, shipment.state) == (OrderStatus.CANCELLED, "cancelled")
    assert list(bench.stock.holds(ended.order_id)) == []
    assert "ShipNoticeSent" not in bench.events(ended.order_id)
    assert bench.events(ended.order_id)[-2:] == ["SalesOrderReduced", "CancellationTold"]
    [told] = [message for message in bench.outbox.of_subject(ended.order_id) if message.kind == "cancellation"]
    assert "entfällt" in told.text


async def test_an_order_cancelled_while_its_parcels_travel_is_delivered_and_closed(companies: Companies) -> None:
    """Goods on the road cannot be called back; the buyer gets them and the notice of them, and nothing is taken back."""
    bench = await companies.open(carrier_seconds_per_day=2)
    shipped = await bench.opened(order(), OrderStatus.SHIPPED)
    ended = await cancel(bench, shipped.order_id)
    [shipment] = bench.shipments.of_order(ended.order_id)
    assert (ended.status, shipment.state) == (OrderStatus.CLOSED, "delivered")
    assert "ShipNoticeSent" in bench.events(ended.order_id)
    assert bench.mailbox.to(SENDER)
    assert "CancellationTold" not in bench.events(ended.order_id)


async def test_a_backordered_order_that_is_cancelled_gives_up_what_is_missing(bench: Bench) -> None:
    """What was delivered closes the order; the holds on the expected delivery are free again."""
    waiting = await bench.opened(order((CABLE_TIE, "100"), (EXPECTED, "4")), OrderStatus.BACKORDERED)
    assert any(hold.inbound_reference for hold in bench.stock.holds(waiting.order_id))
    ended = await cancel(bench, waiting.order_id)
    assert ended.status is OrderStatus.CLOSED
    assert list(bench.stock.holds(ended.order_id)) == []


async def test_an_order_cancelled_while_the_erp_is_away_gives_its_stock_back(companies: Companies) -> None:
    """The cancellation meets an activity that would go on trying for hours; what the ERP may have, it is told to drop later."""
    erp = ErpThatIsAway()
    bench = await companies.open(erp=erp)
    submission = order()
    order_id = (await bench.submit(id_of(submission), submission)).order_id
    await until(lambda: erp.asked or None, "the ERP to be asked")
    await bench.client.temporal.get_workflow_handle(order_id).cancel()
    ended = await bench.order_at(order_id, OrderStatus.CANCELLED)
    assert list(bench.stock.holds(ended.order_id)) == []
    erp.is_back = True
    assert (await bench.result(order_id))["status"] == OrderStatus.CANCELLED.value
