"""What crosses the wire for a return. New fields have defaults; nothing is renamed or re-typed."""

from __future__ import annotations

from datetime import datetime

from models.contracts.decision_v1 import DecisionV1
from models.contracts.order_submission_v1 import OrderSubmissionV1
from models.contracts.return_request_v1 import ReturnRequestV1
from models.contracts.wire import Wire


class OpenReturn(Wire):
    """Begin the record of a return."""

    request: ReturnRequestV1
    rma_key: str
    requested_at: datetime


class ReturnBrief(Wire):
    """What a workflow needs to know of its return."""

    rma: str
    order_id: str
    state: str
    value: str = ""
    reason: str = ""
    needs_person: bool = False
    awaits_receipt: bool = False
    customer_number: str = ""
    details: str = ""
    replacement: OrderSubmissionV1 | None = None
    replacement_order_id: str = ""


class ReturnStep(Wire):
    """Do one step for a return."""

    rma: str


class DecideReturn(Wire):
    """Write a person's word into a return."""

    rma: str
    is_authorised: bool
    decision: DecisionV1


class InspectReturn(Wire):
    """What inspection found: `condition` is `as_new`, `opened` or `damaged` for all lines."""

    rma: str
    condition: str = "as_new"
    by: str = "orderwright"
