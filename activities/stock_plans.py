"""What an order demands of the stock, and the plan that meets it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from activities.ports import Parties, StockLedger
from models.domain.allocation import Demand, StockPlan
from models.domain.sales_order import SalesOrder
from models.domain.stock_planning import plan_stock


def demands_of(order: SalesOrder) -> tuple[Demand, ...]:
    """One demand per line, in base units."""
    return tuple(
        Demand(
            line=line.number, sku=line.sku, quantity=line.base_quantity, requested_on=line.requested_date or order.requested_date
        )
        for line in order.lines
        if line.sku is not None and line.base_quantity
    )


def plan_for(
    order: SalesOrder, stock: StockLedger, parties: Parties, today: date, demands: Sequence[Demand] | None = None
) -> StockPlan:
    """How the order's demand (or a part of it) is best met from what is free now."""
    wanted = demands_of(order) if demands is None else tuple(demands)
    skus = sorted({demand.sku for demand in wanted})
    customer = parties.customer(order.customer_number) if order.customer_number else None
    return plan_stock(
        wanted,
        stock.positions(skus),
        stock.inbound(skus),
        warehouses=parties.warehouses(),
        ship_to_country=order.ship_to.country if order.ship_to else None,
        today=today,
        takes_partial_deliveries=customer.takes_partial_deliveries if customer else True,
    )
