"""Hands mails to an SMTP server."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Literal

from activities.gateways.clock import TellsTime
from models.domain.errors import Misconfigured, OrderwrightError, Rejected, Unavailable
from models.domain.messages import OutboundMessage, message_digest

_MESSAGE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,300}@[\x21-\x3b\x3d\x3f-\x7e]{1,300}>")
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,100}")


@dataclass(frozen=True, slots=True)
class SmtpPostOffice:
    """Fulfils `activities.outside_ports.PostOffice`. `sender` is our address, `tls` how the connection is protected."""

    host: str
    port: int
    sender: str
    clock: TellsTime
    sender_name: str = ""
    tls: Literal["none", "starttls", "implicit"] = "none"
    user: str = ""
    password: str = field(default="", repr=False)
    timeout_seconds: float = 60

    def send(self, message: OutboundMessage, attachments: Sequence[tuple[str, str, bytes]]) -> None:
        """Raises `Rejected` (mail_refused) for an address or a mail that is refused for good, `Unavailable` for what may
        pass (no connection, 4xx), `Misconfigured` for wrong credentials, sender or protection."""
        mail = self.mail(message, attachments)
        try:
            server = self._connected()
        except (smtplib.SMTPException, OSError) as error:
            raise self._meaning(error, message) from error
        try:
            server.send_message(mail, from_addr=self.sender, to_addrs=[_bare(message.recipient)])
        except (smtplib.SMTPException, OSError) as error:
            raise self._meaning(error, message) from error
        finally:
            with suppress(smtplib.SMTPException, OSError):  # the mail is taken or refused by now
                server.quit()

    def mail(self, message: OutboundMessage, attachments: Sequence[tuple[str, str, bytes]]) -> EmailMessage:
        """The mail as it is sent. Raises `Rejected` (mail_refused) where the recipient is no mail address."""
        mail = EmailMessage(policy=SMTP)
        mail["From"] = _address(self.sender, _one_line(self.sender_name))
        mail["To"] = _address(_bare(message.recipient))
        mail["Subject"] = _one_line(message.subject)[:400]
        mail["Date"] = format_datetime(self.clock.now())
        mail["Message-ID"] = self.message_id(message.key)
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834, 5: no automatic answer answers this
        if _MESSAGE_ID.fullmatch(message.in_reply_to.strip()):
            mail["In-Reply-To"] = mail["References"] = message.in_reply_to.strip()
        mail.set_content(message.text)
        if message.html:
            mail.add_alternative(message.html, subtype="html")
        for name, media_type, content in attachments:
            _attach(mail, name, media_type, content)
        return mail

    def message_id(self, key: str) -> str:
        """The Message-ID of the message with this key: the same for every delivery of it."""
        return f"<{message_digest(key)}@{self.sender.rpartition('@')[2]}>"

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.tls == "implicit":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout_seconds, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.timeout_seconds)
        try:
            if self.tls == "starttls":
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server

    def _meaning(self, error: Exception, message: OutboundMessage) -> OrderwrightError:
        """What an SMTP error means to us (RFC 5321, 4.2.1: 4xx passes, 5xx does not)."""
        place = f"the mail server {self.host}:{self.port}"
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            code, reply = next(iter(error.recipients.values()))
            return _refusal(code, f"{place} refuses the recipient of {message.key}: {code} {_words(reply)}")
        if isinstance(error, smtplib.SMTPNotSupportedError) and self.tls == "none" and not self.user:
            return Rejected(f"{place} cannot deliver to the address of {message.key}: {error}", code="mail_refused")
        if isinstance(error, smtplib.SMTPNotSupportedError | ssl.SSLCertVerificationError):
            return Misconfigured(f"{place} does not offer what the settings ask for (tls, user): {error}")
        if isinstance(error, smtplib.SMTPResponseException):
            return self._answered(error, f"{place} refuses {message.key}: {error.smtp_code} {_words(error.smtp_error)}")
        return Unavailable(f"{place} did not take {message.key}: {error}")

    def _answered(self, error: smtplib.SMTPResponseException, words: str) -> OrderwrightError:
        ours = isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPSenderRefused)
        if ours and error.smtp_code >= 500:
            return Misconfigured(f"{words}: check the settings for the mail sender, user and password")
        return _refusal(error.smtp_code, words)


def _refusal(code: int, words: str) -> OrderwrightError:
    return Rejected(words, code="mail_refused") if code >= 500 else Unavailable(words)


def _address(address: str, name: str = "") -> Address:
    """Raises `Rejected` for anything but one plain address: no lists, comments, line breaks."""
    if len(address) > 254 or not re.fullmatch(
        r"[^\s\x00-\x1f\x7f<>()\[\],;:\\\"@]+@[^\s\x00-\x1f\x7f<>()\[\],;:\\\"@]+", address
    ):
        raise Rejected(f"{address[:80]!r} is not one mail address", code="mail_refused")
    try:
        return Address(display_name=name, addr_spec=address)
    except (ValueError, MessageError, IndexError) as error:
        raise Rejected(f"{address[:80]!r} is not one mail address", code="mail_refused") from error


def _bare(recipient: str) -> str:
    """The address of "Jo <jo@acme.example>", or the whole: what else may stand there is for `_address` to refuse."""
    named = re.fullmatch(r"[^<>@,;\x00-\x1f]*<([^<>]*)>", recipient.strip())
    return named[1] if named else recipient.strip()


def _one_line(words: str) -> str:
    """Without line breaks and control characters, which would begin a header of their own."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())


def _attach(mail: EmailMessage, name: str, media_type: str, content: bytes) -> None:
    plain_type = media_type.partition(";")[0].strip().lower()
    main, sub = (plain_type if _MEDIA_TYPE.fullmatch(plain_type) else "application/octet-stream").split("/")
    if main in ("multipart", "message"):  # these would be read as parts of our mail
        main, sub = "application", "octet-stream"
    file_name = re.split(r"[/\\]", _one_line(name))[-1].lstrip(".")[:120] or "attachment"
    mail.add_attachment(content, maintype=main, subtype=sub, filename=file_name)


def _words(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return _one_line(text)[:300]
