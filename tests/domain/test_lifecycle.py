"""Which states an order may come to, and what a buyer's change can still do in each."""

from __future__ import annotations

from itertools import product

import pytest

from models.domain.lifecycle import OrderStatus, may_move

ENDED = (OrderStatus.CLOSED, OrderStatus.REJECTED, OrderStatus.CANCELLED)
UNDECIDED = (OrderStatus.RECEIVED, OrderStatus.NEEDS_REVIEW, OrderStatus.ON_HOLD)
GONE = (OrderStatus.SHIPPED, OrderStatus.DELIVERED)
MOVING = (OrderStatus.RELEASED, OrderStatus.BACKORDERED, *GONE)


def test_every_state_may_be_recorded_again() -> None:
    """Steps repeat after a crash."""
    assert all(may_move(status, status) for status in OrderStatus)


def test_an_order_that_ended_comes_to_nothing_else() -> None:
    """Neither closed, nor rejected, nor cancelled."""
    assert not any(may_move(now, then) for now, then in product(ENDED, OrderStatus) if now != then)
    assert [status for status in OrderStatus if status.is_final] == list(ENDED)


def test_nothing_ships_that_was_not_accepted() -> None:
    """Before it is accepted an order can only be looked at, accepted, rejected or cancelled."""
    may = {OrderStatus.NEEDS_REVIEW, OrderStatus.ON_HOLD, OrderStatus.ACCEPTED, OrderStatus.REJECTED, OrderStatus.CANCELLED}
    for now in UNDECIDED:
        assert {then for then in OrderStatus if may_move(now, then)} - {now} == may - {now}


def test_what_has_left_is_neither_cancelled_nor_rejected() -> None:
    """It is closed, or comes back as a return; what is accepted may still be put back to a person, and no later state."""
    assert not any(may_move(now, then) for now in GONE for then in (OrderStatus.CANCELLED, OrderStatus.REJECTED))
    assert [now for now in (OrderStatus.ACCEPTED, OrderStatus.ALLOCATED, *MOVING) if may_move(now, OrderStatus.NEEDS_REVIEW)] == [
        OrderStatus.ACCEPTED
    ]


def test_an_order_in_fulfilment_goes_on_and_can_end() -> None:
    """In any sequence, as parts of it ship, wait and arrive; one that only has its stock cannot be closed yet."""
    assert all(may_move(now, then) for now in (OrderStatus.ACCEPTED, OrderStatus.ALLOCATED, *MOVING) for then in MOVING)
    assert all(may_move(now, OrderStatus.CLOSED) for now in (OrderStatus.ACCEPTED, *MOVING))
    assert not may_move(OrderStatus.ALLOCATED, OrderStatus.CLOSED)
    cancellable = (OrderStatus.ACCEPTED, OrderStatus.ALLOCATED, OrderStatus.RELEASED, OrderStatus.BACKORDERED)
    assert all(may_move(now, OrderStatus.CANCELLED) for now in cancellable)


@pytest.mark.parametrize(
    ("stage", "states"),
    [
        ("open", (*UNDECIDED, OrderStatus.ACCEPTED)),
        ("in_warehouse", (OrderStatus.ALLOCATED, OrderStatus.RELEASED, OrderStatus.BACKORDERED)),
        ("left", (*GONE, OrderStatus.CLOSED)),
        ("ended", (OrderStatus.REJECTED, OrderStatus.CANCELLED)),
    ],
)
def test_a_change_is_told_how_far_its_order_is(stage: str, states: tuple[OrderStatus, ...]) -> None:
    """Open, in the warehouse, gone, or ended without goods."""
    assert {status for status in OrderStatus if status.change_stage == stage} == set(states)
