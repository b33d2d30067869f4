"""The life of an order: its states and the moves between them that make sense."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

ChangeStage = Literal["open", "in_warehouse", "left", "ended"]


class OrderStatus(StrEnum):
    """The values of the search attribute OrderStatus."""

    RECEIVED = "Received"
    NEEDS_REVIEW = "NeedsReview"
    ON_HOLD = "OnHold"
    ACCEPTED = "Accepted"
    ALLOCATED = "Allocated"
    RELEASED = "Released"
    BACKORDERED = "Backordered"
    SHIPPED = "Shipped"
    DELIVERED = "Delivered"
    CLOSED = "Closed"
    REJECTED = "Rejected"
    CANCELLED = "Cancelled"

    @property
    def is_final(self) -> bool:
        return self in {OrderStatus.CLOSED, OrderStatus.REJECTED, OrderStatus.CANCELLED}

    @property
    def waits_for_person(self) -> bool:
        return self in {OrderStatus.NEEDS_REVIEW, OrderStatus.ON_HOLD}

    @property
    def change_stage(self) -> ChangeStage:
        """What a buyer's change can still come to. While an order is open a person may change it; in the warehouse goods can
        perhaps be stopped; what has left can only come back; what ended without goods leaves nothing to change."""
        if self in {OrderStatus.REJECTED, OrderStatus.CANCELLED}:
            return "ended"
        if self in {OrderStatus.SHIPPED, OrderStatus.DELIVERED, OrderStatus.CLOSED}:
            return "left"
        return "in_warehouse" if self in {OrderStatus.ALLOCATED, OrderStatus.RELEASED, OrderStatus.BACKORDERED} else "open"


_BEFORE_ACCEPTANCE = frozenset({OrderStatus.NEEDS_REVIEW, OrderStatus.ON_HOLD, OrderStatus.ACCEPTED, OrderStatus.REJECTED})
_IN_FULFILMENT = frozenset({OrderStatus.RELEASED, OrderStatus.BACKORDERED, OrderStatus.SHIPPED, OrderStatus.DELIVERED})

_MOVES: dict[OrderStatus, frozenset[OrderStatus]] = {
    OrderStatus.RECEIVED: _BEFORE_ACCEPTANCE | {OrderStatus.CANCELLED},
    OrderStatus.NEEDS_REVIEW: _BEFORE_ACCEPTANCE | {OrderStatus.CANCELLED},
    OrderStatus.ON_HOLD: _BEFORE_ACCEPTANCE | {OrderStatus.CANCELLED},
    # What the ERP refuses after acceptance comes back to a person.
    # A blanket order is closed when it is agreed.
    OrderStatus.ACCEPTED: _IN_FULFILMENT
    | {OrderStatus.ALLOCATED, OrderStatus.NEEDS_REVIEW, OrderStatus.CANCELLED, OrderStatus.CLOSED},
    OrderStatus.ALLOCATED: _IN_FULFILMENT | {OrderStatus.CANCELLED},
    OrderStatus.RELEASED: _IN_FULFILMENT | {OrderStatus.CANCELLED, OrderStatus.CLOSED},
    OrderStatus.BACKORDERED: _IN_FULFILMENT | {OrderStatus.CANCELLED, OrderStatus.CLOSED},
    OrderStatus.SHIPPED: _IN_FULFILMENT | {OrderStatus.CLOSED},
    OrderStatus.DELIVERED: _IN_FULFILMENT | {OrderStatus.CLOSED},
    OrderStatus.CLOSED: frozenset(),
    OrderStatus.REJECTED: frozenset(),
    OrderStatus.CANCELLED: frozenset(),
}


def may_move(now: OrderStatus, then: OrderStatus) -> bool:
    """Whether an order in `now` may come to `then`. Staying is always allowed: steps repeat after a crash."""
    return now == then or then in _MOVES[now]
