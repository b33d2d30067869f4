"""The records in memory, as the ports describe them. Each can be taken away, as a database can be."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import wraps
from typing import Any, TypeVar

from entrypoints.sign_in import hashed
from models.domain.blobs import BlobRef
from models.domain.errors import Rejected, Unavailable
from models.domain.identifiers import CustomerNumber, OrderId
from models.domain.messages import AuditEntry, InboundMessage, OutboundMessage, Outcome, message_digest
from models.domain.party import CustomerHistory
from models.domain.people import Person, Role, name_key
from models.domain.returns import ReturnOrder
from models.domain.review_queue import QueueFilter, QueuePage, WaitingOrder, page_of, waiting_order
from models.domain.sales_order import SalesOrder
from models.domain.shipment import CarrierService, Shipment
from models.domain.values import Currency

F = TypeVar("F", bound=Callable[..., Any])


def _needs_store(method: F) -> F:
    @wraps(method)
    def guarded(self: _Part, *args: Any, **kwargs: Any) -> Any:
        if self.store.is_away:
            raise Unavailable("the database cannot be reached")
        return method(self, *args, **kwargs)

    return guarded  # type: ignore[return-value]


@dataclass
class Store:
    """Whether the store answers."""

    is_away: bool = False


@dataclass
class _Part:
    store: Store = field(default_factory=Store)


@dataclass
class MemoryBlobs(_Part):
    """Content by its digest."""

    kept: dict[str, bytes] = field(default_factory=dict)

    @_needs_store
    def put(self, content: bytes, media_type: str) -> BlobRef:
        digest = hashlib.sha256(content).hexdigest()
        self.kept[digest] = content
        return BlobRef(sha256=digest, media_type=media_type, size=len(content))

    @_needs_store
    def get(self, ref: BlobRef) -> bytes:
        if ref.sha256 not in self.kept:
            raise Rejected(f"no content {ref.sha256}", code="not_found")
        return self.kept[ref.sha256]


@dataclass
class MemoryInbox(_Part):
    """The messages at our doors."""

    messages: dict[str, InboundMessage] = field(default_factory=dict)

    @_needs_store
    def receive(self, message: InboundMessage, *, is_retry: bool = False) -> InboundMessage:
        kept = self.messages.setdefault(message.message_id, message)
        if kept.state == "concluded" and not is_retry:
            self._update(kept.message_id, state="repeated", repeats=kept.repeats + 1)
        return self.messages[message.message_id]

    @_needs_store
    def get(self, message_id: str) -> InboundMessage:
        if message_id not in self.messages:
            raise Rejected(f"no message {message_id}", code="not_found")
        return self.messages[message_id]

    @_needs_store
    def not_started(self, limit: int = 100) -> Sequence[InboundMessage]:
        waiting = [message for message in self.messages.values() if message.state in {"received", "repeated"}]
        return sorted(waiting, key=lambda message: message.received_at)[:limit]

    @_needs_store
    def mark_started(self, message_id: str) -> None:
        state = {"received": "started", "repeated": "concluded"}.get(self.messages[message_id].state)
        self._update(message_id, **({"state": state} if state else {}))

    @_needs_store
    def conclude(
        self, message_id: str, outcome: Outcome, explanation: str, order_ids: Sequence[str], reading: BlobRef | None
    ) -> None:
        self._update(
            message_id,
            state="concluded",
            outcome=outcome,
            explanation=explanation,
            order_ids=tuple(order_ids),
            reading=reading,
        )

    @_needs_store
    def recent(self, limit: int = 200) -> Sequence[InboundMessage]:
        return sorted(self.messages.values(), key=lambda message: message.received_at, reverse=True)[:limit]

    def _update(self, message_id: str, **changes: Any) -> None:
        self.messages[message_id] = self.messages[message_id].model_copy(update=changes)


@dataclass
class MemoryOrders(_Part):
    """The orders, each with a version."""

    orders: dict[str, SalesOrder] = field(default_factory=dict)

    @_needs_store
    def open(self, order: SalesOrder) -> SalesOrder:
        return self.orders.setdefault(order.order_id, order.model_copy(update={"version": 1}))

    @_needs_store
    def find(self, order_id: OrderId) -> SalesOrder | None:
        return self.orders.get(order_id)

    def load(self, order_id: OrderId) -> SalesOrder:
        found = self.find(order_id)
        if found is None:
            raise Rejected(f"no order {order_id}", code="not_found")
        return found

    @_needs_store
    def save(self, order: SalesOrder) -> SalesOrder:
        self.orders[order.order_id] = order.model_copy(update={"version": order.version + 1})
        return self.orders[order.order_id]

    def part(self, first: SalesOrder, rest: SalesOrder) -> SalesOrder:
        self.open(rest)
        return self.save(first)

    def open_exposure(self, customer_number: CustomerNumber, currency: Currency, excluding: OrderId) -> Decimal:
        return Decimal(0)

    def history(self, customer_number: CustomerNumber, excluding: OrderId) -> CustomerHistory:
        return CustomerHistory()

    def of_customer(self, customer_number: CustomerNumber, limit: int = 200) -> Sequence[SalesOrder]:
        return [order for order in self.recent(limit) if order.customer_number == customer_number]

    @_needs_store
    def recent(self, limit: int = 200) -> Sequence[SalesOrder]:
        return sorted(self.orders.values(), key=lambda order: order.source.received_at, reverse=True)[:limit]

    @_needs_store
    def waiting(self, chosen: QueueFilter, now: datetime, limit: int, offset: int = 0) -> QueuePage:
        return page_of(self.waiting_among(self.orders), chosen, now, limit, offset)

    @_needs_store
    def asked_of(self, mailbox: str) -> Sequence[OrderId]:
        rows = filter(None, map(waiting_order, self.recent(1000)))
        return [OrderId(row.order_id) for row in rows if row.asked == mailbox]

    def waiting_among(self, order_ids: Collection[str]) -> Sequence[WaitingOrder]:
        return [row for key in order_ids if key in self.orders and (row := waiting_order(self.orders[key]))]


@dataclass
class MemoryShipments(_Part):
    """The shipments."""

    shipments: dict[str, Shipment] = field(default_factory=dict)

    def save(self, shipment: Shipment, *, over: Shipment | None = None) -> Shipment:
        if over is not None and self.shipments.get(shipment.shipment_id, over) != over:
            raise Unavailable(f"shipment {shipment.shipment_id} moved on meanwhile: read it again")
        self.shipments[shipment.shipment_id] = shipment
        return shipment

    def lessen(self, order_id: OrderId, before: Sequence[Shipment], after: Sequence[Shipment]) -> None:
        for one, other in zip(before, after, strict=True):
            self.save(other, over=one)

    def load(self, shipment_id: str) -> Shipment:
        return self.shipments[shipment_id]

    def of_order(self, order_id: OrderId) -> Sequence[Shipment]:
        return [shipment for shipment in self.shipments.values() if shipment.order_id == order_id]

    def services(self, from_country: str, to_country: str) -> Sequence[CarrierService]:
        return []


@dataclass
class MemoryReturns(_Part):
    """The RMAs."""

    returns: dict[str, ReturnOrder] = field(default_factory=dict)

    def open(self, return_order: ReturnOrder) -> ReturnOrder:
        return self.returns.setdefault(return_order.rma, return_order)

    def load(self, rma: str) -> ReturnOrder:
        return self.returns[rma]

    def save(self, return_order: ReturnOrder) -> ReturnOrder:
        self.returns[return_order.rma] = return_order
        return return_order

    def orders(self) -> frozenset[str]:
        return frozenset(each.order_id for each in self.returns.values())

    def of_order(self, order_id: OrderId) -> Sequence[ReturnOrder]:
        return [each for each in self.returns.values() if each.order_id == order_id]


@dataclass
class MemoryOutbox(_Part):
    """Messages of ours."""

    messages: dict[str, OutboundMessage] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)

    def post(self, message: OutboundMessage) -> bool:
        is_new = message.key not in self.messages
        self.messages.setdefault(message.key, message)
        return is_new

    def find(self, key: str) -> OutboundMessage | None:
        return self.messages.get(key)

    def answered_by(self, digests: Sequence[str]) -> OutboundMessage | None:
        known = {message_digest(key): message for key, message in self.messages.items()}
        return next((known[digest] for digest in digests if digest in known), None)

    def is_sent(self, key: str) -> bool:
        return key in self.sent

    def mark_sent(self, key: str, at: datetime) -> None:
        self.sent.add(key)

    def of_subject(self, subject_id: str) -> Sequence[OutboundMessage]:
        return [message for message in self.messages.values() if message.subject_id == subject_id]


@dataclass
class MemoryAudit(_Part):
    """What happened."""

    entries: list[AuditEntry] = field(default_factory=list)

    @_needs_store
    def append(self, entry: AuditEntry) -> None:
        if not any(kept.subject_id == entry.subject_id and kept.key == entry.key for kept in self.entries):
            self.entries.append(entry)

    @_needs_store
    def timeline(self, subject_id: str) -> Sequence[AuditEntry]:
        return [entry for entry in self.entries if entry.subject_id == subject_id]


@dataclass
class MemoryPeople(_Part):
    """The people of the desk and their sessions."""

    known: dict[str, tuple[Person, str]] = field(default_factory=dict)
    sessions: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    vouched: dict[str, tuple[str, Role | None]] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, name: str, role: Role, password: str) -> None:
        self.known[name_key(name)] = (Person(name=name, role=role), hashed(password))

    @_needs_store
    def all(self) -> Sequence[Person]:
        return [person for person, _ in self.known.values()]

    @_needs_store
    def find(self, name: str) -> tuple[Person, str] | None:
        return self.known.get(name_key(name))

    def claim_name(self, issuer: str, subject: str, name: str) -> str:
        if (issuer, subject) not in self.names:
            if name_key(name) in {*self.known, *map(name_key, self.names.values())}:
                raise Rejected(f"the name {name!r} is already somebody else's here", code="name_taken")
            self.names[issuer, subject] = name
        return self.names[issuer, subject]

    def begin_session(
        self, digest: str, name: str, ends_at: datetime, now: datetime, *, issuer: str = "", role: Role | None = None
    ) -> None:
        self.sessions[digest] = (name, ends_at)
        self.vouched[digest] = (issuer, role)

    def end_session(self, digest: str) -> None:
        self.sessions.pop(digest, None)

    @_needs_store
    def signed_in(self, digest: str, now: datetime, issuer: str = "") -> Person | None:
        name, ends_at = self.sessions.get(digest, ("", now))
        vouched_by, role = self.vouched.get(digest, ("", None))
        if ends_at <= now or vouched_by != issuer:
            return None
        if role is not None:
            return Person(name=name, role=role)
        if found := self.find(name):
            return found[0]
        return None if self.known else Person(name=name, role=Role.OPERATOR)
