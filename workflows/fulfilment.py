"""One shipment: pick, pack, book the carrier, dispatch, send the ship notice, follow it to delivery."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from activities.book_shipment import CarrierBooking
    from activities.dispatch_goods import GoodsDispatching
    from activities.pack_shipment import ShipmentPacking
    from activities.plan_picking import PickPlanning
    from activities.send_invoice import InvoiceSending
    from activities.send_ship_notice import ShipNoticeSending
    from activities.track_shipment import ShipmentTracking
    from models.contracts.activity_io import MessageSent, ShipmentStep, ShipmentTracked
    from models.contracts.workflow_io import FulfilShipment, PickConfirmed, ShipmentConcluded
    from workflows.acknowledgement import start_clock
    from workflows.compensation import to_its_end
    from workflows.retries import LOCAL_STEP, MONEY, OUR_DATABASE, PARTNER_API


@workflow.defn
class FulfilmentWorkflow:
    """One shipment of one order from one warehouse. Until the goods leave it can be cancelled; after that it is followed."""

    @workflow.init
    def __init__(self, request: FulfilShipment) -> None:
        self._step = ShipmentStep(order_id=request.order_id, shipment_id=request.shipment_id, warehouse=request.warehouse)
        self._order_id = request.order_id
        self._is_picked = False
        self._is_dispatched = False

    @workflow.run
    async def run(self, request: FulfilShipment) -> ShipmentConcluded:
        """Bring the goods to the ship-to."""
        try:
            await self._pick()
            await self._pack_and_book()
            await self._dispatch()
        except (asyncio.CancelledError, ActivityError) as end:
            if not is_cancelled_exception(end):
                raise
            if not self._is_dispatched:
                await workflow.execute_activity_method(GoodsDispatching.cancel_shipment, self._step, **OUR_DATABASE)
                return ShipmentConcluded(shipment_id=request.shipment_id, state="cancelled")
        state = await self._see_delivered()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return ShipmentConcluded(shipment_id=request.shipment_id, state=state)

    async def _pick(self) -> None:
        planned = await workflow.execute_activity_method(
            PickPlanning.plan_picking, self._step, summary="Release to the warehouse", **OUR_DATABASE
        )
        await self._tell_order()
        if planned.awaits_confirmation:
            await workflow.wait_condition(lambda: self._is_picked)

    async def _pack_and_book(self) -> None:
        await workflow.execute_local_activity_method(ShipmentPacking.pack_shipment, self._step, **LOCAL_STEP)
        await workflow.execute_activity_method(
            CarrierBooking.book_shipment, self._step, summary="Choose the service, book it, print the labels", **PARTNER_API
        )

    async def _dispatch(self) -> None:
        issue = workflow.execute_activity_method(
            GoodsDispatching.dispatch_goods, self._step, summary="Goods issue", **OUR_DATABASE
        )
        try:
            await to_its_end(issue)
        finally:
            self._is_dispatched = True
        await self._tell_order()

    async def _see_delivered(self) -> str:
        """What has left cannot be called back: a cancellation does not keep the buyer from hearing of it."""
        following = asyncio.ensure_future(self._notify_and_follow())
        while not following.done():
            try:
                await asyncio.shield(following)
            except asyncio.CancelledError:
                workflow.logger.info("The goods have left; the shipment is followed to its delivery")
        return following.result()

    async def _notify_and_follow(self) -> str:
        notice = await self._send_ship_notice()
        await start_clock(self._order_id, notice)
        if notice.awaits_invoice:
            await start_clock(self._order_id, await self._send_invoice())
        return await self._follow()

    async def _send_ship_notice(self) -> MessageSent:
        return await workflow.execute_activity_method(
            ShipNoticeSending.send_ship_notice, self._step, summary="Advance ship notice", **PARTNER_API
        )

    async def _send_invoice(self) -> MessageSent:
        return await workflow.execute_activity_method(InvoiceSending.send_invoice, self._step, summary="Invoice", **MONEY)

    async def _follow(self) -> str:
        """Ask the carrier until the parcels are delivered."""
        while True:
            tracked: ShipmentTracked = await workflow.execute_activity_method(
                ShipmentTracking.track_shipment, self._step, **PARTNER_API
            )
            if tracked.check_again_seconds is None:
                await self._tell_order()
                return tracked.state
            await workflow.sleep(timedelta(seconds=tracked.check_again_seconds), summary="Ask the carrier again")

    async def _tell_order(self) -> None:
        await workflow.get_external_workflow_handle(self._order_id).signal("shipment_progressed")

    @workflow.update(description='The pick list was picked: {"by": "Ana"}.')
    async def confirm_picked(self, confirmation: PickConfirmed | None = None) -> None:
        """Let the shipment go on to packing."""
        self._is_picked = True
