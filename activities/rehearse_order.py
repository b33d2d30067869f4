"""Rehearse corrections: what every check would say of an order, without a trace in the books.

It runs the very steps that the order's workflow runs, on a copy of the order in memory. An outside tax service is asked
as always.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from temporalio.exceptions import ApplicationError

from activities.order_records import OrderRecord
from activities.ports import AuditTrail, Clock, OrderBook
from models.contracts.activity_io import OrderStep, RecordDecision
from models.contracts.decision_v1 import DecisionV1
from models.domain.errors import Misconfigured, Rejected, Unavailable
from models.domain.identifiers import CustomerNumber, OrderId
from models.domain.messages import AuditEntry
from models.domain.party import CustomerHistory
from models.domain.review_queue import QueueFilter, QueuePage, WaitingOrder
from models.domain.sales_order import SalesOrder
from models.domain.values import Currency


@dataclass(frozen=True)
class Steps:
    """The steps that check an order, all writing to one record: what takes a decision down, and the checks in their order."""

    record_decision: Callable[[RecordDecision], object]
    checks: Sequence[Callable[[OrderStep], object]]


class OrderRehearsal:
    """Runs the checks on copies. `steps` builds them for a record of its own; the same services stand behind them as always."""

    def __init__(self, orders: OrderBook, clock: Clock, steps: Callable[[OrderRecord], Steps]) -> None:
        self._orders = orders
        self._clock = clock
        self._steps = steps

    def rehearse(self, order_id: OrderId, corrections: Mapping[str, str], by: str) -> SalesOrder:
        """The order as it would be with these corrections. Raises `Rejected` with a sentence where one of them cannot be."""
        copy = _Copy(self._orders, self._orders.load(order_id))
        steps = self._steps(OrderRecord(copy, _Unheard(), self._clock, gateway=""))
        try:
            if corrections:
                decision = DecisionV1.model_validate({**corrections, "by": by})
                steps.record_decision(
                    RecordDecision(order_id=order_id, action="correct", decision=decision, at=self._clock.now())
                )
            for check in steps.checks:
                check(OrderStep(order_id=order_id))
        except ApplicationError as failure:
            raise _ours(failure) from failure
        return copy.order


class _Copy:
    """Fulfils `OrderBook`: this one order in memory, everything else as the books have it."""

    def __init__(self, books: OrderBook, order: SalesOrder) -> None:
        self._books = books
        self.order = order

    def open(self, order: SalesOrder) -> SalesOrder:
        raise NotImplementedError(f"a rehearsal opens no order, not even {order.order_id}")

    def find(self, order_id: OrderId) -> SalesOrder | None:
        return self.order if order_id == self.order.order_id else self._books.find(order_id)

    def load(self, order_id: OrderId) -> SalesOrder:
        return self.order if order_id == self.order.order_id else self._books.load(order_id)

    def save(self, order: SalesOrder) -> SalesOrder:
        self.order = order
        return order

    def part(self, first: SalesOrder, rest: SalesOrder) -> SalesOrder:
        raise NotImplementedError(f"a rehearsal opens no order, not even {rest.order_id} beside {first.order_id}")

    def open_exposure(self, customer_number: CustomerNumber, currency: Currency, excluding: OrderId) -> Decimal:
        return self._books.open_exposure(customer_number, currency, excluding)

    def of_customer(self, customer_number: CustomerNumber, limit: int = 200) -> Sequence[SalesOrder]:
        return self._books.of_customer(customer_number, limit)

    def history(self, customer_number: CustomerNumber, excluding: OrderId) -> CustomerHistory:
        return self._books.history(customer_number, excluding)

    def recent(self, limit: int = 200) -> Sequence[SalesOrder]:
        return self._books.recent(limit)

    def waiting(self, chosen: QueueFilter, now: datetime, limit: int, offset: int = 0) -> QueuePage:
        return self._books.waiting(chosen, now, limit, offset)

    def waiting_among(self, order_ids: Collection[str]) -> Sequence[WaitingOrder]:
        return self._books.waiting_among(order_ids)


class _Unheard(AuditTrail):
    """Keeps nothing: what did not happen is no fact."""

    def append(self, entry: AuditEntry) -> None:
        """Let it go."""

    def timeline(self, subject_id: str) -> Sequence[AuditEntry]:  # noqa: ARG002 - the port's signature
        return ()


def _ours(failure: ApplicationError) -> Exception:
    if failure.type == "Rejected":
        return Rejected(failure.message, code=str(failure.details[0]) if failure.details else "decision_refused")
    return (Misconfigured if failure.type == "Misconfigured" else Unavailable)(failure.message)
