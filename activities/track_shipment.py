"""Ask the carrier where a shipment is."""

from __future__ import annotations

from collections.abc import Sequence

from temporalio import activity

from activities.failures import told_to_temporal
from activities.heartbeats import heartbeating
from activities.outside_ports import Carrier
from activities.ports import Shipments
from activities.shipment_records import ShipmentRecord
from models.contracts.activity_io import ShipmentStep, ShipmentTracked
from models.domain.shipment import Shipment, ShipmentState, TrackingEvent

_STATES: dict[str, ShipmentState] = {
    "collected": "in_transit",
    "in_transit": "in_transit",
    "out_for_delivery": "in_transit",
    "delivered": "delivered",
}


#: A parcel is asked for again after this share (one in so many) of the time that it has travelled.
_SHARE_OF_TRAVEL = 4


class ShipmentTracking:
    """Follows shipments. `pause` is how many seconds to leave between two questions at first; the longer a parcel travels,
    the longer the pauses, so that the number of questions grows with the logarithm of the days."""

    def __init__(self, shipments: Shipments, carrier: Carrier, record: ShipmentRecord, *, pause: float) -> None:
        self._shipments = shipments
        self._carrier = carrier
        self._record = record
        self._pause = pause

    @activity.defn
    @told_to_temporal()
    def track_shipment(self, step: ShipmentStep) -> ShipmentTracked:
        """Keep every event the carrier reports, and say when to ask again."""
        shipment = self._shipments.load(step.shipment_id)
        with heartbeating():
            events = tuple(self._carrier.track(shipment))
        if events != shipment.events:
            shipment = self._shipments.save(shipment.model_copy(update=_progress(shipment, events)))
        for event in events:
            where = f" in {event.place}" if event.place else ""
            self._record.note(shipment, f"Carrier:{event.code}", f"{event.code.replace('_', ' ')}{where}.", actor="carrier")
        return ShipmentTracked(
            shipment_id=shipment.shipment_id,
            state=shipment.state,
            tracking_number=shipment.tracking_number or "",
            check_again_seconds=None if shipment.state == "delivered" else self._pause_of(shipment),
        )

    def _pause_of(self, shipment: Shipment) -> float:
        if shipment.dispatched_at is None:
            return self._pause
        travelled = (self._record.clock.now() - shipment.dispatched_at).total_seconds()
        return max(self._pause, travelled / _SHARE_OF_TRAVEL)


def _progress(shipment: Shipment, events: Sequence[TrackingEvent]) -> dict[str, object]:
    states = [_STATES[event.code] for event in events if event.code in _STATES]
    delivered = next((event.at for event in events if event.code == "delivered"), None)
    return {"events": tuple(events), "state": states[-1] if states else shipment.state, "delivered_at": delivered}
