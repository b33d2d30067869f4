"""One order for each kind of finding, and the company's files that make them: all wait on the one stack of the browser tests."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from pathlib import Path
from typing import Literal

from demo.delivery import sample_mails
from demo.make_inbox import WRITERS
from demo.sample_orders import all_samples
from models.domain.lifecycle import OrderStatus
from models.domain.sales_order import SalesOrder
from tests.stack_at_work import OUR_MAILBOX, ROOT, StackAtWork

BUYER, _LEVANTE = "einkauf@kessler-metallbau.example", "procurement@cantieri-levante.example"
#: A customer abroad whose VAT id nobody has written down yet.
_WITHOUT_VAT_ID = "50047"
_HAZARDOUS = "category,kind,reference,source\nElectrical / Accessories,hazardous,UN 1950,ADR 3.2\n"
#: Of the orders here, that with hazardous goods alone has its price from a mail's text.
_FOUR_EYES = (
    "- name: prices that only a mail states\n  needs: two_people\n  findings: [price_mismatch]\n  source_formats: [email]\n"
)


@dataclass(frozen=True)
class Kind:
    """A kind of finding: its code, whose question it is, and a few of its words.

    The order is a PDF like that of the demo's sample `like` under the number `po_number`, the sample's own mail where there is no
    number, or what `sender` writes. `place` is what the question points at: a box on a page, a mark in a text, or nothing. With
    `key_picks` the first key picks this answer.
    """

    name: str
    code: str
    owner: str
    says: str
    line: int | None = None
    like: str = ""
    po_number: str = ""
    sender: str = BUYER
    text: str = ""
    place: Literal["rect.box", "mark", ""] = ""
    key_picks: str = ""
    is_noted: bool = False


def _german(po_number: str, goods: str, place: str = "") -> str:
    order = f"Guten Tag,\n\nbitte liefern Sie zu unserer Bestellung {po_number}:\n\n{goods}\n{place}"
    return f"{order}\nMit freundlichen Grüßen\nKessler Metallbau GmbH\n"


_MINSK = "\nLieferanschrift:\nKessler Montage\nul. Nemiga 5\n220030 Minsk\nBelarus\n"

KINDS = (
    Kind("price", "price_mismatch", "sales", "12.0 % below what was agreed", 1,
         like="price-12-percent-off", po_number="2026-2093", place="rect.box", key_picks="43.03"),
    Kind("item", "unknown_item", "sales", "fits nothing that we sell", 3,
         like="unknown-sku", po_number="168/2026", place="rect.box"),
    Kind("candidates", "unknown_item", "sales", "Kabelbinder 200 mm", 1,
         text=_german("77-9013-K", "100 Stück Kabelbinder 200 mm"), place="mark", key_picks="CT-200"),
    Kind("credit", "credit_limit_exceeded", "credit", "the limit is 15,000.00 EUR",
         like="above-credit-limit", po_number="ND-26-418"),
    Kind("tax", "vat_id_missing", "tax", "VAT id", sender=_LEVANTE,
         text="Good morning,\n\nplease supply to our order CL-26-0815:\n\n200 pcs CT-100-NA\n\nKind regards\nCantieri Levante\n"),
    Kind("embargo", "embargoed_country", "compliance", "Belarus (BY), an embargoed country",
         text=_german("77-9012-M", "200 Stück CT-100-NA", _MINSK)),
    Kind("fraud", "suspicious_sender", "compliance", "looks like hoteliere-littoral.example", like="suspicious"),
    Kind("customer", "unknown_customer", "sales", "is none of our customers", like="unknown-customer"),
    Kind("hazard", "hazardous_goods", "warehouse", "UN 1950", 1, place="", is_noted=True,
         text=_german("77-9014-G", "200 Stück CT-100-NA zu 0,001 EUR")),
)  # fmt: skip


def buyers_mail(text: str, subject: str, **headers: str) -> bytes:
    """A mail of the buyer, whose id follows from its text."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = BUYER, OUR_MAILBOX, subject
    message["Message-ID"] = f"<{sha256(text.encode()).hexdigest()[:20]}@kessler-metallbau.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def company_with_every_kind(folder: Path) -> Path:
    """The demo company with a VAT id that is missing, goods that are hazardous, and prices that two people must approve."""
    shutil.copytree(ROOT / "demo" / "company", folder)
    (folder / "goods_flags.csv").write_text(_HAZARDOUS, encoding="utf-8")
    with (folder / "policy.yaml").open("a", encoding="utf-8") as policy:
        policy.write(_FOUR_EYES)
    path = folder / "customers.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "vat_id": "" if row["number"] == _WITHOUT_VAT_ID else row["vat_id"]} for row in rows)
    return folder


def mails_of_every_kind() -> Iterator[tuple[bytes, str]]:
    """Each kind's mail with its sender."""
    for kind in KINDS:
        yield _mail(kind)


def order_of(stack: StackAtWork, kind: Kind) -> SalesOrder:
    """The kind's order once it waits for a person."""
    [order_id] = stack.message(sha256(_mail(kind)[0]).hexdigest()).order_ids
    return stack.order_at(order_id, OrderStatus.NEEDS_REVIEW)


def _mail(kind: Kind) -> tuple[bytes, str]:
    if kind.like and not kind.po_number:
        sample = next(each for each in sample_mails(ROOT / "demo" / "inbox") if each.name == kind.like)
        return sample.content, sample.sender
    message = EmailMessage(policy=SMTP)
    message["To"], message["Subject"], message["Message-ID"] = OUR_MAILBOX, "Order", f"<{kind.name}@buyer.example>"
    message["From"] = sender = _attach(message, kind) if kind.like else kind.sender
    if not kind.like:
        message.set_content(kind.text)
    for part in message.walk():
        if part.is_multipart():
            part.set_boundary(f"=_{kind.name}")
    return message.as_bytes(), sender


def _attach(message: EmailMessage, kind: Kind) -> str:
    """Attach the sample's document under the kind's own number; whose it is."""
    sample = next(each for each in all_samples() if each.name == kind.like)
    again = replace(sample, source={**sample.source, "po": kind.po_number})
    message.set_content("Please see the attached order.\n")
    message.add_attachment(WRITERS[kind.like](again), maintype="application", subtype="pdf", filename=f"{kind.name}.pdf")
    return sample.sender
