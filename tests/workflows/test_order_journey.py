"""The whole journey of orders, in a company at work."""

from __future__ import annotations

from models.domain.lifecycle import OrderStatus
from tests.workflows.bench import AT_WORK, INBOX, Bench

pytestmark = AT_WORK

EDI = (INBOX / "13-hansewerk-orders-d96a.edi").read_bytes()


async def test_an_electronic_order_is_shipped_untouched(bench: Bench) -> None:
    """ORDERS in, everything proven: accepted, acknowledged, picked, packed, booked, delivered, closed."""
    message = await bench.concluded(await bench.take_in(EDI, "orders.edi", sender="edi@hansewerk.example"))
    assert message.outcome == "orders_opened"
    order = await bench.order_at(message.order_ids[0], OrderStatus.CLOSED, OrderStatus.NEEDS_REVIEW)
    assert (order.status, [finding.message for finding in order.open_findings]) == (OrderStatus.CLOSED, [])
