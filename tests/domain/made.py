"""Small made-up records for the tests of the rules."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from models.domain.catalogue import Item, PriceEntry, UnitConversion
from models.domain.identifiers import CustomerNumber, OrderId, Sku
from models.domain.party import Address, Company, Customer, ShipTo
from models.domain.purchase_order import PurchaseOrder, PurchaseOrderLine, Source
from models.domain.sales_order import Match, SalesOrder, SalesOrderLine
from models.domain.values import PIECE, CountryCode, Currency, Money, UnitCode

EUR = Currency("EUR")
DE = CountryCode("DE")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def money(amount: str, currency: str = "EUR") -> Money:
    return Money(amount=Decimal(amount), currency=Currency(currency))


def address(**parts: Any) -> Address:
    usual = {"name": "Kessler Metallbau GmbH", "street": "Im Gewerbepark 7", "postal_code": "58511", "city": "Lüdenscheid"}
    return Address.model_validate({**usual, "country": "DE", **parts})


def customer(number: str = "10010", **parts: Any) -> Customer:
    usual: dict[str, Any] = {
        "number": CustomerNumber(number),
        "address": address(),
        "vat_id": "DE216311718",
        "email_domains": ("kessler-metallbau.example",),
        "order_emails": ("einkauf@kessler-metallbau.example",),
        "currency": EUR,
        "price_list": "TRADE",
        "payment_terms": "30 days net",
        "credit_limit": money("10000"),
        "open_balance": money("1000"),
    }
    return Customer(**{**usual, **parts})


def hansewerk(**parts: Any) -> Customer:
    usual: dict[str, Any] = {
        "address": address(
            name="Hansewerk Baumärkte AG", street="Speicherhof 3", postal_code="28217", city="Bremen", gln="9521002300000"
        ),
        "vat_id": "DE187246452",
        "email_domains": ("hansewerk.example",),
        "order_emails": (),
    }
    return customer("10023", **{**usual, **parts})


def ship_to(code: str = "W2", **parts: Any) -> ShipTo:
    usual = {"name": "Kessler Werk 2", "street": "Altenaer Landstraße 112", "postal_code": "58769", "city": "Nachrodt"}
    return ShipTo(customer_number=CustomerNumber("10010"), code=code, address=address(**{**usual, **parts}))


def company(**parts: Any) -> Company:
    seller = address(name="Brückner & Hale GmbH", street="Am Alten Speicher 14", postal_code="42117", city="Wuppertal")
    usual: dict[str, Any] = {
        "address": seller,
        "vat_id": "DE123456789",
        "gs1_prefix": "4012345",
        "currency": EUR,
        "email": "orders@brueckner-hale.example",
    }
    return Company(**{**usual, **parts})


def item(sku: str = "HX-M8-40", **parts: Any) -> Item:
    usual: dict[str, Any] = {
        "description": "Hex bolt M8x40 zinc plated",
        "description_de": "Sechskantschraube M8x40 verzinkt",
        "base_unit": PIECE,
        "conversions": (UnitConversion(unit=UnitCode("BX"), base_quantity=Decimal(200)),),
    }
    return Item(sku=Sku(sku), **{**usual, **parts})


def line(number: int = 1, **parts: Any) -> PurchaseOrderLine:
    usual = {"seller_part_number": "HX-M8-40", "description": "Hex bolt M8x40 zinc plated", "quantity": "400", "unit": "C62"}
    return PurchaseOrderLine.model_validate({"number": number, **usual, **parts})


def purchase_order(*lines: PurchaseOrderLine, **parts: Any) -> PurchaseOrder:
    return PurchaseOrder(**{"po_number": "4711", "lines": lines or (line(),), **parts})


def price(unit_price: str = "0.125", **parts: Any) -> PriceEntry:
    usual = {"price_list": "TRADE", "sku": "HX-M8-40", "unit_price": unit_price, "currency": "EUR", "valid_from": "2026-01-01"}
    return PriceEntry.model_validate({**usual, **parts})


def order_line(number: int = 1, **parts: Any) -> SalesOrderLine:
    usual: dict[str, Any] = {
        "sku": Sku("HX-M8-40"),
        "match": Match(value="HX-M8-40", how="seller_part_number", score=0.98),
        "description": "Hex bolt M8x40 zinc plated",
        "ordered": Decimal(400),
        "unit": PIECE,
        "base_quantity": Decimal(400),
        "base_unit": PIECE,
        "unit_price": Decimal("0.125"),
        "net": money("50.00"),
    }
    return SalesOrderLine(number=number, **{**usual, **parts})


def sales_order(*lines: SalesOrderLine, **parts: Any) -> SalesOrder:
    lines = lines or (order_line(),)
    usual: dict[str, Any] = {
        "order_id": OrderId("order:10010:4711"),
        "source": Source(channel="smtp", received_at=NOW, source_format="pdf", sender="einkauf@kessler-metallbau.example"),
        "purchase_order": purchase_order(*(line(ours.number) for ours in lines)),
        "customer_match": Match(value="10010", how="order_email", score=0.96),
        "customer_number": CustomerNumber("10010"),
        "customer_name": "Kessler Metallbau GmbH",
        "ship_to": address(),
        "currency": EUR,
        "lines": lines,
    }
    return SalesOrder(**{**usual, **parts})
