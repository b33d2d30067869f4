"""Who pays the freight, as orders say it in seven languages and on every kind of paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.freight_terms import FreightTerms
from parsers.freight_terms import freight_in, freight_of_code, freight_under_label

PREPAID, ADDED, COLLECT = FreightTerms.PREPAID, FreightTerms.PREPAID_AND_ADD, FreightTerms.COLLECT


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Lieferung bitte frei Haus.", PREPAID), ("Frei-Haus", PREPAID), ("Versand unfrei per Spedition", COLLECT),
        ("ab Werk", COLLECT),
        ("livraison franco domicile", PREPAID), ("expédition en port dû", COLLECT), ("port avancé", ADDED),
        ("Resa: porto franco", PREPAID), ("porto franco con addebito in fattura", ADDED), ("Porto Assegnato", COLLECT),
        ("portes pagados", PREPAID), ("a portes debidos", COLLECT), ("franco huis", PREPAID), ("levering niet franco", COLLECT),
        ("loco magazyn odbiorcy", PREPAID), ("odbiór własny", COLLECT), ("Carriage paid please", PREPAID),
        ("freight collect", COLLECT),
        ("FOB Destination", PREPAID), ("F.O.B. Origin", COLLECT), ("FOB origin, freight prepaid & add", ADDED),
        ("Prepaid and Add", ADDED),
        ("unfrei, sonst frei Haus", None), ("frei Haus ab 500 EUR Warenwert", None), ("free delivery over 300", None),
        ("DAP Linz", None), ("Schrauben frei von Öl", None), ("", None),
    ],
)  # fmt: skip
def test_running_text_says_who_pays(text: str, terms: FreightTerms | None) -> None:
    """Nothing where it says two things, or what holds from some worth on."""
    found = freight_in(text)
    assert (found[0] if found else None) == terms


@pytest.mark.parametrize(
    ("label", "text", "terms"),
    [
        ("Freight", "Collect", COLLECT), ("Freight", "12.00", None), ("FOB Point", "ORIGIN", COLLECT),
        ("FOB", "Destination", PREPAID),
        ("Porto", "Assegnato", COLLECT), ("Frankatur", "frei", PREPAID), ("Verpackung", "frei", None),
        ("Freight Terms", "PPD", PREPAID), ("Freight", "Paid by buyer", COLLECT), ("Freight", "Paid by seller", PREPAID),
        ("Freight", "Prepaid but charged to customer", ADDED),
        ("Franco", "domicile", PREPAID), ("Terms of Delivery", "EXW Ulm", COLLECT), ("Terms of Delivery", "DAP Linz", None),
    ],
)  # fmt: skip
def test_a_bare_word_counts_under_a_label_of_freight(label: str, text: str, terms: FreightTerms | None) -> None:
    """The label may be half of what is said."""
    assert freight_under_label(label, text) == terms


def test_codes_of_interchanges_say_the_same() -> None:
    """UN/EDIFACT 4215 and X12 146."""
    assert [freight_of_code(code) for code in ("PP", "PC", "cc", "ZZ")] == [PREPAID, ADDED, COLLECT, None]


@given(st.text(max_size=300))
def test_the_words_found_lie_within_the_text(text: str) -> None:
    """Whatever signs stand before them."""
    found = freight_in(f"{text} frei Haus")
    if found is not None:
        begin, end = found[1]
        assert 0 <= begin < end <= len(text) + 10
