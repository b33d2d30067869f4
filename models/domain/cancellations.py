"""What of an order will never be delivered, and how the buyer is told."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from models.domain.acknowledgement import AcknowledgedLine, OrderAcknowledgement, PromisedDelivery
from models.domain.acknowledgements import acknowledgement_of
from models.domain.party import Company
from models.domain.sales_order import SalesOrder, SalesOrderLine
from models.domain.shipment import Shipment
from models.domain.units import as_decimal
from models.domain.values import PIECE, Quantity


def undelivered(order: SalesOrder, shipments: Sequence[Shipment]) -> dict[int, Decimal]:
    """Per line number the quantity in base units that no shipment brings; lines that come whole are left out."""
    brought: dict[int, Decimal] = {}
    for shipment in shipments:
        if shipment.state != "cancelled":
            for task in shipment.tasks:
                brought[task.line] = brought.get(task.line, Decimal(0)) + task.quantity
    left = {line.number: (line.base_quantity or Decimal(0)) - brought.get(line.number, Decimal(0)) for line in order.lines}
    return {number: quantity for number, quantity in left.items() if quantity > 0}


def digest_of(left: Mapping[int, Decimal]) -> str:
    """Tells one cancellation of an order from a later one that goes further; the same again is the same."""
    content = ";".join(f"{number}={quantity.normalize():f}" for number, quantity in sorted(left.items()))
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def cancellation_of(
    order: SalesOrder, left: Mapping[int, Decimal], company: Company, at: datetime, *, why: str = "", language: str = "en"
) -> OrderAcknowledgement:
    """Our answer once the rest of an order is cancelled: lines rejected, lines shortened to what came, lines as they were.

    `left` is what `undelivered` found; `why` is said to the buyer.
    """
    answer = acknowledgement_of(order, company, at, language=language)
    ours = {line.number: line for line in order.lines}
    lines = tuple(_line(line, ours.get(line.number), left.get(line.number)) for line in answer.lines)
    kind = "rejected" if all(line.status == "rejected" for line in lines) else "accepted_with_changes"
    return answer.model_copy(update={"lines": lines, "kind": kind, "total_net": None, "note": why})


def _line(answered: AcknowledgedLine, line: SalesOrderLine | None, left: Decimal | None) -> AcknowledgedLine:
    if line is None or line.base_quantity is None or line.ordered is None:
        return answered
    kept = line.base_quantity - (left or Decimal(0))
    if kept <= 0:
        return answered.model_copy(update={"status": "rejected", "promised": (), "reason": ""})
    amount = as_decimal(Fraction(kept) / Fraction(line.base_quantity) * Fraction(line.ordered))
    delivered = PromisedDelivery(quantity=Quantity(amount=amount, unit=line.unit or line.base_unit or PIECE))
    status = "changed" if left else "accepted"
    return answered.model_copy(update={"status": status, "promised": (delivered,), "reason": ""})
