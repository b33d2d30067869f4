"""Columns that claim the same role: which of them has it, and what the others are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from parsers.tables.column_guess import PARTS, STEPS, cells_of, is_code, is_wordy, mostly
from parsers.tables.column_products import deducted, number_at, products
from parsers.tables.columns import Column, Heading
from parsers.tables.line_draft import SECOND_DISCOUNT
from parsers.values.cells import date_cell
from parsers.values.numbers import NumberStyle

_CENT = Decimal("0.01")
_PERCENT = re.compile(r"%|\b(?:percent|pct|prozent|pourcent|por ?ciento|procent|proc)\b", re.IGNORECASE)
_FIGURE = re.compile(r"[\dI.%°ºª\s]+")
_BASES = (1, 10, 100, 1000)
_FIRST_LINES = (1, 10, 100)
_SHORTEST_CODE = 3


def without_rivals(heading: Heading, role: str, rows: Sequence[Sequence[str]], style: NumberStyle) -> Heading:
    """`heading` with `role` for one column alone: the one that multiplies out, else the one whose cells fit it best."""
    rivals = [column for column in heading.columns if column.roles == (role,)]
    if len(rivals) < 2 or heading.levels > 1:
        return heading
    if role == "line_total" and (priced := _priced(rivals, heading, rows, style)) is not None:
        return priced
    best = max(rivals, key=lambda column: (_fit(column, role, heading, rows, style), column.strength))
    spare = {column.index for column in rivals} - {best.index}
    columns = tuple(
        replace(column, roles=(_second_role(role, best, column, heading, rows),)) if column.index in spare else column
        for column in heading.columns
    )
    return replace(heading, columns=columns)


def _priced(rivals: Sequence[Column], heading: Heading, rows: Sequence[Sequence[str]], style: NumberStyle) -> Heading | None:
    """ "Net | Total" where no head says price: one is the other for each piece."""
    if heading.has("unit_price") or not heading.has("quantity"):
        return None
    for price in rivals:
        columns = (replace(each, roles=("unit_price",)) if each is price else each for each in heading.columns)
        tried = replace(heading, columns=tuple(columns))
        fits = [products(each, "line_total", tried, rows, style) for each in rivals if each is not price]
        if len(fits) == 1 and (2 * fits[0] > len(rows) or _are_priced_per(price, rivals, heading, rows, style)):
            return tried
    return None


def _are_priced_per(
    price: Column, rivals: Sequence[Column], heading: Heading, rows: Sequence[Sequence[str]], style: NumberStyle
) -> bool:
    """Whether every line's amount is its quantity times the price of one, ten, a hundred or a thousand."""
    quantity, total = heading.column_of("quantity"), next(each for each in rivals if each is not price)
    if quantity is None:
        return False
    figures = [[number_at(texts, each.index, style) for each in (quantity, price, total)] for texts in rows]
    stated = [(counted, each, amount) for counted, each, amount in figures if counted and each and amount]
    fits = [any(abs(counted * each / basis - amount) <= _CENT for basis in _BASES) for counted, each, amount in stated]
    return len(fits) > 1 and all(fits)


def _second_role(role: str, best: Column, column: Column, heading: Heading, rows: Sequence[Sequence[str]]) -> str:
    """ "Sc. 1 | Sc. 2": heads that differ in a figure alone name discounts one after the other. "Item Number | Reference": of
    two numbers of the goods whose owner nothing says, the buyer's comes first."""
    cells = cells_of(rows, column.index)
    if role == "part_number" and _number_goods(cells, cells_of(rows, best.index)) and not _is_owned(heading):
        return "buyer_part_number" if column.index < best.index else "seller_part_number"
    names = {_FIGURE.sub("", each.head).casefold() for each in (best, column)}
    if role == "discount_percent" and len(names) == 1 and not heading.has(SECOND_DISCOUNT):
        return SECOND_DISCOUNT
    return _spare_role(role, heading, cells)


def _is_owned(heading: Heading) -> bool:
    return heading.has("buyer_part_number") or heading.has("seller_part_number")


def _number_goods(cells: Sequence[str], others: Sequence[str]) -> bool:
    """Whether cells are codes of their own for each of the goods, as those of another column are."""
    distinct = len(set(cells)) == len(set(others)) and len(cells) == len(others) > 1
    return distinct and all(is_code(text) and len(text) > _SHORTEST_CODE for text in cells) and set(cells).isdisjoint(others)


def without_order_totals(heading: Heading, rows: Sequence[Sequence[str]], style: NumberStyle) -> Heading:
    """Without a column of amounts that only the first line of each order fills and that are no line's: the order's total."""
    amount, quantity = heading.column_of("line_total"), heading.column_of("quantity")
    if amount is None or quantity is None or not heading.has("unit_price") or not heading.has("head.po_number"):
        return heading
    stated, lines = cells_of(rows, amount.index), cells_of(rows, quantity.index)
    if 2 * len(stated) > len(lines) or products(amount, "line_total", heading, rows, style):
        return heading
    columns = (replace(each, roles=("ignore.order_total",)) if each is amount else each for each in heading.columns)
    return replace(heading, columns=tuple(columns))


def _spare_role(role: str, heading: Heading, cells: Sequence[str]) -> str:
    # "Line | Item" and "No. | Item": the second is the article's number. "Name" over codes is the order's.
    if role == "description" and not heading.has("head.po_number") and all(re.search(r"\d{3}", text) for text in cells):
        return "head.po_number" if cells and not mostly(cells, is_wordy) else "ignore.second_description"
    return "part_number" if role == "line_number" and not any(map(heading.has, PARTS)) else f"ignore.second_{role}"


def _fit(column: Column, role: str, heading: Heading, rows: Sequence[Sequence[str]], style: NumberStyle) -> float:
    """How well a rival column fits: rows that multiply out with it, else how many of its cells have the role's form."""
    cells = cells_of(rows, column.index)
    if role in ("quantity", "unit_price", "line_total"):
        # Beside a discounted amount stands the one before the discount.
        taken_off = deducted(column, heading, rows, style) if role == "line_total" else 0
        return 10.0 * (2 * taken_off + products(column, role, heading, rows, style)) + (len(cells) > 0)
    if role == "unit":
        quantity = heading.column_of("quantity")
        return -abs(column.index - quantity.index) if quantity and cells else -99.0
    if role == "line_number":
        figures = [int(text) for text in cells if text.isdecimal()]
        return float(len(figures) > 1 and counts_up(figures)) - (len(figures) == 1 and figures[0] > 1000)
    if role == "requested_delivery_date":
        return float(sum(1 for text in cells if date_cell(text, style)))
    if role == "description":
        distinct = len(set(cells)) / len(cells) if cells else 0  # the supplier's name is the same in every row
        return float(bool(cells)) + distinct / 2 + (sum(map(is_wordy, cells)) / len(cells) if cells else 0)
    # Beside a head that says percent, "Discount" alone is an amount.
    return float(bool(cells)) + float(role == "discount_percent" and bool(_PERCENT.search(column.head)))


def counts_the_lines(cells: Sequence[str]) -> bool:
    """Whether cells are 1, 2, 3 or 10, 20, 30: so regular are no article numbers, whatever their head says."""
    figures = [int(text) for text in (cell.strip(" .") for cell in cells) if re.fullmatch(r"\d{1,6}", text)]
    return len(figures) == len(cells) > 1 and figures[0] in _FIRST_LINES and counts_up(figures)


def counts_up(figures: Sequence[int]) -> bool:
    """Whether `figures` rise in even steps in which lines are counted."""
    steps = {after - before for before, after in pairwise(figures)}
    return len(steps) == 1 and steps <= STEPS
