"""openTRANS ORDER and ORDERCHANGE as purchase orders, and the ORDERRESPONSE that answers them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from models.contracts.extraction_v1 import OrderLineV1, PartyV1
from models.domain.acknowledgement import OrderAcknowledgement
from parsers.part_reading import OrderReading
from parsers.xml.opentrans_response import write_opentrans_response
from parsers.xml.reader import read_xml
from tests.parsers.answers_written import AT, acknowledgement
from tests.parsers.xml.documents import OPENTRANS_LINE, opentrans


def reading(content: bytes) -> OrderReading:
    (found,) = read_xml(content, "po.xml").orders
    return found


def stated(model: OrderLineV1 | PartyV1 | None) -> dict[str, str]:
    assert model is not None
    return {name: getattr(model, name).value for name in type(model).model_fields if getattr(model, name) is not None}


def codes(found: OrderReading) -> set[str]:
    return {problem.code for problem in found.problems}


def test_an_item_states_all_its_fields() -> None:
    """PRODUCT_ID, QUANTITY, ORDER_UNIT, PRODUCT_PRICE_FIX with its PRICE_QUANTITY, PRICE_LINE_AMOUNT."""
    assert stated(reading(opentrans(OPENTRANS_LINE)).order.lines[0]) == {
        "line_number": "1", "seller_part_number": "HX-M8-40", "buyer_part_number": "A-889", "gtin": "04006381333931",
        "description": "Hex bolt M8x40", "quantity": "1200", "unit": "C62", "unit_price": "12.50", "price_basis_quantity": "100",
        "line_total": "150.00",
    }  # fmt: skip


def test_the_head_is_read() -> None:
    """ORDER_ID, ORDER_DATE, DELIVERY_DATE, CURRENCY, TOTAL_AMOUNT, and the parties by their roles."""
    order = reading(opentrans(OPENTRANS_LINE)).order
    head = (order.po_number, order.order_date, order.requested_delivery_date, order.currency, order.total_net)
    assert [value.value if value else None for value in head] == ["4500123456", "2026-11-03", "2026-11-20", "EUR", "150.00"]
    assert stated(order.buyer) == {
        "name": "Kessler GmbH", "customer_number": "70038", "email": "einkauf@kessler.example", "street": "Hafenstr. 1",
        "city": "Hamburg", "postal_code": "20457", "country": "DE",
    }  # fmt: skip
    assert stated(order.ship_to) == {"name": "Lager 2", "customer_number": "L2", "city": "Harburg"}


def test_remarks_and_features_are_notes() -> None:
    """Free text of the head and of items, said of which line."""
    notes = reading(opentrans(OPENTRANS_LINE, info="<REMARKS>call before</REMARKS>")).order.notes
    assert notes is not None
    assert notes.value == "call before\nLine 1: in cartons of 200\nLine 1: Finish: zinc"


@pytest.mark.parametrize("text", ["Deutschland", "4012345000009"])
def test_what_has_no_place_is_shown(text: str) -> None:
    """A country in words, the seller."""
    assert any(text in problem.message for problem in reading(opentrans(OPENTRANS_LINE)).problems)


def test_an_allowance_is_a_warning() -> None:
    """Whether the price holds it already the standard leaves open."""
    charge = "<ALLOW_OR_CHARGES_FIX><ALLOW_OR_CHARGE type='allowance'><AOC_PERCENTAGE_FACTOR>0.05</AOC_PERCENTAGE_FACTOR>"
    line = OPENTRANS_LINE.replace(
        "</PRODUCT_PRICE_FIX>", f"{charge}</ALLOW_OR_CHARGE></ALLOW_OR_CHARGES_FIX></PRODUCT_PRICE_FIX>"
    )
    warnings = [problem for problem in reading(opentrans(line)).problems if problem.severity == "warning"]
    assert ["0.05" in problem.message for problem in warnings] == [True]


def test_a_price_with_tax_stops_the_order() -> None:
    """PRICE_FLAG incl_tax: the contract's prices are net."""
    line = OPENTRANS_LINE.replace("</PRODUCT_PRICE_FIX>", "<b:PRICE_FLAG type='incl_tax'>true</b:PRICE_FLAG></PRODUCT_PRICE_FIX>")
    assert "price_with_tax" in codes(reading(opentrans(line)))


def test_a_sender_can_ask_for_a_person() -> None:
    """STOP_AUTOMATIC_PROCESSING with its reason."""
    found = reading(opentrans(OPENTRANS_LINE, control="<STOP_AUTOMATIC_PROCESSING>see letter</STOP_AUTOMATIC_PROCESSING>"))
    assert [(problem.severity, "see letter" in problem.message) for problem in found.problems if "stop" in problem.code] == [
        ("error", True)
    ]


def test_a_wrong_count_of_items_is_found() -> None:
    """TOTAL_ITEM_NUM."""
    assert "control_total_mismatch" in codes(reading(opentrans(OPENTRANS_LINE, count=2)))
    assert "control_total_mismatch" not in codes(reading(opentrans(OPENTRANS_LINE)))


def test_partial_deliveries_are_lines_with_days_of_their_own() -> None:
    """PARTIAL_DELIVERY_LIST, where its quantities add up."""
    parts = "".join(
        f"<PARTIAL_DELIVERY><DELIVERY_DATE><DELIVERY_START_DATE>{day}</DELIVERY_START_DATE></DELIVERY_DATE>"
        f"<QUANTITY>{quantity}</QUANTITY></PARTIAL_DELIVERY>"
        for day, quantity in (("2026-11-20", 500), ("2026-12-04", 700))
    )
    line = OPENTRANS_LINE.replace("<REMARKS", f"<PARTIAL_DELIVERY_LIST>{parts}</PARTIAL_DELIVERY_LIST><REMARKS")
    lines = reading(opentrans(line)).order.lines
    assert [(stated(each)["quantity"], stated(each)["requested_delivery_date"]) for each in lines] == [
        ("500", "2026-11-20"), ("700", "2026-12-04"),
    ]  # fmt: skip


def test_an_item_that_goes_elsewhere_is_an_error() -> None:
    """Its SHIPMENT_PARTIES_REFERENCE names another party than the head's."""
    there = "<SHIPMENT_PARTIES_REFERENCE><DELIVERY_IDREF>70038</DELIVERY_IDREF></SHIPMENT_PARTIES_REFERENCE>"
    found = reading(opentrans(OPENTRANS_LINE.replace("<REMARKS", f"{there}<REMARKS")))
    assert "ship_to_differs" in codes(found)


def test_terms_of_payment_are_said_in_words() -> None:
    """TIME_FOR_PAYMENT with and without a discount."""
    terms = (
        "<PAYMENT><PAYMENT_TERMS><TIME_FOR_PAYMENT><DAYS>10</DAYS><DISCOUNT_FACTOR>0.02</DISCOUNT_FACTOR></TIME_FOR_PAYMENT>"
        "<TIME_FOR_PAYMENT><DAYS>30</DAYS></TIME_FOR_PAYMENT></PAYMENT_TERMS></PAYMENT>"
    )
    words = reading(opentrans(OPENTRANS_LINE, info=terms)).order.payment_terms
    assert words is not None
    assert words.value == "2 % within 10 days; 30 days net"


def test_parties_and_numbers_of_version_1_are_read() -> None:
    """ORDER_PARTIES, ARTICLE_ID, ARTICLE_PRICE, PRICE_CURRENCY and REMARK have other names since."""
    line = (
        "<ORDER_ITEM><LINE_ITEM_ID>7</LINE_ITEM_ID><ARTICLE_ID><SUPPLIER_AID>S-1</SUPPLIER_AID></ARTICLE_ID><QUANTITY>3</QUANTITY>"
        "<ORDER_UNIT>C62</ORDER_UNIT><ARTICLE_PRICE><PRICE_AMOUNT>2.00</PRICE_AMOUNT><PRICE_LINE_AMOUNT>6.00</PRICE_LINE_AMOUNT>"
        "</ARTICLE_PRICE></ORDER_ITEM>"
    )
    content = (
        "<ORDER version='1.0'><ORDER_HEADER><ORDER_INFO><ORDER_ID>9</ORDER_ID><ORDER_PARTIES><BUYER_PARTY><PARTY><ADDRESS>"
        "<NAME>Kessler</NAME></ADDRESS></PARTY></BUYER_PARTY></ORDER_PARTIES><PRICE_CURRENCY>EUR</PRICE_CURRENCY></ORDER_INFO>"
        f"</ORDER_HEADER><ORDER_ITEM_LIST>{line}</ORDER_ITEM_LIST></ORDER>"
    )
    order = reading(content.encode()).order
    assert stated(order.buyer) == {"name": "Kessler"}
    assert stated(order.lines[0])["seller_part_number"] == "S-1"
    assert (stated(order.lines[0])["unit_price"], stated(order.lines[0])["line_total"]) == ("2.00", "6.00")


def test_an_order_change_changes() -> None:
    """ORDERCHANGE has the same shape under other names."""
    found = reading(opentrans(OPENTRANS_LINE, root="ORDERCHANGE"))
    assert (found.order.kind, stated(found.order.lines[0])["quantity"]) == ("order_change", "1200")


def response(ack: OrderAcknowledgement) -> etree._Element:
    message = reading(opentrans(OPENTRANS_LINE)).message
    assert message is not None
    return etree.fromstring(write_opentrans_response(ack, message, control_reference="R-1", at=AT))


def texts(root: etree._Element, path: str) -> list[str]:
    names = {"o": "http://www.opentrans.org/XMLSchema/2.1", "b": "http://www.bmecat.org/bmecat/2005"}
    return [str(node.text) for node in root.findall(path, names)]


def test_the_response_answers_each_item() -> None:
    """The buyer's line numbers, what will come of each, and why it is not what was ordered."""
    ack = acknowledgement()
    root = response(ack)
    assert texts(root, ".//o:LINE_ITEM_ID") == ["10", "2", "3"]
    assert texts(root, ".//o:ORDERRESPONSE_ITEM/o:QUANTITY")[2] == "0"
    assert len(texts(root, ".//o:ORDERRESPONSE_ITEM/o:REMARKS")) == sum(line.status != "accepted" for line in ack.lines)
    assert texts(root, ".//o:TOTAL_ITEM_NUM") == ["3"]


def test_the_response_goes_back_to_whom_it_came_from() -> None:
    """The order's parties under the order's own numbers and types."""
    root = response(acknowledgement())
    assert texts(root, ".//b:PARTY_ID") == ["70038", "4012345000009"]
    assert texts(root, ".//o:ORDER_ID") == ["4500123456"]


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_without_harm(words: str) -> None:
    """Whatever stands in a remark is text, markup included."""
    escaped = etree.Element("R")
    try:
        escaped.text = words
    except ValueError:
        return
    remark = etree.tostring(escaped, encoding="unicode").replace("<R>", "<REMARKS>").replace("</R>", "</REMARKS>")
    remark = remark.replace("<R/>", "<REMARKS/>")
    assert reading(opentrans(OPENTRANS_LINE, info=remark)).order.lines
