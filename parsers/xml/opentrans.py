"""openTRANS 1.0 to 2.1 ORDER and ORDERCHANGE (Fraunhofer IAO, BMEcat's elements among them) as purchase orders.

Allowances and charges, and prices per another unit, are left to people: the standard does not say whether a stated price
holds them already.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from models.contracts.extraction_v1 import OrderKind, OrderLineV1, StatedValue
from models.contracts.interchange_v1 import MessageRefV1
from models.domain.findings import Severity
from parsers.electronic.deliveries import Delivery, Fields
from parsers.electronic.structured import CERTAIN, OWNER_UNCLEAR
from parsers.freight_terms import freight_stated
from parsers.part_reading import OrderReading
from parsers.xml.mapping import OrderXml
from parsers.xml.syntax import Node, leave_unused

KINDS: dict[str, OrderKind] = {"ORDER": "order", "ORDERCHANGE": "order_change"}

#: PARTY_ROLE of the contract's parties, the surest first, and where version 1.0 keeps them.
_ROLES = {
    "buyer": ("buyer",), "ship_to": ("delivery", "final_delivery"), "bill_to": ("invoice_recipient", "payer"),
}  # fmt: skip
_OLD_PLACES = {
    "buyer": ("BUYER_PARTY",), "ship_to": ("SHIPMENT_PARTIES", "DELIVERY_PARTY"), "bill_to": ("INVOICE_PARTY",),
}  # fmt: skip
_REFERENCES = {
    "buyer": (("ORDER_PARTIES_REFERENCE", "BUYER_IDREF"),),
    "ship_to": (("ORDER_PARTIES_REFERENCE", "SHIPMENT_PARTIES_REFERENCE", "DELIVERY_IDREF"),),
    "bill_to": (("ORDER_PARTIES_REFERENCE", "INVOICE_RECIPIENT_IDREF"),),
}
_GTIN_TYPES = frozenset({"gtin", "ean", "upc", "ean13", ""})


def read_opentrans(root: Node) -> OrderReading:
    """The order of an openTRANS document whose root is one of `KINDS`."""
    order = OrderXml(root)
    kind = KINDS[root.name]
    info = root.find(f"{root.name}_HEADER", f"{root.name}_INFO")
    parties: dict[str, Fields] = {}
    if info is not None:
        _head(order, info)
        parties = {role: _party(order, _party_node(info, role), role) for role in _ROLES}
    for item in root.all(f"{root.name}_ITEM_LIST", f"{root.name}_ITEM"):
        _line(order, item, info)
    _summary(order)
    message = _message(root, info)
    leave_unused(root, order.draft)
    return OrderReading(
        order=order.finished(kind, parties), problems=tuple(order.draft.problems), message=message, source_format="opentrans"
    )


def _message(root: Node, info: Node | None) -> MessageRefV1:
    def party(role: str) -> tuple[str, str]:
        node = next((node for node in _parties(info) if role in _roles_of(node)), None) if info is not None else None
        number = node.find("PARTY_ID") if node is not None else None
        return (number.peek().strip(), number.element.get("type", "")) if number is not None else ("", "")

    sender, receiver = party("buyer"), party("supplier")
    number = info.find("ORDER_ID") if info is not None else None
    return MessageRefV1(
        standard="opentrans", message_type=root.name, version=root.attribute("version"), sender=sender[0],
        sender_qualifier=sender[1], receiver=receiver[0], receiver_qualifier=receiver[1],
        message_ref=number.peek().strip() if number is not None else "",
    )  # fmt: skip


def _head(order: OrderXml, info: Node) -> None:
    fields, draft, root = order.fields, order.draft, order.root
    fields["po_number"] = order.text(info.find("ORDER_ID"))
    fields["order_date"] = order.date(info.find("ORDER_DATE"), "order_date")
    fields["requested_delivery_date"] = _requested(order, info, "requested_delivery_date")
    code = info.first(("CURRENCY",), ("PRICE_CURRENCY",))
    fields["currency"] = draft.currency(code.text, code, "currency") if code is not None else None
    fields["payment_terms"] = _payment_terms(order, info)
    rule = info.find("TRANSPORT", "INCOTERM")
    if rule is not None:
        fields["incoterm"] = draft.incoterm(rule.text, rule, "TRANSPORT")
        fields["freight_terms"] = freight_stated(rule.text, rule.evidence)
    order.notes([*info.all("REMARKS"), *info.all("REMARK")])
    if root.attribute("type") == "release":
        draft.problem("call_off", Severity.INFO, "a release: a call-off from a blanket order")
    stop = root.find(f"{root.name}_HEADER", "CONTROL_INFO", "STOP_AUTOMATIC_PROCESSING")
    if stop is not None:
        message = f"the sender asks that a person look at it: {stop.text.strip()[:500] or 'no reason is stated'}"
        draft.problem("stop_automatic_processing", Severity.ERROR, message)


def _payment_terms(order: OrderXml, info: Node) -> StatedValue | None:
    """PAYMENT_TERM in words, else TIME_FOR_PAYMENT: "2 % within 10 days; 30 days net" (its DISCOUNT_FACTOR is a fraction)."""
    stated = order.joined(info.all("PAYMENT", "PAYMENT_TERMS", "PAYMENT_TERM"))
    phrases, sources = [], []
    for term in info.all("PAYMENT", "PAYMENT_TERMS", "TIME_FOR_PAYMENT"):
        days, factor = term.find("DAYS"), term.find("DISCOUNT_FACTOR")
        if days is None or stated is not None:
            continue
        percent = _percent(factor.text) if factor is not None else ""
        phrases.append(f"{percent} % within {days.text.strip()} days" if percent else f"{days.text.strip()} days net")
        sources.append(term)
    return stated or (order.draft.joined("; ".join(phrases), sources, confidence=0.95) if sources else None)


def _percent(factor: str) -> str:
    """A fraction as a percentage, "" where it is none."""
    try:
        percent = Decimal(factor.strip()) * 100
    except InvalidOperation:
        return ""
    return f"{percent.normalize():f}" if 0 < percent < 100 else ""


def _requested(order: OrderXml, parent: Node, path: str) -> StatedValue | None:
    """The first day of DELIVERY_DATE; its last day is left over where it is another."""
    start, end = parent.find("DELIVERY_DATE", "DELIVERY_START_DATE"), parent.find("DELIVERY_DATE", "DELIVERY_END_DATE")
    if start is None or end is None:
        return order.date(start or end, path)
    if start.peek().strip()[:10] != end.peek().strip()[:10]:
        return order.date(start, path, confidence=0.85)
    end.use()
    return order.date(start, path)


def _parties(info: Node) -> list[Node]:
    return list(info.all("PARTIES", "PARTY"))


def _roles_of(party: Node) -> set[str]:
    return {role.text.strip().lower() for role in party.all("PARTY_ROLE")}


def _party_node(info: Node, role: str) -> Node | None:
    """The party of a role: by its PARTY_ROLE, else by the head's reference to its number, else where version 1.0 keeps it."""
    named = {name: node for node in reversed(_parties(info)) for name in _roles_of(node)}
    by_role = next((named[name] for name in _ROLES[role] if name in named), None)
    referred = next((_referred(info, node) for path in _REFERENCES[role] for node in info.all(*path)), None)
    return by_role or referred or info.find("ORDER_PARTIES", *_OLD_PLACES[role], "PARTY")


def _referred(info: Node, reference: Node) -> Node | None:
    """The party that a reference names by one of its numbers; a reference to nobody stays for the leftovers."""
    number = reference.peek().strip()
    for party in _parties(info):
        if number and any(known.peek().strip() == number for known in party.all("PARTY_ID")):
            reference.use()
            return party
    return None


def _party(order: OrderXml, party: Node | None, role: str) -> Fields:
    if party is None:
        return {}
    fields: Fields = {}
    for number in party.all("PARTY_ID"):
        _identify(order, fields, number, role)
    address = party.find("ADDRESS")
    if address is None:
        return fields
    country = address.find("COUNTRY_CODED")
    return fields | {
        "name": order.joined([address.find(name) for name in ("NAME", "NAME2", "NAME3")], " "),
        "street": order.text(address.find("STREET")),
        "city": order.text(address.find("CITY")),
        "postal_code": order.text(address.find("ZIP")),
        "region": order.text(address.find("STATE")),
        "country": order.draft.country(country.text, country, f"{role}.country") if country is not None else None,
        "vat_id": order.text(address.find("VAT_ID")),
        "email": order.text(address.first(("EMAIL",), ("EMAILS", "EMAIL"), ("CONTACT_DETAILS", "EMAILS", "EMAIL"))),
    }


def _identify(order: OrderXml, fields: Fields, number: Node, role: str) -> None:
    """A GLN by its type; `supplier_specific` is the seller's number for the party, any other may be anybody's."""
    scheme = number.attribute("type").lower()
    if scheme in {"iln", "gln"}:
        if fields.get("gln") is None:
            fields["gln"] = order.draft.gln(number.text, number, f"{role}.gln")
    elif scheme == "supplier_specific" or fields.get("customer_number") is None:
        fields["customer_number"] = order.text(number, confidence=CERTAIN if scheme == "supplier_specific" else OWNER_UNCLEAR)


def _line(order: OrderXml, item: Node, info: Node | None) -> None:
    number = item.find("LINE_ITEM_ID")
    label = f"Line {number.peek().strip() if number is not None else len(order.lines) + 1}"
    fields: Fields = {"line_number": order.text(number)}
    for name in ("PRODUCT_ID", "ARTICLE_ID"):
        for identity in item.all(name):
            _numbers(order, identity, fields)
    _quantity_and_price(order, item, fields, label)
    fields["requested_delivery_date"] = _requested(order, item, order.path("requested_delivery_date"))
    order.notes([*item.all("REMARKS"), *item.all("REMARK")], about=label)
    for feature in item.all("PRODUCT_FEATURES", "FEATURE"):
        words = [" ".join(part.text.split()) for name in ("FNAME", "FVALUE", "FUNIT") for part in feature.all(name)]
        order.draft.note(": ".join(filter(None, [words[0], " ".join(words[1:])])) if words else "", feature, about=label)
    for reference in item.all("SHIPMENT_PARTIES_REFERENCE", "DELIVERY_IDREF"):
        place = _party(order, _referred(info, reference) if info is not None else None, "ship_to")
        if any(place.values()):
            order.destinations.append((label, place))
    order.add_line(OrderLineV1(**fields), _deliveries(order, item), label)


def _numbers(order: OrderXml, identity: Node, fields: Fields) -> None:
    fields["seller_part_number"] = order.text(identity.first(("SUPPLIER_PID",), ("SUPPLIER_AID",)))
    fields["buyer_part_number"] = order.text(identity.first(("BUYER_PID",), ("BUYER_AID",)))
    for name in ("INTERNATIONAL_PID", "INTERNATIONAL_AID"):
        for number in identity.all(name):
            if number.element.get("type", "").lower() in _GTIN_TYPES and fields.get("gtin") is None:
                fields["gtin"] = order.draft.gtin(number.text, number, order.path("gtin"))
    fields["description"] = order.joined([*identity.all("DESCRIPTION_SHORT"), *identity.all("DESCRIPTION_LONG")], " ")


def _quantity_and_price(order: OrderXml, item: Node, fields: Fields, label: str) -> None:
    """PRICE_QUANTITY says for how many order units the price is; PRICE_FLAG whether it holds tax."""
    path = order.path
    unit = item.find("ORDER_UNIT")
    fields["quantity"] = order.number(item.find("QUANTITY"), path("quantity"))
    fields["unit"] = order.unit(unit, path("unit"))
    price = item.find("PRODUCT_PRICE_FIX") or item.find("ARTICLE_PRICE")
    fields["line_total"] = order.number(item.find("PRICE_LINE_AMOUNT"), path("line_total"))
    if price is None:
        return
    fields["unit_price"] = order.number(price.find("PRICE_AMOUNT"), path("unit_price"))
    fields["price_basis_quantity"] = order.number(price.find("PRICE_QUANTITY"), path("price_basis_quantity"))
    if fields["line_total"] is None:
        fields["line_total"] = order.number(price.find("PRICE_LINE_AMOUNT"), path("line_total"))
    basis = price.find("PRICE_BASE_FIX", "PRICE_UNIT")
    if basis is not None and unit is not None and basis.peek().strip() != unit.peek().strip():
        message = f"{label}: the price is per {basis.peek().strip()[:20]}, the quantity in {unit.peek().strip()[:20]}"
        order.draft.problem("price_unit_differs", Severity.WARNING, f"{message}; find out how many make one", path("unit_price"))
    for flag in price.all("PRICE_FLAG"):
        if flag.attribute("type") == "incl_tax" and flag.text.strip().lower() == "true":
            message = f"{label}: the price includes tax; ours are net, so ask the sender for the net price"
            order.draft.problem("price_with_tax", Severity.ERROR, message, path("unit_price"))


def _deliveries(order: OrderXml, item: Node) -> list[Delivery]:
    found = []
    for part in item.all("PARTIAL_DELIVERY_LIST", "PARTIAL_DELIVERY"):
        amount = order.number(part.find("QUANTITY"), order.path("quantity"))
        start = part.first(("DELIVERY_DATE", "DELIVERY_START_DATE"), ("DELIVERY_START_DATE",), ("DELIVERY_END_DATE",))
        day = order.date(start, order.path("requested_delivery_date"))
        if amount is not None and day is not None:
            found.append((amount, day))
        elif amount is not None:
            order.draft.leave("PARTIAL_DELIVERY", f"{part.path}: {amount.value} without a day", weighty=True)
    return found


def _summary(order: OrderXml) -> None:
    """TOTAL_ITEM_NUM counts the items, TOTAL_AMOUNT adds up their net amounts."""
    summary = order.root.find(f"{order.root.name}_SUMMARY")
    if summary is None:
        return
    order.fields["total_net"] = order.number(summary.find("TOTAL_AMOUNT"), "total_net")
    count = summary.find("TOTAL_ITEM_NUM")
    items = sum(1 for _ in order.root.all(f"{order.root.name}_ITEM_LIST", f"{order.root.name}_ITEM"))
    if count is not None and count.text.strip().lstrip("0") != str(items):
        message = f"{count.path} states {count.text.strip()[:20]} items, but there are {items}; a line may be missing"
        order.draft.problem("control_total_mismatch", Severity.WARNING, message)
