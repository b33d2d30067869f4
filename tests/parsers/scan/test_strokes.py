"""A pen's stroke through a row is found by the white that it fills between the words, however it wavers."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.document import Word
from parsers.page_text import Rule
from parsers.scan.prepare import Grey
from parsers.scan.strokes import is_of_letters, strokes_through

DPI = 144
WORDS = tuple(
    Word(text, 1, x0, 50, x0 + 40, 60, size=10, confidence=0.9) for text, x0 in (("HX-44", 50), ("Hex", 98), ("12", 200))
)


def page() -> Grey:
    """Three words in one row, as grey bars."""
    paper = np.full((300, 600), 255, np.uint8)
    for word in WORDS:
        paper[100:120:3, round(2 * word.x0) : round(2 * word.x1)] = 0
    return paper


def with_stroke(wave: float, until: int, down: float = 110) -> Grey:
    xs = np.arange(80, until)
    path = np.stack([xs, down + wave * np.sin(xs / 25)], axis=1).round().astype(np.int32)
    return np.asarray(cv2.polylines(page(), [path], False, 40, 2), dtype=np.uint8)


@pytest.mark.parametrize("wave", [0.0, 3.0])
def test_a_stroke_through_a_row_is_a_line_through_its_words(wave: float) -> None:
    """Drawn along a ruler or by hand."""
    (rule,) = strokes_through(WORDS, with_stroke(wave, 500), DPI)
    assert (rule.x0 < 50, rule.x1 > 240, 52 < rule.top < 58) == (True, True, True)


def test_print_that_is_underlined_is_not_struck_out() -> None:
    """The line lies below the words."""
    assert list(strokes_through(WORDS, with_stroke(0, 500, down=123), DPI)) == []


def test_a_dash_between_two_words_is_no_stroke() -> None:
    """One gap that is filled may be print."""
    assert list(strokes_through(WORDS, with_stroke(0, 200), DPI)) == []


@given(st.integers(0, 255))
def test_paper_of_whatever_grey_strikes_nothing_out_unless_it_is_black(grey: int) -> None:
    """What is dark everywhere is no stroke that people would see, and print on it is turned to black on white before."""
    paper = np.full((300, 600), grey, np.uint8)
    assert bool(list(strokes_through(WORDS, paper, DPI))) == (grey < 170)


@pytest.mark.parametrize("is_struck", [True, False])
def test_bars_of_letters_in_a_row_are_no_line_through_them(is_struck: bool) -> None:
    """A line that strikes words out also fills the white between them."""
    paper = with_stroke(0, 500) if is_struck else page()
    assert is_of_letters(Rule(48, 55, 242, 55), WORDS, paper, DPI) == (not is_struck)


def test_a_line_through_one_word_is_a_line() -> None:
    """There is no white that would tell."""
    assert not is_of_letters(Rule(98, 55, 140, 55), WORDS, page(), DPI)
