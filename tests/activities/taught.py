"""Orders in a customer's own words, taken through the checks and decided, in a small company that learns."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any

from activities.gateways.blob_store import FileBlobStore
from models.contracts.activity_io import OpenOrder, OrderStep
from models.contracts.extraction_v1 import (
    DocumentV1,
    ExtractionV1,
    Intent,
    OrderLineV1,
    PartyV1,
    PurchaseOrderV1,
    StatedValue,
)
from models.contracts.order_submission_v1 import OrderSubmissionV1
from models.contracts.reading_v1 import ReadingV1
from models.domain.blobs import BlobRef
from models.domain.identifiers import OrderId
from models.domain.sales_order import SalesOrder
from models.store.lessons import SqlLessons
from tests.activities.small_shop import BUYER, SmallShop

_numbers = itertools.count(1)


def submission(
    *lines: dict[str, str],
    customer: str = "10010",
    sender: str = BUYER,
    ship_to: dict[str, str] | None = None,
    buyer_name: str = "",
    po_number: str | None = None,
    **parts: Any,
) -> OrderSubmissionV1:
    """An order whose lines are as stated; a line states a quantity of 100 pieces unless it says otherwise. Its number is a
    fresh one where none is given, and missing where it is empty."""
    stated = PurchaseOrderV1(
        po_number=_said(f"T-{next(_numbers):05d}" if po_number is None else po_number),
        buyer=PartyV1(customer_number=_said(customer), name=_said(buyer_name)),
        ship_to=PartyV1(**{name: _said(value) for name, value in ship_to.items()}) if ship_to else None,
        lines=tuple(
            OrderLineV1(**{name: _said(value) for name, value in {"quantity": "100", "unit": "C62", **line}.items()})
            for line in lines
        ),
    )
    return OrderSubmissionV1(sender=sender, purchase_order=stated, **parts)


def _said(value: str) -> StatedValue | None:
    return StatedValue(value=value, confidence=1.0) if value else None


class Learner:
    """A small company that takes orders in, one after the other, and learns from each that is accepted."""

    def __init__(self, shop: SmallShop) -> None:
        self.shop = shop
        self.lessons = SqlLessons(shop.engine)

    def take(self, *lines: dict[str, str], customer: str = "10010", **parts: Any) -> SalesOrder:
        """Open an order and check it, as its workflow does."""
        asked = submission(*lines, customer=customer, **parts)
        assert asked.purchase_order is not None
        stated = asked.purchase_order.po_number
        order_id = OrderId(f"order:{customer or 'unknown'}:{stated.value if stated else f'doc-{next(_numbers)}'}")
        if asked.channel == "smtp":
            asked = asked.model_copy(update={"reading": self._read(asked.purchase_order), "purchase_order": None})
        request = OpenOrder(order_id=order_id, submission=asked, started_at=datetime.now(UTC))
        self.shop.run("open_order", request)
        return self.check(order_id)

    def _read(self, stated: PurchaseOrderV1) -> BlobRef:
        """The order as if it had been read from a mail."""
        document = DocumentV1(name="order.eml", sha256="0" * 64, media_type="message/rfc822")
        reading = ReadingV1(extraction=ExtractionV1(document=document, intent=Intent.ORDER, orders=(stated,)))
        blobs = FileBlobStore(self.shop.settings.var / "blobs")
        return blobs.put(reading.model_dump_json().encode(), "application/json")

    def check(self, order_id: OrderId) -> SalesOrder:
        if self.shop.check(order_id).teaches:
            self.learn(order_id)
        return self.shop.order(order_id)

    def correct(self, order: SalesOrder, **fields: str) -> SalesOrder:
        """A reviewer's correction, and what it leads to."""
        self.shop.decide("correct", order.order_id, by="jo.reviewer", **fields)
        return self.check(order.order_id)

    def approve(self, order: SalesOrder, by: str = "jo.reviewer") -> SalesOrder:
        if self.shop.decide("approve", order.order_id, by=by).teaches:
            self.learn(order.order_id)
        return self.shop.order(order.order_id)

    def learn(self, order_id: OrderId) -> None:
        self.shop.run("learn_from_order", OrderStep(order_id=order_id))


def codes(order: SalesOrder) -> list[str]:
    return [finding.code for finding in order.open_findings]
