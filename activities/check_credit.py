"""Check an order against its customer's credit limit and standing."""

from __future__ import annotations

from temporalio import activity

from activities.failures import told_to_temporal
from activities.order_records import OrderRecord
from activities.ports import OrderBook, Parties
from models.contracts.activity_io import OrderStep
from models.domain.credit import blocked_finding, credit_finding, credit_standing


class CreditChecking:
    """Open invoices, accepted open orders and this order together must stay within the limit."""

    def __init__(self, record: OrderRecord, orders: OrderBook, parties: Parties) -> None:
        self._record = record
        self._orders = orders
        self._parties = parties

    @activity.defn
    @told_to_temporal()
    def check_credit(self, step: OrderStep) -> None:
        """Add what the credit desk has to decide."""
        order = self._record.load(step.order_id)
        if order.customer_number is None:
            self._record.save(order.model_copy(update={"credit": None}))
            return
        customer = self._parties.customer(order.customer_number)
        total = order.gross or order.net
        findings = [blocked_finding(customer)]
        standing = None
        if total is not None:
            exposure = self._orders.open_exposure(customer.number, total.currency, order.order_id)
            standing = credit_standing(customer, exposure, total)
            findings.append(credit_finding(customer, exposure, total))
        doubts = tuple(finding for finding in findings if finding is not None)
        self._record.save(order.model_copy(update={"credit": standing, "findings": (*order.findings, *doubts)}))
