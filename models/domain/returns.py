"""Returns: what a customer sends back, what they get for it and what happens to the goods. The rules live beside."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from models.domain.blobs import BlobRef
from models.domain.identifiers import CustomerNumber, OrderId, Sku
from models.domain.values import Exact, Money, Value

Resolution = Literal["credit", "replacement"]
Disposition = Literal["restock", "scrap", "return_to_vendor"]
ReturnState = Literal["requested", "needs_review", "authorised", "refused", "received", "inspected", "settled"]


class ReturnLine(Value):
    """A quantity of one sales-order line that comes back, in base units, and why."""

    line: int
    sku: Sku
    quantity: Exact
    reason: str


class InspectedLine(Value):
    """What inspection found of one returned line."""

    line: int
    sku: Sku
    quantity: Exact
    condition: Literal["as_new", "opened", "damaged"]
    disposition: Disposition


class ReturnOrder(Value):
    """An RMA from request to settlement. `sender` is where answers go, `warehouse` where the goods come back to."""

    rma: str
    sender: str = ""
    in_reply_to: str = ""
    warehouse: str = ""
    order_id: OrderId
    customer_number: CustomerNumber
    resolution: Resolution = "credit"
    state: ReturnState = "requested"
    lines: tuple[ReturnLine, ...]
    value: Money
    policy_reason: str = ""
    authorised_by: str = ""
    label: BlobRef | None = None
    tracking_number: str = ""
    inspected: tuple[InspectedLine, ...] = ()
    credit_note: str = ""
    credit: Money | None = None
    requested_at: datetime
