"""Sentences on printed pages: they state the day and the place where no label does, and never over a label."""

from __future__ import annotations

import pytest

from benchmarks.capture.by_hand.word_files import written_word
from models.contracts.extraction_v1 import ExtractionV1
from parsers.reading import read_document

GOODS = """
|Pos.|Art.-Nr.|Bezeichnung|Menge|Einheit|Preis|
|1|FK-70012|Innenfarbe matt weiß|16|Eimer|48,90|
|2|FK-71550|Tiefgrund|4|Kanister|31,20|
"""
SENTENCE = """hiermit bestellen wir zur Lieferung am 24.11.2026 an unsere Baustelle
Kita Regenbogen
Zwickauer Straße 112
04279 Leipzig
folgende Positionen:"""
LABEL = "Lieferanschrift:\nMalerbetrieb Seifert\nLindenweg 8\n04317 Leipzig\n\n"


def _read(text: str) -> ExtractionV1:
    head = "Malerbetrieb Seifert GmbH · Lindenweg 8 · 04317 Leipzig\n\nBestellung Nr. 2026-118\nDatum: 18.11.2026\n\n"
    return read_document(written_word(head + text + "\n" + GOODS), "bestellung.docx", ocr=None).reading.extraction


def test_a_sentence_states_the_day_and_the_place() -> None:
    """As in a letter around a table."""
    (order,) = _read(SENTENCE).orders
    assert order.requested_delivery_date is not None
    assert order.requested_delivery_date.value == "2026-11-24"
    assert order.ship_to is not None
    place = [value.value if value else None for value in (order.ship_to.name, order.ship_to.street, order.ship_to.postal_code)]
    assert place == ["Kita Regenbogen", "Zwickauer Straße 112", "04279"]


def test_what_a_sentence_states_is_shown_where_it_stands() -> None:
    """The day's evidence is its box on the page."""
    (order,) = _read(SENTENCE).orders
    assert order.requested_delivery_date is not None
    (place,) = order.requested_delivery_date.evidence
    assert place.text.endswith("24.11.2026")
    assert place.bbox is not None
    assert place.page == 1


def test_a_labelled_day_stays() -> None:
    """The label wins, whatever sentences say."""
    (order,) = _read(f"Liefertermin: 30.11.2026\n\n{SENTENCE}").orders
    assert order.requested_delivery_date is not None
    assert order.requested_delivery_date.value == "2026-11-30"


def test_a_sentence_that_leads_elsewhere_than_the_address_is_asked_about() -> None:
    """Two places for the same goods."""
    assert "unread_place" in [problem.code for problem in _read(LABEL + SENTENCE).problems]


@pytest.mark.parametrize(
    "sentence",
    [
        "Unser Angebot vom 24.11.2026 haben wir dankend erhalten und geprüft.",
        "Rechnungen senden Sie bitte mit der Post an unsere Buchhaltung in 04317 Leipzig.",
    ],
)
def test_sentences_about_something_else_state_neither(sentence: str) -> None:
    """A past day, an address for bills."""
    (order,) = _read(sentence).orders
    assert order.requested_delivery_date is None
    assert order.ship_to is None
