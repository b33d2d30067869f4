"""Mails as customers write them, made up for the tests."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from uuid import uuid4


def mail(sender: str, subject: str, text: str) -> bytes:
    """A plain mail to the order desk, with a Message-ID of its own."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = "orders@brueckner-hale.example"
    message["Subject"] = subject
    message["Date"] = "Mon, 23 Nov 2026 09:00:00 +0100"
    message["Message-ID"] = f"<{uuid4().hex}@{sender.rpartition('@')[2]}>"
    message.set_content(text)
    return message.as_bytes()
