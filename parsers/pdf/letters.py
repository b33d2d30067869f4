"""The letters that a PDF page paints, with their places as a reader sees them: upright, from the shown page's top left."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

_MOST_LETTERS = 250_000
_BOLD = re.compile(rb"bold|black|heavy|semib|demi", re.IGNORECASE)
_UNMAPPED = "\ufffd"
_SURROGATES = range(0xD800, 0xE000)
_FONT_NAME = 128
#: How far beside itself fake bold is drawn at most, in its own size: less than the narrowest letter's width.
_HAIR = 0.1
#: How far a text may lean before it runs neither along nor up the page: a watermark, and no words.
_LEAN = 0.2
#: Where a line of letters ends below its baseline, in its own size: as deep as the letters of most fonts reach.
_DESCENT = 0.21


class Run(NamedTuple):
    """What the letters of one piece of text share: size in points, and `way`, where it runs: 0 along, 1 up the page, 2
    backwards, 3 down, None where it leans."""

    size: float
    bold: bool
    way: int | None
    painted: bool


class Letter(NamedTuple):
    """One painted letter and its place, in points; `run` is the piece of text that the file paints at once."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    run: Run


#: A letter, two corners of its box and its origin in the file's points, and its run.
_Raw = tuple[str, tuple[float, float], tuple[float, float], float, float, Run]


@dataclass(frozen=True, slots=True)
class View:
    """How the file's own points (y upwards) become those of the upright page: its box, and quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    degrees: int

    @classmethod
    def of(cls, page: Any, degrees: int) -> View:
        """The view of the part of `page` (of pypdfium2) that is shown, turned by `degrees`."""
        media, crop = page.get_mediabox(), page.get_cropbox()
        left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
        right, top = min(media[2], crop[2]), min(media[3], crop[3])
        if right <= left or top <= bottom:
            left, bottom, right, top = media
        return cls(left, bottom, right, top, degrees % 360)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.degrees in (90, 270) else (width, height)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file, from the shown page's top left."""
        match self.degrees:
            case 90:
                return y - self.bottom, x - self.left
            case 180:
                return self.right - x, y - self.bottom
            case 270:
                return self.top - y, self.right - x
        return x - self.left, self.top - y


def letters_of(page: Any) -> tuple[list[Letter], View, int]:
    """The painted letters of a pypdfium2 page that run the way most do; the page's view, turned so that they stand
    upright; and how many letters the file does not map to Unicode (ISO 32000-1 9.10)."""
    with _text_of(page) as text:
        raws = list(_raws(text))
    unmapped = sum(raw[0] == _UNMAPPED for raw in raws)
    way = _usual_way(raws, page.get_rotation() // 90)
    view = View.of(page, 90 * way)
    return _once(_seen(raws, way, view)), view, unmapped


def _usual_way(raws: Sequence[_Raw], otherwise: int) -> int:
    ways = Counter(raw[5].way for raw in raws if raw[5].way is not None)
    way, count = ways.most_common(1)[0] if ways else (None, 0)
    return way if way is not None and 2 * count > sum(ways.values()) else otherwise


@contextmanager
def _text_of(page: Any) -> Iterator[Any]:
    text = pdfium_c.FPDFText_LoadPage(page)
    try:
        yield text
    finally:
        pdfium_c.FPDFText_ClosePage(text)


def _raws(text: Any) -> Iterator[_Raw]:
    runs: dict[int, Run] = {}
    rect, x, y = pdfium_c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    at_rect, at_x, at_y = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
    for place in range(min(pdfium_c.FPDFText_CountChars(text), _MOST_LETTERS)):
        painted = pdfium_c.FPDFText_GetTextObject(text, place)
        if not painted:
            continue  # a blank that PDFium adds where it sees a gap
        key = ctypes.addressof(painted.contents)
        run = runs.get(key)
        if run is None:
            run = runs[key] = _run(text, place, painted)
        if run.painted and pdfium_c.FPDFText_GetLooseCharBox(text, place, at_rect):
            pdfium_c.FPDFText_GetCharOrigin(text, place, at_x, at_y)
            if not all(map(math.isfinite, (rect.left, rect.right, rect.bottom, rect.top, x.value, y.value))):
                continue  # drawn nowhere
            yield _letter(text, place), (rect.left, rect.bottom), (rect.right, rect.top), x.value, y.value, run


def _letter(text: Any, place: int) -> str:
    code: int = pdfium_c.FPDFText_GetUnicode(text, place)
    if code in (0x02, 0xFFFE, 0xAD):
        return "-"  # a hyphen at a line's end
    if code in (0x09, 0x0A, 0x0D):
        return " "
    unknown = code < 32 or code > 0x10FFFF or code in _SURROGATES
    return _UNMAPPED if unknown or pdfium_c.FPDFText_HasUnicodeMapError(text, place) > 0 else chr(code)


def _run(text: Any, place: int, painted: Any) -> Run:
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(text, place, ctypes.byref(matrix))
    size = pdfium_c.FPDFText_GetFontSize(text, place) * math.hypot(matrix.c, matrix.d)
    name, flags = ctypes.create_string_buffer(_FONT_NAME), ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(text, place, name, _FONT_NAME, ctypes.byref(flags))
    # Render mode 3 is not painted (ISO 32000-1 9.3.6).
    visible = pdfium_c.FPDFTextObj_GetTextRenderMode(painted) != pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
    bold = _BOLD.search(name.value) is not None
    return Run(size, bold, _way(matrix.a, matrix.b), visible and math.isfinite(size) and size > 0)


def _way(a: float, b: float) -> int | None:
    """The quarter turns (anticlockwise) of text whose baseline runs along (a, b); None where it leans."""
    if abs(b) <= _LEAN * abs(a):
        return 0 if a >= 0 else 2
    if abs(a) <= _LEAN * abs(b):
        return 1 if b > 0 else 3
    return None


def _seen(raws: Iterable[_Raw], way: int, view: View) -> Iterator[Letter]:
    for text, low, high, x, y, run in raws:
        if run.way == way:
            one, other, (_, base) = view.place(*low), view.place(*high), view.place(x, y)
            bottom = base + _DESCENT * run.size
            yield Letter(text, min(one[0], other[0]), max(one[0], other[0]), bottom - run.size, bottom, run)


def _once(letters: Iterable[Letter]) -> list[Letter]:
    """The letters without the runs that draw another again a hair beside it, as fake bold does."""
    kept: list[Letter] = []
    places: dict[tuple[str, int, int], Letter] = {}
    for _, grouped in groupby(letters, key=lambda letter: id(letter.run)):
        run = list(grouped)
        text, first = "".join(letter.text for letter in run), run[0]
        x, y = int(first.x0), int(first.bottom)
        near = (places.get((text, x + across, y + down)) for across in (0, -1, 1) for down in (0, -1, 1))
        if not any(twin is not None and _is_twin(twin, first) for twin in near):
            places[text, x, y] = first
            kept += run
    return kept


def _is_twin(one: Letter, other: Letter) -> bool:
    hair = min(1.0, _HAIR * other.run.size)
    return abs(one.x0 - other.x0) <= hair and abs(one.bottom - other.bottom) <= hair
