"""Two people, never the same one twice, and never the one who corrected: who may approve an order that needs two."""

from __future__ import annotations

from models.domain.policy import needs_two
from models.domain.sales_order import SalesOrder

#: Names that stand for nobody in particular.
_NOBODY = frozenset({"", "api", "temporal ui", "orderwright", "anonymous"})


def people_needed(order: SalesOrder) -> int:
    """How many people must approve what is open."""
    return 2 if any(needs_two(finding) for finding in order.open_findings) else 1


def first_approval(order: SalesOrder) -> str | None:
    """Who has approved an order that waits for a second person; None once anything was decided or changed since."""
    last = order.decisions[-1] if order.decisions else None
    return last.by if last is not None and last.outcome == "first_approval" else None


def approval_refusal(order: SalesOrder, by: str) -> str | None:
    """Why this person may not approve the order now, in a sentence that says who may; None where they may."""
    if people_needed(order) < 2:
        return None
    if is_nobody(by):
        return 'Two people must approve this order, so each has to say who it is: {"by": "your name"}. Nothing was changed.'
    first = first_approval(order)
    if first is not None and _same(first) == _same(by):
        return f"{by} has approved this order already; a second person must. Nothing was changed."
    if _same(by) in {_same(correction.by) for correction in order.corrections}:
        return f"{by} corrected this order, so two others must approve it. Nothing was changed."
    return None


def is_second_approval(order: SalesOrder) -> bool:
    """Whether the next approval is the last that the order needs."""
    return people_needed(order) < 2 or first_approval(order) is not None


def is_nobody(name: str) -> bool:
    """Whether the name stands for a program or for anybody."""
    return _same(name) in _NOBODY


def _same(name: str) -> str:
    return " ".join(name.split()).casefold()
