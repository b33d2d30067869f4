"""The language of short texts."""

from __future__ import annotations

import pytest

from parsers.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("need 5 tins white paint tomorrow", "en"),
        ("Bestellung 4711: 20 Kartons Handschuhe", "de"),
        ("Könnt ihr 3 Säcke Zement mitbringen?", "de"),
        ("il me faut 5 pots de peinture blanche", "fr"),
        ("mándame 3 sacos cemento a la obra", "es"),
        ("10 risme carta A4", "it"),
        ("10 pakken papier A4 aub", "nl"),
        ("Zamówienie 4711: 20 kartonów rękawic", "pl"),
    ],
)
def test_a_line_from_a_telephone_tells_its_language(text: str, language: str) -> None:
    """By the words of orders, where it has hardly any others."""
    assert language_of(text) == language


def test_articles_and_numbers_have_no_language() -> None:
    """Nothing is better than a guess."""
    assert language_of("HX-M8-40 1200\nHX-M10-60 400") is None
