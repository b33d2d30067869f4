"""HTML as text for people, and its tables as grids whose cells know where they stand in that text.

Scripts, styles, hidden elements and everything remote are left out; nothing is fetched or run. The text of a quotation
(`blockquote`) bears "> " as in a plain mail, so that one rule finds what is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from models.domain.document import Grid, TextBox
from models.domain.evidence import Evidence

_SILENT = frozenset(["script", "style", "head", "title", "template", "noscript", "object", "svg", "select", "textarea", "iframe"])
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article blockquote center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section"
        " table tr ul caption tbody thead",
    )
)
_PARAGRAPHS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol"])
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|mso-hide\s*:\s*all", re.IGNORECASE
)
_STRUCK_TAGS = frozenset(["s", "strike", "del"])
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
MOST_CHARACTERS = 4_000_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell's place in the text."""

    start: int
    end: int
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Markup:
    """The text of an HTML page, the cells of its innermost tables, row by row, and the words that are struck through: those
    stand in no text, but each with the place where it would."""

    text: str
    tables: tuple[tuple[tuple[Cell, ...], ...], ...]
    struck: tuple[tuple[int, str], ...] = ()

    def grids(self, part: str, offset: int = 0) -> tuple[Grid, ...]:
        """The tables that hold data: two rows or more, two columns or more. `offset` is where this text starts in `part`."""
        found = (self._grid(table, part, offset, number) for number, table in enumerate(self.tables, 1))
        return tuple(grid for grid in found if grid is not None)

    def _grid(self, table: tuple[tuple[Cell, ...], ...], part: str, offset: int, number: int) -> Grid | None:
        rows = tuple(self._rows(table, part, offset))
        filled = [row for row in rows if sum(box is not None for box in row) >= 2]
        return Grid(rows, name=f"table {number}") if len(filled) >= 2 else None

    def _rows(self, table: tuple[tuple[Cell, ...], ...], part: str, offset: int) -> Iterator[tuple[TextBox | None, ...]]:
        """The rows with empty cells where one from above reaches down into them."""
        covered: dict[int, int] = {}
        for row in table:
            boxes: list[TextBox | None] = []
            below = {column: rows - 1 for column, rows in covered.items() if rows > 1}
            for cell in row:
                while len(boxes) in covered:
                    boxes.append(None)
                if cell.rowspan > 1:
                    below.update((len(boxes) + place, cell.rowspan - 1) for place in range(cell.colspan))
                boxes += self._boxes(cell, part, offset)
            while len(boxes) in covered:
                boxes.append(None)
            covered = below
            yield tuple(boxes)

    def _boxes(self, cell: Cell, part: str, offset: int) -> tuple[TextBox | None, ...]:
        """The cell as it stands, then empty ones for the further columns that it covers."""
        text = self.text[cell.start : cell.end]
        joined = " ".join(text.split())
        place = Evidence(part=part, span=(offset + cell.start, offset + cell.end), text=joined)
        box = TextBox(joined, place) if joined else None
        return (box, *([None] * (cell.colspan - 1)))


def read_markup(source: str) -> Markup:
    """The text and tables of `source`. Broken HTML is read as far as it goes; nesting beyond 250 levels is cut."""
    if not source.strip():
        return Markup("", ())
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    try:
        root = html.document_fromstring(source[:MOST_CHARACTERS].encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return Markup(re.sub(r"<[^<>]{0,2000}>", " ", source), ())  # nothing in it is an element that holds text
    writer = _Writer(paragraphs_are_lines=_has_blank_paragraphs(root))
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if isinstance(element.tag, str):
            _walk(writer, event, element)
    return Markup(writer.text(), writer.tables(), tuple(writer.struck))


def _has_blank_paragraphs(root: html.HtmlElement) -> bool:
    """Whether blank paragraphs part the others, as Outlook writes lines and the blank ones between them."""
    return any(not str(each.text_content()).strip("\u00a0 \r\n\t") and each.find(".//img") is None for each in root.iter("p"))


def _walk(writer: _Writer, event: str, element: html.HtmlElement) -> None:
    tag = str(element.tag)
    if event == "start":
        if writer.silent or _is_silent(element, tag):
            writer.silent += 1
            return
        if _is_struck(element, tag):
            writer.strike(" ".join(map(str, element.itertext())))
            writer.silent += 1
            return
        writer.open(tag, element)
        writer.write(element.text or "", keep=tag == "pre")
        return
    if writer.silent:
        writer.silent -= 1
    else:
        writer.close(tag)
    if not writer.silent and tag not in {"html"}:
        writer.write(element.tail or "", keep=False)


def _is_silent(element: html.HtmlElement, tag: str) -> bool:
    return tag in _SILENT or element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _is_struck(element: html.HtmlElement, tag: str) -> bool:
    return tag in _STRUCK_TAGS or bool(_STRUCK.search(element.get("style") or ""))


def _span(element: html.HtmlElement, name: str) -> int:
    stated = (element.get(name) or "1").strip()
    return min(int(stated), 100) if re.fullmatch(r"[1-9]\d{0,3}", stated) else 1


def _holds_data(table: html.HtmlElement) -> bool:
    """Whether a table shows rows and columns, rather than placing parts of the page: no table inside, and short cells."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    cells = list(table.iterdescendants("td", "th"))
    return len(cells) >= 4 and all(len(str(cell.text_content())) <= 600 for cell in cells)


@dataclass(slots=True)
class _Table:
    holds_data: bool
    rows: list[list[Cell]] = field(default_factory=list)
    first_piece: int = 0
    colspan: int = 1
    rowspan: int = 1


class _Writer:
    """Collects the text, one space between words, and knows the length written so far."""

    def __init__(self, *, paragraphs_are_lines: bool = False) -> None:
        self.silent = 0
        self.struck: list[tuple[int, str]] = []
        self._parted = _PARAGRAPHS - {"p"} if paragraphs_are_lines else _PARAGRAPHS
        self._pieces: list[str] = []
        self._length = 0
        self._space = False
        self._breaks = 2
        self._blank = False  # a line that holds a protected space alone, as mail programs write a blank one
        self._quotes = 0
        self._open_tables: list[_Table] = []
        self._tables: list[_Table] = []

    def text(self) -> str:
        return "".join(self._pieces)

    def tables(self) -> tuple[tuple[tuple[Cell, ...], ...], ...]:
        return tuple(tuple(tuple(row) for row in table.rows if row) for table in self._tables if table.holds_data)

    def strike(self, text: str) -> None:
        if words := " ".join(text.split()):
            self.struck.append((self._length, words))

    def write(self, raw: str, *, keep: bool) -> None:
        if keep and raw.strip():
            for line in raw.splitlines():
                self._put(line)
                self._break(1)
            return
        words = raw.split()
        self._blank = self._blank or bool(self._breaks and not words and "\u00a0" in raw)
        if raw[:1].isspace():
            self._space = True
        for word in words:
            self._put((" " if self._space and not self._breaks else "") + word)
            self._space = True
        if words:
            self._space = raw[-1:].isspace()

    def open(self, tag: str, element: html.HtmlElement) -> None:
        if tag == "br":
            self._break(1, always=True)
        elif tag in _BLOCKS:
            self._break(2 if tag in self._parted else 1)
        if tag == "li":
            self._put("- ")
        elif tag == "blockquote":
            self._quotes += 1
        elif tag == "table":
            self._open_tables.append(_Table(_holds_data(element)))
        elif tag == "tr" and self._open_tables:
            self._open_tables[-1].rows.append([])
        elif tag in {"td", "th"} and self._open_tables:
            self._open_cell(element)

    def close(self, tag: str) -> None:
        if tag in {"td", "th"} and self._open_tables:
            self._close_cell()
        elif tag == "table" and self._open_tables:
            self._tables.append(self._open_tables.pop())
        if tag in _BLOCKS:
            self._break(2 if tag in self._parted or self._blank else 1)
        if tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)

    def _open_cell(self, element: html.HtmlElement) -> None:
        table = self._open_tables[-1]
        if not table.holds_data:
            if table.rows and not self._breaks:
                self._break(1)
            return
        if not table.rows:
            table.rows.append([])
        if table.rows[-1]:
            self._put("\t")
        self._space = False
        table.first_piece = len(self._pieces)
        table.colspan, table.rowspan = _span(element, "colspan"), _span(element, "rowspan")

    def _close_cell(self) -> None:
        """Puts the cell on one line, save where it has three or more: those are an address."""
        table = self._open_tables[-1]
        if not (table.holds_data and table.rows):
            return
        pieces = self._pieces[table.first_piece :]
        lines = [line.strip() for line in "".join(pieces).splitlines() if line.strip()]
        text = ("\n" if len(lines) > 2 else " ").join(lines)
        self._length -= sum(map(len, pieces))
        self._pieces[table.first_piece :] = [text]
        table.rows[-1].append(Cell(self._length, self._length + len(text), table.colspan, table.rowspan))
        self._length += len(text)
        self._breaks, self._space = (0 if text or len(table.rows[-1]) > 1 else self._breaks), False

    def _put(self, piece: str) -> None:
        if self._breaks and self._quotes:
            piece = "> " * self._quotes + piece
        self._pieces.append(piece)
        self._length += len(piece)
        self._breaks, self._blank = 0, False

    def _break(self, count: int, *, always: bool = False) -> None:
        """Ends the line; `count` 2 leaves a blank line. Blocks within blocks leave no more than one."""
        wanted = self._breaks + 1 if always else max(count, self._breaks)
        wanted = min(wanted, 2)
        self._pieces.append("\n" * (wanted - self._breaks))
        self._length += wanted - self._breaks
        self._breaks, self._space = wanted, False
