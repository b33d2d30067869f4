"""Whom an order names, and what a hit or an embargoed country asks."""

from __future__ import annotations

from models.domain.findings import Owner
from models.domain.party import StatedParty
from models.domain.screening import Hit, Party, embargo_findings, hit_findings, screened_parties
from models.domain.values import CountryCode
from tests.domain.made import address, customer, purchase_order


def hit(score: float, listed: str = "Ilya Zarembov", party: str = "Ilja Zarembow") -> Hit:
    return Hit(party=party, listed=listed, entry_id="36", list_name="EU", list_version="2026-11-19", score=score)


def test_everybody_whom_the_order_names_is_screened_once() -> None:
    """Our customer, the places, and every party as the document states it."""
    order = purchase_order(
        buyer=StatedParty(name="Kessler Metallbau GmbH"),
        ship_to=StatedParty(name="Baustelle Nord", country="de"),
        bill_to=StatedParty(name="Kessler Holding", country="CH"),
    )
    parties = screened_parties(order, customer(), address(name="Baustelle Nord", country="DE"))
    assert [(party.name, party.country) for party in parties] == [
        ("Kessler Metallbau GmbH", "DE"),
        ("Baustelle Nord", "DE"),
        ("Kessler Holding", "CH"),
    ]


def test_a_party_is_one_question_with_its_best_hit() -> None:
    """The others are candidates, each with its list and version."""
    (finding,) = hit_findings([hit(88.0, "Ilya Zaremba"), hit(97.0)])
    assert (finding.code, finding.owner, finding.blocks, finding.expected) == (
        "denied_party", Owner.COMPLIANCE, True, "Ilya Zarembov",
    )  # fmt: skip
    assert [candidate.label for candidate in finding.candidates] == ["EU 2026-11-19, 36"] * 2


def test_a_party_in_an_embargoed_country_is_a_question() -> None:
    """Once per country."""
    parties = [Party(name="A", country="BY"), Party(name="B", country="BY"), Party(name="C", country="DE")]
    (finding,) = embargo_findings(parties, [CountryCode("BY"), CountryCode("KP")])
    assert (finding.code, finding.read, "A is in Belarus (BY)" in finding.message) == ("embargoed_country", "BY", True)
