"""One inbound message: read it, find the orders in it, hand each to its workflow, answer the sender."""

from __future__ import annotations

from temporalio import workflow
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.workflow import ParentClosePolicy

with workflow.unsafe.imports_passed_through():
    from activities.answer_again import AnsweringAgain
    from activities.answer_message import MessageAnswering
    from activities.read_document import DocumentReading
    from activities.route_orders import OrderRouting
    from activities.submit_order import OrderSubmitting
    from activities.take_reply import ReplyRecording, ReplyTaking
    from models.contracts.activity_io import (
        AnswerMessage,
        ConcludeMessage,
        DocumentRead,
        MessageAnswered,
        OrdersRouted,
        ReadDocument,
        RoutedOrder,
        RouteOrders,
        SubmitOrder,
    )
    from models.contracts.conversation_io import TakeReply
    from models.contracts.exchange_io import AnswerAgain
    from models.contracts.order_submission_v1 import SubmissionReceiptV1
    from models.contracts.return_request_v1 import ReturnRequestV1
    from models.contracts.workflow_io import MessageTakenIn, TakeInMessage
    from workflows.acknowledgement import answer_changes, clock_id
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
        if request.repeat:
            return await self._answer_repeated(request)
        read = await workflow.execute_activity_method(
            DocumentReading.read_document, ReadDocument(message_id=request.message_id), summary="Read", **HEAVY_READ
        )
        if read.answers:
            return await self._take_reply(read)
        receipts: list[SubmissionReceiptV1] = []
        unmatched: list[str] = []
        routed = await self._route(read)
        if routed.again_of:
            return await self._answer_known(read, routed.again_of)
        for order in routed.orders:
            receipt = await self._submit(order)
            if receipt is None:
                unmatched.append(order.order_id)
            else:
                receipts.append(receipt)
        answered = await self._answer(read, tuple(receipts), tuple(unmatched))
        if answered.return_request is not None:
            await self._open_return(answered.return_request)
        await self._answer_late_changes(receipts)
        await self._settle(answered.settled)
        await self._conclude(read, answered, receipts)
        return MessageTakenIn(
            message_id=request.message_id,
            outcome=answered.outcome,
            explanation=answered.explanation,
            receipts=tuple(receipts),
        )

    async def _answer_repeated(self, request: TakeInMessage) -> MessageTakenIn:
        """The very same bytes came again: everything about them is known."""
        answered = await self._answer_again(request.message_id, request.message_id, request.repeat)
        return MessageTakenIn(message_id=request.message_id, outcome=answered.outcome, explanation=answered.explanation)

    async def _answer_known(self, read: DocumentRead, first: str) -> MessageTakenIn:
        """Another message brought the same interchange before."""
        answered = await self._answer_again(read.message_id, first)
        await self._conclude(read, answered, [])
        return MessageTakenIn(message_id=read.message_id, outcome=answered.outcome, explanation=answered.explanation)

    async def _answer_again(self, message_id: str, first: str, repeat: int = 0) -> MessageAnswered:
        request = AnswerAgain(message_id=message_id, first_message_id=first, repeat=repeat)
        return await workflow.execute_activity_method(
            AnsweringAgain.answer_again, request, summary="Send the same answers again", **PARTNER_API
        )

    async def _take_reply(self, read: DocumentRead) -> MessageTakenIn:
        """The mail answers a question of ours: it goes to its order, and an order that is attached to it goes its own way."""
        reply = TakeReply(order_id=read.answers_order, message_id=read.message_id, reading=read.reading, question=read.answers)
        is_open = await workflow.execute_activity_method(
            ReplyTaking.hand_over_reply, reply, summary="Hand the answer to its order", **OUR_DATABASE
        )
        if not is_open:
            await workflow.execute_activity_method(
                ReplyRecording.keep_late_reply, reply, summary="The order has ended: tell the desk", **PARTNER_API
            )
        found = [await self._submit(order) for order in (await self._route(read)).orders]
        receipts = [receipt for receipt in found if receipt is not None]
        explanation = f"It answers our question about {read.answers_order}."
        answered = MessageAnswered(outcome="reply_noted", explanation=explanation)
        if receipts:
            answered = await self._answer(read, tuple(receipts), ())
        ids = tuple(dict.fromkeys((read.answers_order, *(receipt.order_id for receipt in receipts))))
        await self._conclude(read, answered.model_copy(update={"order_ids": ids}), receipts)
        return MessageTakenIn(
            message_id=read.message_id, outcome=answered.outcome, explanation=answered.explanation, receipts=tuple(receipts)
        )

    async def _route(self, read: DocumentRead) -> OrdersRouted:
        if not read.order_count:
            return OrdersRouted()
        request = RouteOrders(message_id=read.message_id, reading=read.reading, is_reply=bool(read.answers))
        return await workflow.execute_local_activity_method(OrderRouting.route_orders, request, **LOCAL_STEP)

    async def _submit(self, order: RoutedOrder) -> SubmissionReceiptV1 | None:
        return await workflow.execute_activity_method(
            OrderSubmitting.submit_order, SubmitOrder(order=order), summary="Hand the order to its workflow", **OUR_DATABASE
        )

    async def _answer(
        self, read: DocumentRead, receipts: tuple[SubmissionReceiptV1, ...], unmatched: tuple[str, ...]
    ) -> MessageAnswered:
        request = AnswerMessage(
            message_id=read.message_id,
            reading=read.reading,
            receipts=receipts,
            unmatched=unmatched,
            refusal=read.refusal,
            may_answer=read.may_answer,
        )
        return await workflow.execute_activity_method(
            MessageAnswering.answer_message, request, summary="Answer the sender", **PARTNER_API
        )

    async def _answer_late_changes(self, receipts: list[SubmissionReceiptV1]) -> None:
        """Changes of orders that have ended: their own workflow, which answers others, runs no more."""
        # Receipts that were recorded before such changes were answered name none: they replay as they were.
        for order_id in dict.fromkeys(order_id for receipt in receipts for order_id in receipt.ended):
            await answer_changes(order_id)

    async def _settle(self, keys: tuple[str, ...]) -> None:
        """Stop the clocks of our messages that were acknowledged; one that has ended, or never ran, needs nothing."""
        for key in keys:
            try:
                await workflow.get_external_workflow_handle(clock_id(key)).signal("settled")
            except ApplicationError:
                workflow.logger.info("No clock runs for %s", key)

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
            order_ids=answered.order_ids or tuple(receipt.order_id for receipt in receipts),
            reading=read.reading,
        )
        await workflow.execute_local_activity_method(MessageAnswering.conclude_message, request, **LOCAL_STEP)
