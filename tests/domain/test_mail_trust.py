"""How far a mail's sender can be believed, by what the receiving server wrote and what we verified."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.mail_trust import MailTrust, mail_trust, same_organisation
from models.domain.party import CustomerHistory
from models.domain.risk_facts import risk_facts
from models.domain.risk_rules import score_order
from tests.domain.made import TODAY, customer, sales_order

SENDER = "einkauf@kessler-metallbau.example"
PASSED = (
    "mx.ours.example; spf=pass smtp.mailfrom=kessler-metallbau.example; dkim=pass header.d=kessler-metallbau.example; dmarc=pass"
)


def trust(results: str = "", reply_to: str = "", **parts: Any) -> MailTrust:
    return mail_trust(SENDER, reply_to, results, **parts)


def test_the_receiving_servers_results_are_the_evidence() -> None:
    """RFC 8601: one result per method."""
    found = trust(PASSED)
    assert (found.server, found.spf, found.dkim, found.dmarc, found.failed) == ("mx.ours.example", "pass", "pass", "pass", ())


@pytest.mark.parametrize(
    ("results", "failed"),
    [
        ("mx; spf=softfail smtp.mailfrom=a; dkim=FAIL; dmarc=pass", ("spf", "dkim")),
        ("mx; spf=none; dkim=pass", ()),
        ("mx; dkim=fail header.d=list.example; dkim=pass header.d=kessler-metallbau.example", ()),
        ("mx; spf=pass (sender said dmarc=fail); dmarc=fail", ("dmarc",)),
        ("mx; arc=fail (i=2)", ("arc",)),
        ("mx; x-dkim=fail", ()),
        ("", ()),
    ],
)
def test_what_failed_speaks_against_the_mail(results: str, failed: tuple[str, ...]) -> None:
    """One good signature is enough; comments and other methods say nothing."""
    assert trust(results).failed == failed


def test_only_the_receiving_servers_header_counts() -> None:
    """The latest one, or the one of the server that the operator names; the sender may have written the others."""
    forged = "mx.ours.example; dmarc=fail\nevil.example; dmarc=pass"
    assert trust(forged).failed == ("dmarc",)
    assert trust("evil.example; dmarc=pass\n" + PASSED, trusted="mx.ours.example").server == "mx.ours.example"
    assert trust("evil.example; dmarc=pass", trusted="mx.ours.example").dmarc == ""


def test_our_own_verification_counts_beside_it() -> None:
    """A broken signature is a doubt unless the sender's own holds."""
    assert trust(broken=("kessler-metallbau.example",)).failed == ("dkim",)
    assert trust(signed_by=("mail.kessler-metallbau.example",), broken=("list.example",)).failed == ()
    assert trust(signed_by=("bulk-mailer.example",), broken=("list.example",)).failed == ("dkim",)


@pytest.mark.parametrize(
    ("reply_to", "elsewhere"),
    [
        ("orders@kessler-metallbau.example", ""),
        ("x@mail.kessler-metallbau.example", ""),
        ("x@kessler-metalbau.example", "kessler-metalbau.example"),
        ("", ""),
    ],
)
def test_answers_that_go_elsewhere_are_noted(reply_to: str, elsewhere: str) -> None:
    """Within the sender's own domain they may."""
    assert trust(reply_to=reply_to).reply_to == elsewhere


def test_free_mail_services_are_nobodys_organisation() -> None:
    """And a country is none either."""
    assert not same_organisation("mail.gmail.com", "gmail.com")
    assert not same_organisation("kessler.example", "example")


def test_an_unknown_reply_address_is_a_reason_and_a_known_one_is_none() -> None:
    """By the customer's own domains and earlier senders."""
    order, history = sales_order(), CustomerHistory(order_count=5, known_senders=(SENDER, "x@portal.example"))
    elsewhere = risk_facts(order, customer(), history, TODAY, trust=trust(reply_to="x@elsewhere.example"))
    assert [reason.code for reason in score_order(elsewhere).reasons] == ["reply_to_elsewhere"]
    known = risk_facts(order, customer(), history, TODAY, trust=trust(reply_to="y@portal.example"))
    assert score_order(known).reasons == ()


@given(st.text(max_size=300))
def test_any_header_is_read_in_bounded_steps(results: str) -> None:
    """A hostile one gives words that mean nothing, and no error."""
    assert set(trust(results).failed) <= {"spf", "dkim", "dmarc", "arc"}
