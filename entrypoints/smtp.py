"""The SMTP door (RFC 5321 with SIZE, 8BITMIME and SMTPUTF8): any inbox can forward to it, whatever the recipient.

It says 250 only for mail that is on the disk, 451 while it cannot keep any, 552 for what is too large. It logs neither
content nor addresses. Sessions, line lengths and idle times are bounded.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from typing import AnyStr

from aiosmtpd.smtp import SMTP, Envelope, Session

from entrypoints.intake_door import MAIL, IntakeDoor
from models.domain.errors import Misconfigured, Unavailable

MAX_SESSIONS = 16
MAX_RECIPIENTS = 100
IDLE_SECONDS = 120
_HEADER_BYTES = 16_384
_LINE_BYTES = 1_048_576

_log = logging.getLogger(__name__)


class MailHandler:
    """Answers aiosmtpd's questions: every recipient is ours, every mail goes through the intake door."""

    def __init__(self, door: IntakeDoor) -> None:
        self._door = door

    async def handle_RCPT(  # noqa: N802  (aiosmtpd's name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= MAX_RECIPIENTS:
            return f"452 4.5.3 at most {MAX_RECIPIENTS} recipients for one mail"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  (aiosmtpd's name)
        content = bytes(envelope.original_content or b"")
        sender = envelope.mail_from or ""
        try:
            message = await self._door.take_in(content, mail_name(content), "smtp", sender, media_type=MAIL)
        except (Unavailable, Misconfigured) as outage:
            _log.warning("a mail was put off with 451: %s", outage)
            return "451 4.3.0 cannot keep mail at the moment, nothing was taken: please send it again later"
        return f"250 2.0.0 kept as {message.message_id[:16]}"

    async def handle_exception(self, error: Exception) -> str:
        # The library's own answer would tell the peer our error; its own log would hold the peer's words.
        _log.error("an SMTP session failed: %s", type(error).__name__)
        return "451 4.3.0 something failed on our side, nothing was taken: please send it again later"


class DoorSession(SMTP):
    """One connection, with answers in whole sentences and bounds where the library has none."""

    line_length_limit = _LINE_BYTES

    def __init__(self, sessions: set[DoorSession], handler: MailHandler, limit: int) -> None:
        super().__init__(
            handler,
            data_size_limit=limit,
            enable_SMTPUTF8=True,
            hostname="orderwright",
            ident="orderwright",
            timeout=IDLE_SECONDS,
            loop=asyncio.get_running_loop(),
        )
        self._sessions = sessions
        self._limit = limit
        self._unbroken = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if len(self._sessions) >= MAX_SESSIONS:
            self._end(b"421 4.3.2 too many connections at once: please try again in a minute\r\n")
        else:
            self._sessions.add(self)

    def connection_lost(self, error: Exception | None) -> None:
        self._sessions.discard(self)
        super().connection_lost(error)

    def data_received(self, data: bytes) -> None:
        # The library resets its clock per command only, and keeps the pieces of an endless line.
        self._reset_timeout()
        _, broken, rest = data.rpartition(b"\n")
        self._unbroken = len(rest) if broken else self._unbroken + len(data)
        if self._unbroken > 2 * _LINE_BYTES:
            self._end(b"500 5.5.2 a line of more than two megabytes is no mail\r\n")
            return
        super().data_received(data)

    async def push(self, status: AnyStr) -> None:
        if isinstance(status, str) and status.startswith("552"):
            await super().push(f"552 5.3.4 this mail is larger than the {self._limit:,} bytes that are taken: send it in parts")
        else:
            await super().push(status)

    def _end(self, farewell: bytes) -> None:
        if isinstance(self.transport, asyncio.Transport) and not self.transport.is_closing():
            self.transport.write(farewell)
            self.transport.close()


async def serve_smtp(door: IntakeDoor, listening: socket.socket, max_bytes: int) -> asyncio.Server:
    """An SMTP server on a bound socket, accepting connections; the caller closes it."""
    # The library's log lines hold addresses and the peer's words.
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    handler = MailHandler(door)
    sessions: set[DoorSession] = set()
    return await asyncio.get_running_loop().create_server(lambda: DoorSession(sessions, handler, max_bytes), sock=listening)


def mail_name(content: bytes) -> str:
    """What people know a mail by: its subject as a file name, or "mail.eml" where it has none that can be read."""
    head = content[:_HEADER_BYTES].partition(b"\r\n\r\n")[0]
    raw = BytesHeaderParser().parsebytes(head).get("Subject", "")
    try:
        subject = str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, ValueError):
        return "mail.eml"
    words = " ".join(subject.replace("/", "-").replace("\\", "-").split())
    return f"{words[:120]}.eml" if words else "mail.eml"
