"""Records as the answers of /v1."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from entrypoints.backend import Presence, Records
from entrypoints.verdict import verdict
from models.contracts.api_v1 import (
    MessageReceiptV1,
    MessageViewV1,
    OrderedLineV1,
    OrderSummaryV1,
    OrderViewV1,
    TimelineEntryV1,
)
from models.contracts.order_status_v1 import ShipmentStatusV1
from models.domain.messages import AuditEntry, InboundMessage
from models.domain.sales_order import SalesOrder, SalesOrderLine
from models.domain.shipment import Shipment
from models.domain.values import Money, plain


def receipt(message: InboundMessage, presence: Presence) -> MessageReceiptV1:
    return MessageReceiptV1(
        message_id=message.message_id,
        sha256=message.content.sha256,
        size=message.content.size,
        state=message.state,
        links=_message_links(message, presence),
    )


def message_view(message: InboundMessage, presence: Presence) -> MessageViewV1:
    return MessageViewV1(
        message_id=message.message_id,
        channel=message.channel,
        name=message.name,
        received_at=message.received_at,
        state=message.state,
        outcome=message.outcome,
        explanation=message.explanation,
        order_ids=message.order_ids,
        links=_message_links(message, presence),
    )


def order_summary(order: SalesOrder, presence: Presence) -> OrderSummaryV1:
    return OrderSummaryV1(**_summary(order, presence))


def order_view(order: SalesOrder, records: Records, presence: Presence) -> OrderViewV1:
    return OrderViewV1(
        **_summary(order, presence),
        order_lines=tuple(_line(line) for line in order.lines),
        findings=order.findings,
        open_findings=tuple(finding.key for finding in order.open_findings),
        decisions=order.decisions,
        corrections=order.corrections,
        shipments=tuple(_shipment(shipment) for shipment in records.shipments.of_order(order.order_id)),
        returns=tuple(each.rma for each in records.returns.of_order(order.order_id)),
        timeline=tuple(_fact(entry) for entry in records.audit.timeline(order.order_id)),
    )


def _summary(order: SalesOrder, presence: Presence) -> dict[str, Any]:
    return {
        "order_id": order.order_id,
        "number": order.number,
        "version": order.version,
        "status": order.status.value,
        "verdict": verdict(order),
        "customer_number": order.customer_number,
        "customer_name": order.customer_name,
        "po_number": order.purchase_order.po_number,
        "lines": len(order.lines),
        "currency": order.currency,
        "net": _amount(order.net),
        "gross": _amount(order.gross),
        "channel": order.source.channel,
        "source_format": order.source.source_format,
        "received_at": order.source.received_at,
        "links": {
            "self": presence.api(f"orders/{order.order_id}"),
            "page": presence.order_page(order.order_id),
            "workflow": presence.workflow(order.order_id),
            **({"other_part": presence.api(f"orders/{order.part.other}")} if order.part else {}),
        },
    }


def _message_links(message: InboundMessage, presence: Presence) -> dict[str, str]:
    links = {
        "self": presence.api(f"messages/{message.message_id}"),
        "page": presence.message_page(message.message_id),
    }
    return links | {f"order_{place}": presence.api(f"orders/{each}") for place, each in enumerate(message.order_ids, 1)}


def _line(line: SalesOrderLine) -> OrderedLineV1:
    return OrderedLineV1(
        number=line.number,
        buyer_part_number=line.buyer_part_number,
        sku=line.sku,
        matched_by=line.match.how if line.match else None,
        match_score=line.match.score if line.match else None,
        description=line.description,
        quantity=_number(line.ordered),
        unit=line.unit,
        unit_price=_number(line.unit_price),
        price_basis=plain(line.price_basis),
        net=_amount(line.net),
    )


def _shipment(shipment: Shipment) -> ShipmentStatusV1:
    return ShipmentStatusV1(shipment_id=shipment.shipment_id, state=shipment.state, tracking_number=shipment.tracking_number)


def _fact(entry: AuditEntry) -> TimelineEntryV1:
    return TimelineEntryV1(at=entry.at, event=entry.event, actor=entry.actor, summary=entry.summary)


def _amount(money: Money | None) -> str | None:
    return None if money is None else plain(money.rounded().amount)


def _number(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)
