"""The typed façade for callers: start an intake, submit an order, decide, ask for the status."""

from __future__ import annotations

import asyncio
from typing import Literal

from temporalio.client import (
    Client,
    WithStartWorkflowOperation,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.envconfig import ClientConfig
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from models.contracts.conversation_io import TakeReply
from models.contracts.decision_v1 import DecisionReceiptV1, DecisionV1
from models.contracts.order_status_v1 import OrderStatusV1
from models.contracts.order_submission_v1 import OrderSubmissionV1, SubmissionReceiptV1
from models.contracts.return_request_v1 import ReturnRequestV1
from models.contracts.workflow_io import GoodsReceived, PickConfirmed, TakeInMessage
from models.domain.display_words import channel_words, source_words
from models.domain.errors import Misconfigured, OrderwrightError, Rejected, Unavailable
from models.domain.review_text import escaped
from workflows.converter import DATA_CONVERTER
from workflows.intake import IntakeWorkflow
from workflows.order import OrderWorkflow
from workflows.retries import ORDERS_QUEUE, WORKFLOW_TASK_TIMEOUT
from workflows.returns import ReturnWorkflow

Action = Literal["approve", "reject", "correct", "hold", "accept_part"]

#: What an operator must mend; anything else that Temporal answers may pass. FAILED_PRECONDITION does, for one: an update
#: finds its workflow not ready while the task of a dead worker is given to another.
_FOR_OPERATORS = {
    RPCStatusCode.INVALID_ARGUMENT,
    RPCStatusCode.PERMISSION_DENIED,
    RPCStatusCode.UNAUTHENTICATED,
    RPCStatusCode.UNIMPLEMENTED,
}
_CALL_FAILED = (RPCError, WorkflowUpdateRPCTimeoutOrCancelledError)


class DecisionRefused(Rejected):
    """The order does not take this decision; the message says why and what would work."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="decision_refused")


class OrderNotFound(Rejected):
    """There is no live workflow of this id."""

    def __init__(self, workflow_id: str) -> None:
        message = f"{workflow_id} has no open workflow: it is finished, or there is none. `orderwright orders` lists the orders."
        super().__init__(message, code="not_found")


class OrderwrightClient:
    """Callers' way to the workflows. Raises `Unavailable` where Temporal cannot be reached."""

    def __init__(self, client: Client) -> None:
        self.temporal = client

    @classmethod
    async def connect(cls) -> OrderwrightClient:
        """Connect as TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY and their kin say (`temporalio.envconfig`)."""
        config = ClientConfig.load_client_connect_config()
        config.setdefault("target_host", "127.0.0.1:7233")
        config.setdefault("namespace", "orders")
        try:
            return cls(await Client.connect(**config, data_converter=DATA_CONVERTER))
        except (RPCError, RuntimeError) as error:
            where = config.get("target_host")
            raise Unavailable(
                f"Temporal cannot be reached at {where}: {error}. Start it (`make run`) or set TEMPORAL_ADDRESS."
            ) from error

    async def start_intake(self, message_id: str, repeat: int = 0) -> None:
        """Start the intake of a message, or answer its `repeat`th repetition; what was started before is left alone."""
        try:
            await self.temporal.start_workflow(
                IntakeWorkflow.run,
                TakeInMessage(message_id=message_id, repeat=repeat),
                id=f"intake:{message_id}:again:{repeat}" if repeat else f"intake:{message_id}",
                task_queue=ORDERS_QUEUE,
                task_timeout=WORKFLOW_TASK_TIMEOUT,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            )
        except WorkflowAlreadyStartedError:
            return
        except _CALL_FAILED as error:
            raise _told(error, message_id) from error

    async def submit(self, order_id: str, submission: OrderSubmissionV1) -> SubmissionReceiptV1 | None:
        """Open the order or hold the submission against the one that is open; None where it is closed already.

        Repeating it is harmless: the update's id derives from the submission.
        """
        start = WithStartWorkflowOperation(
            OrderWorkflow.run,
            submission,
            id=order_id,
            task_queue=ORDERS_QUEUE,
            task_timeout=WORKFLOW_TASK_TIMEOUT,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            static_summary=_headline(order_id, submission),
            static_details=_origin(submission),
        )
        try:
            receipt: SubmissionReceiptV1 = await self.temporal.execute_update_with_start_workflow(
                "submit",
                submission,
                start_workflow_operation=start,
                id=_update_id("submit", submission),
                result_type=SubmissionReceiptV1,
            )
        except WorkflowAlreadyStartedError:
            return None
        except _CALL_FAILED as error:
            raise _told(error, order_id) from error
        return receipt

    async def request_change(self, order_id: str, submission: OrderSubmissionV1) -> SubmissionReceiptV1 | None:
        """Put a change or cancellation to the order; None where no order of this id is open."""
        handle = self.temporal.get_workflow_handle(order_id)
        try:
            receipt: SubmissionReceiptV1 = await handle.execute_update(
                "request_change", submission, id=_update_id("change", submission), result_type=SubmissionReceiptV1
            )
        except _CALL_FAILED as error:
            if _is_unknown(error):
                return None
            raise _told(error, order_id) from error
        return receipt

    async def decide(self, order_id: str, action: Action, decision: DecisionV1) -> DecisionReceiptV1:
        """Approve, reject, correct, hold or part an order that waits for a person."""
        handle = self.temporal.get_workflow_handle_for(OrderWorkflow.run, order_id)
        try:
            receipt: DecisionReceiptV1 = await handle.execute_update(action, decision, result_type=DecisionReceiptV1)
        except WorkflowUpdateFailedError as failure:
            raise _refused(failure) from failure
        except _CALL_FAILED as error:
            raise _told(error, order_id) from error
        return receipt

    async def ask(self, order_id: str, decision: DecisionV1) -> DecisionReceiptV1:
        """Ask the buyer about an order that waits for a person; the key `text` holds other words than the draft's."""
        handle = self.temporal.get_workflow_handle_for(OrderWorkflow.run, order_id)
        try:
            receipt: DecisionReceiptV1 = await handle.execute_update("ask", decision, result_type=DecisionReceiptV1)
        except WorkflowUpdateFailedError as failure:
            raise _refused(failure) from failure
        except _CALL_FAILED as error:
            raise _told(error, order_id) from error
        return receipt

    async def take_reply(self, reply: TakeReply) -> bool:
        """Give a buyer's reply to its order; False where the order's workflow has ended."""
        try:
            await self.temporal.get_workflow_handle(reply.order_id).signal("take_reply", reply)
        except _CALL_FAILED as error:
            if _is_unknown(error):
                return False
            raise _told(error, reply.order_id) from error
        return True

    async def status(self, order_id: str) -> OrderStatusV1:
        """The order at a glance, as its workflow knows it."""
        handle = self.temporal.get_workflow_handle_for(OrderWorkflow.run, order_id)
        try:
            return await handle.query(OrderWorkflow.status)
        except _CALL_FAILED as error:
            raise _told(error, order_id) from error

    async def request_return(self, request: ReturnRequestV1) -> str:
        """Open a return and give the id of its workflow. Each call opens one; the policy bounds what may come back."""
        number = 1
        while True:
            workflow_id = f"return:{request.message_id or request.order_id}:{number}"
            try:
                await self.temporal.start_workflow(
                    ReturnWorkflow.run,
                    request,
                    id=workflow_id,
                    task_queue=ORDERS_QUEUE,
                    task_timeout=WORKFLOW_TASK_TIMEOUT,
                    id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                )
            except WorkflowAlreadyStartedError:
                number += 1
            except _CALL_FAILED as error:
                raise _told(error, workflow_id) from error
            else:
                return workflow_id

    async def decide_return(self, workflow_id: str, action: Literal["authorise", "refuse"], decision: DecisionV1) -> None:
        """Authorise or refuse a return that waits for a person."""
        await self._update_return(workflow_id, action, decision)

    async def receive_return(self, workflow_id: str, received: GoodsReceived) -> None:
        """Book returned goods in with their condition."""
        await self._update_return(workflow_id, "receive", received)

    async def _update_return(self, workflow_id: str, update: str, argument: DecisionV1 | GoodsReceived) -> None:
        handle = self.temporal.get_workflow_handle(workflow_id)
        try:
            await handle.execute_update(update, argument)
        except WorkflowUpdateFailedError as failure:
            raise _refused(failure) from failure
        except _CALL_FAILED as error:
            raise _told(error, workflow_id) from error

    async def confirm_picked(self, shipment_id: str, confirmation: PickConfirmed) -> None:
        """Let a shipment whose pick list was picked go on to packing."""
        handle = self.temporal.get_workflow_handle(shipment_id)
        try:
            await handle.execute_update("confirm_picked", confirmation)
        except WorkflowUpdateFailedError as failure:
            raise _refused(failure) from failure
        except _CALL_FAILED as error:
            raise _told(error, shipment_id) from error

    async def run_id(self, workflow_id: str) -> str:
        """The id of the latest run, for deep links into the Temporal UI."""
        try:
            description = await self.temporal.get_workflow_handle(workflow_id).describe()
        except _CALL_FAILED as error:
            raise _told(error, workflow_id) from error
        return description.run_id

    async def stock_arrived(self, order_id: str) -> None:
        """Tell an order's backorder to look at the stock now; an order without one is left alone."""
        try:
            await self.temporal.get_workflow_handle(f"backorder:{order_id}").signal("stock_arrived")
        except _CALL_FAILED as error:
            if not _is_unknown(error):
                raise _told(error, order_id) from error

    async def is_ready(self) -> bool:
        """Whether Temporal answers."""
        try:
            return await asyncio.wait_for(self.temporal.service_client.check_health(), timeout=2)
        except (RPCError, RuntimeError, TimeoutError):
            return False


def _update_id(door: str, submission: OrderSubmissionV1) -> str | None:
    """A retried submission is one update. An ERP's inline order has no message to be named after."""
    return f"{door}:{submission.message_id}:{submission.order_index}" if submission.message_id else None


def _headline(order_id: str, submission: OrderSubmissionV1) -> str:
    """One line for the Temporal UI: buyer and PO number, and how the order came. Under 200 bytes."""
    buyer, _, po_number = order_id.removeprefix("order:").partition(":")
    what = source_words(submission.source_format or "order")
    return f"PO {po_number} of {buyer} · {what} by {channel_words(submission.channel)}"[:150]


def _origin(submission: OrderSubmissionV1) -> str:
    """Where the order came from, for the Temporal UI: plain lines, what comes from outside escaped."""
    said = {
        "Sender": submission.sender,
        "Subject": submission.subject,
        "Document": submission.document_name,
        "Received": f"{submission.received_at:%Y-%m-%d %H:%M %Z}" if submission.received_at else "",
    }
    return "\n\n".join(f"{label}: {escaped(words, 120)}" for label, words in said.items() if words)


def _refused(failure: WorkflowUpdateFailedError) -> DecisionRefused:
    cause = failure.cause
    return DecisionRefused(cause.message if isinstance(cause, ApplicationError) else str(cause))


def _told(error: RPCError | WorkflowUpdateRPCTimeoutOrCancelledError, workflow_id: str) -> OrderwrightError:
    if _is_unknown(error):
        return OrderNotFound(workflow_id)
    if isinstance(error, RPCError) and error.status in _FOR_OPERATORS:
        return Misconfigured(f"Temporal refuses the call for {workflow_id} ({error.status.name}): {error.message}")
    return Unavailable(f"Temporal did not answer for {workflow_id}: {error}")


def _is_unknown(error: RPCError | WorkflowUpdateRPCTimeoutOrCancelledError) -> bool:
    return isinstance(error, RPCError) and error.status is RPCStatusCode.NOT_FOUND
