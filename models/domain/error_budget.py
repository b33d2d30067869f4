"""How many wrong orders are tolerable, and how much of that is used: bounds instead of shares, because errors are rare.

With few orders the upper bound is high, and so a new source or customer group must first show that it can be trusted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from models.domain.bounds import CONFIDENCE, upper_bound
from models.domain.lessening import BUYER
from models.domain.lifecycle import OrderStatus
from models.domain.sales_order import SalesOrder
from models.domain.values import Value


class OrderOutcome(Value):
    """What became of a decided order. `was_wrong`: as it was read and checked, it would have been or was a wrong order."""

    group: str
    risk: float
    was_touchless: bool
    was_wrong: bool


class BudgetUse(Value):
    """A group's touchless orders and how many of them were wrong; `upper` bounds their true share.

    `threshold` is the highest risk up to which history shows the budget to be kept, None where it shows too little.
    """

    group: str
    touchless: int
    wrong: int
    upper: float
    budget: float
    threshold: float | None = None

    @property
    def used(self) -> float:
        """The bound as a share of the budget: above 1 the budget is not proven to be kept."""
        return self.upper / self.budget


def supported_threshold(outcomes: Sequence[OrderOutcome], budget: float, confidence: float = CONFIDENCE) -> float | None:
    """The highest risk up to which, by what became of these orders, the share of wrong ones is proven to be within the budget."""
    ranked = sorted(outcomes, key=lambda outcome: outcome.risk)
    best, wrong = None, 0
    for count, outcome in enumerate(ranked, 1):
        wrong += outcome.was_wrong
        is_last_of_its_risk = count == len(ranked) or ranked[count].risk > outcome.risk
        if is_last_of_its_risk and upper_bound(wrong, count, confidence) <= budget:
            best = outcome.risk
    return best


def budget_use(outcomes: Iterable[OrderOutcome], budget: float, confidence: float = CONFIDENCE) -> list[BudgetUse]:
    """Each group's use of the budget, and that of all together at the end."""
    groups: defaultdict[str, list[OrderOutcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.group].append(outcome)
    everything = [outcome for group in groups.values() for outcome in group]
    return [_use(name, group, budget, confidence) for name, group in [*sorted(groups.items()), ("all", everything)]]


def was_put_right(order: SalesOrder) -> bool:
    """Whether people put an order back after it went touchless, corrected it or rejected it. What happened after the buyer
    changed it shows nothing: it is the buyer's new word, and none against how the order was read."""
    changed_at = min((change.source.received_at for change in order.changes), default=None)
    decisions = [decision for decision in order.decisions if changed_at is None or decision.at < changed_at]
    outcomes = [decision.outcome for decision in decisions]
    put_back = "touchless" in outcomes and "needs_review" in outcomes[outcomes.index("touchless") :]
    corrected = any(each.by != BUYER and (changed_at is None or each.at < changed_at) for each in order.corrections)
    return put_back or corrected or "rejected" in outcomes


def outcome_of(order: SalesOrder, *, was_returned: bool) -> OrderOutcome | None:
    """What became of an order, or None while nobody knows: a touchless order is right until it comes back or is put back."""
    outcomes = [decision.outcome for decision in order.decisions]
    if "touchless" in outcomes:
        was_wrong = was_returned or was_put_right(order)
    elif order.status.waits_for_person or order.status is OrderStatus.RECEIVED:
        return None
    else:
        was_wrong = was_put_right(order)
    risk = order.risk.score if order.risk else 0.0
    group = order.source.source_format or "other"
    return OrderOutcome(group=group, risk=risk, was_touchless="touchless" in outcomes, was_wrong=was_wrong)


def _use(name: str, outcomes: Sequence[OrderOutcome], budget: float, confidence: float) -> BudgetUse:
    touchless = [outcome for outcome in outcomes if outcome.was_touchless]
    wrong = sum(outcome.was_wrong for outcome in touchless)
    return BudgetUse(
        group=name,
        touchless=len(touchless),
        wrong=wrong,
        upper=upper_bound(wrong, len(touchless), confidence),
        budget=budget,
        threshold=supported_threshold(outcomes, budget, confidence),
    )
