"""Post an accepted order to the ERP, exactly once, and take back there what will not be delivered."""

from __future__ import annotations

from temporalio import activity

from activities.failures import told_to_temporal
from activities.heartbeats import heartbeating
from activities.order_records import OrderRecord
from activities.outside_ports import Erp
from activities.ports import Shipments
from models.contracts.activity_io import ErpPosted, OrderStep
from models.domain.cancellations import digest_of, undelivered
from models.domain.sales_order import SalesOrder


class ErpPosting:
    """Posts orders. The ERP's own idempotency by order id makes a repeated call harmless."""

    def __init__(self, record: OrderRecord, erp: Erp, shipments: Shipments) -> None:
        self._record = record
        self._erp = erp
        self._shipments = shipments

    @activity.defn
    @told_to_temporal()
    def post_to_erp(self, step: OrderStep) -> ErpPosted:
        """Create the sales order there and keep its number here."""
        order = self._record.load(step.order_id)
        with heartbeating():
            reference = order.erp_reference or self._erp.create_sales_order(order)
        order = self._record.save(order.model_copy(update={"erp_reference": reference, "number": reference}))
        self._record.note(order, "SalesOrderCreated", f"The ERP took the order as {reference}.", {"reference": reference})
        return ErpPosted(order_id=order.order_id, reference=reference)

    @activity.defn
    @told_to_temporal()
    def cancel_in_erp(self, step: OrderStep) -> None:
        """Take back what will not be delivered."""
        with heartbeating():
            take_back(self._record.load(step.order_id), self._record, self._erp, self._shipments)


def take_back(order: SalesOrder, record: OrderRecord, erp: Erp, shipments: Shipments) -> None:
    """Tell the ERP what no shipment brings; nothing where everything comes."""
    left = undelivered(order, shipments.of_order(order.order_id))
    if left:
        erp.cancel_sales_order(order, left)
        told = f"The ERP was told that {len(left)} lines will not be delivered in full."
        record.note(order, "SalesOrderReduced", told, key=f"SalesOrderReduced:{digest_of(left)}")
