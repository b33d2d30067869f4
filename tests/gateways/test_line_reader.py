"""The neural reader of single lines, where its extra is installed; everything else works without."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw, ImageFont

from activities.gateways.line_reader import NeuralLines, neural_lines
from activities.gateways.ocr_engine import TesseractEngine
from models.domain.errors import Rejected


@pytest.fixture(scope="module")
def reader() -> NeuralLines:
    found = neural_lines()
    if found is None:
        pytest.skip("the extra ocr-neural is not installed")
    return found


def line(text: str) -> bytes:
    sheet = Image.new("L", (30 + 24 * len(text), 56), "white")
    ImageDraw.Draw(sheet).text((12, 4), text, fill="black", font=ImageFont.load_default(40))
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("text", ["XBA92401-Z", "1,469.00", "Order 4711"])
def test_a_line_is_read_letter_by_letter(reader: NeuralLines, text: str) -> None:
    """Codes, amounts and words, each letter with how sure it is."""
    (letters,) = reader.lines([line(text)])
    assert "".join(letter.text for letter in letters) == text
    assert all(0 < letter.confidence <= 1 for letter in letters)


def test_letters_stand_from_left_to_right(reader: NeuralLines) -> None:
    """Their places are shares of the picture's width."""
    (letters,) = reader.lines([line("BX-27401")])
    places = [letter.place for letter in letters]
    assert places == sorted(places)
    assert 0 <= places[0] < 0.3
    assert 0.6 < places[-1] <= 1


def test_blank_paper_and_endless_strips_have_no_letters(reader: NeuralLines) -> None:
    """Nothing a hundred times as long as high is a line of print."""
    strip = io.BytesIO()
    Image.new("L", (6000, 20), "white").save(strip, "PNG")
    assert reader.lines([line("   "), strip.getvalue()]) == ((), ())


def test_what_is_no_picture_is_refused(reader: NeuralLines) -> None:
    """As everywhere, with a reason."""
    with pytest.raises(Rejected, match="damaged"):
        reader.lines([b"no picture"])


def test_an_engine_without_the_extra_has_no_second_opinion() -> None:
    """None says so; an empty answer would be one."""
    assert TesseractEngine(("eng",)).lines([line("A")]) is None
