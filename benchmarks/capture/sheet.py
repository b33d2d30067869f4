"""A page to draw on with reportlab whose y runs down from the top, in fonts that know the letters of all seven languages."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

_FONTS = Path("/usr/share/fonts/truetype")
_FILES = {
    "sans": "liberation/LiberationSans-Regular.ttf",
    "sans-bold": "liberation/LiberationSans-Bold.ttf",
    "mono": "liberation/LiberationMono-Regular.ttf",
    "serif": "liberation/LiberationSerif-Regular.ttf",
    "narrow": "liberation/LiberationSansNarrow-Regular.ttf",
}


def font_file(name: str) -> Path:
    """The file of a face: `sans`, `sans-bold`, `mono`, `serif` or `narrow`."""
    return _FONTS / _FILES[name]


@cache
def _registered(name: str) -> str:
    pdfmetrics.registerFont(TTFont(name, str(font_file(name))))
    return name


class Sheet:
    """One document. `font` and `size` are those of plain text."""

    def __init__(self, size: tuple[float, float] = A4, font: str = "sans", points: float = 9) -> None:
        self.width, self.height = size
        self.font, self.points = font, points
        self._bytes = io.BytesIO()
        self.canvas: Any = Canvas(self._bytes, pagesize=size, invariant=1)

    def text(self, x: float, y: float, text: str, points: float | None = None, font: str | None = None, align: str = "l") -> None:
        """One run of text; `align` l, r or c."""
        self.canvas.setFont(_registered(font or self.font), points or self.points)
        draw = {"l": self.canvas.drawString, "r": self.canvas.drawRightString, "c": self.canvas.drawCentredString}[align]
        draw(x, self.height - y, text)

    def block(self, x: float, y: float, lines: Iterable[str], step: float = 11, font: str | None = None) -> float:
        """Lines under one another; the y below the last."""
        for line in lines:
            self.text(x, y, line, font=font)
            y += step
        return y

    def row(self, y: float, xs: Sequence[float], texts: Sequence[str], align: str, font: str | None = None) -> None:
        """Cells on one baseline, each with its letter of `align`."""
        for x, text, side in zip(xs, texts, align, strict=True):
            if text:
                self.text(x, y, text, font=font, align=side)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A thin rule."""
        self.canvas.setLineWidth(0.6)
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A drawn box."""
        self.canvas.setLineWidth(0.6)
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0)

    def page(self) -> None:
        """The next page."""
        self.canvas.showPage()

    def pdf(self) -> bytes:
        """The finished file."""
        self.canvas.save()
        return self._bytes.getvalue()
