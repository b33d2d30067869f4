"""Cells of a line that go on in the row below, for their column is narrow: a unit under its quantity, what a price is for, the
rest of a number."""

from __future__ import annotations

import re

from models.domain.document import TextBox
from parsers.tables.line_draft import LineDraft
from parsers.values.cells import basis_cell, price_cell, quantity_cell
from parsers.values.numbers import NumberStyle
from parsers.values.units import unit_code

_UNIT_WORD = re.compile(r"[^\W\d_]{1,20}\.?")
#: The tail of a number that a space parts: "ST10", "RED".
_TAIL = re.compile(r"(?=.*\d)[A-Z0-9]{2,8}")
_LETTERS = re.compile(r"[A-Z]{1,4}")
_OWNED = ("buyer_part_number", "seller_part_number")
_PARTS = (*_OWNED, "part_number")
_UNSURE = 0.0


def goes_on_below(draft: LineDraft, role: str, cell: TextBox, style: NumberStyle) -> bool:
    """Takes a cell that the open line's cell of the same column goes on in; False where it says something else."""
    text, first = cell.text.strip(), draft.read.get(role)
    if first is None:
        return False
    if role == "quantity":
        return _takes_unit(draft, text, cell, style)
    whole = first.box.with_rest(f"{first.box.text.strip()} {text}", cell)
    if role in ("price_basis_quantity", "unit_price") and _says_more(role, whole.text, first.box.text, style):
        first.box = whole
    elif _may_end_number(role, cell):
        first.box, first.strength = whole, _UNSURE  # the rest of this number, or one more of the article's
    else:
        return False
    draft.joined.append(cell)
    return True


def _may_end_number(role: str, cell: TextBox) -> bool:
    """Whether a page breaks a number at a space here: in a sheet, words below a number head a group. A number with figures of
    its own is the rest only where the column's head says whose numbers stand in it; else it is the other party's."""
    if cell.evidence.cell is not None:
        return False
    text = cell.text.strip()
    return (role in _OWNED and _TAIL.fullmatch(text) is not None) or (role in _PARTS and _LETTERS.fullmatch(text) is not None)


def _takes_unit(draft: LineDraft, text: str, cell: TextBox, style: NumberStyle) -> bool:
    """A word under a bare figure is its unit, known or not."""
    own = draft.ordered(style)
    if draft.has("unit") or own is None or own.unit is not None or not _UNIT_WORD.fullmatch(text):
        return False
    draft.take("unit", cell)
    return True


def _says_more(role: str, whole: str, first: str, style: NumberStyle) -> bool:
    """Whether a price has its basis or unit only with the row below."""
    if role == "price_basis_quantity":
        number, unit = basis_cell(whole, style)
        return unit is not None and basis_cell(first, style) == (number, None)
    more, less = price_cell(whole, style), price_cell(first, style)
    if more is None or less is None or more.number != less.number:
        return False
    return (more.basis, more.unit) != (less.basis, less.unit)


def is_unit_under_figure(label: str, value: str) -> bool:
    """Whether what looks like a label before its value ("Stück | gedämpft") is a unit and the text beside it."""
    return ":" not in label and unit_code(label) is not None and quantity_cell(value, NumberStyle(".")) is None
