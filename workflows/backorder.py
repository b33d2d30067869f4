"""Wait for stock: an order's missing goods, until a delivery brings them or a person gives them up."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time, timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.allocate_stock import StockAllocating
    from models.contracts.activity_io import GiveUpBackorder, OrderStep, PlannedShipment, StockAllocated
    from models.contracts.decision_v1 import DecisionV1
    from models.contracts.workflow_io import AwaitStock, BackorderConcluded, FulfilShipment
    from workflows.cancelling import tell_cancellation
    from workflows.fulfilment import FulfilmentWorkflow
    from workflows.retries import BACKORDER_RECHECK, OUR_DATABASE, WORKFLOW_TASK_TIMEOUT


@workflow.defn
class BackorderWorkflow:
    """The missing goods of one order."""

    @workflow.init
    def __init__(self, request: AwaitStock) -> None:
        self._order_id = request.order_id
        self._until = date.fromisoformat(request.waits_until) if request.waits_until else None
        self._has_arrived = False
        self._given_up: DecisionV1 | None = None

    @workflow.run
    async def run(self, request: AwaitStock) -> BackorderConcluded:
        """Ship what arrives until nothing is missing."""
        step = OrderStep(order_id=self._order_id)
        while True:
            await self._wait_for_goods()
            if self._given_up is not None:
                given_up = GiveUpBackorder(order_id=self._order_id, decision=self._given_up)
                await workflow.execute_activity_method(StockAllocating.give_up_backorder, given_up, **OUR_DATABASE)
                await tell_cancellation(self._order_id, is_posted=True, why=str(self._given_up.reason or ""))
                return BackorderConcluded(order_id=self._order_id, outcome="cancelled")
            allocated: StockAllocated = await workflow.execute_activity_method(
                StockAllocating.allocate_arrived_stock, step, summary="Allocate what arrived", **OUR_DATABASE
            )
            self._until = allocated.waits_until
            await asyncio.gather(*(self._fulfil(shipment) for shipment in allocated.shipments))
            if not allocated.is_backordered:
                await workflow.wait_condition(workflow.all_handlers_finished)
                return BackorderConcluded(order_id=self._order_id, outcome="fulfilled")
            if workflow.info().is_continue_as_new_suggested():
                await workflow.wait_condition(workflow.all_handlers_finished)
                until = self._until.isoformat() if self._until else None
                workflow.continue_as_new(request.model_copy(update={"waits_until": until, "round": request.round + 1}))

    async def _wait_for_goods(self) -> None:
        try:
            await workflow.wait_condition(
                lambda: self._has_arrived or self._given_up is not None,
                timeout=self._patience(),
                timeout_summary="Expected delivery",
            )
        except TimeoutError:
            return
        finally:
            self._has_arrived = False

    def _patience(self) -> timedelta:
        """Until the expected day begins; from then on once a day."""
        if self._until is None:
            return BACKORDER_RECHECK
        return max(datetime.combine(self._until, time(), UTC) - workflow.now(), BACKORDER_RECHECK)

    async def _fulfil(self, shipment: PlannedShipment) -> None:
        request = FulfilShipment(order_id=self._order_id, shipment_id=shipment.shipment_id, warehouse=shipment.warehouse)
        await workflow.execute_child_workflow(
            FulfilmentWorkflow.run, request, id=shipment.shipment_id, task_timeout=WORKFLOW_TASK_TIMEOUT
        )

    @workflow.signal(description="Goods that this order waits for arrived.")
    def stock_arrived(self) -> None:
        """Look at the stock now."""
        self._has_arrived = True

    @workflow.update(
        description='Give up what is missing and let the rest of the order end; the buyer is told why: {"reason": "…"}.'
    )
    async def give_up(self, decision: DecisionV1 | None = None) -> None:
        """Release the missing quantities."""
        self._given_up = decision or DecisionV1()


async def await_missing(order_id: str, allocated: StockAllocated) -> BackorderConcluded | None:
    """Wait for what an allocation left open; None where it left nothing."""
    if not allocated.is_backordered:
        return None
    until = allocated.waits_until.isoformat() if allocated.waits_until else None
    return await workflow.execute_child_workflow(
        BackorderWorkflow.run,
        AwaitStock(order_id=order_id, waits_until=until),
        id=f"backorder:{order_id}",
        task_timeout=WORKFLOW_TASK_TIMEOUT,
        static_summary=f"Goods expected {until or 'on a day nobody knows yet'}",
    )
