"""Coloured stamps and pens over black print: taken off it, and asked about unless they are an office's."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from models.domain.document import Word
from parsers.scan.marks import Colours, Mark, doubts_of, without_marks

RED, BLUE, BLACK = (200, 30, 45), (35, 50, 160), (20, 20, 20)


def page(*texts: tuple[str, tuple[int, int], tuple[int, int, int]], thick: int = 4) -> Colours:
    """White paper of 100 dots an inch with texts in colours, each over what stands there as ink is."""
    paper = np.full((1100, 850, 3), 255, np.float32)
    for text, place, colour in texts:
        layer = np.zeros((1100, 850), np.uint8)
        cv2.putText(layer, text, place, cv2.FONT_HERSHEY_SIMPLEX, 1.0, 255, thick, cv2.LINE_AA)
        strokes = layer[:, :, None].astype(np.float32) / 255
        paper *= 1 - strokes * (1 - np.array(colour, np.float32) / 255)
    return paper.astype(np.uint8)


class Says:
    """An engine that reads the same of every piece of paper in turn."""

    def __init__(self, *texts: str) -> None:
        self._texts = list(texts)

    def words(self, png: bytes, *, dpi: int, page: int, languages: tuple[str, ...], layout: str = "block") -> tuple[Word, ...]:
        return tuple(Word(text, 1, 0, 0, 9, 9, confidence=0.9) for text in self._texts.pop(0).split())

    def reads(self, language: str) -> bool:
        return True

    def lines(self, pngs: Sequence[bytes]) -> None:
        return None


def asked(ink: str, beneath: str, shape: tuple[int, int] = (60, 120)) -> list[str]:
    mark = Mark(np.full(shape, 255, np.uint8), np.full(shape, 255, np.uint8))
    return [problem.code for problem in doubts_of([mark], 200, 1, "fax.pdf", Says(ink, beneath))]


@pytest.mark.parametrize("colour", [RED, BLUE])
def test_a_stamp_over_print_is_taken_off_it(colour: tuple[int, int, int]) -> None:
    """The print beneath stays as dark as it was, and the stamp is told."""
    clean = page(("Hex bolts 1200", (200, 500), BLACK), ("total 45.00", (200, 700), BLACK))
    stamped = page(("Hex bolts 1200", (200, 500), BLACK), ("total 45.00", (200, 700), BLACK), ("RECEIVED", (230, 512), colour))
    grey, marks = without_marks(stamped)
    was = cv2.cvtColor(clean, cv2.COLOR_RGB2GRAY)
    assert len(marks) == 1
    seen = cv2.cvtColor(stamped, cv2.COLOR_RGB2GRAY)
    assert np.sum((grey < 140) != (was < 140)) < 0.2 * np.sum((seen < 140) != (was < 140))


@pytest.mark.parametrize(
    "paper",
    [
        page(("Purchase order 4711", (200, 500), BLACK), ("Selwood Builders", (200, 300), RED)),
        page(("Purchase order 4711", (200, 500), BLACK)),
        page(("Purchase order 4711", (200, 500), BLUE), ("Selwood", (200, 508), RED)),
    ],
    ids=["coloured heading", "black alone", "print in colours"],
)
def test_colour_that_lies_over_no_black_print_stays(paper: Colours) -> None:
    """It may be the form's own."""
    grey, marks = without_marks(paper)
    assert marks == ()
    assert (grey == cv2.cvtColor(paper, cv2.COLOR_RGB2GRAY)).all()


def test_a_stamp_that_says_when_the_paper_came_in_is_no_question() -> None:
    """In any language, and where its end was not read."""
    assert asked("EINGEGANGEN 06. Nov. 2026", "25 Pak") == []
    assert asked("EINGE 06.", "25 Pak") == []


def test_any_other_stamp_is() -> None:
    """The order may be cancelled, whatever lies beneath."""
    assert asked("STORNIERT", "Bestellung") == ["written_over"]


@pytest.mark.parametrize(
    ("beneath", "shape", "codes"), [("40 pcs", (60, 120), 1), ("J. Moreau", (60, 120), 0), ("Hex bolts", (8, 300), 1)]
)
def test_a_scrawl_is_where_it_hides_figures_or_strikes_words_out(beneath: str, shape: tuple[int, int], codes: int) -> None:
    """A signature over a name alters nothing."""
    assert len(asked("", beneath, shape)) == codes
