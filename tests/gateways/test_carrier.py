"""The simulated carrier: booked once, and moving as its clock does."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from activities.gateways.carrier import SimulatedCarrier
from activities.outside_ports import Carrier
from models.domain.errors import Rejected
from models.domain.identifiers import Sscc
from models.domain.shipment import PackedCarton, ServiceChoice, Shipment
from models.domain.values import Money
from tests.store.samples import BERLIN, EUR, NOON, order_id


class SteppingClock:
    """A clock that goes when told."""

    def __init__(self) -> None:
        self.moment = NOON

    def now(self) -> datetime:
        return self.moment

    def step(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> SteppingClock:
    """Begins at noon."""
    return SteppingClock()


@pytest.fixture
def carrier(tmp_path: Path, clock: SteppingClock) -> Carrier:
    """Ten seconds a day."""
    return SimulatedCarrier(tmp_path, clock, pace=10)


def shipment(number: int = 1, days: int = 2) -> Shipment:
    cost = Money(amount=Decimal("9.80"), currency=EUR)
    choice = ServiceChoice(
        carrier="RKL", service="economy", cost=cost, arrives_on=NOON.date() + timedelta(days=days), reason="cheapest"
    )
    size = dict.fromkeys(("weight_kg", "length_mm", "width_mm", "height_mm"), Decimal(1))
    carton = PackedCarton(sscc=Sscc.numbered("4012345", number), carton_type="S", goods=(), **size)
    return Shipment(
        shipment_id=f"shipment:10010/{number}",
        order_id=order_id(1),
        warehouse="WUP",
        ship_to=BERLIN,
        cartons=(carton,),
        choice=choice,
    )


def test_a_shipment_is_booked_once(tmp_path: Path, clock: SteppingClock, carrier: Carrier) -> None:
    """A restart, a later try: the same number and the same time of booking."""
    first = carrier.book(shipment())
    clock.step(5)
    again = SimulatedCarrier(tmp_path, clock, pace=10)
    assert (again.book(shipment()), again.track(shipment())[0].at) == (first, NOON)


def test_shipments_have_numbers_of_their_own(carrier: Carrier) -> None:
    """Also where their ids differ in a mark alone."""
    other = shipment().model_copy(update={"shipment_id": "shipment:10010-1"})
    assert len({carrier.book(each) for each in (shipment(), shipment(2), other)}) == 3


@pytest.mark.parametrize(
    ("seconds", "codes"),
    [
        (0, ["booked"]),
        (4, ["booked", "collected"]),
        (8, ["booked", "collected", "in_transit"]),
        (16, ["booked", "collected", "in_transit", "out_for_delivery"]),
        (20, ["booked", "collected", "in_transit", "out_for_delivery", "delivered"]),
        (9000, ["booked", "collected", "in_transit", "out_for_delivery", "delivered"]),
    ],
)
def test_a_parcel_moves_with_the_clock(carrier: Carrier, clock: SteppingClock, seconds: int, codes: list[str]) -> None:
    """Two days of transit at ten seconds a day."""
    carrier.book(shipment())
    clock.step(seconds)
    assert [event.code for event in carrier.track(shipment())] == codes


def test_events_never_change_once_reported(carrier: Carrier, clock: SteppingClock) -> None:
    """What was told at eight seconds is the beginning of what is told later."""
    carrier.book(shipment())
    clock.step(8)
    early = carrier.track(shipment())
    clock.step(100)
    assert carrier.track(shipment())[: len(early)] == early


def test_a_service_that_arrives_today_takes_a_day(carrier: Carrier, clock: SteppingClock) -> None:
    """No parcel is there before it is booked."""
    carrier.book(shipment(days=-3))
    assert [event.code for event in carrier.track(shipment())] == ["booked"]


def test_a_shipment_that_was_never_booked_is_not_found(carrier: Carrier) -> None:
    """Nor can one be booked that was not packed."""
    with pytest.raises(Rejected):
        carrier.track(shipment())
    with pytest.raises(Rejected):
        carrier.book(shipment().model_copy(update={"cartons": ()}))
