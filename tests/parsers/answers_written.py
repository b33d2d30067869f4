"""An acknowledgement and a ship notice for the writers' tests, and the message that they answer."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from models.domain.acknowledgement import (
    AcknowledgedLine,
    AckParty,
    Carton,
    CartonContent,
    OrderAcknowledgement,
    PromisedDelivery,
    ShipNotice,
)
from models.domain.identifiers import Gln, OrderId, Sscc
from models.domain.party import Address
from models.domain.values import PIECE, CountryCode, Currency, Money, Quantity

AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
EUR = Currency("EUR")


def pieces(amount: str) -> Quantity:
    return Quantity(amount=Decimal(amount), unit=PIECE)


ACCEPTED = AcknowledgedLine(
    number=1, buyer_line_number="10", sku="HX-M8-40", buyer_part_number="A-889", gtin="04006381333931",
    description="Hex bolt M8x40", ordered=pieces("1200"), status="accepted",
    promised=(PromisedDelivery(quantity=pieces("1200"), date=date(2026, 11, 20)),),
    unit_price=Money(amount=Decimal("12.50"), currency=EUR), price_basis=Decimal(100),
)  # fmt: skip
BACKORDERED = AcknowledgedLine(
    number=2, sku="NUT-8", ordered=pieces("50"), status="backordered", reason="part of it has no delivery date yet",
    promised=(PromisedDelivery(quantity=pieces("30"), date=date(2026, 11, 20)), PromisedDelivery(quantity=pieces("20"))),
)  # fmt: skip
REJECTED = AcknowledgedLine(number=3, buyer_part_number="X", ordered=pieces("5"), status="rejected", reason="no longer made")

PENDING = AcknowledgedLine(
    number=4, buyer_line_number="40", buyer_part_number="Y", ordered=pieces("8"), status="pending", reason="on hold"
)


def acknowledgement(*lines: AcknowledgedLine, kind: str = "accepted_with_changes", note: str = "") -> OrderAcknowledgement:
    return OrderAcknowledgement.model_validate(
        {
            "order_id": OrderId("order:C1:4500123456"), "sales_order_number": "SO-1001", "po_number": "4500123456",
            "kind": kind, "currency": EUR, "acknowledged_on": AT.date(), "lines": lines or (ACCEPTED, BACKORDERED, REJECTED),
            "buyer": AckParty(name="Müller GmbH", gln="4000001000005"), "seller": AckParty(name="Seller AG", number="V77"),
            "total_net": Money(amount=Decimal("150.00"), currency=EUR), "note": note,
        }
    )  # fmt: skip


def ship_notice(*cartons: Carton) -> ShipNotice:
    return ShipNotice(
        shipment_id="SH-7", order_id=OrderId("order:C1:4500123456"), po_number="4500123456", sales_order_number="SO-1001",
        ship_date=date(2026, 11, 18), delivery_date=date(2026, 11, 20), carrier="Swift Parcel", tracking_number="TRK1",
        seller=AckParty(name="Seller AG", number="V77"), cartons=cartons or (CARTON, SECOND_CARTON),
        ship_to=Address(name="Lager Süd", street="Industriestr. 9", postal_code="50667", city="Köln", country=CountryCode("DE"),
                        gln=Gln("4000001000005")),
    )  # fmt: skip


CARTON = Carton(
    sscc=Sscc.numbered("4012345", 1), weight_kg=Decimal("7.2"),
    lines=(CartonContent(number=1, sku="HX-M8-40", gtin="04006381333931", buyer_part_number="A-889", quantity=pieces("800")),),
)  # fmt: skip
SECOND_CARTON = Carton(
    sscc=Sscc.numbered("4012345", 2), weight_kg=Decimal("4.1"),
    lines=(
        CartonContent(number=1, sku="HX-M8-40", quantity=pieces("400")),
        CartonContent(number=2, sku="NUT-8", quantity=pieces("30")),
    ),
)  # fmt: skip
