"""Hand an order, change or cancellation to its workflow, whichever door it came through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from temporalio import activity

from activities.failures import told_to_temporal
from activities.order_records import OrderRecord
from activities.ports import BlobStore
from activities.submissions import leaves_unread, purchase_order_of, source_of
from models.contracts.activity_io import SubmitOrder
from models.contracts.order_submission_v1 import OrderSubmissionV1, SubmissionReceiptV1
from models.domain.duplicates import change_asked, same_order
from models.domain.identifiers import OrderId
from models.domain.partial import concerning
from models.domain.purchase_order import PurchaseOrder
from models.domain.sales_order import SalesOrder


class OrderDesk(Protocol):
    """The workflows, as far as handing in orders goes. None: no workflow of this id is open."""

    async def submit(self, order_id: str, submission: OrderSubmissionV1) -> SubmissionReceiptV1 | None: ...

    async def request_change(self, order_id: str, submission: OrderSubmissionV1) -> SubmissionReceiptV1 | None: ...


class OrderSubmitting:
    """Hands orders in. Orders that ended are held against our books, which remember longer than Temporal does."""

    def __init__(self, desk: OrderDesk, record: OrderRecord, blobs: BlobStore) -> None:
        self._desk = desk
        self._record = record
        self._blobs = blobs

    @activity.defn
    async def submit_order(self, request: SubmitOrder) -> SubmissionReceiptV1 | None:
        """The receipt; None where a change or cancellation names an order that we do not have."""
        order = request.order
        with told_to_temporal():
            known = self._record.orders.find(OrderId(order.order_id))
            if known is not None and known.part is not None and order.kind != "order":
                return await self._change_of_parts(known, self._record.load(known.part.other), request)
            return await self._submitted(known, request)

    async def _submitted(self, known: SalesOrder | None, request: SubmitOrder) -> SubmissionReceiptV1 | None:
        order = request.order
        if known is not None and known.status.is_final:
            return self._receipt_of_ended(known, request)
        if order.kind == "order":
            receipt = await self._desk.submit(order.order_id, order.submission)
        else:
            receipt = await self._desk.request_change(order.order_id, order.submission)
        return receipt or self._receipt_of_unknown(request)

    async def _change_of_parts(self, first: SalesOrder, rest: SalesOrder, request: SubmitOrder) -> SubmissionReceiptV1 | None:
        """Put a change to each part whose lines it names; the receipt is the first part's, with what both say."""
        asked, _ = purchase_order_of(request.order.submission, self._blobs)
        receipts = []
        for part in (first, rest):
            if concerning(part, asked) is not None:
                own = request.order.model_copy(update={"order_id": part.order_id})
                receipts.append(await self._submitted(part, SubmitOrder(order=own)))
        return _together([receipt for receipt in receipts if receipt is not None])

    def _receipt_of_unknown(self, request: SubmitOrder) -> SubmissionReceiptV1 | None:
        kept = self._record.orders.find(OrderId(request.order.order_id))
        return None if kept is None else self._receipt_of_ended(kept, request)

    def _receipt_of_ended(self, kept: SalesOrder, request: SubmitOrder) -> SubmissionReceiptV1:
        submission = request.order.submission
        if (kept.source.message_id, kept.source.order_index) == (submission.message_id, submission.order_index):
            return SubmissionReceiptV1(order_id=kept.order_id, disposition="opened", status=kept.status.value)
        asked, doubts = purchase_order_of(submission, self._blobs)
        if asked.kind != "order":
            is_doubted = leaves_unread(doubts)
            return self._late_change(kept, concerning(kept, asked) or asked, submission, is_doubted=is_doubted)
        is_same, differences = same_order(kept.purchase_order, asked)
        return SubmissionReceiptV1(
            order_id=kept.order_id,
            disposition="duplicate" if is_same else "differs",
            status=kept.status.value,
            differences=differences,
        )

    def _late_change(
        self, kept: SalesOrder, asked: PurchaseOrder, submission: OrderSubmissionV1, *, is_doubted: bool
    ) -> SubmissionReceiptV1:
        """Keep the change with the order, whose workflow answers no more: whoever handed it in sees to the answer."""
        differences = change_asked(kept.asked, asked)
        source = source_of(submission, self._blobs, self._record.clock.now())
        changed = self._record.save(kept.with_change(source, asked, is_doubted=is_doubted))
        said = "; ".join(differences)[:400] or "nothing that is not so already"
        text = f"The buyer's {asked.kind.replace('_', ' ')} came when the order was {kept.status}: {said}."
        key = f"ChangeRequested:{submission.message_id}:{submission.order_index}"
        self._record.note(changed, "ChangeRequested", text, {"channel": submission.channel}, key=key, actor="buyer")
        return SubmissionReceiptV1(
            order_id=kept.order_id,
            disposition="change_requested",
            status=kept.status.value,
            differences=differences,
            ended=(kept.order_id,) if kept.status.is_final else (),
        )


def _together(receipts: Sequence[SubmissionReceiptV1]) -> SubmissionReceiptV1 | None:
    """One receipt for a change that was put to several parts of an order: taken where all of them took it."""
    if not receipts:
        return None
    changes = [receipt for receipt in receipts if receipt.disposition != "duplicate"] or receipts
    differences = tuple(dict.fromkeys(words for receipt in changes for words in receipt.differences))
    is_taken = all(receipt.is_taken for receipt in changes)
    ended = tuple(order_id for receipt in receipts for order_id in receipt.ended)
    told = {"differences": differences, "is_taken": is_taken, "ended": ended, "elsewhere": ""}  # both parts were asked
    return changes[0].model_copy(update=told)
