"""Choose a carrier's service, book it, and print the labels."""

from __future__ import annotations

from temporalio import activity

from activities.answer_ports import LabelPrinter
from activities.failures import told_to_temporal
from activities.heartbeats import heartbeating
from activities.outside_ports import Carrier
from activities.ports import BlobStore, OrderBook, Parties, Shipments
from activities.shipment_records import ShipmentRecord
from models.contracts.activity_io import ShipmentStep
from models.domain.errors import Misconfigured
from models.domain.freight import choose_service
from models.domain.identifiers import OrderId
from models.domain.shipment import ServiceChoice, Shipment


class CarrierBooking:
    """Books the cheapest service within the promised date."""

    def __init__(
        self,
        shipments: Shipments,
        parties: Parties,
        carrier: Carrier,
        labels: LabelPrinter,
        blobs: BlobStore,
        record: ShipmentRecord,
        orders: OrderBook,
    ) -> None:
        self._shipments = shipments
        self._parties = parties
        self._carrier = carrier
        self._labels = labels
        self._blobs = blobs
        self._record = record
        self._orders = orders

    @activity.defn
    @told_to_temporal()
    def book_shipment(self, step: ShipmentStep) -> None:
        """Book once, keep the tracking number and the labels."""
        shipment = self._shipments.load(step.shipment_id)
        if shipment.state == "packed":
            shipment = shipment.model_copy(update={"choice": self._choice(shipment)})
            with heartbeating():
                shipment = shipment.model_copy(update={"tracking_number": self._carrier.book(shipment)})
            label = self._blobs.put(self._labels.label(shipment, self._parties.company().address), "application/pdf")
            shipment = self._shipments.save(shipment.model_copy(update={"label": label, "state": "booked"}))
        choice = shipment.choice
        if choice is not None:
            words = f"{choice.carrier} {choice.service} for {choice.cost}, arrives {choice.arrives_on}: {choice.reason}"
            self._record.note(shipment, "CarrierBooked", words, {"runner_up": choice.runner_up})

    def _choice(self, shipment: Shipment) -> ServiceChoice:
        origin = next((house for house in self._parties.warehouses() if house.code == shipment.warehouse), None)
        if origin is None:
            raise Misconfigured(f"warehouse {shipment.warehouse} is not among the loaded warehouses: load warehouses.csv again")
        services = self._shipments.services(origin.address.country, shipment.ship_to.country)
        return choose_service(
            services,
            shipment.cartons,
            today=self._record.clock.now().date(),
            promised_on=shipment.promised_on,
            preference=self._preference(shipment.order_id),
        )

    def _preference(self, order_id: OrderId) -> str:
        number = self._orders.load(order_id).customer_number
        return self._parties.customer(number).carrier_preference if number else ""
