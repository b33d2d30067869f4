"""Answer what customers ask about their orders: where they are, and whether goods may come back."""

from __future__ import annotations

from collections.abc import Sequence

from activities.message_outcomes import Answer
from activities.party_ports import CustomerDirectory
from activities.ports import BlobStore, OrderBook, Shipments
from activities.route_orders import sender_of
from models.contracts.extraction_v1 import Intent
from models.contracts.reading_v1 import ReadingV1
from models.contracts.return_request_v1 import ReturnRequestLineV1, ReturnRequestV1
from models.domain.enquiries import lines_named, orders_named, part_meant
from models.domain.matching import match_customer
from models.domain.messages import InboundMessage
from models.domain.party import StatedParty
from models.domain.sales_order import SalesOrder

_LOOKED_THROUGH = 500


class Enquiries:
    """Answers only about the orders of the customer whom the sender belongs to: others' orders are nobody's business."""

    def __init__(self, orders: OrderBook, directory: CustomerDirectory, shipments: Shipments, blobs: BlobStore) -> None:
        self._orders = orders
        self._directory = directory
        self._shipments = shipments
        self._blobs = blobs

    def answer(self, message: InboundMessage, reading: ReadingV1) -> Answer:
        """The status of the orders that are named, or a return of the one that is."""
        text = self._text(reading)
        named = orders_named(text, self._own_orders(sender_of(message, reading)))
        if reading.extraction.intent is Intent.RETURN_REQUEST:
            return self._return(message, reading, text, named)
        if not named:
            return Answer("needs_person", "It asks for an order that we do not find.", "status_unknown")
        numbers = ", ".join(order.purchase_order.po_number or order.order_id for order in named)
        return Answer("enquiry_answered", f"Told how far {numbers} is.", "status", numbers, "\n".join(map(self._line, named)))

    def _return(self, message: InboundMessage, reading: ReadingV1, text: str, named: Sequence[SalesOrder]) -> Answer:
        named = part_meant(text, named, [order for order in named if self._shipments.of_order(order.order_id)])
        if len(named) != 1:
            explanation = "It wants to send goods back, but not clearly of one order of ours."
            return Answer("needs_person", explanation, "status_unknown")
        order = named[0]
        number = order.purchase_order.po_number or order.order_id
        request = ReturnRequestV1(
            order_id=order.order_id,
            sender=sender_of(message, reading),
            in_reply_to=reading.mail.message_id if reading.mail else "",
            reason=(reading.mail.subject if reading.mail else "")[:200],
            lines=tuple(ReturnRequestLineV1(line=line.line, quantity=line.quantity) for line in lines_named(text, order)),
            message_id=message.message_id,
        )
        return Answer("return_opened", f"A return of {number} was opened.", "return_opened", number, return_request=request)

    def _own_orders(self, sender: str) -> Sequence[SalesOrder]:
        stated = StatedParty(email=sender or None)
        match, doubts = match_customer(stated, sender, self._directory.shortlist(stated, sender))
        if match is None or any(doubt.blocks for doubt in doubts):
            return ()
        return [order for order in self._orders.recent(_LOOKED_THROUGH) if order.customer_number == match.value]

    def _line(self, order: SalesOrder) -> str:
        parcels = [
            f"{shipment.choice.carrier} {shipment.tracking_number} ({shipment.state.replace('_', ' ')})"
            for shipment in self._shipments.of_order(order.order_id)
            if shipment.choice and shipment.tracking_number
        ]
        return f"- {order.purchase_order.po_number}: {order.status.value}" + "".join(f", {parcel}" for parcel in parcels)

    def _text(self, reading: ReadingV1) -> str:
        subject = reading.mail.subject if reading.mail else ""
        body = self._blobs.get(reading.text).decode("utf-8", "replace") if reading.text else ""
        return f"{subject}\n{body}"
