"""Lines that a buyer's change adds to an order: kept beside it until a reviewer takes them in with `N.add`."""

from __future__ import annotations

from collections.abc import Sequence

from models.domain.duplicates import is_numbered_alike, paired
from models.domain.purchase_order import PurchaseOrder, PurchaseOrderLine
from models.domain.sales_order import SalesOrder


def with_offered(order: SalesOrder, change: PurchaseOrder) -> SalesOrder:
    """The order with the change's new lines beside its own, numbered on; one that is there already stays as it is.

    An order that went on in parts takes in none: whose part a new line is nobody has said.
    """
    if change.kind != "order_change" or order.part is not None:
        return order
    stated = (*order.purchase_order.lines, *order.repeated)
    pairs, _ = paired((*stated, *order.offered), change.lines)
    number = max((line.number for line in (*stated, *order.offered)), default=0)
    found = []
    for line, known in pairs:
        if known is None and line.quantity and _is_new(line, stated):
            number += 1
            found.append(line.model_copy(update={"number": number, "is_added": True}))
    return order.model_copy(update={"offered": (*order.offered, *found)}) if found else order


def _is_new(line: PurchaseOrderLine, stated: Sequence[PurchaseOrderLine]) -> bool:
    """By the change's own word, or by a number that no line of the order bears: else it would swap a line for another."""
    return line.is_added or not any(is_numbered_alike(line, known) for known in stated)
