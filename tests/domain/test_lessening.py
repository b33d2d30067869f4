"""What a change takes away from goods that are being picked, and when it may."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.identifiers import OrderId, Sku
from models.domain.lessening import lessened, lessening
from models.domain.lifecycle import OrderStatus
from models.domain.purchase_order import PurchaseOrder
from models.domain.shipment import PickTask, Shipment, ShipmentState
from tests.domain.made import address, line, order_line, purchase_order, sales_order

TWO = (line(1), line(2, seller_part_number="WX-2", gtin=None, buyer_part_number="B2", description="Washer"))
ORDER = sales_order(order_line(1), order_line(2), status=OrderStatus.RELEASED, purchase_order=purchase_order(*TWO))


def change(kind: str = "order_change", **parts: Any) -> PurchaseOrder:
    """A change of the second line alone."""
    wanted = TWO[1].model_copy(update=parts)
    return purchase_order(*TWO).model_copy(update={"kind": kind, "lines": (wanted,), "requested_date": None, "ship_to": None})


def shipment(*quantities: str, number: int = 1, state: ShipmentState = "picking") -> Shipment:
    tasks = tuple(
        PickTask(sequence=at, line=at, part=number, sku=Sku(f"S-{at}"), description="", bin="A-1", quantity=Decimal(quantity))
        for at, quantity in enumerate(quantities, 1)
    )
    return Shipment(
        shipment_id=f"s{number}", order_id=OrderId("order:1:2"), warehouse="W", ship_to=address(), state=state, tasks=tasks
    )


def test_less_of_a_line_is_known_in_base_units() -> None:
    """By the factor between what was ordered and what is picked."""
    half = (TWO[1].quantity or Decimal(0)) / 2
    found = lessening(ORDER, change(quantity=half))
    assert found is not None
    assert found.base_quantities == {2: (ORDER.lines[1].base_quantity or Decimal(0)) / 2}


@pytest.mark.parametrize(
    "asked",
    [
        change(quantity=Decimal(10**6)),
        change(unit_price=Decimal("0.01"), quantity=Decimal(1)),
        change(kind="order_cancellation"),
        change(buyer_part_number="N-9", seller_part_number="N-9", description="Something else"),
    ],
)
def test_what_is_more_than_less_waits_for_a_person(asked: PurchaseOrder) -> None:
    """More, another price beside less, a cancellation, a new line."""
    assert lessening(ORDER, asked) is None


@pytest.mark.parametrize("status", [OrderStatus.NEEDS_REVIEW, OrderStatus.BACKORDERED, OrderStatus.SHIPPED, OrderStatus.CLOSED])
def test_a_change_at_another_stage_is_not_for_the_warehouse(status: OrderStatus) -> None:
    """Before, a person decides; afterwards it can only come back."""
    assert lessening(ORDER.model_copy(update={"status": status}), change(quantity=Decimal(1))) is None


def test_packed_goods_are_not_touched() -> None:
    """Neither is a shipment emptied, nor is anything taken of which less goes anyway."""
    assert lessened([shipment("5", "5", state="packed")], {2: Decimal(1)}) is None
    assert lessened([shipment("5")], {1: Decimal(0)}) is None
    assert lessened([shipment("5", "5")], {2: Decimal(9)}) is None


@given(st.lists(st.integers(1, 50), min_size=1, max_size=4), st.data())
def test_what_is_left_is_what_is_picked(parts: list[int], data: st.DataObject) -> None:
    """Over all shipments, no task grows, and doing it again changes nothing."""
    shipments = [shipment("3", str(quantity), number=at) for at, quantity in enumerate(parts, 1)]
    left = Decimal(data.draw(st.integers(0, sum(parts))))
    after = lessened(shipments, {2: left})
    assert after is not None
    assert sum(task.quantity for one in after for task in one.tasks if task.line == 2) == left
    assert sum(task.quantity for one in after for task in one.tasks if task.line == 1) == 3 * len(parts)
    assert lessened(after, {2: left}) == after
