"""How an order reaches its workflow: the start argument of `OrderWorkflow`, and what submitting it answers.

An ERP in any language starts `OrderWorkflow` with this JSON; our own doors do the same. Only `purchase_order` (inline) or
`reading` with `order_index` (kept by an earlier step) is required.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from models.contracts.extraction_v1 import PurchaseOrderV1
from models.domain.blobs import BlobRef
from models.domain.learning import Receipt
from models.domain.messages import Channel


class OrderSubmissionV1(BaseModel):
    """One purchase order, change or cancellation at the door of its workflow.

    `sender` is where answers go (a mail address or a partner's name); `in_reply_to` the Message-ID that a mailed answer
    replies to. `received_at` is set by the workflow where the caller leaves it out. `learned` says by which facts the reading
    was settled, `form` how its document is laid out (see `models/contracts/document_form.py`).
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    schema_version: Literal[1] = 1
    channel: Channel = "temporal"
    message_id: str = ""
    source_format: str = ""
    form: str = ""
    sender: str = ""
    subject: str = ""
    in_reply_to: str = ""
    document_name: str = ""
    document: BlobRef | None = None
    received_at: datetime | None = None
    reading: BlobRef | None = None
    order_index: int = 0
    purchase_order: PurchaseOrderV1 | None = None
    learned: tuple[Receipt, ...] = ()

    @model_validator(mode="after")
    def _names_an_order(self) -> OrderSubmissionV1:
        if (self.reading is None) == (self.purchase_order is None):
            raise ValueError("a submission carries either `purchase_order` or `reading`, exactly one of them")
        return self

    @property
    def key(self) -> tuple[str, int, str]:
        """What makes two submissions one: a message's order is itself again, an ERP's JSON by its content."""
        content = self.purchase_order.model_dump_json() if self.purchase_order else ""
        return self.message_id, self.order_index, content


class SubmissionReceiptV1(BaseModel):
    """What became of a submission.

    `opened`: it is a new order. `duplicate`: the order is known and says the same. `differs`: the order is known and says
    something else, which a person decides; `differences` in words. `change_requested`: a change or cancellation was put to
    the live order; `is_taken` says that the warehouse follows it already, `ended` names orders that had ended before, whose
    workflows answer no more. `elsewhere` is the other part of an order in two parts, where the change names lines of that
    one, which this receipt is not about: put the change to it as well.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    order_id: str
    disposition: Literal["opened", "duplicate", "differs", "change_requested"]
    status: str
    differences: tuple[str, ...] = ()
    is_taken: bool = False
    ended: tuple[str, ...] = ()
    elsewhere: str = ""
