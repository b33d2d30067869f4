"""The words of a page by the first engine, in no more languages than the page needs.

An engine that reads in four languages takes twice as long as in one. So some rows are read in all of them, which tells the
language, and the others in that alone, with English. Without a second opinion on unsure words the whole is read in all.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.domain.document import Word
from parsers.language import language_of
from parsers.layout import baselines
from parsers.part_reading import OcrEngine
from parsers.scan_prepare import Grey, png_of
from parsers.scan_rows import Piece, Print, rows_of_print, set_in_rows

#: One row in so many tells the language, on a page that has enough of them.
_ONE_IN, _LEAST_ROWS = 3, 12


def words_of(clean: Grey, printed: Print, dpi: int, page: int, ocr: OcrEngine) -> Sequence[Word]:
    """The words of a picture without drawn lines, read row by row; a picture without rows of print as it is."""
    if not printed.pieces:
        return ocr.words(png_of(clean, 0), dpi=dpi, page=page, languages=())
    reader = _Rows(clean, printed, dpi, page, ocr)
    rows = rows_of_print(printed.pieces)
    if len(rows) < _LEAST_ROWS or ocr.lines(()) is None:
        return reader.words(rows, ())
    sample = reader.words(rows[::_ONE_IN], ())
    others = [row for place, row in enumerate(rows) if place % _ONE_IN]
    words = [*sample, *reader.words(others, _languages(sample, ocr))]
    return [word for line in baselines(words) for word in sorted(line, key=lambda word: word.x0)]


def _languages(words: Sequence[Word], ocr: OcrEngine) -> tuple[str, ...]:
    """The language of the words, and English; none, which means all, where it is open or not one of the engine's."""
    language = language_of(" ".join(word.text for word in words))
    return () if language is None or not ocr.reads(language) else tuple(dict.fromkeys((language, "en")))


class _Rows:
    """Reads rows of one page."""

    def __init__(self, clean: Grey, printed: Print, dpi: int, page: int, ocr: OcrEngine) -> None:
        self._page = (clean, printed, dpi)
        self._number = page
        self._ocr = ocr

    def words(self, rows: Sequence[Sequence[Piece]], languages: tuple[str, ...]) -> list[Word]:
        """The words of the rows where they stand on the page."""
        clean, printed, dpi = self._page
        bands = set_in_rows(clean, printed, dpi, rows)
        return bands.placed(self._ocr.words(png_of(bands.picture, 0), dpi=dpi, page=self._number, languages=languages))
