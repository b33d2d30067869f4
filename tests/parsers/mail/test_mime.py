"""Mails taken apart: charsets, alternatives, forwards, replies, and what hostile senders build."""

from __future__ import annotations

import base64
import quopri
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.contracts.extraction_v1 import Intent
from parsers.mail.mime import DEEPEST, read_mail
from parsers.mail.quoting import newest_part
from tests.parsers.prose.letters import codes, extraction, goods, mail, the_order

HEADS = (
    b"From: Jo <jo@acme.example>\r\nTo: o@us.example\r\nSubject: PO 4711\r\n"
    b"Date: Mon, 02 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@a>\r\n"
)


def _raw(body: bytes, *headers: bytes) -> bytes:
    return HEADS + b"MIME-Version: 1.0\r\n" + b"".join(header + b"\r\n" for header in headers) + b"\r\n" + body


TEXT = "Wir benötigen 20 Stück Schäkel für Größe 9."


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (TEXT.encode("latin-1"), (b"Content-Type: text/plain; charset=iso-8859-1",)),
        (TEXT.encode("cp1252"), (b"Content-Type: text/plain; charset=windows-1252",)),
        (TEXT.encode(), (b"Content-Type: text/plain; charset=utf-8",)),
        (TEXT.encode(), (b"Content-Type: text/plain; charset=iso-8859-1",)),
        (TEXT.encode("cp1252"), (b"Content-Type: text/plain; charset=utf-8",)),
        (TEXT.encode("cp1252"), (b"Content-Type: text/plain; charset=x-nonsense",)),
        (TEXT.encode("cp1252"), ()),
        (TEXT.encode("utf-16"), (b"Content-Type: text/plain; charset=utf-16",)),
        (base64.encodebytes(TEXT.encode()), (b"Content-Type: text/plain; charset=utf-8", b"Content-Transfer-Encoding: base64")),
        (
            quopri.encodestring(TEXT.encode("latin-1")),
            (b"Content-Type: text/plain; charset=latin1", b"Content-Transfer-Encoding: quoted-printable"),
        ),
    ],
    ids=[
        "latin-1",
        "cp1252",
        "utf-8",
        "utf-8 as latin-1",
        "cp1252 as utf-8",
        "unknown charset",
        "none declared",
        "utf-16",
        "base64",
        "quoted-printable",
    ],
)
def test_a_text_is_decoded_whatever_it_declares(body: bytes, headers: tuple[bytes, ...]) -> None:
    """Wrong and missing charsets are seen through."""
    assert read_mail(_raw(body, *headers)).body.text.strip() == TEXT


def test_an_encoded_subject_is_decoded() -> None:
    """RFC 2047, folded, in two charsets."""
    subject = b"Subject: =?utf-8?B?QmVzdGVsbHVuZw==?=\r\n =?iso-8859-1?Q?_f=FCr_M=FCller?="
    assert read_mail(HEADS.replace(b"Subject: PO 4711", subject) + b"\r\nx").head.subject == "Bestellung für Müller"


def test_a_raw_eight_bit_subject_is_guessed() -> None:
    """Old programs send Latin-1 in headers."""
    subject = "Subject: Bestellung für Müller".encode("latin-1")
    assert read_mail(HEADS.replace(b"Subject: PO 4711", subject) + b"\r\nx").head.subject == "Bestellung für Müller"


def test_the_head_is_taken_down() -> None:
    """What answering and screening need."""
    headers = b"Reply-To: buy@acme.example\r\nIn-Reply-To: <0@us>\r\nAuthentication-Results: mx; dkim=pass\r\n"
    head = read_mail(HEADS + headers + b"\r\nx").head
    assert (head.sender, head.reply_to, head.in_reply_to, head.message_id, head.authentication_results, head.sent_at) == (
        "jo@acme.example", "buy@acme.example", "<0@us>", "<1@a>", "mx; dkim=pass", "2026-11-02T10:00:00+00:00",
    )  # fmt: skip


def test_a_broken_header_does_no_harm() -> None:
    """Headers on which structured parsers fail."""
    content = b'From: "Jo <jo@acme.example>, =?x?y?z?=\r\nDate: the other day\r\nSubject: =?utf-8?b?####?=\r\n\r\nhello'
    assert read_mail(content).body.text == "hello"


def test_file_names_are_made_safe_to_show() -> None:
    """Neither paths nor direction marks survive."""
    names = [member.name for member in read_mail(mail("x", files=(("../../etc/\u202efdp.exe", b"1"),))).attachments]
    assert names == ["fdp.exe"]


def test_a_tiny_inline_picture_is_no_attachment() -> None:
    """Logos in signatures."""
    message = EmailMessage()
    message["From"], message["Subject"] = "jo@acme.example", "PO 1"
    message.set_content("text")
    message.add_attachment(b"\x89PNG\r\n\x1a\n" + bytes(100), maintype="image", subtype="png", disposition="inline", cid="<logo>")
    assert read_mail(message.as_bytes()).attachments == ()


REPLY = """Please send us 5 boxes of gloves.

Kind regards
Jo

On Mon, 2 Nov 2026 at 09:00, Sales <sales@us.example> wrote:
> Dear Jo, last year you ordered 70 boxes of masks.
"""
OUTLOOK_REPLY = """Bitte senden Sie uns 5 Kartons Handschuhe.

Von: Verkauf <v@us.example>
Gesendet: Montag, 2. November 2026 09:00
An: Jo
Betreff: Angebot

Wir bieten 70 Kartons Masken an.
"""
BOTTOM_REPLY = """On Mon, 2 Nov 2026 at 09:00, Sales <sales@us.example>
wrote:
> last year you ordered 70 boxes of masks.

Please send us 5 boxes of gloves.
"""


@pytest.mark.parametrize(("body", "subject"), [(REPLY, "Re: offer"), (OUTLOOK_REPLY, "AW: Angebot"), (BOTTOM_REPLY, "Re: offer")])
def test_what_a_reply_quotes_is_not_ordered(body: str, subject: str) -> None:
    """Only the newest text counts, above or below the quotation."""
    assert [line[2] for line in goods(the_order(mail(body, subject)))] == ["5"]


FORWARDS = [
    "FYI\n\n---------- Forwarded message ---------\nFrom: Bob <bob@buyer.example>\n"
    "Date: Fri, 30 Oct 2026 at 09:00\nSubject: PO 99\nTo: s\n\n{}",
    "Bitte erfassen.\n\n-----Ursprüngliche Nachricht-----\nVon: Bob <bob@buyer.example>\n"
    "Gesendet: Freitag, 30. Oktober 2026 09:00\nAn: s\nBetreff: PO 99\n\n{}",
    "-------- Message transféré --------\nSujet : PO 99\nDate : 30 octobre 2026\nDe : Bob <bob@buyer.example>\nPour : s\n\n{}",
    "Begin forwarded message:\n\n> From: Bob <bob@buyer.example>\n> Subject: PO 99\n> Date: 30 October 2026\n> To: s\n>\n> {}\n",
]


@pytest.mark.parametrize("form", FORWARDS)
def test_a_forwards_content_is_the_order_and_its_sender_the_buyer(form: str) -> None:
    """In the forms of four mail programs."""
    content = mail(form.format("Please send us 5 boxes of gloves tomorrow."), "WG: PO 99", sender="Me <me@us.example>")
    order = the_order(content)
    day = order.requested_delivery_date
    assert order.buyer is not None
    assert (order.buyer.email and order.buyer.email.value, day and day.value) == ("bob@buyer.example", "2026-10-31")


def test_blanking_keeps_every_place() -> None:
    """The newest part is as long as the whole, so that spans stay true."""
    assert len(newest_part(REPLY, "Re: x").text) == len(REPLY)


@given(st.text(max_size=400), st.text(max_size=20))
@settings(max_examples=150)
def test_any_text_is_cut_without_moving_it(text: str, subject: str) -> None:
    """What is not blank in the newest part stands where it stood."""
    newest = newest_part(text, subject).text
    assert len(newest) == len(text)
    assert all(char in {" ", before} for char, before in zip(newest, text, strict=True))


def _nested(levels: int) -> bytes:
    content = mail("Please send us 5 boxes of gloves.", "PO 4711")
    for level in range(levels):
        boundary = f"b{level}".encode()
        head = (
            b'From: a@b.example\r\nSubject: Fwd\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="'
            + boundary
            + b'"\r\n\r\n'
        )
        content = (
            head + b"--" + boundary + b"\r\nContent-Type: message/rfc822\r\n\r\n" + content + b"\r\n--" + boundary + b"--\r\n"
        )
    return content


def test_an_attached_mail_is_read() -> None:
    """Forwarded as an attachment."""
    assert [line[2] for line in goods(the_order(_nested(1)))] == ["5"]


def test_sixty_levels_are_answered_with_a_problem() -> None:
    """Deep nesting is named, not followed."""
    assert "nested_too_deep" in codes(_nested(60))


def test_thousands_of_levels_are_answered_with_a_problem() -> None:
    """Neither the stack nor the time runs out."""
    content = (
        b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n" + b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n' * 3000
    )
    assert "nested_too_deep" in codes(content) or extraction(content).intent is Intent.OTHER


def test_deep_parts_are_named() -> None:
    """Multiparts within multiparts beyond the limit."""
    content = b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n"
    for level in range(DEEPEST + 5):
        content += f'Content-Type: multipart/mixed; boundary="b{level}"\n\n--b{level}\n'.encode()
    assert "nested_too_deep" in {problem.code for problem in read_mail(content + b"\ntext").problems}


def test_an_encrypted_mail_says_so() -> None:
    """S/MIME cannot be opened here."""
    content = _raw(
        base64.encodebytes(b"secret"),
        b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data",
        b"Content-Transfer-Encoding: base64",
    )
    assert codes(content) == {"encrypted"}


def test_comments_in_comments_of_an_address_do_no_harm() -> None:
    """The standard library's parser goes down one level for each bracket."""
    content = b"From: " + b"(" * 500 + b"a@b.example\nSubject: x\n\nhello"
    assert read_mail(content).head.sender == "a@b.example"
