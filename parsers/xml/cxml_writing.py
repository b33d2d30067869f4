"""A cXML document round a request: header, credentials changed round, DOCTYPE. The shared secret is the transport's to add."""

from __future__ import annotations

from datetime import datetime

from models.contracts.interchange_v1 import MessageRefV1
from parsers.xml.writing import Part, document, el, text_of

_VERSION = "1.2.050"


def cxml(request: Part, answered: MessageRefV1, *, control_reference: str, at: datetime, dtd: str = "Fulfill") -> bytes:
    """The request to the sender of `answered`; `dtd` is the module that it is defined in (Fulfill, InvoiceDetail)."""
    ours, theirs = (answered.receiver_qualifier, answered.receiver), (answered.sender_qualifier, answered.sender)
    root: Part = el(
        "cXML",
        [
            el(
                "Header",
                [
                    el("From", [_credential(*ours)]),
                    el("To", [_credential(*theirs)]),
                    el("Sender", [_credential(*ours), el("UserAgent", "orderwright")]),
                ],
            ),
            el("Request", [request], {"deploymentMode": "test" if answered.test else "production"}),
        ],
        {"payloadID": text_of(control_reference), "timestamp": at.isoformat(timespec="seconds"), "version": _VERSION},
    )
    doctype = f'<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/{_VERSION}/{dtd}.dtd">'
    return document(root, {"xml": "http://www.w3.org/XML/1998/namespace"}, doctype)


def _credential(domain: str, identity: str) -> Part:
    return el("Credential", [el("Identity", identity or "unknown")], {"domain": domain or "NetworkId"})
