"""Requests and results of the steps that keep an exchange with electronic partners in order."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from models.contracts.wire import Wire


class AnswerAgain(Wire):
    """Send the answers of an earlier message once more: `message_id` brought the same interchange again.

    `repeat` tells one repetition of the very same bytes from the next.
    """

    message_id: str
    first_message_id: str
    repeat: int = 0


class CheckAcknowledgement(Wire):
    """See whether an acknowledgement came (or, for `is_ours`, went out) by `due`; what is overdue is told to the desk.

    `key` is that of the message which is to be acknowledged.
    """

    order_id: str
    key: str
    due: datetime
    is_ours: bool = False


class AcknowledgementState(Wire):
    """Whether it was `acknowledged`, `rejected`, or is still `awaited`."""

    state: Literal["acknowledged", "rejected", "awaited"]
