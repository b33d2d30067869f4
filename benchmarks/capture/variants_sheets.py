"""Workbooks and files of rows altered in what must not matter, or must at most lead to a question: order and heads of columns,
where the table stands, further and hidden columns, how numbers are kept, formats, separators and charsets."""

from __future__ import annotations

import copy
import csv
import io
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter

from benchmarks.capture.by_hand.books import sheets_of
from benchmarks.capture.by_hand.workbooks import FOLDER, cases
from benchmarks.capture.case import Case
from benchmarks.capture.damaged_heads import unheard_heads
from benchmarks.capture.variants_words import ROLES, kind_of, or_none, phrases, shows, whose_unsaid, words_for
from benchmarks.capture.workbooks import Cell, Format, Formula, Sheet, workbook
from parsers.lexicon import listed_header

_FEWEST_HEADS = 3
_CHARSETS = {"pl": "cp1250"}


@dataclass
class Book:
    """A workbook of one sheet to alter: its rows, where the heads of its lines stand and the rows of its lines."""

    rows: list[list[Cell]]
    head: int
    lines: list[int]
    truth: dict[str, Any]
    language: str
    draw: random.Random
    kind: Format = "xlsx"
    hidden: tuple[int, ...] = ()
    further: list[list[list[Cell]]] | None = None
    written: bytes | None = None

    @property
    def order(self) -> dict[str, Any]:
        order: dict[str, Any] = self.truth["orders"][0]
        return order

    @property
    def block(self) -> range:
        """The rows from the heads to the last line."""
        return range(self.head, self.lines[-1] + 1)

    def heads(self) -> list[str]:
        """The heads, one for each column of the table."""
        return [str(cell) if cell is not None else "" for cell in self.rows[self.head]]

    def roles(self) -> list[str | None]:
        """What each column holds by its head, as the reader's lists have it."""
        found = [listed_header(head) for head in self.heads()]
        return [meaning.name if meaning is not None else None for meaning in found]

    def columns(self, *names: str) -> list[int]:
        """The places of the columns of these roles."""
        return [place for place, role in enumerate(self.roles()) if role in names]

    def rearrange(self, order: Sequence[int | None]) -> None:
        """Puts the columns of the table into another order; None is an empty one."""
        for number in self.block:
            row = [*self.rows[number], *([None] * len(order))]
            self.rows[number] = [row[place] if place is not None else None for place in order]

    def insert(self, place: int, head: str, cells: Sequence[Cell]) -> None:
        """Puts a column into the table."""
        values = dict(zip(self.lines, cells, strict=True))
        for number in self.block:
            row = self.rows[number]
            row.extend([None] * (place - len(row)))
            row.insert(place, head if number == self.head else values.get(number))

    def unsaid(self, *fields: str) -> None:
        """Line fields that the sheet need not show any more."""
        for line in self.order["lines"]:
            for name in fields:
                line[name] = or_none(line.get(name))

    def content(self) -> bytes:
        """The file as it is now."""
        if self.written is not None:
            return self.written
        hidden = [get_column_letter(place + 1) for place in self.hidden]
        sheets = [Sheet("Sheet", self.rows, hidden_columns=hidden)]
        sheets += [Sheet(f"Sheet {number}", rows) for number, rows in enumerate(self.further or [], 2)]
        return workbook(sheets, self.kind)


@dataclass(frozen=True)
class Written:
    """An order in rows, to be read as it is or altered."""

    case: Case
    rows: Sequence[Sequence[Cell]]

    def altered(self, kind: str, seed: int) -> Case | None:
        """The document altered in one way, None where it has nothing of the kind."""
        draw = random.Random(f"{seed} {self.case.name} {kind}")
        rows = [list(row) for row in self.rows]
        found = _found_lines(rows, self.case.truth["orders"][0]["lines"])
        if found is None:
            return None
        book = Book(rows, *found, copy.deepcopy(self.case.truth), self.case.language, draw)
        if not KINDS[kind](book):
            return None
        return replace(self.case, name=f"{self.case.name} {kind}", content=book.content(), truth=book.truth)


@contextmanager
def opened(seed: int) -> Iterator[list[Written]]:
    """The workbooks by hand of one sheet, without formulas and hidden parts, and the files of rows."""
    yield [Written(case, rows) for case in cases(seed) if len(case.truth["orders"]) == 1 and (rows := _rows_of(case)) is not None]


def _rows_of(case: Case) -> list[list[Cell]] | None:
    stem = case.layout.partition("/")[2]
    document = next(path for path in FOLDER.glob(f"{stem}.*") if path.suffix != ".yaml")
    text = document.read_text("utf-8")
    if document.suffix == ".book":
        _, sheets = sheets_of(text)
        rows = [list(row) for row in sheets[0].rows]
        plain_sheet = len(sheets) == 1 and replace(sheets[0], merged=()) == Sheet(sheets[0].name, sheets[0].rows)
        formulas = any(isinstance(cell, Formula) for row in rows for cell in row)
        return rows if plain_sheet and not formulas else None
    lines = text.splitlines()
    sign = max(";,\t|", key=lambda each: min(line.count(each) for line in lines[-3:]))
    return [[cell or None for cell in row] for row in csv.reader(lines, delimiter=sign)]


def _found_lines(rows: Sequence[Sequence[Cell]], wanted: Sequence[Mapping[str, Any]]) -> tuple[int, list[int]] | None:
    """Where the heads and the lines stand, None where they are not plainly one table."""
    texts = [[_text(cell) for cell in row] for row in rows]
    lines = [number for number, row in enumerate(texts) if any(shows(row, line) for line in wanted)]
    if len(lines) != len(wanted):
        return None
    heads = [
        number for number in range(lines[0]) if sum(listed_header(text) is not None for text in texts[number]) >= _FEWEST_HEADS
    ]
    return (heads[-1], lines) if heads else None


def _text(cell: Cell) -> str:
    return "" if cell is None else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _permuted(book: Book) -> bool:
    order: list[int | None] = list(range(len(book.heads())))
    book.draw.shuffle(order)
    book.rearrange(order)
    return True


def _empty_columns(book: Book) -> bool:
    order: list[int | None] = list(range(len(book.heads())))
    for _ in range(2):
        order.insert(book.draw.randrange(1, len(order)), None)
    book.rearrange(order)
    return True


def _empty_rows(book: Book) -> bool:
    for number in reversed(book.lines):
        if book.draw.random() < 0.6:
            book.rows.insert(number, [])
    return True


def _moved(book: Book) -> bool:
    right, down = book.draw.randint(0, 4), book.draw.randint(1, 6)
    book.rows = [[] for _ in range(down)] + [[None] * right + row for row in book.rows]
    return True


def _headed(word: Callable[[Book, str], str], *, every: bool = False) -> Callable[[Book], bool]:
    def alter(book: Book) -> bool:
        known = [(place, role) for place, role in enumerate(book.roles()) if role in ROLES and words_for(role, book.language)]
        for place, role in known if every else [book.draw.choice(known)]:
            new = word(book, role)
            book.rows[book.head][place] = new or None
            if kind_of(role) == "part_number":
                whose_unsaid(book.order)
        return True

    return alter


def _two_rows_of_heads(book: Book) -> bool:
    """Heads of two words stand below one another."""
    parts = [head.partition(" ") for head in book.heads()]
    if not any(rest for _, _, rest in parts) or (book.head and sum(cell is not None for cell in book.rows[book.head - 1]) > 1):
        return False
    book.rows[book.head] = [first if rest else None for first, _, rest in parts]
    book.rows.insert(book.head + 1, [rest or first or None for first, _, rest in parts])
    return True


def _without(*roles: str) -> Callable[[Book], bool]:
    def alter(book: Book) -> bool:
        places = book.columns(*roles)
        book.rearrange([place for place in range(len(book.heads())) if place not in places])
        book.unsaid(*roles)
        if "unit_price" in roles:
            book.unsaid("price_basis_quantity")
        return bool(places)

    return alter


def _without_totals(book: Book) -> bool:
    del book.rows[book.lines[-1] + 1 :]
    for name in ("total_net", "total_tax", "total_gross", "currency", "requested_delivery_date", "payment_terms", "incoterm"):
        book.order[name] = or_none(book.order.get(name))
    return True


def _further_numbers(book: Book) -> bool:
    cells = book.draw.choice((
        [Decimal(book.draw.randint(0, 300)) for _ in book.lines],
        [Decimal(book.draw.randint(50, 9000)) / 100 for _ in book.lines],
    ))  # fmt: skip
    book.insert(book.draw.randrange(1, len(book.heads()) + 1), book.draw.choice(phrases("columns", book.language)), cells)
    return True


def _further_days(book: Book) -> bool:
    days = [date(2026, book.draw.randint(5, 8), book.draw.randint(1, 28)) for _ in book.lines]
    book.insert(book.draw.randrange(1, len(book.heads()) + 1), book.draw.choice(phrases("days", book.language)), days)
    return True


def _hidden_old(book: Book) -> bool:
    """A hidden column holds other quantities or prices under the same head."""
    places = book.columns("quantity", "unit_price")
    if not places:
        return False
    place = book.draw.choice(places)
    cells = [Decimal(book.draw.randint(1, 400)) for _ in book.lines]
    at = book.draw.choice((place, place + 1))
    book.insert(at, book.heads()[place], cells)
    book.hidden = (at,)
    return True


def _numbers_as_text(book: Book) -> bool:
    """Numbers as people of the language write them, kept as text."""
    for number in book.lines:
        book.rows[number] = [_spelt(cell, book.language) if isinstance(cell, Decimal) else cell for cell in book.rows[number]]
    return True


def _spelt(number: Decimal, language: str) -> str:
    text = f"{number:,}"
    if language == "en":
        return text
    group = "." if language in ("de", "es", "it", "nl") else " "
    return group.join(text.partition(".")[0].split(",")) + ("," + text.partition(".")[2] if "." in text else "")


def _texts_as_numbers(book: Book) -> bool:
    """What looks like a number is one, as when a sheet was pasted: codes lose their zeros, so only those without are touched."""
    changed = 0
    for number in book.lines:
        for place, cell in enumerate(book.rows[number]):
            if isinstance(cell, str) and re.fullmatch(r"[1-9]\d{0,7}", cell):
                book.rows[number][place] = Decimal(cell)
                changed += 1
    return changed > 0


def _two_sheets(book: Book) -> bool:
    """The later lines stand on a second sheet below the same heads."""
    if len(book.lines) < 2:
        return False
    half = book.lines[len(book.lines) // 2]
    book.further = [[book.rows[book.head], *book.rows[half:]]]
    del book.rows[half:]
    return True


def _other_format(book: Book) -> bool:
    book.kind = book.draw.choice(("xls", "ods"))
    return True


def _delimited(book: Book) -> bool:
    """As a file of rows in the charset and with the separator of some program."""
    sign, charset = book.draw.choice(
        ((";", _CHARSETS.get(book.language, "cp1252")), ("\t", "utf-16"), (",", "utf-8-sig"), ("|", "utf-8"))
    )
    buffer = io.StringIO(newline="")
    writer = csv.writer(
        buffer, delimiter=sign, quoting=book.draw.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)), lineterminator="\r\n"
    )
    width, mark = max(len(row) for row in book.rows), "." if book.language == "en" else ","
    for row in book.rows:
        texts = [_text(cell) if not isinstance(cell, Decimal) else f"{cell:f}".replace(".", mark) for cell in row]
        writer.writerow([*texts, *([""] * (width - len(texts)))])
    book.written = buffer.getvalue().encode(charset, "replace")
    return True


KINDS: Mapping[str, Callable[[Book], bool]] = {
    "columns permuted": _permuted, "empty columns": _empty_columns, "empty rows": _empty_rows, "moved": _moved,
    "heads in other words": _headed(lambda book, role: book.draw.choice(words_for(role, book.language)), every=True),
    "head unheard": _headed(lambda book, role: book.draw.choice(unheard_heads("held_out").get(kind_of(role)) or ["Xyz"])),
    "head removed": _headed(lambda *_: ""), "two rows of heads": _two_rows_of_heads,
    "no line totals": _without("line_total"), "no units": _without("unit"), "no prices": _without("unit_price", "line_total"),
    "no totals": _without_totals, "further numbers": _further_numbers, "further days": _further_days, "hidden old": _hidden_old,
    "numbers as text": _numbers_as_text, "texts as numbers": _texts_as_numbers, "two sheets": _two_sheets,
    "another format": _other_format, "delimited": _delimited,
}  # fmt: skip
