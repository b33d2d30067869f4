"""Allocate: turn an order's reservations into shipments, allocate what arrives later, and let go of what is given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from temporalio import activity

from activities.failures import told_to_temporal
from activities.order_records import OrderRecord
from activities.ports import Parties, Shipments, StockLedger
from activities.stock_plans import demands_of, plan_for
from models.contracts.activity_io import GiveUpBackorder, OrderStep, PlannedShipment, StockAllocated
from models.domain.allocation import Demand, Hold, Shortfall, StockPlan
from models.domain.errors import Rejected
from models.domain.sales_order import SalesOrder
from models.domain.shipment import PickTask, Shipment
from models.domain.stock_planning import shortfalls_of


class StockAllocating:
    """Hard assignment of stock. Shipments are numbered per order, so a repeated step finds those it made."""

    def __init__(self, record: OrderRecord, stock: StockLedger, shipments: Shipments, parties: Parties) -> None:
        self._record = record
        self._stock = stock
        self._shipments = shipments
        self._parties = parties

    @activity.defn
    @told_to_temporal()
    def allocate_stock(self, step: OrderStep) -> StockAllocated:
        """Ship what is there, unless the customer takes everything at once and something is missing."""
        return self._allocated(self._record.load(step.order_id))

    @activity.defn
    @told_to_temporal()
    def allocate_arrived_stock(self, step: OrderStep) -> StockAllocated:
        """Plan what is missing again from what is there now, then allocate it."""
        order = self._record.load(step.order_id)
        missing = self._missing(order)
        if missing:
            coming = [hold for hold in self._stock.holds(order.order_id) if hold.inbound_reference]
            plan = plan_for(order, self._stock, self._parties, self._record.clock.now().date(), missing, coming)
            self._stock.renew(order.order_id, plan.holds)
        # Also where a first run already held it all: it may have been killed before it wrote down what is short.
        kept = tuple(self._stock.holds(order.order_id))
        plan = StockPlan(holds=kept, shortfalls=self._short(order))
        return self._allocated(self._record.save(order.model_copy(update={"stock_plan": plan})))

    @activity.defn
    @told_to_temporal()
    def release_stock(self, step: OrderStep) -> None:
        """Let go of everything that the order still holds and of what it still wants."""
        order = self._record.load(step.order_id)
        self._stock.release(order.order_id)
        order = self._record.save(order.model_copy(update={"stock_plan": None}))
        self._record.note(order, "StockReleased", "The order's reservations were released.", key=f"StockReleased:{order.version}")

    @activity.defn
    @told_to_temporal()
    def give_up_backorder(self, request: GiveUpBackorder) -> None:
        """Let go of what is missing, and note who gave it up and why."""
        order = self._record.load(request.order_id)
        self._stock.release(order.order_id)
        order = self._record.save(order.model_copy(update={"stock_plan": None}))
        by = str(request.decision.by or "Temporal UI")[:100]
        why = str(request.decision.reason or request.decision.note or "no reason given")[:500]
        self._record.note(order, "BackorderGivenUp", f"{by} gave up what was missing: {why}", actor=by)

    def _allocated(self, order: SalesOrder) -> StockAllocated:
        holds = self._stock.holds(order.order_id)
        coming = [hold for hold in holds if hold.inbound_reference]
        is_backordered = bool(coming or self._short(order))
        if not (is_backordered and self._waits_for_all(order)):
            holds = self._stock.allocate(order.order_id)
            self._plan_shipments(order, [hold for hold in holds if hold.bin])
        planned = tuple(
            PlannedShipment(shipment_id=shipment.shipment_id, warehouse=shipment.warehouse)
            for shipment in self._shipments.of_order(order.order_id)
            if shipment.state == "planned"
        )
        self._note(order, planned, coming)
        return StockAllocated(
            order_id=order.order_id, shipments=planned, is_backordered=is_backordered, waits_until=_earliest(coming)
        )

    def _waits_for_all(self, order: SalesOrder) -> bool:
        return bool(order.customer_number) and not self._parties.customer(order.customer_number).takes_partial_deliveries  # type: ignore[arg-type]

    def _plan_shipments(self, order: SalesOrder, holds: Sequence[Hold]) -> None:
        """One shipment per warehouse for the holds that no shipment has yet."""
        if order.ship_to is None:
            raise Rejected(f"{order.order_id} has no ship-to address", code="no_ship_to")
        existing = self._shipments.of_order(order.order_id)
        taken = {(task.line, task.part) for shipment in existing for task in shipment.tasks}
        fresh = [hold for hold in holds if (hold.line, hold.part) not in taken]
        for offset, warehouse in enumerate(sorted({hold.warehouse for hold in fresh}), start=1):
            self._shipments.save(
                Shipment(
                    shipment_id=f"shipment:{order.order_id.removeprefix('order:')}:{len(existing) + offset}",
                    order_id=order.order_id,
                    warehouse=warehouse,
                    ship_to=order.ship_to,
                    promised_on=order.requested_date,
                    tasks=_tasks(order, [hold for hold in fresh if hold.warehouse == warehouse]),
                )
            )

    def _missing(self, order: SalesOrder) -> tuple[Demand, ...]:
        """What the order wants and neither holds in a bin nor has shipped."""
        covered: dict[int, Decimal] = {}
        for hold in self._stock.holds(order.order_id):
            if hold.bin:
                covered[hold.line] = covered.get(hold.line, Decimal(0)) + hold.quantity
        for shipment in self._shipments.of_order(order.order_id):
            if shipment.dispatched_at is not None:
                for task in shipment.tasks:
                    covered[task.line] = covered.get(task.line, Decimal(0)) + task.quantity
        left = ((demand, demand.quantity - covered.get(demand.line, Decimal(0))) for demand in demands_of(order))
        return tuple(demand.model_copy(update={"quantity": rest}) for demand, rest in left if rest > 0)

    def _short(self, order: SalesOrder) -> tuple[Shortfall, ...]:
        """What is missing and no expected delivery covers."""
        coming = [hold for hold in self._stock.holds(order.order_id) if hold.inbound_reference]
        return shortfalls_of(self._missing(order), coming)

    def _note(self, order: SalesOrder, planned: Sequence[PlannedShipment], coming: Sequence[Hold]) -> None:
        from_where = ", ".join(shipment.warehouse for shipment in planned) or "no warehouse yet"
        waiting = f" {len(coming)} parts are expected from {_earliest(coming)} on." if coming else ""
        self._record.note(
            order, "StockAllocated", f"To be shipped from {from_where}.{waiting}", key=f"StockAllocated:{order.version}"
        )


def _tasks(order: SalesOrder, holds: Sequence[Hold]) -> tuple[PickTask, ...]:
    descriptions = {line.number: line.description for line in order.lines}
    return tuple(
        PickTask(
            sequence=sequence,
            line=hold.line,
            part=hold.part,
            sku=hold.sku,
            description=descriptions.get(hold.line, ""),
            bin=hold.bin or "",
            quantity=hold.quantity,
        )
        for sequence, hold in enumerate(holds, start=1)
    )


def _earliest(coming: Sequence[Hold]) -> date | None:
    return min((hold.available_on for hold in coming), default=None)
