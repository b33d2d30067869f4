"""Builds the file of a written mail: its headers and body in a charset, its attachments, as .eml, .msg or plain text."""

from __future__ import annotations

import io
import random
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import formataddr
from typing import Any

from openpyxl import Workbook
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from benchmarks.capture.outlook_files import outlook_message

_SELLER = "orders@hallberg.example"


def mail_file(head: Mapping[str, Any], text: str, slots: Mapping[str, Any]) -> bytes:
    """The bytes of a mail. `text` is headers, a blank line and the body, without slots; `head` says how it is written:
    `html`, `charset`, `encoding` (of the transfer), `as` (eml, msg, raw: `text` is the file itself) and `attachments`."""
    if head.get("as") == "raw":
        return text.encode(head.get("charset", "utf-8"))
    stated, _, body = text.partition("\n\n")
    headers = dict(line.split(": ", 1) for line in stated.splitlines())
    headers.setdefault("From", formataddr((slots["person"], slots["email"])) if slots else "")
    headers.setdefault("To", _SELLER)
    headers.setdefault("Date", slots.get("sent", ""))
    files = [(attachment, _attachment(attachment)) for attachment in head.get("attachments", ())]
    if head.get("as") == "msg":
        lines = "\r\n".join(f"{name}: {value}" for name, value in headers.items())
        return outlook_message(lines, headers["Subject"], body, {attachment["name"]: content for attachment, content in files})
    return _internet_mail(head, headers, body, files)


def _internet_mail(
    head: Mapping[str, Any], headers: Mapping[str, str], body: str, files: list[tuple[Mapping[str, Any], bytes]]
) -> bytes:
    message = EmailMessage()
    kind = headers.get("Content-Type", "text/html" if head.get("html") else "text/plain").split("/")[1]
    charset = head.get("charset", "utf-8")
    # What the charset lacks is written otherwise, as mail programs do.
    shown = body if kind == "html" else body.encode(charset, "replace").decode(charset)
    content = shown.encode(charset, "xmlcharrefreplace").decode(charset)
    message.set_content(content, subtype=kind, charset=charset, cte=head.get("encoding"))
    for name, value in headers.items():
        if name != "Content-Type":
            message[name] = value
    for attachment, file in files:
        disposition = "inline" if attachment.get("inline") else "attachment"
        maintype, subtype = ("image", "png") if "picture" in attachment else ("application", "octet-stream")
        message.add_attachment(file, maintype=maintype, subtype=subtype, filename=attachment["name"], disposition=disposition)
    return message.as_bytes()


def _attachment(attachment: Mapping[str, Any]) -> bytes:
    if "text" in attachment:
        return bytes(attachment["text"].encode(attachment.get("charset", "utf-8")))
    if "lines" in attachment:
        return _pdf(attachment["lines"])
    if "cells" in attachment:
        return _workbook(attachment["cells"])
    return _picture(attachment["picture"])


def _pdf(text: str) -> bytes:
    """A page of typewriter text."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.setFont("Courier", 9)
    for place, line in enumerate(text.splitlines()):
        canvas.drawString(50, 780 - 14 * place, line)
    canvas.save()
    return buffer.getvalue()


def _workbook(cells: str) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row, line in enumerate(cells.splitlines(), 1):
        for column, text in enumerate(line.split("\t"), 1):
            sheet.cell(row, column, int(text) if text.isdigit() else text)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _picture(size: str) -> bytes:
    """A small picture of noise, as logos below a signature weigh."""
    width, height = (int(side) for side in size.split("x"))
    noise = random.Random(size).randbytes(width * height * 3)
    buffer = io.BytesIO()
    Image.frombytes("RGB", (width, height), noise).save(buffer, "PNG")
    return buffer.getvalue()
