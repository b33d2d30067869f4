"""What the page with the meters asks the books beside the orders themselves: the budget's policy and kinds, looks, and gaps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Engine

from models.domain.budget_standing import BudgetPolicy, JudgedOrders, OrderKind
from models.domain.missed_orders import MissedOrder, missed_orders
from models.store.order_book import SqlOrderBook
from models.store.outcomes import SqlOutcomes
from models.store.parties import SqlParties

#: How far back a customer's rhythm is read.
_RHYTHM = timedelta(days=540)


class SqlDeskFigures:
    """Fulfils `entrypoints.backend.DeskFigures`."""

    def __init__(self, engine: Engine) -> None:
        self._parties = SqlParties(engine)
        self._outcomes = SqlOutcomes(engine)
        self._orders = SqlOrderBook(engine)

    def budget_policy(self) -> BudgetPolicy:
        return self._parties.company().policy.error_budget

    def kinds(self, policy: BudgetPolicy, now: datetime) -> Sequence[tuple[OrderKind, JudgedOrders]]:
        return [(kind, self._outcomes.judged(kind, policy, now)) for kind in self._outcomes.kinds()]

    def to_look_at(self) -> int:
        return len(self._outcomes.drawn(limit=1000))

    def found_wrong(self) -> frozenset[str]:
        return self._outcomes.found_wrong()

    def missed(self, today: date) -> Sequence[tuple[MissedOrder, str]]:
        missed = missed_orders(self._orders.order_days(today - _RHYTHM), today)
        customers = self._parties.customers_numbered([each.customer for each in missed])
        names = {str(customer.number): customer.name for customer in customers}
        return [(each, names.get(each.customer, "")) for each in missed]
