"""Made-up orders, messages and goods for the tests of the store."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import Engine

from models.domain.allocation import Hold
from models.domain.blobs import BlobRef
from models.domain.identifiers import CustomerNumber, OrderId, Sku
from models.domain.lifecycle import OrderStatus
from models.domain.messages import AuditEntry, InboundMessage, OutboundMessage
from models.domain.party import Address
from models.domain.purchase_order import PurchaseOrder, Source
from models.domain.sales_order import SalesOrder, SalesOrderLine
from models.domain.tax import TaxResult
from models.domain.values import CountryCode, Currency, Money
from models.store import stock_rows
from models.store.session import writing
from models.store.tables import inbound

EUR = Currency("EUR")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = date(2026, 11, 20)
BUYER = CustomerNumber("10010")
BOLT = Sku("HX-M8-40")
NUT = Sku("NUT-M8")
BERLIN = Address(name="Ada & Söhne", street="Gasse 1", postal_code="10115", city="Berlin", country=CountryCode("DE"))


def blob(seed: int = 1) -> BlobRef:
    return BlobRef(sha256=f"{seed:064x}", media_type="message/rfc822", size=10)


def message(seed: int = 1, **parts: object) -> InboundMessage:
    known = InboundMessage(message_id=f"{seed:064x}", channel="smtp", name="mail.eml", content=blob(seed), received_at=NOON)
    return known.model_copy(update=parts)


def outbound(key: str = "ack:1", subject_id: str = "order:10010:1") -> OutboundMessage:
    return OutboundMessage(key=key, kind="acknowledgement", subject_id=subject_id, channel="email", recipient="ada@buyer.example")


def fact(key: str = "opened", subject_id: str = "order:10010:1", **details: str) -> AuditEntry:
    return AuditEntry(
        subject_id=subject_id, key=key, event="OrderOpened", actor="orderwright", at=NOON, summary="Geöffnet", details=details
    )


def order_id(number: int | str = 1) -> OrderId:
    return OrderId.of(BUYER, str(number))


def order(number: int | str = 1, net: str | None = None, status: OrderStatus = OrderStatus.RECEIVED) -> SalesOrder:
    """An order of BUYER; with `net`, one line of 5 bolts at that total, taxed at 19 %."""
    made = SalesOrder(
        order_id=order_id(number),
        status=status,
        source=Source(channel="smtp", sender="ada@buyer.example", received_at=NOON),
        purchase_order=PurchaseOrder(po_number=str(number)),
        customer_number=BUYER,
        currency=EUR,
    )
    if net is None:
        return made
    tax = Money(amount=Decimal(net) * Decimal("0.19"), currency=EUR)
    line = SalesOrderLine(number=1, sku=BOLT, base_quantity=Decimal(5), net=Money(amount=Decimal(net), currency=EUR))
    taxed = TaxResult(treatment="domestic", shares=(), total=tax, reason="§ 12 UStG")
    return made.model_copy(update={"lines": (line,), "tax": taxed})


def on_bin(quantity: str, *, line: int = 1, part: int = 1, sku: Sku = BOLT, bin_code: str = "A-1") -> Hold:
    return Hold(line=line, part=part, sku=sku, warehouse="WUP", quantity=Decimal(quantity), bin=bin_code, available_on=TODAY)


def on_delivery(quantity: str, *, line: int = 1, part: int = 2, reference: str = "PO-1", sku: Sku = BOLT) -> Hold:
    return Hold(
        line=line,
        part=part,
        sku=sku,
        warehouse="WUP",
        quantity=Decimal(quantity),
        inbound_reference=reference,
        available_on=date(2026, 12, 1),
    )


def stock_up(engine: Engine, quantity: str, *, sku: Sku = BOLT, bin_code: str = "A-1", warehouse: str = "WUP") -> None:
    with writing(engine) as connection:
        key = (warehouse, str(sku), bin_code)
        stock_rows.move_stock(connection, f"opening:{warehouse}:{sku}:{bin_code}", key, Decimal(quantity))


def expect(engine: Engine, quantity: str, *, reference: str = "PO-1", sku: Sku = BOLT, on: date = date(2026, 12, 1)) -> None:
    with writing(engine) as connection:
        place = {"reference": reference, "sku": sku, "warehouse": "WUP"}
        values = inbound.insert().values(**place, quantity=Decimal(quantity), expected_on=on, is_received=False)
        connection.execute(values)
