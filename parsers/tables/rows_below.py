"""Rows that go on with the open line: the same goods again, its next delivery, and where that goes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from models.domain.document import TextBox
from parsers.lexicon import meaning_of_header
from parsers.tables.column_guess import PARTS
from parsers.tables.line_draft import Delivery, LineDraft, Read
from parsers.values.cells import date_cell, price_cell, quantity_cell
from parsers.values.multiplying import multiplies
from parsers.values.numbers import NumberStyle

_DATED = ("quantity", "requested_delivery_date")
_OF_A_LINE = frozenset({"line_number", "unit_price", "line_total"})


def same_goods(current: LineDraft, read: Mapping[str, Read]) -> bool:
    """Whether a row names the goods of the open line again."""
    return all(" ".join(read[role].box.text.split()) == current.text(role) for role in (*PARTS, "description") if role in read)


def takes_delivery(draft: LineDraft, read: Mapping[str, Read], style: NumberStyle) -> bool:
    """Takes a row's day and quantity as a further delivery of the open line, where both stand in the line's cells below its own
    and only all of them together come to its amount."""
    if any(role not in read or role not in draft.read for role in _DATED) or read.keys() & _OF_A_LINE:
        return False
    own, more = draft.ordered(style), quantity_cell(read["quantity"].box.text, style)
    price, total = (price_cell(draft.text(role), style) for role in ("unit_price", "line_total"))
    if own is None or more is None or price is None or total is None or multiplies(own.number, price.number, total.number):
        return False
    if date_cell(read["requested_delivery_date"].box.text, style) is None or price.basis is not None:
        return False
    parts = draft.deliveries or [Delivery(*(draft.read[role] for role in _DATED))]
    cells = (quantity_cell(part.quantity.box.text, style) for part in parts)
    taken = sum((cell.number for cell in cells if cell is not None), Decimal(0))
    if (taken + more.number) * price.number > total.number:
        return False
    draft.deliveries = [*parts, Delivery(*(read[role] for role in _DATED))]
    for role in ("description", *PARTS):
        if role in read:
            draft.take("description", read[role].box)
    return True


def takes_place(draft: LineDraft, role: str, cell: TextBox) -> bool:
    """Whether the cell says where this line's goods go: "Ship to:" alone, the rows of the address below it, or the second row of
    one in a column of its own."""
    if role == "head.ship_to" and draft.has(role):
        draft.read[role].box = _on_two_rows(draft.read[role].box, cell)
        return True
    if role not in ("description", *PARTS):
        return False
    text = cell.text.strip()
    meaning = meaning_of_header(text.rstrip(": ")) if text.endswith(":") else None
    if draft.place_is_open and meaning is None:
        place = draft.read.get("head.ship_to")
        draft.read["head.ship_to"] = Read(cell if place is None else _on_two_rows(place.box, cell))
        return True
    draft.place_is_open = meaning is not None and meaning.name == "head.ship_to"
    return draft.place_is_open


def _on_two_rows(first: TextBox, second: TextBox) -> TextBox:
    """An address of which the second row begins with a town or a street."""
    return first.with_rest(f"{first.text.rstrip(' ,')}, {second.text.strip()}", second)
