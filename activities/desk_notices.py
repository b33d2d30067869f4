"""Tell the company's own order desk by mail what needs a person, each matter once."""

from __future__ import annotations

from activities.outgoing import Outgoing
from activities.ports import Parties
from models.domain.messages import OutboundMessage


class DeskNotices:
    """Mails to the desk."""

    def __init__(self, parties: Parties, outgoing: Outgoing) -> None:
        self._parties = parties
        self._outgoing = outgoing

    def tell(self, key: str, subject_id: str, subject: str, text: str) -> None:
        """Send the notice; `subject_id` is the order or message that it speaks of."""
        self._outgoing.send(
            OutboundMessage(
                key=f"desk:{key}",
                kind="answer",
                subject_id=subject_id,
                channel="email",
                recipient=self._parties.company().email,
                subject=subject[:200],
                text=text,
            )
        )
