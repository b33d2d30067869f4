"""What an order demands of the stock, and the plan that meets it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from activities.ports import Parties, StockLedger
from models.domain.allocation import Demand, Hold, InboundSupply, StockPlan
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
    order: SalesOrder,
    stock: StockLedger,
    parties: Parties,
    today: date,
    demands: Sequence[Demand] | None = None,
    given_back: Sequence[Hold] = (),
) -> StockPlan:
    """How the order's demand (or a part of it) is best met from what is free now.

    `given_back` are the order's own holds on expected deliveries that the plan may take anew or leave.
    """
    wanted = demands_of(order) if demands is None else tuple(demands)
    skus = sorted({demand.sku for demand in wanted})
    customer = parties.customer(order.customer_number) if order.customer_number else None
    return plan_stock(
        wanted,
        stock.positions(skus),
        _with(given_back, stock.inbound(skus)),
        warehouses=parties.warehouses(),
        ship_to_country=order.ship_to.country if order.ship_to else None,
        today=today,
        takes_partial_deliveries=customer.takes_partial_deliveries if customer else True,
    )


def _with(given_back: Sequence[Hold], inbound: Sequence[InboundSupply]) -> tuple[InboundSupply, ...]:
    """The expected deliveries with the order's own share of them free again."""
    free = {(supply.reference, supply.sku, supply.warehouse): supply for supply in inbound}
    for hold in given_back:
        key = (hold.inbound_reference or "", hold.sku, hold.warehouse)
        supply = free.get(key)
        free[key] = InboundSupply(
            warehouse=hold.warehouse,
            sku=hold.sku,
            reference=key[0],
            available=hold.quantity + (supply.available if supply else 0),
            expected_on=supply.expected_on if supply else hold.available_on,
        )
    return tuple(free.values())
