"""INVOIC (EANCOM 380): the invoice for what was delivered, in the directory of the order that it bills."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from models.contracts.interchange_v1 import MessageRefV1
from models.domain.invoice import Invoice, InvoiceLine, InvoiceParty
from models.domain.values import NO_CURRENCY
from parsers.edifact.responses import address_row, answer_kind, date_row, number_rows
from parsers.edifact.writing import Row, interchange, item_number, number, pieces


def write_invoic(invoice: Invoice, answered: MessageRefV1, *, control_reference: str, at: datetime) -> bytes:
    """A commercial invoice with the tax of each line and the totals that EANCOM asks for (MOA 79, 125, 124, 77)."""
    rows: list[Row] = [
        ("BGM", "380", invoice.number[:35], "9"),
        date_row("137", invoice.issued_on),
        date_row("35", invoice.delivered_on),
        *([("FTX", "AAI", "", "", pieces(invoice.note, 70, 5))] if invoice.note else []),
        ("RFF", ("ON", invoice.po_number[:35])),
        ("RFF", ("VN", invoice.sales_order_number[:35])),
        *([("RFF", ("DQ", invoice.shipment_id[:35]))] if invoice.shipment_id else []),
        *_party("BY", invoice.buyer),
        *_party("SU", invoice.seller),
        address_row("DP", invoice.ship_to),
        *([("CUX", ("2", invoice.currency, "4"))] if invoice.currency != NO_CURRENCY else []),
        *_terms(invoice),
    ]
    for line in invoice.lines:
        rows += _line(line, answered)
    rows += [
        ("UNS", "S"),
        _amount("79", invoice.net, answered),
        _amount("125", invoice.net, answered),
        _amount("124", invoice.tax, answered),
        _amount("77", invoice.gross, answered),
    ]
    for part in invoice.subtotals():
        rows.append(_tax(part.percent, part.category, answered))
        rows += [_amount("125", part.base, answered), _amount("124", part.tax, answered)]
    return interchange(answered, answer_kind("INVOIC", answered), rows, control_reference=control_reference, at=at)


def _party(qualifier: str, party: InvoiceParty) -> Iterator[Row]:
    yield address_row(qualifier, party.address)
    if party.vat_id:
        yield ("RFF", ("VA", party.vat_id[:35]))


def _terms(invoice: Invoice) -> Iterator[Row]:
    if invoice.payment_terms or invoice.due_on:
        yield ("PAT", "1", ("6", "", "", *pieces(invoice.payment_terms, 35, 2))) if invoice.payment_terms else ("PAT", "1")
    if invoice.due_on:
        yield date_row("13", invoice.due_on)


def _line(line: InvoiceLine, answered: MessageRefV1) -> Iterator[Row]:
    """LIN with its numbers, the invoiced quantity (47), the amount (203), the net price (AAA) and the tax."""
    place = (line.buyer_line_number or str(line.number))[:6]
    yield ("LIN", place, "", item_number(line.gtin))
    yield from number_rows(line.sku or None, line.buyer_part_number or None)
    if line.description:
        yield ("IMD", "F", "", ("", "", "", *pieces(line.description, 35, 2)))
    yield ("QTY", ("47", number(line.quantity.amount, answered), line.quantity.unit))
    yield _amount("203", line.net, answered)
    basis = (number(line.price_basis, answered), line.quantity.unit) if line.price_basis != 1 else ()
    yield ("PRI", ("AAA", number(line.unit_price, answered), "", "", *basis))
    yield _tax(line.tax_percent, line.tax_category, answered)


def _tax(percent: Decimal, category: str, answered: MessageRefV1) -> Row:
    return ("TAX", "7", "VAT", "", "", ("", "", "", number(percent, answered)), category)


def _amount(kind: str, amount: Decimal, answered: MessageRefV1) -> Row:
    return ("MOA", (kind, number(amount, answered)))
