"""Rows below a line that say how its price came about: the gross price, or what a discount takes off its amount."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from models.domain.values import plain
from parsers.tables.head_rows import Row
from parsers.tables.line_draft import LineDraft, Read
from parsers.tables.rows import is_price_condition
from parsers.values.cells import price_cell
from parsers.values.numbers import NumberStyle, parse_number

_SHARE = re.compile(r"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,3})?)\s?%")
_FIGURES = re.compile(r"(?<![\w.,])\d[\d.,]*(?![\w%-])(?!\s?%)")
#: A price and an amount, or what the price is for between them.
_PRICE_AND_AMOUNT = (2, 3)
_MOST_CELLS = 4
_CENT = Decimal("0.01")


def explains_price(draft: LineDraft, row: Row, style: NumberStyle) -> bool:
    """Whether the row only explains what the open line costs. "abzgl. 10 % Mengenrabatt | -158,00" below 1.580,00 is taken: the
    line's discount, and its amount less that."""
    return is_price_condition(row) or _takes_discount(draft, row, style)


def takes_price(draft: LineDraft, row: Row, style: NumberStyle) -> bool:
    """Whether the row is a condition that prices the open line, which has a quantity and no price in its own rows: "Net price
    188.10 EUR 100 KG 2,257.20". The last one that makes its amount of its quantity counts, as the net one follows the gross."""
    quantity = draft.ordered(style)
    cells = [cell for cell in row if cell is not None and cell.text.strip()]
    if quantity is None or not is_price_condition(row) or (draft.has("unit_price") and not draft.priced_below):
        return False
    texts = (text for cell in cells for text in _FIGURES.findall(cell.text))
    figures = [number for text in texts if (number := parse_number(text, style)) is not None]
    if len(figures) not in _PRICE_AND_AMOUNT:
        return False
    price, *between, amount = figures
    basis = between[0] if between else Decimal(1)
    if basis <= 0 or not price or abs(quantity.number * price / basis - amount) > _CENT:
        return False
    box = cells[0].with_rest(" ".join(cell.text for cell in cells), *cells[1:])
    told = {"unit_price": price, "price_basis_quantity": basis, "line_total": amount}
    for role, number in told.items():
        draft.read[role] = Read(replace(box, text=plain(number).replace(".", style.decimal)), 1.0)
    draft.priced_below = True
    draft.joined += cells
    return True


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
