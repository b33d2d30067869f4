"""The acknowledgement clock: a timer for each acknowledgement that was agreed, theirs of our messages and ours of their order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.workflow import ParentClosePolicy

with workflow.unsafe.imports_passed_through():
    from activities.answer_changes import ChangeAnswering
    from activities.watch_acknowledgements import AcknowledgementWatching
    from models.contracts.activity_io import MessageSent, OrderStep
    from models.contracts.exchange_io import AcknowledgementState, CheckAcknowledgement
    from models.contracts.workflow_io import AcknowledgementConcluded, AwaitAcknowledgement
    from workflows.desk import ORDER_STATUS
    from workflows.retries import ACKNOWLEDGEMENT_PATIENCE, PARTNER_API, WORKFLOW_TASK_TIMEOUT


def clock_id(key: str) -> str:
    """The id of the clock of our message `key`."""
    return f"clock:{key}"


@workflow.defn
class AcknowledgementWorkflow:
    """Waits for a partner's CONTRL, 997 or 999 on one message of ours; the desk is told when it is overdue."""

    @workflow.init
    def __init__(self, request: AwaitAcknowledgement) -> None:
        self._request = request
        self._was_settled = False

    @workflow.run
    async def run(self, request: AwaitAcknowledgement) -> AcknowledgementConcluded:
        """Wait until it is due, and then as long as one may still come."""
        self._show("AwaitsAcknowledgement")
        await self._wait(request.due - workflow.now())
        state = await self._check()
        was_overdue = state.state == "awaited"
        if was_overdue:
            self._show("AcknowledgementOverdue")
            await self._wait(ACKNOWLEDGEMENT_PATIENCE)
            state = await self._check()
        self._show({"acknowledged": "Acknowledged", "rejected": "RejectedByPartner", "awaited": "NeverAcknowledged"}[state.state])
        concluded = "never" if state.state == "awaited" else state.state
        return AcknowledgementConcluded(key=request.key, state=concluded, was_overdue=was_overdue)

    async def _wait(self, patience: timedelta) -> None:
        try:
            await workflow.wait_condition(
                lambda: self._was_settled, timeout=max(patience, timedelta()), timeout_summary="The partner's acknowledgement"
            )
        except TimeoutError:
            return

    async def _check(self) -> AcknowledgementState:
        request = CheckAcknowledgement(order_id=self._request.order_id, key=self._request.key, due=self._request.due)
        return await workflow.execute_activity_method(
            AcknowledgementWatching.check_acknowledgement, request, summary="Did it come?", **PARTNER_API
        )

    def _show(self, state: str) -> None:
        workflow.upsert_search_attributes([ORDER_STATUS.value_set(state)])

    @workflow.signal(description="The partner acknowledged or rejected the message.")
    def settled(self) -> None:
        """Look at the books now."""
        self._was_settled = True


async def start_clock(order_id: str, sent: MessageSent) -> None:
    """Begin to wait for the acknowledgement of a message, where one was agreed. The clock outlives the order."""
    # Results that were recorded before there were clocks name no moment: they replay as they were.
    if sent.acknowledged_by is None or not sent.key:
        return
    try:
        await workflow.start_child_workflow(
            AcknowledgementWorkflow.run,
            AwaitAcknowledgement(order_id=order_id, key=sent.key, due=sent.acknowledged_by),
            id=clock_id(sent.key),
            task_timeout=WORKFLOW_TASK_TIMEOUT,
            parent_close_policy=ParentClosePolicy.ABANDON,
            static_summary=f"Acknowledgement due by {sent.acknowledged_by:%Y-%m-%d %H:%M}",
        )
    except WorkflowAlreadyStartedError:
        workflow.logger.info("The clock of %s runs already", sent.key)


async def watch_ours(order_id: str, due: datetime, is_done: Callable[[], bool]) -> None:
    """Wait for our own order acknowledgement of the order; the desk is told when it is overdue."""
    try:
        await workflow.wait_condition(
            is_done, timeout=max(due - workflow.now(), timedelta()), timeout_summary="Our acknowledgement is due"
        )
    except TimeoutError:
        request = CheckAcknowledgement(order_id=order_id, key=f"acknowledgement:{order_id}", due=due, is_ours=True)
        await workflow.execute_activity_method(
            AcknowledgementWatching.check_acknowledgement, request, summary="Our acknowledgement is due", **PARTNER_API
        )


async def answer_changes(order_id: str) -> None:
    """Answer the buyer's changes to the order in their own standard."""
    step = OrderStep(order_id=order_id)
    sent = await workflow.execute_activity_method(
        ChangeAnswering.answer_changes, step, summary="Answer the buyer's change", **PARTNER_API
    )
    await start_clock(order_id, sent)
