"""Answers in the channel's own format: the electronic message that an order came as, answered in its standard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from activities.answer_ports import AnswerWriter, WrittenAnswer
from activities.outgoing import Outgoing
from activities.partners import message_of, partner_of
from activities.ports import BlobStore, Clock, NumberRanges, Parties
from models.contracts.interchange_v1 import MessageRefV1
from models.contracts.reading_v1 import InterchangeV1
from models.domain.acknowledgement import OrderAcknowledgement, ShipNotice
from models.domain.invoice import Invoice
from models.domain.messages import Attachment, OutboundMessage
from models.domain.party import PartnerProfile
from models.domain.purchase_order import Source

#: The standards that have an invoice of their own here.
INVOICED = frozenset({"edifact", "x12", "ubl", "cxml"})


def control_range(standard: str, partner: str) -> str:
    """The range of control numbers of our interchanges to a partner."""
    return f"control:{standard}:{partner}"


class AnswersInKind:
    """Writes the electronic answers that a partner has agreed to take, with control numbers that are gapless per partner."""

    def __init__(
        self, writer: AnswerWriter, blobs: BlobStore, numbers: NumberRanges, outgoing: Outgoing, clock: Clock, parties: Parties
    ) -> None:
        self._writer = writer
        self._blobs = blobs
        self._numbers = numbers
        self._outgoing = outgoing
        self._clock = clock
        self._parties = parties

    def message_of(self, source: Source) -> MessageRefV1 | None:
        """The electronic message that an order or change came as; None for mails, pages and spreadsheets."""
        return message_of(source, self._blobs)

    def acknowledged_by(self, answered: MessageRefV1) -> datetime | None:
        """By when the partner must acknowledge what we send it now; None where nothing is agreed."""
        partner = self.partner(answered)
        if partner is None or partner.acknowledged_within_hours is None:
            return None
        return self._clock.now() + timedelta(hours=partner.acknowledged_within_hours)

    def due(self, message: OutboundMessage, source: Source) -> datetime | None:
        """By when the partner must acknowledge this message; None for one without anything electronic in it."""
        answered = self.message_of(source) if message.attachments else None
        return self.acknowledged_by(answered) if answered else None

    def takes_invoice(self, answered: MessageRefV1) -> bool:
        """Whether the partner gets electronic invoices of ours."""
        partner = self.partner(answered)
        return answered.standard in INVOICED and (partner is None or partner.invoice)

    def invoice(self, invoice: Invoice, answered: MessageRefV1, key: str) -> tuple[Attachment, ...]:
        """INVOIC, 810 and their kin."""
        return self._numbered(answered, key, lambda control: self._writer.invoice(invoice, answered, control, self._clock.now()))

    def acknowledgement(self, answer: OrderAcknowledgement, answered: MessageRefV1, key: str) -> tuple[Attachment, ...]:
        """ORDRSP, 855 and their kin."""
        partner = self.partner(answered)
        if partner is not None and not partner.order_acknowledgement:
            return ()
        return self._numbered(
            answered, key, lambda control: self._writer.acknowledgement(answer, answered, control, self._clock.now())
        )

    def ship_notice(self, notice: ShipNotice, answered: MessageRefV1, key: str) -> tuple[Attachment, ...]:
        """DESADV, 856 and their kin."""
        partner = self.partner(answered)
        if partner is not None and not partner.ship_notice:
            return ()
        return self._numbered(
            answered, key, lambda control: self._writer.ship_notice(notice, answered, control, self._clock.now())
        )

    def syntax_acknowledgement(self, interchange: InterchangeV1, key: str) -> tuple[Attachment, ...]:
        """CONTRL and 997, or 999 where the partner's profile says so."""
        partner = self.partner(interchange.envelope)
        form = partner.syntax_acknowledgement if partner is not None else "standard"
        if form == "none":
            return ()
        return self._numbered(
            interchange.envelope,
            key,
            lambda control: self._writer.syntax_acknowledgement(interchange, control, self._clock.now(), form),
        )

    def partner(self, message: MessageRefV1) -> PartnerProfile | None:
        """The profile of whoever sent the message."""
        return partner_of(message, self._parties)

    def _numbered(self, answered: MessageRefV1, key: str, write: Callable[[int], WrittenAnswer | None]) -> tuple[Attachment, ...]:
        """A number is drawn only for what is written: a partner that counts our messages must find no gap."""
        if write(0) is None:
            return ()
        written = write(self._numbers.number(control_range(answered.standard, answered.sender), key))
        return () if written is None else (self._outgoing.attach(written),)
