"""What reading a document yields before it is an order: words with boxes, boxes of text, grids of cells, page pictures."""

from __future__ import annotations

from dataclasses import dataclass

from models.domain.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page. `x0, top, x1, bottom` in PDF points from the page's top-left corner; `confidence` 0 to 1 as the
    OCR engine gave it, 1 for a PDF's own text; `size` is the font's height in points."""

    text: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    size: float = 10.0
    bold: bool = False
    confidence: float = 1.0

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        return (self.x0, self.top, self.x1, self.bottom)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, figure, mark or space in a picture of one line of print: how sure the engine is, 0 to 1, and where its middle
    is, as a share of the picture's width."""

    text: str
    confidence: float
    place: float


@dataclass(frozen=True, slots=True)
class TextBox:
    """Text that stands in one place: a cell, a phrase of a page, a span of a mail. `confidence` is the reading's own; `more` are
    the further places of a text that was put together."""

    text: str
    evidence: Evidence
    confidence: float = 1.0
    more: tuple[Evidence, ...] = ()

    @property
    def places(self) -> tuple[Evidence, ...]:
        """Everywhere the text stands."""
        return (self.evidence, *self.more)

    def with_rest(self, text: str, *rest: TextBox) -> TextBox:
        """`text`, of which this box holds the beginning and `rest` what it goes on with."""
        places = tuple(place for box in rest for place in box.places)
        return TextBox(text, self.evidence, min(box.confidence for box in (self, *rest)), (*self.more, *places))


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it stands, whatever it came from: rows of cells, None where a cell is empty. Rows may differ in length."""

    rows: tuple[tuple[TextBox | None, ...], ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A rendered page for people to look at: PNG bytes and the page's size in PDF points."""

    part: str
    page: int
    width: float
    height: float
    png: bytes
