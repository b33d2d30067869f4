"""One frozen request and one frozen result per activity. New fields have defaults; nothing is renamed or re-typed.

They carry keys and references, never documents: what a step works on stays in the store, so that histories stay small.
"""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from models.contracts.decision_v1 import DecisionV1
from models.contracts.extraction_v1 import Intent, OrderKind
from models.contracts.order_submission_v1 import OrderSubmissionV1, SubmissionReceiptV1
from models.contracts.return_request_v1 import ReturnRequestV1
from models.contracts.wire import Wire
from models.domain.blobs import BlobRef
from models.domain.lifecycle import OrderStatus
from models.domain.messages import Outcome

# Intake


class ReadDocument(Wire):
    """Read the document of an inbound message."""

    message_id: str


class DocumentRead(Wire):
    """What a document gave, in brief; all of it stands behind `reading`. `refusal` says why it could not be read."""

    message_id: str
    reading: BlobRef
    intent: Intent
    order_count: int = 0
    interchange_count: int = 0
    refusal: str = ""
    #: The order, and the question about it that this mail answers.
    answers_order: str = ""
    answers: str = ""
    #: The orders whose questions it may answer where it does not say which.
    may_answer: tuple[str, ...] = ()


class RouteOrders(Wire):
    """Find the order id of each order that a document holds."""

    message_id: str
    reading: BlobRef
    #: Whether the mail answers a question: then its own text is the answer, and only its attachments may be orders.
    is_reply: bool = False


class RoutedOrder(Wire):
    """One order of a document and the workflow it belongs to."""

    order_id: str
    kind: OrderKind
    submission: OrderSubmissionV1


class OrdersRouted(Wire):
    """The orders of a document, in its order; none where `again_of` names the message that brought the same interchange."""

    orders: tuple[RoutedOrder, ...] = ()
    again_of: str = ""


class SubmitOrder(Wire):
    """Hand one order, change or cancellation to its workflow."""

    order: RoutedOrder


class AnswerMessage(Wire):
    """Answer the sender of a message that led to no new order, and acknowledge the syntax of its interchanges."""

    message_id: str
    reading: BlobRef
    receipts: tuple[SubmissionReceiptV1, ...] = ()
    unmatched: tuple[str, ...] = ()
    refusal: str = ""
    #: The orders about which its sender was asked, where it does not say which of them it answers.
    may_answer: tuple[str, ...] = ()


class MessageAnswered(Wire):
    """What the message came to. `return_request` asks for a return to be opened."""

    outcome: Outcome
    explanation: str
    return_request: ReturnRequestV1 | None = None
    #: Keys of our messages that this one acknowledges or rejects.
    settled: tuple[str, ...] = ()
    #: The orders of an interchange that came again.
    order_ids: tuple[str, ...] = ()


class ConcludeMessage(Wire):
    """Write down what a message came to."""

    message_id: str
    outcome: Outcome
    explanation: str
    order_ids: tuple[str, ...] = ()
    reading: BlobRef | None = None


# The order's own steps


class OpenOrder(Wire):
    """Begin the record of an order. `started_at` stands in where the submission does not say when it was received."""

    order_id: str
    submission: OrderSubmissionV1
    started_at: datetime


class OrderStep(Wire):
    """Do one step for an order."""

    order_id: str


class OpenFinding(Wire):
    """An open finding, in brief."""

    code: str
    message: str
    line: int | None = None


class OrderBrief(Wire):
    """What a workflow needs to know of its order to steer it and to show it.

    `obstacles` are the sentences that say why approval alone does not mend the order; `details` (Markdown) are for the
    Temporal UI; `total` is the gross total, or the net one before tax is known; `teaches` says that the order is accepted and
    holds something to learn.
    """

    order_id: str
    version: int
    status: OrderStatus
    customer_number: str | None = None
    po_number: str | None = None
    source_format: str = ""
    total: str | None = None
    currency: str | None = None
    risk_score: float = 0.0
    received_at: datetime | None = None
    line_numbers: tuple[int, ...] = ()
    open_findings: tuple[OpenFinding, ...] = ()
    #: The codes of all open findings, and whose questions they are; none where a release before them wrote the brief.
    codes: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    obstacles: tuple[str, ...] = ()
    details: str = ""
    teaches: bool = False
    #: By when the partner's profile wants our order acknowledgement.
    acknowledge_by: datetime | None = None
    #: Changes of the buyer's that have no answer yet.
    open_changes: int = 0
    #: The number of the question that the buyer has yet to answer, and when the next reminder of it goes.
    open_question: int = 0
    question_due: datetime | None = None
    #: By when the desk should have decided, else it is reminded.
    remind_at: datetime | None = None
    #: The corrections that are proposed, by key.
    proposals: dict[str, str] = Field(default_factory=dict)
    #: It ships nothing by itself: call-offs draw it down.
    is_blanket: bool = False
    #: The lines without which the others could go on, and why no part of it goes on alone now.
    may_wait: tuple[int, ...] = ()
    part_refusal: str = ""
    #: The policy lets the good lines go on by themselves.
    parts_itself: bool = False
    #: The order of the other lines of the same purchase order; this one is the rest, or that one.
    other_part: str = ""
    is_rest: bool = False


class CompareSubmission(Wire):
    """Hold another submission of the same order against the order."""

    order_id: str
    submission: OrderSubmissionV1
    is_change: bool = False


class RecordDecision(Wire):
    """Write a reviewer's word into the order."""

    order_id: str
    action: str
    decision: DecisionV1
    at: datetime


class AcceptPart(Wire):
    """Let the good lines of an order go on; the doubtful ones wait as an order of their own."""

    order_id: str
    decision: DecisionV1
    at: datetime


class MoveOrder(Wire):
    """Write the order's new status, and why, into its record."""

    order_id: str
    status: OrderStatus
    why: str
    by: str = "orderwright"


class ErpPosted(Wire):
    """The ERP's number of the order."""

    order_id: str
    reference: str


class StockPromised(Wire):
    """What stock was held. `is_backordered`: part of it is not there yet or waits for a supply that nobody has ordered."""

    order_id: str
    holds: int
    is_backordered: bool


class AcknowledgeOrder(Wire):
    """Tell the buyer what becomes of the order: accepted, changed or rejected, per line."""

    order_id: str
    is_rejected: bool = False


class MessageSent(Wire):
    """The key of the message that went out; empty where there was nobody to send it to.

    `acknowledged_by` is when the partner must have acknowledged it; `awaits_invoice` says that an electronic invoice follows.
    """

    key: str = ""
    acknowledged_by: datetime | None = None
    awaits_invoice: bool = False


class PlannedShipment(Wire):
    """A shipment that stock on hand is allocated for."""

    shipment_id: str
    warehouse: str


class GiveUpBackorder(Wire):
    """Let go of what an order still waits for, on a person's word."""

    order_id: str
    decision: DecisionV1


class TellCancellation(Wire):
    """Tell the buyer what of an order will not come; `why` is said to the buyer."""

    order_id: str
    why: str = ""


class StockAllocated(Wire):
    """The shipments that can go now; `waits_until` is when the earliest missing goods are expected."""

    order_id: str
    shipments: tuple[PlannedShipment, ...] = ()
    is_backordered: bool = False
    waits_until: date | None = None


class RemindReviewers(Wire):
    """Tell the desk that an order still waits, `at` by the workflow's clock."""

    order_id: str
    reminder: int
    at: datetime | None = None


class ReviewersReminded(Wire):
    """When the next reminder goes if the order waits still; `then` (`reject`, `hold`) is what the desk's rules decide by now."""

    next_at: datetime
    then: str = ""
    reason: str = ""


# Fulfilment


class ShipmentStep(Wire):
    """Do one step for a shipment."""

    order_id: str
    shipment_id: str
    warehouse: str = ""


class PickingPlanned(Wire):
    """The pick list stands. `awaits_confirmation`: a person confirms the pick; else the simulated warehouse has."""

    shipment_id: str
    tasks: int
    awaits_confirmation: bool


class ShipmentTracked(Wire):
    """Where the parcels are; `check_again_seconds` is None once they are delivered."""

    shipment_id: str
    state: str
    tracking_number: str = ""
    check_again_seconds: float | None = None
