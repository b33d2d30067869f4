"""The words of a page by the first engine, in no more languages than the page needs.

Each language costs the engine its model and its own look at every doubtful word: seven take four times as long as one. So some
rows are read in English, which is enough to tell the page's language by its labels and commonest words, and the page then in
that one alone. Without a second opinion on unsure words the whole is read in all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from models.domain.document import Word
from parsers.language import language_of
from parsers.page_text import baselines
from parsers.part_reading import OcrEngine
from parsers.scan.prepare import Grey, png_of
from parsers.scan.rows import Piece, Print, rows_of_print, set_in_rows
from parsers.wordlists import folded, terms, words_file

_SAMPLED_IN = "en"
#: One row in so many tells the language, on a page that has enough of them.
_ONE_IN, _LEAST_ROWS = 3, 12
_LABELS = ("fields.yaml", "columns.yaml")
_LANGUAGES = frozenset({"en", "de", "fr", "es", "it", "nl", "pl"})
_SHORTEST, _WHOLE_VOTE, _LEAST_LABELS, _MAJORITY = 3, 12, 2, 1.5


def words_of(clean: Grey, printed: Print, dpi: int, page: int, ocr: OcrEngine) -> Sequence[Word]:
    """The words of a picture without drawn lines, read row by row; a picture without rows of print as it is."""
    if not printed.pieces:
        return ocr.words(png_of(clean), dpi=dpi, page=page, languages=())
    reader = _Rows(clean, printed, dpi, page, ocr)
    rows = rows_of_print(printed.pieces)
    if ocr.lines(()) is None:
        return reader.words(rows, ())
    if len(rows) < _LEAST_ROWS:
        return _whole(reader, rows, reader.words(rows, (_SAMPLED_IN,)))
    sample = reader.words(rows[::_ONE_IN], (_SAMPLED_IN,))
    language = page_language(sample)
    if language not in (None, _SAMPLED_IN) and ocr.reads(str(language)):
        return reader.words(rows, (str(language),))
    others = [row for place, row in enumerate(rows) if place % _ONE_IN]
    return _whole(reader, rows, [*sample, *reader.words(others, (_SAMPLED_IN,))])


def _whole(reader: _Rows, rows: Sequence[Sequence[Piece]], words: Sequence[Word]) -> Sequence[Word]:
    """The page's words as they were read in English, or once more in the language that they are in."""
    language = page_language(words)
    if language not in (None, _SAMPLED_IN) and reader.reads(str(language)):
        return reader.words(rows, (str(language),))
    return [word for line in baselines(words) for word in sorted(line, key=lambda word: word.x0)]


def page_language(words: Iterable[Word]) -> str | None:
    """The language (ISO 639-1) of a form: that in which most of its labels are written, or else its commonest words."""
    text = " ".join(word.text for word in words)
    found = {folded(word) for word in re.findall(r"[^\W\d_]+", text) if len(word) >= _SHORTEST}
    votes: Counter[str] = Counter()
    for word in found:
        for language in (languages := label_words().get(word, ())):
            votes[language] += _WHOLE_VOTE // len(languages)
    (first, most), (_, next_most) = (*votes.most_common(2), ("", 0), ("", 0))[:2]
    return first if most >= _LEAST_LABELS * _WHOLE_VOTE and most >= _MAJORITY * next_most else language_of(text)


@cache
def label_words() -> Mapping[str, tuple[str, ...]]:
    """The languages in whose labels and heads of columns each word stands, without accents: the sample may lack them."""
    languages: dict[str, set[str]] = {}
    for name in _LABELS:
        for listed in words_file(name).values():
            for language in _LANGUAGES & listed.keys():
                for term in terms(listed[language]):
                    for word in re.findall(r"[^\W\d_]+", term):
                        languages.setdefault(folded(word), set()).add(language)
    return {word: tuple(sorted(found)) for word, found in languages.items() if len(word) >= _SHORTEST}


class _Rows:
    """Reads rows of one page."""

    def __init__(self, clean: Grey, printed: Print, dpi: int, page: int, ocr: OcrEngine) -> None:
        self._page = (clean, printed, dpi)
        self._number = page
        self._ocr = ocr

    def reads(self, language: str) -> bool:
        return self._ocr.reads(language)

    def words(self, rows: Sequence[Sequence[Piece]], languages: tuple[str, ...]) -> list[Word]:
        """The words of the rows where they stand on the page."""
        clean, printed, dpi = self._page
        bands = set_in_rows(clean, printed, dpi, rows)
        return bands.placed(self._ocr.words(png_of(bands.picture), dpi=dpi, page=self._number, languages=languages))
