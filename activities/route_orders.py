"""Find out which workflow each order of a document belongs to: buyer and PO number make its id."""

from __future__ import annotations

import hashlib

from temporalio import activity

from activities.failures import told_to_temporal
from activities.hinted_reading import HintedReading, hinted_reading
from activities.interchange_log import InterchangeLog
from activities.learning_ports import LessonBook
from activities.match_parties import learned_sender
from activities.party_ports import CustomerDirectory
from activities.ports import BlobStore, Clock, Inbox
from models.contracts.activity_io import OrdersRouted, RoutedOrder, RouteOrders
from models.contracts.document_form import form_of
from models.contracts.extraction_v1 import PurchaseOrderV1
from models.contracts.order_submission_v1 import OrderSubmissionV1
from models.contracts.purchase_order_v1 import to_purchase_order
from models.contracts.reading_v1 import ReadingV1
from models.domain.blobs import BlobRef
from models.domain.identifiers import OrderId
from models.domain.layout_hints import hint_key
from models.domain.learning import FactKind, recalled
from models.domain.matching import match_customer
from models.domain.messages import InboundMessage
from models.domain.purchase_order import PurchaseOrder


class OrderRouting:
    """Names the workflow of each order."""

    def __init__(
        self, inbox: Inbox, blobs: BlobStore, directory: CustomerDirectory, lessons: LessonBook, clock: Clock, log: InterchangeLog
    ) -> None:
        self._inbox = inbox
        self._blobs = blobs
        self._directory = directory
        self._lessons = lessons
        self._clock = clock
        self._log = log

    @activity.defn
    @told_to_temporal()
    def route_orders(self, request: RouteOrders) -> OrdersRouted:
        """The orders of the document with their ids, in the document's order; none of an interchange that came before."""
        message = self._inbox.get(request.message_id)
        reading = ReadingV1.model_validate_json(self._blobs.get(request.reading))
        again_of = self._log.first_with(message, reading)
        if again_of:
            return OrdersRouted(again_of=again_of)
        routed = (
            self._routed(message, reading, request, index, stated)
            for index, stated in enumerate(reading.extraction.orders)
            if not (request.is_reply and reading.source_formats[index : index + 1] == ("email",))
        )
        return OrdersRouted(orders=tuple(routed))

    def _routed(
        self, message: InboundMessage, reading: ReadingV1, request: RouteOrders, index: int, stated: PurchaseOrderV1
    ) -> RoutedOrder:
        order, _ = to_purchase_order(stated)
        sender = sender_of(message, reading)
        customer = self._customer(order, sender)
        hinted = self._hinted(reading, customer)
        number = hinted.number if hinted else order.own_number
        source_format = reading.source_formats[index] if index < len(reading.source_formats) else ""
        return RoutedOrder(
            order_id=_order_id(customer, sender, number or f"doc-{message.message_id[:16]}-{index + 1}"),
            kind=stated.kind,
            submission=OrderSubmissionV1(
                channel=message.channel,
                message_id=message.message_id,
                source_format=source_format,
                form=form_of(stated, source_format),
                sender=sender,
                subject=reading.mail.subject if reading.mail else "",
                in_reply_to=reading.mail.message_id if reading.mail else "",
                document_name=message.name,
                document=message.content,
                received_at=message.received_at,
                reading=self._kept(hinted.reading) if hinted else request.reading,
                order_index=index,
                learned=hinted.receipts if hinted else (),
            ),
        )

    def _kept(self, reading: ReadingV1) -> BlobRef:
        return self._blobs.put(reading.model_dump_json().encode(), "application/json")

    def _customer(self, order: PurchaseOrder, sender: str) -> str | None:
        """Our number of who buys; None where that is not known or who writes only poses as a customer."""
        learned = learned_sender(sender, self._lessons, self._clock.now().date())
        also = [learned.statement.meaning] if learned else []
        match, _ = match_customer(order.buyer, sender, self._directory.shortlist(order.buyer, sender, also), learned=learned)
        # Who poses as a customer must not take a PO number of theirs.
        return match.value if match and match.how != "look_alike_domain" else None

    def _hinted(self, reading: ReadingV1, customer: str | None) -> HintedReading | None:
        """The reading as what was learned of this customer's documents settles it; None where that changes nothing."""
        key = hint_key(reading.source_formats[0]) if len(reading.extraction.orders) == 1 and reading.source_formats else ""
        if not key or customer is None or not reading.numbers:
            return None
        fact = recalled(self._lessons.about(customer, [key]), FactKind.LAYOUT, key, self._clock.now().date()).fact
        return hinted_reading(reading, fact) if fact else None


def _order_id(customer: str | None, sender: str, number: str) -> OrderId:
    """Our customer number and the PO number; a digest of the sender where the buyer is unknown, because ids are public."""
    return OrderId.of(customer or f"unknown-{hashlib.sha256(sender.lower().encode()).hexdigest()[:12]}", number)


def sender_of(message: InboundMessage, reading: ReadingV1) -> str:
    """Who an answer goes to: the mail's Reply-To or From, else whom the door knew."""
    mail = reading.mail
    return (mail.reply_to or mail.sender if mail else "") or message.sender
