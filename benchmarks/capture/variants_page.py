"""A printed order as HTML that can be altered: its table of order lines, its labels, its style. What is no table of one row of
heads, as text between `pre` marks, has no table to alter."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import html

from benchmarks.capture.variants_words import or_none, phrases, shows
from parsers.lexicon import listed_header


def text_of(element: Any) -> str:
    """All text of an element on one line."""
    return " ".join(" ".join(element.itertext()).split())


def cells_of(row: Any) -> list[Any]:
    """The cells of a table's row."""
    return [cell for cell in row if cell.tag in ("td", "th")]


_FEWEST_HEADS = 3


@dataclass
class LinesTable:
    """The order lines: the row of heads, and the rows below that have its cells, up to the last line."""

    element: Any
    head: Any
    rows: list[Any]

    @property
    def heads(self) -> list[str]:
        return [text_of(cell) for cell in cells_of(self.head)]

    def roles(self) -> list[str | None]:
        """What each column holds by its head, as the reader's lists have it."""
        found = [listed_header(head) for head in self.heads]
        return [meaning.name if meaning is not None else None for meaning in found]

    def columns(self, *names: str) -> list[int]:
        """The places of the columns of these roles."""
        return [place for place, role in enumerate(self.roles()) if role in names]

    def column(self, place: int) -> list[Any]:
        """The cells of a column, its head not among them."""
        return [cells_of(row)[place] for row in self.rows]

    def rearrange(self, order: Sequence[int]) -> None:
        """Puts the columns into another order."""
        for row in (self.head, *self.rows):
            cells = cells_of(row)
            row[:] = [cells[place] for place in order]

    def remove(self, place: int) -> None:
        """Takes a column out."""
        for row in (self.head, *self.rows):
            row.remove(cells_of(row)[place])

    def insert(self, place: int, head: str, texts: Sequence[str]) -> None:
        """Puts a column in, of right-aligned cells."""
        for row, text in zip((self.head, *self.rows), (head, *texts), strict=True):
            cell = html.Element("th" if row is self.head and cells_of(row)[0].tag == "th" else "td")
            cell.text = text
            cell.set("style", "text-align:right")
            row.insert(place, cell)


@dataclass
class PrintedPage:
    """One document to alter; `truth` follows what is altered."""

    body: Any
    truth: dict[str, Any]
    language: str
    sheet: str
    draw: random.Random
    style: str = ""
    finishing: Callable[[bytes], bytes] | None = None
    lines: LinesTable | None = field(init=False)

    def __post_init__(self) -> None:
        self.truth = copy.deepcopy(self.truth)
        self.lines = _found_lines(self.body, self.order["lines"])

    @property
    def order(self) -> dict[str, Any]:
        order: dict[str, Any] = self.truth["orders"][0]
        return order

    def html(self) -> str:
        """The page as it is now."""
        written: str = html.tostring(self.body, encoding="unicode")
        return f"<!doctype html><meta charset='utf-8'>{written}<style>{self.style}</style>"

    def phrase(self, kind: str) -> str:
        """One of the phrases of a kind in the paper's language."""
        return self.draw.choice(phrases(kind, self.language))

    def without_foot(self) -> LinesTable | None:
        """The table with what stands below its lines moved into a table of its own, at the right."""
        if self.lines is None:
            return None
        rows = list(self.lines.element.iter("tr"))
        below = [row for row in rows[rows.index(self.lines.rows[-1]) + 1 :] if re.search(r"\d", text_of(row))]
        if below:
            foot = html.fromstring("<table style='margin-left:auto;margin-top:6px'></table>")
            for row in below:
                row.getparent().remove(row)
                for cell in [cell for cell in cells_of(row) if not text_of(cell)]:
                    row.remove(cell)
                foot.append(row)
            self.lines.element.addnext(foot)
        return self.lines

    def texts(self) -> Iterator[tuple[str, Callable[[str], None]]]:
        """Every piece of text outside the order lines, and what replaces it."""
        inside = {id(row) for row in (self.lines.head, *self.lines.rows)} if self.lines else set()
        for element in list(self.body.iter()):
            if not isinstance(element.tag, str) or element.tag == "style":
                continue
            if any(id(above) in inside for above in (element, *element.iterancestors())):
                continue
            yield from _texts_at(element)

    def unsaid(self, *fields: str) -> None:
        """Head fields that the paper need not show any more."""
        for name in fields:
            self.order[name] = or_none(self.order.get(name))

    def unsaid_in_lines(self, *fields: str) -> None:
        """Line fields that the paper need not show any more."""
        for line in self.order["lines"]:
            for name in fields:
                line[name] = or_none(line.get(name))


def _texts_at(element: Any) -> Iterator[tuple[str, Callable[[str], None]]]:
    if element.text and element.text.strip():
        yield element.text, lambda text: setattr(element, "text", text)
    if element.tail and element.tail.strip():
        yield element.tail, lambda text: setattr(element, "tail", text)


def _found_lines(body: Any, wanted: Sequence[Mapping[str, Any]]) -> LinesTable | None:
    best: LinesTable | None = None
    for table in body.iter("table"):
        rows = list(table.iter("tr"))
        places = [
            place
            for place, row in enumerate(rows)
            if any(shows([text_of(cell) for cell in cells_of(row)], line) for line in wanted)
        ]
        if not places or len(places) < len(wanted) or places[0] == 0:
            continue
        head = rows[places[0] - 1]
        width = len(cells_of(head))
        same = [row for row in rows[places[0] : places[-1] + 1] if len(cells_of(row)) == width and not _spans(row)]
        found = LinesTable(table, head, same)
        if not _spans(head) and len(same) >= len(places) and sum(role is not None for role in found.roles()) >= _FEWEST_HEADS:
            best = found
    return best


def _spans(row: Any) -> bool:
    return any(cell.get("colspan") or cell.get("rowspan") for cell in cells_of(row))
