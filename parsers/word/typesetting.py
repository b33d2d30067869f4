"""Text without a page of its own set as one: blocks of paragraphs and tables to words with boxes, rules, and a picture.

How the sender's program would break lines does not matter to what is read: cells stay apart, labels stay beside their values,
and columns stay columns. Cells keep their lines whole where a page half as wide again has room for them, and words always.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from anyascii import anyascii
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfbase.pdfmetrics import stringWidth

from models.domain.document import PagePicture, Word
from parsers.page_text import PageText, Rule

_WIDTH, _HEIGHT, _WIDEST = 595.0, 842.0, 892.0
_MARGIN = 56.0
_SIZE = 11.0
_LEADING = 1.3
_TAB = 36.0
_PAD = 5.0
_PICTURE_DPI = 100
_FONT = "Helvetica"
MOST_PAGES = 200
MOST_WORDS = 15_000


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text: `\\t` leads to the next tab stop, `\\n` to a new line. `size` in points, None for the usual one."""

    text: str
    size: float | None = None
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A table's cell, which may hold further tables, over `span` columns."""

    blocks: tuple[Block, ...]
    span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells."""

    rows: tuple[tuple[Cell, ...], ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class TypesetPage:
    """One page, whose picture shows each word in its box."""

    text: PageText

    def picture(self, part: str) -> PagePicture:
        """The page drawn for people. Letters that the font lacks are drawn as the nearest Latin ones."""
        scale = _PICTURE_DPI / 72
        image = Image.new("L", (round(self.text.width * scale), round(self.text.height * scale)), 255)
        draw = ImageDraw.Draw(image)
        for rule in self.text.rules:
            draw.line([rule.x0 * scale, rule.top * scale, rule.x1 * scale, rule.bottom * scale], fill=170)
        for word in self.text.words:
            text = word.text if word.text.isascii() else "".join(map(_drawable, word.text))
            draw.text((word.x0 * scale, word.top * scale), text, font=_font(round(word.size * scale * 0.82)), fill=0)
        stream = io.BytesIO()
        image.save(stream, "PNG")
        return PagePicture(part, self.text.number, self.text.width, self.text.height, stream.getvalue())


def text_of(blocks: Sequence[Block]) -> str:
    """The blocks as plain text, a line for each paragraph and each row."""
    return "\n".join(_lines_of(blocks))


def _lines_of(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for row in block.rows:
                yield "\t".join(" ".join(text_of(cell.blocks).split()) for cell in row)


@dataclass(frozen=True, slots=True)
class TypesetText:
    """All pages, and whether the blocks end with them: at most 200 pages of 15,000 words each are set."""

    pages: tuple[TypesetPage, ...]
    is_whole: bool


def typeset(blocks: Sequence[Block]) -> TypesetText:
    """The blocks as pages, at least one."""
    tables = [block for block in blocks if isinstance(block, Table)]
    wanted = min(max((_width_of(block, _longest_line) for block in tables), default=0.0) + 2 * _MARGIN, _WIDEST)
    least = max((_width_of(block, _longest_word) for block in blocks), default=0.0) + 2 * _MARGIN
    setter = _Setter(max(_WIDTH, wanted, least))
    is_whole = all(setter.put(block) for block in blocks)
    return TypesetText(tuple(setter.pages()), is_whole)


@dataclass(slots=True)
class _Piece:
    """Something set relative to the top left of its block: its words and rules, and how high it is."""

    words: list[tuple[str, float, float, float, bool]] = field(default_factory=list)  # text, x, y, size, bold
    rules: list[Rule] = field(default_factory=list)
    height: float = 0.0

    def take(self, other: _Piece, x: float, y: float) -> None:
        self.words += [(text, x + x0, y + y0, size, bold) for text, x0, y0, size, bold in other.words]
        self.rules += [Rule(x + rule.x0, y + rule.top, x + rule.x1, y + rule.bottom) for rule in other.rules]


class _Setter:
    """Puts pieces one below the other, each whole where it fits a page."""

    def __init__(self, width: float) -> None:
        self._width = width
        self._pages: list[_Piece] = [_Piece(height=_MARGIN)]

    def put(self, block: Block) -> bool:
        """Whether there was room for all of the block."""
        room = self._width - 2 * _MARGIN
        return all(map(self._take, _pieces_of(block, room)))

    def _take(self, piece: _Piece) -> bool:
        page = self._pages[-1]
        if page.words and page.height + piece.height > _HEIGHT - _MARGIN:
            if len(self._pages) == MOST_PAGES:
                return False
            page = _Piece(height=_MARGIN)
            self._pages.append(page)
        if len(page.words) + len(piece.words) > MOST_WORDS:
            return False
        page.take(piece, _MARGIN, page.height)
        page.height += piece.height
        return True

    def pages(self) -> Iterator[TypesetPage]:
        for number, page in enumerate(self._pages, 1):
            height = max(_HEIGHT, page.height + _MARGIN)
            words = tuple(_word(number, *word) for word in page.words)
            yield TypesetPage(PageText(number, self._width, height, words, tuple(page.rules)))


def _word(number: int, text: str, x: float, y: float, size: float, bold: bool) -> Word:
    return Word(text, number, x, y, x + _length(text, size), y + size, size=size, bold=bold)


def _pieces_of(block: Block, room: float) -> Iterator[_Piece]:
    """The lines of a paragraph or the rows of a table, from the top down."""
    return _row_pieces(block, room) if isinstance(block, Table) else _line_pieces(block, room)


def _line_pieces(paragraph: Paragraph, room: float) -> Iterator[_Piece]:
    size = paragraph.size or _SIZE
    for line in paragraph.text.split("\n"):
        yield from _wrapped(line, size, paragraph.is_bold, room)


def _wrapped(line: str, size: float, bold: bool, room: float) -> Iterator[_Piece]:
    """A line broken where it is too long. A tab leads to the next stop, two characters behind what is before it at least."""
    piece = _Piece(height=size * _LEADING)
    x = 0.0
    for number, part in enumerate(line.split("\t")):
        if number:
            x = (x + size) // _TAB * _TAB + _TAB
        for text in part.split():
            length = _length(text, size)
            if x and x + length > room:
                yield piece
                piece, x = _Piece(height=size * _LEADING), 0.0
            piece.words.append((text, x, 0.0, size, bold))
            x += length + _length(" ", size)
    yield piece


def _row_pieces(table: Table, room: float) -> Iterator[_Piece]:
    widths = _column_widths(table, room)
    for row in table.rows:
        piece = _Piece()
        x, column = 0.0, 0
        cells = []
        for cell in row:
            width = sum(widths[column : column + cell.span])
            cells.append((x, width, _cell_piece(cell, width - 2 * _PAD)))
            x, column = x + width, column + cell.span
        piece.height = max((within.height for _, _, within in cells), default=0.0) + 2 * _PAD
        for left, width, within in cells:
            piece.take(within, left + _PAD, _PAD)
            piece.rules += _frame(left, width, piece.height)
        yield piece
    yield _Piece(height=_PAD)


def _frame(left: float, width: float, height: float) -> Iterator[Rule]:
    yield Rule(left, 0.0, left + width, 0.0)
    yield Rule(left, height, left + width, height)
    yield Rule(left, 0.0, left, height)
    yield Rule(left + width, 0.0, left + width, height)


def _cell_piece(cell: Cell, room: float) -> _Piece:
    whole = _Piece()
    for block in cell.blocks:
        for piece in _pieces_of(block, room):
            whole.take(piece, 0.0, whole.height)
            whole.height += piece.height
    return whole


def _column_widths(table: Table, room: float) -> list[float]:
    """What the cells' longest lines want, shrunk to the room there is, and none less than its longest word needs."""
    least, wanted = _columns(table, _longest_word), _columns(table, _longest_line)
    over = [max(want - need, 0.0) for want, need in zip(wanted, least, strict=True)]
    share = max(room - sum(least), 0.0) / (sum(over) or 1.0)
    return [need + extra * min(share, 1.0) for need, extra in zip(least, over, strict=True)]


def _columns(table: Table, measure: Callable[[Paragraph], float]) -> list[float]:
    """The width of each column. A cell over several leaves it to the last of them to make room for what the others have not."""
    widths = [0.0] * max((sum(cell.span for cell in row) for row in table.rows), default=1)
    for span in sorted({cell.span for row in table.rows for cell in row}):
        for row in table.rows:
            last = -1
            for cell in row:
                last += cell.span
                if cell.span == span:
                    within = max((_width_of(block, measure) for block in cell.blocks), default=0.0) + 2 * _PAD
                    widths[last] = max(widths[last], within - sum(widths[last - span + 1 : last]))
    return widths


def _width_of(block: Block, measure: Callable[[Paragraph], float]) -> float:
    return sum(_columns(block, measure)) if isinstance(block, Table) else measure(block)


def _longest_word(paragraph: Paragraph) -> float:
    return max((_length(word, paragraph.size or _SIZE) for word in paragraph.text.split()), default=0.0)


def _longest_line(paragraph: Paragraph) -> float:
    """With room for its tabs."""
    lines = paragraph.text.expandtabs(8).split("\n")
    return max(_longest_word(paragraph), *(_length(line.rstrip() + " ", paragraph.size or _SIZE) for line in lines))


def _length(text: str, size: float) -> float:
    return float(stringWidth(text, _FONT, size))


def _drawable(char: str) -> str:
    return char if "\xa0" < char <= "\xff" or char == "€" else anyascii(char)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = files("reportlab").joinpath("fonts/Vera.ttf").read_bytes()
    return ImageFont.truetype(io.BytesIO(font), max(size, 4))
