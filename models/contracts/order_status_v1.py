"""What the query `status` answers: an order at a glance."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class ShipmentStatusV1(BaseModel):
    """One shipment of an order."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    shipment_id: str
    state: str
    tracking_number: str | None = None


class OrderStatusV1(BaseModel):
    """An order at a glance. `review_reasons` are the codes of the open findings."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    order_id: str
    status: str
    version: int = 0
    customer_number: str | None = None
    po_number: str | None = None
    total: str | None = None
    currency: str | None = None
    review_reasons: tuple[str, ...] = ()
    shipments: tuple[ShipmentStatusV1, ...] = ()
    returns: tuple[str, ...] = ()
