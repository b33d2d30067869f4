"""What comes in and what goes out: inbound messages, outbound messages, and entries of the audit trail."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Literal

from pydantic import Field

from models.domain.blobs import BlobRef
from models.domain.values import Value

Channel = Literal["smtp", "folder", "http", "temporal"]
MessageState = Literal["received", "started", "concluded", "repeated"]
Outcome = Literal[
    "orders_opened",
    "duplicate",
    "not_an_order",
    "unreadable",
    "enquiry_answered",
    "return_opened",
    "change_requested",
    "needs_person",
    "acknowledgement_noted",
    "reply_noted",
]


class InboundMessage(Value):
    """One message at one of our doors. `message_id` is the SHA-256 of its content: the same bytes are the same message.

    `envelope` holds what the door knew: SMTP MAIL FROM, an HTTP client's name, a folder's file name. Not for logs.
    `repeats` counts how often it came again after it was concluded; `repeated` waits for that to be answered.
    """

    message_id: str
    channel: Channel
    name: str
    content: BlobRef
    sender: str = ""
    received_at: datetime
    state: MessageState = "received"
    outcome: Outcome | None = None
    explanation: str = ""
    order_ids: tuple[str, ...] = ()
    reading: BlobRef | None = None
    repeats: int = 0


class Attachment(Value):
    """A file that goes with an outbound message."""

    name: str
    content: BlobRef


class OutboundMessage(Value):
    """A message of ours. `key` derives from business ids, so that the same message is posted and sent once.

    `kind` is `acknowledgement`, `change_answer`, `functional_acknowledgement`, `ship_notice`, `invoice`, `answer`,
    `cancellation`, `return_authorisation`, `credit` or `question`; `subject_id` the order, return or inbound message that
    it speaks of.
    """

    key: str
    kind: str
    subject_id: str
    channel: Literal["email", "edi"]
    recipient: str
    subject: str = ""
    text: str = ""
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    in_reply_to: str = ""


def message_digest(key: str) -> str:
    """What our Message-IDs begin with, in hexadecimal: an answer to the message with this key names it."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


class AuditEntry(Value):
    """One fact in the life of an order, a return or a message: past tense in `event`, the reasons in `details`.

    `key` makes it one fact however often a step runs; `sequence` and `digest` are the store's (0 and empty before).
    """

    subject_id: str
    key: str
    event: str
    actor: str
    at: datetime
    summary: str
    details: dict[str, str] = Field(default_factory=dict)
    sequence: int = 0
    digest: str = ""
