"""UBL 2.0 to 2.3 Order, OrderChange and OrderCancellation, Peppol BIS Ordering among them, as purchase orders."""

from __future__ import annotations

from decimal import Decimal

from models.contracts.extraction_v1 import OrderKind, OrderLineV1, StatedValue
from models.contracts.interchange_v1 import MessageRefV1
from models.domain.findings import Severity
from parsers import codelists
from parsers.electronic.deliveries import Fields
from parsers.electronic.structured import CERTAIN, OWNER_UNCLEAR
from parsers.freight_terms import freight_stated
from parsers.part_reading import OrderReading
from parsers.xml.mapping import OrderXml
from parsers.xml.syntax import Node, leave_unused

KINDS: dict[str, OrderKind] = {"Order": "order", "OrderChange": "order_change", "OrderCancellation": "order_cancellation"}
#: Party and item identification schemes (ISO 6523 ICD 0088 and 0160, and what was used before them).
_GLN_SCHEMES = frozenset({"0088", "GLN", "EAN", "GS1:GLN"})
_GTIN_SCHEMES = frozenset({"0160", "GTIN", "EAN", "GTIN-13", "GTIN-14", "SRV", "UPC", "EAN13", ""})
_DROPPED = frozenset({"2", "cancelled", "canceled", "deleted"})
_ADDED = frozenset({"1", "added"})
_UNCHANGED = frozenset({"4", "nostatus", "noaction"})


def read_ubl(root: Node) -> OrderReading:
    """The order of a UBL document whose root is one of `KINDS`."""
    order = OrderXml(root)
    kind = KINDS[root.name]
    message = _message(root)
    _head(order, kind)
    parties = {
        "buyer": _customer(order, "BuyerCustomerParty", "buyer"),
        "ship_to": _ship_to(order),
        "bill_to": _customer(order, "AccountingCustomerParty", "bill_to"),
    }
    for line in root.all("OrderLine"):
        _line(order, line, kind)
    _totals(order)
    leave_unused(root, order.draft)
    return OrderReading(
        order=order.finished(kind, parties), problems=tuple(order.draft.problems), message=message, source_format="ubl"
    )


def _message(root: Node) -> MessageRefV1:
    def text(*path: str) -> str:
        node = root.find(*path)
        return node.peek().strip() if node is not None else ""

    def endpoint(party: str) -> tuple[str, str]:
        node = root.find(party, "Party", "EndpointID")
        return (node.text.strip(), node.attribute("schemeID")) if node is not None else ("", "")

    sender, receiver = endpoint("BuyerCustomerParty"), endpoint("SellerSupplierParty")
    return MessageRefV1(
        standard="ubl", message_type=root.name, version=text("CustomizationID") or text("UBLVersionID"), sender=sender[0],
        sender_qualifier=sender[1], receiver=receiver[0], receiver_qualifier=receiver[1], message_ref=text("ID"),
        interchange_ref=text("UUID"), syntax=text("UBLVersionID"), group_code=text("ProfileID"),
    )  # fmt: skip


def _head(order: OrderXml, kind: OrderKind) -> None:
    root, fields = order.root, order.fields
    number = root.find("ID") if kind == "order" else root.find("OrderReference", "ID")
    fields["po_number"] = order.text(number)
    fields["order_date"] = order.date(root.find("IssueDate"), "order_date")
    code = root.first(("DocumentCurrencyCode",), ("PricingCurrencyCode",))
    fields["currency"] = order.draft.currency(code.text, code, "currency") if code is not None else _currency_of_amounts(order)
    order.notes(root.all("Note"))
    if kind == "order_cancellation":
        order.notes(root.all("CancellationNote"))
    fields["requested_delivery_date"] = _requested(order, root, "requested_delivery_date")
    fields["payment_terms"] = order.joined(root.all("PaymentTerms", "Note"))
    # UBL 2.1, DeliveryTerms and TransactionConditions: conditions in free text, which only people can weigh.
    order.notes([*root.all("DeliveryTerms", "SpecialTerms"), *root.all("TransactionConditions", "Description")])
    terms = root.find("DeliveryTerms", "ID")
    if terms is not None:
        fields["incoterm"] = order.draft.incoterm(terms.text, terms, "DeliveryTerms")
        fields["freight_terms"] = freight_stated(terms.text, terms.evidence)
    kind_of_order = root.find("OrderTypeCode")
    if kind_of_order is not None and codelists.role("edifact_documents", kind_of_order.text.strip()) == "blanket":
        message = "a blanket or standing order: it sets terms, it does not call goods off"
        order.draft.problem("blanket_order", Severity.ERROR, message)


def _currency_of_amounts(order: OrderXml) -> StatedValue | None:
    """Without DocumentCurrencyCode (UBL 2.0) the amounts say it themselves."""
    for path in (("AnticipatedMonetaryTotal", "PayableAmount"), ("OrderLine", "LineItem", "Price", "PriceAmount")):
        node = order.root.find(*path)
        if node is not None and node.element.get("currencyID"):
            return order.draft.currency(node.attribute("currencyID"), node.at("currencyID"), "currency")
    return None


def _requested(order: OrderXml, parent: Node, path: str) -> StatedValue | None:
    """The first day of the requested period; its last day is left over where it is another."""
    for period in parent.all("Delivery", "RequestedDeliveryPeriod"):
        start, end = period.find("StartDate"), period.find("EndDate")
        if start is not None:
            same = end is None or end.peek().strip() == start.peek().strip()
            if end is not None and same:
                end.use()
            return order.date(start, path, confidence=CERTAIN if same else 0.85)
        if end is not None:
            return order.date(end, path)
    return order.date(parent.find("Delivery", "LatestDeliveryDate"), path, confidence=0.85)


def _customer(order: OrderXml, element: str, role: str) -> Fields:
    node = order.root.find(element)
    if node is None:
        return {}
    party = node.find("Party")
    fields = _party(order, party, role) if party is not None else {}
    account = node.find("SupplierAssignedAccountID")
    if account is not None:
        fields["customer_number"] = order.text(account)
    return fields


def _party(order: OrderXml, party: Node, role: str) -> Fields:
    fields: Fields = {"name": order.text(party.first(("PartyName", "Name"), ("PartyLegalEntity", "RegistrationName")))}
    for number in [*party.all("PartyIdentification", "ID"), *party.all("EndpointID")]:
        _identify(order, fields, number, role)
    for scheme in party.all("PartyTaxScheme"):
        kind = scheme.first(("TaxScheme", "TaxTypeCode"), ("TaxScheme", "ID"))
        if kind is not None and kind.text.strip() == "VAT" and fields.get("vat_id") is None:
            fields["vat_id"] = order.text(scheme.find("CompanyID"))
    fields["email"] = order.text(party.find("Contact", "ElectronicMail"))
    address = party.find("PostalAddress") or party.find("PartyLegalEntity", "RegistrationAddress")
    return fields | (_address(order, address, role) if address is not None else {})


def _identify(order: OrderXml, fields: Fields, number: Node, role: str) -> None:
    """A GLN by its scheme; another number is the party's own or the seller's, which the document does not say."""
    scheme, agency = number.element.get("schemeID", "").upper(), number.element.get("schemeAgencyID", "")
    if scheme in _GLN_SCHEMES or agency == "9":
        if fields.get("gln") is None:
            fields["gln"] = order.draft.gln(number.text, number, f"{role}.gln")
    elif number.name == "ID" and fields.get("customer_number") is None:
        fields["customer_number"] = order.text(number, confidence=OWNER_UNCLEAR)


def _address(order: OrderXml, address: Node, role: str) -> Fields:
    parts = [address.find(name) for name in ("StreetName", "BuildingNumber")]
    street = order.joined(parts, " ")
    rest = [address.find(name) for name in ("AdditionalStreetName", "BuildingName", "Floor", "Room", "Department", "Postbox")]
    more = order.joined([*rest, *address.all("AddressLine", "Line")])
    if street is not None and more is not None:
        street = street.model_copy(update={"value": f"{street.value}, {more.value}", "evidence": street.evidence + more.evidence})
    country = address.find("Country", "IdentificationCode")
    return {
        "street": street or more,
        "city": order.text(address.find("CityName")),
        "postal_code": order.text(address.find("PostalZone")),
        "region": order.text(address.find("CountrySubentity")),
        "country": order.draft.country(country.text, country, f"{role}.country") if country is not None else None,
    }


def _ship_to(order: OrderXml) -> Fields:
    delivery = order.root.find("Delivery")
    return _place(order, delivery) if delivery is not None else {}


def _place(order: OrderXml, delivery: Node) -> Fields:
    """Where a Delivery goes: its party and its location."""
    party = delivery.find("DeliveryParty")
    fields = _party(order, party, "ship_to") if party is not None else {}
    place = delivery.find("DeliveryLocation", "ID")
    if place is not None:
        _identify(order, fields, place, "ship_to")
    if fields.get("name") is None:
        fields["name"] = order.text(delivery.first(("DeliveryLocation", "Name"), ("DeliveryLocation", "Description")))
    address = delivery.find("DeliveryLocation", "Address") or delivery.find("DeliveryAddress")
    return fields | (_address(order, address, "ship_to") if address is not None else {})


def _line(order: OrderXml, node: Node, kind: OrderKind) -> None:
    line = node.find("LineItem")
    if line is None:
        return
    number = line.find("ID")
    label = f"Line {number.peek().strip() if number is not None else len(order.lines) + 1}"
    status = line.find("LineStatusCode")
    state = status.text.strip().lower() if status is not None else ""
    fields: Fields = {"line_number": order.text(number)}
    _quantity_and_price(order, line, fields)
    _item(order, line, fields, label)
    _discount(order, line, fields)
    fields["requested_delivery_date"] = _requested(order, line, order.path("requested_delivery_date"))
    order.notes([*node.all("Note"), *line.all("Note")], about=label)
    deliveries = _deliveries(order, line)
    for delivery in line.all("Delivery"):
        place = _place(order, delivery)
        if any(place.values()):
            order.destinations.append((label, place))
    if kind == "order_change" and state in _UNCHANGED:
        order.draft.leave("OrderLine", f"{label} is unchanged")
        return
    if state in _DROPPED and status is not None:
        fields["quantity"] = StatedValue(value="0", confidence=CERTAIN, evidence=status.evidence)
        deliveries = []
    order.add_line(OrderLineV1(**fields), deliveries, label, is_added=kind == "order_change" and state in _ADDED)


def _quantity_and_price(order: OrderXml, line: Node, fields: Fields) -> None:
    quantity, price, basis = line.find("Quantity"), line.find("Price", "PriceAmount"), line.find("Price", "BaseQuantity")
    fields["quantity"] = order.number(quantity, order.path("quantity"))
    unit = quantity.attribute("unitCode") if quantity is not None else ""
    fields["unit"] = order.unit(quantity.at("unitCode") if quantity is not None else None, order.path("unit"))
    fields["unit_price"] = order.number(price, order.path("unit_price"))
    fields["price_basis_quantity"] = order.number(basis, order.path("price_basis_quantity"))
    fields["line_total"] = order.number(line.find("LineExtensionAmount"), order.path("line_total"))
    if basis is not None and basis.attribute("unitCode") not in {"", unit}:
        message = f"the price is per {basis.attribute('unitCode')}, the quantity in {unit}; find out how many make one"
        order.draft.problem("price_unit_differs", Severity.WARNING, message, order.path("unit_price"))


def _item(order: OrderXml, line: Node, fields: Fields, label: str) -> None:
    item = line.find("Item")
    if item is None:
        return
    fields["description"] = order.joined([*item.all("Name"), *item.all("Description")], " ")
    fields["buyer_part_number"] = order.text(item.find("BuyersItemIdentification", "ID"))
    fields["seller_part_number"] = order.text(item.find("SellersItemIdentification", "ID"))
    for number in item.all("StandardItemIdentification", "ID"):
        if number.element.get("schemeID", "").upper() in _GTIN_SCHEMES and fields.get("gtin") is None:
            fields["gtin"] = order.draft.gtin(number.text, number, order.path("gtin"))
    for entry in item.all("AdditionalItemProperty"):
        name, value = entry.find("Name"), entry.find("Value")
        if name is not None and value is not None:
            order.draft.note(f"{name.text}: {value.text}", value, about=label)


def _discount(order: OrderXml, line: Node, fields: Fields) -> None:
    """One allowance in percent is the line's discount. Its factor is a percentage or a fraction, as the amounts tell."""
    allowances = [
        entry
        for entry in line.all("AllowanceCharge")
        if (sign := entry.find("ChargeIndicator")) is not None and sign.peek().strip() in {"false", "0"}
    ]
    factor = allowances[0].find("MultiplierFactorNumeric") if len(allowances) == 1 else None
    if factor is None:
        return
    stated = order.number(factor, order.path("discount_percent"))
    amount, base = allowances[0].find("Amount"), allowances[0].find("BaseAmount")
    if stated is not None and amount is not None and base is not None:
        stated = _as_percent(stated, amount.peek(), base.peek())
    fields["discount_percent"] = stated


def _as_percent(factor: StatedValue, amount: str, base: str) -> StatedValue:
    try:
        fraction = abs(Decimal(factor.value) * Decimal(base) - Decimal(amount)) < Decimal("0.02")
    except ArithmeticError:
        return factor
    return factor.model_copy(update={"value": f"{Decimal(factor.value) * 100:f}"}) if fraction else factor


def _deliveries(order: OrderXml, line: Node) -> list[tuple[StatedValue, StatedValue]]:
    found = []
    for delivery in line.all("Delivery"):
        period = delivery.first(("RequestedDeliveryPeriod", "StartDate"), ("RequestedDeliveryPeriod", "EndDate"))
        quantity = delivery.find("Quantity")
        if quantity is None or period is None:
            continue
        amount = order.number(quantity, order.path("quantity"))
        day = order.date(period, order.path("requested_delivery_date"))
        if amount is not None and day is not None:
            found.append((amount, day))
    return found


def _totals(order: OrderXml) -> None:
    total = order.root.find("AnticipatedMonetaryTotal")
    order.fields["total_tax"] = order.number(order.root.find("TaxTotal", "TaxAmount"), "total_tax")
    if total is None:
        return
    net = total.first(("TaxExclusiveAmount",), ("LineExtensionAmount",))
    gross = total.find("TaxInclusiveAmount")
    payable = total.find("PayableAmount")
    order.fields["total_net"] = order.number(net, "total_net")
    if gross is None and payable is not None and (order.fields["total_tax"] or net is None or payable.peek() != net.peek()):
        gross = payable
    elif payable is not None and net is not None and payable.peek().strip() == net.peek().strip():
        payable.use()
    order.fields["total_gross"] = order.number(gross, "total_gross")
