"""Facts of a shipment's life, noted with its order."""

from __future__ import annotations

from collections.abc import Mapping

from activities.ports import AuditTrail, Clock
from models.domain.messages import AuditEntry
from models.domain.shipment import Shipment


class ShipmentRecord:
    """Notes what happens to shipments in the timeline of their order, each fact once."""

    def __init__(self, audit: AuditTrail, clock: Clock) -> None:
        self._audit = audit
        self.clock = clock

    def note(
        self, shipment: Shipment, event: str, summary: str, details: Mapping[str, str] | None = None, actor: str = "orderwright"
    ) -> None:
        """Note `event` of this shipment."""
        self._audit.append(
            AuditEntry(
                subject_id=shipment.order_id,
                key=f"{shipment.shipment_id}:{event}",
                event=event,
                actor=actor,
                at=self.clock.now(),
                summary=summary,
                details={"shipment": shipment.shipment_id, **(details or {})},
            )
        )
