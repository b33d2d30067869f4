"""A partner's CONTRL about an interchange of ours: which one, whether it stands, and what was wrong with it."""

from __future__ import annotations

from models.contracts.interchange_v1 import MessageRefV1
from models.contracts.reading_v1 import ReceiptV1
from parsers.electronic.segments import Segment

#: UN/ECE 0083: 4 rejects a level and all below it, 6 rejects in part; 7 acknowledges, 8 says that it arrived.
_REJECTED = frozenset({"4", "6"})
#: Where each segment states its action (0083).
_ACTIONS = {"UCI": 4, "UCF": 4, "UCM": 3}
_MOST_QUOTED = 300


class ContrlMapper:
    """Reads one CONTRL: it answers one interchange (ISO 9735-4)."""

    def __init__(self, ref: MessageRefV1) -> None:
        self._ref = ref
        self._reference = ""
        self._is_accepted = True
        self._quoted: list[str] = []

    def take(self, segment: Segment) -> None:
        if segment.tag == "UCI":
            self._reference = segment.get(1)
        action = _ACTIONS.get(segment.tag)
        if action is not None and segment.get(action) in _REJECTED:
            self._is_accepted = False
            self._quoted.append(segment.text)
        elif segment.tag in {"UCS", "UCD"}:
            self._quoted.append(segment.text)

    def receipts(self) -> tuple[ReceiptV1, ...]:
        """One, or none where the message does not say which interchange it means."""
        if not self._reference:
            return ()
        receipt = ReceiptV1(
            standard="edifact",
            message_type="CONTRL",
            sender=self._ref.sender,
            reference=self._reference,
            is_accepted=self._is_accepted,
            reason="" if self._is_accepted else "; ".join(self._quoted)[:_MOST_QUOTED],
        )
        return (receipt,)
