"""Answers to an order as it stands in its document, before anybody has looked at it: what a partner would get if all goes
as asked. For trying a partner's messages; the answers that are sent come from the sales order.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from models.domain.acknowledgement import (
    AcknowledgedLine,
    AckParty,
    Carton,
    CartonContent,
    LineStatus,
    OrderAcknowledgement,
    PromisedDelivery,
    ShipNotice,
)
from models.domain.identifiers import Gln, OrderId, Sscc
from models.domain.invoice import Invoice, InvoiceLine, InvoiceParty, cents
from models.domain.party import Address, StatedParty
from models.domain.purchase_order import PurchaseOrder, PurchaseOrderLine
from models.domain.values import NO_CURRENCY, PIECE, CountryCode, Currency, Money, Quantity

Outcome = Literal["accepted", "received", "rejected"]

_SALES_ORDER = "SPECIMEN"
_PREFIX = "0000000"  # no company's: a specimen's SSCC must not be taken for a real one
_UNKNOWN_COUNTRY = CountryCode("ZZ")  # ISO 3166-1 leaves it to users


def acknowledgement_as_asked(order: PurchaseOrder, seller: AckParty, outcome: Outcome, today: date) -> OrderAcknowledgement:
    """Every line as it was asked, accepted, only received, or rejected."""
    lines = tuple(_line(order, line, "rejected" if outcome == "rejected" else "accepted") for line in order.lines)
    net = order.total_net if outcome != "rejected" else None
    return OrderAcknowledgement(
        order_id=OrderId.of("specimen", order.po_number or ""),
        sales_order_number=_SALES_ORDER,
        po_number=order.po_number or "",
        release_number=order.release_number or "",
        kind=outcome,
        currency=currency_of(order),
        buyer=_named(order.buyer),
        seller=seller,
        acknowledged_on=today,
        ordered_on=order.order_date,
        lines=lines,
        total_net=Money(amount=net, currency=currency_of(order)) if net is not None else None,
        note="a specimen: nothing was decided",
    )


def ship_notice_as_asked(order: PurchaseOrder, seller: AckParty, today: date) -> ShipNotice:
    """The whole order in one carton, leaving today."""
    goods = tuple(
        CartonContent(
            number=line.number,
            sku=_number(line),
            gtin=line.gtin,
            buyer_part_number=line.buyer_part_number,
            quantity=ordered(line),
        )
        for line in order.lines
    )
    return ShipNotice(
        shipment_id=_SALES_ORDER,
        order_id=OrderId.of("specimen", order.po_number or ""),
        po_number=order.po_number or "",
        release_number=order.release_number or "",
        sales_order_number=_SALES_ORDER,
        ship_date=today,
        delivery_date=order.requested_date,
        carrier="specimen",
        tracking_number=_SALES_ORDER,
        seller=seller,
        ship_to=address_of(order.ship_to or order.buyer),
        cartons=(Carton(sscc=Sscc.numbered(_PREFIX, 1), lines=goods, weight_kg=Decimal(1)),),
    )


def invoice_as_asked(order: PurchaseOrder, seller: AckParty, today: date) -> Invoice:
    """The whole order at its own prices, without tax: whose rate holds is not known before somebody has looked at it."""
    return Invoice(
        number=_SALES_ORDER,
        po_number=order.po_number or "",
        release_number=order.release_number or "",
        sales_order_number=_SALES_ORDER,
        shipment_id=_SALES_ORDER,
        issued_on=today,
        delivered_on=today,
        currency=currency_of(order),
        seller=InvoiceParty(address=address_of(StatedParty(name=seller.name, gln=seller.gln)), number=seller.number or ""),
        buyer=InvoiceParty(
            address=address_of(order.bill_to or order.buyer),
            vat_id=order.buyer.vat_id or "",
            number=order.buyer.customer_number or "",
        ),
        ship_to=address_of(order.ship_to or order.buyer),
        lines=tuple(map(_invoiced, order.lines)),
        payment_terms=order.payment_terms or "",
        note="a specimen: nothing was delivered",
    )


def _invoiced(line: PurchaseOrderLine) -> InvoiceLine:
    price, quantity = line.unit_price or Decimal(0), ordered(line)
    share = _net_share(line)
    return InvoiceLine(
        number=line.number,
        buyer_line_number=line.stated_number or "",
        sku=line.seller_part_number or "",
        gtin=line.gtin or "",
        buyer_part_number=line.buyer_part_number or "",
        description=line.description or "",
        quantity=quantity,
        unit_price=price * share,
        price_basis=line.price_basis,
        net=cents(quantity.amount * price * share / line.price_basis),
        tax_category="O",
    )


def _net_share(line: PurchaseOrderLine) -> Decimal:
    """What is left of the price when the line's discount is taken off: the answers state net prices."""
    return (100 - line.discount_percent) / 100 if line.discount_percent else Decimal(1)


def currency_of(order: PurchaseOrder) -> Currency:
    """The order's currency; XXX (ISO 4217: none) where it states none."""
    return order.currency or NO_CURRENCY


def ordered(line: PurchaseOrderLine) -> Quantity:
    """What a line asks for, in pieces where it names no unit."""
    return Quantity(amount=line.quantity if line.quantity is not None else Decimal(0), unit=line.unit or PIECE)


def address_of(party: StatedParty) -> Address:
    """A stated party as an address, without a country's name where it states none."""
    return Address(
        name=party.name or party.gln or party.customer_number or "unnamed",
        street=party.street or "",
        postal_code=party.postal_code or "",
        city=party.city or "",
        region=party.region or "",
        country=CountryCode(party.country) if party.country else _UNKNOWN_COUNTRY,
        gln=Gln.parse(party.gln),
    )


def _line(order: PurchaseOrder, line: PurchaseOrderLine, status: LineStatus) -> AcknowledgedLine:
    price = None if line.unit_price is None else line.unit_price * _net_share(line)
    promised = (PromisedDelivery(quantity=ordered(line), date=line.requested_date or order.requested_date),)
    return AcknowledgedLine(
        number=line.number,
        buyer_line_number=line.stated_number,
        sku=line.seller_part_number,
        buyer_part_number=line.buyer_part_number,
        gtin=line.gtin,
        description=line.description or "",
        ordered=ordered(line),
        promised=promised if status == "accepted" else (),
        status=status,
        unit_price=Money(amount=price, currency=currency_of(order)) if price is not None else None,
        price_basis=line.price_basis,
        is_added=line.is_added,
    )


def _number(line: PurchaseOrderLine) -> str:
    return line.seller_part_number or line.gtin or line.buyer_part_number or str(line.number)


def _named(party: StatedParty) -> AckParty:
    return AckParty(name=party.name or "", gln=party.gln, number=party.customer_number)
