"""The SMTP door, spoken to by the standard library's client over a real connection."""

from __future__ import annotations

import asyncio
import smtplib
import socket
from collections.abc import AsyncIterator, Callable
from email.message import EmailMessage
from typing import Any

import pytest

from entrypoints.intake_door import IntakeDoor
from entrypoints.smtp import MAX_SESSIONS, mail_name, serve_smtp
from tests.entrypoints.conftest import MAX_BYTES
from tests.fakes.world import World


@pytest.fixture
async def port(door: IntakeDoor, listening: socket.socket) -> AsyncIterator[int]:
    server = await serve_smtp(door, listening, MAX_BYTES)
    yield listening.getsockname()[1]
    server.close()
    await server.wait_closed()


async def speak(port: int, talk: Callable[[smtplib.SMTP], Any]) -> Any:
    def session() -> Any:
        with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
            return talk(client)

    return await asyncio.to_thread(session)


def mail(subject: str = "Order 4711", text: str = "Please send 5 x HX-M8-40.") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "buyer@example.com"
    message["To"] = "orders@example.com"
    message["Subject"] = subject
    message.set_content(text)
    return message


async def test_a_mail_is_kept_before_the_door_says_yes(port: int, world: World) -> None:
    """After 250 the bytes are in the store and the message in the inbox."""
    await speak(port, lambda client: client.send_message(mail()))
    [message] = world.inbox.messages.values()
    assert b"5 x HX-M8-40" in world.blobs.get(message.content)
    assert (message.channel, message.sender, message.name) == ("smtp", "buyer@example.com", "Order 4711.eml")


async def test_the_same_mail_twice_is_one_message(port: int, world: World) -> None:
    """A second delivery of the same bytes opens nothing."""
    for _ in range(2):
        await speak(port, lambda client: client.send_message(mail()))
    assert len(world.inbox.messages) == 1


async def test_a_mail_is_put_off_while_nothing_can_be_kept(port: int, world: World) -> None:
    """Without a store the answer is 451, so that the sender's server tries again."""
    world.store.is_away = True
    with pytest.raises(smtplib.SMTPDataError) as refused:
        await speak(port, lambda client: client.send_message(mail()))
    assert refused.value.smtp_code == 451
    assert b"send it again later" in refused.value.smtp_error


async def test_a_mail_that_announces_too_many_bytes_is_refused_in_a_sentence(port: int) -> None:
    """RFC 1870: the SIZE parameter is answered before the data."""
    code, text = await speak(port, lambda client: (client.ehlo(), client.mail("a@example.com", [f"SIZE={MAX_BYTES + 1}"]))[1])
    assert (code, b"larger than the 200,000 bytes" in text) == (552, True)


async def test_a_mail_that_hides_its_size_is_refused_all_the_same(port: int, world: World) -> None:
    """What grows beyond the limit while it is sent gets 552 and is not kept."""

    def talk(client: smtplib.SMTP) -> tuple[int, bytes]:
        client.ehlo()
        client.mail("a@example.com")
        client.rcpt("orders@example.com")
        return client.data(b"Subject: large\r\n\r\n" + b"x" * 70 + b"\r\n" + b"0123456789\r\n" * 20_000)

    code, text = await speak(port, talk)
    assert (code, b"send it in parts" in text) == (552, True)
    assert not world.inbox.messages


async def test_the_door_speaks_8bitmime_and_smtputf8(port: int, world: World) -> None:
    """Addresses and bodies beyond ASCII arrive as they are."""

    def talk(client: smtplib.SMTP) -> None:
        client.ehlo()
        options = ["SMTPUTF8", "BODY=8BITMIME"]
        client.sendmail("jürgen@example.com", ["aufträge@example.com"], "Subject: Grüße\r\n\r\nÄpfel\r\n".encode(), options)

    await speak(port, talk)
    [message] = world.inbox.messages.values()
    assert message.sender == "jürgen@example.com"
    assert "Äpfel".encode() in world.blobs.get(message.content)


async def test_an_endless_line_ends_the_connection(port: int, world: World) -> None:
    """A line that never ends must not fill our memory."""

    def talk(client: smtplib.SMTP) -> int:
        client.ehlo()
        client.mail("a@example.com")
        client.rcpt("orders@example.com")
        try:
            return client.data(b"x" * 5_000_000)[0]
        except (smtplib.SMTPException, OSError):
            # Whether the farewell or the reset arrives first is the network's choice.
            return 500

    assert await speak(port, talk) == 500
    assert not world.inbox.messages


async def test_more_connections_than_are_served_are_asked_to_come_back(port: int) -> None:
    """The one too many gets 421."""
    held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(MAX_SESSIONS)]
    for reader, _ in held:
        await reader.readline()
    late, writer = await asyncio.open_connection("127.0.0.1", port)
    assert b"421" in await late.read()
    for _, each in [*held, (late, writer)]:
        each.close()
        await each.wait_closed()


async def test_an_empty_mail_is_taken_like_any_other(port: int, world: World) -> None:
    """That it holds no order is for the intake to say, politely."""
    await speak(port, lambda client: client.sendmail("a@example.com", ["b@example.com"], b""))
    assert len(world.inbox.messages) == 1


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"Subject: PO 4711\r\n\r\n", "PO 4711.eml"),
        (b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\n", "Grüße.eml"),
        (b"Subject: =?no-such-charset?q?x?=\r\n\r\n", "mail.eml"),
        (b"Subject: ../../etc/passwd\r\n\r\n", "..-..-etc-passwd.eml"),
        (b"\xff\xfe\x00 no mail at all", "mail.eml"),
        (b"", "mail.eml"),
    ],
)
def test_a_mail_is_known_by_its_subject(head: bytes, name: str) -> None:
    """Whatever stands there, the name is one that a file could bear."""
    assert mail_name(head) == name
