"""Answers in the standard of the message that they answer: one place that knows which writer is whose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from models.contracts.interchange_v1 import MessageRefV1
from models.contracts.reading_v1 import InterchangeV1
from models.domain.acknowledgement import OrderAcknowledgement, ShipNotice
from models.domain.invoice import Invoice
from parsers.edifact.invoices import write_invoic
from parsers.edifact.receipts import awaits_contrl, write_contrl
from parsers.edifact.responses import write_desadv, write_ordrsp
from parsers.x12.invoices import write_810
from parsers.x12.receipts import awaits_997, write_997, write_999
from parsers.x12.responses import write_855, write_856, write_865
from parsers.xml.despatch import write_despatch_advice, write_ship_notice_request
from parsers.xml.invoices import write_invoice_detail_request, write_ubl_invoice
from parsers.xml.opentrans_response import write_opentrans_response
from parsers.xml.orderx_response import write_orderx_response
from parsers.xml.responses import write_confirmation_request, write_order_response


class _Acknowledge(Protocol):
    def __call__(
        self, ack: OrderAcknowledgement, answered: MessageRefV1, /, *, control_reference: str, at: datetime
    ) -> bytes: ...


class _Notify(Protocol):
    def __call__(self, notice: ShipNotice, answered: MessageRefV1, /, *, control_reference: str, at: datetime) -> bytes: ...


class _Bill(Protocol):
    def __call__(self, invoice: Invoice, answered: MessageRefV1, /, *, control_reference: str, at: datetime) -> bytes: ...


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """A message ready to be sent."""

    name: str
    media_type: str
    content: bytes


_EDIFACT, _X12, _XML = "application/edifact", "application/edi-x12", "application/xml"
_ACKNOWLEDGEMENTS: dict[str, tuple[str, str, _Acknowledge]] = {
    "edifact": ("ordrsp-{}.edi", _EDIFACT, write_ordrsp),
    "x12": ("855-{}.x12", _X12, write_855),
    "x12 860": ("865-{}.x12", _X12, write_865),
    "ubl": ("order-response-{}.xml", _XML, write_order_response),
    "cxml": ("confirmation-{}.xml", _XML, write_confirmation_request),
    "orderx": ("order-response-{}.xml", _XML, write_orderx_response),
    "cii": ("order-response-{}.xml", _XML, write_orderx_response),
    "opentrans": ("orderresponse-{}.xml", _XML, write_opentrans_response),
}
_SHIP_NOTICES: dict[str, tuple[str, str, _Notify]] = {
    "edifact": ("desadv-{}.edi", _EDIFACT, write_desadv),
    "x12": ("856-{}.x12", _X12, write_856),
    "ubl": ("despatch-advice-{}.xml", _XML, write_despatch_advice),
    "cxml": ("ship-notice-{}.xml", _XML, write_ship_notice_request),
}
_INVOICES: dict[str, tuple[str, str, _Bill]] = {
    "edifact": ("invoic-{}.edi", _EDIFACT, write_invoic),
    "x12": ("810-{}.x12", _X12, write_810),
    "ubl": ("invoice-{}.xml", _XML, write_ubl_invoice),
    "cxml": ("invoice-{}.xml", _XML, write_invoice_detail_request),
}
_SYNTAX: dict[str, tuple[str, str, Callable[[InterchangeV1], bool], Callable[..., bytes]]] = {
    "edifact": ("contrl-{}.edi", _EDIFACT, awaits_contrl, write_contrl),
    "x12": ("997-{}.x12", _X12, awaits_997, write_997),
    "x12 999": ("999-{}.x12", _X12, awaits_997, write_999),
}


class ElectronicAnswers:
    """Writes acknowledgements, ship notices and syntax acknowledgements; None where the standard has no such answer."""

    def acknowledgement(
        self, acknowledgement: OrderAcknowledgement, answered: MessageRefV1, control_reference: int, at: datetime
    ) -> WrittenAnswer | None:
        """ORDRSP, 855 or (for an 860) 865, OrderResponse, ConfirmationRequest, Order-X response or ORDERRESPONSE."""
        own = f"{answered.standard} {answered.message_type}"
        known = _ACKNOWLEDGEMENTS.get(own) or _ACKNOWLEDGEMENTS.get(answered.standard)
        if known is None:
            return None
        name, media_type, write = known
        content = write(acknowledgement, answered, control_reference=str(control_reference), at=at)
        return WrittenAnswer(name.format(control_reference), media_type, content)

    def ship_notice(
        self, notice: ShipNotice, answered: MessageRefV1, control_reference: int, at: datetime
    ) -> WrittenAnswer | None:
        """DESADV, 856, DespatchAdvice or ShipNoticeRequest."""
        known = _SHIP_NOTICES.get(answered.standard)
        if known is None:
            return None
        name, media_type, write = known
        content = write(notice, answered, control_reference=str(control_reference), at=at)
        return WrittenAnswer(name.format(control_reference), media_type, content)

    def invoice(self, invoice: Invoice, answered: MessageRefV1, control_reference: int, at: datetime) -> WrittenAnswer | None:
        """INVOIC, 810, UBL Invoice or InvoiceDetailRequest."""
        known = _INVOICES.get(answered.standard)
        if known is None:
            return None
        name, media_type, write = known
        content = write(invoice, answered, control_reference=str(control_reference), at=at)
        return WrittenAnswer(name.format(control_reference), media_type, content)

    def syntax_acknowledgement(
        self, interchange: InterchangeV1, control_reference: int, at: datetime, form: str = ""
    ) -> WrittenAnswer | None:
        """CONTRL, 997 or (where `form` says so) 999; None for an acknowledgement, which is never acknowledged itself."""
        standard = interchange.envelope.standard
        known = _SYNTAX.get(f"{standard} {form}") or _SYNTAX.get(standard)
        if known is None or not known[2](interchange):
            return None
        name, media_type, _, write = known
        content = write(interchange, control_reference=str(control_reference), at=at)
        return WrittenAnswer(name.format(control_reference), media_type, content)
