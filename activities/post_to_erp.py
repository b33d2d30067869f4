"""Post an accepted order to the ERP, exactly once."""

from __future__ import annotations

from temporalio import activity

from activities.failures import told_to_temporal
from activities.heartbeats import heartbeating
from activities.order_records import OrderRecord
from activities.ports import Erp
from models.contracts.activity_io import ErpPosted, OrderStep


class ErpPosting:
    """Posts orders. The ERP's own idempotency by order id makes a repeated call harmless."""

    def __init__(self, record: OrderRecord, erp: Erp) -> None:
        self._record = record
        self._erp = erp

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
