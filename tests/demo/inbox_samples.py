"""What the tests of the sample inbox read: samples, deliveries, expectations, and documents opened without our parsers."""

from __future__ import annotations

import email
import re
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pypdfium2 as pdfium
import yaml

from demo.make_inbox import EXPECTED, INBOX
from demo.sample_orders import all_samples

SAMPLES = {sample.name: sample for sample in all_samples()}
DELIVERIES: list[dict[str, Any]] = yaml.safe_load((INBOX / "inbox.yaml").read_text(encoding="utf-8"))
EXPECTATIONS: dict[str, dict[str, Any]] = yaml.safe_load(EXPECTED.read_text(encoding="utf-8"))


def content(name: str) -> bytes:
    return (INBOX / SAMPLES[name].file).read_bytes()


def mail(name: str) -> EmailMessage:
    message = email.message_from_bytes(content(name), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def body(name: str, kind: str = "plain") -> str:
    part = mail(name).get_body(preferencelist=(kind,))
    assert part is not None
    return str(part.get_content())


def pdf_text(raw: bytes) -> str:
    with pdfium.PdfDocument(raw) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def segments(name: str, terminator: str) -> list[list[str]]:
    text = content(name).decode("latin-1").removeprefix("UNA:+.? '")
    return [re.split(r"(?<!\?)[+*]", part.strip()) for part in re.split(rf"(?<!\?){terminator}", text) if part.strip()]


def truths(name: str) -> list[dict[str, Any]]:
    lines = EXPECTATIONS[name]["lines"]
    assert isinstance(lines, list)
    return lines
