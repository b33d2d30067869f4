"""Rich Text Format 1.9 as blocks: paragraphs with their tabs, tables with their cells, in the charset of the text's font.

Pictures, fields' codes, hidden and deleted text and tables of fonts and styles are left out; tables within cells are text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from parsers.word.typesetting import Block, Cell, Paragraph, Table

_TOKEN = re.compile(
    rb"\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})? ?|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)
_LEFT_OUT = frozenset(
    re.findall(
        r"\S+",
        "fonttbl colortbl stylesheet info pict object fldinst listtable listoverridetable rsidtbl generator themedata xmlnstbl"
        " colorschememapping datastore latentstyles annotation footnote shppict nonshppict datafield atnid atnauthor revtbl"
        " filetbl template mmathPr pgdsctbl xe tc bkmkstart bkmkend deleted",
    )
)
_SIGNS = {"tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“"}
_SIGNS |= {"rdblquote": "”", "bullet": "•", "enspace": " ", "emspace": " ", "nestcell": "\t", "nestrow": "\n"}
_ESCAPED = {"\\": "\\", "{": "{", "}": "}", "~": "\u00a0", "_": "-", "-": "", "\n": "\n", "\r": "\n"}
#: The code pages of the charsets that fonts name (RTF 1.9, "\fcharset").
_CHARSETS = {0: "cp1252", 77: "mac_roman", 161: "cp1253", 162: "cp1254", 186: "cp1257", 204: "cp1251", 238: "cp1250"}
_MOST_DEPTH = 200


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds within braces: whether the text counts, its code page, how many letters stand in for one in Unicode."""

    is_silent: bool = False
    charset: str = "cp1252"
    stand_ins: int = 1
    is_struck: bool = False
    is_bold: bool = False
    size: float | None = None


@dataclass(slots=True)
class _Reader:
    """The blocks so far, the paragraph, the cells and the rows that are open."""

    blocks: list[Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    within: list[Block] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    groups: list[_Group] = field(default_factory=lambda: [_Group()])
    fonts: dict[int, str] = field(default_factory=dict)
    in_table: bool = False
    skipped: int = 0
    surrogate: int = 0
    font: int = 0
    default: str = "cp1252"
    struck: list[str] = field(default_factory=list)

    @property
    def group(self) -> _Group:
        return self.groups[-1]

    def set(self, **changes: object) -> None:
        self.groups[-1] = replace(self.group, **changes)  # type: ignore[arg-type] # the names are those of the group

    def say(self, text: str) -> None:
        if not self.group.is_silent:
            (self.struck if self.group.is_struck else self.words).append(text)

    def end_paragraph(self) -> None:
        paragraph = Paragraph("".join(self.words), self.group.size, is_bold=self.group.is_bold)
        self.words.clear()
        if self.in_table:
            if paragraph.text.strip():
                self.within.append(paragraph)
            return
        self.end_table()
        self.blocks.append(paragraph)

    def end_cell(self) -> None:
        self.in_table = True
        self.end_paragraph()
        self.cells.append(Cell(tuple(self.within) or (Paragraph(""),)))
        self.within.clear()

    def end_row(self) -> None:
        if self.cells:
            self.rows.append(tuple(self.cells))
        self.cells.clear()

    def end_table(self) -> None:
        self.end_row()
        if self.rows:
            self.blocks.append(Table(tuple(self.rows)))
        self.rows.clear()


def blocks_of_rtf(content: bytes, struck: list[str]) -> Iterator[Block]:
    """The paragraphs and tables of an RTF file, in order. What it strikes through goes to `struck`."""
    reader = _Reader()
    for token in _TOKEN.finditer(content):
        if brace := token["brace"]:
            _brace(reader, brace)
        elif word := token["word"]:
            _word(reader, word.decode("ascii"), int(token["number"]) if token["number"] else None)
        elif token["byte"] is not None:
            _letters(reader, bytes.fromhex(token["byte"].decode("ascii")))
        elif token["text"] is not None:
            _letters(reader, token["text"])
        elif sign := token["sign"]:
            _sign(reader, sign.decode("latin-1"))
    reader.in_table = False
    reader.end_paragraph()
    struck.append("".join(reader.struck))
    yield from reader.blocks


def _brace(reader: _Reader, brace: bytes) -> None:
    if brace == b"{":
        reader.groups.append(reader.group if len(reader.groups) < _MOST_DEPTH else replace(reader.group, is_silent=True))
    elif len(reader.groups) > 1:
        reader.groups.pop()
    reader.skipped = 0


def _letters(reader: _Reader, letters: bytes) -> None:
    """Letters of the font's charset, without those that only stand in for one that was given in Unicode."""
    spared = letters[reader.skipped :]
    reader.skipped = max(0, reader.skipped - len(letters))
    reader.say(spared.decode(reader.group.charset, "replace"))


def _sign(reader: _Reader, sign: str) -> None:
    if sign == "*":
        reader.set(is_silent=True)  # a destination that older readers pass over
    else:
        reader.say(_ESCAPED.get(sign, ""))


def _word(reader: _Reader, word: str, number: int | None) -> None:
    if word in _LEFT_OUT and word != "fonttbl":
        reader.set(is_silent=True)
    elif word in _SIGNS:
        reader.say(_SIGNS[word])
    elif word == "u" and number is not None:
        _unicode(reader, number)
    elif word in ("par", "sect", "page"):
        reader.end_paragraph()
    elif word == "cell":
        reader.end_cell()
    elif word == "row":
        reader.end_row()
    elif word in ("pard", "intbl"):
        reader.in_table = word == "intbl"
    else:
        _manner(reader, word, number)


def _manner(reader: _Reader, word: str, number: int | None) -> None:
    """Fonts, charsets, and how letters look."""
    match word, number:
        case "fonttbl", _:
            reader.set(is_silent=True)
        case "ansicpg", int(page):
            reader.default = _known(f"cp{page}") or reader.default
            reader.set(charset=reader.default)
        case "f", int(font):
            reader.font = font
            reader.set(charset=reader.fonts.get(font, reader.default))
        case "fcharset", int(charset):
            reader.fonts[reader.font] = reader.default if charset <= 1 else _CHARSETS.get(charset, reader.default)
        case "uc", int(count):
            reader.set(stand_ins=min(max(count, 0), 8))
        case "v", _:
            reader.set(is_silent=number != 0)
        case "b", _:
            reader.set(is_bold=number != 0)
        case "fs", int(halves):
            reader.set(size=min(max(halves / 2, 4.0), 40.0))
        case "plain", _:
            reader.set(is_bold=False, size=None, is_struck=False)
        case (("strike" | "striked"), _):
            reader.set(is_struck=number != 0)


def _known(name: str) -> str | None:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _unicode(reader: _Reader, number: int) -> None:
    """A code unit, signed in 16 bits; two that belong together make one letter."""
    unit = number % 0x10000
    reader.skipped = reader.group.stand_ins
    if 0xD800 <= unit < 0xDC00:
        reader.surrogate = unit
    elif 0xDC00 <= unit < 0xE000:
        if reader.surrogate:
            reader.say(chr(0x10000 + ((reader.surrogate - 0xD800) << 10) + unit - 0xDC00))
        reader.surrogate = 0
    else:
        reader.say(chr(unit))
