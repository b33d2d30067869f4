"""Release a shipment to the warehouse: its pick list in the order of the walk."""

from __future__ import annotations

from temporalio import activity

from activities.failures import told_to_temporal
from activities.ports import Shipments
from activities.shipment_records import ShipmentRecord
from models.contracts.activity_io import PickingPlanned, ShipmentStep
from models.domain.picking import pick_walk


class PickPlanning:
    """Plans picks. `is_confirmed_by_people`: somebody in the warehouse says when the goods are picked."""

    def __init__(self, shipments: Shipments, record: ShipmentRecord, *, is_confirmed_by_people: bool) -> None:
        self._shipments = shipments
        self._record = record
        self._is_confirmed_by_people = is_confirmed_by_people

    @activity.defn
    @told_to_temporal()
    def plan_picking(self, step: ShipmentStep) -> PickingPlanned:
        """Put the shipment's tasks into the order of the walk and release it."""
        shipment = self._shipments.load(step.shipment_id)
        if shipment.state == "planned":
            shipment = self._shipments.save(
                shipment.model_copy(update={"tasks": pick_walk(shipment.tasks), "state": "picking"}), over=shipment
            )
        self._record.note(shipment, "ReleasedToWarehouse", f"{len(shipment.tasks)} picks released to {shipment.warehouse}.")
        return PickingPlanned(
            shipment_id=shipment.shipment_id,
            tasks=len(shipment.tasks),
            awaits_confirmation=self._is_confirmed_by_people,
        )
