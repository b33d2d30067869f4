"""A thin pen over reportlab for the sample PDFs: coordinates in points from the page's top-left corner, and tables.

Files come out the same on every run. Liberation and DejaVu fonts must be installed (Debian: fonts-liberation,
fonts-dejavu) to make the samples again; to read them nothing is needed.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.lib.pagesizes import A4, LETTER, landscape
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

_FONT_FILES = {
    "LibSans": "liberation/LiberationSans-Regular.ttf",
    "LibSans-Bold": "liberation/LiberationSans-Bold.ttf",
    "LibSerif": "liberation/LiberationSerif-Regular.ttf",
    "LibSerif-Bold": "liberation/LiberationSerif-Bold.ttf",
    "LibMono": "liberation/LiberationMono-Regular.ttf",
    "LibMono-Bold": "liberation/LiberationMono-Bold.ttf",
    "Narrow": "liberation/LiberationSansNarrow-Regular.ttf",
    "Narrow-Bold": "liberation/LiberationSansNarrow-Bold.ttf",
    "DejaVu": "dejavu/DejaVuSans.ttf",
    "DejaVu-Bold": "dejavu/DejaVuSans-Bold.ttf",
    "Condensed": "dejavu/DejaVuSansCondensed.ttf",
    "Condensed-Bold": "dejavu/DejaVuSansCondensed-Bold.ttf",
}
_FONT_FOLDER = Path("/usr/share/fonts/truetype")
GREY, PALE = HexColor("#777777"), HexColor("#EEEEEE")
__all__ = ["A4", "GREY", "LETTER", "PALE", "Column", "HexColor", "Page", "TableLook", "black", "landscape", "white"]


@dataclass(frozen=True)
class Column:
    """A table column: its head, left edge and width, and how its cells stand (`l`, `r`, `c`)."""

    head: str
    x: float
    width: float
    align: str = "l"

    def anchor(self) -> float:
        """Where the text of a cell is anchored."""
        return {"l": self.x + 3, "r": self.x + self.width - 3, "c": self.x + self.width / 2}[self.align]


@dataclass(frozen=True)
class TableLook:
    """How a table is drawn: `rules` is `grid`, `rows`, `head` or `none`."""

    rules: str = "grid"
    head_fill: Color | None = None
    head_ink: Color = field(default_factory=lambda: black)
    zebra: bool = False
    size: float = 9
    row: float = 16
    pen: float = 0.5


class Page:
    """A document under the pen, one page at a time."""

    def __init__(self, font: str, size: tuple[float, float] = A4, title: str = "") -> None:
        self._bytes = io.BytesIO()
        self._canvas = Canvas(self._bytes, pagesize=size, invariant=1)
        self._canvas.setTitle(title)
        self.width, self.height = size
        self.font = font
        for name in (font, f"{font}-Bold"):
            if name in _FONT_FILES:
                pdfmetrics.registerFont(TTFont(name, str(_FONT_FOLDER / _FONT_FILES[name])))

    def text(
        self, x: float, y: float, text: str, size: float = 9, *, bold: bool = False, align: str = "l", ink: Color = black
    ) -> None:
        """One line of text whose baseline is `y` below the page's top."""
        self._canvas.setFont(f"{self.font}-Bold" if bold else self.font, size)
        self._canvas.setFillColor(ink)
        draw = {"l": self._canvas.drawString, "r": self._canvas.drawRightString, "c": self._canvas.drawCentredString}[align]
        draw(x, self.height - y, text)

    def block(
        self, x: float, y: float, lines: Sequence[str], size: float = 9, *, leading: float = 0, ink: Color = black
    ) -> float:
        """Lines one below the other; returns the baseline after the last."""
        for line in lines:
            self.text(x, y, line, size, ink=ink)
            y += leading or size * 1.3
        return y

    def line(self, x0: float, y0: float, x1: float, y1: float, *, pen: float = 0.5, ink: Color = black) -> None:
        self._canvas.setStrokeColor(ink)
        self._canvas.setLineWidth(pen)
        self._canvas.line(x0, self.height - y0, x1, self.height - y1)

    def box(self, x: float, y: float, width: float, height: float, *, fill: Color | None = None, pen: float = 0.5) -> None:
        """A rectangle whose top-left corner is at x, y; a `pen` of 0 draws no border."""
        self._canvas.setStrokeColor(black)
        self._canvas.setLineWidth(pen)
        if fill is not None:
            self._canvas.setFillColor(fill)
        self._canvas.rect(x, self.height - y - height, width, height, stroke=int(pen > 0), fill=int(fill is not None))

    def disc(self, x: float, y: float, radius: float, ink: Color) -> None:
        self._canvas.setFillColor(ink)
        self._canvas.circle(x, self.height - y, radius, stroke=0, fill=1)

    def picture(self, png_or_jpeg: bytes) -> None:
        """A picture over the whole page."""
        self._canvas.drawImage(ImageReader(io.BytesIO(png_or_jpeg)), 0, 0, self.width, self.height)

    def table(self, y: float, columns: Sequence[Column], rows: Sequence[Sequence[str]], look: TableLook) -> float:
        """A table whose top is `y`; a cell may hold several lines. Returns where it ends."""
        top = y
        y = self._row(y, columns, [column.head for column in columns], look, fill=look.head_fill, ink=look.head_ink, bold=True)
        if look.rules != "none":
            self.line(columns[0].x, y, columns[-1].x + columns[-1].width, y, pen=look.pen * 1.6)
        for index, row in enumerate(rows):
            y = self._row(y, columns, row, look, fill=PALE if look.zebra and index % 2 else None)
            if look.rules in ("grid", "rows"):
                self.line(columns[0].x, y, columns[-1].x + columns[-1].width, y, pen=look.pen)
        if look.rules == "grid":
            self._frame(top, y, columns, look.pen)
        return y

    def _row(
        self,
        y: float,
        columns: Sequence[Column],
        cells: Sequence[str],
        look: TableLook,
        *,
        fill: Color | None = None,
        ink: Color = black,
        bold: bool = False,
    ) -> float:
        wrapped = [self._wrapped(cell, column, look.size) for column, cell in zip(columns, cells, strict=True)]
        height = max(look.row + (len(lines) - 1) * look.size * 1.25 for lines in wrapped)
        if fill is not None:
            self.box(columns[0].x, y, columns[-1].x + columns[-1].width - columns[0].x, height, fill=fill, pen=0)
        for column, lines in zip(columns, wrapped, strict=True):
            for place, text in enumerate(lines):
                baseline = y + look.row / 2 + look.size * 0.36 + place * look.size * 1.25
                self.text(column.anchor(), baseline, text, look.size, bold=bold, align=column.align, ink=ink)
        return y + height

    def _wrapped(self, cell: str, column: Column, size: float) -> list[str]:
        """A left-standing cell's text in lines that fit its column."""
        if column.align != "l":
            return cell.split("\n")
        return [line for text in cell.split("\n") for line in simpleSplit(text, self.font, size, column.width - 5) or [""]]

    def _frame(self, top: float, bottom: float, columns: Sequence[Column], pen: float) -> None:
        right = columns[-1].x + columns[-1].width
        for x in [column.x for column in columns] + [right]:
            self.line(x, top, x, bottom, pen=pen)
        self.line(columns[0].x, top, right, top, pen=pen)

    def next_page(self) -> None:
        self._canvas.showPage()

    def finished(self) -> bytes:
        """The PDF."""
        self._canvas.showPage()
        self._canvas.save()
        return self._bytes.getvalue()
