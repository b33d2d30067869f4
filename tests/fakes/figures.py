"""What the page with the meters shows beside the orders, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from models.domain.budget_standing import BudgetPolicy, JudgedOrders, OrderKind
from models.domain.missed_orders import MissedOrder


@dataclass
class MemoryFigures:
    """What the meters show beside the orders: set by the test."""

    policy: BudgetPolicy = field(default_factory=BudgetPolicy)
    seen: list[tuple[OrderKind, JudgedOrders]] = field(default_factory=list)
    drawn: int = 0
    wrong: frozenset[str] = frozenset()
    gaps: list[tuple[MissedOrder, str]] = field(default_factory=list)

    def budget_policy(self) -> BudgetPolicy:
        return self.policy

    def kinds(self, policy: BudgetPolicy, now: datetime) -> Sequence[tuple[OrderKind, JudgedOrders]]:
        return self.seen

    def to_look_at(self) -> int:
        return self.drawn

    def found_wrong(self) -> frozenset[str]:
        return self.wrong

    def missed(self, today: date) -> Sequence[tuple[MissedOrder, str]]:
        return self.gaps
