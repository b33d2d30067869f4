"""Mail on its way out: recognisable when it is sent twice, and nothing in it that we did not mean."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from hypothesis import given
from hypothesis import strategies as st

from activities.gateways.mailer import SmtpPostOffice
from activities.outside_ports import PostOffice
from models.domain.errors import Misconfigured, Rejected, Unavailable
from models.domain.messages import OutboundMessage
from tests.store.samples import NOON


class Noon:
    """A clock that stands."""

    def now(self) -> datetime:
        return NOON


class Mailbox:
    """A mail server that keeps what it takes, and answers as it is told."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.rcpt_reply = "250 OK"
        self.data_reply = "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.rcpt_reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.taken.append(envelope)
        return self.data_reply


@pytest.fixture
def mailbox() -> Mailbox:
    """Empty and friendly."""
    return Mailbox()


@pytest.fixture
def port(mailbox: Mailbox) -> Iterator[int]:
    """Where the mail server listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        chosen = int(free.getsockname()[1])
    controller = Controller(mailbox, hostname="127.0.0.1", port=chosen)
    controller.start()
    yield chosen
    controller.stop()


def office(port: int = 25, **settings: object) -> SmtpPostOffice:
    return SmtpPostOffice("127.0.0.1", port, "orders@hale.example", Noon(), **settings)  # type: ignore[arg-type]


def message(**parts: object) -> OutboundMessage:
    known = OutboundMessage(
        key="ack:order:1",
        kind="acknowledgement",
        subject_id="order:1:1",
        channel="email",
        recipient="ada@buyer.example",
        subject="Auftragsbestätigung",
        text="Grüße\n.\nunten",
        html="<p>Grüße</p>",
    )
    return known.model_copy(update=parts)


def received(mailbox: Mailbox) -> EmailMessage:
    content = mailbox.taken[-1].content
    assert isinstance(content, bytes)
    parsed = message_from_bytes(content, policy=default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def test_a_mail_arrives_with_its_text_its_html_and_its_files(mailbox: Mailbox, port: int) -> None:
    """As they were given, a line with a lone dot too."""
    sender: PostOffice = office(port)
    sender.send(message(), [("PO 1.pdf", "application/pdf", b"%PDF\x00")])
    mail = received(mailbox)
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert (text.get_content().replace("\r\n", "\n"), html.get_content().strip()) == ("Grüße\n.\nunten\n", "<p>Grüße</p>")
    assert [(part.get_filename(), part.get_content()) for part in mail.iter_attachments()] == [("PO 1.pdf", b"%PDF\x00")]
    assert (mail["Subject"], mail["To"], mailbox.taken[0].mail_from) == (
        "Auftragsbestätigung",
        "ada@buyer.example",
        "orders@hale.example",
    )


def test_the_same_message_bears_the_same_message_id_and_others_another() -> None:
    """So that a second delivery is recognised."""
    ids = [office().mail(message(key=key), [])["Message-ID"] for key in ("a", "a", "b")]
    assert (ids[0] == ids[1], ids[0] == ids[2]) == (True, False)


def test_an_answer_names_the_mail_that_it_answers() -> None:
    """And says that no person wrote it."""
    mail = office().mail(message(in_reply_to="<1@buyer.example>"), [])
    assert (mail["In-Reply-To"], mail["References"], mail["Auto-Submitted"]) == (
        "<1@buyer.example>",
        "<1@buyer.example>",
        "auto-generated",
    )


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=40), st.text(max_size=40))
def test_nothing_that_others_wrote_adds_a_header(subject: str, reply: str, name: str, media_type: str) -> None:
    """Line breaks of every kind in what comes from a buyer's mail."""
    hostile = message(subject=f"{subject}\r\nBcc: eve@evil.example\n{subject}", in_reply_to=f"{reply}\r\nBcc: x")
    mail = office().mail(hostile, [(f"{name}\r\nX-Evil: 1", f"{media_type}\r\nX-Evil: 1", b"x")])
    parsed = message_from_bytes(bytes(mail), policy=default)
    allowed = {"from", "to", "subject", "date", "message-id", "auto-submitted", "mime-version", "content-type"}
    assert {header.lower() for header in parsed} <= allowed
    assert b"\nX-Evil" not in bytes(mail)


@pytest.mark.parametrize(
    "recipient", ["", "nobody", "a@b.example, c@d.example", "a@b.example\r\nBcc: e@evil.example", "a b@c.example", "a@@b"]
)
def test_a_recipient_that_is_not_one_address_is_refused(recipient: str) -> None:
    """No lists, no line breaks."""
    with pytest.raises(Rejected) as caught:
        office().mail(message(recipient=recipient), [])
    assert caught.value.code == "mail_refused"


def test_a_recipient_may_stand_with_a_name() -> None:
    """The address within the angle brackets receives it."""
    assert office().mail(message(recipient="Ada L. <Ada@buyer.example>"), [])["To"] == "Ada@buyer.example"


def test_an_attachment_cannot_pose_as_a_part_of_the_mail() -> None:
    """Nor bear a path for a name."""
    mail = office().mail(message(), [("../../.bashrc", "message/rfc822", b"Subject: x\r\n\r\n")])
    [file] = mail.iter_attachments()
    assert (file.get_content_type(), file.get_filename()) == ("application/octet-stream", "bashrc")


@pytest.mark.parametrize("command", ["rcpt_reply", "data_reply"])
@pytest.mark.parametrize(("reply", "meaning"), [("451 later", Unavailable), ("550 nobody here", Rejected)])
def test_the_servers_no_is_final_or_passes_as_it_says(
    mailbox: Mailbox, port: int, command: str, reply: str, meaning: type[Exception]
) -> None:
    """RFC 5321: 4xx passes, 5xx does not."""
    setattr(mailbox, command, reply)
    with pytest.raises(meaning, match=reply[:3]):
        office(port).send(message(), [])


def test_no_server_is_unavailable() -> None:
    """It may be restarted."""
    with pytest.raises(Unavailable):
        office(1).send(message(), [])


@pytest.mark.parametrize("settings", [{"tls": "starttls"}, {"user": "clerk", "password": "hush"}])
def test_a_server_that_lacks_what_the_settings_ask_for_pages_an_operator(port: int, settings: dict[str, str]) -> None:
    """Nothing is sent in the clear instead."""
    with pytest.raises(Misconfigured) as caught:
        office(port, **settings).send(message(), [])
    assert "hush" not in str(caught.value)


def test_the_password_is_in_no_log() -> None:
    """Whoever prints the gateway sees none."""
    assert "hush" not in repr(office(user="clerk", password="hush"))
