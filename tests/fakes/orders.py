"""Believable orders for pages and answers: one that waits for a person, one that was shipped, and messages that were none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from models.contracts.extraction_v1 import (
    DocumentV1,
    ExtractionV1,
    Intent,
    OrderLineV1,
    PartyV1,
    PurchaseOrderV1,
    StatedValue,
)
from models.contracts.reading_v1 import PageV1, ReadingV1
from models.domain.allocation import Hold, StockPlan
from models.domain.blobs import BlobRef
from models.domain.evidence import Evidence
from models.domain.findings import Candidate, Finding, Owner, Severity
from models.domain.identifiers import CustomerNumber, OrderId, Sku, Sscc
from models.domain.lifecycle import OrderStatus
from models.domain.messages import AuditEntry, InboundMessage, OutboundMessage
from models.domain.party import Address, StatedParty
from models.domain.purchase_order import PurchaseOrder, PurchaseOrderLine, Source
from models.domain.risk import RiskReason, RiskScore
from models.domain.sales_order import Correction, Decision, Match, SalesOrder, SalesOrderLine
from models.domain.shipment import PackedCarton, PackedGoods, ServiceChoice, Shipment, TrackingEvent
from models.domain.tax import TaxResult, TaxShare
from models.domain.values import PIECE, CountryCode, Currency, Money
from tests.fakes.world import World

EUR = Currency("EUR")
RECEIVED = datetime(2026, 11, 23, 8, 12, 41, tzinfo=UTC)
#: Where words stand on the page: the words to (x0, y0, x1, y1) in points.
Places = dict[str, tuple[float, float, float, float]]


def euros(amount: str) -> Money:
    return Money(amount=Decimal(amount), currency=EUR)


def stated(value: str, places: Places, words: str = "", confidence: float = 0.98) -> StatedValue:
    """A value read where `words` (else the value itself) stand; without evidence where the page does not hold them."""
    found = places.get(words or value)
    evidence = (Evidence(part="PO-4500881203.pdf", page=1, bbox=found, text=words or value),) if found else ()
    return StatedValue(value=value, confidence=confidence, evidence=evidence)


LINES = (
    ("70-2231", "Hex bolt M8x40 zinc plated", "1200", "12.50", "150.00"),
    ("70-4410", "Washer M8 DIN 125 A2", "2400", "3.10", "74.40"),
    ("70-9907", "Cable tie 200x4,8 blk bag/100", "30", "410.00", "123.00"),
)


def purchase_order_v1(places: Places) -> PurchaseOrderV1:
    lines = tuple(
        OrderLineV1(
            buyer_part_number=stated(part, places),
            description=stated(text, places, confidence=0.71 if number == 3 else 0.97),
            quantity=stated(quantity, places),
            unit=stated("C62", places, f"pcs{number}"),
            unit_price=stated(price, places),
            price_basis_quantity=stated("100", places),
            line_total=stated(total, places),
        )
        for number, (part, text, quantity, price, total) in enumerate(LINES, 1)
    )
    return PurchaseOrderV1(
        po_number=stated("4500881203", places),
        order_date=stated("2026-11-22", places, "22.11.2026"),
        requested_delivery_date=stated("2026-12-04", places, "04.12.2026"),
        currency=stated("EUR", places),
        buyer=PartyV1(
            name=stated("Nordwind Maschinenbau GmbH", places),
            street=stated("Hafenstr. 12", places),
            city=stated("Kiel", places),
            postal_code=stated("24103", places),
            country=stated("DE", places),
            vat_id=stated("DE811907980", places),
        ),
        ship_to=PartyV1(
            name=stated("Nordwind Werk 2", places),
            street=stated("Industrieweg 4", places),
            city=stated("Neumünster", places),
            country=stated("DE", places),
        ),
        payment_terms=stated("30 Tage netto", places),
        lines=lines,
        total_net=stated("347.40", places),
    )


def matched_lines() -> tuple[SalesOrderLine, ...]:
    described = (
        ("HX-M8-40-ZP", "Hexagon bolt M8x40, zinc plated, ISO 4017", "1200", "12.50", "150.00", "customer_part_number", 1.0),
        ("WS-M8-A2", "Washer M8, A2, DIN 125", "2400", "2.75", "66.00", "customer_part_number", 1.0),
        ("CT-200-48-BK", "Cable tie 200 x 4.8 mm, black, bag of 100", "30", "4.10", "123.00", "description", 0.74),
    )
    return tuple(
        SalesOrderLine(
            number=number,
            buyer_part_number=LINES[number - 1][0],
            sku=Sku(sku),
            match=Match(
                value=sku,
                how=how,
                score=score,
                reasons=("their number for it" if score == 1 else "words agree: cable, tie, 200x4.8", "unit agrees"),
                runner_up=Candidate(value="CT-200-48-WH", label="Cable tie 200 x 4.8 mm, white", score=0.69)
                if score < 1
                else None,
            ),
            description=text,
            ordered=Decimal(quantity),
            unit=PIECE,
            base_quantity=Decimal(quantity),
            base_unit=PIECE,
            unit_price=Decimal(price),
            price_basis=Decimal(100) if number < 3 else Decimal(1),
            price_source="price list DE-A, valid from 2026-07-01",
            net=euros(net),
        )
        for number, (sku, text, quantity, price, net, how, score) in enumerate(described, 1)
    )


def findings(places: Places) -> tuple[Finding, ...]:
    def at(words: str) -> tuple[Evidence, ...]:
        found = places.get(words)
        return (Evidence(part="PO-4500881203.pdf", page=1, bbox=found, text=words),) if found else ()

    return (
        Finding(
            code="price_mismatch",
            severity=Severity.ERROR,
            message="Line 2 asks 3.10 per 100 where 2.75 per 100 is agreed: 12.7 % more than the tolerance of 2 % allows.",
            field="lines[1].unit_price",
            line=2,
            read="3.10 per 100",
            expected="2.75 per 100",
            evidence=at("3.10"),
            proposal={"2.price": "2.75/100"},
        ),
        Finding(
            code="uncertain_item",
            severity=Severity.ERROR,
            message="Line 3 may mean two of our items; they differ in colour.",
            field="lines[2].description",
            line=3,
            read="Cable tie 200x4,8 blk bag/100",
            evidence=at("Cable tie 200x4,8 blk bag/100"),
            candidates=(
                Candidate(value="CT-200-48-BK", label="Cable tie 200 x 4.8 mm, black", score=0.74, reasons=("blk means black",)),
                Candidate(value="CT-200-48-WH", label="Cable tie 200 x 4.8 mm, white", score=0.69),
            ),
            proposal={"3.sku": "CT-200-48-BK"},
        ),
        Finding(
            code="requested_date_near",
            severity=Severity.WARNING,
            message="The requested date leaves 9 working days; the usual time is 5.",
            owner=Owner.WAREHOUSE,
        ),
    )


def source(name: str, message_id: str, reading: BlobRef | None, document: BlobRef | None, minutes: int = 0) -> Source:
    return Source(
        channel="smtp",
        message_id=message_id,
        source_format="pdf",
        sender="einkauf@nordwind-maschinenbau.example",
        subject="Bestellung 4500881203",
        document_name=name,
        document=document,
        reading=reading,
        received_at=RECEIVED - timedelta(minutes=minutes),
    )


def order_that_waits(
    world: World, png: bytes, places: Places, size: tuple[float, float], change: Callable[[str], str] = str
) -> SalesOrder:
    """A German PDF order with a price off, an uncertain item and the page it was read from. `change` alters every text."""
    picture = world.blobs.put(png, "image/png")
    reading = ReadingV1(
        extraction=ExtractionV1(
            document=DocumentV1(name="PO-4500881203.pdf", sha256=picture.sha256, media_type="application/pdf", language="de"),
            intent=Intent.ORDER,
            orders=(purchase_order_v1(places),),
        ),
        source_formats=("pdf",),
        pages=(PageV1(part="PO-4500881203.pdf", page=1, width=size[0], height=size[1], picture=picture),),
    )
    kept = world.blobs.put(reading.model_dump_json().encode(), "application/json")
    document = world.blobs.put(b"%PDF-1.7 the original", "application/pdf")
    order = SalesOrder(
        order_id=OrderId("order:C1007:4500881203"),
        status=OrderStatus.NEEDS_REVIEW,
        source=source("PO-4500881203.pdf", document.sha256, kept, document),
        purchase_order=PurchaseOrder(
            po_number="4500881203",
            currency=EUR,
            buyer=StatedParty(name="Nordwind Maschinenbau GmbH"),
            lines=tuple(PurchaseOrderLine(number=number) for number in (1, 2, 3)),
        ),
        customer_match=Match(
            value="C1007",
            how="vat_id",
            score=1.0,
            reasons=("VAT id DE811907980", "sender's domain is theirs"),
        ),
        customer_number=CustomerNumber("C1007"),
        customer_name="Nordwind Maschinenbau GmbH",
        ship_to_match=Match(value="W2", how="name_and_street", score=0.96, reasons=("street and town agree",)),
        ship_to=Address(
            name="Nordwind Werk 2",
            street="Industrieweg 4",
            postal_code="24537",
            city="Neumünster",
            country=CountryCode("DE"),
        ),
        currency=EUR,
        lines=matched_lines(),
        requested_date=date(2026, 12, 4),
        payment_terms="30 days net",
        tax=TaxResult(
            treatment="domestic",
            shares=(TaxShare(category="S", rate=Decimal(19), base=euros("339.00"), tax=euros("64.41")),),
            total=euros("64.41"),
            reason="Goods delivered within Germany are taxed at the standard rate (§ 12 (1) UStG).",
        ),
        risk=RiskScore(
            score=0.18,
            threshold=0.5,
            reasons=(
                RiskReason(code="new_ship_to", weight=0.15, message="This delivery place was used only once before."),
                RiskReason(code="known_sender", weight=-0.05, message="The sender has ordered 14 times."),
            ),
        ),
        findings=findings(places),
        decisions=(
            Decision(
                outcome="needs_review",
                by="orderwright",
                at=RECEIVED + timedelta(seconds=2),
                why="Two findings stop the order.",
                runner_up="Touchless, had line 2 asked at most 2.80 per 100 and line 3 named one item.",
            ),
        ),
    )
    order = SalesOrder.model_validate_json(change(order.model_dump_json()))
    return _open(
        world, order, ("MessageReceived", "Mail received by SMTP and kept."), ("OrderChecked", "Two questions are open.")
    )


def order_that_was_delivered(world: World) -> SalesOrder:
    """An order read from text without pages, corrected and approved by a person, packed, sent and delivered."""
    text = "Hello,\n\nplease send us under PO 88-1204:\n\n  50 x HX-M8-40-ZP\n\nto our usual address. Thanks, Mia"
    words = "50 x HX-M8-40-ZP"
    start = text.index(words)
    here = (Evidence(part="mail.eml", span=(start, start + len(words)), text=words),)
    cell = (Evidence(part="extra.xlsx", cell="Sheet1!C7", text="88-1204"),)
    read = PurchaseOrderV1(
        po_number=StatedValue(value="88-1204", evidence=cell),
        lines=(
            OrderLineV1(
                seller_part_number=StatedValue(value="HX-M8-40-ZP", confidence=0.99, evidence=here),
                quantity=StatedValue(value="50", confidence=0.95, evidence=here),
            ),
        ),
    )
    reading = ReadingV1(
        extraction=ExtractionV1(
            document=DocumentV1(name="mail.eml", sha256="0" * 64, media_type="message/rfc822"),
            intent=Intent.ORDER,
            orders=(read,),
        ),
        text=world.blobs.put(text.encode(), "text/plain"),
    )
    kept = world.blobs.put(reading.model_dump_json().encode(), "application/json")
    document = world.blobs.put(b"Subject: order\r\n\r\n" + text.encode(), "message/rfc822")
    fifty = Decimal(50)
    line = matched_lines()[0].model_copy(update={"ordered": fifty, "base_quantity": fifty, "net": euros("6.25")})
    order = SalesOrder(
        order_id=OrderId("order:C1022:88-1204/A"),
        number="SO-100042",
        erp_reference="ERP-77120",
        status=OrderStatus.CLOSED,
        source=source("PO 88-1204.eml", document.sha256, kept, document, minutes=35).model_copy(
            update={"source_format": "email", "sender": "mia@harbour-tools.example"}
        ),
        purchase_order=PurchaseOrder(po_number="88-1204/A", buyer=StatedParty(name="Harbour Tools Ltd")),
        customer_number=CustomerNumber("C1022"),
        customer_name="Harbour Tools Ltd",
        currency=EUR,
        lines=(line,),
        corrections=(Correction(field="1.sku", value="HX-M8-40-ZP", by="jo.reviewer", at=RECEIVED, why="old number"),),
        decisions=(
            Decision(outcome="approved", by="jo.reviewer", at=RECEIVED, why="agreed by phone", runner_up="reject"),
        ),
        stock_plan=StockPlan(
            holds=(
                Hold(
                    line=1, part=1, sku=Sku("HX-M8-40-ZP"), warehouse="HAM", quantity=Decimal(50), bin="A-03-2",
                    available_on=date(2026, 11, 23),
                ),
            )
        ),
    )  # fmt: skip
    world.shipments.save(_shipment(world, order))
    world.outbox.post(
        OutboundMessage(
            key=f"{order.order_id}:acknowledgement", kind="acknowledgement", subject_id=order.order_id, channel="email",
            recipient="mia@harbour-tools.example", subject="Your order 88-1204", text="Thank you.\nWe deliver on 25 November.",
        )
    )  # fmt: skip
    world.outbox.mark_sent(f"{order.order_id}:acknowledgement", RECEIVED)
    return _open(world, order, ("OrderAccepted", "Approved by jo.reviewer."), ("ShipmentDelivered", "Signed for in Dover."))


def _shipment(world: World, order: SalesOrder) -> Shipment:
    box = Decimal(300)
    return Shipment(
        shipment_id="SO-100042-1",
        order_id=order.order_id,
        warehouse="HAM",
        ship_to=Address(name="Harbour Tools Ltd", city="Dover", country=CountryCode("GB")),
        state="delivered",
        cartons=(
            PackedCarton(
                sscc=Sscc.numbered("4012345", 17), carton_type="S", weight_kg=Decimal("1.25"), length_mm=box, width_mm=box,
                height_mm=Decimal(150), goods=(PackedGoods(line=1, sku=Sku("HX-M8-40-ZP"), quantity=Decimal(50)),),
            ),
        ),
        choice=ServiceChoice(
            carrier="Lakeside Parcel", service="Standard", cost=euros("9.80"), arrives_on=date(2026, 11, 25),
            reason="cheapest that arrives in time", runner_up="Express, 24.10 EUR, a day earlier",
        ),
        tracking_number="LP000017",
        label=world.blobs.put(b"%PDF-1.4 label", "application/pdf"),
        events=(TrackingEvent(code="collected", at=RECEIVED, place="Hamburg"), TrackingEvent(code="delivered", at=RECEIVED)),
    )  # fmt: skip


def messages_that_were_no_orders(world: World) -> InboundMessage:
    """An invoice, a duplicate and one that is still being read; the invoice is returned."""
    invoice = message(world, b"an invoice", "Rechnung 2026-118.pdf", 4)
    world.inbox.conclude(invoice.message_id, "not_an_order", "It is an invoice (title, invoice number), not an order.", [], None)
    again = message(world, b"a duplicate", "FW Bestellung 4500881203.eml", 2)
    world.inbox.conclude(
        again.message_id, "duplicate", "The same order as 4500881203, received before.", ["order:C1007:4500881203"], None
    )
    message(world, b"just in", "Order 77.eml", 0)
    return world.inbox.get(invoice.message_id)


def message(world: World, content: bytes, name: str, minutes: int) -> InboundMessage:
    kept = world.blobs.put(content, "application/octet-stream")
    return world.inbox.receive(
        InboundMessage(
            message_id=kept.sha256, channel="smtp", name=name, content=kept, sender="office@example.com",
            received_at=RECEIVED - timedelta(minutes=minutes),
        )
    )  # fmt: skip


def _open(world: World, order: SalesOrder, *facts: tuple[str, str]) -> SalesOrder:
    for count, (event, summary) in enumerate(facts):
        world.audit.append(
            AuditEntry(
                subject_id=order.order_id, key=event, event=event, actor="orderwright", summary=summary,
                at=RECEIVED + timedelta(seconds=count), details={"channel": "smtp"},
            )
        )  # fmt: skip
    return world.orders.open(order)
