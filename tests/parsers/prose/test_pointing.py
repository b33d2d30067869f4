"""Spans of a text round the words that spell a value, and round no neighbour."""

from __future__ import annotations

import pytest

from models.contracts.extraction_v1 import OrderLineV1, PurchaseOrderV1, StatedValue
from models.domain.evidence import Evidence
from parsers.prose.pointing import pointed_in_text
from parsers.prose.reader import Letter, read_letter


def spelled(field: str, value: str, text: str) -> Evidence:
    """The place of a value that was read from all of `text`, which begins at 100."""
    stated = StatedValue(value=value, evidence=(Evidence(part="mail", span=(100, 100 + len(text)), text=text),))
    if field in PurchaseOrderV1.model_fields:
        found = getattr(pointed_in_text(PurchaseOrderV1(**{field: stated})), field)
    else:
        found = getattr(pointed_in_text(PurchaseOrderV1(lines=(OrderLineV1(**{field: stated}),))).lines[0], field)
    place: Evidence = found.evidence[0]
    return place


@pytest.mark.parametrize(
    ("field", "value", "text", "words"),
    [
        ("seller_part_number", "3175-CP", "(art. 3175-CP)", "3175-CP"),
        ("quantity", "60", "60 cartons", "60"),
        ("unit_price", "385.00", "à 385,00 € le mille", "385,00"),
        ("requested_delivery_date", "2026-11-20", "le 20 novembre 2026 à", "20 novembre 2026"),
        ("currency", "EUR", "à 385,00 € le mille", "€"),
        ("requested_delivery_date", "2026-11-27", "next Friday", "next Friday"),
        ("quantity", "12000", "douze mille", "douze mille"),
    ],
)
def test_a_span_covers_only_the_words_that_spell_its_value(field: str, value: str, text: str, words: str) -> None:
    """What is said in other words keeps all of them."""
    place = spelled(field, value, text)
    start = 100 + text.index(words)
    assert (place.text, place.span) == (words, (start, start + len(words)))


def test_a_place_that_is_not_quoted_as_it_stands_is_left_alone() -> None:
    """The span counts other letters than the quotation has."""
    stated = StatedValue(value="12", evidence=(Evidence(part="mail", span=(0, 40), text="12 boxes"),))
    order = PurchaseOrderV1(lines=(OrderLineV1(quantity=stated),))
    assert pointed_in_text(order) == order


def test_the_spans_of_a_letter_quote_the_words_that_stand_there() -> None:
    """Whatever was drawn closer still points into the letter's own text."""
    text = (
        "Hello,\n\nplease send us 60 cartons of copy paper A4 (art. 3175-CP) and 2 cans of floor cleaner (art. FC-75).\n\nThanks"
    )
    order = read_letter(Letter("mail", text)).orders[0].order
    places = [
        place for line in order.lines for value in (line.quantity, line.seller_part_number) if value for place in value.evidence
    ]
    assert [text[slice(*place.span)] for place in places if place.span] == ["60", "3175-CP", "2", "FC-75"]
