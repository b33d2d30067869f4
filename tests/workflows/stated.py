"""Orders as an ERP states them, with numbers that our catalogue knows."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from models.contracts.extraction_v1 import OrderKind, OrderLineV1, PartyV1, PurchaseOrderV1, StatedValue
from models.contracts.order_submission_v1 import OrderSubmissionV1

#: A customer in Germany with a high credit limit, who takes partial deliveries; and one who does not.
CUSTOMER, SENDER = "10010", "einkauf@kessler-metallbau.example"
ALL_AT_ONCE, ALL_AT_ONCE_SENDER = "50047", "procurement@cantieri-levante.example"
#: A customer whose every order in the tests is dear, so that a dear one stands out in nothing.
DEAR_CUSTOMER, DEAR_SENDER = "10099", "zentraleinkauf@klinikdienste-siegtal.example"
#: Goods with thousands on the shelf, and a price each.
CABLE_TIE, LEVER_CONNECTOR = "CT-100-NA", "LC-2-4"
#: Goods that are not there yet: their next delivery, its warehouse and its size.
EXPECTED, DELIVERY, DELIVERY_WAREHOUSE, DELIVERED = "MCB-B32-3P", "BH-PO-26-4195", "WUP", "672"

_numbers = itertools.count(1)


def fresh_number(prefix: str = "T") -> str:
    """A purchase order number that no other test has."""
    return f"{prefix}-{next(_numbers):05d}"


def order(
    *lines: tuple[str, str],
    po_number: str = "",
    customer: str = CUSTOMER,
    sender: str = SENDER,
    kind: OrderKind = "order",
    message_id: str = "",
    requested: str = "",
    prices: Sequence[str] = (),
) -> OrderSubmissionV1:
    """A submission of lines of (our SKU, quantity); by default one line of goods that lie on the shelf."""
    wanted = lines or ((CABLE_TIE, "200"),)
    stated_prices = [*prices, *[""] * (len(wanted) - len(prices))]
    return OrderSubmissionV1(
        sender=sender,
        message_id=message_id,
        purchase_order=PurchaseOrderV1(
            kind=kind,
            po_number=_said(po_number or fresh_number()),
            buyer=PartyV1(customer_number=_said(customer)),
            requested_delivery_date=_said(requested),
            lines=tuple(
                OrderLineV1(
                    seller_part_number=_said(sku),
                    quantity=_said(quantity),
                    unit=_said("C62"),
                    unit_price=_said(price),
                )
                for (sku, quantity), price in zip(wanted, stated_prices, strict=True)
            ),
        ),
    )


def _said(value: str) -> StatedValue | None:
    return StatedValue(value=value) if value else None
