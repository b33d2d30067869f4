"""Which message brought an interchange first: the same interchange in another mail is answered again and not worked on again."""

from __future__ import annotations

from activities.ports import AuditTrail, Clock
from models.contracts.reading_v1 import InterchangeV1, ReadingV1
from models.domain.messages import AuditEntry, InboundMessage


class InterchangeLog:
    """Remembers interchanges by their digest, as facts of the audit trail."""

    def __init__(self, audit: AuditTrail, clock: Clock) -> None:
        self._audit = audit
        self._clock = clock

    def first_with(self, message: InboundMessage, reading: ReadingV1) -> str:
        """The id of the earlier message that brought all orders of this one; empty where anything in it is new."""
        if not all(reading.messages) or not all(interchange.digest for interchange in reading.interchanges):
            return ""
        brought = {self._first(message, interchange) for interchange in reading.interchanges}
        first = brought.pop() if len(brought) == 1 else message.message_id
        return first if first != message.message_id else ""

    def _first(self, message: InboundMessage, interchange: InterchangeV1) -> str:
        envelope = interchange.envelope
        subject = f"interchange:{interchange.digest}"
        self._audit.append(
            AuditEntry(
                subject_id=subject,
                key="received",
                event="InterchangeReceived",
                actor=envelope.sender or "unknown",
                at=self._clock.now(),
                summary=f"Interchange {envelope.interchange_ref} of {envelope.sender} ({envelope.standard}).",
                details={"message": message.message_id},
            )
        )
        return self._audit.timeline(subject)[0].details["message"]
