"""What crosses the wire when a buyer is asked about an order and answers. New fields have defaults; nothing is re-typed."""

from __future__ import annotations

from datetime import datetime

from models.contracts.wire import Wire
from models.domain.blobs import BlobRef


class RecordQuestion(Wire):
    """Keep a question to the buyer; an empty `text` means the draft. `reference` makes it one question however often it runs."""

    order_id: str
    reference: str
    text: str = ""
    by: str
    at: datetime


class QuestionStep(Wire):
    """Send a question, or its `reminder`th reminder."""

    order_id: str
    number: int
    reminder: int = 0


class QuestionSent(Wire):
    """The key of the mail that went out. `failure` says why it cannot be sent; both are empty beyond the last reminder."""

    key: str = ""
    failure: str = ""


class NoteQuestion(Wire):
    """Write into the order what became of sending a question or its `reminder`th reminder."""

    order_id: str
    number: int
    reminder: int = 0
    failure: str = ""
    at: datetime


class TakeReply(Wire):
    """An inbound mail that answers the question with the key `question`; what it says stands behind `reading`."""

    order_id: str
    message_id: str
    reading: BlobRef
    question: str
