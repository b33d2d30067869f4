"""What columns without any heads hold, by their cells alone, and by what multiplies out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from parsers.tables.column_features import Table
from parsers.tables.column_guess import cells_of, mostly
from parsers.tables.column_products import number_at
from parsers.tables.column_rivals import counts_up
from parsers.tables.column_votes import shipped_votes, voted
from parsers.tables.columns import Column, Heading
from parsers.tables.head_rows import Row, is_number, texts_of
from parsers.values.cells import date_cell, gtin_of, quantity_cell
from parsers.values.multiplying import multiplies
from parsers.values.numbers import NumberStyle
from parsers.values.units import unit_code

_INFERRED, _VOTED = 0.7, 0.5
_ROWS_SEEN = 100


def inferred_heading(body: Sequence[Row], style: NumberStyle) -> Heading | None:
    """Columns of a table without known heads, from their cells: three numeric columns that multiply out, a unit, a text, a
    code. Where there is such a table, the vote on columns has its say: a role on which it differs is given with doubt."""
    heads, rows = _parted([texts for row in body[:_ROWS_SEEN] if sum(map(bool, texts := texts_of(row))) >= 2])
    width = max(map(len, rows), default=0)
    if not rows or not 2 <= width <= 40:
        return None
    cells = [cells_of(rows, index) for index in range(width)]
    roles = _inferred_roles(cells, rows, style)
    if not _as_heading(dict.fromkeys(roles, _INFERRED), roles):
        return None
    numeric = _numeric(cells, style)
    proven = _multiplying(numeric, rows, style)
    unproven = {
        index: heads[index] if index < len(heads) else "" for index in range(width) if index not in proven and cells[index]
    }
    votes = voted(Table.of(rows, style), unproven, frozenset(proven.values()), shipped_votes())
    voted_roles = {**proven, **{index: role for index, role, _ in votes}}
    rest = {index: role for index, role in roles.items() if index not in voted_roles and role not in voted_roles.values()}
    sure = {index: _INFERRED if roles.get(index) == role else _VOTED for index, role in {**rest, **voted_roles}.items()}
    return _as_heading(sure, {**rest, **voted_roles})


def _parted(rows: Sequence[Sequence[str]]) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """The row of words right above the first row with two numbers, if there is one, and the rows from there on."""
    first = next((place for place, texts in enumerate(rows) if sum(map(is_number, texts)) >= 2), 0)
    if first == 0 or any(map(is_number, rows[first - 1])):
        return (), rows
    return rows[first - 1], rows[first:]


def _as_heading(sure: Mapping[int, float], roles: Mapping[int, str]) -> Heading | None:
    """The columns as a heading, if lines can stand below it."""
    heading = Heading(tuple(Column(index, "", (roles[index],), sure[index]) for index in sorted(roles)), rows=0)
    return heading if heading.has("quantity") and heading.is_order_table else None


def _numeric(cells: Sequence[Sequence[str]], style: NumberStyle) -> list[int]:
    """The columns that mostly hold numbers."""
    return [
        index
        for index, column in enumerate(cells)
        if column and mostly(column, lambda text: quantity_cell(text, style) is not None)
    ]


def _inferred_roles(cells: Sequence[Sequence[str]], rows: Sequence[Sequence[str]], style: NumberStyle) -> dict[int, str]:
    roles: dict[int, str] = {}
    numeric = _numeric(cells, style)
    roles.update(_multiplying(numeric, rows, style))
    for index, column in enumerate(cells):
        if index in roles or not column:
            continue
        role = _role_of_cells(column, style)
        if role and role not in roles.values():
            roles[index] = role
    if "quantity" not in roles.values():
        spare = [index for index in numeric if index not in roles or roles[index] == "line_number"]
        plain = [index for index in spare if index not in roles and mostly(cells[index], _is_whole)]
        if chosen := plain or ([] if len(spare) < 2 else spare[1:]):
            roles[chosen[0]] = "quantity"
    return roles


def _is_whole(text: str) -> bool:
    return not re.search(r"[.,]\d{1,2}\b", text)


def _multiplying(numeric: Sequence[int], rows: Sequence[Sequence[str]], style: NumberStyle) -> dict[int, str]:
    best: dict[int, str] = {}
    most = 0.0
    for quantity, price, total in _triples(numeric[:8]):
        fits = sum(
            multiplies(number_at(texts, quantity, style), number_at(texts, price, style), number_at(texts, total, style))
            for texts in rows
        )
        # Of two figures that multiply, the one of whole numbers is the quantity.
        whole = sum(
            _is_whole(texts[quantity]) and not _is_whole(texts[price]) for texts in rows if len(texts) > max(quantity, price)
        )
        if fits + whole / (2 * len(rows)) > most and 2 * fits >= len(rows):
            most, best = fits + whole / (2 * len(rows)), {quantity: "quantity", price: "unit_price", total: "line_total"}
    return best


def _triples(indices: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    for quantity in indices:
        for price in indices:
            yield from ((quantity, price, total) for total in indices if quantity < price < total or price < quantity < total)


def _role_of_cells(column: Sequence[str], style: NumberStyle) -> str | None:
    if all(gtin_of(text) for text in column) and len(column[0]) >= 12:
        return "gtin"
    figures = [int(text.rstrip(".)")) for text in column if re.fullmatch(r"\d{1,5}[.)]?", text)]
    if len(figures) == len(column) and len(figures) > 1 and counts_up(figures):
        return "line_number"
    if mostly(column, lambda text: unit_code(text, style.language) is not None and not is_number(text)):
        return "unit"
    if mostly(column, lambda text: not is_number(text) and date_cell(text, style) is not None):
        return "requested_delivery_date"
    if mostly(column, lambda text: bool(re.search(r"\d", text)) and " " not in text and not is_number(text)):
        return "part_number"
    return "description" if mostly(column, lambda text: bool(re.search(r"[^\W\d]{3}", text))) else None
