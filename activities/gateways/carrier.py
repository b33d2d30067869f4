"""A carrier that plays its part without lorries: it books parcels and moves them through their stations as time passes."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

from pydantic import ValidationError

from activities.gateways import durable_files
from activities.gateways.clock import TellsTime
from models.domain.errors import Rejected, Unavailable
from models.domain.shipment import Shipment, TrackingEvent
from models.domain.values import Value

#: After which share of the transit a parcel comes to a station.
_STATIONS = (
    ("booked", Fraction(0)),
    ("collected", Fraction(1, 5)),
    ("in_transit", Fraction(2, 5)),
    ("out_for_delivery", Fraction(4, 5)),
    ("delivered", Fraction(1)),
)


class Booking(Value):
    """What the carrier wrote down when a shipment was booked."""

    shipment_id: str
    tracking_number: str
    booked_at: datetime
    transit_days: int


class SimulatedCarrier:
    """Fulfils `activities.outside_ports.Carrier`. `pace` is how many seconds a day of transit takes.

    It keeps its bookings in `root`, as an outside party keeps its own books: restarts on our side do not move a parcel.
    """

    def __init__(self, root: Path, clock: TellsTime, *, pace: float) -> None:
        self._root = root
        self._clock = clock
        self._pace = pace

    def book(self, shipment: Shipment) -> str:
        """Raises `Rejected` (not_bookable) without a chosen service or cartons, `Unavailable` where the disk refuses."""
        if shipment.choice is None or not shipment.cartons:
            raise Rejected(f"{shipment.shipment_id} has no chosen service or no cartons to book", code="not_bookable")
        now = self._clock.now()
        booking = Booking(
            shipment_id=shipment.shipment_id,
            tracking_number=tracking_number(shipment.shipment_id),
            booked_at=now,
            transit_days=max(1, (shipment.choice.arrives_on - now.date()).days),
        )
        durable_files.create_once(self._root, self._path(shipment), booking.model_dump_json().encode())
        return self._booking(shipment).tracking_number

    def track(self, shipment: Shipment) -> tuple[TrackingEvent, ...]:
        """Raises `Rejected` (not_found) for a shipment that was never booked here."""
        booking, now = self._booking(shipment), self._clock.now()
        whole = timedelta(seconds=self._pace) * booking.transit_days
        moments = [(code, booking.booked_at + whole * float(share)) for code, share in _STATIONS]
        return tuple(TrackingEvent(code=code, at=at, place=_place(code, shipment)) for code, at in moments if at <= now)

    def _booking(self, shipment: Shipment) -> Booking:
        try:
            return Booking.model_validate_json(durable_files.read(self._path(shipment)))
        except FileNotFoundError as error:
            raise Rejected(f"{shipment.shipment_id} was never booked", code="not_found") from error
        except ValidationError as error:
            raise Unavailable(f"{self._path(shipment)} is damaged: restore it from the backup") from error

    def _path(self, shipment: Shipment) -> Path:
        return self._root / f"{durable_files.file_name(shipment.shipment_id)}.json"


def tracking_number(shipment_id: str) -> str:
    """SIM and twelve digits that follow from the shipment's id."""
    return f"SIM{int(hashlib.sha256(shipment_id.encode()).hexdigest(), 16) % 10**12:012d}"


def _place(code: str, shipment: Shipment) -> str:
    if code in ("booked", "collected"):
        return shipment.warehouse
    return "" if code == "in_transit" else shipment.ship_to.city
