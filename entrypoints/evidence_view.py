"""Evidence made visible: boxes on page pictures, marks in texts, and quotes of what has neither, each with an id to point at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from models.contracts.reading_v1 import PageV1
from models.domain.evidence import Evidence

_MAX_PAGES = 40
_MAX_TEXT = 200_000
_LONG_QUOTE = 400


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page, in the page's own units."""

    mark: str
    x: float
    y: float
    width: float
    height: float
    title: str
    is_doubt: bool = False


@dataclass(frozen=True, slots=True)
class PageView:
    """A page picture with the boxes on it."""

    page: PageV1
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A place that has no picture: its address in the document and the words there."""

    mark: str
    part: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of text; with a mark it is evidence."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class DocumentView:
    """The document as people look at it: its pages, its text, and quotes of the places that neither shows."""

    pages: tuple[PageView, ...] = ()
    passages: tuple[Passage, ...] = ()
    quotes: tuple[Quote, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.pages or self.passages or self.quotes)


@dataclass(slots=True)
class EvidenceIndex:
    """Gives each place one mark however many values were read there, and then shows the document with all of them."""

    pages: Sequence[PageV1] = ()
    text: str = ""
    _marks: dict[Evidence, str] = field(default_factory=dict)

    def marks(self, evidence: Iterable[Evidence]) -> str:
        """The marks of these places, separated by spaces: what an element carries to point at them."""
        return " ".join(self._mark(each) for each in evidence)

    def document(self, doubts: Container[str] = ()) -> DocumentView:
        """The document with every place that was marked so far; the marks in `doubts` are those of open questions."""
        boxed: dict[tuple[str, int], list[Box]] = defaultdict(list)
        spans: list[tuple[int, int, str]] = []
        quotes: list[Quote] = []
        known = {(page.part, page.page) for page in self.pages}
        text = self.text[:_MAX_TEXT] if self.text.strip() else ""
        for evidence, mark in self._marks.items():
            box = _box(mark, evidence, mark in doubts)
            place = (evidence.part, evidence.page or 0)
            span = _span(evidence, text)
            if box is not None and place in known:
                boxed[place].append(box)
            elif span is not None:
                spans.append((*span, mark))
            else:
                quotes.append(_quote(mark, evidence))
        shown = sorted(self.pages, key=lambda page: (page.part, page.page) not in boxed)[:_MAX_PAGES]
        pages = tuple(PageView(page, tuple(boxed[page.part, page.page])) for page in self.pages if page in shown)
        return DocumentView(pages, _passages(text, spans), tuple(quotes))

    def _mark(self, evidence: Evidence) -> str:
        if evidence not in self._marks:
            self._marks[evidence] = f"e{len(self._marks) + 1}"
        return self._marks[evidence]


def _box(mark: str, evidence: Evidence, is_doubt: bool) -> Box | None:
    if evidence.bbox is None or evidence.page is None:
        return None
    x0, y0, x1, y1 = evidence.bbox
    # A little air, so that the frame does not cover the letters.
    return Box(mark, x0 - 1.5, y0 - 1.5, max(x1 - x0, 0) + 3, max(y1 - y0, 0) + 3, _short(evidence.text), is_doubt)


def _quote(mark: str, evidence: Evidence) -> Quote:
    where = evidence.place().removeprefix(evidence.part).removeprefix(", ")
    return Quote(mark, evidence.part, where or "somewhere in it", _short(evidence.text))


def _span(evidence: Evidence, text: str) -> tuple[int, int] | None:
    """The span where the text says there what the evidence quotes, else where it says so at all."""
    if evidence.span is None or not text:
        return None
    start, end = evidence.span
    words = evidence.text.strip()
    if 0 <= start < end <= len(text) and (not words or _same(text[start:end], words)):
        return start, end
    found = text.find(words) if words else -1
    return (found, found + len(words)) if found >= 0 else None


def _same(shown: str, quoted: str) -> bool:
    return " ".join(shown.split()) == " ".join(quoted.split())


def _passages(text: str, spans: list[tuple[int, int, str]]) -> tuple[Passage, ...]:
    """`text` cut at every end of a span; a piece carries the marks of all spans that cover it."""
    cuts = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    pieces = []
    for start, end in pairwise(cuts):
        marks = " ".join(mark for first, last, mark in spans if first <= start and end <= last)
        pieces.append(Passage(text[start:end], marks))
    return tuple(pieces)


def _short(text: str) -> str:
    return text if len(text) <= _LONG_QUOTE else f"{text[:_LONG_QUOTE]}…"
