"""The orders that wait for a person, each as one lean row: who, how much, since when, with which questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from models.domain.approval import approval_obstacles
from models.domain.findings import Finding
from models.domain.four_eyes import first_approval, people_needed
from models.domain.mail_addresses import mailbox_of
from models.domain.sales_order import SalesOrder

_LONGEST = 300
_KINDS = ("owner", "code", "state")
#: What an order may be found by beside its questions, in words.
STATES = {
    "with_buyer": "Asked the buyer",
    "answered": "Answered by the buyer",
    "two_people": "Needs two people",
    "fraud": "Fraud?",
}
#: The questions that ask whether somebody is who they say they are.
FRAUD_CODES = frozenset({"suspicious_sender", "bank_details", "denied_party", "risk_high", "customer_conflict"})


@dataclass(frozen=True, slots=True)
class WaitingOrder:
    """One row of the queue. `codes` and `owners` are those of its open questions; `total` is in `currency`; `states` are of
    `STATES`; `due_at` is by when the desk should have decided; `asked` is the mailbox that has yet to answer a question.

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
    states: tuple[str, ...] = ()
    due_at: datetime | None = None
    asked: str = ""

    @property
    def tags(self) -> frozenset[tuple[str, str]]:
        """What it is found by, each as kind and word."""
        kinds = (("owner", self.owners), ("code", self.codes), ("state", self.states))
        asked = {("asked", self.asked)} if self.asked else set()
        return frozenset((kind, word) for kind, words in kinds for word in words) | asked


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What to show of the queue: an owner's questions, a question's code, a state, totals from an amount on, waits from hours
    on, and what is due within so many hours (0: overdue)."""

    owner: str = ""
    code: str = ""
    at_least: Decimal | None = None
    hours: int = 0
    state: str = ""
    due_within: int | None = None

    def lets_through(self, row: WaitingOrder, now: datetime) -> bool:
        return (
            (not self.owner or self.owner in row.owners)
            and (not self.code or self.code in row.codes)
            and (self.at_least is None or (row.total is not None and row.total >= self.at_least))
            and (not self.state or self.state in row.states)
            and (self.due_within is None or (row.due_at is not None and row.due_at <= now + timedelta(hours=self.due_within)))
            and (not self.hours or now - row.received_at >= timedelta(hours=self.hours))
        )


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue: its rows, how many the filter lets through, how many wait at all, and how many of these have each
    owner, code (the most frequent first) and state."""

    rows: tuple[WaitingOrder, ...]
    count: int
    waiting: int
    owners: dict[str, int] = field(default_factory=dict)
    codes: tuple[tuple[str, int], ...] = ()
    states: dict[str, int] = field(default_factory=dict)


def waiting_order(order: SalesOrder) -> WaitingOrder | None:
    """The order's row in the queue; None where it waits for nobody."""
    if not order.status.waits_for_person:
        return None
    questions = sorted(order.open_findings, key=lambda question: not asks_for_fraud(question))
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
        states=tuple(_states(order)),
        due_at=order.review_due,
        asked=mailbox_of(order.open_question.recipient) if order.open_question else "",
    )


def asks_for_fraud(finding: Finding) -> bool:
    """Whether the finding asks if somebody is who they say they are: nothing else matters before that is answered."""
    return finding.code in FRAUD_CODES


def _states(order: SalesOrder) -> Iterator[str]:
    if order.open_question is not None:
        yield "with_buyer"
    elif order.questions and order.questions[-1].is_answered:
        yield "answered"
    if people_needed(order) > 1:
        yield "two_people"
    if any(map(asks_for_fraud, order.open_findings)):
        yield "fraud"


def page_of(rows: Sequence[WaitingOrder], chosen: QueueFilter, now: datetime, limit: int, offset: int) -> QueuePage:
    """The page that the filter makes of all rows, the longest wait first: what a database answers, in plain words."""
    found = sorted((row for row in rows if chosen.lets_through(row, now)), key=lambda row: (row.received_at, row.order_id))
    counts = Counter(tag for row in rows for tag in row.tags)
    by_kind = {kind: {word: count for (each, word), count in counts.items() if each == kind} for kind in _KINDS}
    return QueuePage(
        rows=tuple(found[offset : offset + limit]),
        count=len(found),
        waiting=len(rows),
        owners=by_kind["owner"],
        codes=tuple(sorted(by_kind["code"].items(), key=lambda each: (-each[1], each[0]))),
        states=by_kind["state"],
    )
