"""XML answers: UBL OrderResponse (Peppol BIS Ordering 3) and cXML ConfirmationRequest, built as trees and so always escaped."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

from lxml import etree

from models.contracts.interchange_v1 import MessageRefV1
from models.domain.acknowledgement import AcknowledgedLine, AckParty, OrderAcknowledgement
from models.domain.values import plain
from parsers.electronic.structured import clean

_CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
_CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
_ROOT = "urn:oasis:names:specification:ubl:schema:xsd:OrderResponse-2"
_NO_XML = re.compile(r"[\ud800-\udfff\ufffe\uffff]")

#: UNCL 4343 for each kind of acknowledgement.
_RESPONSES = {"accepted": "AP", "accepted_with_changes": "CA", "rejected": "RE", "received": "AB"}
#: UNCL 1229 as Peppol's order response uses it: 5 accepted, 3 changed, 7 not accepted. It has no code for a line that is on
#: hold: such a line is changed to nothing that comes now, with all of it outstanding.
_STATES = {"accepted": "5", "changed": "3", "backordered": "3", "substituted": "3", "rejected": "7", "pending": "3"}
#: ConfirmationHeader@type and ConfirmationStatus@type.
_CONFIRMATIONS = {"accepted": "accept", "accepted_with_changes": "detail", "rejected": "reject", "received": "accept"}
_STATUSES = {
    "accepted": "accept",
    "changed": "detail",
    "backordered": "backordered",
    "substituted": "detail",
    "rejected": "reject",
    "pending": "unknown",
}


def write_order_response(ack: OrderAcknowledgement, answered: MessageRefV1, *, control_reference: str, at: datetime) -> bytes:
    """A UBL OrderResponse for a UBL Order or OrderChange: of Peppol BIS Ordering 3, or (where the message came in that
    profile) of Advanced Ordering 3, which names the change that it answers."""
    is_advanced = "advanced_ordering" in answered.group_code
    names: Any = {None: _ROOT, "cac": _CAC, "cbc": _CBC}  # the stubs know no default namespace
    root = etree.Element(f"{{{_ROOT}}}OrderResponse", nsmap=names)
    _basic(root, "CustomizationID", f"urn:fdc:peppol.eu:poacc:trns:order_response{'_advanced' if is_advanced else ''}:3")
    _basic(root, "ProfileID", f"urn:fdc:peppol.eu:poacc:bis:{'advanced_' if is_advanced else ''}ordering:3")
    _basic(root, "ID", control_reference)
    _basic(root, "SalesOrderID", ack.sales_order_number)
    _basic(root, "IssueDate", at.date().isoformat())
    _basic(root, "IssueTime", at.strftime("%H:%M:%S"))
    _basic(root, "OrderResponseCode", _RESPONSES[ack.kind])
    if ack.note:
        _basic(root, "Note", ack.note)
    _basic(root, "DocumentCurrencyCode", ack.currency)
    _basic(_group(root, "OrderReference"), "ID", ack.po_number)
    if is_advanced and answered.message_type == "OrderChange" and answered.message_ref:
        _basic(_group(root, "OrderChangeDocumentReference"), "ID", answered.message_ref)
    _party(_group(root, "SellerSupplierParty"), ack.seller, answered.receiver, answered.receiver_qualifier)
    _party(_group(root, "BuyerCustomerParty"), ack.buyer, answered.sender, answered.sender_qualifier)
    for line in ack.lines:
        _line(root, line)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _party(parent: etree._Element, party: AckParty, endpoint: str, scheme: str) -> None:
    node = _group(parent, "Party")
    if endpoint:
        _basic(node, "EndpointID", endpoint, **({"schemeID": scheme} if scheme else {}))
    if party.gln:
        _basic(_group(node, "PartyIdentification"), "ID", party.gln, schemeID="0088")
    _basic(_group(node, "PartyLegalEntity"), "RegistrationName", party.name)


def _line(root: etree._Element, line: AcknowledgedLine) -> None:
    """A line with the quantity that comes, its promised days, and the quantity that waits."""
    outer = _group(root, "OrderLine")
    if line.reason:
        _basic(outer, "Note", line.reason)
    node = _group(outer, "LineItem")
    _basic(node, "ID", str(line.number))
    _basic(node, "LineStatusCode", _STATES[line.status])
    _basic(node, "Quantity", plain(_coming(line)), unitCode=line.ordered.unit)
    waiting = _waiting(line)
    if waiting:
        _basic(node, "MaximumBackorderQuantity", plain(waiting), unitCode=line.ordered.unit)
    for promise in line.promised:
        if promise.date is not None:
            delivery = _group(node, "Delivery")
            if len(line.promised) > 1:
                _basic(delivery, "Quantity", plain(promise.quantity.amount), unitCode=promise.quantity.unit)
            _basic(_group(delivery, "PromisedDeliveryPeriod"), "EndDate", promise.date.isoformat())
    if line.unit_price is not None:
        price = _group(node, "Price")
        _basic(price, "PriceAmount", plain(line.unit_price.amount), currencyID=line.unit_price.currency)
        _basic(price, "BaseQuantity", plain(line.price_basis), unitCode=line.ordered.unit)
    _item(node, line)
    _basic(_group(outer, "OrderLineReference"), "LineID", line.buyer_line_number or str(line.number))


def _waiting(line: AcknowledgedLine) -> Decimal:
    if line.status == "pending":
        return line.ordered.amount
    days_open = (promise.quantity.amount for promise in line.promised if promise.date is None)
    return sum(days_open, Decimal(0)) if line.status == "backordered" else Decimal(0)


def _coming(line: AcknowledgedLine) -> Decimal:
    if line.status in ("rejected", "pending"):
        return Decimal(0)
    if not line.promised:
        return line.ordered.amount
    return sum((promise.quantity.amount for promise in line.promised), Decimal(0))


def _item(node: etree._Element, line: AcknowledgedLine) -> None:
    item = _group(node, "Item")
    _basic(item, "Name", line.description or line.sku or line.buyer_part_number or str(line.number))
    for name, number in (("Buyers", line.buyer_part_number), ("Sellers", line.sku)):
        if number:
            _basic(_group(item, f"{name}ItemIdentification"), "ID", number)
    if line.gtin:
        _basic(_group(item, "StandardItemIdentification"), "ID", line.gtin, schemeID="0160")


def write_confirmation_request(
    ack: OrderAcknowledgement, answered: MessageRefV1, *, control_reference: str, at: datetime
) -> bytes:
    """A cXML ConfirmationRequest for an OrderRequest. The shared secret of the network is the transport's to add."""
    stamp = at.isoformat(timespec="seconds")
    root = etree.Element("cXML", payloadID=_text(control_reference), timestamp=stamp, version="1.2.050")
    header = etree.SubElement(root, "Header")
    ours, theirs = (answered.receiver_qualifier, answered.receiver), (answered.sender_qualifier, answered.sender)
    for name, (domain, identity) in (("From", ours), ("To", theirs), ("Sender", ours)):
        credential = etree.SubElement(etree.SubElement(header, name), "Credential", domain=_text(domain) or "NetworkId")
        etree.SubElement(credential, "Identity").text = _text(identity)
    etree.SubElement(header[-1], "UserAgent").text = "orderwright"
    request = etree.SubElement(root, "Request", deploymentMode="test" if answered.test else "production")
    confirmation = etree.SubElement(request, "ConfirmationRequest")
    head = etree.SubElement(
        confirmation, "ConfirmationHeader", confirmID=_text(ack.sales_order_number), noticeDate=stamp, operation="new",
        type=_CONFIRMATIONS[ack.kind],
    )  # fmt: skip
    if ack.total_net is not None:
        _money(etree.SubElement(head, "Total"), ack.total_net.amount, ack.total_net.currency)
    if ack.note:
        etree.SubElement(head, "Comments").text = _text(ack.note)
    reference = etree.SubElement(confirmation, "OrderReference", orderID=_text(ack.po_number))
    etree.SubElement(reference, "DocumentReference", payloadID=_text(answered.interchange_ref))
    for line in ack.lines if ack.kind == "accepted_with_changes" else ():
        _confirmed(confirmation, line)
    doctype = '<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.050/Fulfill.dtd">'
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", doctype=doctype)


def _confirmed(confirmation: etree._Element, line: AcknowledgedLine) -> None:
    """A ConfirmationItem with a status for each promised delivery; what has no day yet is backordered."""
    number = line.buyer_line_number or str(line.number)
    item = etree.SubElement(
        confirmation, "ConfirmationItem", lineNumber=_text(number), quantity=plain(line.ordered.amount)
    )  # fmt: skip
    etree.SubElement(item, "UnitOfMeasure").text = line.ordered.unit
    if line.status == "rejected" or not line.promised:
        _status(item, line, line.ordered.amount, _STATUSES[line.status], "")
        return
    for promise in line.promised:
        day = promise.date.isoformat() if promise.date else ""
        kind = "backordered" if line.status == "backordered" and not day else "detail" if line.status == "backordered" else None
        _status(item, line, promise.quantity.amount, kind or _STATUSES[line.status], day)


def _status(item: etree._Element, line: AcknowledgedLine, quantity: Decimal, kind: str, day: str) -> None:
    status = etree.SubElement(item, "ConfirmationStatus", quantity=plain(quantity), type=kind)
    if day:
        status.set("deliveryDate", day)
    etree.SubElement(status, "UnitOfMeasure").text = line.ordered.unit
    if kind == "detail" and line.unit_price is not None:
        _money(etree.SubElement(status, "UnitPrice"), _each(line.unit_price.amount, line.price_basis), line.unit_price.currency)
    if line.reason:
        etree.SubElement(status, "Comments").text = _text(line.reason)


def _each(amount: Decimal, basis: Decimal) -> Decimal:
    """The price of one, exact where the basis is a power of ten and to eight decimals otherwise, without a tail of zeros."""
    each = (amount / basis).quantize(Decimal("1E-8")).normalize()
    return each if each != each.to_integral_value() else each.quantize(Decimal(1))


def _money(parent: etree._Element, amount: Decimal, currency: str) -> None:
    etree.SubElement(parent, "Money", currency=currency).text = plain(amount)


def _group(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_CAC}}}{name}")


def _basic(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    node = etree.SubElement(parent, f"{{{_CBC}}}{name}", {key: _text(value) for key, value in attributes.items()})
    node.text = _text(text)


def _text(raw: str) -> str:
    """`raw` in characters that XML 1.0 can hold."""
    return _NO_XML.sub("", clean(raw))
