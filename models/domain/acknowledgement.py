"""What we tell the buyer: the order acknowledgement, per line, and the advance ship notice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from models.domain.identifiers import OrderId, Sscc
from models.domain.party import Address
from models.domain.values import Currency, Exact, Money, Quantity, Value

#: A field named `date` hides the type of that name.
Day = date
AcknowledgementKind = Literal["accepted", "accepted_with_changes", "rejected", "received"]
#: `pending`: nothing is decided on the line yet, and a further answer follows.
LineStatus = Literal["accepted", "changed", "backordered", "rejected", "substituted", "pending"]


class AckParty(Value):
    """A party as an answer names it. `number` is the buyer's number at the seller, or the other way round."""

    name: str
    gln: str | None = None
    number: str | None = None


class PromisedDelivery(Value):
    """How much comes when; `date` None: nobody knows yet."""

    quantity: Quantity
    date: Day | None = None


class AcknowledgedLine(Value):
    """What becomes of one line. `unit_price` is per `price_basis` units of the promised quantity's unit.

    `is_added` says that it answers a line which a change adds.
    """

    number: int
    buyer_line_number: str | None = None
    sku: str | None = None
    buyer_part_number: str | None = None
    gtin: str | None = None
    description: str = ""
    ordered: Quantity
    promised: tuple[PromisedDelivery, ...] = ()
    status: LineStatus
    unit_price: Money | None = None
    price_basis: Exact = Decimal(1)
    reason: str = ""
    is_added: bool = False


class OrderAcknowledgement(Value):
    """Our answer to a purchase order. `received` says only that it arrived; `ordered_on` is the order's own date, and
    `release_number` tells releases under one PO number apart.

    `is_part`: other lines of the purchase order are answered separately, so that no line's fate follows from the head.
    """

    order_id: OrderId
    sales_order_number: str
    po_number: str
    kind: AcknowledgementKind
    currency: Currency
    buyer: AckParty
    seller: AckParty
    acknowledged_on: date
    lines: tuple[AcknowledgedLine, ...] = ()
    total_net: Money | None = None
    note: str = ""
    is_part: bool = False
    ordered_on: date | None = None
    release_number: str = ""


class CartonContent(Value):
    """A quantity of one order line in a carton."""

    number: int
    sku: str
    gtin: str | None = None
    buyer_part_number: str | None = None
    quantity: Quantity


class Carton(Value):
    """A carton on its way. Weight in kg with contents."""

    sscc: Sscc
    lines: tuple[CartonContent, ...]
    weight_kg: Exact


class ShipNotice(Value):
    """What left, in which cartons, and when it should arrive. `release_number` tells releases under one PO number apart."""

    shipment_id: str
    order_id: OrderId
    po_number: str
    sales_order_number: str
    ship_date: date
    delivery_date: date | None = None
    carrier: str
    tracking_number: str
    seller: AckParty
    ship_to: Address
    cartons: tuple[Carton, ...]
    release_number: str = ""
