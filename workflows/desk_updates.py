"""The desk of an order's workflow: the updates by which people decide, correct, hold and ask, and the buyer's answers.

The order's workflow inherits this; the order of its steps stands there.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from activities.accept_part import PartAccepting
    from activities.ask_buyer import QuestionAsking
    from activities.learn_from_order import OrderLearning
    from activities.record_order import OrderRecording
    from activities.take_reply import ReplyRecording
    from models.contracts.activity_io import AcceptPart, OrderBrief, OrderStep, RecordDecision
    from models.contracts.conversation_io import NoteQuestion, QuestionSent, QuestionStep, RecordQuestion, TakeReply
    from models.contracts.decision_v1 import DecisionReceiptV1, DecisionV1
    from models.contracts.order_status_v1 import OrderStatusV1
    from models.contracts.order_submission_v1 import OrderSubmissionV1
    from models.domain.lifecycle import OrderStatus
    from workflows import review
    from workflows.compensation import to_its_end
    from workflows.desk import glance, show
    from workflows.parting import start_rest
    from workflows.retries import LOCAL_STEP, PARTNER_API


class ReviewDesk:
    """What people do to an order that waits for them. Handlers that await hold `_one_at_a_time`."""

    def __init__(self, submission: OrderSubmissionV1) -> None:
        self._submission = submission
        self._order_id = workflow.info().workflow_id
        self._brief: OrderBrief | None = None
        self._shown: OrderBrief | None = None
        self._must_check = False
        self._aside: list[asyncio.Task[None]] = []
        self._one_at_a_time = asyncio.Lock()

    @property
    def _status(self) -> OrderStatus:
        return self._brief.status if self._brief else OrderStatus.RECEIVED

    def _learn(self, brief: OrderBrief) -> None:
        self._brief = brief
        show(brief, self._shown)
        self._shown = brief

    async def _take_lessons(self) -> None:
        """What people said on the order counts from the next document on. Briefs of releases that did not learn never teach."""
        if self._brief is not None and self._brief.teaches:
            step = OrderStep(order_id=self._order_id)
            await workflow.execute_local_activity_method(OrderLearning.learn_from_order, step, **LOCAL_STEP)

    # Deciding

    @workflow.update(description='Accept the order as it stands. No data needed, or {"note": "checked with the buyer"}.')
    async def approve(self, decision: DecisionV1 | None = None) -> DecisionReceiptV1:
        """Accept the open findings and let the order go on."""
        return await self._decide("approve", decision)

    @approve.validator
    def _may_approve(self, decision: DecisionV1 | None = None) -> None:
        review.refuse_approval(self._brief, decision or DecisionV1())

    @workflow.update(description='Turn the order down; the buyer is told why: {"reason": "we do not sell this"}.')
    async def reject(self, decision: DecisionV1 | None = None) -> DecisionReceiptV1:
        """End the order."""
        return await self._decide("reject", decision)

    @reject.validator
    def _may_reject(self, decision: DecisionV1 | None = None) -> None:
        review.refuse_rejection(self._brief, decision or DecisionV1())

    @workflow.update(description='Correct what was read or matched, one key each: {"2.sku": "HX-M8-40"}.')
    async def correct(self, decision: DecisionV1 | None = None) -> DecisionReceiptV1:
        """Keep the corrections and check the whole order again; nothing open any more means it goes on."""
        return await self._decide("correct", decision)

    @correct.validator
    def _may_correct(self, decision: DecisionV1 | None = None) -> None:
        review.refuse_correction(self._brief, decision or DecisionV1())

    @workflow.update(description="Take every proposal that is shown and check the order again. No data needed.")
    async def take_proposals(self, decision: DecisionV1 | None = None) -> DecisionReceiptV1:
        """Correct the order by what the buyer answered and the checks propose."""
        proposed = dict(self._brief.proposals) if self._brief else {}
        words = (decision or DecisionV1()).model_dump(include={"by", "note", "reason", "version"})
        return await self._decide("correct", DecisionV1.model_validate({**words, **proposed}))

    @take_proposals.validator
    def _may_take_proposals(self, decision: DecisionV1 | None = None) -> None:
        review.refuse_proposals(self._brief, decision or DecisionV1())

    @workflow.update(description='Leave the order waiting, marked as held: {"reason": "waiting for the buyer\'s call"}.')
    async def hold(self, decision: DecisionV1 | None = None) -> DecisionReceiptV1:
        """Mark the order as held; it can be decided later like any other."""
        return await self._decide("hold", decision)

    @hold.validator
    def _may_hold(self, decision: DecisionV1 | None = None) -> None:
        review.refuse_hold(self._brief, decision or DecisionV1())

    @workflow.update(description="Let the good lines go on; the doubtful ones wait as an order of their own. No data needed.")
    async def accept_part(self, decision: DecisionV1 | None = None) -> DecisionReceiptV1:
        """Part the order and check what goes on once more; nothing open in it means that it is accepted."""
        decision = decision or DecisionV1()
        await workflow.wait_condition(lambda: not self._must_check)
        async with self._one_at_a_time:
            review.refuse_part(self._brief, decision)
            try:
                await self._part(decision)
            except ActivityError as failure:
                raise _refused(failure) from failure
        await workflow.wait_condition(lambda: not self._must_check)
        receipt = review.receipt_of(self._order_id, self._brief)
        waiting = f"The lines that wait are {self._brief.other_part}." if self._brief else ""
        return receipt.model_copy(update={"message": waiting})

    @accept_part.validator
    def _may_accept_part(self, decision: DecisionV1 | None = None) -> None:
        review.refuse_part(self._brief, decision or DecisionV1())

    async def _part_by_itself(self) -> None:
        """Where the policy says so. Briefs of releases that parted no orders never do."""
        if self._brief is not None and self._brief.parts_itself:
            await self._part(DecisionV1(by="orderwright", reason="The policy lets good lines go on by themselves."))

    async def _part(self, decision: DecisionV1) -> None:
        """Write both parts, and begin the rest's own life: a cancellation meanwhile leaves no rest without a workflow."""
        request = AcceptPart(order_id=self._order_id, decision=decision, at=workflow.now())
        self._learn(await to_its_end(self._parted(request)))
        self._must_check = True

    async def _parted(self, request: AcceptPart) -> OrderBrief:
        brief = await workflow.execute_local_activity_method(PartAccepting.accept_part, request, **LOCAL_STEP)
        await start_rest(brief, self._submission)
        return brief

    async def _decide(self, action: str, decision: DecisionV1 | None) -> DecisionReceiptV1:
        decision = decision or DecisionV1()
        await workflow.wait_condition(lambda: not self._must_check)
        async with self._one_at_a_time:
            # The order may have moved on since the validator passed: by another reviewer's word, or by the buyer's.
            review.REFUSALS[action](self._brief, decision)
            request = RecordDecision(order_id=self._order_id, action=action, decision=decision, at=workflow.now())
            try:
                brief = await workflow.execute_local_activity_method(OrderRecording.record_decision, request, **LOCAL_STEP)
            except ActivityError as failure:
                raise _refused(failure) from failure
            self._must_check = action == "correct"
            self._learn(brief)
            await self._take_lessons()
        await workflow.wait_condition(lambda: not self._must_check)
        return review.receipt_of(self._order_id, self._brief)

    # Asking the buyer

    @workflow.update(description='Ask the buyer by mail. No data needed: the drafted question goes; or your own, {"text": "…"}.')
    async def ask(self, decision: DecisionV1 | None = None) -> DecisionReceiptV1:
        """Send a question to whoever sent the order; it is on hold until an answer comes."""
        decision = decision or DecisionV1()
        update = workflow.current_update_info()
        async with self._one_at_a_time:
            review.refuse_question(self._brief, decision)
            request = RecordQuestion(
                order_id=self._order_id,
                # The same update comes again after a crash, under the same id.
                reference=update.id if update else "",
                text=review.said(decision.extras.get("text")),
                by=review.said(decision.by) or "Temporal UI",
                at=workflow.now(),
            )
            try:
                brief = await workflow.execute_local_activity_method(QuestionAsking.record_question, request, **LOCAL_STEP)
            except ActivityError as failure:
                raise _refused(failure) from failure
            self._learn(brief)
        # Aside, because whoever asks need not wait for the mail server.
        self._aside.append(asyncio.create_task(self._await_answer(brief.open_question)))
        return review.receipt_of(self._order_id, self._brief)

    @ask.validator
    def _may_ask(self, decision: DecisionV1 | None = None) -> None:
        review.refuse_question(self._brief, decision or DecisionV1())

    async def _await_answer(self, number: int) -> None:
        """Send the question and its reminders, until it is answered, nobody wants the answer any more, or nobody gives one."""
        reminder = 0
        while self._is_open(number):
            await self._note_question(number, reminder, await self._send_question(number, reminder))
            if not await self._is_due(number):
                return
            reminder += 1

    async def _send_question(self, number: int, reminder: int) -> QuestionSent:
        """What became of it; what an operator must mend is a failure of this question, and not of the order."""
        try:
            return await workflow.execute_activity_method(
                QuestionAsking.send_question,
                QuestionStep(order_id=self._order_id, number=number, reminder=reminder),
                summary=f"Remind the buyer of question {number}" if reminder else f"Ask the buyer: question {number}",
                **PARTNER_API,
            )
        except ActivityError as failure:
            if is_cancelled_exception(failure):
                raise
            return QuestionSent(failure=str(getattr(failure.cause, "message", failure))[:300])

    async def _note_question(self, number: int, reminder: int, sent: QuestionSent) -> None:
        note = NoteQuestion(order_id=self._order_id, number=number, reminder=reminder, failure=sent.failure, at=workflow.now())
        async with self._one_at_a_time:
            self._learn(await workflow.execute_local_activity_method(QuestionAsking.note_question, note, **LOCAL_STEP))

    async def _is_due(self, number: int) -> bool:
        """Wait for the answer; True where the time for it went by."""
        due = self._brief.question_due if self._brief and self._is_open(number) else None
        if due is None:
            return False
        try:
            await workflow.wait_condition(
                lambda: not self._is_open(number),
                timeout=max(due - workflow.now(), timedelta()),
                timeout_summary=f"The buyer's answer to question {number}",
            )
        except TimeoutError:
            return True
        return False

    def _is_open(self, number: int) -> bool:
        return self._brief is not None and self._brief.open_question == number and self._status.waits_for_person

    @workflow.signal(description="A mail of the buyer's answers a question about this order.")
    async def take_reply(self, reply: TakeReply) -> None:
        """Keep the reply with the order and put it back to the reviewers; what it means is proposed and not applied."""
        await workflow.wait_condition(lambda: self._brief is not None)
        async with self._one_at_a_time:
            self._learn(await workflow.execute_local_activity_method(ReplyRecording.record_reply, reply, **LOCAL_STEP))

    @workflow.query(description="The order at a glance.")
    def status(self) -> OrderStatusV1:
        """The order at a glance."""
        return glance(self._order_id, self._brief)


def _refused(failure: ActivityError) -> ApplicationError:
    return ApplicationError(getattr(failure.cause, "message", str(failure)), type="DecisionRefused")
