"""The review queue: a lean row for each order that waits for a person, written with the order itself.

What is filtered by stands in columns and in tags of its own, so that the database finds one page of many rows by its indexes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Engine, Index, Select, Table, Text, delete, exists, func, insert, select
from sqlalchemy.types import JSON

from models.domain.review_queue import QueueFilter, QueuePage, WaitingOrder, waiting_order
from models.domain.sales_order import SalesOrder
from models.domain.values import plain
from models.store.columns import Moment
from models.store.session import in_chunks, reading, writing
from models.store.tables import metadata, sales_order

review_queue = Table(
    "review_queue",
    metadata,
    Column("order_id", Text, primary_key=True),
    Column("received_at", Moment, nullable=False),
    #: By when the desk should have decided, by its working hours.
    Column("due_at", Moment),
    #: The total in ten-thousandths of its currency: SQLite compares whole numbers, and decimals only as text.
    Column("worth", BigInteger),
    Column("details", JSON, nullable=False),
    Index("review_queue_by_age", "received_at", "order_id"),
    Index("review_queue_by_due", "due_at"),
)
#: Whose questions an order asks (`owner`), which (`code`), what else it is found by (`state`), and which mailbox was asked about
#: it and has yet to answer (`asked`).
review_tag = Table(
    "review_tag",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("word", Text, primary_key=True),
    Column("order_id", Text, primary_key=True),
    Index("review_tag_by_order", "order_id"),
)
_IN_COLUMNS = ("order_id", "received_at", "due_at")
_COUNTED = ("owner", "code", "state")
_PARTS = 10_000
_MOST_WORTH = 2**62


def note_waiting(connection: Connection, order: SalesOrder, before: SalesOrder | None = None) -> None:
    """Bring the order's row in the queue up to date, in the transaction that keeps the order. `before` is the version that it
    is kept over, where that is known: neither waited, neither has a row."""
    if before is not None and not (before.status.waits_for_person or order.status.waits_for_person):
        return
    connection.execute(delete(review_queue).where(review_queue.c.order_id == order.order_id))
    connection.execute(delete(review_tag).where(review_tag.c.order_id == order.order_id))
    row = waiting_order(order)
    if row is not None:
        connection.execute(insert(review_queue).values(**columns_of(row)))
        tags = [{"kind": kind, "word": word, "order_id": row.order_id} for kind, word in sorted(row.tags)]
        if tags:
            connection.execute(insert(review_tag), tags)


def queue_page(engine: Engine, chosen: QueueFilter, now: datetime, limit: int, offset: int) -> QueuePage:
    """One page of what the filter lets through, the longest wait first, with the counts of the whole queue."""
    wanted = _narrowed(select(review_queue), chosen, now)
    page = wanted.order_by(review_queue.c.received_at, review_queue.c.order_id).limit(limit).offset(offset)
    counted = _narrowed(select(func.count()).select_from(review_queue), chosen, now)
    counts = select(review_tag.c.kind, review_tag.c.word, func.count()).where(review_tag.c.kind.in_(_COUNTED))
    tally = counts.group_by(review_tag.c.kind, review_tag.c.word)
    with reading(engine) as connection:
        rows = connection.execute(page).all()
        tags = connection.execute(tally).all()
        waiting = connection.scalar(select(func.count()).select_from(review_queue)) or 0
        count = waiting if chosen == QueueFilter() else connection.scalar(counted) or 0
    by_kind: dict[str, dict[str, int]] = {kind: {} for kind in _COUNTED}
    for kind, word, number in tags:
        by_kind[kind][word] = number
    return QueuePage(
        rows=tuple(_row(row) for row in rows),
        count=count,
        waiting=waiting,
        owners=by_kind["owner"],
        codes=tuple(sorted(by_kind["code"].items(), key=lambda each: (-each[1], each[0]))),
        states=by_kind["state"],
    )


def rows_of(engine: Engine, order_ids: Collection[str]) -> Sequence[WaitingOrder]:
    """The rows of those of the orders that wait."""
    found: list[WaitingOrder] = []
    with reading(engine) as connection:
        for some in in_chunks(sorted(order_ids)):
            found += (_row(row) for row in connection.execute(select(review_queue).where(review_queue.c.order_id.in_(some))))
    return found


def ids_asked_of(engine: Engine, mailbox: str) -> Sequence[str]:
    """The waiting orders about which this mailbox was asked and has yet to answer."""
    wanted = select(review_tag.c.order_id).where(review_tag.c.kind == "asked", review_tag.c.word == mailbox)
    with reading(engine) as connection:
        return connection.scalars(wanted.order_by(review_tag.c.order_id).limit(100)).all()


def refill_queue(engine: Engine) -> None:
    """Add the rows of orders that waited before there was a queue."""
    queued = select(review_queue.c.order_id)
    waiting = sales_order.c.status.in_(("NeedsReview", "OnHold"))
    with writing(engine) as connection:
        for order in connection.scalars(select(sales_order.c.document).where(waiting, sales_order.c.order_id.not_in(queued))):
            note_waiting(connection, order)


def _narrowed(wanted: Select[Any], chosen: QueueFilter, now: datetime) -> Select[Any]:
    for kind, word in (("owner", chosen.owner), ("code", chosen.code), ("state", chosen.state)):
        if word:
            tag = review_tag.alias()
            has_it = exists().where(tag.c.kind == kind, tag.c.word == word, tag.c.order_id == review_queue.c.order_id)
            wanted = wanted.where(has_it)
    if chosen.at_least is not None:
        wanted = wanted.where(review_queue.c.worth >= _worth(chosen.at_least))
    if chosen.hours:
        wanted = wanted.where(review_queue.c.received_at <= now - timedelta(hours=chosen.hours))
    if chosen.due_within is not None:
        wanted = wanted.where(review_queue.c.due_at <= now + timedelta(hours=chosen.due_within))
    return wanted


def _worth(amount: Decimal) -> int:
    """Rounded up: what is compared with it has no more than four decimals."""
    scaled = (amount * _PARTS).to_integral_value(ROUND_CEILING)
    return int(max(min(scaled, Decimal(_MOST_WORTH)), Decimal(-_MOST_WORTH)))


def columns_of(row: WaitingOrder) -> dict[str, Any]:
    """The row as it is kept; its tags are kept beside it."""
    details = {name: value for name, value in asdict(row).items() if name not in _IN_COLUMNS}
    details["total"] = None if row.total is None else plain(row.total)
    return {
        "order_id": row.order_id,
        "received_at": row.received_at,
        "due_at": row.due_at,
        "worth": None if row.total is None else _worth(row.total),
        "details": details,
    }


def _row(kept: Any) -> WaitingOrder:
    details = kept.details
    total = details["total"]
    lists = {name: tuple(details[name]) for name in ("codes", "owners", "states")}
    whole = {**details, **lists, "total": None if total is None else Decimal(total)}
    return WaitingOrder(order_id=kept.order_id, received_at=kept.received_at, due_at=kept.due_at, **whole)
