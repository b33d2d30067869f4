"""Send the invoice of a shipment in the order's own standard. Orders by mail have theirs from the ERP."""

from __future__ import annotations

from temporalio import activity

from activities.acknowledge_order import message_to_buyer, named_files
from activities.answers_in_kind import AnswersInKind
from activities.failures import told_to_temporal
from activities.heartbeats import heartbeating
from activities.outgoing import Outgoing
from activities.ports import Catalogue, NumberRanges, OrderBook, Parties, Shipments
from activities.shipment_records import ShipmentRecord
from models.contracts.activity_io import MessageSent, ShipmentStep
from models.domain.invoices import invoice_of

#: The first invoice's number is one more.
_BEFORE_FIRST = 100_000


class InvoiceSending:
    """Bills what left, once per shipment; invoice numbers have no gap."""

    def __init__(
        self,
        orders: OrderBook,
        shipments: Shipments,
        catalogue: Catalogue,
        parties: Parties,
        numbers: NumberRanges,
        in_kind: AnswersInKind,
        outgoing: Outgoing,
        record: ShipmentRecord,
    ) -> None:
        self._orders = orders
        self._shipments = shipments
        self._catalogue = catalogue
        self._parties = parties
        self._numbers = numbers
        self._in_kind = in_kind
        self._outgoing = outgoing
        self._record = record

    @activity.defn
    @told_to_temporal()
    def send_invoice(self, step: ShipmentStep) -> MessageSent:
        """Number, write and send the invoice; nothing where the partner gets none."""
        shipment = self._shipments.load(step.shipment_id)
        order = self._orders.load(shipment.order_id)
        answered = self._in_kind.message_of(order.source)
        if answered is None or order.customer_number is None or not self._in_kind.takes_invoice(answered):
            return MessageSent()
        key = f"invoice:{shipment.shipment_id}"
        number = f"IN-{_BEFORE_FIRST + self._numbers.number('invoice', shipment.shipment_id)}"
        invoice = invoice_of(
            order,
            shipment,
            self._catalogue.items(sorted({task.sku for task in shipment.tasks})),
            self._parties.company(),
            self._parties.customer(order.customer_number),
            number=number,
            today=self._record.clock.now().date(),
        )
        attachments = self._in_kind.invoice(invoice, answered, key)
        text = f"Invoice {number} over {invoice.gross} {invoice.currency}.\n"
        message = message_to_buyer(order, key=key, kind="invoice", text=text, attachments=attachments, partner=answered.sender)
        with heartbeating():
            sent = self._outgoing.send(message)
        told = f"Invoice {number} over {invoice.gross} {invoice.currency}{named_files(message)}."
        self._record.note(shipment, "InvoiceSent", told, {"invoice": number})
        return MessageSent(key=sent, acknowledged_by=self._in_kind.due(message, order.source))
