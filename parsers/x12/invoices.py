"""X12 810: the invoice for what was delivered. TDS has two implied decimals, as data type N2 wants it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from models.contracts.interchange_v1 import MessageRefV1
from models.domain.invoice import Invoice, InvoiceLine, InvoiceParty
from models.domain.party import Address
from models.domain.values import NO_CURRENCY, plain
from parsers.codelists.units import x12_code
from parsers.x12.responses import PRICE_BASES, item_numbers
from parsers.x12.writing import Row, interchange


def write_810(invoice: Invoice, answered: MessageRefV1, *, control_reference: str, at: datetime) -> bytes:
    """An invoice in the version and separators of the order that it bills."""
    issued, number, release = invoice.issued_on.strftime("%Y%m%d"), invoice.po_number[:22], invoice.release_number[:30]
    rows: list[Row] = [
        ("BIG", issued, invoice.number[:22], "", number, release, "", "DI"),
        *([("NTE", "GEN", invoice.note[:80])] if invoice.note else []),
        *([("CUR", "SE", invoice.currency)] if invoice.currency != NO_CURRENCY else []),
        *([("REF", "VN", invoice.sales_order_number[:30])] if invoice.sales_order_number else []),
        *_party("RE", invoice.seller),
        *_party("BT", invoice.buyer),
        *_place("ST", invoice.ship_to, ""),
        *_terms(invoice),
        ("DTM", "011", invoice.delivered_on.strftime("%Y%m%d")),
    ]
    for line in invoice.lines:
        rows += _line(line)
    rows.append(("TDS", _cents(invoice.gross)))
    rows += [("TXI", "TX", plain(part.tax), plain(part.percent)) for part in invoice.subtotals() if part.tax]
    rows.append(("CTT", str(len(invoice.lines))))
    return interchange(answered, "810", [rows], control_reference=control_reference, at=at)


def _line(line: InvoiceLine) -> Iterator[Row]:
    """IT1, its price per so many units in the code for it or in CTP, then the description."""
    unit, basis = x12_code(line.quantity.unit), PRICE_BASES.get(line.price_basis, "")
    price = (plain(line.unit_price), basis) if basis else ("", "")
    number = (line.buyer_line_number or str(line.number))[:20]
    numbers = item_numbers(line.gtin, line.sku, line.buyer_part_number)
    yield ("IT1", number, plain(line.quantity.amount), unit, *price, *numbers)
    if not basis:
        yield ("CTP", "", "UCP", plain(line.unit_price), plain(line.price_basis), unit)
    if line.description:
        yield ("PID", "F", "", "", "", line.description[:80])


def _terms(invoice: Invoice) -> Iterator[Row]:
    due = invoice.due_on.strftime("%Y%m%d") if invoice.due_on else ""
    if due or invoice.payment_terms:
        yield ("ITD", "01" if due else "05", "3", "", "", "", due, "", "", "", "", "", invoice.payment_terms[:80])


def _party(role: str, party: InvoiceParty) -> Iterator[Row]:
    yield from _place(role, party.address, party.number)


def _place(role: str, place: Address, number: str) -> Iterator[Row]:
    identity = ("UL", place.gln) if place.gln else ("92", number[:80]) if number else ()
    yield ("N1", role, place.name[:60], *identity)
    if place.street:
        yield ("N3", place.street[:55])
    if place.city:
        yield ("N4", place.city[:30], place.region[:2], place.postal_code[:15], place.country)


def _cents(amount: Decimal) -> str:
    return plain((amount * 100).quantize(Decimal(1)))
