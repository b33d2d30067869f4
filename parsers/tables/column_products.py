"""Which columns multiply out row by row: quantity, price and amount, with the row's discount taken off or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from models.domain.values import plain
from parsers.tables.columns import Column, Heading
from parsers.tables.line_draft import SECOND_DISCOUNT
from parsers.values.cells import discount_cell, price_cell
from parsers.values.multiplying import multiplies
from parsers.values.numbers import NumberStyle

_CENT = Decimal("0.01")
#: What heads over prices may be taken for: "Listenpreis", "Preis je | VE", "€/formato".
_PERHAPS_PRICES = (("ignore.list_price",), ("ignore.pack",), ("ignore.other",))
_OPEN = re.compile(r"\b(?:open|offene?|rest\w*|outstanding|remaining|pendiente|residu\w+|otwart\w+)\b", re.IGNORECASE)


def with_discounted_price(heading: Heading, rows: Sequence[Sequence[str]], style: NumberStyle) -> Heading:
    """Where no column holds a price but one a list price, or figures under a head that names packs, or half of a name that
    broke: it is the lines' price if quantity and discount make their amounts of it."""
    price = heading.column_of("unit_price")
    if _is_filled(price, rows) or not heading.has("line_total") or heading.levels > 1:
        return heading
    for column in heading.columns:
        if column.roles in _PERHAPS_PRICES and 2 * products(column, "unit_price", heading, rows, style) > len(rows):
            roles = {id(column): ("unit_price",), id(price): (None,)}  # what was the price's has no cells
            return replace(
                heading, columns=tuple(replace(each, roles=roles.get(id(each), each.roles)) for each in heading.columns)
            )
    return heading


def _is_filled(column: Column | None, rows: Sequence[Sequence[str]]) -> bool:
    return column is not None and any(column.index < len(texts) and texts[column.index] for texts in rows)


def with_open_quantity(heading: Heading, rows: Sequence[Sequence[str]], style: NumberStyle) -> Heading:
    """ "Qty Open" where nothing else counts: what is still open of an order that was just placed is what it wants, if it makes
    the lines' amounts."""
    if heading.has("quantity") or heading.levels > 1:
        return heading
    for column in heading.columns:
        is_open = column.roles == ("ignore.balance",) or (column.roles == ("ignore.received",) and _OPEN.search(column.head))
        if is_open and 2 * products(column, "quantity", heading, rows, style) > len(rows):
            return replace(
                heading, columns=tuple(replace(each, roles=("quantity",)) if each is column else each for each in heading.columns)
            )
    return heading


def without_taxed_amounts(heading: Heading, rows: Sequence[Sequence[str]], style: NumberStyle) -> Heading:
    """ "Total" beside "Tax amount": where quantity and price make the amounts less the tax, these are no net ones."""
    total = heading.column_of("line_total")
    tax = next((each for each in heading.columns if each.roles == ("ignore.tax",)), None)
    if total is None or tax is None or heading.levels > 1 or products(total, "line_total", heading, rows, style):
        return heading
    bare = [[*texts, _less(texts, total.index, tax.index, style)] for texts in rows]
    untaxed = replace(total, index=len(bare[0]) - 1) if bare and len(set(map(len, bare))) == 1 else None
    if untaxed is None or 2 * products(untaxed, "line_total", heading, bare, style) <= len(rows):
        return heading
    columns = (replace(each, roles=("ignore.tax",)) if each is total else each for each in heading.columns)
    return replace(heading, columns=tuple(columns))


def _less(texts: Sequence[str], whole: int, part: int, style: NumberStyle) -> str:
    one, other = number_at(texts, whole, style), number_at(texts, part, style)
    return plain(one - other).replace(".", style.decimal) if one is not None and other is not None else ""


def with_amounts_for_numbers(heading: Heading, rows: Sequence[Sequence[str]], style: NumberStyle) -> Heading:
    """ "Line" over what the lines come to: a column of positions that quantity and price make is one of amounts."""
    total = heading.column_of("line_total")
    number = heading.column_of("line_number")
    if number is None or _is_filled(total, rows) or heading.levels > 1:
        return heading
    if 2 * products(number, "line_total", heading, rows, style) <= len(rows):
        return heading
    roles = {id(number): ("line_total",), id(total): (None,)}  # "Net | line" are one head, whose first word stands over no cell
    return replace(heading, columns=tuple(replace(each, roles=roles.get(id(each), each.roles)) for each in heading.columns))


def deducted(column: Column, heading: Heading, rows: Sequence[Sequence[str]], style: NumberStyle) -> int:
    """How many rows give in `column` what another column of amounts gives, less the row's discount."""
    discount = heading.column_of("discount_percent")
    others = [each for each in heading.columns if each.roles == ("line_total",) and each is not column]
    if discount is None:
        return 0
    count = 0
    for texts in rows:
        share = discount_cell(texts[discount.index], style) if discount.index < len(texts) else None
        own = number_at(texts, column.index, style)
        before = [number for each in others if (number := number_at(texts, each.index, style)) is not None]
        count += bool(share and own and any(abs(number * (100 - share) / 100 - own) <= _CENT for number in before))
    return count


def products(column: Column, role: str, heading: Heading, rows: Sequence[Sequence[str]], style: NumberStyle) -> int:
    places = {name: found.index for name in ("quantity", "unit_price", "line_total") if (found := heading.column_of(name))}
    places[role] = column.index
    if len(places) < 3:
        return 0
    discounts = [found for name in ("discount_percent", SECOND_DISCOUNT) if (found := heading.column_of(name)) is not None]
    count = 0
    for texts in rows:
        quantity, price, total = (number_at(texts, places[name], style) for name in ("quantity", "unit_price", "line_total"))
        less = price
        for share in (discount_cell(texts[each.index], style) for each in discounts if each.index < len(texts)):
            less = less * (100 - share) / 100 if less is not None and share else less
        count += multiplies(quantity, price, total) or multiplies(quantity, less, total)
    return count


def number_at(texts: Sequence[str], index: int, style: NumberStyle) -> Decimal | None:
    text = texts[index] if index < len(texts) else ""
    found = price_cell(text, style) if text else None
    return found.number if found else None
