"""Outlook's .msg files (MS-OXMSG) as internet mails, so that one reader serves both."""

from __future__ import annotations

import struct
from email.message import EmailMessage
from email.utils import format_datetime

from oxmsg import Message
from oxmsg.attachment import Attachment

from models.domain.errors import Rejected
from parsers.archive import shown_name
from parsers.compound_file import demand_ends

MOST_ATTACHMENTS = 200
_PLAIN_HEADERS = ("Message-ID", "Reply-To", "In-Reply-To", "References", "Authentication-Results")


def mail_of_outlook(content: bytes, part: str) -> bytes:
    """The .msg file as RFC 5322 bytes. Raises `Rejected` (damaged) where it cannot be read."""
    demand_ends(content, part)
    try:
        message = Message.load(content)
        return _converted(message).as_bytes()
    except (
        OSError,
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
        struct.error,
        LookupError,
        ArithmeticError,
        RecursionError,
    ) as error:
        # olefile and oxmsg raise all of these on damaged files
        raise Rejected(
            f"{part} is a damaged Outlook message ({error}): forward the mail itself instead", code="damaged"
        ) from error


def _converted(message: Message) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = _one_line(message.sender or "")
    mail["Subject"] = _one_line(message.subject)
    if message.sent_date is not None:
        mail["Date"] = format_datetime(message.sent_date)
    stated = {name.lower(): value for name, value in message.message_headers.items()}
    for name in _PLAIN_HEADERS:
        if name.lower() in stated:
            mail[name] = _one_line(stated[name.lower()])
    mail.set_content(message.body or "")
    if message.html_body:
        mail.add_alternative(message.html_body, subtype="html")
    for number, attachment in enumerate(message.attachments, 1):
        if number > MOST_ATTACHMENTS:
            break
        _attach(mail, attachment, number)
    return mail


def _attach(mail: EmailMessage, attachment: Attachment, number: int) -> None:
    if attachment.file_bytes is None:
        return
    name = shown_name(attachment.file_name or "", f"attachment-{number}")
    mail.add_attachment(attachment.file_bytes, maintype="application", subtype="octet-stream", filename=name)


def _one_line(header: str) -> str:
    return " ".join(header.split())
