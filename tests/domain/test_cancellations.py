"""What of an order never comes, and what its buyer reads of it."""

from __future__ import annotations

from decimal import Decimal

from models.domain.acknowledgements import acknowledgement_of
from models.domain.cancellations import cancellation_of, digest_of, undelivered
from models.domain.identifiers import Sku
from models.domain.lifecycle import OrderStatus
from models.domain.sales_order import SalesOrder
from models.domain.shipment import PickTask, Shipment, ShipmentState
from models.domain.values import UnitCode
from tests.domain.made import NOW, address, company, order_line, sales_order

ORDER = sales_order(status=OrderStatus.BACKORDERED)


def shipment(quantity: str, state: ShipmentState = "delivered", order: SalesOrder = ORDER) -> Shipment:
    task = PickTask(sequence=1, line=1, part=1, sku=Sku("HX-M8-40"), description="", bin="A", quantity=Decimal(quantity))
    return Shipment(
        shipment_id="shipment:1", order_id=order.order_id, warehouse="WUP", ship_to=address(), state=state, tasks=(task,)
    )


def test_what_no_shipment_brings_is_undelivered() -> None:
    """Shipments that were cancelled bring nothing."""
    assert undelivered(ORDER, []) == {1: Decimal(400)}
    assert undelivered(ORDER, [shipment("150"), shipment("250", "cancelled")]) == {1: Decimal(250)}


def test_what_comes_whole_is_not_undelivered() -> None:
    """From however many shipments."""
    assert undelivered(ORDER, [shipment("150"), shipment("250")]) == {}


def test_a_cancellation_that_goes_further_is_another_one() -> None:
    """The same again is the same, in whatever order the lines stand."""
    first = digest_of({1: Decimal(250), 2: Decimal("4.0")})
    assert first == digest_of({2: Decimal(4), 1: Decimal(250)})
    assert first != digest_of({1: Decimal(400), 2: Decimal(4)})


def test_a_line_of_which_nothing_comes_is_rejected() -> None:
    """With the reason that a person gave."""
    answer = cancellation_of(ORDER, {1: Decimal(400)}, company(), NOW, why="the mill burnt down")
    assert (answer.kind, answer.note, [line.status for line in answer.lines]) == ("rejected", "the mill burnt down", ["rejected"])


def test_a_line_that_comes_in_part_says_how_much_of_it() -> None:
    """In the unit that the buyer ordered in."""
    answer = cancellation_of(ORDER, {1: Decimal(250)}, company(), NOW)
    [line] = answer.lines
    assert (answer.kind, line.status) == ("accepted_with_changes", "changed")
    assert [promised.quantity.amount for promised in line.promised] == [Decimal(150)]


def test_of_two_lines_the_one_that_came_whole_is_accepted_as_it_came() -> None:
    """And the answer is no refusal of the order."""
    order = sales_order(order_line(1), order_line(2), status=OrderStatus.BACKORDERED)
    answer = cancellation_of(order, {2: Decimal(400)}, company(), NOW)
    assert (answer.kind, [line.status for line in answer.lines]) == ("accepted_with_changes", ["accepted", "rejected"])
    assert [promised.quantity.amount for promised in answer.lines[0].promised] == [Decimal(400)]


def test_what_comes_of_boxes_is_told_in_boxes() -> None:
    """One of two boxes of 200; a line without a unit is told in pieces, its base unit."""
    for unit, ordered, told in (("BX", 2, (Decimal(1), "BX")), (None, 400, (Decimal(200), "C62"))):
        boxed = order_line(ordered=Decimal(ordered), unit=unit and UnitCode(unit))
        [line] = cancellation_of(sales_order(boxed), {1: Decimal(200)}, company(), NOW).lines
        assert [(promised.quantity.amount, promised.quantity.unit) for promised in line.promised] == [told]


def test_a_line_that_meant_nothing_we_sell_is_answered_as_before() -> None:
    """No quantity of it was ever promised, and none is called undelivered."""
    order = sales_order(order_line(1), order_line(2, base_quantity=None), status=OrderStatus.BACKORDERED)
    assert undelivered(order, []) == {1: Decimal(400)}
    before = acknowledgement_of(order, company(), NOW).lines[1]
    assert cancellation_of(order, {1: Decimal(400)}, company(), NOW).lines[1] == before
