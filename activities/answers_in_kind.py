"""Answers in the channel's own format: the electronic message that an order came as, answered in its standard."""

from __future__ import annotations

from collections.abc import Callable

from activities.outgoing import Outgoing
from activities.ports import AnswerWriter, BlobStore, Clock, NumberRanges, Parties, WrittenAnswer
from activities.submissions import reading_at
from models.contracts.interchange_v1 import MessageRefV1
from models.contracts.reading_v1 import InterchangeV1
from models.domain.acknowledgement import OrderAcknowledgement, ShipNotice
from models.domain.messages import Attachment
from models.domain.party import PartnerProfile
from models.domain.sales_order import SalesOrder


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

    def message_of(self, order: SalesOrder) -> MessageRefV1 | None:
        """The electronic message that the order came as; None for mails, pages and spreadsheets."""
        if order.source.reading is None:
            return None
        messages = reading_at(order.source.reading, self._blobs).messages
        return messages[order.source.order_index] if order.source.order_index < len(messages) else None

    def acknowledgement(self, answer: OrderAcknowledgement, answered: MessageRefV1, key: str) -> tuple[Attachment, ...]:
        """ORDRSP, 855 and their kin."""
        partner = self._partner(answered)
        if partner is not None and not partner.order_acknowledgement:
            return ()
        return self._numbered(
            answered, key, lambda control: self._writer.acknowledgement(answer, answered, control, self._clock.now())
        )

    def ship_notice(self, notice: ShipNotice, answered: MessageRefV1, key: str) -> tuple[Attachment, ...]:
        """DESADV, 856 and their kin."""
        partner = self._partner(answered)
        if partner is not None and not partner.ship_notice:
            return ()
        return self._numbered(
            answered, key, lambda control: self._writer.ship_notice(notice, answered, control, self._clock.now())
        )

    def syntax_acknowledgement(self, interchange: InterchangeV1, key: str) -> tuple[Attachment, ...]:
        """CONTRL and 997, or 999 where the partner's profile says so."""
        partner = self._partner(interchange.envelope)
        form = partner.syntax_acknowledgement if partner is not None else "standard"
        if form == "none":
            return ()
        return self._numbered(
            interchange.envelope,
            key,
            lambda control: self._writer.syntax_acknowledgement(interchange, control, self._clock.now(), form),
        )

    def _partner(self, message: MessageRefV1) -> PartnerProfile | None:
        return next((one for one in self._parties.partners() if one.sends_as(message.standard, message.sender)), None)

    def _numbered(self, answered: MessageRefV1, key: str, write: Callable[[int], WrittenAnswer | None]) -> tuple[Attachment, ...]:
        """A number is drawn only for what is written: a partner that counts our messages must find no gap."""
        if write(0) is None:
            return ()
        written = write(self._numbers.number(f"control:{answered.standard}:{answered.sender}", key))
        return () if written is None else (self._outgoing.attach(written),)
