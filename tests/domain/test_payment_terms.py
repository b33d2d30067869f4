"""What payment terms say, and which of them are a question."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.findings import Owner, Severity
from models.domain.payment_terms import payment_days, payment_terms, terms_finding
from tests.domain.made import customer, purchase_order


@pytest.mark.parametrize(
    ("text", "days"),
    [("30 days net", 30), ("2 % 10 Tage, 30 Tage netto", 30), ("Net 45", 45), ("sofort netto", 0), ("45 jours fin de mois", 45),
     ("2/10 N30", 30), ("30/60/90 días", 90), ("RI.BA. 30/60 gg", 60), ("przelew 30 dni", 30), ("30 dagen netto", 30),
     ("45 EOM", 45),
     ("2 months", 60), ("as agreed", None), ("Z030", None), (None, None)],
)  # fmt: skip
def test_payment_terms_say_when_all_is_due(text: str | None, days: int | None) -> None:
    """The discount's days are not the net days."""
    assert payment_days(text) == days


@pytest.mark.parametrize(
    ("text", "share", "days"),
    [("2 % 10 days net 30", "2", 10), ("30 Tage netto, 14 Tage 2 % Skonto", "2", 14), ("2/10, n/30", "2", 10),
     ("Skonto 2,5% 10 Tage, 30 Tage netto", "2.5", 10), ("1% 15 NET 45", "1", 15), ("14 dagen 2% korting", "2", 14),
     ("3 % Skonto bei Zahlung innerhalb von 8 Tagen, 30 Tage netto", "3", 8), ("30 jours net", "0", None),
     ("50 % in advance, 50 % 30 days", "0", None)],
)  # fmt: skip
def test_a_discount_is_known_with_its_days(text: str, share: str, days: int | None) -> None:
    """Whichever stands first."""
    terms = payment_terms(text)
    assert (terms.share, terms.share_days) == (Decimal(share), days)


@pytest.mark.parametrize(
    ("text", "latest"),
    [("30 jours fin de mois", 60), ("45 jours fin de mois le 10", 85), ("RIBA 60 gg d.f.f.m.", 90), ("net 30 EOM", 60),
     ("60 días f.f.", 60), ("bonifico 30 gg f.m. + 10", 70)],
)  # fmt: skip
def test_the_months_end_puts_payment_off(text: str, latest: int) -> None:
    """By a month at most, and by the days named behind it."""
    assert payment_terms(text).latest == latest


@given(st.text(max_size=400))
def test_no_text_is_too_strange_for_terms(text: str) -> None:
    """What it says is never less than nothing."""
    terms = payment_terms(text)
    assert (terms.days or 0) >= 0
    assert 0 <= terms.share < 20


@pytest.mark.parametrize(
    ("text", "severity", "owner"),
    [
        ("60 days net", Severity.ERROR, Owner.CREDIT),
        ("30 jours fin de mois", Severity.ERROR, Owner.CREDIT),
        ("2 % 10 days net 30", Severity.ERROR, Owner.SALES),
        ("net 14", Severity.WARNING, Owner.SALES),
    ],
)
def test_terms_by_which_we_get_less_or_later_are_asked_about(text: str, severity: Severity, owner: Owner) -> None:
    """Sooner is noted; we confirm the agreed ones."""
    finding = terms_finding(purchase_order(payment_terms=text), customer())
    assert finding is not None
    assert (finding.code, finding.severity, finding.owner) == ("terms_differ", severity, owner)


def test_what_the_terms_would_cost_is_said() -> None:
    """In days and in percent."""
    finding = terms_finding(purchase_order(payment_terms="45 Tage netto, 14 Tage 3 % Skonto"), customer())
    assert finding is not None
    assert finding.message.endswith("By the order all would be due 15 days later and 3 % would come off within 14 days.")


@pytest.mark.parametrize(
    "stated", ["net 30", "30 days net, 2 % 10 days", "30 Tage netto, 10 Tage 2 % Skonto", "30 Tage netto", "", "ZB14"]
)
def test_terms_that_are_as_agreed_are_no_doubt(stated: str) -> None:
    """Nor those that take less than was agreed off, or say nothing that compares."""
    assert terms_finding(purchase_order(payment_terms=stated), customer(payment_terms="2 % 10 days, net 30")) is None


def costs(stated: str, agreed: str = "2 % 10 days, net 30") -> str:
    """What the question says that the order's terms would cost."""
    finding = terms_finding(purchase_order(payment_terms=stated), customer(payment_terms=agreed))
    return finding.message.partition(" By the order ")[2] if finding else ""


def test_more_days_for_the_same_discount_are_asked_about() -> None:
    """As many or fewer are not, nor is a smaller discount for longer."""
    assert costs("2 % 14 days, net 30") == "2 % would come off within 14 days instead of 10 days."
    assert (costs("2 % 8 days, net 30"), costs("1 % 20 days, net 30")) == ("", "")


def test_a_larger_discount_is_told_beside_the_agreed_one() -> None:
    """And within how many days, where it says so."""
    assert costs("3 % 10 days, net 30") == "3 % would come off within 10 days instead of 2 %."
    assert costs("3 % Skonto, 30 Tage netto", "net 30") == "3 % would come off."


def test_the_months_end_is_told_where_it_was_not_agreed() -> None:
    """Agreed for both, it puts off nothing; on its own it means no further day."""
    assert costs("30 jours fin de mois", "net 30") == "all would be due 30 days later at most, at the month's end."
    assert costs("45 jours fin de mois", "30 jours fin de mois") == "all would be due 15 days later."
    assert payment_terms("fin de mois").days == 0


def test_a_note_about_earlier_payment_costs_nothing_and_names_what_is_agreed() -> None:
    """In words, or by the days that our books count."""
    for agreed, named in (("30 days net", "30 days net"), ("", "30 days net")):
        finding = terms_finding(purchase_order(payment_terms="net 14"), customer(payment_terms=agreed, payment_days=30))
        assert finding is not None
        assert (finding.expected, "By the order" in finding.message) == (named, False)
    assert terms_finding(purchase_order(payment_terms=None), customer()) is None


def test_a_share_of_a_fifth_or_of_nothing_is_no_discount() -> None:
    """It is a part that is paid first, or none."""
    assert [payment_terms(text).share for text in ("20 % 10 days, net 30", "0 % 10 days, net 30", "19 % 10 days, net 30")] == [
        Decimal(0), Decimal(0), Decimal(19),
    ]  # fmt: skip
