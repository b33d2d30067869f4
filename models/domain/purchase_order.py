"""The purchase order: what the buyer asks, typed. Never edited by us; corrections live beside it (see `sales_order`)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from models.domain.blobs import BlobRef
from models.domain.party import StatedParty
from models.domain.values import Currency, Exact, UnitCode, Value


class PurchaseOrderLine(Value):
    """One line as asked. `number` counts from 1 in document order and is ours; `stated_number` is the buyer's.

    `is_added` says that an order change adds it, by its own word; `pack_contents` how many pieces one `unit` holds for the buyer.
    """

    number: int
    stated_number: str | None = None
    buyer_part_number: str | None = None
    seller_part_number: str | None = None
    gtin: str | None = None
    description: str | None = None
    quantity: Exact | None = None
    unit: UnitCode | None = None
    unit_price: Exact | None = None
    price_basis: Exact = Decimal(1)
    discount_percent: Exact | None = None
    line_total: Exact | None = None
    requested_date: date | None = None
    is_added: bool = False
    pack_contents: Exact | None = None

    @property
    def net_price(self) -> Fraction | None:
        """What one unit costs, the line's discount taken off; None where no price is stated."""
        if self.unit_price is None:
            return None
        return (
            Fraction(self.unit_price) / Fraction(self.price_basis) * Fraction(100 - (self.discount_percent or Decimal(0))) / 100
        )


class PurchaseOrder(Value):
    """A purchase order, change or cancellation. Dates and numbers that could not be read are None, with a finding.

    A change that `is_replacement` takes the whole order's place: a line that it does not name is left out.
    `release_number` tells releases under one PO number apart; `blanket_number` names the blanket order that goods are called off;
    `freight_terms` is a `FreightTerms`.
    """

    kind: Literal["order", "order_change", "order_cancellation"] = "order"
    po_number: str | None = None
    release_number: str | None = None
    blanket_number: str | None = None
    order_date: date | None = None
    requested_date: date | None = None
    currency: Currency | None = None
    buyer: StatedParty = StatedParty()
    ship_to: StatedParty | None = None
    bill_to: StatedParty | None = None
    payment_terms: str | None = None
    incoterm: str | None = None
    freight_terms: str | None = None
    notes: str | None = None
    lines: tuple[PurchaseOrderLine, ...] = ()
    total_net: Exact | None = None
    total_tax: Exact | None = None
    total_gross: Exact | None = None
    is_replacement: bool = False

    @property
    def own_number(self) -> str | None:
        """What tells this order from the buyer's others: its number, with that of its release."""
        if self.po_number is None or not (self.release_number or "").strip("0 "):
            return self.po_number
        return f"{self.po_number}/release-{self.release_number}"


class Source(Value):
    """How an order reached us. `channel` is `smtp`, `folder`, `http` or `temporal`; `message_id` the inbound message's
    id in our books; `form` which values stand where across its document, empty for what has no columns; `sender` the address or
    partner that answers go to; `document` the original as it arrived."""

    channel: Literal["smtp", "folder", "http", "temporal"]
    message_id: str = ""
    source_format: str = ""
    form: str = ""
    sender: str = ""
    subject: str = ""
    in_reply_to: str = ""
    document_name: str = ""
    document: BlobRef | None = None
    reading: BlobRef | None = None
    order_index: int = 0
    received_at: datetime
