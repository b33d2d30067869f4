"""What a change takes away from goods that are being picked, and when it may."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.allocation import Hold, StockPlan
from models.domain.identifiers import OrderId, Sku
from models.domain.lessening import lessened, lessened_plan, lessening
from models.domain.lifecycle import OrderStatus
from models.domain.party import StatedParty
from models.domain.purchase_order import PurchaseOrder
from models.domain.shipment import PickTask, Shipment, ShipmentState
from tests.domain.made import TODAY, address, line, order_line, purchase_order, sales_order

TWO = (line(1), line(2, seller_part_number="WX-2", gtin=None, buyer_part_number="B2", description="Washer"))
ORDER = sales_order(order_line(1), order_line(2), status=OrderStatus.RELEASED, purchase_order=purchase_order(*TWO))
TO_WERK_2 = ORDER.model_copy(
    update={"purchase_order": purchase_order(*TWO, ship_to=StatedParty(street="Altenaer Landstraße 112", city="Nachrodt"))}
)


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
        change(unit_price=Decimal("0.01")),
        change(kind="order_cancellation", quantity=Decimal(1)),
        change(quantity=Decimal(1)).model_copy(update={"ship_to": StatedParty(street="Hafenkai 40", city="Hamburg")}),
        change().model_copy(update={"lines": tuple(one.model_copy(update={"quantity": Decimal(0)}) for one in TWO)}),
        change(),
        change(buyer_part_number="N-9", seller_part_number="N-9", description="Something else"),
    ],
)
def test_what_is_more_than_less_waits_for_a_person(asked: PurchaseOrder) -> None:
    """More, another price beside less, a cancellation, another place, nothing at all left, nothing less, a new line."""
    assert lessening(TO_WERK_2, asked) is None


def test_every_line_may_be_shortened() -> None:
    """Only where nothing at all is left a person decides."""
    less = tuple(one.model_copy(update={"quantity": Decimal(100)}) for one in TWO)
    found = lessening(ORDER, change().model_copy(update={"lines": less}))
    assert found is not None
    assert found.base_quantities == {1: Decimal(100), 2: Decimal(100)}


def test_all_of_a_change_is_taken_or_none_of_it() -> None:
    """Of one line less can be left, of the other less goes anyway."""
    assert lessened([shipment("5", "5")], {1: Decimal(1), 2: Decimal(9)}) is None


def test_a_line_that_is_left_out_leaves_nothing_of_it() -> None:
    """The other stays."""
    found = lessening(ORDER, change(quantity=Decimal(0)))
    assert found is not None
    assert (found.corrections, found.base_quantities) == ({"2.drop": "yes"}, {2: Decimal(0)})


def test_what_comes_to_no_whole_number_of_what_is_picked_waits_for_a_person() -> None:
    """A third of 400 pieces."""
    odd = ORDER.model_copy(update={"lines": (order_line(1), order_line(2, ordered=Decimal(3)))})
    assert lessening(odd, change(quantity=Decimal(1))) is None


def test_goods_that_are_still_awaited_are_not_lessened_in_the_warehouse() -> None:
    """What is on its way for the order is not there to be left lying; an order whose goods are all held is lessened."""
    hold = Hold(line=2, part=1, sku=Sku("S-2"), warehouse="W", quantity=Decimal(400), available_on=TODAY)
    for inbound, is_taken in ((None, True), ("PO-7", False)):
        plan = StockPlan(holds=(hold.model_copy(update={"inbound_reference": inbound}),))
        found = lessening(ORDER.model_copy(update={"stock_plan": plan}), change(quantity=Decimal(200)))
        assert (found is not None) is is_taken


def test_a_packed_shipment_stays_as_it_is_where_less_of_other_goods_is_picked() -> None:
    """And one that was cancelled brings nothing that could be left."""
    packed, picked = shipment("5", state="packed"), shipment("5", "5", number=2)
    gone = shipment("5", "5", number=3, state="cancelled")
    after = lessened([gone, packed, picked], {2: Decimal(1)})
    assert after is not None
    assert after[:2] == (gone, packed)
    assert [task.quantity for task in after[2].tasks] == [Decimal(5), Decimal(1)]


def test_the_plan_holds_no_more_than_is_picked() -> None:
    """What was left out is held no longer, for others to have."""
    holds = tuple(
        Hold(line=number, part=1, sku=Sku(f"S-{number}"), warehouse="W", quantity=Decimal(5), available_on=TODAY)
        for number in (1, 2, 3)
    )
    plan = lessened_plan(StockPlan(holds=holds), [shipment("5", "2")])
    assert plan is not None
    assert [(hold.line, hold.quantity) for hold in plan.holds] == [(1, Decimal(5)), (2, Decimal(2))]
    assert lessened_plan(None, []) is None


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
