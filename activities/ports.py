"""What the activities need of the world, as Protocols. The composition root chooses who fulfils them.

Every method is synchronous and safe to call from several threads. Whatever writes is idempotent by the key it is given:
a step that runs again after a crash finds its own earlier work and returns it. The store raises `Unavailable` when the
database cannot be reached and `Rejected(code="not_found")` for an unknown key.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from models.contracts.reading_v1 import ReadingV1
from models.domain.allocation import Hold, InboundSupply, StockPosition
from models.domain.blobs import BlobRef
from models.domain.catalogue import CustomerItem, Item, PriceEntry
from models.domain.document import PagePicture
from models.domain.findings import Candidate
from models.domain.identifiers import CustomerNumber, Gtin, OrderId, Sku
from models.domain.messages import AuditEntry, InboundMessage, OutboundMessage, Outcome
from models.domain.party import Company, Customer, CustomerHistory, PartnerProfile, ShipTo, Warehouse
from models.domain.returns import ReturnOrder
from models.domain.review_queue import QueueFilter, QueuePage, WaitingOrder
from models.domain.sales_order import SalesOrder
from models.domain.shipment import CarrierService, Shipment
from models.domain.tax import Exemption, TaxRate
from models.domain.values import Currency


class Clock(Protocol):
    """The only source of the time of day outside workflows."""

    def now(self) -> datetime:
        """The current time, aware, in UTC."""
        ...


class BlobStore(Protocol):
    """Content by its SHA-256. Put twice, kept once; `get` verifies the digest."""

    def put(self, content: bytes, media_type: str) -> BlobRef: ...

    def get(self, ref: BlobRef) -> bytes: ...


class DocumentResult(Protocol):
    """What one document gave: the reading, its page pictures and its text for people."""

    @property
    def reading(self) -> ReadingV1: ...

    @property
    def pictures(self) -> Sequence[PagePicture]: ...

    @property
    def body_text(self) -> str: ...


class DocumentReader(Protocol):
    """Reads one untrusted document where a crash or a runaway cannot hurt us.

    Raises `Rejected` (codes reader_crashed, reader_timeout, reader_memory, too_large) naming the file and the cause.
    """

    def read(
        self,
        content: bytes,
        name: str,
        received_at: datetime | None,
        on_tick: Callable[[], None] | None = None,
        partners: Sequence[PartnerProfile] = (),
    ) -> DocumentResult: ...


class Inbox(Protocol):
    """The messages at our doors."""

    def receive(self, message: InboundMessage, *, is_retry: bool = False) -> InboundMessage:
        """Keep the message; one that is known already comes back as it is kept.

        One that was concluded waits to be answered again, unless this is only the same request tried again.
        """
        ...

    def get(self, message_id: str) -> InboundMessage: ...

    def not_started(self, limit: int = 100) -> Sequence[InboundMessage]:
        """Messages that no intake workflow has taken yet, and those to be answered again, oldest first."""
        ...

    def mark_started(self, message_id: str) -> None: ...

    def conclude(
        self, message_id: str, outcome: Outcome, explanation: str, order_ids: Sequence[str], reading: BlobRef | None
    ) -> None: ...

    def recent(self, limit: int = 200) -> Sequence[InboundMessage]: ...


class OrderBook(Protocol):
    """The orders, each one document with a version."""

    def open(self, order: SalesOrder) -> SalesOrder:
        """Keep a new order (version 1); one with the same id comes back as it is kept."""
        ...

    def find(self, order_id: OrderId) -> SalesOrder | None: ...

    def load(self, order_id: OrderId) -> SalesOrder: ...

    def save(self, order: SalesOrder) -> SalesOrder:
        """Write over exactly the version that was read and return it with the next one; `Unavailable` if it moved on.

        An order that is kept just so already stays at its version.
        """
        ...

    def part(self, first: SalesOrder, rest: SalesOrder) -> SalesOrder:
        """Save the order and open the rest of it, both or none; gives the saved one. Raises as `save` does."""
        ...

    def open_exposure(self, customer_number: CustomerNumber, currency: Currency, excluding: OrderId) -> Decimal:
        """The gross total of the customer's accepted orders that are not closed."""
        ...

    def history(self, customer_number: CustomerNumber, excluding: OrderId) -> CustomerHistory: ...

    def of_customer(self, customer_number: CustomerNumber, limit: int = 200) -> Sequence[SalesOrder]:
        """The customer's orders, latest first."""
        ...

    def recent(self, limit: int = 200) -> Sequence[SalesOrder]: ...

    def waiting(self, chosen: QueueFilter, now: datetime, limit: int, offset: int = 0) -> QueuePage:
        """One page of the review queue, the longest wait first."""
        ...

    def waiting_among(self, order_ids: Collection[str]) -> Sequence[WaitingOrder]:
        """The rows of those of the orders that wait for a person."""
        ...


class Parties(Protocol):
    """Ourselves, our customers, their delivery places, our warehouses and electronic partners."""

    def company(self) -> Company: ...

    def customer(self, number: CustomerNumber) -> Customer: ...

    def customers(self) -> Sequence[Customer]: ...

    def ship_tos(self, number: CustomerNumber) -> Sequence[ShipTo]: ...

    def warehouses(self) -> Sequence[Warehouse]: ...

    def partners(self) -> Sequence[PartnerProfile]: ...


class Catalogue(Protocol):
    """The items, by every number they are known by, and what they cost."""

    def items(self, skus: Sequence[Sku]) -> dict[Sku, Item]: ...

    def by_gtin(self, gtins: Sequence[Gtin]) -> dict[Gtin, Item]: ...

    def by_mpn(self, mpns: Sequence[str]) -> dict[str, Sequence[Item]]:
        """Items by manufacturer part number, compared in upper case without spaces, dashes, dots and slashes."""
        ...

    def by_normalised_sku(self, numbers: Sequence[str]) -> dict[str, Item]:
        """Items by our SKU, compared like part numbers; keys are the numbers as given."""
        ...

    def customer_items(self, customer: CustomerNumber, numbers: Sequence[str]) -> dict[str, CustomerItem]:
        """The customer's own numbers, compared like part numbers; keys are the numbers as given."""
        ...

    def prices(self, price_list: str, skus: Sequence[Sku], on: date, contract: str = "") -> Sequence[PriceEntry]:
        """The entries that hold on the day: of `contract` and `price_list`, and of "LIST" for SKUs that the latter lacks."""
        ...


class ItemSearch(Protocol):
    """Finds items by what a line says of them."""

    @property
    def accept(self) -> float:
        """From this score on an item may be taken without a person, where no other is near."""
        ...

    def candidates(self, description: str, limit: int = 10) -> Sequence[Candidate]:
        """The likeliest SKUs, best first, scores 0 to 1 with their reasons."""
        ...

    def nearly_numbered(self, number: str) -> Sequence[Candidate]:
        """The SKUs of items with a number that is one slip of the pen away from this one; none where many are."""
        ...


class TaxTables(Protocol):
    """Dated rates and certificates, loaded by the operator."""

    def rates(self, country: str, on: date) -> Sequence[TaxRate]: ...

    def exemptions(self, customer: CustomerNumber) -> Sequence[Exemption]: ...


class StockLedger(Protocol):
    """Stock on hand, inbound supply, and who holds how much of it."""

    def positions(self, skus: Sequence[Sku]) -> Sequence[StockPosition]: ...

    def inbound(self, skus: Sequence[Sku]) -> Sequence[InboundSupply]: ...

    def reserve(self, order_id: OrderId, holds: Sequence[Hold]) -> Sequence[Hold]:
        """Hold all of it or nothing, in one transaction; the order's earlier holds come back instead if it has any.

        Raises `Unavailable` where stock was taken meanwhile: plan again.
        """
        ...

    def holds(self, order_id: OrderId) -> Sequence[Hold]:
        """The order's holds that are reserved or allocated, not those issued or released."""
        ...

    def allocate(self, order_id: OrderId) -> Sequence[Hold]:
        """Make the order's holds on bins hard and return them; holds on inbound supply stay reserved."""
        ...

    def renew(self, order_id: OrderId, holds: Sequence[Hold]) -> Sequence[Hold]:
        """Replace the order's holds on inbound supply by these, in one transaction (for a backorder that is planned again)."""
        ...

    def issue(self, shipment_id: str, order_id: OrderId, line_parts: Sequence[tuple[int, int]]) -> None:
        """Goods issue: the allocated holds (line, part) leave the bins' stock on hand, once per shipment."""
        ...

    def release(self, order_id: OrderId) -> None:
        """Let go of everything the order still holds."""
        ...

    def receive_inbound(self, reference: str, sku: Sku, warehouse: str, quantity: Decimal, bin_code: str) -> None:
        """Goods receipt of an expected delivery, once per reference and SKU. Its holds move to the bin, oldest first."""
        ...

    def put_back(self, key: str, sku: Sku, warehouse: str, quantity: Decimal) -> None:
        """Returned goods back into stock, once per key."""
        ...


class Shipments(Protocol):
    """The shipments, each one document."""

    def save(self, shipment: Shipment, *, over: Shipment | None = None) -> Shipment:
        """Keep the shipment; `Unavailable` where `over` is given and is no longer what is kept."""
        ...

    def lessen(self, order_id: OrderId, before: Sequence[Shipment], after: Sequence[Shipment]) -> None:
        """Keep `after` over `before`, shipment by shipment, with the holds of their tasks, in one transaction.

        Raises `Unavailable` where one of those that differ moved on meanwhile.
        """
        ...

    def load(self, shipment_id: str) -> Shipment: ...

    def of_order(self, order_id: OrderId) -> Sequence[Shipment]: ...

    def services(self, from_country: str, to_country: str) -> Sequence[CarrierService]:
        """The rate rows that reach a country from a country."""
        ...


class NumberRanges(Protocol):
    """Gapless numbers: each (range, key) gets the next number once and the same number ever after."""

    def number(self, range_name: str, key: str) -> int: ...

    def key_of(self, range_name: str, number: int) -> str | None:
        """The key that was given this number; None where nobody was."""
        ...


class Outbox(Protocol):
    """Messages of ours that wait to be sent or were sent."""

    def post(self, message: OutboundMessage) -> bool:
        """Keep the message; False if one with its key is there already."""
        ...

    def find(self, key: str) -> OutboundMessage | None: ...

    def answered_by(self, digests: Sequence[str]) -> OutboundMessage | None:
        """The message of ours whose Message-ID is one of these (`message_digest`), the first of them that we know."""
        ...

    def is_sent(self, key: str) -> bool: ...

    def mark_sent(self, key: str, at: datetime) -> None: ...

    def of_subject(self, subject_id: str) -> Sequence[OutboundMessage]: ...


class AuditTrail(Protocol):
    """What happened, append-only and hash-chained."""

    def append(self, entry: AuditEntry) -> None:
        """Keep the fact; one with the same subject and key is there already and stays as it was."""
        ...

    def timeline(self, subject_id: str) -> Sequence[AuditEntry]: ...


class Returns(Protocol):
    """The RMAs, each one document."""

    def open(self, return_order: ReturnOrder) -> ReturnOrder: ...

    def load(self, rma: str) -> ReturnOrder: ...

    def save(self, return_order: ReturnOrder) -> ReturnOrder: ...

    def of_order(self, order_id: OrderId) -> Sequence[ReturnOrder]: ...

    def orders(self) -> frozenset[str]:
        """The ids of all orders of which something was to come back."""
        ...
