"""Rows below a line that say how its price came about: the gross price, or what a discount takes off its amount."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from parsers.tables.head_rows import Row
from parsers.tables.line_draft import LineDraft, Read
from parsers.tables.rows import is_price_condition
from parsers.values.cells import price_cell
from parsers.values.numbers import NumberStyle, parse_number

_SHARE = re.compile(r"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,3})?)\s?%")
_MOST_CELLS = 4
_CENT = Decimal("0.01")


def explains_price(draft: LineDraft, row: Row, style: NumberStyle) -> bool:
    """Whether the row only explains what the open line costs. "abzgl. 10 % Mengenrabatt | -158,00" below 1.580,00 is taken: the
    line's discount, and its amount less that."""
    return is_price_condition(row) or _takes_discount(draft, row, style)


def _takes_discount(draft: LineDraft, row: Row, style: NumberStyle) -> bool:
    cells = [cell for cell in row if cell is not None and cell.text.strip()]
    total = price_cell(draft.text("line_total"), style)
    if not 1 < len(cells) <= _MOST_CELLS or total is None or draft.has("discount_percent"):
        return False
    share_cell = next((cell for cell in cells[:-1] if _SHARE.search(cell.text)), None)
    amount = price_cell(cells[-1].text, style)
    if share_cell is None or amount is None or amount.number >= 0:
        return False
    found = _SHARE.search(share_cell.text)
    share = parse_number(found[1], style) if found is not None else None
    if share is None or abs(total.number * share / 100 + amount.number) > _CENT:
        return False
    left = str(total.number + amount.number).replace(".", style.decimal)
    draft.read["discount_percent"] = Read(replace(share_cell, text=f"{share} %".replace(".", style.decimal)), 1.0)
    draft.read["line_total"] = Read(draft.read["line_total"].box.with_rest(left, cells[-1]), 1.0)
    draft.joined += cells
    return True
