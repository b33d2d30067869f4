"""UBL DespatchAdvice, cXML ShipNoticeRequest and Order-X order response, read back by lxml."""

from __future__ import annotations

import pytest
from lxml import etree

from models.contracts.interchange_v1 import MessageRefV1
from models.domain.acknowledgement import OrderAcknowledgement
from parsers.xml.despatch import write_despatch_advice, write_ship_notice_request
from parsers.xml.orderx_response import write_orderx_response
from parsers.xml.reader import read_xml
from tests.parsers.answers_written import ACCEPTED, AT, acknowledgement, ship_notice

UBL = MessageRefV1(standard="ubl", message_type="Order", sender="4000001000005", sender_qualifier="0088", receiver="S1")
CXML = MessageRefV1(standard="cxml", message_type="OrderRequest", sender="buyer", receiver="us", interchange_ref="payload-1")
ORDERX = MessageRefV1(standard="orderx", message_type="220", version="urn:order-x.eu:1p0:comfort", group_code="A1")


def texts(content: bytes, *names: str) -> list[str]:
    """The texts at the end of a path of local names, wherever it begins."""
    path = "//" + "/".join(f"*[local-name()='{name}']" for name in names)
    found = etree.fromstring(content).xpath(path)
    assert isinstance(found, list)
    return [str(node.text) for node in found if isinstance(node, etree._Element)]


def advice() -> bytes:
    return write_despatch_advice(ship_notice(), UBL, control_reference="7", at=AT)


def shipped() -> etree._Element:
    return etree.fromstring(write_ship_notice_request(ship_notice(), CXML, control_reference="9@us", at=AT))


def response(ack: OrderAcknowledgement) -> bytes:
    return write_orderx_response(ack, ORDERX, control_reference="3", at=AT)


def test_a_despatch_advice_has_a_line_for_each_order_line() -> None:
    """However many cartons it lies in."""
    assert texts(advice(), "DespatchLine", "DeliveredQuantity") == ["1200", "30"]
    assert texts(advice(), "DespatchAdvice", "OrderReference", "ID") == ["4500123456"]


def test_a_despatch_advice_names_each_carton_by_its_sscc() -> None:
    """With what lies in it and its weight."""
    notice = ship_notice()
    assert texts(advice(), "TransportHandlingUnit", "ID") == [str(carton.sscc) for carton in notice.cartons]
    assert texts(advice(), "HandlingUnitDespatchLine", "DeliveredQuantity") == ["800", "400", "30"]


def test_a_cxml_ship_notice_quotes_the_order_and_its_payload() -> None:
    """So that the network finds the order."""
    root = shipped()
    assert [node.get("orderID") for node in root.iter("OrderReference")] == ["4500123456"]
    assert [node.get("payloadID") for node in root.iter("DocumentReference")] == ["payload-1"]


def test_a_cxml_ship_notice_says_which_cartons_hold_a_line() -> None:
    """A Packaging with its SSCC for each."""
    lines = {node.get("lineNumber"): node for node in shipped().iter("ShipNoticeItem")}
    assert {number: node.get("quantity") for number, node in lines.items()} == {"1": "1200", "2": "30"}
    codes = [code.text for code in lines["1"].iter("ShippingContainerSerialCode")]
    assert codes == [str(carton.sscc) for carton in ship_notice().cartons]


@pytest.mark.parametrize(("kind", "status"), [("accepted", "1"), ("accepted_with_changes", "3"), ("rejected", "8")])
def test_an_order_x_response_tells_the_kind(kind: str, status: str) -> None:
    """UNCL 1373."""
    assert texts(response(acknowledgement(ACCEPTED, kind=kind)), "ExchangedDocument", "StatusCode") == [status]


def test_an_order_x_response_has_a_line_for_each_delivery() -> None:
    """Quoting the order's line; what is rejected has agreed quantity 0."""
    content = response(acknowledgement())
    assert texts(content, "BuyerOrderReferencedDocument", "LineID") == ["10", "2", "2", "3"]
    assert texts(content, "AgreedQuantity") == ["1200", "30", "20", "0"]
    assert texts(content, "LineStatusCode") == ["5", "6", "6", "7"]


def test_our_reader_tells_an_order_x_response_from_an_order() -> None:
    """Nobody takes our answer for an order."""
    found = read_xml(response(acknowledgement()), "answer.xml")
    assert (found.orders, [problem.code for problem in found.problems]) == ((), ["other_message"])
