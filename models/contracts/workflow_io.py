"""The start arguments, results, signals and updates of the workflows, where they have no contract file of their own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import ConfigDict

from models.contracts.order_submission_v1 import SubmissionReceiptV1
from models.contracts.wire import Wire


class TakeInMessage(Wire):
    """Take in one inbound message. Its id in our books is the SHA-256 of its content.

    `repeat` counts how often it came again: then it is only answered again.
    """

    message_id: str
    repeat: int = 0


class MessageTakenIn(Wire):
    """What a message came to."""

    message_id: str
    outcome: str
    explanation: str = ""
    receipts: tuple[SubmissionReceiptV1, ...] = ()


class OrderConcluded(Wire):
    """How an order ended."""

    order_id: str
    status: str


class FulfilShipment(Wire):
    """Pick, pack, book, dispatch and follow one shipment."""

    order_id: str
    shipment_id: str
    warehouse: str


class ShipmentConcluded(Wire):
    """How a shipment ended."""

    shipment_id: str
    state: str


class AwaitStock(Wire):
    """Wait for the missing goods of an order. `round` counts the times that this wait began anew."""

    order_id: str
    waits_until: str | None = None
    round: int = 0


class BackorderConcluded(Wire):
    """How a backorder ended: `fulfilled` or `cancelled`."""

    order_id: str
    outcome: str


class AwaitAcknowledgement(Wire):
    """Wait until a partner acknowledges a message of ours: `key` is the message's in the outbox, `due` the agreed moment."""

    order_id: str
    key: str
    due: datetime


class AcknowledgementConcluded(Wire):
    """How the wait ended: `acknowledged`, `rejected` or `never`, and whether it was in time."""

    key: str
    state: str
    was_overdue: bool = False


class PickConfirmed(Wire):
    """A person confirms that the pick list was picked. Lenient, for the Temporal UI: `by` may be anything."""

    by: Any = None


class GoodsReceived(Wire):
    """Returned goods arrived and were looked at."""

    model_config = ConfigDict(frozen=True, extra="allow")

    condition: Any = None
    by: Any = None


class ReturnConcluded(Wire):
    """How a return ended."""

    rma: str
    state: str
    credit: str = ""
