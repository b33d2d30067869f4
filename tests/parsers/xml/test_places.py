"""Places of values in XML: attributes have evidence of their own, and what says the same twice is not left over."""

from __future__ import annotations

import pytest

from models.contracts.extraction_v1 import StatedValue
from models.domain.findings import Severity
from parsers.part_reading import OrderReading
from parsers.xml.reader import read_xml
from tests.parsers.xml.documents import CXML_LINE, ORDERX_LINE, UBL_HEAD, UBL_LINE, cxml, orderx, ubl

_ADDRESS = """<ShipTo><Address><Name>Plant 2</Name><PostalAddress><DeliverTo>Gate 4</DeliverTo><DeliverTo>Ms Ray</DeliverTo>
<Street>1 Mill Rd</Street><City>Leeds</City><Country isoCountryCode="GB">United Kingdom</Country></PostalAddress></Address>
</ShipTo>"""


def reading(content: bytes) -> OrderReading:
    (order,) = read_xml(content, "order.xml").orders
    return order


def place(stated: StatedValue | None) -> tuple[str | None, str]:
    assert stated is not None
    return stated.evidence[0].xpath, stated.evidence[0].text


def test_a_value_in_an_attribute_has_the_attribute_as_its_place() -> None:
    """Not the text of its element, which in a cXML header is the whole order's."""
    order = reading(cxml(lines=CXML_LINE)).order
    assert place(order.po_number) == ("cXML/Request/OrderRequest/OrderRequestHeader/@orderID", "PO-7")
    assert place(order.lines[0].quantity) == ("cXML/Request/OrderRequest/ItemOut/@quantity", "10")


def test_a_unit_has_its_code_as_its_place() -> None:
    """UBL and Order-X state it beside the quantity."""
    assert place(reading(ubl(UBL_HEAD, UBL_LINE)).order.lines[0].unit) == (
        "Order/OrderLine/LineItem/Quantity/@unitCode",
        "C62",
    )
    assert place(reading(orderx(ORDERX_LINE)).order.lines[0].unit)[1] == "MTK"


def test_a_note_of_several_elements_has_the_places_of_all() -> None:
    """Both recipients of a delivery."""
    notes = reading(cxml(_ADDRESS, CXML_LINE)).order.notes
    assert notes is not None
    assert {"Gate 4", "Ms Ray"} <= {evidence.text for evidence in notes.evidence}


def test_what_says_the_same_again_is_not_left_over() -> None:
    """A country's name beside its code, and a price's currency that is the order's."""
    left = " ".join(problem.message for problem in reading(cxml(_ADDRESS, CXML_LINE)).problems)
    assert "United Kingdom" not in left
    assert "@currency" not in left


def test_another_currency_of_a_price_is_left_over() -> None:
    """A person should see it."""
    other = CXML_LINE.replace('currency="USD"', 'currency="EUR"')
    assert any("@currency=EUR" in problem.message for problem in reading(cxml(lines=other)).problems)


def test_an_orderx_order_names_the_blanket_order_it_is_called_off() -> None:
    """BlanketOrderReferencedDocument of the header."""
    blanket = "ram:BlanketOrderReferencedDocument"
    named = f"<{blanket}><ram:IssuerAssignedID>BL-5</ram:IssuerAssignedID></{blanket}>"
    stated = reading(orderx(ORDERX_LINE, agreement=named)).order.blanket_number
    assert stated is not None
    assert stated.value == "BL-5"


def test_conditions_in_free_text_are_notes() -> None:
    """UBL's SpecialTerms and TransactionConditions are for people."""
    terms = "<cac:DeliveryTerms><cbc:SpecialTerms>No Friday deliveries</cbc:SpecialTerms></cac:DeliveryTerms>"
    notes = reading(ubl(UBL_HEAD, terms, UBL_LINE)).order.notes
    assert notes is not None
    assert "No Friday deliveries" in notes.value


@pytest.mark.parametrize(
    "content",
    [
        ubl(UBL_HEAD, UBL_LINE.replace('currencyID="EUR"', 'currencyID="USD"')),
        cxml(lines=CXML_LINE.replace('currency="USD"', 'currency="EUR"')),
    ],
)
def test_prices_in_another_currency_than_the_orders_need_a_person(content: bytes) -> None:
    """Nothing says which of the two holds."""
    assert ("several_currencies", Severity.ERROR) in {(each.code, each.severity) for each in reading(content).problems}


def test_an_order_in_one_currency_is_not_asked_about() -> None:
    """The currency of each amount is the order's."""
    for content in (ubl(UBL_HEAD, UBL_LINE), cxml(lines=CXML_LINE), orderx(ORDERX_LINE)):
        assert "several_currencies" not in {each.code for each in reading(content).problems}


@pytest.mark.parametrize(
    ("root", "code"),
    [
        ("ORDERS05", "may_be_order"), ("ProcessPurchaseOrder", "may_be_order"), ("orderMessage", "may_be_order"),
        ("OrderAgreement", "other_message"), ("ORDRSP", "other_message"), ("PurchaseOrderConfirmation", "other_message"),
    ],
)  # fmt: skip
def test_an_order_in_a_form_that_is_not_read_is_asked_about(root: str, code: str) -> None:
    """Dropped as no order, it would be lost; an answer to an order is none."""
    (problem,) = read_xml(f"<{root}><A>1</A></{root}>".encode(), "order.xml").problems
    assert problem.code == code
