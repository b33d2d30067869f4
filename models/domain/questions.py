"""Questions to the buyer about an order, and what they answered. An answer is evidence: only a person's correction applies it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from models.domain.values import Value

#: What one point asks for: which item, how many, in which unit, at which price, where, by when, the same as when, who, or
#: whether what was read is right.
PointKind = Literal["item", "quantity", "unit", "price", "ship_to", "date", "reorder", "customer", "confirm"]
#: The most that a question may be long, in characters.
LONGEST_TEXT = 6000


class AskedPoint(Value):
    """One point of a question. `key` is the correction that an answer would be (`2.sku`), `finding` the key of the doubt.

    `options` are the values offered, in the order of their letters; `proposed` is what a plain yes confirms.
    """

    finding: str
    kind: PointKind
    key: str
    line: int | None = None
    options: tuple[str, ...] = ()
    proposed: str = ""


class BuyerReply(Value):
    """A mail that answers a question. `message_id` is the inbound message's; `text` its new part, without what it quotes.

    `proposal` are the corrections that it plainly amounts to; `doubt` says why nothing is proposed although somebody wrote.
    """

    message_id: str
    sender: str
    received_at: datetime
    text: str
    is_automatic: bool = False
    proposal: dict[str, str] = Field(default_factory=dict)
    doubt: str = ""


class BuyerQuestion(Value):
    """One mail with questions to the buyer. `reference` is the id of the request that asked it: repeated, it asks nothing new.

    `is_as_drafted` says that nobody changed the draft, so that its letters mean its options. `due` is when the next reminder
    goes, or the desk is told; None before it was sent, and once nobody waits any more. `failure` says why it could not be sent.
    """

    number: int
    reference: str
    recipient: str
    subject: str
    text: str
    language: str
    points: tuple[AskedPoint, ...] = ()
    is_as_drafted: bool = True
    asked_by: str
    asked_at: datetime
    sent_at: datetime | None = None
    due: datetime | None = None
    reminders: int = 0
    failure: str = ""
    replies: tuple[BuyerReply, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether a person wrote back; an automatic reply answers nothing."""
        return any(not reply.is_automatic for reply in self.replies)

    @property
    def awaits_answer(self) -> bool:
        return not self.is_answered and not self.failure


class QuestionDraft(Value):
    """A question as it is proposed to a reviewer. `refusal` says why nobody can be asked; then the rest is empty."""

    recipient: str = ""
    subject: str = ""
    text: str = ""
    language: str = "en"
    points: tuple[AskedPoint, ...] = ()
    refusal: str = ""


def question_key(order_id: str, number: int, reminder: int = 0) -> str:
    """The key of the message that asks, or of its `reminder`th reminder."""
    key = f"question:{order_id}:{number}"
    return f"{key}:reminder:{reminder}" if reminder else key


def number_in_key(key: str, order_id: str) -> int | None:
    """The number of the question that a message of ours asks, or None where it asks nothing about this order."""
    rest = key.removeprefix(f"question:{order_id}:")
    digits = rest.partition(":")[0]
    return int(digits) if rest != key and digits.isascii() and digits.isdigit() and len(digits) < 6 else None
