"""Promise stock: reserve available-to-promise goods for an accepted order, over the warehouses and expected deliveries."""

from __future__ import annotations

from temporalio import activity

from activities.failures import told_to_temporal
from activities.order_records import OrderRecord
from activities.ports import Parties, StockLedger
from activities.stock_plans import demands_of, plan_for
from models.contracts.activity_io import OrderStep, StockPromised
from models.domain.allocation import Hold, StockPlan
from models.domain.sales_order import SalesOrder
from models.domain.stock_planning import shortfalls_of


class StockPromising:
    """Plans and reserves. Stock that was taken in between makes the ledger refuse, and the step plans again."""

    def __init__(self, record: OrderRecord, stock: StockLedger, parties: Parties) -> None:
        self._record = record
        self._stock = stock
        self._parties = parties

    @activity.defn
    @told_to_temporal()
    def promise_stock(self, step: OrderStep) -> StockPromised:
        """Reserve what the order needs; what nothing covers is a shortfall of the plan."""
        order = self._record.load(step.order_id)
        # A reservation made before a crash counts as made: planned again, it would stand in its own way.
        held = tuple(self._stock.holds(order.order_id)) or self._reserve(order)
        plan = StockPlan(holds=held, shortfalls=shortfalls_of(demands_of(order), held))
        order = self._record.save(order.model_copy(update={"stock_plan": plan}))
        where = ", ".join(sorted({hold.warehouse for hold in held})) or "nowhere"
        self._record.note(
            order,
            "StockReserved",
            f"Reserved {len(held)} parts in {where}; {len(plan.shortfalls)} lines are short.",
            {"shortfalls": "; ".join(f"line {short.line}: {short.quantity} of {short.sku}" for short in plan.shortfalls)[:500]},
            key=f"StockReserved:{order.version}",
        )
        return StockPromised(order_id=order.order_id, holds=len(held), is_backordered=plan.is_backordered)

    def _reserve(self, order: SalesOrder) -> tuple[Hold, ...]:
        plan = plan_for(order, self._stock, self._parties, self._record.clock.now().date())
        return tuple(self._stock.reserve(order.order_id, plan.holds))
