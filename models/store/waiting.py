"""The review queue: a lean row for each order that waits for a person, written with the order itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Connection, Engine, Index, Table, Text, delete, insert, select
from sqlalchemy.types import JSON

from models.domain.review_queue import WaitingOrder, waiting_order
from models.domain.sales_order import SalesOrder
from models.domain.values import plain
from models.store.columns import Moment
from models.store.session import reading, writing
from models.store.tables import metadata, sales_order

review_queue = Table(
    "review_queue",
    metadata,
    Column("order_id", Text, primary_key=True),
    Column("received_at", Moment, nullable=False),
    Column("details", JSON, nullable=False),
    Index("review_queue_by_age", "received_at"),
)
_IN_COLUMNS = ("order_id", "received_at")


def note_waiting(connection: Connection, order: SalesOrder) -> None:
    """Bring the order's row in the queue up to date, in the transaction that keeps the order."""
    connection.execute(delete(review_queue).where(review_queue.c.order_id == order.order_id))
    row = waiting_order(order)
    if row is not None:
        connection.execute(insert(review_queue).values(**_columns(row)))


def waiting_orders(engine: Engine) -> Sequence[WaitingOrder]:
    """The whole queue, the longest wait first."""
    wanted = select(review_queue.c.order_id, review_queue.c.received_at, review_queue.c.details)
    with reading(engine) as connection:
        rows = connection.execute(wanted.order_by(review_queue.c.received_at, review_queue.c.order_id)).all()
    return [_row(*row) for row in rows]


def refill_queue(engine: Engine) -> None:
    """Add the rows of orders that waited before there was a queue."""
    queued = select(review_queue.c.order_id)
    waiting = sales_order.c.status.in_(("NeedsReview", "OnHold"))
    with writing(engine) as connection:
        for order in connection.scalars(select(sales_order.c.document).where(waiting, sales_order.c.order_id.not_in(queued))):
            note_waiting(connection, order)


def _columns(row: WaitingOrder) -> dict[str, Any]:
    details = {name: value for name, value in asdict(row).items() if name not in _IN_COLUMNS}
    details["total"] = None if row.total is None else plain(row.total)
    return {"order_id": row.order_id, "received_at": row.received_at, "details": details}


def _row(order_id: str, received_at: Any, details: dict[str, Any]) -> WaitingOrder:
    total = details["total"]
    lists = {"codes": tuple(details["codes"]), "owners": tuple(details["owners"])}
    whole = {**details, **lists, "total": None if total is None else Decimal(total)}
    return WaitingOrder(order_id=order_id, received_at=received_at, **whole)
