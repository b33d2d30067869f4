"""Match a partner's acknowledgements to the messages of ours that they speak of, and note them where those belong."""

from __future__ import annotations

from activities.answers_in_kind import control_range
from activities.desk_notices import DeskNotices
from activities.message_outcomes import Answer
from activities.ports import AuditTrail, Clock, NumberRanges, Outbox
from models.contracts.reading_v1 import ReadingV1, ReceiptV1
from models.domain.messages import AuditEntry, InboundMessage, OutboundMessage, Outcome


def receipt_key(key: str, *, is_accepted: bool) -> str:
    """The timeline's key for what the partner said of our message `key`."""
    return f"receipt:{key}:{'accepted' if is_accepted else 'rejected'}"


class PartnerReceipts:
    """Notes receipts. They are never answered themselves; a rejection is told to the desk."""

    def __init__(self, numbers: NumberRanges, outbox: Outbox, audit: AuditTrail, clock: Clock, desk: DeskNotices) -> None:
        self._numbers = numbers
        self._outbox = outbox
        self._audit = audit
        self._clock = clock
        self._desk = desk

    def noted(self, message: InboundMessage, reading: ReadingV1) -> tuple[Answer | None, tuple[str, ...]]:
        """The outcome (None without a receipt), and the keys of our messages that were acknowledged or rejected."""
        told: list[str] = []
        settled: list[str] = []
        needs_person = False
        for receipt in reading.receipts:
            ours = self._message_meant(receipt)
            needs_person |= ours is None or not receipt.is_accepted
            told.append(_sentence(receipt, ours))
            if ours is not None:
                self._note(receipt, ours, message)
                settled.append(ours.key)
        if not told:
            return None, ()
        outcome: Outcome = "needs_person" if needs_person else "acknowledgement_noted"
        return Answer(outcome, " ".join(told)[:500]), tuple(settled)

    def _message_meant(self, receipt: ReceiptV1) -> OutboundMessage | None:
        """By control number, of those that we gave to this partner."""
        digits = receipt.reference.strip()
        if not (digits.isascii() and digits.isdigit()) or len(digits) > 14:
            return None
        key = self._numbers.key_of(control_range(receipt.standard, receipt.sender), int(digits))
        return self._outbox.find(key) if key else None

    def _note(self, receipt: ReceiptV1, ours: OutboundMessage, message: InboundMessage) -> None:
        sentence, key = _sentence(receipt, ours), receipt_key(ours.key, is_accepted=receipt.is_accepted)
        self._audit.append(
            AuditEntry(
                subject_id=ours.subject_id,
                key=key,
                event="MessageAcknowledged" if receipt.is_accepted else "MessageRejected",
                actor=receipt.sender,
                at=self._clock.now(),
                summary=sentence,
                details={"message": message.message_id, "of": ours.key},
            )
        )
        if not receipt.is_accepted:
            self._desk.tell(
                key, ours.subject_id, f"Rejected by {receipt.sender}: {_names(ours)}", f"{sentence}\n\n{receipt.reason}\n"
            )


def _sentence(receipt: ReceiptV1, ours: OutboundMessage | None) -> str:
    who = f"{receipt.message_type} of {receipt.sender}"
    if ours is None:
        return f"{who} speaks of our interchange {receipt.reference}, which we never sent there."
    if receipt.is_accepted:
        return f"{who} acknowledges our {_names(ours)}."
    return f"{who} rejects our {_names(ours)}: {receipt.reason}"


def _names(ours: OutboundMessage) -> str:
    return ", ".join(part.name for part in ours.attachments) or ours.kind.replace("_", " ")
