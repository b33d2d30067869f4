"""Columns of numbers whose heads say nothing, told by what the lines' own figures make of them: what a price is for, and how many
a pack holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from parsers.tables.column_products import number_at, products
from parsers.tables.columns import Column, Heading
from parsers.values.cells import discount_cell
from parsers.values.numbers import NumberStyle
from parsers.values.units import MEASURES, unit_code, unit_of_head

_BASES = frozenset(map(Decimal, (1, 10, 100, 1000)))
_CENT = Decimal("0.01")
_PER_MEASURE = re.compile(
    r"(?:/|\b(?:per|je|pro|par|por|le|al|za)\b)\s*(?P<basis>10{1,3})?\s*(?P<measure>kg|t|to|m[23²³]?|lfm|qm|cbm|ltr?|l)\.?\s*\)?$",
    re.IGNORECASE,
)
_MEANS_NOTHING = ("ignore.tax", "ignore.other")
_UNKNOWN = (None, "unit")  # "PE", "Ud/B": a unit is no number

_Row = Sequence[str]


def explained(heading: Heading, rows: Sequence[_Row], style: NumberStyle) -> Heading:
    """`heading` with the role of each column of numbers that every line confirms."""
    if heading.levels > 1:
        return heading
    heading = _with_weights(_with_measures(heading, rows, style), rows, style)
    heading = _with_counted_packs(_with_prices(heading, rows, style), rows, style)
    for column in heading.columns:
        if column.roles[0] not in _UNKNOWN or len(column.roles) > 1:
            continue
        if not heading.has("price_basis_quantity") and _is_basis(column, heading, rows, style):
            heading = _given(heading, column, "price_basis_quantity")
        elif _fills_packs(column, heading, rows, style):
            heading = _given(heading, column, "ignore.pack")
    return heading


def _with_measures(heading: Heading, rows: Sequence[_Row], style: NumberStyle) -> Heading:
    """ "Stck | Gewicht kg | Preis €/100 kg", "Nb pièces | Volume m³ | PU HT/m³": where the price is for a measure, and what a
    column measures makes every line's amount with it, that is what is paid for; the pieces say the same once more."""
    total = heading.column_of("line_total")
    if total is None:
        return heading
    for price in heading.columns:
        found = _PER_MEASURE.search(price.head)
        unit = unit_of_head(found["measure"]) if found is not None else None
        for measured in heading.columns if unit is not None else ():
            basis = Decimal(found["basis"] or 1) if found is not None else Decimal(1)
            if measured is price or unit_of_head(measured.head) != unit or not _make(measured, price, total, basis, rows, style):
                continue
            new = {id(measured): "quantity", id(price): "unit_price", id(heading.column_of("quantity")): "ignore.second_quantity"}
            columns = (
                replace(each, roles=(new[id(each)],), strength=1.0, basis=basis if each is price and basis != 1 else each.basis)
                if id(each) in new
                else replace(each, roles=("ignore.other",))
                if each.roles == ("unit_price",)
                else each
                for each in heading.columns
            )
            return replace(heading, columns=tuple(columns))
    return heading


def _with_weights(heading: Heading, rows: Sequence[_Row], style: NumberStyle) -> Heading:
    """ "N.pz | UM | Peso | Prezzo": where the unit is a measure and the pieces make no line's amount but what they weigh makes
    every line's, that is what is ordered."""
    pieces, unit = heading.column_of("quantity"), heading.column_of("unit")
    lines = [texts for texts in rows if _number(heading, "line_total", texts, style) is not None]
    if pieces is None or unit is None or len(lines) < 2 or products(pieces, "quantity", heading, lines, style):
        return heading
    measured = all(unit.index < len(texts) and unit_code(texts[unit.index], style.language) in MEASURES for texts in lines)
    weights = [each for each in heading.columns if each.roles == ("ignore.weight",)] if measured else []
    for weight in weights:
        if products(weight, "quantity", heading, lines, style) == len(lines):
            return _given(_given(heading, pieces, "ignore.second_quantity"), weight, "quantity")
    return heading


def _make(measured: Column, price: Column, total: Column, basis: Decimal, rows: Sequence[_Row], style: NumberStyle) -> bool:
    amounts = [[number_at(texts, each.index, style) for each in (measured, price, total)] for texts in rows]
    stated = [(counted, each, amount) for counted, each, amount in amounts if counted and each and amount]
    return len(stated) > 1 and all(abs(counted * each / basis - amount) <= _CENT for counted, each, amount in stated)


def _with_prices(heading: Heading, rows: Sequence[_Row], style: NumberStyle) -> Heading:
    """ "Prijs p/eenh.": what is headed as a unit and makes the amounts is the price; so is what a head says to mean nothing for
    the line ("Valor c/impto"), if it makes those of several lines."""
    heading = _with_factor(heading, "unit_price", "unit", rows, style)
    for headed in _MEANS_NOTHING if len(rows) > 1 else ():
        heading = _with_factor(heading, "unit_price", headed, rows, style)
    return heading


def _with_counted_packs(heading: Heading, rows: Sequence[_Row], style: NumberStyle) -> Heading:
    """ "Ilość opak.": packs that make the amounts are what is ordered."""
    return _with_factor(heading, "quantity", "ignore.pack", rows, style)


def _with_factor(heading: Heading, role: str, headed: str, rows: Sequence[_Row], style: NumberStyle) -> Heading:
    """The one column `headed` so whose numbers make every line's amount in the place of `role`, which no other column has."""
    if heading.has(role) or not heading.has("line_total"):
        return heading
    priced = [texts for texts in rows if _number(heading, "line_total", texts, style) is not None]
    found = [
        column
        for column in heading.columns
        if column.roles == (headed,) and priced and products(column, role, heading, priced, style) == len(priced)
    ]
    return _given(heading, found[0], role) if len(found) == 1 else heading


def _given(heading: Heading, column: Column, role: str) -> Heading:
    return replace(heading, columns=tuple(replace(each, roles=(role,)) if each is column else each for each in heading.columns))


def _is_basis(column: Column, heading: Heading, rows: Sequence[_Row], style: NumberStyle) -> bool:
    """Whether the column holds tens, hundreds or thousands and quantity × price ÷ it is every line's amount."""

    def fits(texts: _Row, basis: Decimal) -> bool:
        quantity, price, total = (_number(heading, role, texts, style) for role in ("quantity", "unit_price", "line_total"))
        if quantity is None or price is None or total is None or basis not in _BASES:
            return False
        discount = heading.column_of("discount_percent")
        share = discount_cell(texts[discount.index], style) if discount and discount.index < len(texts) else None
        return any(abs(quantity * each / basis - total) <= _CENT for each in (price, price * (100 - (share or 0)) / 100))

    stated = {number_at(texts, column.index, style) for texts in rows}
    return bool(stated - {None, Decimal(1)}) and _all(column, heading, rows, style, fits)


def _fills_packs(column: Column, heading: Heading, rows: Sequence[_Row], style: NumberStyle) -> bool:
    """Whether each line's packs × the column are its pieces."""
    packs = [each for each in heading.columns if each.roles == ("ignore.pack",) and each is not column]

    def fits(texts: _Row, held: Decimal) -> bool:
        quantity = _number(heading, "quantity", texts, style)
        counts = [number_at(texts, each.index, style) for each in packs]
        return quantity is not None and any(count is not None and count * held == quantity for count in counts)

    return bool(packs) and _all(column, heading, rows, style, fits)


def _all(
    column: Column, heading: Heading, rows: Sequence[_Row], style: NumberStyle, fits: Callable[[_Row, Decimal], bool]
) -> bool:
    """Whether every row with a quantity has a number in the column that fits."""
    lines = [texts for texts in rows if _number(heading, "quantity", texts, style) is not None]
    numbers = [number_at(texts, column.index, style) for texts in lines]
    return bool(lines) and all(number is not None and fits(texts, number) for texts, number in zip(lines, numbers, strict=True))


def _number(heading: Heading, role: str, texts: _Row, style: NumberStyle) -> Decimal | None:
    column = heading.column_of(role)
    return number_at(texts, column.index, style) if column is not None else None
