"""Amounts of lines with the tax in them: of no use to an order, whose lines are priced without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from models.contracts.extraction_v1 import OrderLineV1, StatedValue

_NETS = ("total_net", "subtotal", "total")
#: Rates of tax on sales that there are, and how far rounding to cents may move one.
_LEAST, _MOST, _ROUNDED = Decimal("1.019"), Decimal("1.271"), Decimal("0.011")
_FEWEST = 2


def without_gross_amounts(lines: Sequence[OrderLineV1], foot: Mapping[str, StatedValue]) -> tuple[OrderLineV1, ...]:
    """The lines; without their amounts where each is what the line multiplies out to with one and the same tax on it, and the
    sum without tax stands in the `foot`."""
    nets = [_net(line) for line in lines]
    if len(lines) < _FEWEST or any(net is None or line.line_total is None for net, line in zip(nets, lines, strict=True)):
        return tuple(lines)
    pairs = [(net, Decimal(line.line_total.value)) for net, line in zip(nets, lines, strict=True) if net and line.line_total]
    whole = sum((net for net, _ in pairs), Decimal(0))
    rate = sum((gross for _, gross in pairs), Decimal(0)) / whole if whole else Decimal(0)
    is_taxed = _LEAST < rate < _MOST and all(abs(gross - net * rate) <= _ROUNDED for net, gross in pairs)
    if not is_taxed or not any(Decimal(foot[name].value) == whole for name in _NETS if name in foot):
        return tuple(lines)
    return tuple(line.model_copy(update={"line_total": None}) for line in lines)


def _net(line: OrderLineV1) -> Decimal | None:
    """Quantity times price, None where either is missing or the price is for more than one or less a discount."""
    if line.quantity is None or line.unit_price is None or line.price_basis_quantity or line.discount_percent:
        return None
    return Decimal(line.quantity.value) * Decimal(line.unit_price.value)
