"""What became of orders that were decided touchless, or only held back by the error budget: one lean row for each.

A row is written with its order; what a customer sends back and what people find when they look is added to it. Each is judged
once: wrong as soon as that shows, right when somebody looked, or when so many days passed without a complaint.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Engine,
    Index,
    Integer,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    case,
    func,
    not_,
    or_,
    select,
    update,
)  # fmt: skip

from models.domain.budget_standing import BudgetPolicy, JudgedOrders, OrderKind, is_misread
from models.domain.error_budget import was_put_right
from models.domain.errors import Rejected
from models.domain.messages import AuditEntry
from models.domain.returns import ReturnOrder
from models.domain.sales_order import SalesOrder
from models.store.audit_trail import append_entry
from models.store.columns import Moment
from models.store.session import insert_new, reading, writing
from models.store.tables import metadata

order_outcome = Table(
    "order_outcome",
    metadata,
    Column("order_id", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("customer_group", Text, nullable=False),
    Column("band", Text, nullable=False),
    Column("decided_at", Moment, nullable=False),
    Column("was_touchless", Boolean, nullable=False),
    Column("is_wrong", Boolean, nullable=False),
    Column("came_back", Boolean, nullable=False),
    Column("is_drawn", Boolean, nullable=False),
    Column("look", Text, nullable=False),
    Index("order_outcome_by_kind", "source", "customer_group", "band", "decided_at"),
)
_T = order_outcome.c
_WRONG: ColumnElement[bool] = or_(_T.is_wrong, _T.came_back, _T.look == "wrong")


def _count(flag: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((flag, 1), else_=0))


def _judged() -> Select[int, int, int, int]:
    """Counts of the latest judged orders of a kind, and of those that nobody knows of yet."""
    settled = and_(_T.was_touchless, _T.decided_at <= bindparam("settled", type_=Moment))
    is_judged = or_(_WRONG, _T.look != "", settled, _T.was_touchless.is_(False))
    own = (
        _T.source == bindparam("source"),
        _T.customer_group == bindparam("customers"),
        _T.band == bindparam("band"),
        _T.order_id != bindparam("excluding"),
    )
    latest = select(_WRONG.label("wrong"), (_T.look != "").label("looked")).where(*own, is_judged)
    window = latest.order_by(_T.decided_at.desc()).limit(bindparam("window", type_=Integer)).subquery()
    pending = select(func.count()).where(*own, not_(is_judged)).scalar_subquery()
    return select(func.count(), _count(window.c.wrong), _count(window.c.looked), pending).select_from(window)


#: Made once: it is asked at every decision.
_JUDGED = _judged()


@dataclass(frozen=True, slots=True)
class DrawnOrder:
    """A touchless order that is to be looked at afterwards."""

    order_id: str
    kind: OrderKind
    decided_at: datetime


class SqlOutcomes:
    """Fulfils `activities.decision_ports.Outcomes`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def judged(self, kind: OrderKind, policy: BudgetPolicy, now: datetime, excluding: str = "") -> JudgedOrders:
        """What is known of the latest orders of a kind, one left out."""
        asked = {"source": kind.source, "customers": kind.group, "band": kind.band, "excluding": excluding}
        settled = {"settled": now - timedelta(days=policy.settle_days), "window": policy.window}
        with reading(self._engine) as connection:
            judged, wrong, looked_at, pending = connection.execute(_JUDGED, asked | settled).one()
        return JudgedOrders(judged=judged, wrong=wrong or 0, looked_at=looked_at or 0, pending=pending or 0)

    def kinds(self) -> Sequence[OrderKind]:
        """Every kind of which there was an order."""
        wanted = select(_T.source, _T.customer_group, _T.band).distinct().order_by(_T.source, _T.customer_group, _T.band)
        with reading(self._engine) as connection:
            return [_kind(*row) for row in connection.execute(wanted)]

    def drawn(self, limit: int = 200) -> Sequence[DrawnOrder]:
        """The drawn orders that nobody looked at yet, oldest first."""
        wanted = select(_T.order_id, _T.source, _T.customer_group, _T.band, _T.decided_at).where(
            _T.is_drawn, _T.was_touchless, _T.look == ""
        )
        with reading(self._engine) as connection:
            rows = connection.execute(wanted.order_by(_T.decided_at, _T.order_id).limit(limit)).all()
        return [DrawnOrder(order_id, _kind(*kind), at) for order_id, *kind, at in rows]

    def found_wrong(self) -> frozenset[str]:
        """The touchless orders that turned out wrong afterwards, however that showed."""
        with reading(self._engine) as connection:
            return frozenset(connection.scalars(select(_T.order_id).where(_T.was_touchless, _WRONG)))

    def look(self, entry: AuditEntry, *, is_right: bool) -> None:
        """Keep what somebody found, and the entry that tells of it. Raises `Rejected` for an order that did not go touchless."""
        order_id = entry.subject_id
        change = update(order_outcome).where(_T.order_id == order_id, _T.was_touchless)
        with writing(self._engine) as connection:
            if connection.execute(change.values(look="right" if is_right else "wrong")).rowcount == 0:
                raise Rejected(f"{order_id} did not go touchless under the error budget: there is nothing to look at")
            append_entry(connection, entry)


def note_outcome(connection: Connection, order: SalesOrder) -> None:
    """Bring an order's row up to date, in the transaction that keeps the order."""
    row = _row(order)
    if row is None:
        return
    if not insert_new(connection, order_outcome, **row, came_back=False, look=""):
        change = {name: row[name] for name in ("was_touchless", "is_wrong", "is_drawn")}
        connection.execute(update(order_outcome).where(_T.order_id == order.order_id).values(**change))


def note_return(connection: Connection, returned: ReturnOrder) -> None:
    """A return of what was never ordered shows that the order was wrong; damage and second thoughts show nothing."""
    if any(is_misread(line.reason) for line in returned.lines):
        connection.execute(update(order_outcome).where(_T.order_id == returned.order_id).values(came_back=True))


def _row(order: SalesOrder) -> dict[str, Any] | None:
    """None for an order that people decided for other reasons: such orders prove nothing of those that go touchless."""
    standing = order.budget
    outcomes = [decision.outcome for decision in order.decisions]
    if standing is None or not outcomes:
        return None
    was_touchless = "touchless" in outcomes
    if not standing.counts or not (was_touchless or outcomes[-1] in ("approved", "rejected", "corrected")):
        return None
    return {
        "order_id": order.order_id,
        "source": standing.kind.source,
        "customer_group": standing.kind.group,
        "band": standing.kind.band,
        "decided_at": order.decisions[-1].at,
        "was_touchless": was_touchless,
        "is_wrong": was_put_right(order),
        "is_drawn": standing.is_drawn,
    }


def _kind(source: str, group: str, band: str) -> OrderKind:
    return OrderKind.model_validate({"source": source, "group": group, "band": band})
