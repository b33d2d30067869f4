"""Text that nobody sees on a page does not count: what the picture shows is what people decide by."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from parsers.pdf.seen import seen_words
from parsers.pdf.words import native_page

WIDE, HIGH = 400, 300
Drawing = Callable[[canvas.Canvas], None]


def paper(sheet: canvas.Canvas) -> None:
    """A scan in two strips, light grey."""
    strip = ImageReader(Image.new("L", (400, 150), 240))
    for bottom in (0, 150):
        sheet.drawImage(strip, 0, bottom, WIDE, 150)


def text(sheet: canvas.Canvas, grey: float = 0.0, size: float = 12) -> None:
    sheet.setFillGray(grey)
    sheet.setFont("Helvetica", size)
    sheet.drawString(50, 150, "Quantity 72")


def without_colour(sheet: canvas.Canvas) -> None:
    sheet.setFillAlpha(0)
    text(sheet)


def on_a_dark_bar(sheet: canvas.Canvas) -> None:
    sheet.drawImage(ImageReader(Image.new("L", (400, 30), 30)), 0, 140, WIDE, 30)
    text(sheet, grey=1.0)


def seen_on(*drawings: Drawing) -> list[str]:
    file = io.BytesIO()
    sheet = canvas.Canvas(file, (WIDE, HIGH))
    for draw in drawings:
        draw(sheet)
    sheet.save()
    with pdfium.PdfDocument(file.getvalue()) as drawn:
        page = drawn[0]
        return [word.text for word in seen_words(page, native_page(page, 1)).text.words]


@pytest.mark.parametrize("drawings", [(paper, text), (paper, on_a_dark_bar)])
def test_text_over_a_picture_is_seen(drawings: tuple[Drawing, ...]) -> None:
    """Black on paper, and white on a dark bar."""
    assert seen_on(*drawings) == ["Quantity", "72"]


@pytest.mark.parametrize(
    "drawings",
    [
        (text, paper),
        (paper, without_colour),
        (paper, lambda sheet: text(sheet, grey=0.94)),
        (paper, lambda sheet: text(sheet, size=0.5)),
    ],
    ids=["under the picture", "without colour", "in the paper's colour", "too small for eyes"],
)
def test_a_text_layer_that_nobody_sees_does_not_count(drawings: tuple[Drawing, ...]) -> None:
    """Scanners and senders put their own reading, right or wrong, where only machines find it."""
    assert seen_on(*drawings) == []


def test_the_page_is_whole_again_afterwards() -> None:
    """The text is only away while the page is looked at without it."""
    file = io.BytesIO()
    sheet = canvas.Canvas(file, (WIDE, HIGH))
    text(sheet)
    sheet.save()
    with pdfium.PdfDocument(file.getvalue()) as drawn:
        page = drawn[0]
        before = page.render().to_numpy().tobytes()
        seen_words(page, native_page(page, 1))
        assert page.render().to_numpy().tobytes() == before


def test_the_share_under_pictures_counts_every_strip() -> None:
    """A scanned page may come in strips, none of which covers it."""
    file = io.BytesIO()
    sheet = canvas.Canvas(file, (WIDE, HIGH))
    paper(sheet)
    sheet.save()
    with pdfium.PdfDocument(file.getvalue()) as drawn:
        assert native_page(drawn[0], 1).image_share == pytest.approx(1.0, abs=0.02)
