"""The invoice: what a delivery costs and which tax it bears (EN 16931's business terms under our names)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from models.domain.party import Address
from models.domain.values import Currency, Exact, Quantity, Value


class InvoiceParty(Value):
    """The seller or the buyer, as tax law wants them named. `number` is the one that the other side gave."""

    address: Address
    vat_id: str = ""
    number: str = ""


class InvoiceLine(Value):
    """One line. `unit_price` is net, per `price_basis` units; `net` is rounded to the currency's cents.

    `tax_category` is the UNCL 5305 code (S, Z, E, AE, K, G, O), `tax_percent` its rate.
    """

    number: int
    buyer_line_number: str = ""
    sku: str = ""
    gtin: str = ""
    buyer_part_number: str = ""
    description: str = ""
    quantity: Quantity
    unit_price: Exact
    price_basis: Exact = Decimal(1)
    net: Exact
    tax_category: str = "S"
    tax_percent: Exact = Decimal(0)


class TaxSubtotal(Value):
    """One category's and rate's share: its tax is reckoned once, on the sum (BR-CO-17)."""

    category: str
    percent: Exact
    base: Exact
    tax: Exact


class Invoice(Value):
    """An invoice for goods delivered. Amounts are in `currency`; `release_number` tells releases under one PO number apart."""

    number: str
    po_number: str
    sales_order_number: str
    shipment_id: str = ""
    issued_on: date
    delivered_on: date
    due_on: date | None = None
    currency: Currency
    seller: InvoiceParty
    buyer: InvoiceParty
    ship_to: Address
    lines: tuple[InvoiceLine, ...]
    payment_terms: str = ""
    iban: str = ""
    note: str = ""
    release_number: str = ""

    @property
    def net(self) -> Decimal:
        return sum((line.net for line in self.lines), Decimal(0))

    @property
    def tax(self) -> Decimal:
        return sum((subtotal.tax for subtotal in self.subtotals()), Decimal(0))

    @property
    def gross(self) -> Decimal:
        return self.net + self.tax

    def subtotals(self) -> Iterator[TaxSubtotal]:
        """A subtotal for each category and rate, in the order of the lines."""
        bases: dict[tuple[str, Decimal], Decimal] = {}
        for line in self.lines:
            key = (line.tax_category, line.tax_percent)
            bases[key] = bases.get(key, Decimal(0)) + line.net
        for (category, percent), base in bases.items():
            yield TaxSubtotal(category=category, percent=percent, base=base, tax=cents(base * percent / 100))


def cents(amount: Decimal) -> Decimal:
    """Rounded half up to two decimals (EN 16931 rounds amounts so)."""
    return amount.quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")
