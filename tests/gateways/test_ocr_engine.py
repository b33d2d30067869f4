"""Tesseract behind the OCR port, run for real on small pictures."""

from __future__ import annotations

import io
import os

import pytest
from PIL import Image, ImageDraw, ImageFont

from activities.gateways.ocr_engine import TesseractEngine
from models.domain.errors import Misconfigured, Rejected

LINES = (
    "Purchase order 4711 of 14 March 2026",
    "Please deliver twelve boxes of hex bolts",
    "to the warehouse at Canal Street 18",
)


def picture(lines: tuple[str, ...] = LINES) -> bytes:
    sheet = Image.new("L", (1500, 1500), "white")
    draw = ImageDraw.Draw(sheet)
    for place, line in enumerate(lines):
        draw.text((100, 150 + 70 * place), line, fill="black", font=ImageFont.load_default(44))
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def test_words_come_with_boxes_in_points_and_confidence() -> None:
    """A hundred dots from the edge at 300 dots an inch are 24 points."""
    words = TesseractEngine(("eng",)).words(picture(), dpi=300, page=2, languages=())
    first = words[0]
    assert [word.text for word in words[:3]] == ["Purchase", "order", "4711"]
    assert first.page == 2
    assert 24 <= first.x0 < 26
    assert 36 <= first.top < first.bottom < 60
    assert 0.8 < first.confidence <= 1


@pytest.mark.parametrize("languages", [("en",), ("pl",)])
def test_a_language_of_the_callers_counts_where_the_engine_has_it(languages: tuple[str, ...]) -> None:
    """ISO 639-1 names are understood too; a language that is not set up is read with the engine's first."""
    words = TesseractEngine(("eng", "xyz")).words(picture(), dpi=300, page=1, languages=languages)
    assert words[0].text == "Purchase"


def test_a_missing_language_pack_names_the_command_that_installs_it() -> None:
    """An operator can mend it without looking anything up."""
    with pytest.raises(Misconfigured, match="apt-get install tesseract-ocr-xyz"):
        TesseractEngine(("xyz",)).words(picture(), dpi=300, page=1, languages=())


def test_a_picture_that_takes_too_long_is_rejected() -> None:
    """Time is bounded, and the sender learns what to send instead."""
    with pytest.raises(Rejected, match="too long") as refused:
        TesseractEngine(("eng",), timeout_seconds=0.001).words(picture(), dpi=300, page=1, languages=())
    assert refused.value.code == "ocr_timeout"


def test_the_child_process_gets_one_thread() -> None:
    """More threads make a page several times dearer."""
    TesseractEngine(("eng",)).words(picture(), dpi=300, page=1, languages=())
    assert os.environ["OMP_THREAD_LIMIT"] == "1"


def test_drawn_lines_are_not_words() -> None:
    """A stroke beside the text is not read as a bar or a dash."""
    sheet = Image.open(io.BytesIO(picture()))
    draw = ImageDraw.Draw(sheet)
    draw.line((60, 100, 60, 500), fill="black", width=4)
    out = io.BytesIO()
    sheet.save(out, "PNG")
    words = TesseractEngine(("eng",)).words(out.getvalue(), dpi=300, page=1, languages=())
    assert not {"|", "_", "-"} & {word.text for word in words}
