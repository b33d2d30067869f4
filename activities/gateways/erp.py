"""An ERP that takes sales orders as files: one JSON document per order in a folder that it reads."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from activities.gateways import durable_files
from models.domain.errors import Misconfigured
from models.domain.sales_order import SalesOrder, SalesOrderLine
from models.domain.values import Money, plain

SCHEMA = "orderwright/erp-sales-order/1"
CANCELLATION_SCHEMA = "orderwright/erp-sales-order-cancellation/1"
_FIRST = 100000
_RANGE = "sales_order"


class Numbers(Protocol):
    """Gives a key its number in a range, the same ever after."""

    def number(self, range_name: str, key: str) -> int: ...

    def known(self, range_name: str, key: str) -> int | None: ...


class FileErp:
    """Fulfils `activities.outside_ports.Erp`. An order's number comes from a gapless range by its id, and its file is created
    once under that number: a crash at any point, or two calls at once, leave one file."""

    def __init__(self, root: Path, numbers: Numbers) -> None:
        self._root = root
        self._numbers = numbers

    def create_sales_order(self, order: SalesOrder) -> str:
        """Raises `Unavailable` where the folder cannot be written, `Misconfigured` where the number is another order's."""
        reference = _reference(self._numbers.number(_RANGE, order.order_id))
        path = self._root / f"{reference}.json"
        content = json.dumps(exported(order, reference), ensure_ascii=False, indent=2) + "\n"
        if not durable_files.create_once(self._root, path, content.encode()):
            self._demand_ours(path, order)
        return reference

    def cancel_sales_order(self, order: SalesOrder, undelivered: Mapping[int, Decimal]) -> None:
        """A file beside the order's, `SO-….cancelled-1.json`, with all that will not be delivered, and a next one where that
        grew since. Raises `Unavailable`."""
        number = self._numbers.known(_RANGE, order.order_id)
        if number is None or not (self._root / f"{_reference(number)}.json").exists():
            return
        units = {line.number: line.base_unit for line in order.lines}
        lines = [
            {"number": line, "base": {"quantity": plain(quantity), "unit": units.get(line)}}
            for line, quantity in undelivered.items()
        ]
        document = {"schema": CANCELLATION_SCHEMA, "number": _reference(number), "order_id": order.order_id, "lines": lines}
        content = (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
        for count in itertools.count(1):
            path = self._root / f"{_reference(number)}.cancelled-{count}.json"
            if durable_files.create_once(self._root, path, content) or durable_files.read(path) == content:
                return

    def _demand_ours(self, path: Path, order: SalesOrder) -> None:
        posted = json.loads(durable_files.read(path))
        if posted.get("order_id") != order.order_id:
            raise Misconfigured(
                f"{path} holds {posted.get('order_id')}, not {order.order_id}: the number range was set back or the folder "
                "belongs to other books; give this company a folder of its own"
            )


def _reference(number: int) -> str:
    return f"SO-{_FIRST + number}"


def exported(order: SalesOrder, reference: str) -> dict[str, Any]:
    """The order as the ERP reads it. Amounts and quantities are decimal strings, days ISO 8601; absent is null.

    `same_purchase_order` is the id of the order that holds the other lines of the purchase order, where it was parted.
    """
    stated = order.purchase_order
    return {
        "schema": SCHEMA,
        "number": reference,
        "order_id": order.order_id,
        "customer": {"number": order.customer_number, "name": order.customer_name},
        "purchase_order": {
            "number": stated.po_number,
            "date": stated.order_date.isoformat() if stated.order_date else None,
        },
        "same_purchase_order": order.part.other if order.part else None,
        "ship_to": order.ship_to.model_dump(mode="json") if order.ship_to else None,
        "requested_date": order.requested_date.isoformat() if order.requested_date else None,
        "payment_terms": order.payment_terms,
        "currency": order.currency,
        "lines": [_line(line) for line in order.lines],
        "net": _amount(order.net),
        "tax": _tax(order),
        "gross": _amount(order.gross),
    }


def _line(line: SalesOrderLine) -> dict[str, Any]:
    return {
        "number": line.number,
        "customer_line": line.stated_number,
        "sku": line.sku,
        "customer_part_number": line.buyer_part_number,
        "description": line.description,
        "ordered": {"quantity": _digits(line.ordered), "unit": line.unit},
        "base": {"quantity": _digits(line.base_quantity), "unit": line.base_unit},
        "unit_price": _digits(line.unit_price),
        "price_basis": plain(line.price_basis),
        "net": _amount(line.net),
        "tax_category": line.tax_category,
        "requested_date": line.requested_date.isoformat() if line.requested_date else None,
    }


def _tax(order: SalesOrder) -> dict[str, Any] | None:
    tax = order.tax
    if tax is None:
        return None
    shares = [
        {"category": share.category, "rate": plain(share.rate), "base": _amount(share.base), "tax": _amount(share.tax)}
        for share in tax.shares
    ]
    return {"treatment": tax.treatment, "total": _amount(tax.total), "reason": tax.reason, "shares": shares}


def _amount(money: Money | None) -> str | None:
    return None if money is None else plain(money.amount)


def _digits(number: Any) -> str | None:
    return None if number is None else plain(number)
