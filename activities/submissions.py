"""What a submission holds: its purchase order, wherever that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from activities.ports import BlobStore
from models.contracts.order_submission_v1 import OrderSubmissionV1
from models.contracts.purchase_order_v1 import problems_of, to_purchase_order
from models.contracts.reading_v1 import ReadingV1
from models.domain.blobs import BlobRef
from models.domain.errors import Rejected
from models.domain.findings import Finding
from models.domain.purchase_order import PurchaseOrder, Source


def reading_at(ref: BlobRef, blobs: BlobStore) -> ReadingV1:
    """The reading that is kept behind a reference."""
    return ReadingV1.model_validate_json(blobs.get(ref))


def source_of(submission: OrderSubmissionV1, blobs: BlobStore, at: datetime) -> Source:
    """How the submission reached us; one without a document is kept as its own."""
    document = submission.document or blobs.put(submission.model_dump_json().encode(), "application/json")
    return Source(
        channel=submission.channel,
        message_id=submission.message_id,
        source_format=submission.source_format or ("json" if submission.purchase_order else ""),
        form=submission.form,
        sender=submission.sender,
        subject=submission.subject,
        in_reply_to=submission.in_reply_to,
        document_name=submission.document_name,
        document=document,
        reading=submission.reading,
        order_index=submission.order_index,
        received_at=submission.received_at or at,
    )


def leaves_unread(doubts: Sequence[Finding]) -> bool:
    """Whether the reading says that words or lines of the document went nowhere, or doubts more than one value of it: a change
    may ask just that."""
    return any(
        doubt.blocks and (not doubt.field or doubt.code.startswith("unread_") or doubt.code == "no_lines") for doubt in doubts
    )


def purchase_order_of(submission: OrderSubmissionV1, blobs: BlobStore) -> tuple[PurchaseOrder, tuple[Finding, ...]]:
    """The submission's purchase order and the doubts about its reading."""
    if submission.reading is None:
        if submission.purchase_order is None:
            raise Rejected("the submission carries neither a purchase order nor a reading", code="empty_submission")
        return to_purchase_order(submission.purchase_order)
    extraction = reading_at(submission.reading, blobs).extraction
    if submission.order_index >= len(extraction.orders):
        raise Rejected(
            f"order {submission.order_index + 1} of {len(extraction.orders)} in {extraction.document.name} is asked for",
            code="no_such_order",
        )
    stated = extraction.orders[submission.order_index]
    return to_purchase_order(stated, problems=problems_of(extraction, submission.order_index))
