"""PDF files to the order that their pages show: the text layer where it can be trusted, OCR of the rendered page elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from models.contracts.extraction_v1 import Problem
from models.domain.document import PagePicture
from models.domain.errors import Rejected
from models.domain.findings import Severity
from parsers.layout.facing import gutter_of, one_below_other
from parsers.layout.letters import is_letter, letter_of_pages, with_goods_of_letter
from parsers.layout.order import Page, reading_of
from parsers.layout.sheets import as_on_sheets
from parsers.page_text import PageText
from parsers.part_reading import OcrEngine, PartReading
from parsers.pdf.forms import with_filled_fields
from parsers.pdf.second_opinion import read_again
from parsers.pdf.seen import seen_words
from parsers.pdf.words import NativePage, native_page
from parsers.scan.marks import Colours
from parsers.scan.opinion import SecondLook
from parsers.scan.pages import PagesAtOnce
from parsers.scan.prepare import Grey, png_of, resized, turned
from parsers.scan.reader import READING_DPI, read_colours
from parsers.scan.seen import SeenPage

MAX_PICTURES = 40
MAX_OCR_PAGES = 20
_MAX_PIXELS = 25_000_000
_IMAGE_SHARE = 0.6
_LEAST_DPI = 72
_LETTER = (612.0, 792.0)
_EMPTY_WORDS = 4
_STAMP_WORDS = 40
_MAX_WORDS = 15_000

_Box = tuple[float, float, float, float]


def read_pdf(content: bytes, part: str, *, ocr: OcrEngine | None, picture_dpi: int = 100, page_limit: int = 200) -> PartReading:
    """The order that the visible pages of a PDF show, with a picture of each of the first 40 pages.

    Pages beyond `page_limit` are not read and give a problem of severity error. Raises `Rejected` where the file is
    encrypted (`encrypted_file`), damaged (`damaged_file`) or without pages (`empty_file`).
    """
    with _opened(content, part) as drawn, PagesAtOnce() as at_once:
        reader = _Reader(drawn, content, part, ocr, picture_dpi, at_once)
        count = len(drawn)
        started = [reader.page(number) for number in range(1, min(count, page_limit) + 1)]
        pages = [page.result() if isinstance(page, Future) else page for page in started]
        if count > page_limit:
            message = f"{part} has {count} pages: those after page {page_limit} were not read; send the order alone"
            reader.problems.append(Problem(code="too_many_pages", severity=Severity.ERROR, message=message))
    source = "scan" if pages and all(page.text.scanned for page in pages) else "pdf"
    reading = reading_of(
        pages,
        part,
        media_type="application/pdf",
        source_format=source,
        problems=[*reader.problems, *(doubt for number in sorted(reader.doubts) for doubt in reader.doubts[number])],
        second_look=SecondLook(reader.seen, ocr) if ocr is not None and reader.seen else None,
    )
    texts = [page.text for page in pages]
    if reader.ocr_pages == 0 and is_letter(texts):
        reading = with_goods_of_letter(reading, letter_of_pages(texts))
    return replace(as_on_sheets(reading, texts), pages=count)


@contextmanager
def _opened(content: bytes, part: str) -> Iterator[Any]:
    try:
        drawn = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise _refusal(error, part) from error
    try:
        if len(drawn) == 0:
            raise Rejected(f"{part}: the PDF has no pages: export it again and send that", code="empty_file")
        yield drawn
    finally:
        drawn.close()


def _refusal(error: Exception, part: str) -> Rejected:
    if "password" in str(error).lower():
        return Rejected(f"{part}: the PDF is protected by a password: send it without one", code="encrypted_file")
    return Rejected(f"{part}: the PDF is damaged and cannot be opened: export it again and send that", code="damaged_file")


@dataclass
class _Reader:
    """Reads one file's pages in turn and collects what is wrong with them."""

    drawn: Any
    content: bytes
    part: str
    ocr: OcrEngine | None
    picture_dpi: int
    at_once: PagesAtOnce
    problems: list[Problem] = field(default_factory=list)
    doubts: dict[int, Sequence[Problem]] = field(default_factory=dict)
    ocr_pages: int = 0
    seen: dict[int, SeenPage] = field(default_factory=dict)

    def page(self, number: int) -> Page | Future[Page]:
        """The page's words by the text layer or OCR, and its picture; a page that cannot be drawn is empty, and a problem."""
        try:
            return self._page(number, with_filled_fields(self.drawn, number))
        except pdfium.PdfiumError:
            self._note("damaged_page", Severity.ERROR, number, "it is damaged and was not read: export the order again")
            return Page(PageText(number, *_LETTER, ()), None)

    def _page(self, number: int, drawn: Any) -> Page | Future[Page]:
        native, trusted = self._native(number, drawn)
        if not trusted and not _blank(drawn):
            scanned = self._scanned(number, drawn)
            if scanned is not None:
                return scanned
        gutter = gutter_of(native.text)
        text = native.text if gutter is None else one_below_other(native.text, gutter)
        return Page(text, self._picture(drawn, native))

    def _native(self, number: int, drawn: Any) -> tuple[NativePage, bool]:
        native = native_page(drawn, number)
        pictured = native.image_share >= _IMAGE_SHARE
        if not native.is_trustworthy and len(native.text.words) > _EMPTY_WORDS:
            native = read_again(self.content, native)
        if pictured and native.text.words:
            native = seen_words(drawn, native)
        words = native.text.words
        if len(words) > _MAX_WORDS:
            self._note("page_too_dense", Severity.WARNING, number, f"only its first {_MAX_WORDS} words were read")
            native = replace(native, text=replace(native.text, words=words[:_MAX_WORDS]))
        if pictured and len(words) < _STAMP_WORDS:
            return native, False  # a scan with a fax line or a stamp typed over it
        few = 0 < len(words) <= _EMPTY_WORDS and not pictured
        return native, native.is_trustworthy or few

    def _scanned(self, number: int, drawn: Any) -> Future[Page] | None:
        """The page by OCR, begun; None where that is not to be had, which a problem then says."""
        if self.ocr is None or self.ocr_pages >= MAX_OCR_PAGES:
            cause = "no OCR engine is set up" if self.ocr is None else f"more than {MAX_OCR_PAGES} pages need OCR"
            self._note("page_not_read", Severity.ERROR, number, f"it is a picture without text, and {cause}")
            return None
        self.ocr_pages += 1
        colours, dpi = _rendered(drawn, _scanned_dpi(drawn), coloured=True)
        return self.at_once.start(partial(self._read, number, colours, dpi, self.ocr))

    def _read(self, number: int, colours: Colours, dpi: int, ocr: OcrEngine) -> Page:
        scanned, doubts = read_colours(colours, self.part, number=number, dpi=dpi, ocr=ocr)
        self.doubts[number] = doubts
        self.seen[number] = scanned.seen
        if number > MAX_PICTURES:
            return Page(scanned.text, None)
        return Page(scanned.text, scanned.picture(self.part, self.picture_dpi))

    def _picture(self, drawn: Any, native: NativePage) -> PagePicture | None:
        """The page for people, as it is."""
        text = native.text
        if text.number > MAX_PICTURES:
            return None
        grey, dpi = _rendered(drawn, self.picture_dpi)
        upright = turned(grey, native.turned)
        png = png_of(resized(upright, min(self.picture_dpi / dpi, 1.0)))
        return PagePicture(part=self.part, page=text.number, width=text.width, height=text.height, png=png)

    def _note(self, code: str, severity: Severity, number: int, cause: str) -> None:
        self.problems.append(Problem(code=code, severity=severity, message=f"{self.part}, page {number}: {cause}"))


def _rendered(page: Any, dpi: int, *, coloured: bool = False) -> tuple[Grey, int]:
    """The page in greys (or RGB) near `dpi`, less where its sheet is huge."""
    width, height = page.get_size()
    scale = min(dpi / 72, (_MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=not coloured, rev_byteorder=coloured)
    picture = np.array(bitmap.to_numpy(), dtype=np.uint8)
    if coloured and picture.ndim == 3:
        return np.ascontiguousarray(picture[:, :, :3]), max(round(scale * 72), 1)
    return (picture[:, :, 0] if picture.ndim == 3 else picture), max(round(scale * 72), 1)


def _scanned_dpi(page: Any) -> int:
    """The resolution at which the page's largest picture was scanned, so that its dots come out as they are."""
    found = READING_DPI
    area = max(page.get_width() * page.get_height(), 1.0)
    for thing in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=4):
        x0, y0, x1, y1 = thing.get_bounds()
        if abs((x1 - x0) * (y1 - y0)) >= _IMAGE_SHARE * area:
            found = round(max(thing.get_px_size()) / max(abs(x1 - x0), abs(y1 - y0)) * 72)
    return found if _LEAST_DPI <= found < READING_DPI else READING_DPI


def _blank(page: Any) -> bool:
    """Whether the page shows nothing: an empty last page needs no OCR."""
    grey, _ = _rendered(page, 40)
    return bool(np.mean(grey < 200) < 0.0005)
