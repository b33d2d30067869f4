"""An XML file as orders: its root element tells which standard it is and whether it is an order at all."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from models.contracts.extraction_v1 import Intent, Problem
from models.domain.findings import Severity
from parsers.electronic.structured import intent_of
from parsers.part_reading import OrderReading, PartReading
from parsers.xml.cxml import read_cxml
from parsers.xml.opentrans import KINDS as OPENTRANS_KINDS
from parsers.xml.opentrans import read_opentrans
from parsers.xml.orderx import document_type, read_orderx
from parsers.xml.syntax import Document, Node, local_name, parsed
from parsers.xml.ubl import KINDS, read_ubl

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_CII_ORDERS = frozenset({"SCRDMCCBDACIOMessageStructure", "CrossIndustryOrder", "CrossIndustryOrderChange"})
#: What carries a document (UN/CEFACT SBDH, SOAP) and the headers beside it.
_ENVELOPES = frozenset({"StandardBusinessDocument", "Envelope", "Body"})
_HEADERS = frozenset({"StandardBusinessDocumentHeader", "Header"})
_DEEPEST_ENVELOPE = 4
_RESPONSES = frozenset({"231", "320"})
_OTHER_INTENTS = {"RequestForQuotation": Intent.QUOTE_REQUEST, "QuoteRequest": Intent.QUOTE_REQUEST}


def read_xml(content: bytes, part: str) -> PartReading:
    """The orders of an XML file. `Rejected` where it is not well-formed, or declares entities.

    A document that is no order (an invoice, a response, something unknown) has none, and an info problem says what it is.
    """
    element = _unwrapped(parsed(content, part))
    # CII's root is long and says nothing; its paths begin below it
    root = Node(element, "" if local_name(element) in _CII_ORDERS else local_name(element), Document(part))
    read = _reader(root)
    if read is None:
        return _other(root, part)
    reading = read(root)
    return PartReading(part=part, media_type="application/xml", intent=intent_of([reading.order.kind]), orders=(reading,))


def _unwrapped(element: etree._Element) -> etree._Element:
    """The document within a transport's envelope (SBDH, SOAP), which states nothing of the order."""
    for _ in range(_DEEPEST_ENVELOPE):
        if local_name(element) not in _ENVELOPES:
            return element
        inner = [child for child in element if isinstance(child.tag, str) and local_name(child) not in _HEADERS]
        if len(inner) != 1:
            return element
        element = inner[0]
    return element


def _reader(root: Node) -> Callable[[Node], OrderReading] | None:
    namespace = str(root.element.tag).rpartition("}")[0].lstrip("{")
    if root.name in KINDS and (namespace.startswith(_UBL) or not namespace):
        return read_ubl
    if root.name == "cXML" and root.find("Request", "OrderRequest") is not None:
        return read_cxml
    if root.name in OPENTRANS_KINDS and root.find(f"{root.name}_HEADER") is not None:
        return read_opentrans
    if root.name in _CII_ORDERS and document_type(root) not in _RESPONSES:
        return read_orderx
    return None


#: Roots of orders ("ORDERS05", "ProcessPurchaseOrder"), and of what answers, shows or asks about one.
_NAMES_ORDER = re.compile(r"order|ordchg", re.IGNORECASE)
_ANSWERS_ORDER = re.compile(r"respon|rsp|confirm|agree|acknowl|status|punchout|invoice|show|get|sync|salesorder", re.IGNORECASE)


def _other(root: Node, part: str) -> PartReading:
    kind = root.name
    if kind == "cXML":
        body = [
            local_name(child)
            for outer in ("Request", "Response", "Message")
            for node in root.all(outer)
            for child in node.element
        ]
        kind = next((name for name in body if name and name != "Status"), kind)
    elif kind in _CII_ORDERS:
        kind = f"order response ({document_type(root)})"
    intent = _OTHER_INTENTS.get(kind, Intent.OTHER)
    return PartReading(part=part, media_type="application/xml", intent=intent, problems=(_what_it_is(part, kind[:100]),))


def _what_it_is(part: str, kind: str) -> Problem:
    """An order in a form that is not read here (IDoc, OAGIS, xCBL) is asked about: dropped, it would be lost."""
    if _NAMES_ORDER.search(kind) and not _ANSWERS_ORDER.search(kind):
        message = f"{part} is an XML document of the kind {kind}, a form of orders that is not read here: see whether it orders"
        return Problem(code="may_be_order", severity=Severity.ERROR, message=message)
    message = f"{part} is an XML document of the kind {kind}, not an order"
    return Problem(code="other_message", severity=Severity.INFO, message=message)
