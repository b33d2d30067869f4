"""Invoices in XML: UBL Invoice (EN 16931, Peppol BIS Billing 3) and cXML InvoiceDetailRequest."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from models.contracts.interchange_v1 import MessageRefV1
from models.domain.invoice import Invoice, InvoiceLine, InvoiceParty, TaxSubtotal
from models.domain.party import Address
from models.domain.values import plain
from parsers.xml.cxml_writing import cxml
from parsers.xml.despatch import UBL_NAMES, stamp, ubl_address
from parsers.xml.writing import Part, document, el

_INVOICE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"


def write_ubl_invoice(invoice: Invoice, answered: MessageRefV1, *, control_reference: str, at: datetime) -> bytes:  # noqa: ARG001
    """A UBL 2.1 Invoice (UNCL 1001: 380). Its number is the invoice's own: EN 16931 knows no control number."""
    root = el(
        "Invoice",
        [
            el("cbc:CustomizationID", "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"),
            el("cbc:ProfileID", "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"),
            el("cbc:ID", invoice.number),
            el("cbc:IssueDate", invoice.issued_on.isoformat()),
            el("cbc:DueDate", invoice.due_on.isoformat() if invoice.due_on else ""),
            el("cbc:InvoiceTypeCode", "380"),
            el("cbc:Note", invoice.note),
            el("cbc:DocumentCurrencyCode", invoice.currency),
            el("cbc:BuyerReference", invoice.buyer.number),
            el("cac:OrderReference", [el("cbc:ID", invoice.po_number), el("cbc:SalesOrderID", invoice.sales_order_number)]),
            el("cac:DespatchDocumentReference", [el("cbc:ID", invoice.shipment_id)]),
            _party("AccountingSupplierParty", invoice.seller, answered.receiver, answered.receiver_qualifier),
            _party("AccountingCustomerParty", invoice.buyer, answered.sender, answered.sender_qualifier),
            el(
                "cac:Delivery",
                [
                    el("cbc:ActualDeliveryDate", invoice.delivered_on.isoformat()),
                    el("cac:DeliveryLocation", [el("cac:Address", ubl_address(invoice.ship_to))]),
                ],
            ),
            el("cac:PaymentMeans", _means(invoice)),
            el("cac:PaymentTerms", [el("cbc:Note", invoice.payment_terms)]),
            el("cac:TaxTotal", [_amount("TaxAmount", invoice.tax, invoice), *_subtotals(invoice)]),
            el(
                "cac:LegalMonetaryTotal",
                [
                    _amount("LineExtensionAmount", invoice.net, invoice),
                    _amount("TaxExclusiveAmount", invoice.net, invoice),
                    _amount("TaxInclusiveAmount", invoice.gross, invoice),
                    _amount("PayableAmount", invoice.gross, invoice),
                ],
            ),
            *(el("cac:InvoiceLine", _line(line, invoice)) for line in invoice.lines),
        ],
    )
    return document(root, {None: _INVOICE, **UBL_NAMES})


def _means(invoice: Invoice) -> list[Part]:
    """Credit transfer (UNCL 4461: 30) to our account; left out where none is known."""
    if not invoice.iban:
        return []
    return [el("cbc:PaymentMeansCode", "30"), el("cac:PayeeFinancialAccount", [el("cbc:ID", invoice.iban)])]


def _subtotals(invoice: Invoice) -> list[Part]:
    return [
        el(
            "cac:TaxSubtotal",
            [
                _amount("TaxableAmount", part.base, invoice),
                _amount("TaxAmount", part.tax, invoice),
                el("cac:TaxCategory", _category(part.category, part.percent)),
            ],
        )
        for part in invoice.subtotals()
    ]


def _category(code: str, percent: Decimal) -> list[Part]:
    """Outside the scope of tax (O) there is no rate (BR-O-05)."""
    rate = "" if code == "O" else plain(percent)
    return [el("cbc:ID", code), el("cbc:Percent", rate), el("cac:TaxScheme", [el("cbc:ID", "VAT")])]


def _line(line: InvoiceLine, invoice: Invoice) -> list[Part]:
    price = [
        _amount("PriceAmount", line.unit_price, invoice),
        el("cbc:BaseQuantity", plain(line.price_basis), {"unitCode": line.quantity.unit}),
    ]
    return [
        el("cbc:ID", str(line.number)),
        el("cbc:InvoicedQuantity", plain(line.quantity.amount), {"unitCode": line.quantity.unit}),
        _amount("LineExtensionAmount", line.net, invoice),
        el("cac:OrderLineReference", [el("cbc:LineID", line.buyer_line_number or str(line.number))]),
        el(
            "cac:Item",
            [
                el("cbc:Name", line.description or line.sku or str(line.number)),
                el("cac:BuyersItemIdentification", [el("cbc:ID", line.buyer_part_number)]),
                el("cac:SellersItemIdentification", [el("cbc:ID", line.sku)]),
                el("cac:StandardItemIdentification", [el("cbc:ID", line.gtin, {"schemeID": "0160"})]),
                el("cac:ClassifiedTaxCategory", _category(line.tax_category, line.tax_percent)),
            ],
        ),
        el("cac:Price", price),
    ]


def _party(role: str, party: InvoiceParty, endpoint: str, scheme: str) -> Part:
    tax = [el("cbc:CompanyID", party.vat_id), el("cac:TaxScheme", [el("cbc:ID", "VAT")])] if party.vat_id else []
    inside = [
        el("cbc:EndpointID", endpoint, {"schemeID": scheme} if scheme else {}),
        el("cac:PartyIdentification", [el("cbc:ID", party.address.gln or "", {"schemeID": "0088"})]),
        el("cac:PostalAddress", ubl_address(party.address)),
        el("cac:PartyTaxScheme", tax),
        el("cac:PartyLegalEntity", [el("cbc:RegistrationName", party.address.name)]),
    ]
    return el(f"cac:{role}", [el("cac:Party", inside)])


def _amount(name: str, amount: Decimal, invoice: Invoice) -> Part:
    return el(f"cbc:{name}", plain(amount), {"currencyID": invoice.currency})


def write_invoice_detail_request(invoice: Invoice, answered: MessageRefV1, *, control_reference: str, at: datetime) -> bytes:
    """A cXML InvoiceDetailRequest for one order: parties, lines, tax and totals."""
    header = el(
        "InvoiceDetailRequestHeader",
        [
            el("InvoiceDetailHeaderIndicator", ""),
            el("InvoiceDetailLineIndicator", ""),
            _partner("remitTo", invoice.seller.address),
            _partner("billTo", invoice.buyer.address),
            el("Comments", invoice.note),
        ],
        {
            "invoiceID": invoice.number, "invoiceDate": stamp(invoice.issued_on), "operation": "new", "purpose": "standard",
        },
    )  # fmt: skip
    reference = el(
        "InvoiceDetailOrderInfo",
        [
            el(
                "OrderReference",
                [el("DocumentReference", "", {"payloadID": answered.interchange_ref})],
                {"orderID": invoice.po_number},
            )
        ],
    )
    summary = [
        el("SubtotalAmount", [_money(invoice.net, invoice)]),
        el("Tax", [_money(invoice.tax, invoice), el("Description", "tax", {"xml:lang": "en"}), *_details(invoice)]),
        el("GrossAmount", [_money(invoice.gross, invoice)]),
        el("NetAmount", [_money(invoice.gross, invoice)]),
        el("DueAmount", [_money(invoice.gross, invoice)]),
    ]
    order = el("InvoiceDetailOrder", [reference, *(_item(line, invoice) for line in invoice.lines)])
    request = el("InvoiceDetailRequest", [header, order, el("InvoiceDetailSummary", summary)])
    return cxml(request, answered, control_reference=control_reference, at=at, dtd="InvoiceDetail")


def _details(invoice: Invoice) -> list[Part]:
    return [_detail(part, invoice) for part in invoice.subtotals() if part.tax]


def _detail(part: TaxSubtotal, invoice: Invoice) -> Part:
    amounts = [el("TaxableAmount", [_money(part.base, invoice)]), el("TaxAmount", [_money(part.tax, invoice)])]
    return el("TaxDetail", amounts, {"category": "vat", "percentageRate": plain(part.percent)})


def _item(line: InvoiceLine, invoice: Invoice) -> Part:
    number = line.buyer_line_number or str(line.number)
    numbers = [el("ItemID", [el("SupplierPartID", line.sku), el("BuyerPartID", line.buyer_part_number)])]
    if line.price_basis != 1:
        basis = {"quantity": plain(line.price_basis), "conversionFactor": "1"}
        per = [el("PriceBasisQuantity", [el("UnitOfMeasure", line.quantity.unit)], basis)]
    else:
        per = []
    return el(
        "InvoiceDetailItem",
        [
            el("UnitOfMeasure", line.quantity.unit),
            el("UnitPrice", [_money(line.unit_price, invoice)]),
            *per,
            el("InvoiceDetailItemReference", [*numbers, el("Description", line.description, {"xml:lang": "en"})],
               {"lineNumber": number}),
            el("SubtotalAmount", [_money(line.net, invoice)]),
        ],
        {"invoiceLineNumber": str(line.number), "quantity": plain(line.quantity.amount)},
    )  # fmt: skip


def _partner(role: str, address: Address) -> Part:
    postal = [
        el("Street", address.street),
        el("City", address.city),
        el("PostalCode", address.postal_code),
        el("Country", address.country, {"isoCountryCode": address.country}),
    ]
    contact = el("Contact", [el("Name", address.name, {"xml:lang": "en"}), el("PostalAddress", postal)], {"role": role})
    return el("InvoicePartner", [contact])


def _money(amount: Decimal, invoice: Invoice) -> Part:
    return el("Money", plain(amount), {"currency": invoice.currency})
