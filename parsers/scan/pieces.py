"""Pieces of print that one engine was unsure of or saw nothing in, read again by an engine of another kind.

Both readings of a page become one: where they agree a word is sure, where they do not the second one stands, doubted. Where
the words stand is told by the first reading, or by the second one's letters.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from models.domain.document import Letter, Word
from parsers.language import language_of
from parsers.page_text import baselines
from parsers.part_reading import OcrEngine
from parsers.scan.prepare import Grey, png_of
from parsers.scan.rows import Piece
from parsers.scan.seen import SeenLine

#: A word of a clean page is read with more than this; below it both engines are heard.
_SURE = 0.9
_AGREED, _ALONE, _OVERRULED = 0.99, 0.85, 0.8
#: What the second engine must believe of a piece in which the first saw nothing, and of any letter.
_LEAST_NEW, _LEAST_LETTER = 0.9, 0.3
_LONGEST = 60
_SHORT = 4
#: The font's height as a share of print without its tails.
_SIZE = 1.25
_MOST_PIECES = 400
#: A line of so many words is a sentence of the terms; and pieces are read until they are so many times as long as high.
_PROSE, _MOST_LENGTH = 10, 700
#: What parts words that run on in the second reading: white in the first one, and letters wider apart than most.
_WORD_GAP, _WIDE = 0.25, 1.6
_SAME_SHAPE = str.maketrans({"I": "l", "|": "l", "’": "'", "‘": "'"})
_SPECKS = ".,'·•"
_ONLY_MARKS = re.compile(r"[\W_]*")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A piece of print with the words of the first reading that stand there."""

    piece: Piece
    words: tuple[Word, ...]

    def is_doubtful(self, *, foreign: bool) -> bool:
        if not self.words:
            return True
        unsure = min(word.confidence for word in self.words) < _SURE or self._is_short
        return unsure or (foreign and any(letter.isalpha() for word in self.words for letter in word.text))

    @property
    def _is_short(self) -> bool:
        """Whether it is a unit or the like: too short for an engine to see by the word which letters it is."""
        return any(len(word.text) <= _SHORT and word.text.isalpha() for word in self.words) and len(self.words) <= 2


def read_twice(
    words: Sequence[Word], pieces: Sequence[Piece], grey: Grey, dpi: int, page: int, ocr: OcrEngine
) -> tuple[list[Word], tuple[SeenLine, ...]]:
    """The words of a page, those of doubtful pieces by both engines, and what the second one read. `grey` is the upright page
    at `dpi`."""
    readings = list(_by_piece(words, pieces, dpi))
    foreign = not _is_known(words, ocr)
    doubtful = _affordable(each for each in readings if _is_cell(each) and each.is_doubtful(foreign=foreign))
    seconds = ocr.lines([png_of(_cut(grey, each.piece, dpi)) for each in doubtful]) if doubtful else None
    if seconds is None:
        return list(words), ()
    changed = {id(word) for each in doubtful for word in each.words}
    kept = [word for word in words if id(word) not in changed]
    for each, letters in zip(doubtful, seconds, strict=True):
        kept += _settled(each, letters, dpi, page)
    kept = _without_joined(kept, words, changed)
    in_order = [word for line in baselines(kept) for word in sorted(line, key=lambda word: word.x0)]
    return in_order, tuple(_seen(each.piece, letters, dpi) for each, letters in zip(doubtful, seconds, strict=True))


def _without_joined(kept: Sequence[Word], first: Sequence[Word], changed: set[int]) -> list[Word]:
    """The words without those of the first reading that span cells which the second engine read singly: "1M" over "1" and "M"."""
    own = {id(word) for word in first} - changed
    new = [word for word in kept if id(word) not in own]
    return [word for word in kept if id(word) not in own or not _is_joined(word, new)]


def _is_joined(word: Word, new: Sequence[Word]) -> bool:
    parts = sorted((each for each in new if _lies_in(each, word)), key=lambda each: each.x0)
    return len(parts) > 1 and _shape("".join(each.text for each in parts)) == _shape(word.text)


def _lies_in(part: Word, whole: Word) -> bool:
    middle = (part.top + part.bottom) / 2
    slack = 0.3 * max(whole.bottom - whole.top, 1.0)
    return whole.top <= middle <= whole.bottom and whole.x0 - slack <= part.x0 and part.x1 <= whole.x1 + slack


def _seen(piece: Piece, letters: Sequence[Letter], dpi: int) -> SeenLine:
    margin, scale = dpi // 75, 72 / dpi
    edges = (piece.x0 - margin, piece.top - margin, piece.x1 + margin, piece.bottom + margin)
    x0, top, x1, bottom = (max(edge, 0) * scale for edge in edges)
    return SeenLine((x0, top, x1, bottom), tuple(letters))


def _is_known(words: Sequence[Word], ocr: OcrEngine) -> bool:
    """Whether the first engine knows the letters of the page's language; where that is open, it does."""
    language = language_of(" ".join(word.text for word in words))
    return language is None or ocr.reads(language)


def _by_piece(words: Sequence[Word], pieces: Sequence[Piece], dpi: int) -> Iterator[_Reading]:
    scale = dpi / 72
    middles = [((word.x0 + word.x1) / 2 * scale, (word.top + word.bottom) / 2 * scale, word) for word in words]
    taken: set[int] = set()
    for piece in pieces:
        here = [
            word
            for x, y, word in middles
            if id(word) not in taken and piece.x0 - 2 <= x <= piece.x1 + 2 and piece.top - 2 <= y <= piece.bottom + 2
        ]
        taken |= {id(word) for word in here}
        yield _Reading(piece, tuple(sorted(here, key=lambda word: word.x0)))


def _is_cell(reading: _Reading) -> bool:
    return _length(reading) <= _LONGEST and len(reading.words) < _PROSE


def _length(reading: _Reading) -> float:
    return (reading.piece.x1 - reading.piece.x0) / max(reading.piece.height, 1)


def _affordable(readings: Iterable[_Reading]) -> list[_Reading]:
    """As many of the pieces, from the top of the page, as may be read in reasonable time."""
    chosen: list[_Reading] = []
    length = 0.0
    for reading in readings:
        length += _length(reading)
        if length > _MOST_LENGTH or len(chosen) == _MOST_PIECES:
            break
        chosen.append(reading)
    return chosen


def _cut(grey: Grey, piece: Piece, dpi: int) -> Grey:
    margin = dpi // 75
    return grey[max(piece.top - margin, 0) : piece.bottom + margin, max(piece.x0 - margin, 0) : piece.x1 + margin]


def _settled(reading: _Reading, letters: Sequence[Letter], dpi: int, page: int) -> list[Word]:
    """The piece's words by both readings."""
    seen = [letter for letter in letters if letter.confidence >= _LEAST_LETTER]
    text = "".join(letter.text for letter in seen).strip()
    if _ONLY_MARKS.fullmatch(text):
        return list(reading.words)
    # What parts names in a row, a dash or a point, is seen by one engine and not by the other.
    marks = [word for word in reading.words if _ONLY_MARKS.fullmatch(word.text)]
    reading = replace(reading, words=tuple(word for word in reading.words if word not in marks))
    if not reading.words:
        sure = min(letter.confidence for letter in seen if letter.text != " ")
        return _placed(_tokens(seen), reading, dpi, page) if sure >= _LEAST_NEW else []
    return marks + (_agreed(reading.words, text) or _second(reading, seen, dpi, page))


def _agreed(words: Sequence[Word], text: str) -> list[Word]:
    """The first reading, surer, where the second is the same letter by letter; else nothing."""
    if _shape("".join(word.text for word in words)) != _shape(re.sub(r"[ ·•]", "", text)):
        return []
    return [replace(word, confidence=max(word.confidence, _AGREED)) for word in words]


def _second(reading: _Reading, letters: Sequence[Letter], dpi: int, page: int) -> list[Word]:
    """The second reading, parted where the first saw wide gaps too; a word that both read alike is sure."""
    found = _placed(_tokens(letters, _gaps(reading, letters, dpi)), reading, dpi, page)
    firsts = {_shape(word.text): word for word in reading.words}
    return [_weighed(word, firsts.get(_shape(word.text))) for word in found]


def _weighed(word: Word, first: Word | None) -> Word:
    if first is None:
        return replace(word, confidence=_OVERRULED * word.confidence)
    # A speck beside a word is read as a mark by one engine or the other.
    text = min((first.text, word.text), key=len)
    return replace(first, text=text, confidence=max(first.confidence, _AGREED))


def _shape(text: str) -> str:
    """The text without the difference of a great I and a small l, which in many types look the same: the first engine, which
    knows words, tells them better; and without specks beside it."""
    return text.translate(_SAME_SHAPE).strip(_SPECKS)


def _gaps(reading: _Reading, letters: Sequence[Letter], dpi: int) -> list[float]:
    """Where in the piece, as shares of its width, the first reading saw words part and letters stand wide apart."""
    margin = dpi // 75
    left, wide = (reading.piece.x0 - margin), reading.piece.x1 - reading.piece.x0 + 2 * margin
    pairs = zip(reading.words, reading.words[1:], strict=False)
    middles = [(one.x1 + other.x0) / 2 * dpi / 72 for one, other in pairs if other.x0 - one.x1 > _WORD_GAP * one.size]
    places = [letter.place for letter in letters if letter.text != " "]
    steps = [after - before for before, after in itertools.pairwise(places)]
    usual = median(steps) if steps else 1.0
    wide_steps = [(before, after) for before, after in itertools.pairwise(places) if after - before > _WIDE * usual]
    shares = [(middle - left) / wide for middle in middles]
    return [share for share in shares if any(before - usual < share < after + usual for before, after in wide_steps)]


def _tokens(letters: Sequence[Letter], gaps: Sequence[float] = ()) -> list[list[Letter]]:
    """The letters in words: parted at spaces and gaps."""
    tokens: list[list[Letter]] = [[]]
    for letter in letters:
        parts = tokens[-1] and any(tokens[-1][-1].place < gap <= letter.place for gap in gaps)
        if letter.text == " " or parts:
            tokens.append([])
        if letter.text != " ":
            tokens[-1].append(letter)
    return [token for token in tokens if token]


def _placed(tokens: Iterable[Sequence[Letter]], reading: _Reading, dpi: int, page: int) -> list[Word]:
    piece = reading.piece
    margin, scale = dpi // 75, 72 / dpi
    left, wide = max(piece.x0 - margin, 0), piece.x1 - piece.x0 + 2 * margin
    size = reading.words[0].size if reading.words else _SIZE * piece.height * scale
    top = median([word.top for word in reading.words] or [piece.top * scale])
    bottom = median([word.bottom for word in reading.words] or [piece.bottom * scale])
    found = []
    for token in tokens:
        half = 0.25 * piece.height
        x0 = max(left + token[0].place * wide - half, piece.x0)
        x1 = min(left + token[-1].place * wide + half, piece.x1)
        text = "".join(letter.text for letter in token)
        sure = _ALONE * min(letter.confidence for letter in token)
        box = (x0 * scale, top, max(x1, x0 + 1) * scale, bottom)
        found.append(Word(text, page, *box, size=size, confidence=sure))
    return found
