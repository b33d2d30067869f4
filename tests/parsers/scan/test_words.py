"""What OCR tears and misreads on forms is mended, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.document import Word
from parsers.scan.words import mended


def line(*texts: str, gap: float = 2.0) -> list[Word]:
    words: list[Word] = []
    for text in texts:
        x0 = words[-1].x1 + gap if words else 10.0
        words.append(Word(text=text, page=1, x0=x0, top=10, x1=x0 + 5 * len(text), bottom=19, size=9, confidence=0.9))
    return words


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        (("03/1", "4/2026"), ["03/14/2026"]),
        (("14.03.", "2026"), ["14.03.2026"]),
        (("400", "860.00"), ["400", "860.00"]),
        (("12", "boxes"), ["12", "boxes"]),
        (("aty", "Price"), ["Qty", "Price"]),
        (("P.0.", "NO,"), ["P.O.", "No."]),
        (("HU9", "SPQ"), ["HU9", "5PQ"]),
        (("HUl", "2AB"), ["HU1", "2AB"]),
        (("l2.5O", "EA"), ["12.50", "EA"]),
        (("SB-12", "M8"), ["SB-12", "M8"]),
        (("519.00.",), ["519.00"]),
        (("102,38.",), ["102,38"]),
        (("14.03.",), ["14.03."]),
        (("$2.673.25",), ["$2.673,25"]),
        (("1;368.00",), ["1,368.00"]),
        (("101:04",), ["101,04"]),
        (("15:30",), ["15:30"]),
        (("Sp.", "z", "0.0."), ["Sp.", "z", "o.o."]),
        (("Rev.", "0.0."), ["Rev.", "0.0."]),
        (("Qty", "UIM"), ["Qty", "U/M"]),
    ],
)
def test_torn_figures_are_one_word_again(read: tuple[str, ...], meant: list[str]) -> None:
    """Only figures that make a day or an amount together, and neither alone, are joined."""
    assert [word.text for word in mended(line(*read))] == meant


def test_figures_of_two_columns_stay_apart() -> None:
    """A column's gap is no tear."""
    assert len(mended(line("03/1", "4/2026", gap=20))) == 2


def test_joined_figures_are_believed_less_than_their_pieces() -> None:
    """Mending is a reading too."""
    (word,) = mended(line("03/1", "4/2026"))
    assert word.confidence < 0.9


def test_what_the_engine_hardly_believed_is_left_out() -> None:
    """Specks are no words."""
    speck = Word(text="4", page=1, x0=0, top=0, x1=2, bottom=2, confidence=0.1)
    assert mended([speck]) == ()


@given(st.lists(st.text(alphabet="abc xyz".replace(" ", ""), min_size=1, max_size=8), max_size=8))
def test_plain_words_pass_unchanged(texts: list[str]) -> None:
    """Letters are never joined."""
    assert [word.text for word in mended(line(*texts))] == texts


@pytest.mark.parametrize(
    ("read", "cells"),
    [
        ("500|pcs", [("500", 100, 130), ("pcs", 140, 170)]),
        ("Stk|0,18", [("Stk", 100, 126.25), ("0,18", 135, 170)]),
        ("BX|1540", [("BX", 100, 120), ("1540", 130, 170)]),
        ("1|5", [("1|5", 100, 170)]),
        ("AB2|C", [("AB2|C", 100, 170)]),
    ],
)
def test_a_drawn_line_between_a_number_and_a_word_parts_two_cells(read: str, cells: list[tuple[str, float, float]]) -> None:
    """Between figures it may be a one, and a code keeps what it has."""
    joined = Word(read, 1, 100, 50, 170, 60, size=10, confidence=0.9)
    assert [(each.text, each.x0, each.x1) for each in mended([joined])] == cells


@pytest.mark.parametrize(
    ("read", "meant"), [("42;50", "42,50"), ("1.920.00", "1.920,00"), ("1.920", "1.920"), ("5.12.26", "5.12.26")]
)
def test_a_comma_seen_as_another_stop_is_put_right(read: str, meant: str) -> None:
    """Stops of thousands and days stay what they are."""
    (word,) = mended([Word(read, 1, 100, 50, 170, 60, size=10, confidence=0.9)])
    assert word.text == meant
