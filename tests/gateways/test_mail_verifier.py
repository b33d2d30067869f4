"""DKIM signatures are verified against the key that their domain publishes."""

from __future__ import annotations

import pytest

from activities.gateways.mail_verifier import DkimVerifier, Signatures
from models.domain.errors import Unavailable

KEY = (
    b"v=DKIM1; k=rsa; p="
    b"MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC1i989ECVVDkYAYzbhZghAyUyZ9MEJAZJ8otZGqWD4foGkrMhJAJKc7LH+4IRV"
    b"Q9i0bSNLtypeleu8jc4N8PW37+SoQ9ZrWDYfTRdTlapE2VolofaEN2osWwTUdtPOmxwuD34AAB1VFNV1AxV5Iob6OwdxqAw85+XU"
    b"dXOc4up8dQIDAQAB"
)
SIGNATURE = (
    b"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n"
    b" d=kessler-metallbau.example; i=@kessler-metallbau.example; q=dns/txt;\r\n"
    b" s=s1; t=1700000000; h=from : to : subject : date;\r\n"
    b" bh=3iykgcOhprOtBJai9Va/cYO4TVin532LaD9XjOF2ejc=;\r\n"
    b" b=UAM+t4ONA1NCNXPyW7tzCuUlNn1hksG9OGOzlCGw7jHIN9+KdcQG+E2rpoLDYS8gGfw8L\r\n"
    b" MEsdlIX1bQ14J5XGFDE4gRHu0y4PF1/VnngcC1HzA08ueMtvdhEbBuAgGcxg8DF7OmZ8ZOP\r\n"
    b" 2A4qi0gy7hRgyQR8E3S4CX9TIt1LN7k=\r\n"
)
MAIL = (
    b"From: Einkauf <einkauf@kessler-metallbau.example>\r\nTo: orders@brueckner-hale.example\r\nSubject: Bestellung 4711\r\n"
    b"Date: Mon, 23 Nov 2026 09:00:00 +0100\r\nMessage-ID: <4711@kessler-metallbau.example>\r\n\r\n"
    b"Bitte liefern Sie 400 Stueck HX-M8-40.\r\n"
)
SIGNER = "kessler-metallbau.example"


def published(name: str) -> bytes | None:
    return KEY if name.rstrip(".") == f"s1._domainkey.{SIGNER}" else None


def signatures(mail: bytes) -> Signatures:
    return DkimVerifier(published).signatures(mail)


def test_a_signature_that_holds_names_its_domain() -> None:
    """As the sender's server made it."""
    assert signatures(SIGNATURE + MAIL) == Signatures(signed_by=(SIGNER,))


@pytest.mark.parametrize(("old", "new"), [(b"400 Stueck", b"900 Stueck"), (b"Bestellung 4711", b"Bestellung 4712")])
def test_a_mail_that_was_changed_breaks_it(old: bytes, new: bytes) -> None:
    """Body or head."""
    assert signatures(SIGNATURE + MAIL.replace(old, new)) == Signatures(broken=(SIGNER,))


def test_a_signature_without_a_published_key_proves_nothing() -> None:
    """Anybody can write one."""
    assert DkimVerifier(lambda _: None).signatures(SIGNATURE + MAIL) == Signatures(broken=(SIGNER,))


@pytest.mark.parametrize("mail", [MAIL, b"", b"DKIM-Signature: nonsense\r\n" + MAIL, b"DKIM-Signature:\r\n" * 50 + MAIL])
def test_mails_without_a_readable_signature_name_nobody(mail: bytes) -> None:
    """None, empty, malformed, very many."""
    assert signatures(mail) == Signatures()


def test_dns_that_does_not_answer_is_an_outage() -> None:
    """Then nothing is known of the mail."""

    def silent(name: str) -> bytes | None:
        raise Unavailable(f"DNS does not answer for {name}")

    with pytest.raises(Unavailable):
        DkimVerifier(silent).signatures(SIGNATURE + MAIL)
