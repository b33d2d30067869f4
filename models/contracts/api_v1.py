"""What the HTTP gateway takes and answers under /v1. Strict on the way in: at a partner's door a misspelt key is an error."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from models.contracts.extraction_v1 import PurchaseOrderV1
from models.contracts.order_status_v1 import ShipmentStatusV1
from models.domain.findings import Finding
from models.domain.messages import Channel, MessageState, Outcome
from models.domain.sales_order import Correction, Decision

Sender = Annotated[str, Field(max_length=320, pattern=r"^[^\x00-\x1f\x7f]*$")]


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class OrderEnvelopeV1(BaseModel):
    """A purchase order from a system that speaks JSON. `sender` is where answers go: a mail address or a partner's name."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={
            "example": {
                "sender": "purchasing@example.com",
                "purchase_order": {
                    "po_number": "4500123456",
                    "currency": "EUR",
                    "requested_delivery_date": "2026-12-04",
                    "buyer": {"name": "Muster GmbH", "customer_number": "C1001"},
                    "lines": [{"seller_part_number": "HX-M8-40", "quantity": "1200", "unit": "C62", "unit_price": "0.1250"}],
                },
            }
        },
    )

    purchase_order: PurchaseOrderV1
    sender: Sender = ""


class MessageReceiptV1(_Answer):
    """The document is kept and will be worked on. `message_id` and `sha256` are the digest of its bytes."""

    message_id: str
    sha256: str
    size: int
    state: MessageState
    links: dict[str, str]


class MessageViewV1(_Answer):
    """What became of one inbound message."""

    message_id: str
    channel: Channel
    name: str
    received_at: datetime
    state: MessageState
    outcome: Outcome | None
    explanation: str
    order_ids: tuple[str, ...]
    links: dict[str, str]


class OrderSummaryV1(_Answer):
    """One order of the list. Amounts are decimal strings in `currency`."""

    order_id: str
    number: str | None
    version: int
    status: str
    verdict: str
    customer_number: str | None
    customer_name: str
    po_number: str | None
    lines: int
    currency: str | None
    net: str | None
    gross: str | None
    channel: Channel
    source_format: str
    received_at: datetime
    links: dict[str, str]


class OrderListV1(_Answer):
    """The newest orders, newest first."""

    orders: tuple[OrderSummaryV1, ...]


class OrderedLineV1(_Answer):
    """A line as asked and as matched. `quantity` is in `unit`; `unit_price` is per `price_basis` base units."""

    number: int
    buyer_part_number: str | None
    sku: str | None
    matched_by: str | None
    match_score: float | None
    description: str
    quantity: str | None
    unit: str | None
    unit_price: str | None
    price_basis: str
    net: str | None


class TimelineEntryV1(_Answer):
    """One fact of an order's life."""

    at: datetime
    event: str
    actor: str
    summary: str


class OrderViewV1(OrderSummaryV1):
    """An order with its doubts, decisions and timeline. `open_findings` are the keys of those that still block it."""

    order_lines: tuple[OrderedLineV1, ...]
    findings: tuple[Finding, ...]
    open_findings: tuple[str, ...]
    decisions: tuple[Decision, ...]
    corrections: tuple[Correction, ...]
    shipments: tuple[ShipmentStatusV1, ...]
    returns: tuple[str, ...]
    timeline: tuple[TimelineEntryV1, ...]


class ReturnReceiptV1(_Answer):
    """The return was asked for; `return_id` is its workflow."""

    return_id: str
    links: dict[str, str]


class FieldErrorV1(_Answer):
    """What is wrong with one field; `field` is a path such as `purchase_order.lines[0].quantity`."""

    field: str
    message: str


class ProblemV1(_Answer):
    """An error as RFC 9457 has it: `detail` names the cause, `next_step` what to do about it."""

    type: str
    title: str
    status: int
    detail: str
    next_step: str = ""
    errors: tuple[FieldErrorV1, ...] = ()


class HealthV1(_Answer):
    """Whether what stands behind the gateway answers: "ok", or why not."""

    store: str
    temporal: str


def unknown_keys(raw: Any, read: Any, path: str = "") -> Iterator[str]:
    """The paths of the keys in `raw` JSON that `read`, the model made of it, did not know."""
    if isinstance(raw, dict) and isinstance(read, BaseModel):
        for key, value in raw.items():
            place = f"{path}.{key}" if path else str(key)
            if key not in type(read).model_fields:
                yield place
            else:
                yield from unknown_keys(value, getattr(read, key), place)
    elif isinstance(raw, list) and isinstance(read, tuple):
        for index, (value, element) in enumerate(zip(raw, read, strict=False)):
            yield from unknown_keys(value, element, f"{path}[{index}]")
