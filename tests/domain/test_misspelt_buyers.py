"""Buyers whose names and addresses are misspelt, shortened or lack a part, and strangers who are nearly like them."""

from __future__ import annotations

import pytest

from models.domain.matching import match_customer
from models.domain.party import StatedParty
from tests.domain.made import address, customer, hansewerk

KESSLER = customer()
HOUSE = {"street": "Im Gewerbepark 7", "postal_code": "58511", "city": "Lüdenscheid"}


@pytest.mark.parametrize(
    "stated",
    [
        StatedParty(name="Kesler Metallb. GmbH", **HOUSE),
        StatedParty(name="KESSLRE METALBAU", street="Gewerbepark 7", postal_code="58511", city="Ludenscheid"),
        StatedParty(name="Kessler Metallbau", street="Im Gewerbepark 7", postal_code="58517", city="Lüdenscheid"),
        StatedParty(name="Kessler Metallbau", street="Im Gewerbepark 7", city="Lüdenschied"),
    ],
)
def test_a_misspelt_name_at_its_own_house_is_that_customer(stated: StatedParty) -> None:
    """The house says more than a slip in the name, in the town's name or in one sign of its code."""
    match, findings = match_customer(stated, "", (KESSLER, hansewerk()))
    assert match is not None
    assert (match.value, findings) == ("10010", ())


@pytest.mark.parametrize(
    "stated",
    [
        StatedParty(name="Kesselring Werkzeugbau GmbH", **HOUSE),
        StatedParty(name="Kessel Metallbau", street="Bahnhofstr. 99", postal_code="58511", city="Lüdenscheid"),
        StatedParty(name="Kesler Metallbau", street="Im Gewerbepark 7", postal_code="01067", city="Dresden"),
        StatedParty(name="Kessler Metallbau", postal_code="58517"),
    ],
)
def test_a_stranger_is_not_taken_for_a_customer(stated: StatedParty) -> None:
    """Another company in the same house, a like name in another street of the town, the same street elsewhere."""
    match, findings = match_customer(stated, "", (KESSLER, hansewerk()))
    assert match is None
    assert [finding.code for finding in findings] == ["unknown_customer"]


def test_the_very_house_settles_it_between_two_of_one_name() -> None:
    """Two companies of a family in one town, of which the order states the address of one."""
    sister = customer("10011", address=address(street="Hafenstr. 9"), vat_id=None)
    match, _ = match_customer(StatedParty(name="Kessler Metallbau GmbH", **HOUSE), "", (KESSLER, sister))
    assert match is not None
    assert match.value == "10010"
