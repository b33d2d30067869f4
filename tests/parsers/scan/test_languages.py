"""A page is read in the one language that its labels tell, whatever else stands on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from models.domain.document import Letter, Word
from parsers.scan.languages import page_language, words_of
from parsers.scan.rows import Piece, Print

DPI = 72
PAPER = np.full((1200, 600), 255, np.uint8)


class Asked:
    """An engine that reads the same words on every picture and keeps in which languages it was asked."""

    def __init__(self, text: str, *, second: bool = True) -> None:
        self.text = text
        self.second = second
        self.languages: list[tuple[str, ...]] = []

    def words(self, png: bytes, *, dpi: int, page: int, languages: tuple[str, ...], layout: str = "block") -> tuple[Word, ...]:
        self.languages.append(languages)
        return words_in(self.text)

    def reads(self, language: str) -> bool:
        return language in ("en", "de", "pl")

    def lines(self, pngs: Sequence[bytes]) -> Sequence[Sequence[Letter]] | None:
        return [] if self.second else None


def words_in(text: str) -> tuple[Word, ...]:
    return tuple(
        Word(word, 1, 40 * place, 20, 40 * place + 30, 30, size=10, confidence=0.9) for place, word in enumerate(text.split())
    )


def asked_on_a_page(text: str, rows: int, *, second: bool = True) -> list[tuple[str, ...]]:
    engine = Asked(text, second=second)
    pieces = tuple(Piece(50, 30 * row + 10, 300, 30 * row + 22, 30 * row + 22) for row in range(rows))
    words_of(PAPER, Print(pieces, np.zeros((600, 300), np.int32)), DPI, 1, engine)
    return engine.languages


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Menge Artikelnummer Lieferanschrift 12 Bolt", "de"),
        ("llosc Zamowienie Nazwa towaru Cena", "pl"),
        ("Quantity Description Unit price", "en"),
        ("4711 12,50 3 M8x40", None),
    ],
)
def test_labels_tell_the_language_even_without_their_accents(text: str, language: str | None) -> None:
    """A sample that was read in English has no crossed l and no umlaut."""
    assert page_language(words_in(text)) == language


@pytest.mark.parametrize(
    ("text", "rows", "asked"),
    [
        ("Quantity Description Unit price", 30, [("en",), ("en",)]),
        ("Menge Artikelnummer Lieferanschrift", 30, [("en",), ("de",)]),
        ("Menge Artikelnummer Lieferanschrift", 6, [("en",), ("de",)]),
        ("Quantité Désignation Livraison", 30, [("en",), ("en",)]),
        ("Quantity Description Unit price", 6, [("en",)]),
    ],
)
def test_a_page_is_read_in_its_own_language_alone(text: str, rows: int, asked: list[tuple[str, ...]]) -> None:
    """A short page is its own sample; a language that the engine lacks is left to the second one."""
    assert asked_on_a_page(text, rows) == asked


def test_without_a_second_opinion_a_page_is_read_in_all_languages() -> None:
    """Nobody else would tell the letters that English lacks."""
    assert asked_on_a_page("Menge Artikelnummer Lieferanschrift", 30, second=False) == [()]
