"""Take a buyer's change while the goods are being picked, where the warehouse can still follow it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from activities.order_records import OrderRecord
from activities.ports import Catalogue, Parties, Shipments
from models.domain.lessening import BUYER, lessened, lessened_plan, lessening
from models.domain.pricing import agreed_price
from models.domain.purchase_order import PurchaseOrder
from models.domain.sales_order import Correction, SalesOrder
from models.domain.units import is_orderable


class WarehouseChanges:
    """Shortens pick lists and holds together. Safe to repeat: what a first run took, a second finds taken."""

    def __init__(self, record: OrderRecord, shipments: Shipments, catalogue: Catalogue, parties: Parties) -> None:
        self._record = record
        self._shipments = shipments
        self._catalogue = catalogue
        self._parties = parties

    def taken(self, order: SalesOrder, change: PurchaseOrder) -> SalesOrder | None:
        """The order as it is kept with the change in it; None where it cannot be taken, and nothing was touched."""
        wanted = lessening(order, change)
        if wanted is None or not self._is_sold_so(order, wanted.base_quantities):
            return None
        before = self._shipments.of_order(order.order_id)
        after = lessened(before, wanted.base_quantities)
        if after is None:
            return None
        self._shipments.lessen(order.order_id, before, after)
        now = self._record.clock.now()
        said = tuple(
            Correction(field=field, value=value, by=BUYER, at=now, why="changed while it was picked")
            for field, value in wanted.corrections.items()
        )
        corrections = (*order.corrections, *said)
        words = ", ".join(f"{field} is {value}" for field, value in wanted.corrections.items())
        text = f"The warehouse picks as the buyer changed it: {words}."
        # Before the order says so: a run that is killed behind that would find nothing left to tell.
        self._record.note(order, "ChangeTaken", text, key=f"ChangeTaken:{len(corrections)}", actor="buyer")
        plan = lessened_plan(order.stock_plan, after)
        return self._record.save(order.model_copy(update={"corrections": corrections, "stock_plan": plan}))

    def _is_sold_so(self, order: SalesOrder, left: Mapping[int, Decimal]) -> bool:
        """Whether so little of each item is sold, and at the price that was confirmed."""
        if order.customer_number is None:
            return False
        customer, today = self._parties.customer(order.customer_number), self._record.clock.now().date()
        skus = [line.sku for line in order.lines if line.sku]
        contract = customer.contract_price_list
        items, entries = self._catalogue.items(skus), self._catalogue.prices(customer.price_list, skus, today, contract)
        for line in order.lines:
            quantity = left.get(line.number)
            if not quantity or line.sku is None:
                continue
            prices = [
                agreed_price(entries, sku=line.sku, quantity=each, on=today, currency=order.currency, contract=contract)
                for each in (quantity, line.base_quantity or quantity)
            ]
            if line.sku not in items or not is_orderable(items[line.sku], quantity) or prices[0] != prices[1]:
                return False
        return True
