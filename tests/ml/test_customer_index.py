"""The directory of customers hands on whoever may be meant: matching on its shortlist comes out as matching on all of them."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.party_ports import CustomerDirectory
from models.domain.matching import match_customer
from models.domain.party import Customer, StatedParty
from models.ml.customer_index import customer_directory
from tests.domain.made import address, customer, hansewerk

_FIRST = (
    "Nord", "West", "Alpen", "Rhein", "Donau", "Elbe", "Main", "Havel", "Isar", "Neckar", "Weser", "Ruhr", "Saar", "Spree", "Harz"
)  # fmt: skip
_TRADE = (
    "Metallbau", "Elektro", "Haustechnik", "Logistik", "Sanitär", "Holzbau", "Werkzeuge", "Fenster", "Dachbau", "Kühltechnik"
)  # fmt: skip
_FORM = ["GmbH", "AG", "KG GmbH & Co. KG e.K."]


def invented() -> list[Customer]:
    """Companies with names of the same few words, each in a town of its own."""
    made = [
        customer(
            str(20_000 + number),
            address=address(name=f"{first}{second.lower()} {trade} {_FORM[number % 3]}", postal_code=f"{10_000 + 7 * number}"),
            vat_id=None,
            email_domains=(f"{first}{second}-{trade}.example".lower().replace("ä", "ae").replace("ü", "ue"),),
            order_emails=(),
        )
        for number, (first, second, trade) in enumerate(itertools.product(_FIRST, _FIRST[:8], _TRADE))
    ]
    return [customer(), hansewerk(), *made]


CUSTOMERS = invented()


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> CustomerDirectory:
    by_number = {str(each.number): each for each in CUSTOMERS}
    return customer_directory(
        lambda: CUSTOMERS,
        lambda numbers: [by_number[number] for number in numbers],
        lambda: "1",
        tmp_path_factory.mktemp("index") / "customers",
    )


@pytest.mark.parametrize(
    ("stated", "sender"),
    [
        (StatedParty(customer_number="100 10"), ""),
        (StatedParty(gln="9521002300000"), ""),
        (StatedParty(vat_id="DE 216311718"), ""),
        (StatedParty(), "Einkauf <einkauf@kessler-metallbau.example>"),
        (StatedParty(), "jo@mail.hansewerk.example"),
        (StatedParty(name="Kessler Metalbau G.m.b.H.", postal_code="58511"), ""),
        (StatedParty(name="Metallbau Kessler"), ""),
    ],
)
def test_every_kind_of_evidence_puts_its_customer_on_the_list(
    directory: CustomerDirectory, stated: StatedParty, sender: str
) -> None:
    """Numbers in any writing, addresses, domains and what is below them, misspelt and turned names."""
    assert {"10010", "10023"} & {each.number for each in directory.shortlist(stated, sender)}


def test_a_domain_that_only_looks_like_a_customers_is_found_out(directory: CustomerDirectory) -> None:
    """A letter put in, and the order is somebody else's."""
    stated, sender = StatedParty(name="Kessler Metallbau GmbH"), "einkauf@kesssler-metallbau.example"
    _, doubts = match_customer(stated, sender, directory.shortlist(stated, sender))
    assert "suspicious_sender" in {doubt.code for doubt in doubts}


def misspelt(draw: random.Random, text: str) -> str:
    at = draw.randrange(1, max(len(text) - 1, 2))
    slips = (text[:at] + text[at + 1 :], text[:at] + text[at] + text[at:])
    return draw.choice((text, *slips, text.upper(), text.replace("ä", "ae")))


@given(st.integers(0, len(CUSTOMERS) - 1), st.integers(0, 10_000), st.booleans(), st.booleans())
@settings(max_examples=60)
def test_the_shortlist_decides_as_all_customers_would(
    directory: CustomerDirectory, place: int, seed: int, has_place: bool, has_sender: bool
) -> None:
    """The same customer, by the same evidence, with the same doubts."""
    meant, draw = CUSTOMERS[place], random.Random(seed)
    stated = StatedParty(name=misspelt(draw, meant.name), postal_code=meant.address.postal_code if has_place else None)
    sender = f"jo@{meant.email_domains[0]}" if has_sender else ""
    short = match_customer(stated, sender, directory.shortlist(stated, sender))
    full = match_customer(stated, sender, CUSTOMERS)
    assert (short[0] and (short[0].value, short[0].score)) == (full[0] and (full[0].value, full[0].score))
    assert [doubt.code for doubt in short[1]] == [doubt.code for doubt in full[1]]


def test_a_shortlist_is_short(directory: CustomerDirectory) -> None:
    """Whatever is stated, and however common its words."""
    stated = StatedParty(name="Nordwest Metallbau", postal_code="10000", email="a@nordwest-metallbau.example")
    assert 0 < len(directory.shortlist(stated, "b@rheinelbe-elektro.example")) <= 100


def test_nobody_is_worth_comparing_where_nothing_is_stated(directory: CustomerDirectory) -> None:
    """And no text breaks it."""
    assert directory.shortlist(StatedParty(), "") == []
    assert directory.shortlist(StatedParty(name="\x1f\x00😀" * 500), "@") == []
