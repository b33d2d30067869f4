"""Heads and labels that no list knows, read word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.head_words import composed_header, composed_label, kinds_of


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("Ns. cod. prodotto", "buyer_part_number"),
        ("Lief.-Teilenr.", "seller_part_number"),
        ("Kundenmaterialnr.", "buyer_part_number"),
        ("Unidades solicitadas", "quantity"),
        ("Qtà ord.", "quantity"),
        ("Bestelmenge", "quantity"),
        ("Gesamtwert", "line_total"),
        ("Gew. leverdatum", "head.requested_delivery_date"),
        ("Zamawiana ilość", "quantity"),
        ("qtyOrdered", "quantity"),
        ("Rest qty", "ignore.received"),
        ("Min. stock", "ignore.balance"),
        ("Uds. caja", "ignore.pack"),
        ("Beschr.", "description"),
    ],
)
def test_a_head_says_what_its_words_say(head: str, role: str) -> None:
    """Whose, of what, how many; joined and shortened words too."""
    meaning = composed_header(head)
    assert meaning is not None
    assert meaning.name == role


@pytest.mark.parametrize("head", ["Zebra", "Please deliver on Friday to our dock", "Frisch geschliffen", "x"])
def test_a_head_with_an_unknown_word_says_nothing(head: str) -> None:
    """What is not understood in full is not guessed."""
    assert composed_header(head) is None


def test_labels_are_read_the_same_way_but_only_short_ones() -> None:
    """A sentence that begins like a label is none."""
    found = composed_label("Żądany termin dostawy")
    assert found is not None
    assert found.name == "requested_delivery_date"
    assert composed_label("delivery date of the ordered goods to us") is None


@given(st.text(max_size=80))
def test_any_text_is_words_or_none(text: str) -> None:
    """Whatever stands in a cell."""
    kinds = kinds_of(text)
    assert kinds is None or all(kind for kind in kinds)
