"""What the activities need to write answers in the standards of partners and to print labels, as Protocols.

Every method is pure: the same arguments give the same bytes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from models.contracts.interchange_v1 import MessageRefV1
from models.contracts.reading_v1 import InterchangeV1
from models.domain.acknowledgement import OrderAcknowledgement, ShipNotice
from models.domain.invoice import Invoice
from models.domain.party import Address
from models.domain.shipment import Shipment


class WrittenAnswer(Protocol):
    """An answer in the form of its channel."""

    @property
    def name(self) -> str: ...

    @property
    def media_type(self) -> str: ...

    @property
    def content(self) -> bytes: ...


class AnswerWriter(Protocol):
    """Writes answers in the standard of the message that they answer. None: that standard has no such answer."""

    def acknowledgement(
        self, acknowledgement: OrderAcknowledgement, answered: MessageRefV1, control_reference: int, at: datetime
    ) -> WrittenAnswer | None: ...

    def syntax_acknowledgement(
        self, interchange: InterchangeV1, control_reference: int, at: datetime, form: str = ""
    ) -> WrittenAnswer | None: ...

    def ship_notice(
        self, notice: ShipNotice, answered: MessageRefV1, control_reference: int, at: datetime
    ) -> WrittenAnswer | None: ...

    def invoice(self, invoice: Invoice, answered: MessageRefV1, control_reference: int, at: datetime) -> WrittenAnswer | None: ...


class LabelPrinter(Protocol):
    """Prints what goes onto cartons."""

    def label(self, shipment: Shipment, origin: Address) -> bytes:
        """A PDF with one page per carton: addresses, service, SSCC as GS1-128, tracking number."""
        ...
