"""Rows of print get bands of their own, and words come back to where they stand."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from models.domain.document import Word
from parsers.scan.rows import print_of, set_in_rows

DPI = 300


def sheet(*texts: tuple[str, int, int]) -> NDArray[np.uint8]:
    """Texts at x, foot."""
    page = np.full((900, 1600), 255, np.uint8)
    for text, x, foot in texts:
        cv2.putText(page, text, (x, foot), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 3)
    return page


def test_boxes_whose_rows_ride_apart_get_rows_of_their_own() -> None:
    """The left box's rows lie between those of the right one."""
    page = sheet(("LEFT 1", 50, 100), ("RIGHT 1", 900, 118), ("LEFT 2", 50, 160), ("RIGHT 2", 900, 178))
    assert len(set_in_rows(page, print_of(page, DPI), DPI).bands) == 4


def test_cells_of_one_row_stay_in_one_band() -> None:
    """They stand level, however far apart."""
    page = sheet(("40", 50, 100), ("PIECES", 500, 101), ("128.00", 1200, 100))
    assert len(set_in_rows(page, print_of(page, DPI), DPI).bands) == 1


def test_a_word_is_put_back_where_it_stands() -> None:
    """What was moved up in its band moves down again."""
    page = sheet(("FIRST", 50, 100), ("SECOND", 50, 700))
    rows = set_in_rows(page, print_of(page, DPI), DPI)
    second = rows.bands[1]
    middle = (second.top + second.bottom) / 2 * 72 / DPI
    (placed,) = rows.placed([Word(text="SECOND", page=1, x0=12, top=middle - 4, x1=50, bottom=middle + 4)])
    assert abs((placed.top + placed.bottom) / 2 * DPI / 72 - 687) < 12


def test_neighbours_ink_does_not_come_along() -> None:
    """A tall mark beside a row stays out of the row's band."""
    page = sheet(("TEXT", 50, 200))
    cv2.ellipse(page, (300, 200), (90, 190), 0, 0, 360, 0, 4)
    rows = set_in_rows(page, print_of(page, DPI), DPI)
    ink = int((rows.picture < 128).sum())
    assert abs(ink - int((page < 128).sum())) < 0.05 * ink


def test_specks_and_pale_patches_are_no_print() -> None:
    """Only what is dark and of a letter's size is set."""
    page = sheet(("TEXT", 50, 200))
    page[500:503, 700:703] = 0
    page[600:660, 700:900] = 150
    assert len(print_of(page, DPI).pieces) == 1


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 1400), st.integers(40, 880)), max_size=12))
def test_any_page_of_print_can_be_set(places: list[tuple[int, int]]) -> None:
    """Every piece has a band, and bands follow one another."""
    page = sheet(*(("AB1", x, y) for x, y in places))
    printed = print_of(page, DPI)
    bands = set_in_rows(page, printed, DPI).bands if printed.pieces else ()
    assert all(upper.bottom <= lower.top for upper, lower in pairwise(bands))
    assert len(bands) <= len(printed.pieces)
