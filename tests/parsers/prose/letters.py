"""Mails for tests: written by hand, built by the standard library."""

from __future__ import annotations

from email.message import EmailMessage

from models.contracts.extraction_v1 import ExtractionV1, OrderLineV1, PurchaseOrderV1
from parsers.reading import DocumentReading, read_document

MONDAY = "Mon, 02 Nov 2026 10:00:00 +0000"


def mail(
    body: str | None,
    subject: str = "",
    *,
    sender: str = "Jo Miller <jo@acme.example>",
    html: str | None = None,
    files: tuple[tuple[str, bytes], ...] = (),
    date: str = MONDAY,
) -> bytes:
    """A mail with a text, an HTML alternative, attachments."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "orders@us.example", subject
    message["Date"], message["Message-ID"] = date, "<m1@acme.example>"
    if body is not None:
        message.set_content(body)
        if html is not None:
            message.add_alternative(html, subtype="html")
    elif html is not None:
        message.set_content(html, subtype="html")
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def reading(content: bytes, name: str = "mail.eml") -> DocumentReading:
    return read_document(content, name, ocr=None)


def extraction(content: bytes, name: str = "mail.eml") -> ExtractionV1:
    return reading(content, name).reading.extraction


def the_order(content: bytes) -> PurchaseOrderV1:
    """The only order of a mail."""
    (order,) = extraction(content).orders
    return order


def goods(order: PurchaseOrderV1) -> list[tuple[str | None, ...]]:
    """Part number, description, quantity and unit of each line."""
    names = ("seller_part_number", "description", "quantity", "unit")
    return [(*(_value(line, name) for name in names),) for line in order.lines]


def _value(line: OrderLineV1, name: str) -> str | None:
    stated = getattr(line, name)
    return stated.value if stated else None


def codes(content: bytes, name: str = "mail.eml") -> set[str]:
    return {problem.code for problem in extraction(content, name).problems}
