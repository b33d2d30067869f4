"""Pictures of pages (scans, faxes, photos) to words: decoded within bounds, prepared, read by the OCR engine.

The picture kept for people is the prepared, upright page, and evidence boxes are points of that picture, also where the two
pages of a sheet were read one below the other.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial

import cv2
import numpy as np
from pi_heif import register_heif_opener
from PIL import Image, ImageOps

from models.contracts.extraction_v1 import Problem
from models.domain.document import PagePicture
from models.domain.errors import Rejected
from models.domain.findings import Severity
from parsers.layout.facing import gutter_of
from parsers.layout.order import Page, reading_of
from parsers.layout.sheets import as_on_sheets
from parsers.page_text import PageText, Rule
from parsers.part_reading import OcrEngine, PartReading
from parsers.scan.languages import words_of
from parsers.scan.lines import Lines, without_lines
from parsers.scan.marks import Colours, doubts_of, without_marks
from parsers.scan.opinion import SecondLook
from parsers.scan.pages import PagesAtOnce
from parsers.scan.photo import page_cut_out
from parsers.scan.pieces import read_twice
from parsers.scan.prepare import Grey, cleaned, halves_stacked, is_bilevel, is_sideways, png_of, resized, straightened, turned
from parsers.scan.rows import Print, print_of
from parsers.scan.seen import SeenPage
from parsers.scan.strokes import is_of_letters, strokes_through
from parsers.scan.upright import rotation
from parsers.scan.words import mended

MAX_PIXELS = 60_000_000
READING_DPI = 300
_MAX_READ_PIXELS = 25_000_000
_LONG_SIDE_INCHES = 11.4
_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF", "HEIF")
_TYPES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "TIFF": "image/tiff", "WEBP": "image/webp", "HEIF": "image/heic"}
_LEAST_DOTS, _LONGEST, _SHOWN = 50, 20, 2000
#: What the decoders raise where a file is not what it says.
_DAMAGE = (OSError, ValueError, SyntaxError, EOFError, TypeError, LookupError, ArithmeticError, struct.error)
_COARSE_DPI = 190
_WITHOUT_COLOUR = frozenset({"1", "L", "I", "F", "I;16"})
#: How many times as many dots an inch a picture has one way as the other at most.
_MOST_OBLONG = 2.7


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page as read from its picture: its words, and the whole upright sheet (at `dpi`).

    `seen` is the page as the engine saw it, which is as `text` shows it: with the halves of a sheet one below the other.
    """

    text: PageText
    upright: Grey
    dpi: int
    seen: SeenPage

    def picture(self, part: str, picture_dpi: int) -> PagePicture:
        """The upright sheet for people."""
        height, width = (dots * 72 / self.dpi for dots in self.upright.shape)
        png = png_of(resized(self.upright, picture_dpi / self.dpi))
        return PagePicture(part=part, page=self.text.number, width=width, height=height, png=png)


def read_image(content: bytes, part: str, *, ocr: OcrEngine | None, picture_dpi: int = 100, page_limit: int = 20) -> PartReading:
    """The order on a picture (PNG, JPEG, TIFF with its pages, WebP). Raises `Rejected` for what cannot be decoded."""
    media_type, frames = _frames(content, part, page_limit)
    if ocr is None:
        raise Rejected(f"{part}: a picture can only be read with an OCR engine, and none is set up", code="ocr_missing")
    started: list[Future[tuple[Page, SeenPage, tuple[Problem, ...]]]] = []
    problems: list[Problem] = []
    with PagesAtOnce() as at_once:
        for number, (colours, dpi) in enumerate(frames, start=1):
            if number > page_limit:
                message = f"{part} has more than {page_limit} pages: those after page {page_limit} were not read"
                problems.append(Problem(code="too_many_pages", severity=Severity.ERROR, message=message))
                break
            started.append(at_once.start(partial(_pictured, colours, number, dpi, ocr, part, picture_dpi)))
        pages, seen, doubts = zip(*(each.result() for each in started), strict=True)
    problems += [doubt for each in doubts for doubt in each]
    look = SecondLook(dict(enumerate(seen, start=1)), ocr)
    reading = reading_of(pages, part, media_type=media_type, source_format="image", problems=problems, second_look=look)
    return as_on_sheets(reading, [page.text for page in pages])


def _pictured(
    colours: Colours, number: int, dpi: int | None, ocr: OcrEngine, part: str, picture_dpi: int
) -> tuple[Page, SeenPage, tuple[Problem, ...]]:
    scanned, doubts = read_colours(colours, part, number=number, dpi=dpi, ocr=ocr)
    return Page(scanned.text, scanned.picture(part, picture_dpi)), scanned.seen, doubts


def read_colours(
    colours: Colours, part: str, *, number: int, dpi: int | None, ocr: OcrEngine
) -> tuple[ScannedPage, tuple[Problem, ...]]:
    """One page's words, its picture in greys or colours (RGB), and what is stamped or written over them in colour."""
    grey, marks = (colours, ()) if colours.ndim == 2 else without_marks(colours)
    doubts = tuple(doubts_of(marks, dpi, number, part, ocr))
    return read_page(grey, number=number, dpi=dpi, ocr=ocr, photo=True), doubts


def read_page(grey: Grey, *, number: int, dpi: int | None, ocr: OcrEngine, photo: bool = False) -> ScannedPage:
    """One page's words. `dpi` is None where the picture does not say; `photo` looks for the page's edges first."""
    if min(grey.shape) < _LEAST_DOTS or max(grey.shape) > _LONGEST * min(grey.shape):
        grey, dpi = grey[:_SHOWN, :_SHOWN], dpi or READING_DPI
        empty = PageText(number, grey.shape[1] * 72 / dpi, grey.shape[0] * 72 / dpi, (), scanned=True)
        return ScannedPage(empty, grey, dpi, SeenPage(png_of(grey), dpi, ()))
    upright = page_cut_out(grey) if photo else grey
    dpi = dpi if dpi is not None and upright is grey else max(round(max(upright.shape) / _LONG_SIDE_INCHES), 30)
    factor = _enlargement(upright, dpi)
    coarse = dpi < _COARSE_DPI or (is_bilevel(upright) and dpi < 250)
    clean = cleaned(upright, dpi)
    dpi = max(round(dpi * factor), 30)
    sheet = _upright(turned(clean, 90) if is_sideways(clean) else clean, factor, dpi, ocr)
    page = _read(sheet, number, dpi, ocr, coarse)
    gutter = gutter_of(page.text)
    if gutter is None:
        return page
    stacked = _read(_sheet(halves_stacked(sheet.grey, gutter * dpi / 72), dpi), number, dpi, ocr, coarse)
    return replace(stacked, text=replace(stacked.text, gutter=gutter), upright=sheet.grey)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page with its rows level: as it is, without drawn lines, and where those and the print are."""

    grey: Grey
    clean: Grey
    lines: Lines
    printed: Print


def _sheet(grey: Grey, dpi: int) -> _Sheet:
    clean, lines = without_lines(grey, dpi)
    return _Sheet(grey, clean, lines, print_of(clean, dpi))


def _upright(clean: Grey, factor: float, dpi: int, ocr: OcrEngine) -> _Sheet:
    """The page straight and on its feet; where its rows cannot be read either way, they may run from top to bottom."""
    sheet = _sheet(straightened(clean, factor), dpi)
    degrees = rotation(sheet.clean, sheet.printed.pieces, dpi, ocr)
    if degrees is None:
        other = _sheet(straightened(turned(clean, 90), factor), dpi)
        degrees = rotation(other.clean, other.printed.pieces, dpi, ocr)
        sheet = sheet if degrees is None else other
    return _sheet(turned(sheet.grey, degrees), dpi) if degrees else sheet


def _enlargement(grey: Grey, dpi: int) -> float:
    """What brings the picture near 300 dots per inch, and within what the engine reads in reasonable time."""
    factor = READING_DPI / dpi if not 240 <= dpi <= 400 else 1.0
    return float(min(factor, 4.0, (_MAX_READ_PIXELS / grey.size) ** 0.5))


def _read(sheet: _Sheet, number: int, dpi: int, ocr: OcrEngine, coarse: bool) -> ScannedPage:
    first = words_of(sheet.clean, sheet.printed, dpi, number, ocr)
    words, lines = read_twice(first, sheet.printed.pieces, sheet.grey, dpi, number, ocr)
    scale = 72 / dpi
    found = [Rule(*(edge * scale for edge in box)) for box in sheet.lines.boxes]
    drawn = [rule for rule in found if rule.upright or not is_of_letters(rule, words, sheet.grey, dpi)]
    rules = (*drawn, *strokes_through(words, sheet.grey, dpi))
    height, width = sheet.grey.shape
    text = PageText(number, width * scale, height * scale, mended(words), rules, scanned=True)
    seen = SeenPage(png_of(sheet.clean), dpi, text.words, coarse, mended(first) if lines else None, lines)
    return ScannedPage(text, sheet.grey, dpi, seen)


def _frames(content: bytes, part: str, page_limit: int) -> tuple[str, Iterator[tuple[Colours, int | None]]]:
    picture = _opened(content, part)
    return _TYPES.get(picture.format or "", "image/png"), _each_frame(picture, part, page_limit)


def _opened(content: bytes, part: str) -> Image.Image:
    register_heif_opener()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # bombs are measured below, and a damaged tag is told by what comes of it
            return Image.open(io.BytesIO(content), formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_large(part) from error
    except _DAMAGE as error:
        message = f"{part}: the picture is damaged or of an unknown kind: send it again as PDF, PNG or JPEG"
        raise Rejected(message, code="damaged_file") from error


def _too_large(part: str) -> Rejected:
    return Rejected(
        f"{part}: the picture has more than {MAX_PIXELS // 1_000_000} million dots: scan it at 300 dpi", code="too_large"
    )


def _each_frame(picture: Image.Image, part: str, page_limit: int) -> Iterator[tuple[Colours, int | None]]:
    for number in range(min(_count(picture, part), page_limit + 1)):
        try:
            frame = _frame(picture, number, part)
        except _DAMAGE as error:
            message = f"{part}, page {number + 1}: the picture is damaged: send it again"
            raise Rejected(message, code="damaged_file") from error
        yield frame


def _count(picture: Image.Image, part: str) -> int:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return int(getattr(picture, "n_frames", 1))
    except _DAMAGE as error:
        raise Rejected(f"{part}: the picture's pages are damaged: send it again", code="damaged_file") from error


def _frame(picture: Image.Image, number: int, part: str) -> tuple[Colours, int | None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        picture.seek(number)
        if picture.width * picture.height > MAX_PIXELS:
            raise _too_large(part)
        across, down = _stated_dots(picture)
        upright = _on_white(ImageOps.exif_transpose(picture))
        if down and 1 / _MOST_OBLONG <= across / down <= _MOST_OBLONG and not 2 / 3 < across / down < 1.5:
            return _with_square_dots(upright, across / down), _believable(max(across, down), max(upright.shape[:2]))
        return upright, _believable(across, max(upright.shape[:2]))


def _on_white(picture: Image.Image) -> Colours:
    """The picture's colours (RGB), or its greys where it has no others, with what is transparent as white paper."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)
    return np.asarray(picture.convert("L" if picture.mode in _WITHOUT_COLOUR else "RGB"), dtype=np.uint8)


def _stated_dots(picture: Image.Image) -> tuple[float, float]:
    """The dots an inch across and down that the file states; zeros where it does not."""
    stated = picture.info.get("dpi") or (0, 0)
    return float(stated[0]), float(stated[-1])


def _with_square_dots(grey: Colours, oblong: float) -> Colours:
    """The picture with dots as high as they are wide: a fax of standard resolution (ITU-T T.4) has half as many rows."""
    height, width = grey.shape[:2]
    size = (width, round(height * oblong)) if oblong > 1 else (round(width / oblong), height)
    if size[0] * size[1] > MAX_PIXELS:
        return grey
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_NEAREST), dtype=np.uint8)


def _believable(dots: float, long_side: int) -> int | None:
    """The resolution, where a page of that size is believable (4 to 18 inches on its long side)."""
    dpi = round(dots) if dots > 0 else 0
    return dpi if dpi >= 60 and 4 <= long_side / dpi <= 18 else None
