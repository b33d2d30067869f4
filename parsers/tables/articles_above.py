"""The one article of a table of sizes, colours or shops, where it is named above the heads and not in the rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from models.domain.document import TextBox
from parsers.lexicon import meaning_of_header, meaning_of_label, split_at_header
from parsers.tables.column_guess import PARTS
from parsers.tables.columns import Heading
from parsers.tables.head_rows import Row
from parsers.tables.line_draft import LineDraft, Read
from parsers.values.units import unit_code

_REACH = 12
_ROLES = frozenset({*PARTS, "description", "unit_price", "unit", "colour"})
_OF_THE_HEAD = frozenset({None, "job"})  # "Style" and "Product" are no fields of an order's head
_TITLE = re.compile(
    r"(?:[^\W\d_]{2,12}\.?:?\s)?(?P<code>(?=\S*\d)[A-Z0-9][\w./-]{2,24})\s*(?:[-–—:,|]\s*)?(?P<text>[^\W\d].{2,80})"
)
_LONGEST_TITLE, _STRENGTH, _SURE = 100, 0.9, 0.8


def article_above(rows: Sequence[Row], start: int, heading: Heading) -> Mapping[str, TextBox]:
    """The parts by role that the rows above the heads at `start` state: "Style no. | 4102", "Article: NF-9 Trail boot", or a
    title right above the heads that begins with a number. Empty where the table itself numbers or describes the articles."""
    if any(map(heading.has, (*PARTS, "description"))) or not (_varies(heading) or calls_off(heading)):
        return {}
    found: dict[str, TextBox] = {}
    for at in range(start - 1, max(-1, start - 1 - _REACH), -1):
        for role, box in _labelled(rows[at]):
            found.setdefault(role, box)
    if not any(role in found for role in PARTS):
        above = next((row for row in reversed(rows[max(0, start - 2) : start]) if any(row)), ())
        found = {**_title(above), **found}
    return found if any(role in found for role in (*PARTS, "description")) else {}


def _varies(heading: Heading) -> bool:
    return bool(heading.sizes) or heading.has("size") or heading.has("colour")


def calls_off(heading: Heading) -> bool:
    """Days and quantities alone, as a call-off has them below its one article."""
    return heading.has("quantity") and heading.has("requested_delivery_date") and not heading.has("line_total")


def article_between(row: Row, heading: Heading) -> Mapping[str, TextBox]:
    """The article that a row between the lines names for those below it ("Article 61-4402 Shirt Sepp"); empty for any other row,
    and where the table itself numbers or describes the articles."""
    if any(map(heading.has, (*PARTS, "description"))) or not (heading.has("size") or heading.has("colour")):
        return {}
    return _title(row) or {role: box for role, box in _labelled(row) if role in (*PARTS, "description")}


def _labelled(row: Row) -> Iterator[tuple[str, TextBox]]:
    cells = [cell for cell in row if cell is not None and cell.text.strip()]
    for place, cell in enumerate(cells):
        text = " ".join(cell.text.split())
        following = cells[place + 1] if place + 1 < len(cells) else None
        if (split := split_at_header(text)) is not None and ":" in text:
            meaning, label, box = split[0], split[1], replace(cell, text=split[2])
        elif following is None or (meaning_of_header(following.text.strip()) is not None and unit_code(following.text) is None):
            continue
        elif (known := meaning_of_header(text.rstrip(": "))) is not None:
            meaning, label, box = known, text, following
        else:
            continue
        own = meaning_of_label(label.rstrip(": "))
        if meaning.name in _ROLES and meaning.strength >= _SURE and (own.name if own else None) in _OF_THE_HEAD:
            yield meaning.name, box


def _title(row: Row) -> dict[str, TextBox]:
    cells = [cell for cell in row if cell is not None and cell.text.strip()]
    text = " ".join(cells[0].text.split()) if len(cells) == 1 else ""
    match = _TITLE.fullmatch(text) if len(text) <= _LONGEST_TITLE and meaning_of_label(text) is None else None
    if match is None:
        return {}
    return {"part_number": replace(cells[0], text=match["code"]), "description": replace(cells[0], text=match["text"])}


def give_article(draft: LineDraft, article: Mapping[str, TextBox]) -> None:
    """What the table leaves out, from the article above it; its text comes before the line's own."""
    for role, box in article.items():
        if role == "description":
            draft.description.insert(0, box)
            draft.read["description"] = Read(box, _STRENGTH)
        elif role == "colour":
            draft.take("description", box, _STRENGTH)
        else:
            draft.read.setdefault(role, Read(box, _STRENGTH))
