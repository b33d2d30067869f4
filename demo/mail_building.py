"""Builds the sample mails as bytes that are the same on every run: fixed dates, message ids and boundaries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from demo.catalogue import chance
from demo.sample_orders import Sample, SampleLine

OUR_MAILBOX = "orders@brueckner-hale.example"


def mail(sample: Sample, subject: str, text: str, *, sender: str = "", charset: str = "utf-8") -> EmailMessage:
    """A plain mail to our mailbox, sent in the morning of the sample's date."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender or sample.sender
    message["To"] = f"Brückner & Hale Orders <{OUR_MAILBOX}>"
    message["Subject"] = subject
    luck = chance("mail", sample.name)
    sent = datetime.fromisoformat(f"{sample.date}T08:00:00").replace(tzinfo=timezone(timedelta(hours=1)))
    message["Date"] = format_datetime(sent + timedelta(minutes=luck.randint(0, 480), seconds=luck.randint(0, 59)))
    domain = parseaddr(sender or sample.sender)[1].split("@")[1]
    message["Message-ID"] = f"<{luck.getrandbits(64):016x}@{domain}>"
    message["MIME-Version"] = "1.0"
    message.set_content(text, charset=charset, cte="quoted-printable")
    return message


def attach_pdf(message: EmailMessage, name: str, pdf: bytes) -> None:
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=name)


def as_bytes(message: EmailMessage, sample: Sample) -> bytes:
    """The message with boundaries that derive from the sample's name."""
    for depth, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{sample.name}_{depth}")
    for part in message.walk():
        if part is not message:
            del part["MIME-Version"]
    return message.as_bytes()


def each_line(sample: Sample, template: Callable[[SampleLine], str]) -> str:
    return "\n".join(template(line) for line in sample.lines)
