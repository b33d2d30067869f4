"""A shipment from pick list to proof of delivery."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from models.domain.blobs import BlobRef
from models.domain.identifiers import OrderId, Sku, Sscc
from models.domain.party import Address
from models.domain.values import Exact, Money, Value

ShipmentState = Literal["planned", "picking", "packed", "booked", "dispatched", "in_transit", "delivered", "cancelled"]


class PickTask(Value):
    """Take `quantity` base units of a SKU from a bin. `sequence` is the order of the walk, from 1."""

    sequence: int
    line: int
    part: int
    sku: Sku
    description: str
    bin: str
    quantity: Exact


class PackedGoods(Value):
    """A quantity of one sales-order line in a carton, in base units."""

    line: int
    sku: Sku
    quantity: Exact


class PackedCarton(Value):
    """A carton with its SSCC. Weight in kg with contents, outer dimensions in mm."""

    sscc: Sscc
    carton_type: str
    goods: tuple[PackedGoods, ...]
    weight_kg: Exact
    length_mm: Exact
    width_mm: Exact
    height_mm: Exact


class CarrierService(Value):
    """A row of a carrier's rate table: price = base_price + price_per_kg × weight, up to `max_weight_kg` a carton."""

    code: str
    name: str
    service: str
    from_country: str
    to_zone: str
    max_weight_kg: Exact
    base_price: Exact
    price_per_kg: Exact
    currency: str
    transit_days: int


class ServiceChoice(Value):
    """The service that was chosen, its cost, and the runner-up with the reason why it lost."""

    carrier: str
    service: str
    cost: Money
    arrives_on: date
    reason: str
    runner_up: str = ""


class TrackingEvent(Value):
    """What the carrier reported. `code` is `booked`, `collected`, `in_transit`, `out_for_delivery` or `delivered`."""

    code: str
    at: datetime
    place: str = ""


class Shipment(Value):
    """One shipment of one order from one warehouse."""

    shipment_id: str
    order_id: OrderId
    warehouse: str
    ship_to: Address
    state: ShipmentState = "planned"
    tasks: tuple[PickTask, ...] = ()
    cartons: tuple[PackedCarton, ...] = ()
    choice: ServiceChoice | None = None
    tracking_number: str | None = None
    label: BlobRef | None = None
    promised_on: date | None = None
    dispatched_at: datetime | None = None
    delivered_at: datetime | None = None
    events: tuple[TrackingEvent, ...] = ()
