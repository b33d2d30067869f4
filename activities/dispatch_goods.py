"""Goods issue: the packed goods leave the warehouse and its stock; or, before that, a shipment is given up."""

from __future__ import annotations

from temporalio import activity

from activities.failures import told_to_temporal
from activities.ports import Shipments, StockLedger
from activities.shipment_records import ShipmentRecord
from models.contracts.activity_io import ShipmentStep


class GoodsDispatching:
    """Books goods out, once per shipment."""

    def __init__(self, shipments: Shipments, stock: StockLedger, record: ShipmentRecord) -> None:
        self._shipments = shipments
        self._stock = stock
        self._record = record

    @activity.defn
    @told_to_temporal()
    def dispatch_goods(self, step: ShipmentStep) -> None:
        """Take the goods out of stock and note when they left."""
        shipment = self._shipments.load(step.shipment_id)
        if shipment.state == "booked":
            self._stock.issue(shipment.shipment_id, shipment.order_id, [(task.line, task.part) for task in shipment.tasks])
            now = self._record.clock.now()
            shipment = self._shipments.save(shipment.model_copy(update={"state": "dispatched", "dispatched_at": now}))
        self._record.note(shipment, "Dispatched", f"Left {shipment.warehouse} as {shipment.tracking_number}.")

    @activity.defn
    @told_to_temporal()
    def cancel_shipment(self, step: ShipmentStep) -> None:
        """Give up a shipment whose goods have not left; one that left stays as it is."""
        shipment = self._shipments.load(step.shipment_id)
        if shipment.dispatched_at is None:
            shipment = self._shipments.save(shipment.model_copy(update={"state": "cancelled"}))
            self._record.note(shipment, "ShipmentCancelled", "The shipment was cancelled before its goods left.")
