"""Order-X 1.0 and UN/CEFACT CII cross-industry orders and changes (SCRDMCCBDACIOMessageStructure) as purchase orders."""

from __future__ import annotations

from models.contracts.extraction_v1 import OrderKind, OrderLineV1, StatedValue
from models.contracts.interchange_v1 import MessageRefV1
from models.domain.findings import Severity
from parsers import codelists
from parsers.edifact.parties import day_of
from parsers.electronic.deliveries import Fields
from parsers.electronic.structured import CERTAIN, OWNER_UNCLEAR
from parsers.freight_terms import freight_stated
from parsers.part_reading import OrderReading
from parsers.xml.mapping import OrderXml
from parsers.xml.syntax import Node, leave_unused

_TRANSACTION = "SupplyChainTradeTransaction"
_PARTIES = {
    "buyer": ("ApplicableHeaderTradeAgreement", "BuyerTradeParty"),
    "ship_to": ("ApplicableHeaderTradeDelivery", "ShipToTradeParty"),
    "bill_to": ("ApplicableHeaderTradeSettlement", "InvoiceeTradeParty"),
}


def document_type(root: Node) -> str:
    """ExchangedDocument's TypeCode (UNCL 1001): 220 order, 230 change, 231 response …"""
    node = root.find("ExchangedDocument", "TypeCode")
    return node.text.strip() if node is not None else ""


def read_orderx(root: Node) -> OrderReading:
    """The order or change of a cross-industry order document (a response is the caller's to tell apart)."""
    order = OrderXml(root)
    kind = _kind(order)
    message = _message(root)
    _head(order, kind)
    parties: dict[str, Fields] = {}
    for role, path in _PARTIES.items():
        party = root.find(_TRANSACTION, *path)
        parties[role] = _party(order, party, role) if party is not None else {}
    for line in root.all(_TRANSACTION, "IncludedSupplyChainTradeLineItem"):
        _line(order, line, kind)
    if message.test:
        order.draft.problem(
            "test_message", Severity.ERROR, "the document is marked as a test (TestIndicator): do not ship for it"
        )
    leave_unused(root, order.draft)
    return OrderReading(
        order=order.finished(kind, parties), problems=tuple(order.draft.problems), message=message,
        source_format=message.standard,
    )  # fmt: skip


def _message(root: Node) -> MessageRefV1:
    def text(*path: str) -> str:
        node = root.find(*path)
        return node.text.strip() if node is not None else ""

    def party(name: str) -> str:
        node = root.find(_TRANSACTION, "ApplicableHeaderTradeAgreement", name, "URIUniversalCommunication", "URIID")
        return node.peek().strip() if node is not None else ""

    context = "ExchangedDocumentContext"
    version = text(context, "GuidelineSpecifiedDocumentContextParameter", "ID")
    return MessageRefV1(
        standard="orderx" if "order-x" in version.lower() else "cii", message_type=document_type(root), version=version,
        sender=party("BuyerTradeParty"), receiver=party("SellerTradeParty"), message_ref=text("ExchangedDocument", "ID"),
        test=text(context, "TestIndicator", "Indicator") in {"true", "1"},
        group_code=text(context, "BusinessProcessSpecifiedDocumentContextParameter", "ID"),
    )  # fmt: skip


def _kind(order: OrderXml) -> OrderKind:
    purpose = order.root.find("ExchangedDocument", "PurposeCode")
    code = purpose.text.strip() if purpose is not None else ""
    kind = document_type(order.root)
    copy = order.root.find("ExchangedDocument", "CopyIndicator", "Indicator")
    if codelists.role("edifact_documents", kind) == "blanket":
        message = "a blanket or standing order: it sets terms, it does not call goods off"
        order.draft.problem("blanket_order", Severity.ERROR, message)
    if code in {"7", "31"} or (copy is not None and copy.text.strip() in {"true", "1"}):
        order.draft.problem("copy", Severity.WARNING, "the document says that it is a copy: it may have come before")
    if codelists.role("edifact_functions", code) == "order_cancellation":
        return "order_cancellation"
    return "order_change" if kind == "230" or codelists.role("edifact_functions", code) == "order_change" else "order"


def _head(order: OrderXml, kind: OrderKind) -> None:
    root, fields = order.root, order.fields
    agreement = (_TRANSACTION, "ApplicableHeaderTradeAgreement")
    settlement = root.find(_TRANSACTION, "ApplicableHeaderTradeSettlement")
    own = root.find("ExchangedDocument", "ID")
    changed = root.find(*agreement, "BuyerOrderReferencedDocument", "IssuerAssignedID")
    fields["po_number"] = order.text(own if kind == "order" or changed is None else changed)
    if changed is not None and own is not None and changed.peek() == own.peek():
        changed.use()
    # Order-X 1.0, BlanketOrderReferencedDocument: the blanket order that these goods are called off.
    fields["blanket_number"] = order.text(root.find(*agreement, "BlanketOrderReferencedDocument", "IssuerAssignedID"))
    fields["order_date"] = _day(order, root.find("ExchangedDocument", "IssueDateTime", "DateTimeString"), "order_date")
    order.notes(root.all("ExchangedDocument", "IncludedNote", "Content"))
    event = root.find(_TRANSACTION, "ApplicableHeaderTradeDelivery", "RequestedDeliverySupplyChainEvent")
    fields["requested_delivery_date"] = _event_day(order, event, "requested_delivery_date")
    rule = root.find(*agreement, "ApplicableTradeDeliveryTerms", "DeliveryTypeCode")
    if rule is not None:
        fields["incoterm"] = order.draft.incoterm(rule.text, rule, "ApplicableTradeDeliveryTerms")
        fields["freight_terms"] = freight_stated(rule.text, rule.evidence)
    if settlement is not None:
        _settlement(order, settlement)


def _settlement(order: OrderXml, settlement: Node) -> None:
    fields = order.fields
    code = settlement.find("OrderCurrencyCode")
    fields["currency"] = order.draft.currency(code.text, code, "currency") if code is not None else None
    fields["payment_terms"] = order.joined(settlement.all("SpecifiedTradePaymentTerms", "Description"))
    total = settlement.find("SpecifiedTradeSettlementHeaderMonetarySummation")
    if total is None:
        return
    net = total.first(("TaxBasisTotalAmount",), ("LineTotalAmount",))
    lines = total.find("LineTotalAmount")
    if net is not None and lines is not None and lines.peek().strip() == net.peek().strip():
        lines.use()
    fields["total_net"] = order.number(net, "total_net")
    fields["total_tax"] = order.number(total.find("TaxTotalAmount"), "total_tax")
    fields["total_gross"] = order.number(total.find("GrandTotalAmount"), "total_gross")


def _day(order: OrderXml, node: Node | None, path: str, *, confidence: float = CERTAIN) -> StatedValue | None:
    """A DateTimeString by its format (UNCL 2379) as an ISO date."""
    if node is None or not node.text.strip():
        return None
    raw = node.text.strip()
    day = day_of(raw, node.attribute("format"))
    if day is None:
        order.draft.fault("invalid_date", node, f"{raw[:40]!r} is not a date; ask the sender for {path}", value=raw, path=path)
        return None
    return StatedValue(value=day, confidence=confidence, evidence=node.evidence)


def _event_day(order: OrderXml, event: Node | None, path: str) -> StatedValue | None:
    """The day of a requested delivery, or the first day of its period."""
    if event is None:
        return None
    for where, confidence in (
        (("OccurrenceDateTime", "DateTimeString"), CERTAIN),
        (("OccurrenceSpecifiedPeriod", "StartDateTime", "DateTimeString"), 0.85),
        (("OccurrenceSpecifiedPeriod", "EndDateTime", "DateTimeString"), 0.85),
    ):
        node = event.find(*where)
        if node is not None:
            return _day(order, node, path, confidence=confidence)
    return None


def _party(order: OrderXml, party: Node, role: str) -> Fields:
    fields: Fields = {
        "name": order.text(party.first(("Name",), ("SpecifiedLegalOrganization", "TradingBusinessName"))),
        "customer_number": order.text(party.find("ID"), confidence=OWNER_UNCLEAR),
        "email": order.text(
            party.first(
                ("DefinedTradeContact", "EmailURIUniversalCommunication", "URIID"), ("URIUniversalCommunication", "URIID")
            )
        ),
    }
    for number in party.all("GlobalID"):
        if number.element.get("schemeID") == "0088" and fields.get("gln") is None:
            fields["gln"] = order.draft.gln(number.text, number, f"{role}.gln")
    for tax in party.all("SpecifiedTaxRegistration", "ID"):
        if tax.element.get("schemeID") == "VA" and fields.get("vat_id") is None:
            fields["vat_id"] = order.text(tax)
    address = party.find("PostalTradeAddress")
    return fields | (_address(order, address, role) if address is not None else {})


def _address(order: OrderXml, address: Node, role: str) -> Fields:
    country = address.find("CountryID")
    return {
        "street": order.joined(address.find(name) for name in ("LineOne", "LineTwo", "LineThree")),
        "city": order.text(address.find("CityName")),
        "postal_code": order.text(address.find("PostcodeCode")),
        "region": order.text(address.find("CountrySubDivisionName")),
        "country": order.draft.country(country.text, country, f"{role}.country") if country is not None else None,
    }


def _line(order: OrderXml, line: Node, kind: OrderKind) -> None:
    document = ("AssociatedDocumentLineDocument",)
    number, status = line.find(*document, "LineID"), line.find(*document, "LineStatusCode")
    state = status.text.strip() if status is not None else ""
    label = f"Line {number.peek().strip() if number is not None else len(order.lines) + 1}"
    fields: Fields = {"line_number": order.text(number)}
    _product(order, line, fields)
    _price(order, line, fields)
    _delivery_and_settlement(order, line, fields)
    order.notes(line.all(*document, "IncludedNote", "Content"), about=label)
    if kind == "order_change" and state == "4":
        order.draft.leave("IncludedSupplyChainTradeLineItem", f"{label} is unchanged")
        return
    if state == "2" and status is not None:
        fields["quantity"] = StatedValue(value="0", confidence=CERTAIN, evidence=status.evidence)
    place = line.find("SpecifiedLineTradeDelivery", "ShipToTradeParty")
    if place is not None:
        order.destinations.append((label, _party(order, place, "ship_to")))
    order.add_line(OrderLineV1(**fields), [], label, is_added=kind == "order_change" and state == "1")


def _product(order: OrderXml, line: Node, fields: Fields) -> None:
    product = line.find("SpecifiedTradeProduct")
    if product is None:
        return
    fields["seller_part_number"] = order.text(product.find("SellerAssignedID"))
    fields["buyer_part_number"] = order.text(product.find("BuyerAssignedID"))
    fields["description"] = order.joined([*product.all("Name"), *product.all("Description")], " ")
    for number in product.all("GlobalID"):
        if number.element.get("schemeID", "") in {"0160", "", "EAN"} and fields.get("gtin") is None:
            fields["gtin"] = order.draft.gtin(number.text, number, order.path("gtin"))


def _price(order: OrderXml, line: Node, fields: Fields) -> None:
    """The net price; the gross price and what led from it to the net one stay for the leftovers."""
    price = line.find("SpecifiedLineTradeAgreement", "NetPriceProductTradePrice")
    if price is None:
        return
    fields["unit_price"] = order.number(price.find("ChargeAmount"), order.path("unit_price"))
    fields["price_basis_quantity"] = order.number(price.find("BasisQuantity"), order.path("price_basis_quantity"))


def _delivery_and_settlement(order: OrderXml, line: Node, fields: Fields) -> None:
    delivery, settlement = line.find("SpecifiedLineTradeDelivery"), line.find("SpecifiedLineTradeSettlement")
    if delivery is not None:
        quantity = delivery.find("RequestedQuantity")
        fields["quantity"] = order.number(quantity, order.path("quantity"))
        fields["unit"] = order.unit(quantity.at("unitCode") if quantity is not None else None, order.path("unit"))
        event = delivery.find("RequestedDeliverySupplyChainEvent")
        fields["requested_delivery_date"] = _event_day(order, event, order.path("requested_delivery_date"))
    if settlement is not None:
        allowances = [
            entry
            for entry in settlement.all("SpecifiedTradeAllowanceCharge")
            if (sign := entry.find("ChargeIndicator", "Indicator")) is not None and sign.peek().strip() in {"false", "0"}
        ]
        percent = allowances[0].find("CalculationPercent") if len(allowances) == 1 else None
        fields["discount_percent"] = order.number(percent, order.path("discount_percent"))
        total = settlement.find("SpecifiedTradeSettlementLineMonetarySummation", "LineTotalAmount")
        fields["line_total"] = order.number(total, order.path("line_total"))
