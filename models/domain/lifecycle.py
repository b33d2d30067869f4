"""The life of an order: its states and the moves between them that make sense."""

from __future__ import annotations

from enum import StrEnum


class OrderStatus(StrEnum):
    """The values of the search attribute OrderStatus."""

    RECEIVED = "Received"
    CHECKED = "Checked"
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


_MOVES: dict[OrderStatus, frozenset[OrderStatus]] = {
    OrderStatus.RECEIVED: frozenset({OrderStatus.CHECKED, OrderStatus.REJECTED}),
    OrderStatus.CHECKED: frozenset({OrderStatus.NEEDS_REVIEW, OrderStatus.ACCEPTED, OrderStatus.REJECTED}),
    OrderStatus.NEEDS_REVIEW: frozenset(
        {OrderStatus.CHECKED, OrderStatus.ON_HOLD, OrderStatus.ACCEPTED, OrderStatus.REJECTED, OrderStatus.CANCELLED}
    ),
    OrderStatus.ON_HOLD: frozenset(
        {OrderStatus.CHECKED, OrderStatus.NEEDS_REVIEW, OrderStatus.ACCEPTED, OrderStatus.REJECTED, OrderStatus.CANCELLED}
    ),
    OrderStatus.ACCEPTED: frozenset({OrderStatus.ALLOCATED, OrderStatus.BACKORDERED, OrderStatus.CANCELLED}),
    OrderStatus.ALLOCATED: frozenset({OrderStatus.RELEASED, OrderStatus.CANCELLED}),
    OrderStatus.RELEASED: frozenset({OrderStatus.SHIPPED, OrderStatus.BACKORDERED}),
    OrderStatus.BACKORDERED: frozenset({OrderStatus.RELEASED, OrderStatus.SHIPPED, OrderStatus.CANCELLED, OrderStatus.CLOSED}),
    OrderStatus.SHIPPED: frozenset({OrderStatus.DELIVERED, OrderStatus.BACKORDERED}),
    OrderStatus.DELIVERED: frozenset({OrderStatus.CLOSED, OrderStatus.BACKORDERED}),
    OrderStatus.CLOSED: frozenset(),
    OrderStatus.REJECTED: frozenset(),
    OrderStatus.CANCELLED: frozenset(),
}


def may_move(now: OrderStatus, then: OrderStatus) -> bool:
    """Whether an order in `now` may come to `then`. Staying is always allowed: steps repeat after a crash."""
    return now == then or then in _MOVES[now]
