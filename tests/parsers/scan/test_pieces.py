"""What one engine was unsure of is read by another one, and both readings become one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from models.domain.document import Letter, Word
from parsers.scan.pieces import read_twice
from parsers.scan.rows import Piece

DPI = 72
PAPER = np.full((400, 600), 255, np.uint8)


class Second:
    """An engine that knows English and has a second opinion of one text on every piece."""

    def __init__(self, text: str | None, confidence: float = 0.99) -> None:
        self.text = text
        self.confidence = confidence
        self.asked = 0

    def words(self, png: bytes, *, dpi: int, page: int, languages: tuple[str, ...], layout: str = "block") -> tuple[Word, ...]:
        raise AssertionError("the first engine has read the page")

    def reads(self, language: str) -> bool:
        return language == "en"

    def lines(self, pngs: Sequence[bytes]) -> Sequence[Sequence[Letter]] | None:
        self.asked += len(pngs)
        if self.text is None:
            return None
        count = len(self.text)
        letters = [Letter(letter, self.confidence, (at + 0.5) / count) for at, letter in enumerate(self.text)]
        return [letters for _ in pngs]


def word(text: str, x0: float, x1: float, confidence: float) -> Word:
    return Word(text=text, page=1, x0=x0, top=100, x1=x1, bottom=110, size=12, confidence=confidence)


def read(engine: Second, *words: Word, x1: int = 160) -> list[tuple[str, float]]:
    piece = Piece(100, 100, x1, 110, 110)
    found, _ = read_twice(words, [piece], PAPER, DPI, 1, engine)
    return [(each.text, round(each.confidence, 2)) for each in found]


def test_a_word_that_the_first_engine_is_sure_of_is_not_read_again() -> None:
    """A clean page costs one reading."""
    engine = Second("other")
    assert read(engine, word("XB-15200", 100, 160, 0.96)) == [("XB-15200", 0.96)]
    assert engine.asked == 0


def test_an_unsure_word_that_both_read_alike_is_sure() -> None:
    """Two engines of different kinds seldom err alike."""
    assert read(Second("XB-15200"), word("XB-15200", 100, 160, 0.6)) == [("XB-15200", 0.99)]


def test_where_they_differ_the_second_reading_stands_and_is_doubted() -> None:
    """The first one was unsure anyway."""
    ((text, confidence),) = read(Second("XB-15200-Z"), word("xB-15200-2", 100, 160, 0.6))
    assert text == "XB-15200-Z"
    assert confidence < 0.8


def test_a_short_word_is_always_read_again() -> None:
    """No engine sees by a word of three letters which letters it has: pes is no unit."""
    assert read(Second("pcs"), word("pes", 100, 160, 0.95))[0][0] == "pcs"


def test_print_that_the_first_engine_missed_is_found() -> None:
    """A lone figure in a column is easily skipped; the second engine must be sure of it."""
    assert [text for text, _ in read(Second("24"))] == ["24"]
    assert read(Second("24", confidence=0.5)) == []


def test_a_great_i_and_a_small_l_are_told_by_the_engine_that_knows_words() -> None:
    """In most types they look the same."""
    assert read(Second("S.r.I."), word("S.r.l.", 100, 160, 0.7)) == [("S.r.l.", 0.99)]


def test_a_dash_that_only_one_engine_saw_stays() -> None:
    """It parts a name from its street."""
    found = read(
        Second("Castellon Viale"),
        word("Castellon", 100, 150, 0.7),
        word("-", 152, 154, 0.9),
        word("Viale", 156, 190, 0.7),
        x1=190,
    )
    assert [text for text, _ in found] == ["Castellon", "-", "Viale"]


def test_columns_that_the_first_engine_saw_apart_stay_apart() -> None:
    """The second engine sees a box's edge as nothing, and reads on."""
    engine = Second("015617Data")
    letters = [
        Letter(each, 0.99, place / 100) for each, place in zip("015617Data", (2, 6, 10, 14, 18, 22, 75, 82, 89, 96), strict=True)
    ]
    engine.lines = lambda pngs: [letters for _ in pngs]  # type: ignore[method-assign]
    found = read(engine, word("[015617", 100, 124, 0.6), word("|Data", 140, 160, 0.6))
    assert [text for text, _ in found] == ["015617", "Data"]


def test_without_a_second_engine_the_words_are_those_of_the_first() -> None:
    """The extra is not always there."""
    assert read(Second(None), word("xB-15200-2", 100, 160, 0.6)) == [("xB-15200-2", 0.6)]


def test_letters_of_a_language_that_the_first_engine_does_not_know_are_read_again() -> None:
    """It is sure of letters that it cannot know."""
    polish = [
        word(text, 100 + 5 * at, 104 + 5 * at, 0.96) for at, text in enumerate(("prosimy", "oraz", "przez", "dostawa", "nazwa"))
    ]
    engine = Second("Skladowa")
    read(engine, *polish)
    assert engine.asked == 1


@given(st.text("AI1l0O-·. ąz", max_size=12), st.text("AI1l0O-·.ąz", min_size=1, max_size=12), st.floats(0, 1), st.floats(0.21, 1))
def test_whatever_the_second_engine_reads_words_stay_words(second: str, first: str, sure: float, confidence: float) -> None:
    """Never an empty one, never surer than certain, never outside of its piece by more than a letter."""
    piece = Piece(100, 100, 160, 110, 110)
    found, _ = read_twice([word(first, 100, 160, confidence)], [piece], PAPER, DPI, 1, Second(second, sure))
    assert all(each.text.strip() and 0 <= each.confidence <= 1 and 95 <= each.x0 < each.x1 <= 165 for each in found)


def test_a_word_over_two_cells_goes_where_the_second_engine_read_each_cell() -> None:
    """Else "1 M" would stand there twice."""

    class Cells(Second):
        def lines(self, pngs: Sequence[bytes]) -> Sequence[Sequence[Letter]] | None:
            return [[Letter(text, 0.99, 0.5)] for text in ("1", "M")[: len(pngs)]]

    pieces = [Piece(100, 100, 106, 110, 110), Piece(130, 100, 138, 110, 110)]
    found, _ = read_twice([word("1M", 100, 138, 0.95)], pieces, PAPER, DPI, 1, Cells(None))
    assert [each.text for each in found] == ["1", "M"]
