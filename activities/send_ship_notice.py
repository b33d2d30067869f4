"""Send the advance ship notice: what left, in which cartons, when it should arrive."""

from __future__ import annotations

from temporalio import activity

from activities.acknowledge_order import message_to_buyer, named_files
from activities.answers_in_kind import AnswersInKind
from activities.failures import told_to_temporal
from activities.heartbeats import heartbeating
from activities.outgoing import Outgoing
from activities.ports import Catalogue, OrderBook, Parties, Shipments
from activities.shipment_records import ShipmentRecord
from models.contracts.activity_io import MessageSent, ShipmentStep
from models.domain.answer_text import ship_notice_text
from models.domain.ship_notices import ship_notice_of


class ShipNoticeSending:
    """Tells the buyer that goods are on their way, once per shipment."""

    def __init__(
        self,
        orders: OrderBook,
        shipments: Shipments,
        catalogue: Catalogue,
        parties: Parties,
        in_kind: AnswersInKind,
        outgoing: Outgoing,
        record: ShipmentRecord,
    ) -> None:
        self._orders = orders
        self._shipments = shipments
        self._catalogue = catalogue
        self._parties = parties
        self._in_kind = in_kind
        self._outgoing = outgoing
        self._record = record

    @activity.defn
    @told_to_temporal()
    def send_ship_notice(self, step: ShipmentStep) -> MessageSent:
        """Write the notice in the order's own format and send it."""
        shipment = self._shipments.load(step.shipment_id)
        order = self._orders.load(shipment.order_id)
        items = self._catalogue.items(sorted({task.sku for task in shipment.tasks}))
        notice = ship_notice_of(order, shipment, items, self._parties.company(), today=self._record.clock.now().date())
        key = f"ship_notice:{shipment.shipment_id}"
        answered = self._in_kind.message_of(order.source)
        attachments = () if answered is None else self._in_kind.ship_notice(notice, answered, key)
        language = self._parties.customer(order.customer_number).language if order.customer_number else "en"
        text = ship_notice_text(notice, language)
        message = message_to_buyer(
            order, key=key, kind="ship_notice", text=text, attachments=attachments, partner=answered.sender if answered else ""
        )
        with heartbeating():
            sent = self._outgoing.send(message)
        told = f"Ship notice for {len(notice.cartons)} cartons{named_files(message)}."
        self._record.note(shipment, "ShipNoticeSent", told)
        awaits_invoice = answered is not None and self._in_kind.takes_invoice(answered)
        return MessageSent(key=sent, acknowledged_by=self._in_kind.due(message, order.source), awaits_invoice=awaits_invoice)
