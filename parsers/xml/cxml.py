"""cXML 1.1 and 1.2 OrderRequest (new, update, delete) as purchase orders."""

from __future__ import annotations

import re
from typing import Any

from models.contracts.extraction_v1 import OrderKind, OrderLineV1, StatedValue
from models.contracts.interchange_v1 import MessageRefV1
from models.domain.findings import Severity
from parsers.electronic.deliveries import Fields
from parsers.electronic.structured import OWNER_UNCLEAR
from parsers.freight_terms import freight_of_code, freight_under_label
from parsers.part_reading import OrderReading
from parsers.xml.mapping import OrderXml
from parsers.xml.syntax import Attribute, Node, leave_unused

_KINDS: dict[str, OrderKind] = {"new": "order", "update": "order_change", "delete": "order_cancellation", "": "order"}

#: Where a word begins within a name: "Prepaid|By|Seller".
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+\.\d{1,12}")
_REGROUPED = 0.95


def read_cxml(root: Node) -> OrderReading:
    """The order of a cXML document that holds an OrderRequest."""
    request = root.find("Request", "OrderRequest")
    header = request.find("OrderRequestHeader") if request is not None else None
    assert request is not None, "the reader dispatches only documents with an OrderRequest"
    order = OrderXml(root)
    kind: OrderKind = "order"
    parties: dict[str, Fields] = {"buyer": _buyer(order)}
    if header is not None:
        kind = _kind(order, header)
        _head(order, header)
        parties["ship_to"] = _address(order, header.find("ShipTo", "Address"), "ship_to")
        parties["bill_to"] = _address(order, header.find("BillTo", "Address"), "bill_to")
    for item in request.all("ItemOut"):
        _line(order, item)
    message = _message(root, header)
    if message.test:
        order.draft.problem(
            "test_message", Severity.ERROR, "the request is marked as a test (deploymentMode): do not ship for it"
        )
    leave_unused(root, order.draft, attributes=True)
    return OrderReading(
        order=order.finished(kind, parties), problems=tuple(order.draft.problems), message=message, source_format="cxml"
    )


def _message(root: Node, header: Node | None) -> MessageRefV1:
    def credential(party: str) -> tuple[str, str]:
        node = root.find("Header", party, "Credential")
        identity = node.find("Identity") if node is not None else None
        return (identity.text.strip(), node.attribute("domain")) if node is not None and identity is not None else ("", "")

    sender, receiver = credential("From"), credential("To")
    document: Any = root.element.getroottree().docinfo  # the stubs leave out its DOCTYPE
    found = re.search(r"/(\d+\.\d+\.\d+)/", document.doctype or "")
    request = root.find("Request")
    return MessageRefV1(
        standard="cxml", message_type="OrderRequest", version=root.attribute("version") or (found[1] if found else ""),
        sender=sender[0], sender_qualifier=sender[1], receiver=receiver[0], receiver_qualifier=receiver[1],
        interchange_ref=root.attribute("payloadID"), message_ref=header.attribute("orderID") if header is not None else "",
        test=request is not None and request.attribute("deploymentMode") == "test",
    )  # fmt: skip


def _kind(order: OrderXml, header: Node) -> OrderKind:
    kind = header.attribute("type").lower()
    if kind == "update":
        order.draft.problem("replacement", Severity.WARNING, "an update takes the place of the whole earlier order")
    if header.attribute("orderType") == "blanket":
        message = "a blanket order: it sets terms, it does not call goods off"
        order.draft.problem("blanket_order", Severity.ERROR, message)
    elif header.attribute("orderType") == "release":
        order.draft.problem("call_off", Severity.INFO, "a release from a blanket order")
        order.fields["blanket_number"] = order.text(header.at("agreementID"))
    return _KINDS.get(kind, "order")


def _head(order: OrderXml, header: Node) -> None:
    fields, draft = order.fields, order.draft
    fields["po_number"] = order.text(header.at("orderID"))
    fields["order_date"] = order.date(header.at("orderDate"), "order_date")
    fields["requested_delivery_date"] = order.date(header.at("requestedDeliveryDate"), "requested_delivery_date")
    if fields["requested_delivery_date"] is None:
        start = header.find("DeliveryPeriod", "Period")
        if start is not None:
            fields["requested_delivery_date"] = order.date(start.at("startDate"), "requested_delivery_date", confidence=0.85)
    total = header.find("Total", "Money")
    fields["total_net"] = _amount(order, total, "total_net")
    fields["total_tax"] = _amount(order, header.find("Tax", "Money"), "total_tax")
    money = total or order.root.find("Request", "OrderRequest", "ItemOut", "ItemDetail", "UnitPrice", "Money")
    fields["currency"] = _currency(order, money.at("currency")) if money is not None else None
    fields["payment_terms"] = _terms(order, header)
    rule = header.find("TermsOfDelivery", "TransportTerms")
    term = rule.at("value") if rule is not None else None
    fields["incoterm"] = draft.incoterm(term.text, term, "TermsOfDelivery") if term is not None else None
    payer = header.find("TermsOfDelivery", "ShippingPaymentMethod")
    fields["freight_terms"] = _freight(payer) if payer is not None else None
    for comment in header.all("Comments"):
        _comment(order, comment)


def _currency(order: OrderXml, code: Attribute) -> StatedValue | None:
    """The order's currency; amounts that name the same one say nothing new."""
    stated = order.draft.currency(code.text, code, "currency")
    for money in order.root.descendants("Money"):
        if money.element.get("currency") == code.text:
            money.attribute("currency")
    return stated


def _country(order: OrderXml, country: Node, path: str) -> StatedValue | None:
    """By its ISO code; the name beside it says the same for people."""
    stated = order.draft.country(country.attribute("isoCountryCode"), country.at("isoCountryCode"), path)
    if stated is not None:
        country.use()
    return stated


def _freight(payer: Node) -> StatedValue | None:
    """Who pays the carrier by the names that cXML makes of X12's 146 ("PrepaidBySeller", "ThirdPartyPay"), or by X12's codes."""
    said = payer.at("value").text
    found = freight_of_code(said) or freight_under_label("shipping payment method", _CAPITAL.sub(" ", said))
    return StatedValue(value=found.value, confidence=1.0, evidence=payer.at("value").evidence) if found is not None else None


def _comment(order: OrderXml, comment: Node, about: str = "") -> None:
    """A comment's own text; an attachment in it stays for the leftovers."""
    words = "".join([comment.element.text or "", *(child.tail or "" for child in comment.element)])
    if words.strip():
        order.draft.note(words, comment, about=about)
        if len(comment.element) == 0:
            comment.use()


def _terms(order: OrderXml, header: Node) -> StatedValue | None:
    for term in header.all("PaymentTerm"):
        days = term.attribute("payInNumberOfDays") or term.attribute("payInNumberofDays")
        percent = term.find("Discount", "DiscountPercent")
        if not days:
            continue
        words = f"{percent.attribute('percent')} % within {days} days" if percent is not None else f"{days} days net"
        return order.draft.text(words, term, confidence=0.95)
    return None


def _buyer(order: OrderXml) -> Fields:
    """From's credential is the buyer's identity in the network, which may or may not be a number in our books."""
    identity = order.root.find("Header", "From", "Credential", "Identity")
    fields: Fields = {"customer_number": order.text(identity, confidence=OWNER_UNCLEAR)}
    correspondent = order.root.find("Header", "From", "Correspondent", "Contact")
    if correspondent is not None:
        fields |= {name: value for name, value in _address(order, correspondent, "buyer").items() if name != "customer_number"}
    return fields


def _address(order: OrderXml, address: Node | None, role: str) -> Fields:
    if address is None:
        return {}
    postal = address.find("PostalAddress")
    fields: Fields = {
        "name": order.text(address.find("Name")),
        "customer_number": order.text(address.at("addressID"), confidence=OWNER_UNCLEAR),
        "email": order.text(address.find("Email")),
    }
    if postal is None:
        return fields
    country = postal.find("Country")
    recipients = order.joined(postal.all("DeliverTo"))
    if recipients is not None:
        order.draft.note(f"{role.replace('_', ' ')} recipient: {recipients.value}", *postal.all("DeliverTo"))
    return fields | {
        "street": order.joined(postal.all("Street")),
        "city": order.text(postal.find("City")),
        "postal_code": order.text(postal.find("PostalCode")),
        "region": order.text(postal.find("State")),
        "country": _country(order, country, f"{role}.country") if country is not None else None,
    }


def _line(order: OrderXml, item: Node) -> None:
    draft, path = order.draft, order.path
    number = item.attribute("lineNumber")
    label = f"Line {number or len(order.lines) + 1}"
    if item.attribute("parentLineNumber"):
        draft.leave("ItemOut", f"{label} is a component of line {item.attribute('parentLineNumber')}")
        return
    fields: Fields = {
        "line_number": order.text(item.at("lineNumber")),
        "quantity": order.number(item.at("quantity"), path("quantity")),
        "requested_delivery_date": order.date(item.at("requestedDeliveryDate"), path("requested_delivery_date")),
        "seller_part_number": order.text(item.find("ItemID", "SupplierPartID")),
        "buyer_part_number": order.text(item.find("ItemID", "BuyerPartID")),
    }
    detail = item.find("ItemDetail")
    if detail is not None:
        _detail(order, detail, fields)
    for reference in [*item.all("ItemID", "IdReference"), *item.all("ItemDetail", "ItemDetailIndustry", "IdReference")]:
        if reference.element.get("domain", "").upper() in {"EAN-13", "UPC", "GTIN", "EANID", "UPCID"} and not fields.get("gtin"):
            fields["gtin"] = draft.gtin(reference.attribute("identifier"), reference.at("identifier"), path("gtin"))
    for comment in item.all("Comments"):
        _comment(order, comment, about=label)
    place = _address(order, item.find("ShipTo", "Address"), "ship_to")
    if any(place.values()):
        order.destinations.append((label, place))
    order.add_line(OrderLineV1(**fields), _deliveries(order, item), label)


def _detail(order: OrderXml, detail: Node, fields: Fields) -> None:
    unit, basis = detail.find("UnitOfMeasure"), detail.find("PriceBasisQuantity")
    fields["unit_price"] = _amount(order, detail.find("UnitPrice", "Money"), order.path("unit_price"))
    fields["unit"] = order.unit(unit, order.path("unit"))
    fields["description"] = _description(order, detail.find("Description"))
    if basis is not None:
        fields["price_basis_quantity"] = order.number(basis.at("quantity"), order.path("price_basis_quantity"))


def _description(order: OrderXml, node: Node | None) -> StatedValue | None:
    """The description's own text; its ShortName, which says the same in fewer words, only where there is nothing else."""
    if node is None:
        return None
    own = "".join([node.element.text or "", *(child.tail or "" for child in node.element)])
    stated = order.draft.text(own, node)
    if stated is not None:
        node.use()
    return stated or order.text(node.find("ShortName"))


def _amount(order: OrderXml, node: Node | None, path: str) -> StatedValue | None:
    """A Money: its commas only group digits (cXML Reference, Money), which is certain where a point follows them."""
    if node is not None and _GROUPED.fullmatch(node.text.strip()):
        return order.draft.number(node.text.strip().replace(",", ""), node, path, confidence=_REGROUPED)
    return order.number(node, path)


def _deliveries(order: OrderXml, item: Node) -> list[tuple[StatedValue, StatedValue]]:
    found = []
    for line in item.all("ScheduleLine"):
        amount = order.number(line.at("quantity"), order.path("quantity"))
        day = order.date(line.at("requestedDeliveryDate"), order.path("requested_delivery_date"))
        if amount is not None and day is not None:
            found.append((amount, day))
    return found
