"""One return (RMA): authorise, receive, inspect, dispose, and credit or replace."""

from __future__ import annotations

from temporalio import workflow
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from activities.authorise_return import ReturnAuthorising
    from activities.issue_credit import CreditIssuing
    from activities.receive_return import ReturnReceiving
    from activities.submit_order import OrderSubmitting
    from models.contracts.activity_io import RoutedOrder, SubmitOrder
    from models.contracts.decision_v1 import DecisionV1
    from models.contracts.return_io import DecideReturn, InspectReturn, OpenReturn, ReturnBrief, ReturnStep
    from models.contracts.return_request_v1 import ReturnRequestV1
    from models.contracts.workflow_io import GoodsReceived, ReturnConcluded
    from workflows.converter import NO_ARGUMENT, demand_argument
    from workflows.desk import CUSTOMER, ORDER_STATUS
    from workflows.retries import LOCAL_STEP, MONEY, OUR_DATABASE, PARTNER_API

_CONDITIONS = ("as_new", "opened", "damaged")


@workflow.defn
class ReturnWorkflow:
    """One return from request to settlement. A person authorises what the policy does not."""

    @workflow.init
    def __init__(self, request: ReturnRequestV1 = NO_ARGUMENT) -> None:
        demand_argument(request, "a ReturnRequestV1")
        self._brief: ReturnBrief | None = None
        self._decided: tuple[bool, DecisionV1] | None = None
        self._received: GoodsReceived | None = None

    @workflow.run
    async def run(self, request: ReturnRequestV1 = NO_ARGUMENT) -> ReturnConcluded:
        """Take the goods back, or say why not."""
        await self._open(request)
        if self._current.needs_person:
            await self._wait_for_decision()
        if self._current.state == "refused":
            return await self._conclude()
        await self._authorise()
        await self._receive()
        await self._settle()
        return await self._conclude()

    async def _open(self, request: ReturnRequestV1) -> None:
        opening = OpenReturn(request=request, rma_key=workflow.info().workflow_id, requested_at=workflow.now())
        self._learn(await workflow.execute_local_activity_method(ReturnAuthorising.open_return, opening, **LOCAL_STEP))

    async def _wait_for_decision(self) -> None:
        await workflow.wait_condition(lambda: self._decided is not None)
        is_authorised, decision = self._decided or (False, DecisionV1())
        request = DecideReturn(rma=self._current.rma, is_authorised=is_authorised, decision=decision)
        self._learn(await workflow.execute_local_activity_method(ReturnAuthorising.decide_return, request, **LOCAL_STEP))

    async def _authorise(self) -> None:
        step = ReturnStep(rma=self._current.rma)
        self._learn(
            await workflow.execute_activity_method(
                ReturnAuthorising.authorise_return, step, summary="Print the return label and tell the customer", **PARTNER_API
            )
        )

    async def _receive(self) -> None:
        if self._current.awaits_receipt:
            await workflow.wait_condition(lambda: self._received is not None)
        received = self._received or GoodsReceived(condition="as_new", by="simulated warehouse")
        request = InspectReturn(rma=self._current.rma, condition=str(received.condition), by=str(received.by or "warehouse"))
        self._learn(await workflow.execute_activity_method(ReturnReceiving.receive_return, request, **OUR_DATABASE))

    async def _settle(self) -> None:
        step = ReturnStep(rma=self._current.rma)
        self._learn(await workflow.execute_activity_method(CreditIssuing.issue_credit, step, summary="Credit note", **MONEY))
        if self._current.replacement is not None:
            order = RoutedOrder(order_id=self._current.replacement_order_id, kind="order", submission=self._current.replacement)
            await workflow.execute_activity_method(
                OrderSubmitting.submit_order, SubmitOrder(order=order), summary="Order the replacement", **OUR_DATABASE
            )

    async def _conclude(self) -> ReturnConcluded:
        if self._current.state == "refused":
            step = ReturnStep(rma=self._current.rma)
            await workflow.execute_activity_method(ReturnAuthorising.tell_refusal, step, **PARTNER_API)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return ReturnConcluded(rma=self._current.rma, state=self._current.state, credit=self._current.value)

    @property
    def _current(self) -> ReturnBrief:
        assert self._brief is not None, "a return is opened before anything else"
        return self._brief

    def _learn(self, brief: ReturnBrief) -> None:
        self._brief = brief
        state = "NeedsReview" if brief.needs_person else f"Return{brief.state.capitalize()}"
        workflow.upsert_search_attributes([ORDER_STATUS.value_set(state), CUSTOMER.value_set(brief.customer_number)])
        workflow.set_current_details(brief.details)

    @workflow.update(description='Let the customer send the goods back: no data, or {"note": "goodwill"}.')
    async def authorise(self, decision: DecisionV1 | None = None) -> str:
        """Authorise the return."""
        self._decided = (True, decision or DecisionV1())
        return "authorised"

    @authorise.validator
    def _may_authorise(self, decision: DecisionV1 | None = None) -> None:
        self._refuse_unless_waiting()

    @workflow.update(description='Refuse the return; the customer is told why: {"reason": "later than 30 days"}.')
    async def refuse(self, decision: DecisionV1 | None = None) -> str:
        """Refuse the return."""
        self._decided = (False, decision or DecisionV1())
        return "refused"

    @refuse.validator
    def _may_refuse(self, decision: DecisionV1 | None = None) -> None:
        self._refuse_unless_waiting()
        if not decision or not str(decision.reason or "").strip():
            raise _refusal('A refusal needs a reason, which the customer is told: {"reason": "later than 30 days"}')

    def _refuse_unless_waiting(self) -> None:
        if self._brief is None or not self._brief.needs_person or self._decided is not None:
            raise _refusal("This return waits for nobody's decision. Nothing was changed.")

    @workflow.update(description='The goods arrived: {"condition": "as_new"}, or opened, or damaged.')
    async def receive(self, received: GoodsReceived | None = None) -> str:
        """Book the goods in with their condition."""
        self._received = received
        return "received"

    @receive.validator
    def _may_receive(self, received: GoodsReceived | None = None) -> None:
        if received is None or received.condition not in _CONDITIONS:
            raise _refusal(f"Say how the goods are: condition is one of {', '.join(_CONDITIONS)}.")
        if self._brief is None or self._brief.state != "authorised":
            raise _refusal("This return does not wait for goods. Nothing was changed.")


def _refusal(sentence: str) -> ApplicationError:
    return ApplicationError(sentence, type="DecisionRefused", non_retryable=True)
