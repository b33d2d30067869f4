"""Holds what a sample came to against what must become of it (`expected.yaml`). Nothing unexpected passes as right.

An order that was accepted must be right to the line: customer, number, delivery place, items, quantities and total.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from models.domain.lifecycle import OrderStatus
from models.domain.messages import InboundMessage
from models.domain.sales_order import SalesOrder

_OUTCOMES = {
    OrderStatus.CLOSED: "closed",
    OrderStatus.BACKORDERED: "backordered",
    OrderStatus.NEEDS_REVIEW: "needs_review",
    OrderStatus.ON_HOLD: "on_hold",
    OrderStatus.REJECTED: "rejected",
    OrderStatus.CANCELLED: "cancelled",
}
_FULFILLED = ("closed", "backordered")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a sample came to, in the words of expected.yaml; a status on the way where it has not come to its end.

    `complaints` says what is wrong, in words; settled without complaints is as expected.
    """

    outcome: str
    is_settled: bool
    complaints: tuple[str, ...] = ()

    @property
    def is_right(self) -> bool:
        return self.is_settled and not self.complaints


def expectations(path: Path) -> dict[str, dict[str, Any]]:
    """What must become of each sample, by its name."""
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def judge(message: InboundMessage | None, orders: Sequence[SalesOrder], expected: Mapping[str, Any]) -> Judgement:
    """`orders` are those that the message speaks of, as they are now."""
    if message is None:
        return Judgement("not delivered", is_settled=False)
    if message.outcome is None:
        return Judgement({"received": "taken in", "started": "being read"}.get(message.state, message.state), is_settled=False)
    if message.outcome != "orders_opened":
        return Judgement(message.outcome, is_settled=True, complaints=_outcome_complaints(message, orders, expected))
    if len(orders) != 1:
        return Judgement("orders_opened", is_settled=True, complaints=(f"{len(orders)} orders were opened, not one",))
    return _judge_order(orders[0], expected)


def _judge_order(order: SalesOrder, expected: Mapping[str, Any]) -> Judgement:
    wanted = expected["outcome"]
    outcome = _OUTCOMES.get(order.status)
    if wanted == "needs_review" and _was_decided_by_person(order):
        # The sample had come to where it must stop, and a person took it from there.
        return Judgement(outcome or order.status.value, is_settled=True)
    if outcome is None:
        return Judgement(order.status.value, is_settled=False)
    complaints = [*_differs("the outcome", wanted, outcome), *_missing_reasons(order, expected)]
    if outcome in _FULFILLED:
        complaints += _content_complaints(order, expected)
    if outcome == "needs_review" and wanted != "needs_review":
        complaints.append(f"open findings: {', '.join(sorted({finding.code for finding in order.open_findings}))}")
    # Goods that are delivered leave a closed order a moment later; a backorder may yet be served.
    is_settled = outcome != "backordered" or wanted != "closed"
    return Judgement(outcome, is_settled=is_settled, complaints=tuple(complaints))


def _outcome_complaints(message: InboundMessage, orders: Sequence[SalesOrder], expected: Mapping[str, Any]) -> tuple[str, ...]:
    complaints = _differs("the outcome", expected["outcome"], message.outcome)
    if message.outcome == "duplicate":
        complaints += [text for order in orders for text in _differs("the PO number", expected["po_number"], _po_number(order))]
        complaints += [] if orders else ["no order is named that it would be a duplicate of"]
    return tuple(complaints)


def _was_decided_by_person(order: SalesOrder) -> bool:
    outcomes = [decision.outcome for decision in order.decisions]
    return "needs_review" in outcomes and not {"approved", "rejected", "corrected", "held", "cancelled"}.isdisjoint(outcomes)


def _missing_reasons(order: SalesOrder, expected: Mapping[str, Any]) -> list[str]:
    found = {finding.code for finding in (*order.findings, *order.reading_findings)}
    missing = [reason for reason in expected["reasons"] if reason not in found]
    return [f"the reasons lack {', '.join(missing)}; found: {', '.join(sorted(found)) or 'none'}"] if missing else []


def _content_complaints(order: SalesOrder, expected: Mapping[str, Any]) -> list[str]:
    place = order.ship_to_match.value if order.ship_to_match else None
    net = order.net
    return [
        *_differs("the customer", expected["customer"], order.customer_number),
        *_differs("the PO number", expected["po_number"], _po_number(order)),
        *_differs("the delivery place", expected["ship_to"], place),
        *_differs("the currency", expected["currency"], order.currency),
        *_differs("the net total", Decimal(expected["total_net"]), net.amount if net else None),
        *_differs("the lines", _expected_lines(expected), [(line.sku, line.ordered) for line in order.lines]),
    ]


def _expected_lines(expected: Mapping[str, Any]) -> list[tuple[Any, Decimal]]:
    return [(line["sku"], Decimal(line["quantity"])) for line in expected["lines"]]


def _po_number(order: SalesOrder) -> str | None:
    return order.purchase_order.po_number


def _differs(what: str, wanted: object, found: object) -> list[str]:
    return [] if wanted == found else [f"{what} is {_shown(found)}, not {_shown(wanted)}"]


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(f"{quantity} x {sku}" for sku, quantity in value) or "none"
    return "none" if value is None else str(value)
