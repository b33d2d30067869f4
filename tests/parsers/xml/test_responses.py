"""UBL OrderResponse and cXML ConfirmationRequest, read back by lxml."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from models.contracts.extraction_v1 import Intent
from models.contracts.interchange_v1 import MessageRefV1
from models.domain.acknowledgement import AcknowledgedLine, OrderAcknowledgement
from parsers.answers import ElectronicAnswers
from parsers.xml.reader import read_xml
from parsers.xml.responses import write_confirmation_request, write_order_response
from tests.parsers.answers_written import ACCEPTED, AT, PENDING, acknowledgement, ship_notice
from tests.parsers.xml.documents import CXML_LINE, ORDERX_LINE, UBL_HEAD, UBL_LINE, cxml, orderx, ubl

NAMES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}


def answered(content: bytes) -> MessageRefV1:
    message = read_xml(content, "po.xml").orders[0].message
    assert message is not None
    return message


def response(ack: OrderAcknowledgement) -> etree._Element:
    content = write_order_response(ack, answered(ubl(UBL_HEAD, UBL_LINE)), control_reference="R-1", at=AT)
    return etree.fromstring(content)


def confirmation(ack: OrderAcknowledgement) -> etree._Element:
    return etree.fromstring(write_confirmation_request(ack, answered(cxml(lines=CXML_LINE)), control_reference="9@us", at=AT))


def texts(root: etree._Element, path: str) -> list[str]:
    return [str(node.text) for node in root.findall(path, NAMES)]


@pytest.mark.parametrize(
    ("kind", "code"), [("accepted", "AP"), ("accepted_with_changes", "CA"), ("rejected", "RE"), ("received", "AB")]
)
def test_the_response_code_tells_the_kind(kind: str, code: str) -> None:
    """UNCL 4343 as Peppol uses it."""
    assert texts(response(acknowledgement(kind=kind)), "cbc:OrderResponseCode") == [code]


def test_each_line_has_its_status_and_names_the_buyers_line() -> None:
    """UNCL 1229 and OrderLineReference."""
    root = response(acknowledgement())
    assert texts(root, "cac:OrderLine/cac:LineItem/cbc:LineStatusCode") == ["5", "3", "7"]
    assert texts(root, "cac:OrderLine/cac:OrderLineReference/cbc:LineID") == ["10", "2", "3"]


def test_a_promise_stands_with_its_day_and_what_waits_beside_it() -> None:
    """PromisedDeliveryPeriod and MaximumBackorderQuantity."""
    root = response(acknowledgement())
    assert texts(root, "cac:OrderLine/cac:LineItem/cbc:MaximumBackorderQuantity") == ["20"]
    assert texts(root, ".//cac:PromisedDeliveryPeriod/cbc:EndDate") == ["2026-11-20", "2026-11-20"]


def test_the_parties_are_addressed_where_they_wrote_from() -> None:
    """The buyer's endpoint of the order is the receiver of the response."""
    assert texts(response(acknowledgement()), "cac:BuyerCustomerParty/cac:Party/cbc:EndpointID") == ["4000001000005"]


def test_a_confirmation_quotes_order_and_payload() -> None:
    """OrderReference and DocumentReference; the parties change round."""
    root = confirmation(acknowledgement(kind="accepted"))
    assert root.find(".//OrderReference").get("orderID") == "4500123456"  # type: ignore[union-attr]
    assert root.find(".//DocumentReference").get("payloadID") == "1@buyer"  # type: ignore[union-attr]
    assert texts(root, "Header/From/Credential/Identity") == ["AN02"]


def test_a_confirmation_details_changed_lines() -> None:
    """Statuses with quantities and days; what has no day is backordered."""
    statuses = confirmation(acknowledgement()).findall(".//ConfirmationStatus")
    assert [(node.get("type"), node.get("quantity"), node.get("deliveryDate")) for node in statuses] == [
        ("accept", "1200", "2026-11-20"), ("detail", "30", "2026-11-20"), ("backordered", "20", None), ("reject", "5", None),
    ]  # fmt: skip


def test_a_confirmed_price_is_that_of_one() -> None:
    """12.50 per 100 is 0.125 each."""
    changed = ACCEPTED.model_copy(update={"status": "changed"})
    assert texts(confirmation(acknowledgement(changed)), ".//UnitPrice/Money") == ["0.125"]


def test_our_own_answers_are_no_orders_to_us() -> None:
    """A response that comes back starts nothing."""
    for content in (
        write_order_response(acknowledgement(), answered(ubl(UBL_HEAD, UBL_LINE)), control_reference="1", at=AT),
        write_confirmation_request(acknowledgement(), answered(cxml(lines=CXML_LINE)), control_reference="1", at=AT),
    ):
        assert read_xml(content, "x.xml").intent is Intent.OTHER


@given(st.text(max_size=40))
def test_any_text_is_escaped(text: str) -> None:
    """Markup, control characters and surrogates in a reason never break the document."""
    line: AcknowledgedLine = ACCEPTED.model_copy(update={"reason": text, "description": text, "status": "changed"})
    for root in (response(acknowledgement(line, note=text)), confirmation(acknowledgement(line, note=text))):
        assert len(root) > 0


def test_each_standard_is_answered_in_kind() -> None:
    """And what has no answer of its kind gets none."""
    answers = ElectronicAnswers()
    written = answers.acknowledgement(acknowledgement(), answered(ubl(UBL_HEAD, UBL_LINE)), 7, AT)
    assert written is not None
    assert (written.name, written.media_type) == ("order-response-7.xml", "application/xml")
    assert answers.ship_notice(ship_notice(), answered(orderx(ORDERX_LINE)), 7, AT) is None


def test_a_line_on_hold_promises_nothing_now() -> None:
    """Peppol's list has no code for it: nothing comes now, all of it is outstanding. cXML says that its status is unknown."""
    held = acknowledgement(ACCEPTED, PENDING)
    item = response(held).findall("cac:OrderLine/cac:LineItem", NAMES)[1]
    assert texts(item, "cbc:LineStatusCode") == ["3"]
    assert texts(item, "cbc:Quantity") == ["0"]
    assert texts(item, "cbc:MaximumBackorderQuantity") == ["8"]
    statuses = confirmation(held).findall(".//ConfirmationStatus")
    assert [(node.get("type"), node.get("quantity")) for node in statuses] == [("accept", "1200"), ("unknown", "8")]
