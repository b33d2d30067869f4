"""The life of one order: open, check, decide, promise, acknowledge, allocate, fulfil, close.

The workflow id is the order id. Its steps work on the order's record in the store; the workflow keeps only a brief of it.
People decide through the updates of the desk (`workflows/desk_updates.py`); doors hand in the same order again through
`submit`, and changes through `request_change`.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError, ChildWorkflowError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from activities.acknowledge_order import OrderAcknowledging
    from activities.allocate_stock import StockAllocating
    from activities.check_credit import CreditChecking
    from activities.check_terms import TermsChecking
    from activities.decide_order import OrderDeciding
    from activities.determine_tax import TaxDetermining
    from activities.match_items import ItemMatching
    from activities.match_parties import PartyMatching
    from activities.post_to_erp import ErpPosting
    from activities.promise_stock import StockPromising
    from activities.record_order import OrderRecording
    from activities.remind_reviewers import ReviewReminding
    from activities.screen_order import OrderScreening
    from models.contracts.activity_io import (
        AcknowledgeOrder,
        CompareSubmission,
        MoveOrder,
        OpenOrder,
        OrderStep,
        PlannedShipment,
        RemindReviewers,
    )
    from models.contracts.decision_v1 import DecisionV1
    from models.contracts.order_submission_v1 import OrderSubmissionV1, SubmissionReceiptV1
    from models.contracts.workflow_io import FulfilShipment, OrderConcluded, ShipmentConcluded
    from models.domain.lifecycle import OrderStatus
    from workflows.acknowledgement import answer_changes, start_clock, watch_ours
    from workflows.backorder import await_missing
    from workflows.cancelling import tell_cancellation
    from workflows.compensation import UndoStack, to_its_end
    from workflows.converter import NO_ARGUMENT, demand_argument
    from workflows.desk_updates import ReviewDesk
    from workflows.fulfilment import FulfilmentWorkflow
    from workflows.retries import LOCAL_STEP, MONEY, OUR_DATABASE, PARTNER_API, REVIEW_REMINDER, WORKFLOW_TASK_TIMEOUT


@workflow.defn
class OrderWorkflow(ReviewDesk):
    """One purchase order from its first submission to its last delivery."""

    @workflow.init
    def __init__(self, submission: OrderSubmissionV1 = NO_ARGUMENT) -> None:
        demand_argument(submission, "an OrderSubmissionV1")
        super().__init__(submission)
        self._is_posted = False
        self._is_acknowledged = False
        self._undo = UndoStack()

    @workflow.run
    async def run(self, submission: OrderSubmissionV1 = NO_ARGUMENT) -> OrderConcluded:
        """Live the order's life; a cancelled order lets go of what it holds."""
        await self._open(submission)
        self._start_own_clock()
        try:
            await self._agree()
            if self._is_blanket and not self._status.is_final:
                await self._move(OrderStatus.CLOSED, "Kept as a blanket order: call-offs draw it down.")
            elif not self._status.is_final:
                await self._allocate_and_fulfil()
                await self._move(OrderStatus.CLOSED, "Everything was delivered.")
        except (asyncio.CancelledError, ActivityError, ChildWorkflowError) as end:
            if not is_cancelled_exception(end):
                raise
            await self._end_cancelled()
        self._is_acknowledged = True
        await workflow.wait_condition(workflow.all_handlers_finished)
        await asyncio.gather(*self._aside)
        return OrderConcluded(order_id=self._order_id, status=self._status.value)

    # Steps, in order of use

    async def _open(self, submission: OrderSubmissionV1) -> None:
        request = OpenOrder(order_id=self._order_id, submission=submission, started_at=workflow.now())
        self._learn(await workflow.execute_local_activity_method(OrderRecording.open_order, request, **LOCAL_STEP))

    def _start_own_clock(self) -> None:
        """What the partner's profile wants by a certain time is watched beside everything else."""
        if self._brief and self._brief.acknowledge_by:
            watching = watch_ours(self._order_id, self._brief.acknowledge_by, lambda: self._is_acknowledged)
            self._aside.append(asyncio.create_task(watching))

    async def _agree(self) -> None:
        """Check and review until the order is rejected, or accepted and written into the books."""
        while not self._status.is_final:
            await self._check()
            await self._review()
            if self._status is OrderStatus.REJECTED:
                await self._acknowledge(is_rejected=True)
            elif self._status is OrderStatus.ACCEPTED and await self._commit():
                return

    async def _check(self) -> None:
        """All checks, every time and all of them: a reviewer sees every finding at once."""
        step = OrderStep(order_id=self._order_id)
        async with self._one_at_a_time:
            for check in (
                PartyMatching.match_parties,
                ItemMatching.match_items,
                TermsChecking.check_terms,
                TaxDetermining.determine_tax,
                CreditChecking.check_credit,
                OrderScreening.screen_order,
            ):
                await workflow.execute_local_activity_method(check, step, **LOCAL_STEP)
            self._learn(await workflow.execute_local_activity_method(OrderDeciding.decide_order, step, **LOCAL_STEP))
            await self._take_lessons()
            self._must_check = False
            await self._part_by_itself()

    async def _review(self) -> None:
        """Wait for a reviewer; a correction leads back to the checks."""
        reminders, remind_at = 0, self._brief.remind_at if self._brief else None
        while self._status.waits_for_person:
            try:
                await workflow.wait_condition(
                    lambda: self._must_check or not self._status.waits_for_person,
                    timeout=max(remind_at - workflow.now(), timedelta()) if remind_at else REVIEW_REMINDER,
                    timeout_summary="Remind the desk",
                )
            except TimeoutError:
                reminders += 1
                remind_at = await self._remind(reminders)
                continue
            if self._must_check:
                await self._check()
                remind_at = self._later_of(remind_at)

    def _later_of(self, remind_at: datetime | None) -> datetime | None:
        """A new check may give the desk more time, and never brings back a reminder that went."""
        due = self._brief.remind_at if self._brief else None
        return max(remind_at, due) if remind_at and due else remind_at or due

    async def _remind(self, reminders: int) -> datetime | None:
        """When to remind next; None where a release that knew no working hours recorded the reminder."""
        request = RemindReviewers(order_id=self._order_id, reminder=reminders, at=workflow.now())
        reminded = await workflow.execute_activity_method(ReviewReminding.remind_reviewers, request, **PARTNER_API)
        if reminded and reminded.then:
            await self._decide_unanswered(reminded.then, reminded.reason)
        return reminded.next_at if reminded else None

    async def _decide_unanswered(self, action: str, reason: str) -> None:
        """Nobody decided: the desk's rules do, in our own name. Somebody may have been quicker meanwhile."""
        if not self._status.waits_for_person:
            return
        try:
            await self._decide(action, DecisionV1(by="orderwright", reason=reason))
        except ApplicationError as refusal:
            workflow.logger.info("What nobody decided was decided meanwhile: %s", refusal)

    async def _commit(self) -> bool:
        """Hold stock, post to the ERP, acknowledge. What the ERP refuses is undone and goes back to a person."""
        if self._is_blanket:
            await self._acknowledge(is_rejected=False)
            return True
        step = OrderStep(order_id=self._order_id)
        self._undo.push(self._release_stock)
        try:
            await to_its_end(
                workflow.execute_activity_method(
                    StockPromising.promise_stock, step, summary="Reserve available-to-promise stock", **OUR_DATABASE
                )
            )
            # True before it is: the ERP may have the order although its answer was lost.
            self._is_posted = True
            await workflow.execute_activity_method(
                ErpPosting.post_to_erp, step, summary="Post the sales order to the ERP", **MONEY
            )
        except ActivityError as failure:
            await self._put_back_to_review(failure)
            return False
        await self._acknowledge(is_rejected=False)
        return True

    async def _put_back_to_review(self, failure: ActivityError) -> None:
        if not isinstance(failure.cause, ApplicationError) or failure.cause.type != "Rejected":
            raise failure
        await self._undo.run()
        move = MoveOrder(order_id=self._order_id, status=OrderStatus.NEEDS_REVIEW, why=str(failure.cause.message))
        self._learn(await workflow.execute_local_activity_method(OrderRecording.refuse_order, move, **LOCAL_STEP))

    async def _acknowledge(self, *, is_rejected: bool) -> None:
        request = AcknowledgeOrder(order_id=self._order_id, is_rejected=is_rejected)
        sent = await workflow.execute_activity_method(
            OrderAcknowledging.acknowledge_order, request, summary="Tell the buyer", **PARTNER_API
        )
        self._is_acknowledged = True
        await start_clock(self._order_id, sent)
        if self._brief and self._brief.open_changes:
            await answer_changes(self._order_id)

    async def _allocate_and_fulfil(self) -> None:
        allocated = await workflow.execute_activity_method(
            StockAllocating.allocate_stock,
            OrderStep(order_id=self._order_id),
            summary="Turn the reservation into shipments",
            **OUR_DATABASE,
        )
        await self._progress()
        await asyncio.gather(
            *(self._fulfil(shipment) for shipment in allocated.shipments), await_missing(self._order_id, allocated)
        )
        if self._status is not OrderStatus.DELIVERED and workflow.patched("closing-knows-the-shipments"):
            # After an outage a shipment's news may come at once with its end, and not be in the books yet.
            await self._progress()

    async def _fulfil(self, shipment: PlannedShipment) -> ShipmentConcluded:
        request = FulfilShipment(order_id=self._order_id, shipment_id=shipment.shipment_id, warehouse=shipment.warehouse)
        return await workflow.execute_child_workflow(
            FulfilmentWorkflow.run,
            request,
            id=shipment.shipment_id,
            task_timeout=WORKFLOW_TASK_TIMEOUT,
            static_summary=f"Shipment from {shipment.warehouse}",
        )

    async def _end_cancelled(self) -> None:
        """Let go of what has not left. What has left is delivered by now, and closes the order."""
        await self._undo.run()
        await self._progress()
        step = OrderStep(order_id=self._order_id)
        self._learn(await workflow.execute_local_activity_method(OrderRecording.end_cancelled_order, step, **LOCAL_STEP))
        await tell_cancellation(self._order_id, is_posted=self._is_posted)

    async def _release_stock(self) -> None:
        step = OrderStep(order_id=self._order_id)
        await workflow.execute_activity_method(StockAllocating.release_stock, step, **OUR_DATABASE)

    async def _move(self, status: OrderStatus, why: str, by: str = "orderwright") -> None:
        move = MoveOrder(order_id=self._order_id, status=status, why=why, by=by)
        self._learn(await workflow.execute_local_activity_method(OrderRecording.move_order, move, **LOCAL_STEP))

    async def _progress(self) -> None:
        async with self._one_at_a_time:
            step = OrderStep(order_id=self._order_id)
            self._learn(await workflow.execute_local_activity_method(OrderRecording.note_progress, step, **LOCAL_STEP))

    @property
    def _is_blanket(self) -> bool:
        """Briefs of releases that shipped blanket orders never say so."""
        return self._brief is not None and self._brief.is_blanket

    # Doors

    @workflow.update(description="Hand in this purchase order (again): answers whether it is new, the same, or different.")
    async def submit(self, submission: OrderSubmissionV1) -> SubmissionReceiptV1:
        """The same submission opens the order once; any other is held against what the order says."""
        await workflow.wait_condition(lambda: self._brief is not None)
        if submission.key == self._submission.key:
            return SubmissionReceiptV1(order_id=self._order_id, disposition="opened", status=self._status.value)
        return await self._compare(CompareSubmission(order_id=self._order_id, submission=submission))

    @workflow.update(description="Put a buyer's change or cancellation to this order.")
    async def request_change(self, submission: OrderSubmissionV1) -> SubmissionReceiptV1:
        """A change never edits the order by itself: it becomes a finding, or a notice where the order went too far."""
        await workflow.wait_condition(lambda: self._brief is not None)
        return await self._compare(CompareSubmission(order_id=self._order_id, submission=submission, is_change=True))

    async def _compare(self, request: CompareSubmission) -> SubmissionReceiptV1:
        async with self._one_at_a_time:
            receipt = await workflow.execute_local_activity_method(OrderRecording.compare_submission, request, **LOCAL_STEP)
            if receipt.disposition != "duplicate" and not self._is_accepted:
                self._must_check = True
        if request.is_change and self._is_accepted and workflow.patched("late-changes-are-answered"):
            # Aside, because whoever handed the change in need not wait for the partner's line.
            self._aside.append(asyncio.create_task(answer_changes(self._order_id)))
        return receipt

    @property
    def _is_accepted(self) -> bool:
        return not (self._status.waits_for_person or self._status is OrderStatus.RECEIVED)

    # Watching

    @workflow.signal(description="A shipment of this order moved on.")
    async def shipment_progressed(self) -> None:
        """Bring the order's status up to date with its shipments."""
        await self._progress()
