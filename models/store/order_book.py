"""The sales orders, each one document with a version. Totals are reckoned here in decimals, never by the database."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from statistics import median
from threading import Lock
from typing import Any

from sqlalchemy import Column, Connection, Engine, Row, Select, bindparam, func, select, update

from models.domain.customer_history import PastOrder, form_read, history_of
from models.domain.errors import Rejected, Unavailable
from models.domain.identifiers import CustomerNumber, OrderId, Sku
from models.domain.lifecycle import OrderStatus
from models.domain.party import CustomerHistory
from models.domain.review_queue import QueueFilter, QueuePage, WaitingOrder
from models.domain.risk_features import COLD_ORDERS
from models.domain.sales_order import SalesOrder
from models.domain.values import Currency, plain
from models.store.outcomes import note_outcome
from models.store.session import insert_new, reading, writing
from models.store.tables import sales_order
from models.store.waiting import ids_asked_of, note_waiting, queue_page, rows_of

_NOT_ACCEPTED = {
    OrderStatus.RECEIVED,
    OrderStatus.NEEDS_REVIEW,
    OrderStatus.ON_HOLD,
    OrderStatus.REJECTED,
    OrderStatus.CANCELLED,
}
#: What we accepted, whatever became of it since.
ACCEPTED = tuple(status.value for status in OrderStatus if status not in _NOT_ACCEPTED)
#: What we accepted and still have to deliver or to be paid for.
EXPOSED = tuple(status for status in ACCEPTED if status != OrderStatus.CLOSED.value)

#: How many of a customer's latest orders make their history, and how many of everybody else's say what is usual.
_HISTORY, _TRADE = 200, 500
#: Put together once: every step of every order reads and keeps it.
_DOCUMENT = select(sales_order.c.document).where(sales_order.c.order_id == bindparam("wanted"))
_CHANGE = update(sales_order).where(
    sales_order.c.order_id == bindparam("kept_id"), sales_order.c.version == bindparam("kept_version")
)


def _of_customer(statuses: Sequence[str], *columns: Column[Any]) -> Select[Any]:
    """Of the other orders of one customer."""
    return select(*columns).where(
        sales_order.c.customer_number == bindparam("customer"),
        sales_order.c.order_id != bindparam("excluding"),
        sales_order.c.status.in_(statuses),
    )


_T = sales_order.c
_EXPOSURE = _of_customer(EXPOSED, _T.gross).where(_T.currency == bindparam("currency"))
_PLACED = (
    _of_customer(ACCEPTED, _T.order_id, _T.gross, _T.sender, _T.quantities, _T.received_on, _T.form)
    .order_by(_T.opening.desc())
    .limit(_HISTORY)
)
#: Of how many orders the latest version is remembered: those that steps are at work on.
_SEEN = 32


class SqlOrderBook:
    """Fulfils `activities.ports.OrderBook`, and searches for the review desk."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._seen = _LatestSeen()

    def open(self, order: SalesOrder) -> SalesOrder:
        with writing(self._engine) as connection:
            return _opened(connection, order)

    def find(self, order_id: OrderId) -> SalesOrder | None:
        with reading(self._engine) as connection:
            return connection.scalar(_DOCUMENT, {"wanted": order_id})

    def load(self, order_id: OrderId) -> SalesOrder:
        with reading(self._engine) as connection:
            return self._seen.noted(_load(connection, order_id))

    def save(self, order: SalesOrder) -> SalesOrder:
        """What says nothing new keeps its version: a step that runs again after a crash leaves one trace."""
        before = self._seen.version_of(order)
        # Whoever has seen this very version knows that the order says something new; else the books are asked.
        if (before is None or before == order) and order == self.find(order.order_id):
            return order
        with writing(self._engine) as connection:
            kept = _saved(connection, order, before)
        return self._seen.noted(kept)

    def part(self, first: SalesOrder, rest: SalesOrder) -> SalesOrder:
        with writing(self._engine) as connection:
            kept = _saved(connection, first)
            _opened(connection, rest)
            return kept

    def open_exposure(self, customer_number: CustomerNumber, currency: Currency, excluding: OrderId) -> Decimal:
        asked = {"customer": customer_number, "excluding": excluding, "currency": currency}
        with reading(self._engine) as connection:
            totals = connection.scalars(_EXPOSURE, asked).all()
        return sum((total for total in totals if total is not None), Decimal(0))

    def history(self, customer_number: CustomerNumber, excluding: OrderId) -> CustomerHistory:
        with reading(self._engine) as connection:
            rows = connection.execute(_PLACED, {"customer": customer_number, "excluding": excluding}).all()
            trade = (None, 0) if len(rows) >= COLD_ORDERS else _trade_total(connection, customer_number)
        return history_of(_past_orders(rows, excluding.whole), *trade)

    def order_days(self, since: date) -> dict[str, list[date]]:
        """On which days each customer's accepted orders came, by customer number."""
        columns = select(sales_order.c.customer_number, sales_order.c.received_on)
        wanted = columns.where(sales_order.c.status.in_(ACCEPTED), sales_order.c.received_on >= since)
        days: defaultdict[str, list[date]] = defaultdict(list)
        with reading(self._engine) as connection:
            for number, day in connection.execute(wanted):
                days[number].append(day)
        return dict(days)

    def waiting(self, chosen: QueueFilter, now: datetime, limit: int, offset: int = 0) -> QueuePage:
        return queue_page(self._engine, chosen, now, limit, offset)

    def waiting_among(self, order_ids: Collection[str]) -> Sequence[WaitingOrder]:
        return rows_of(self._engine, order_ids)

    def asked_of(self, mailbox: str) -> Sequence[OrderId]:
        return [OrderId(order_id) for order_id in ids_asked_of(self._engine, mailbox)]

    def of_customer(self, customer_number: CustomerNumber, limit: int = 200) -> Sequence[SalesOrder]:
        return self.search(customer=customer_number, limit=limit)

    def recent(self, limit: int = 200) -> Sequence[SalesOrder]:
        return self.search(limit=limit)

    def search(
        self, status: OrderStatus | None = None, customer: str | None = None, limit: int = 50, offset: int = 0
    ) -> Sequence[SalesOrder]:
        """The orders in a status and of a customer (by number), latest first."""
        wanted = _filtered(select(sales_order.c.document), status, customer)
        page = wanted.order_by(sales_order.c.opening.desc()).limit(limit).offset(offset)
        with reading(self._engine) as connection:
            return connection.scalars(page).all()

    def count(self, status: OrderStatus | None = None, customer: str | None = None) -> int:
        """How many orders `search` has to show."""
        with reading(self._engine) as connection:
            return connection.scalar(_filtered(select(func.count()).select_from(sales_order), status, customer)) or 0


class _LatestSeen:
    """The orders that were loaded or kept last, so that one that is kept again need not be read again to see what is new.

    It vouches for nothing: the version in the books decides whether an order may be kept over.
    """

    def __init__(self) -> None:
        self._orders: OrderedDict[OrderId, SalesOrder] = OrderedDict()
        self._lock = Lock()

    def noted(self, order: SalesOrder) -> SalesOrder:
        with self._lock:
            self._orders[order.order_id] = order
            self._orders.move_to_end(order.order_id)
            while len(self._orders) > _SEEN:
                self._orders.popitem(last=False)
        return order

    def version_of(self, order: SalesOrder) -> SalesOrder | None:
        """What the same version of the order said; None where it was not seen, or another one was since."""
        with self._lock:
            seen = self._orders.get(order.order_id)
        return seen if seen is not None and seen.version == order.version else None


def _opened(connection: Connection, order: SalesOrder) -> SalesOrder:
    first = order.model_copy(update={"version": 1})
    if insert_new(connection, sales_order, order_id=first.order_id, **_columns(first)):
        note_waiting(connection, first)
        note_outcome(connection, first)
    return _load(connection, order.order_id)


def _saved(connection: Connection, order: SalesOrder, before: SalesOrder | None = None) -> SalesOrder:
    following = order.model_copy(update={"version": order.version + 1})
    kept_over = {"kept_id": order.order_id, "kept_version": order.version}
    if connection.execute(_CHANGE, {**_columns(following), **kept_over}).rowcount == 0:
        kept = _load(connection, order.order_id)
        raise Unavailable(
            f"{order.order_id} was version {order.version} when it was read and is version {kept.version} now: "
            "read it again and repeat the change"
        )
    note_waiting(connection, following, before)
    note_outcome(connection, following)
    return following


def _past_orders(rows: Sequence[Row[Any]], excluding: OrderId) -> list[PastOrder]:
    """The orders as they were placed: what went on and the rest of it are one; the other part of `excluding` is left out."""
    parts: defaultdict[str, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        parts[row.order_id.removesuffix(":rest")].append(row)
    return [_past_order(of_one) for whole, of_one in parts.items() if whole != excluding]


def _past_order(parts: Sequence[Row[Any]]) -> PastOrder:
    quantities: defaultdict[Sku, Decimal] = defaultdict(Decimal)
    for sku, quantity in (each for row in parts for each in row.quantities.items()):
        quantities[Sku(sku)] += Decimal(quantity)
    totals = [row.gross for row in parts if row.gross is not None]
    total = sum(totals, Decimal(0)) if totals else None
    form = (parts[0].form or "") if all(row.form for row in parts) else ""
    return PastOrder.model_construct(
        total=total, sender=parts[0].sender, day=parts[0].received_on, form=form, quantities=dict(quantities)
    )


def _trade_total(connection: Connection, customer: CustomerNumber) -> tuple[Decimal | None, int]:
    """What other customers of the same currency usually order, and by how many orders; None while these are too few."""
    currency = select(sales_order.c.currency).where(sales_order.c.customer_number == customer).limit(1).scalar_subquery()
    others = select(sales_order.c.gross).where(
        sales_order.c.currency == currency, sales_order.c.customer_number != customer, sales_order.c.status.in_(ACCEPTED)
    )
    latest = connection.scalars(others.order_by(sales_order.c.opening.desc()).limit(_TRADE)).all()
    totals = [total for total in latest if total is not None]
    return median(totals) if len(totals) >= COLD_ORDERS else None, len(totals)


def _columns(order: SalesOrder) -> dict[str, Any]:
    gross = order.gross
    return {
        "version": order.version,
        "status": order.status.value,
        "customer_number": order.customer_number,
        "currency": order.currency,
        "gross": gross.amount if gross else None,
        "sender": order.source.sender,
        "received_on": order.source.received_at.date(),
        "form": form_read(order),
        "quantities": {sku: plain(quantity) for sku, quantity in _quantities(order).items()},
        "document": order,
    }


def _quantities(order: SalesOrder) -> dict[Sku, Decimal]:
    """How much of each SKU the order asks for, in base units."""
    ordered: dict[Sku, Decimal] = defaultdict(Decimal)
    for line in order.lines:
        if line.sku is not None and line.base_quantity is not None:
            ordered[line.sku] += line.base_quantity
    return ordered


def _load(connection: Connection, order_id: OrderId) -> SalesOrder:
    found = connection.scalar(_DOCUMENT, {"wanted": order_id})
    if found is None:
        raise Rejected(f"there is no order {order_id}", code="not_found")
    order: SalesOrder = found
    return order


def _filtered(wanted: Select[Any], status: OrderStatus | None, customer: str | None) -> Select[Any]:
    if status is not None:
        wanted = wanted.where(sales_order.c.status == status.value)
    if customer is not None:
        wanted = wanted.where(sales_order.c.customer_number == customer.replace("\x00", ""))
    return wanted
