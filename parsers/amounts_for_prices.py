"""Amounts of lines that stand under a head such as "Price", as shops print them: told by the total that they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from models.contracts.extraction_v1 import OrderLineV1, PurchaseOrderV1

_CERTAINTY = 0.9


def with_amounts_for_prices(order: PurchaseOrderV1) -> PurchaseOrderV1:
    """The order with its prices as line totals, where they add up to the stated net total as they stand, and times their
    quantities do not. What one piece costs is then not stated."""
    net = order.total_net
    lines = order.lines
    if net is None or not lines or any(not _is_priced_alone(line) for line in lines):
        return order
    total = Decimal(net.value)
    if _sum(lines) != total or all(Decimal(line.quantity.value) == 1 for line in lines if line.quantity):
        return order
    return order.model_copy(update={"lines": tuple(_with_amount(line) for line in lines)})


def _is_priced_alone(line: OrderLineV1) -> bool:
    return line.quantity is not None and line.unit_price is not None and line.line_total is None


def _sum(lines: Sequence[OrderLineV1]) -> Decimal:
    return sum((Decimal(line.unit_price.value) for line in lines if line.unit_price), Decimal(0))


def _with_amount(line: OrderLineV1) -> OrderLineV1:
    amount = line.unit_price and line.unit_price.model_copy(update={"confidence": _CERTAINTY})
    return line.model_copy(update={"unit_price": None, "price_basis_quantity": None, "line_total": amount})
