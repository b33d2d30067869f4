"""The invoice of a shipment: what was packed, at the order's prices, with the tax that the order was given.

Each shipment is billed by itself, in the units and price basis that the buyer ordered in where they come out even.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from models.domain.catalogue import Item
from models.domain.corrections import corrected
from models.domain.identifiers import Sku
from models.domain.invoice import Invoice, InvoiceLine, InvoiceParty, cents
from models.domain.party import Company, Customer
from models.domain.sales_order import SalesOrder, SalesOrderLine
from models.domain.shipment import Shipment
from models.domain.tax import TaxResult
from models.domain.units import as_decimal
from models.domain.values import PIECE, Quantity

#: Places that a quantity in the ordered unit may have; what needs more is billed in base units.
_PLACES = 3
_UNTAXED = "O"
#: UNCL 5305: at the standard rate or a lower one, and at the rate of zero.
_AT_RATES = frozenset({"S", "Z"})


def invoice_of(
    order: SalesOrder,
    shipment: Shipment,
    items: Mapping[Sku, Item],
    company: Company,
    customer: Customer,
    *,
    number: str,
    today: date,
) -> Invoice:
    """The invoice of a packed shipment, dated `today` and due by the customer's terms."""
    return Invoice(
        number=number,
        po_number=order.purchase_order.po_number or order.order_id,
        release_number=order.purchase_order.release_number or "",
        sales_order_number=order.number or order.order_id,
        shipment_id=shipment.shipment_id,
        issued_on=today,
        delivered_on=shipment.dispatched_at.date() if shipment.dispatched_at else today,
        due_on=today + timedelta(days=customer.payment_days),
        currency=order.currency or company.currency,
        seller=InvoiceParty(address=company.address, vat_id=company.vat_id),
        buyer=InvoiceParty(address=customer.address, vat_id=customer.vat_id or "", number=customer.number),
        ship_to=shipment.ship_to,
        lines=tuple(_lines(order, shipment, items)),
        payment_terms=order.payment_terms,
        iban=company.iban,
        note=_legal_note(order.tax),
    )


def _lines(order: SalesOrder, shipment: Shipment, items: Mapping[Sku, Item]) -> Iterator[InvoiceLine]:
    """A line for each of the order's lines that the shipment brings, in their order."""
    packed: dict[int, Decimal] = {}
    for goods in (goods for carton in shipment.cartons for goods in carton.goods):
        packed[goods.line] = packed.get(goods.line, Decimal(0)) + goods.quantity
    asked = {line.number: line for line in corrected(order.asked, order.corrections).lines}
    for line in order.lines:
        if line.number in packed:
            basis = asked[line.number].price_basis if line.number in asked else line.price_basis
            yield _line(line, packed[line.number], basis, order.tax, items.get(line.sku) if line.sku else None)


def _line(line: SalesOrderLine, packed: Decimal, basis: Decimal, tax: TaxResult | None, item: Item | None) -> InvoiceLine:
    each = Fraction(line.unit_price or 0) / Fraction(line.price_basis)
    quantity, price, basis = _as_ordered(line, packed, each, basis)
    category, percent = _taxed(line, tax)
    return InvoiceLine(
        number=line.number,
        buyer_line_number=line.stated_number or "",
        sku=line.sku or "",
        gtin=(item.gtin if item else None) or "",
        buyer_part_number=line.buyer_part_number or "",
        description=line.description,
        quantity=quantity,
        unit_price=price,
        price_basis=basis,
        net=cents(as_decimal(Fraction(packed) * each)),
        tax_category=category,
        tax_percent=percent,
    )


def _as_ordered(line: SalesOrderLine, packed: Decimal, each: Fraction, basis: Decimal) -> tuple[Quantity, Decimal, Decimal]:
    """Quantity, price and price basis in the ordered unit; in base units where the quantity does not come out even there."""
    factor = Fraction(line.base_quantity) / Fraction(line.ordered) if line.base_quantity and line.ordered else Fraction(1)
    amount = Fraction(packed) / factor
    if line.unit is None or (amount * 10**_PLACES).denominator != 1:
        return (
            Quantity(amount=packed, unit=line.base_unit or PIECE),
            as_decimal(each * Fraction(line.price_basis)),
            line.price_basis,
        )
    return Quantity(amount=as_decimal(amount), unit=line.unit), as_decimal(each * factor * Fraction(basis)), basis


def _taxed(line: SalesOrderLine, tax: TaxResult | None) -> tuple[str, Decimal]:
    """The UNCL 5305 category and the rate of the share that the line is in."""
    share = tax.share_of(line.number, line.tax_category) if tax else None
    return (share.category, share.rate) if share else (_UNTAXED, Decimal(0))


def _legal_note(tax: TaxResult | None) -> str:
    """Why no tax is charged, on some lines or all: an invoice must say so (Art. 226 (11), (11a) of Directive 2006/112/EC)."""
    return tax.reason if tax and any(share.category not in _AT_RATES for share in tax.shares) else ""
