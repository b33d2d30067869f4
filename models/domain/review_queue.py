"""The orders that wait for a person, each as one lean row: who, how much, since when, with which questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from models.domain.approval import approval_obstacles
from models.domain.findings import Owner
from models.domain.four_eyes import first_approval, people_needed
from models.domain.sales_order import SalesOrder

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class WaitingOrder:
    """One row of the queue. `codes` and `owners` are those of its open questions; `total` is in `currency`.

    `may_be_approved`: nothing must be corrected first; `people_needed` is how many have to approve it.
    """

    order_id: str
    version: int
    status: str
    received_at: datetime
    customer: str
    po_number: str
    total: Decimal | None
    currency: str
    codes: tuple[str, ...]
    owners: tuple[str, ...]
    sentence: str
    may_be_approved: bool
    people_needed: int
    first_approval: str


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What to show of the queue: an owner's questions, a question's code, totals from an amount on, waits from hours on."""

    owner: str = ""
    code: str = ""
    at_least: Decimal | None = None
    hours: int = 0

    def lets_through(self, row: WaitingOrder, now: datetime) -> bool:
        return (
            (not self.owner or self.owner in row.owners)
            and (not self.code or self.code in row.codes)
            and (self.at_least is None or (row.total is not None and row.total >= self.at_least))
            and (not self.hours or now - row.received_at >= timedelta(hours=self.hours))
        )


def waiting_order(order: SalesOrder) -> WaitingOrder | None:
    """The order's row in the queue; None where it waits for nobody."""
    if not order.status.waits_for_person:
        return None
    questions = order.open_findings
    total = order.gross or order.net
    more = len(questions) - 1
    first = questions[0].message[:_LONGEST] if questions else "A person should look at it."
    return WaitingOrder(
        order_id=order.order_id,
        version=order.version,
        status=order.status.value,
        received_at=order.source.received_at,
        customer=(order.customer_name or order.purchase_order.buyer.name or order.source.sender)[:_LONGEST],
        po_number=order.purchase_order.po_number or "",
        total=total.rounded().amount if total else None,
        currency=order.currency or "",
        codes=tuple(dict.fromkeys(question.code for question in questions)),
        owners=tuple(dict.fromkeys(question.owner.value for question in questions)),
        sentence=first.rstrip(".") + "." + (f" And {more} more." if more > 0 else ""),
        may_be_approved=not approval_obstacles(order),
        people_needed=people_needed(order),
        first_approval=first_approval(order) or "",
    )


def by_owner(rows: Iterable[WaitingOrder]) -> dict[str, int]:
    """How many orders wait for each owner, owners without any included."""
    counts = Counter(owner for row in rows for owner in row.owners)
    return {owner.value: counts[owner.value] for owner in Owner}


def by_code(rows: Iterable[WaitingOrder]) -> Sequence[tuple[str, int]]:
    """The codes of the questions with how many orders have each, the most frequent first."""
    return Counter(code for row in rows for code in row.codes).most_common()
