"""The sample inbox as mails on their way."""

from __future__ import annotations

import email
from email.policy import default

import pytest

from demo.delivery import SampleMail, sample_mails
from demo.make_inbox import INBOX

MAILS = {mail.name: mail for mail in sample_mails(INBOX)}


def test_every_sample_is_delivered_in_the_order_of_its_list() -> None:
    """Thirty-three, the duplicate after the order that it repeats."""
    names = list(MAILS)
    assert len(names) == 33
    assert names.index("duplicate") > names.index("pdf-ruled-de")
    assert MAILS["duplicate"].after == "pdf-ruled-de"


def test_the_mails_are_the_same_bytes_every_time() -> None:
    """Delivered again they are the same messages again."""
    assert sample_mails(INBOX) == list(MAILS.values())
    assert len({mail.message_id for mail in MAILS.values()}) == len(MAILS)


@pytest.mark.parametrize("mail", MAILS.values(), ids=MAILS)
def test_a_mail_has_what_every_real_one_has(mail: SampleMail) -> None:
    """Sender, Date, Message-ID, and lines that end with CRLF."""
    message = email.message_from_bytes(mail.content, policy=default)
    assert message["Message-ID"]
    assert message["Date"]
    assert mail.sender in str(message["From"])
    assert b"\n" not in mail.content.replace(b"\r\n", b"")


def test_an_attachment_arrives_unchanged() -> None:
    """The document in the mail is the file of the inbox, byte for byte."""
    mail = MAILS["pdf-ruled-de"]
    message = email.message_from_bytes(mail.content, policy=default)
    (attached,) = list(message.iter_attachments())
    assert attached.get_content() == (INBOX / mail.file).read_bytes()
