"""A buyer's change of goods that are being picked: less of a line, or a line left out, while nothing is packed.

All of the change is taken or none of it: who swaps one thing for another must not lose the first without getting the second.
More, other prices, other days and new lines touch stock, credit and terms, which a person weighs anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from models.domain.allocation import StockPlan
from models.domain.corrections import corrected
from models.domain.duplicates import unmet, wished_corrections
from models.domain.lifecycle import OrderStatus
from models.domain.purchase_order import PurchaseOrder
from models.domain.sales_order import SalesOrder
from models.domain.shipment import PickTask, Shipment
from models.domain.values import Value, exact

#: Who corrected an order that was changed in the warehouse.
BUYER = "buyer"
_PICKABLE = frozenset({"planned", "picking"})
_BEING_PICKED = frozenset({OrderStatus.ALLOCATED, OrderStatus.RELEASED})


class Lessening(Value):
    """What a change comes to: the corrections that say it, and the base units left of each line: zero where it goes out."""

    corrections: dict[str, str]
    base_quantities: dict[int, Decimal]


def lessening(order: SalesOrder, change: PurchaseOrder) -> Lessening | None:
    """What the change takes away, or None where it asks for anything else, for all of it, or comes when it cannot be taken."""
    now = corrected(order.asked, order.corrections)
    if change.kind != "order_change" or order.status not in _BEING_PICKED or 0 in unmet(now, change):
        return None
    if order.stock_plan is not None and order.stock_plan.is_backordered:
        return None
    corrections = wished_corrections(now, change)
    left = dict(_left(order, now, corrections or {}))
    dropped = {number for number, quantity in left.items() if not quantity}
    if not corrections or len(left) != len(corrections) or dropped >= {line.number for line in now.lines}:
        return None
    return Lessening(corrections=corrections, base_quantities=left)


def _left(order: SalesOrder, now: PurchaseOrder, corrections: Mapping[str, str]) -> Iterator[tuple[int, Decimal]]:
    """The base units left of each line that is shortened or dropped; nothing for corrections of another kind."""
    ours = {line.number: line for line in order.lines}
    asked = {line.number: line.quantity for line in now.lines}
    for key, value in corrections.items():
        number, _, field = key.partition(".")
        line = ours.get(int(number)) if number.isdigit() else None
        if line is None or not line.base_quantity or not line.ordered:
            continue
        if field == "drop":
            yield line.number, Decimal(0)
        elif field == "quantity" and 0 < exact(value) < (asked[line.number] or 0):
            share = Fraction(exact(value)) * Fraction(line.base_quantity) / Fraction(line.ordered)
            if share.denominator == 1:
                yield line.number, Decimal(share.numerator)


def lessened(shipments: Sequence[Shipment], base_quantities: Mapping[int, Decimal]) -> tuple[Shipment, ...] | None:
    """The shipments with no more of each line than is left of it; None where that would touch what is packed, empty a
    shipment, or less than that is being picked anyway."""
    left = dict(base_quantities)
    after = []
    for shipment in shipments:
        if shipment.state == "cancelled":
            after.append(shipment)
            continue
        tasks = tuple(_tasks(shipment.tasks, left))
        if tasks != shipment.tasks and (shipment.state not in _PICKABLE or not tasks):
            return None
        after.append(shipment.model_copy(update={"tasks": tasks}))
    return None if any(left.values()) else tuple(after)


def _tasks(tasks: Sequence[PickTask], left: dict[int, Decimal]) -> Iterator[PickTask]:
    for task in tasks:
        if task.line not in left:
            yield task
            continue
        taken = min(task.quantity, left[task.line])
        left[task.line] -= taken
        if taken:
            yield task if taken == task.quantity else task.model_copy(update={"quantity": taken})


def lessened_plan(plan: StockPlan | None, shipments: Sequence[Shipment]) -> StockPlan | None:
    """The plan with what the shipments take of each hold."""
    if plan is None:
        return None
    taken = {(task.line, task.part): task.quantity for shipment in shipments for task in shipment.tasks}
    kept = ((hold, taken.get((hold.line, hold.part))) for hold in plan.holds)
    return plan.model_copy(update={"holds": tuple(hold.model_copy(update={"quantity": each}) for hold, each in kept if each)})
