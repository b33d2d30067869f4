"""A partner's 997, 999 or TA1 about an interchange of ours: which one, whether it stands, and what was wrong with it."""

from __future__ import annotations

from models.contracts.interchange_v1 import MessageRefV1
from models.contracts.reading_v1 import ReceiptV1
from parsers.electronic.segments import Segment

#: AK901 and AK501 (X12 715, 717): A accepted, E accepted with errors noted. P takes only part of the group.
_ACCEPTED = frozenset({"A", "E"})
_SHOWN = frozenset({"AK3", "AK4", "AK5", "IK3", "IK4", "IK5", "AK9"})
_MOST_QUOTED = 300


class FunctionalMapper:
    """Reads one 997 or 999: it answers one functional group, which with us is an interchange."""

    def __init__(self, ref: MessageRefV1) -> None:
        self._ref = ref
        self._reference = ""
        self._verdict = ""
        self._quoted: list[str] = []

    def take(self, segment: Segment) -> None:
        if segment.tag == "AK1":
            self._reference = segment.get(2)
        elif segment.tag == "AK9":
            self._verdict = segment.get(1)
        if segment.tag in _SHOWN:
            self._quoted.append(segment.text)

    def receipts(self) -> tuple[ReceiptV1, ...]:
        """One, or none where the set does not say which group it means, or not what became of it."""
        if not self._reference or not self._verdict:
            return ()
        is_accepted = self._verdict in _ACCEPTED
        receipt = ReceiptV1(
            standard="x12",
            message_type=self._ref.message_type,
            sender=self._ref.sender,
            reference=self._reference,
            is_accepted=is_accepted,
            reason="" if is_accepted else "; ".join(self._quoted)[:_MOST_QUOTED],
        )
        return (receipt,)


def receipt_of_ta1(segment: Segment, sender: str) -> tuple[ReceiptV1, ...]:
    """A TA1 that rejects our interchange. One that accepts it says nothing of its groups: the 997 is still to come."""
    if segment.get(4) != "R" or not segment.get(1):
        return ()
    reason = segment.text[:_MOST_QUOTED]
    return (
        ReceiptV1(standard="x12", message_type="TA1", sender=sender, reference=segment.get(1), is_accepted=False, reason=reason),
    )
