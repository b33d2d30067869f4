"""What the activities need of parties outside, as Protocols: the ERP, carriers, mail servers and partners' links.

Every method is synchronous and safe to call from several threads, and does once what it is asked for twice. It raises
`Unavailable` where the other side cannot be reached.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from models.domain.messages import OutboundMessage
from models.domain.sales_order import SalesOrder
from models.domain.shipment import Shipment, TrackingEvent


class Erp(Protocol):
    """The system of record that accepted orders are posted to."""

    def create_sales_order(self, order: SalesOrder) -> str:
        """The ERP's number of this order, created once per order id however often this is called."""
        ...

    def cancel_sales_order(self, order: SalesOrder, undelivered: Mapping[int, Decimal]) -> None:
        """Take back what will not be delivered (base units by line number); nothing where the ERP never got the order."""
        ...


class Carrier(Protocol):
    """Books parcels and knows where they are."""

    def book(self, shipment: Shipment) -> str:
        """The tracking number of this shipment, booked once per shipment id."""
        ...

    def track(self, shipment: Shipment) -> Sequence[TrackingEvent]:
        """All events so far, oldest first."""
        ...


class PostOffice(Protocol):
    """Delivers mail."""

    def send(self, message: OutboundMessage, attachments: Sequence[tuple[str, str, bytes]]) -> None:
        """Hand the mail over; its Message-ID derives from `message.key`, so that a second delivery is recognised.

        `attachments` are (name, media type, content). Raises `Unavailable` or, for a refused address, `Rejected`.
        """
        ...


class PartnerLink(Protocol):
    """Delivers electronic messages to partners that do not take them by mail."""

    def deliver(self, message: OutboundMessage, attachments: Sequence[tuple[str, str, bytes]]) -> None:
        """Hand the attachments over, once per `message.key`."""
        ...
