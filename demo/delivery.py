"""Delivers the sample inbox through the SMTP door, as the senders' mail servers would.

A sample's mail is the same byte for byte on every run (Date, Message-ID and boundaries are fixed), so that delivering it
again is the same message again.
"""

from __future__ import annotations

import hashlib
import re
import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import SMTP, default
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any

import yaml

OUR_MAILBOX = "orders@brueckner-hale.example"
_FIRST_SENT = datetime(2026, 11, 20, 8, 0, tzinfo=timezone(timedelta(hours=1)))
_MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".edi": "application/edifact",
    ".x12": "application/edi-x12",
    ".xml": "application/xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv",
}


@dataclass(frozen=True, slots=True)
class SampleMail:
    """One mail of the sample inbox. `after` names the sample that must have come to its end first."""

    name: str
    file: str
    content: bytes
    sender: str
    after: str | None = None

    @property
    def message_id(self) -> str:
        """The id that our doors give these bytes."""
        return hashlib.sha256(self.content).hexdigest()


def sample_mails(inbox: Path) -> list[SampleMail]:
    """The mails of the folder's inbox.yaml, in delivery order."""
    entries: list[dict[str, Any]] = yaml.safe_load((inbox / "inbox.yaml").read_text(encoding="utf-8"))
    return [_sample(inbox, entry, position) for position, entry in enumerate(entries)]


def deliver(mail: SampleMail, host: str, port: int) -> None:
    """Hand the mail to an SMTP server. Raises `smtplib.SMTPException` or `OSError` where it is not taken."""
    with smtplib.SMTP(host, port, local_hostname="sender.example", timeout=30) as server:
        server.ehlo()
        is_ascii = mail.content.isascii()
        server.sendmail(mail.sender, [OUR_MAILBOX], mail.content, mail_options=[] if is_ascii else ["BODY=8BITMIME"])


def _sample(inbox: Path, entry: dict[str, Any], position: int) -> SampleMail:
    document = (inbox / entry["file"]).read_bytes()
    content = document if entry["as"] == "eml" else _covering_mail(entry, document, position)
    sender = str(BytesHeaderParser(policy=default).parsebytes(content)["From"])
    return SampleMail(
        name=entry["name"],
        file=entry["file"],
        content=_with_crlf(content),
        sender=parseaddr(sender)[1],
        after=entry.get("after"),
    )


def _covering_mail(entry: dict[str, Any], document: bytes, position: int) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = entry["from"]
    mail["To"] = OUR_MAILBOX
    mail["Subject"] = entry["subject"]
    mail["Date"] = format_datetime(_FIRST_SENT + timedelta(minutes=7 * position))
    mail["Message-ID"] = f"<{entry['name']}@{parseaddr(entry['from'])[1].partition('@')[2]}>"
    mail.set_content(entry["text"], cte="quoted-printable")
    main, sub = _MEDIA_TYPES[Path(entry["file"]).suffix].split("/")
    mail.add_attachment(document, maintype=main, subtype=sub, filename=entry["file"])
    mail.set_boundary(f"=_{entry['name']}")
    return mail.as_bytes()


def _with_crlf(content: bytes) -> bytes:
    """As the bytes arrive at the other end (RFC 5321, 2.3.8): lines end with CRLF, the last one too."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"
