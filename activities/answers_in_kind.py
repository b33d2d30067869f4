"""Answers in the channel's own format: the electronic message that an order came as, answered in its standard."""

from __future__ import annotations

from activities.outgoing import Outgoing
from activities.ports import AnswerWriter, BlobStore, Clock, NumberRanges, WrittenAnswer
from activities.submissions import reading_at
from models.contracts.interchange_v1 import MessageRefV1
from models.contracts.reading_v1 import InterchangeV1
from models.domain.acknowledgement import OrderAcknowledgement, ShipNotice
from models.domain.messages import Attachment
from models.domain.sales_order import SalesOrder


class AnswersInKind:
    """Writes electronic answers with control numbers that are gapless per partner."""

    def __init__(self, writer: AnswerWriter, blobs: BlobStore, numbers: NumberRanges, outgoing: Outgoing, clock: Clock) -> None:
        self._writer = writer
        self._blobs = blobs
        self._numbers = numbers
        self._outgoing = outgoing
        self._clock = clock

    def message_of(self, order: SalesOrder) -> MessageRefV1 | None:
        """The electronic message that the order came as; None for mails, pages and spreadsheets."""
        if order.source.reading is None:
            return None
        messages = reading_at(order.source.reading, self._blobs).messages
        return messages[order.source.order_index] if order.source.order_index < len(messages) else None

    def acknowledgement(self, answer: OrderAcknowledgement, answered: MessageRefV1, key: str) -> tuple[Attachment, ...]:
        """ORDRSP, 855 and their kin."""
        return self._attached(self._writer.acknowledgement(answer, answered, self._control(answered, key), self._clock.now()))

    def ship_notice(self, notice: ShipNotice, answered: MessageRefV1, key: str) -> tuple[Attachment, ...]:
        """DESADV, 856 and their kin."""
        return self._attached(self._writer.ship_notice(notice, answered, self._control(answered, key), self._clock.now()))

    def syntax_acknowledgement(self, interchange: InterchangeV1, key: str) -> tuple[Attachment, ...]:
        """CONTRL and 997."""
        control = self._control(interchange.envelope, key)
        return self._attached(self._writer.syntax_acknowledgement(interchange, control, self._clock.now()))

    def _control(self, answered: MessageRefV1, key: str) -> int:
        return self._numbers.number(f"control:{answered.standard}:{answered.sender}", key)

    def _attached(self, written: WrittenAnswer | None) -> tuple[Attachment, ...]:
        return () if written is None else (self._outgoing.attach(written),)
