"""XML orders of four standards, and what is refused, hidden or no order at all."""

from __future__ import annotations

import io

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.contracts.extraction_v1 import Intent, OrderLineV1, StatedValue
from models.domain.errors import Rejected
from parsers.part_reading import OrderReading, PartReading
from parsers.xml.embedded import embedded_xml
from parsers.xml.reader import read_xml
from tests.parsers.xml.documents import CXML_LINE, ORDERX_LINE, UBL_HEAD, UBL_LINE, cxml, orderx, ubl


def reading(content: bytes) -> OrderReading:
    (found,) = read_xml(content, "po.xml").orders
    return found


def value(stated: StatedValue | None) -> str | None:
    return stated.value if stated is not None else None


def values(line: OrderLineV1) -> dict[str, str]:
    return {name: getattr(line, name).value for name in OrderLineV1.model_fields if getattr(line, name) is not None}


def test_a_ubl_line_states_all_its_fields() -> None:
    """Its broken description in one line, its price per hundred, its percentage."""
    assert values(reading(ubl(UBL_HEAD, UBL_LINE)).order.lines[0]) == {
        "line_number": "10", "buyer_part_number": "A-889", "seller_part_number": "HX-M8-40", "gtin": "04006381333931",
        "description": "Hex bolt M8x40", "quantity": "1200", "unit": "C62", "unit_price": "12.50",
        "price_basis_quantity": "100", "discount_percent": "5", "line_total": "142.50",
    }  # fmt: skip


def test_a_ubl_head_states_its_fields() -> None:
    """The only day of a requested period is the requested day."""
    found = reading(ubl(UBL_HEAD, UBL_LINE)).order
    assert (value(found.po_number), value(found.currency), value(found.notes)) == ("4500123456", "EUR", "Ring first")
    assert (value(found.order_date), value(found.requested_delivery_date)) == ("2026-11-03", "2026-11-20")
    assert found.buyer is not None
    assert [value(field) for field in (found.buyer.gln, found.buyer.vat_id, found.buyer.street, found.buyer.city)] == [
        "4000001000005", "DE123456789", "Hauptstr. 1", "Köln",
    ]  # fmt: skip


def test_evidence_is_a_readable_path() -> None:
    """Local names, with an index where there are several."""
    line = reading(ubl(UBL_HEAD, UBL_LINE, UBL_LINE)).order.lines[1]
    assert line.seller_part_number is not None
    assert line.seller_part_number.evidence[0].xpath == "Order/OrderLine[2]/LineItem/Item/SellersItemIdentification/ID"


def test_a_fraction_as_factor_is_a_percentage_of_its_amounts() -> None:
    """0.05 of 150.00 is the stated 7.50."""
    content = ubl(UBL_HEAD, UBL_LINE.replace("Numeric>5<", "Numeric>0.05<"))
    assert value(reading(content).order.lines[0].discount_percent) == "5.00"


def test_a_ubl_change_names_its_order_and_keeps_changed_lines() -> None:
    """Status 2 drops a line, 4 leaves it as it is."""

    def line(number: int, status: str) -> str:
        return UBL_LINE.replace(
            "<cbc:ID>10</cbc:ID>", f"<cbc:ID>{number}</cbc:ID><cbc:LineStatusCode>{status}</cbc:LineStatusCode>"
        )

    head = UBL_HEAD + "<cac:OrderReference><cbc:ID>PO-1</cbc:ID></cac:OrderReference>"
    found = reading(ubl(head, line(1, "3"), line(2, "2"), line(3, "4"), root="OrderChange")).order
    assert (found.kind, value(found.po_number)) == ("order_change", "PO-1")
    assert [(value(entry.line_number), value(entry.quantity)) for entry in found.lines] == [("1", "1200"), ("2", "0")]


def test_a_line_that_a_ubl_change_adds_is_named_as_new() -> None:
    """LineStatusCode 1 (UNCL 1229)."""
    added = UBL_LINE.replace("<cbc:ID>10</cbc:ID>", "<cbc:ID>30</cbc:ID><cbc:LineStatusCode>1</cbc:LineStatusCode>")
    head = UBL_HEAD + "<cac:OrderReference><cbc:ID>PO-1</cbc:ID></cac:OrderReference>"
    found = reading(ubl(head, added, root="OrderChange"))
    assert [problem.field for problem in found.problems if problem.code == "line_added"] == ["lines[0]"]


def test_a_ubl_cancellation_has_no_lines() -> None:
    """Its reason goes to the notes."""
    head = (
        UBL_HEAD
        + "<cac:OrderReference><cbc:ID>PO-1</cbc:ID></cac:OrderReference><cbc:CancellationNote>Too late</cbc:CancellationNote>"
    )
    found = read_xml(ubl(head, root="OrderCancellation"), "x.xml")
    assert found.intent is Intent.ORDER_CANCELLATION
    assert (found.orders[0].order.lines, value(found.orders[0].order.notes)) == ((), "Ring first\nToo late")


def test_a_cxml_line_states_all_its_fields() -> None:
    """Attributes and elements alike."""
    assert values(reading(cxml(lines=CXML_LINE)).order.lines[0]) == {
        "line_number": "1", "buyer_part_number": "A-889", "seller_part_number": "HX-M8-40", "description": "Hex bolt",
        "quantity": "10", "unit": "KGM", "unit_price": "250.00", "price_basis_quantity": "100",
        "requested_delivery_date": "2026-11-20",
    }  # fmt: skip


def test_a_cxml_schedule_becomes_a_line_for_each_delivery() -> None:
    """ScheduleLine with quantity and date."""
    schedule = "".join(
        f'<ScheduleLine quantity="{quantity}" requestedDeliveryDate="{day}"/>'
        for quantity, day in (("4", "2026-12-01"), ("6", "2026-12-15"))
    )
    found = reading(cxml(lines=CXML_LINE.replace("</ItemOut>", schedule + "</ItemOut>"))).order
    assert [(value(line.quantity), value(line.requested_delivery_date)) for line in found.lines] == [
        ("4", "2026-12-01"), ("6", "2026-12-15"),
    ]  # fmt: skip


def test_a_shared_secret_is_never_shown() -> None:
    """Neither in a value nor in a list of what has no place."""
    found = reading(cxml(lines=CXML_LINE))
    assert "hunter2" not in found.order.model_dump_json()
    assert all("hunter2" not in problem.message for problem in found.problems)


@pytest.mark.parametrize(
    ("payer", "terms"),
    [
        ("PrepaidBySeller", "prepaid"),
        ("PrepaidButChargedToCustomer", "prepaid_and_add"),
        ("ThirdPartyPay", "collect"),
        ("CC", "collect"),
    ],
)
def test_who_pays_the_carrier_is_read_from_cxml(payer: str, terms: str) -> None:
    """By its own names and by the codes of X12 that some senders put there."""
    delivery = f'<TermsOfDelivery><TransportTerms value="DAP"/><ShippingPaymentMethod value="{payer}"/></TermsOfDelivery>'
    found = reading(cxml(delivery, CXML_LINE)).order.freight_terms
    assert found is not None
    assert (found.value, bool(found.evidence)) == (terms, True)


def test_a_way_of_paying_the_carrier_that_says_neither_side_is_left_out() -> None:
    """An agreement that we cannot see settles nothing."""
    delivery = '<TermsOfDelivery><ShippingPaymentMethod value="Other">as agreed</ShippingPaymentMethod></TermsOfDelivery>'
    assert reading(cxml(delivery, CXML_LINE)).order.freight_terms is None


@pytest.mark.parametrize(("kind", "expected"), [("new", "order"), ("update", "order_change"), ("delete", "order_cancellation")])
def test_the_type_of_a_cxml_request_tells_the_kind(kind: str, expected: str) -> None:
    """OrderRequestHeader's attribute."""
    assert reading(cxml(lines=CXML_LINE, kind=kind)).order.kind == expected


def test_an_orderx_line_states_all_its_fields() -> None:
    """The net price with its basis, the requested quantity with its unit."""
    found = reading(orderx(ORDERX_LINE))
    assert found.source_format == "orderx"
    assert values(found.order.lines[0]) == {
        "line_number": "1", "seller_part_number": "HX-M8-40", "gtin": "04006381333931", "description": "Hex bolt",
        "quantity": "4.052", "unit": "MTK", "unit_price": "20.00", "price_basis_quantity": "2",
    }  # fmt: skip


def test_an_orderx_change_names_its_order() -> None:
    """TypeCode 230 and the buyer's reference."""
    reference = (
        "<ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>PO-1</ram:IssuerAssignedID></ram:BuyerOrderReferencedDocument>"
    )
    found = reading(orderx(ORDERX_LINE, kind="230", agreement=reference)).order
    assert (found.kind, value(found.po_number)) == ("order_change", "PO-1")


def test_a_cross_industry_order_without_the_orderx_guideline_is_cii() -> None:
    """The same structure, another standard."""
    assert reading(orderx(ORDERX_LINE, guideline="urn:example")).source_format == "cii"


@pytest.mark.parametrize(
    "content",
    [orderx(ORDERX_LINE, kind="231"), b"<Invoice xmlns='urn:oasis:names:specification:ubl:schema:xsd:Invoice-2'/>", b"<html/>"],
)
def test_what_is_no_order_is_said_to_be_none(content: bytes) -> None:
    """A response, an invoice, anything else."""
    found = read_xml(content, "x.xml")
    assert (found.intent, found.orders, found.problems[0].code) == (Intent.OTHER, (), "other_message")


def test_a_request_for_quotation_is_recognised() -> None:
    """UBL RequestForQuotation."""
    assert read_xml(ubl(root="RequestForQuotation"), "x.xml").intent is Intent.QUOTE_REQUEST


def test_what_has_no_place_is_listed() -> None:
    """Every element with text that is not used."""
    found = reading(ubl(UBL_HEAD, "<cbc:AccountingCost>Project 7</cbc:AccountingCost>", UBL_LINE))
    assert any(
        problem.code == "not_mapped" and "Order/AccountingCost: Project 7" in problem.message for problem in found.problems
    )


def test_entities_are_refused_before_they_are_expanded() -> None:
    """The billion laughs."""
    bomb = b'<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'
    with pytest.raises(Rejected) as refusal:
        read_xml(bomb, "bomb.xml")
    assert refusal.value.code == "entity_bomb"


def test_entities_of_an_external_file_are_refused() -> None:
    """Nothing is loaded from anywhere."""
    with pytest.raises(Rejected) as refusal:
        read_xml(b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "xxe.xml")
    assert refusal.value.code == "entity_bomb"


def test_entities_behind_utf16_are_refused_too() -> None:
    """The prolog is read in the file's own encoding."""
    with pytest.raises(Rejected) as refusal:
        read_xml('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16"), "x.xml")
    assert refusal.value.code == "entity_bomb"


def test_depth_is_bounded() -> None:
    """A hundred thousand nested elements are no order."""
    with pytest.raises(Rejected) as refusal:
        read_xml(b"<a>" * 100_000 + b"</a>" * 100_000, "deep.xml")
    assert refusal.value.code == "malformed_xml"


def test_control_characters_are_named() -> None:
    """The refusal says which, so that the sender can find them."""
    with pytest.raises(Rejected, match=r"U\+0000"):
        read_xml(b"<Order>a\x00b</Order>", "nul.xml")


def _hybrid(name: str, content: bytes) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    document.attachments[name] = content
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_the_xml_inside_a_pdf_is_found() -> None:
    """Order-X's embedded file."""
    assert embedded_xml(_hybrid("order-x.xml", orderx(ORDERX_LINE))) == ("order-x.xml", orderx(ORDERX_LINE))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 broken", b"no pdf"])
def test_a_damaged_pdf_carries_nothing(content: bytes) -> None:
    """Its damage is the PDF reader's to report."""
    assert embedded_xml(content) is None


def test_a_pdf_without_xml_carries_nothing() -> None:
    """An attachment of another kind is no order."""
    assert embedded_xml(_hybrid("terms.txt", b"hello")) is None


@given(st.data())
def test_mutated_documents_are_read_or_refused(data: st.DataObject) -> None:
    """Sound documents with bytes replaced, removed or doubled."""
    documents = [ubl(UBL_HEAD, UBL_LINE), cxml(lines=CXML_LINE), orderx(ORDERX_LINE)]
    content = bytearray(data.draw(st.sampled_from(documents)))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=4))
    _read_or_refuse(bytes(content))


@given(st.text(alphabet="0123456789.,-+eE x\n", max_size=12))
def test_any_text_where_a_number_should_stand_is_read(text: str) -> None:
    """A number, or null with a problem."""
    _read_or_refuse(ubl(UBL_HEAD, UBL_LINE.replace(">1200<", f">{text}<").replace(">12.50<", f">{text}<")))


@given(st.binary(max_size=120))
def test_random_bytes_are_read_or_refused(content: bytes) -> None:
    """Nothing else may come out."""
    _read_or_refuse(content)


def _read_or_refuse(content: bytes) -> None:
    try:
        found = read_xml(content, "x.xml")
    except Rejected:
        return
    assert isinstance(found, PartReading)


def test_an_order_within_a_transport_envelope_is_read() -> None:
    """SBDH, as Peppol's access points hand it over."""
    inner = ubl(UBL_HEAD, UBL_LINE)
    wrapped = b"<StandardBusinessDocument><StandardBusinessDocumentHeader><X>1</X></StandardBusinessDocumentHeader>%s"
    (found,) = read_xml(wrapped % inner + b"</StandardBusinessDocument>", "po.xml").orders
    assert found.order.po_number is not None
    assert found.order.po_number.value == "4500123456"


def test_a_line_that_goes_elsewhere_needs_a_person() -> None:
    """In UBL and in cXML alike."""
    there = "<cac:DeliveryLocation><cac:Address><cbc:CityName>Kiel</cbc:CityName></cac:Address></cac:DeliveryLocation>"
    line = UBL_LINE.replace("<cac:Price>", f"<cac:Delivery>{there}</cac:Delivery><cac:Price>", 1)
    place = "<ShipTo><Address><Name>Depot</Name><PostalAddress><City>Kiel</City></PostalAddress></Address></ShipTo>"
    item = CXML_LINE.replace("</ItemOut>", f"{place}</ItemOut>")
    head = "<ShipTo><Address><Name>Shop</Name></Address></ShipTo>"
    for content in (ubl(UBL_HEAD, line, UBL_LINE), cxml(head, item)):
        (found,) = read_xml(content, "po.xml").orders
        assert "ship_to_differs" in {problem.code for problem in found.problems}
