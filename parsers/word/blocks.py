"""The body of a word processor's file as blocks: paragraphs with their tabs, and tables with their cells.

Both formats name their parts alike (p, table, cell), so one walk reads them: WordprocessingML (ISO/IEC 29500-1, 17) and
OpenDocument text (OASIS ODF 1.3 part 3, 5 to 10).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from lxml import etree

from parsers.word.typesetting import Block, Cell, Paragraph, Table
from parsers.xml.syntax import local_name

#: Deleted and moved-away text, comments, codes of fields, old drawings beside their new form, bookkeeping.
_SILENT = frozenset(
    re.findall(
        r"\S+",
        "del moveFrom delText instrText Fallback sdtPr title desc rPr tracked-changes annotation sequence-decls forms note"
        " footnoteReference commentReference",
    )
)
_BOXES = frozenset(["txbxContent", "text-box"])
_SPACES = {"tab": "\t", "s": " ", "cr": "\n", "br": "\n", "line-break": "\n", "noBreakHyphen": "-"}
_PARAGRAPHS = frozenset(["p", "h"])
_TABLES = frozenset(["tbl", "table"])
_ROWS = frozenset(["tr", "table-row"])
_CELLS = frozenset(["tc", "table-cell", "covered-table-cell"])
_OPEN_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
#: Points of a title that is named by its style alone.
_TITLE_SIZE = 16.0
_TITLES = re.compile(r"title|titel|titre|heading|überschrift|berschrift", re.IGNORECASE)
_TABS = re.compile(r"\t+")
_FEWEST_PIECES, _FEWEST_ROWS = 3, 2
_MOST_COLUMNS = 63  # ISO/IEC 29500-1, 17.4.70: what Word itself allows


def blocks_of_wordprocessing(story: etree._Element) -> Iterator[Block]:
    """The blocks of a document, header or footer part."""
    return _blocks(story)


def blocks_of_opendocument(roots: Sequence[etree._Element]) -> Iterator[Block]:
    """The blocks of `styles.xml` and `content.xml`: the pages' headers, the text, the footers."""
    for wanted in ("header", "text", "footer"):
        for root in roots:
            for story in root.iter("{*}" + wanted):
                parent = story.getparent()
                if parent is not None and local_name(parent) in {"body", "master-page"}:
                    yield from _blocks(story)


def with_tabbed_tables(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """`blocks` with runs of paragraphs that tabs cut into the same three or more pieces as tables: their stops are not known."""
    found: list[Block] = []
    for width, run in groupby(blocks, _tabbed_pieces):
        paragraphs = list(run)
        if width < _FEWEST_PIECES or len(paragraphs) < _FEWEST_ROWS:
            found += paragraphs
        else:
            found.append(Table(tuple(_tabbed_row(each) for each in paragraphs if isinstance(each, Paragraph))))
    return tuple(found)


def _tabbed_pieces(block: Block) -> int:
    return len(_TABS.split(block.text.strip())) if isinstance(block, Paragraph) and "\n" not in block.text.strip() else 0


def _tabbed_row(paragraph: Paragraph) -> tuple[Cell, ...]:
    return tuple(Cell((replace(paragraph, text=piece.strip()),)) for piece in _TABS.split(paragraph.text.strip()))


def _blocks(element: etree._Element) -> Iterator[Block]:
    for child in element:
        name = local_name(child)
        if not name or name in _SILENT:
            continue
        if name in _PARAGRAPHS:
            yield from _paragraph(child)
        elif name in _TABLES:
            yield _table(child)
        else:
            yield from _blocks(child)


def _paragraph(element: etree._Element) -> Iterator[Block]:
    """The paragraph, then what stands in the text boxes that hang on it."""
    words: list[str] = ["- "] if _is_listed(element) else []
    boxes: list[etree._Element] = []
    _collect(element, words, boxes)
    text = "".join(words)
    if text.strip() or not boxes:
        yield Paragraph(text, _size(element), is_bold=element.find(".//{*}rPr/{*}b") is not None)
    for box in boxes:
        yield from _blocks(box)


def _collect(element: etree._Element, words: list[str], boxes: list[etree._Element]) -> None:
    """The text of a paragraph or of something in it. OpenDocument keeps text anywhere in it, WordprocessingML in `w:t`."""
    has_text = local_name(element) == "t" or etree.QName(element).namespace == _OPEN_TEXT
    if has_text:
        words.append(element.text or "")
    for child in element:
        name = local_name(child)
        if name in _BOXES:
            boxes.append(child)
        elif name in _SPACES and not _is_tab_stop(child):
            words.append(_SPACES[name])
        elif name and name not in _SILENT and not (name == "r" and _is_hidden(child)):
            _collect(child, words, boxes)
        if has_text:
            words.append(child.tail or "")


def _is_tab_stop(element: etree._Element) -> bool:
    """In `w:tabs`, `w:tab` says where a tab leads, and is none."""
    parent = element.getparent()
    return parent is not None and local_name(parent) == "tabs"


def _table(element: etree._Element) -> Table:
    return Table(tuple(tuple(_cells(row)) for row in _within(element, _ROWS)))


def _cells(row: etree._Element) -> Iterator[Cell]:
    for element in _within(row, _CELLS):
        if local_name(element) == "covered-table-cell":
            continue  # the cell that covers it says how many columns it takes
        stated = element.find("{*}tcPr/{*}gridSpan")
        span = _attribute(stated, "val") if stated is not None else _attribute(element, "number-columns-spanned")
        yield Cell(tuple(_blocks(element)), min(int(span), _MOST_COLUMNS) if re.fullmatch(r"[1-9]\d{0,2}", span) else 1)


def _within(element: etree._Element, wanted: frozenset[str]) -> Iterator[etree._Element]:
    """The rows of a table, or the cells of a row, that are its own and not those of a table in one of its cells."""
    for child in element:
        name = local_name(child)
        if name in wanted:
            yield child
        elif name and name not in _SILENT and name not in _CELLS and name not in _TABLES:
            yield from _within(child, wanted)


def _is_listed(element: etree._Element) -> bool:
    parent = element.getparent()
    style = element.find("{*}pPr/{*}pStyle")
    is_item = parent is not None and local_name(parent) == "list-item"
    return is_item or element.find("{*}pPr/{*}numPr") is not None or (style is not None and "List" in _attribute(style, "val"))


def _is_hidden(run: etree._Element) -> bool:
    vanish = run.find("{*}rPr/{*}vanish")
    return vanish is not None and _attribute(vanish, "val") not in {"0", "false", "off"}


def _size(element: etree._Element) -> float | None:
    """The letters' height in points where the paragraph states one: `w:sz` counts half points (17.3.2.38)."""
    stated = element.find(".//{*}rPr/{*}sz")
    value = _attribute(stated, "val") if stated is not None else ""
    if re.fullmatch(r"\d{1,3}", value):
        return min(max(int(value) / 2, 4.0), 40.0)
    style = element.find("{*}pPr/{*}pStyle")
    is_title = local_name(element) == "h" or (style is not None and _TITLES.search(_attribute(style, "val")))
    return _TITLE_SIZE if is_title else None


def _attribute(element: etree._Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if etree.QName(key).localname == name), "")
