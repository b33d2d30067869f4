"""What a mail that is no order speaks of: which of the sender's orders, and which goods of a return."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from models.domain.returns import ReturnLine
from models.domain.sales_order import SalesOrder, SalesOrderLine


def orders_named(text: str, orders: Sequence[SalesOrder]) -> tuple[SalesOrder, ...]:
    """The orders whose PO number or sales-order number stands in `text` as a word of its own, in the order given."""
    return tuple(order for order in orders if any(_stands(number, text) for number in _numbers(order)))


def lines_named(text: str, order: SalesOrder) -> tuple[ReturnLine, ...]:
    """The lines of `order` whose part numbers stand in `text`, each with the number that stands before it.

    Without a number before it the whole line is meant; without any part number the whole order is (an empty result).
    """
    named = []
    for line in order.lines:
        place = _place(line, text)
        if place is None or line.sku is None or not line.base_quantity:
            continue
        quantity = _quantity_before(text[:place], line)
        named.append(ReturnLine(line=line.number, sku=line.sku, quantity=quantity, reason=""))
    return tuple(named)


def part_meant(text: str, named: Sequence[SalesOrder], shipped: Sequence[SalesOrder]) -> Sequence[SalesOrder]:
    """Of the parts of one purchase order the one whose goods `text` names, else the only one that has `shipped`; orders
    that are no parts of one, and parts that stay equally likely, as they are."""
    if len({order.order_id.whole for order in named}) != 1 or len(named) == 1:
        return named
    by_goods = [order for order in named if lines_named(text, order)]
    return next((found for found in (by_goods, shipped) if len(found) == 1), named)


def _numbers(order: SalesOrder) -> tuple[str, ...]:
    return tuple(number for number in (order.purchase_order.po_number, order.number) if number and len(number) >= 3)


def _stands(number: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(number)}(?![\w-])", text, re.IGNORECASE) is not None


def _place(line: SalesOrderLine, text: str) -> int | None:
    for number in (line.sku, line.buyer_part_number):
        found = re.search(rf"(?<![\w-]){re.escape(number)}(?![\w-])", text, re.IGNORECASE) if number else None
        if found:
            return found.start()
    return None


def _quantity_before(before: str, line: SalesOrderLine) -> Decimal:
    """The last whole number within forty characters before the part number, in ordered units; at most what was ordered."""
    assert line.base_quantity is not None, "asked only for lines with a quantity"
    sentence = re.split(r"[.;\n]", before[-40:])[-1]
    counts = re.findall(r"(?<![\w.,-])(\d{1,6})(?![\w.,-])", sentence)
    if not counts or not line.ordered:
        return line.base_quantity
    return min(Decimal(counts[-1]) * line.base_quantity / line.ordered, line.base_quantity)
