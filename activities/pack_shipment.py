"""Pack a shipment into cartons, each with its SSCC."""

from __future__ import annotations

from temporalio import activity

from activities.failures import told_to_temporal
from activities.ports import Catalogue, NumberRanges, Parties, Shipments
from activities.shipment_records import ShipmentRecord
from models.contracts.activity_io import ShipmentStep
from models.domain.identifiers import Sscc
from models.domain.packing import pack


class ShipmentPacking:
    """Packs what was picked."""

    def __init__(
        self, shipments: Shipments, catalogue: Catalogue, parties: Parties, numbers: NumberRanges, record: ShipmentRecord
    ) -> None:
        self._shipments = shipments
        self._catalogue = catalogue
        self._parties = parties
        self._numbers = numbers
        self._record = record

    @activity.defn
    @told_to_temporal()
    def pack_shipment(self, step: ShipmentStep) -> None:
        """Put every picked unit into exactly one carton."""
        shipment = self._shipments.load(step.shipment_id)
        if shipment.state == "picking":
            items = self._catalogue.items(sorted({task.sku for task in shipment.tasks}))
            prefix = self._parties.company().gs1_prefix

            def sscc(carton: int) -> Sscc:
                return Sscc.numbered(prefix, self._numbers.number("sscc", f"{shipment.shipment_id}:{carton}"))

            cartons = pack(shipment.tasks, items, sscc)
            shipment = self._shipments.save(shipment.model_copy(update={"cartons": cartons, "state": "packed"}), over=shipment)
        weight = sum(carton.weight_kg for carton in shipment.cartons)
        self._record.note(shipment, "Packed", f"{len(shipment.cartons)} cartons, {weight} kg.")
