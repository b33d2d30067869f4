"""How far an order is, from its shipments and whether goods are missing."""

from __future__ import annotations

from collections.abc import Sequence

from models.domain.lifecycle import OrderStatus
from models.domain.shipment import Shipment

_LEFT = frozenset({"dispatched", "in_transit", "delivered"})
_RELEASED = frozenset({"picking", "packed", "booked"}) | _LEFT


def progress_of(now: OrderStatus, shipments: Sequence[Shipment], *, is_waiting: bool) -> OrderStatus:
    """The status that an accepted order has come to; other orders keep theirs.

    `is_waiting`: goods are missing. Once all that could go is delivered, that makes it backordered; before, the slowest
    shipment counts.
    """
    if now.is_final or now.waits_for_person or now is OrderStatus.RECEIVED:
        return now
    live = [shipment.state for shipment in shipments if shipment.state != "cancelled"]
    if all(state == "delivered" for state in live):
        if is_waiting or not live:
            return OrderStatus.BACKORDERED if is_waiting else _not_before(now, OrderStatus.ALLOCATED)
        return OrderStatus.DELIVERED
    if all(state in _LEFT for state in live):
        return OrderStatus.SHIPPED
    return OrderStatus.RELEASED if any(state in _RELEASED for state in live) else _not_before(now, OrderStatus.ALLOCATED)


def _not_before(now: OrderStatus, least: OrderStatus) -> OrderStatus:
    return least if now is OrderStatus.ACCEPTED else now
