"""A delivery country that nobody wrote: inferred, told, and asked about where it may well be another."""

from __future__ import annotations

import pytest

from models.domain.findings import Owner
from models.domain.matching import match_ship_to
from models.domain.party import StatedParty
from tests.domain.made import customer


def codes(place: StatedParty) -> list[str]:
    return [finding.code for finding in match_ship_to(place, customer(), ())[2]]


def elsewhere(**parts: object) -> StatedParty:
    return StatedParty.model_validate({"street": "Nebengasse 77", "city": "Irgendwo", **parts})


def test_a_country_that_is_left_out_is_the_customers_and_told_so() -> None:
    """Domestic orders leave it out: the one question about the new place names the country."""
    address, _, [finding] = match_ship_to(elsewhere(postal_code="10115"), customer(), ())
    assert address is not None
    assert (address.country, finding.code) == ("DE", "new_ship_to")
    assert "No country is written there: it is taken for Germany (DE)." in finding.message


@pytest.mark.parametrize(
    "parts",
    [
        {"postal_code": "4020"},
        {"postal_code": "SW1A 2AA"},
        {"postal_code": "220030", "country": "RO", "country_is_inferred": True},
    ],
)
def test_a_country_that_may_well_be_another_is_a_question_of_its_own(parts: dict[str, object]) -> None:
    """For tax: its postal codes look otherwise, or it is not the customer's and nobody wrote it."""
    _, _, findings = match_ship_to(elsewhere(**parts), customer(), ())
    assert [(finding.code, finding.owner) for finding in findings] == [
        ("new_ship_to", Owner.SALES),
        ("country_assumed", Owner.TAX),
    ]


@pytest.mark.parametrize("parts", [{"postal_code": "4020", "country": "AT"}, {"postal_code": "D-10115"}])
def test_a_country_that_is_written_or_fits_asks_nothing_more(parts: dict[str, object]) -> None:
    """Only about the new place itself."""
    assert codes(elsewhere(**parts)) == ["new_ship_to"]


def test_a_known_place_has_its_country_from_the_books() -> None:
    """Whatever the document leaves out."""
    home = customer().address
    known = StatedParty(name=home.name, street=home.street, city=home.city, postal_code=home.postal_code)
    assert codes(known) == []
