"""One inbound message: read it, find the orders in it, hand each to its workflow, answer the sender."""

from __future__ import annotations

from temporalio import workflow
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.workflow import ParentClosePolicy

with workflow.unsafe.imports_passed_through():
    from activities.answer_message import MessageAnswering
    from activities.read_document import DocumentReading
    from activities.route_orders import OrderRouting
    from activities.submit_order import OrderSubmitting
    from models.contracts.activity_io import (
        AnswerMessage,
        ConcludeMessage,
        DocumentRead,
        MessageAnswered,
        ReadDocument,
        RoutedOrder,
        RouteOrders,
        SubmitOrder,
    )
    from models.contracts.order_submission_v1 import SubmissionReceiptV1
    from models.contracts.return_request_v1 import ReturnRequestV1
    from models.contracts.workflow_io import MessageTakenIn, TakeInMessage
    from workflows.converter import NO_ARGUMENT, demand_argument
    from workflows.retries import HEAVY_READ, LOCAL_STEP, OUR_DATABASE, PARTNER_API, WORKFLOW_TASK_TIMEOUT
    from workflows.returns import ReturnWorkflow


@workflow.defn
class IntakeWorkflow:
    """One inbound message from the door to its answer. Its id is `intake:` and the message's SHA-256."""

    @workflow.run
    async def run(self, request: TakeInMessage = NO_ARGUMENT) -> MessageTakenIn:
        """Take the message in; each order goes on in a workflow of its own."""
        demand_argument(request, "a TakeInMessage")
        read = await workflow.execute_activity_method(
            DocumentReading.read_document, ReadDocument(message_id=request.message_id), summary="Read", **HEAVY_READ
        )
        receipts: list[SubmissionReceiptV1] = []
        unmatched: list[str] = []
        for order in await self._route(read):
            receipt = await self._submit(order)
            if receipt is None:
                unmatched.append(order.order_id)
            else:
                receipts.append(receipt)
        answered = await self._answer(read, tuple(receipts), tuple(unmatched))
        if answered.return_request is not None:
            await self._open_return(answered.return_request)
        await self._conclude(read, answered, receipts)
        return MessageTakenIn(
            message_id=request.message_id,
            outcome=answered.outcome,
            explanation=answered.explanation,
            receipts=tuple(receipts),
        )

    async def _route(self, read: DocumentRead) -> tuple[RoutedOrder, ...]:
        if not read.order_count:
            return ()
        request = RouteOrders(message_id=read.message_id, reading=read.reading)
        routed = await workflow.execute_local_activity_method(OrderRouting.route_orders, request, **LOCAL_STEP)
        return routed.orders

    async def _submit(self, order: RoutedOrder) -> SubmissionReceiptV1 | None:
        return await workflow.execute_activity_method(
            OrderSubmitting.submit_order, SubmitOrder(order=order), summary="Hand the order to its workflow", **OUR_DATABASE
        )

    async def _answer(
        self, read: DocumentRead, receipts: tuple[SubmissionReceiptV1, ...], unmatched: tuple[str, ...]
    ) -> MessageAnswered:
        request = AnswerMessage(
            message_id=read.message_id, reading=read.reading, receipts=receipts, unmatched=unmatched, refusal=read.refusal
        )
        return await workflow.execute_activity_method(
            MessageAnswering.answer_message, request, summary="Answer the sender", **PARTNER_API
        )

    async def _open_return(self, request: ReturnRequestV1) -> None:
        try:
            await workflow.start_child_workflow(
                ReturnWorkflow.run,
                request,
                id=f"return:{request.message_id or workflow.info().workflow_id}",
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                task_timeout=WORKFLOW_TASK_TIMEOUT,
                parent_close_policy=ParentClosePolicy.ABANDON,
            )
        except WorkflowAlreadyStartedError:
            workflow.logger.info("This return is open already")

    async def _conclude(self, read: DocumentRead, answered: MessageAnswered, receipts: list[SubmissionReceiptV1]) -> None:
        request = ConcludeMessage(
            message_id=read.message_id,
            outcome=answered.outcome,
            explanation=answered.explanation,
            order_ids=tuple(receipt.order_id for receipt in receipts),
            reading=read.reading,
        )
        await workflow.execute_local_activity_method(MessageAnswering.conclude_message, request, **LOCAL_STEP)
