"""Columns of the table that nothing explains: a second quantity or price beside the one that was taken, or counts under a head
that says nothing. Where the lines multiply out to their totals, what was taken is proven, and such a column is no matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from models.contracts.extraction_v1 import Problem
from models.domain.document import TextBox
from models.domain.findings import Severity
from parsers.tables.column_guess import PARTS
from parsers.tables.columns import Column, Heading
from parsers.tables.leading_codes import is_article_number
from parsers.tables.line_draft import LineDraft
from parsers.tables.unread import SeenRow
from parsers.values.cells import PriceCell, QuantityCell, discount_cell, price_cell, quantity_cell
from parsers.values.multiplying import multiplies
from parsers.values.numbers import NumberStyle
from parsers.values.units import unit_code

_RIVALS = {"ignore.second_quantity": "quantity", "ignore.second_unit_price": "unit_price"}
_MONEY = ("quantity", "unit_price", "line_total")
_SHOWN = 3
_ROUNDED = Decimal("0.005")
_FEWEST_CODES = 2
_SAYS_NOTHING_OF_GOODS = (None, "head.ship_to", "head.vendor_number")
#: "12 cm", "500 ml" beside a quantity, and a column "mm", say how large the goods are, not how many.
_MEASURES = frozenset({"MMT", "CMT", "INH", "MLT", "CLT", "MGM", "GRM"})

_Line = tuple[SeenRow, LineDraft]


def unexplained_columns(seen: Sequence[SeenRow], wanted: Sequence[LineDraft], style: NumberStyle) -> tuple[Problem, ...]:
    """An error for each column of the lines that are ordered (`wanted`) that may decide how much is shipped, or at what price."""
    known = {id(draft) for draft in wanted}
    by_heading: dict[int, tuple[Heading, list[_Line]]] = {}
    for row in seen:
        if row.heading is not None and row.draft is not None and id(row.draft) in known and row.heading.levels == 1:
            by_heading.setdefault(id(row.heading), (row.heading, []))[1].append((row, row.draft))
    tables = [(heading, lines) for heading, lines in by_heading.values() if not heading.sizes]
    counted = (problem for table in tables if not _are_proven(table[1], style) for problem in _doubts(*table, style))
    return (*counted, *(problem for table in tables for problem in _unowned_numbers(*table)))


def _unowned_numbers(heading: Heading, lines: Sequence[_Line]) -> Iterator[Problem]:
    """Codes, each line its own, under a head that does not say they are the goods', where no line has a number of its goods."""
    firsts = {id(draft): (row, draft) for row, draft in reversed(lines)}.values()
    if len(firsts) < _FEWEST_CODES or any(draft.has(*PARTS) for _, draft in firsts):
        return
    for column in heading.columns:
        if column.roles[0] not in _SAYS_NOTHING_OF_GOODS:
            continue
        cells = [cell for row, _ in firsts if column.index < len(row.row) and (cell := row.row[column.index]) is not None]
        codes = {cell.text.strip() for cell in cells if is_article_number(cell.text.strip())}
        if len(codes) == len(firsts):
            yield _problem(column, cells, "holds codes that may number the goods, which nothing else does")


def _are_proven(lines: Sequence[_Line], style: NumberStyle) -> bool:
    fits = 0
    for _, draft in lines:
        cells = [price_cell(draft.text(role), style) for role in _MONEY]
        fits += multiplies(*(cell.number if cell is not None else None for cell in cells))
    return 10 * fits >= 8 * len(lines)


def _doubts(heading: Heading, lines: Sequence[_Line], style: NumberStyle) -> Iterator[Problem]:
    for column in heading.columns:
        role = _RIVALS.get(column.roles[0] or "")
        if role is not None:
            cells = [cell for row, draft in lines if (cell := _other(row, draft, column, role, style)) is not None]
            if cells:
                taken = heading.column_of(role)
                yield _problem(column, cells, f'stands beside "{taken.head if taken else role}" and says otherwise')
        elif column.roles[0] == "ignore.list_price" and not any(draft.has("unit_price") for _, draft in lines):
            cells = [cell for row, draft in lines if (cell := _other(row, draft, column, "unit_price", style)) is not None]
            if cells:
                yield _problem(column, cells, "holds prices, and none was read for the lines")
        elif column.roles[0] is None and unit_code(column.head.strip("[]() ")) not in _MEASURES:
            counts = [cell for row, draft in lines if (cell := _other(row, draft, column, "quantity", style)) is not None]
            if len(counts) > 1 and 2 * len(counts) > len(lines):
                yield _problem(column, counts, "holds numbers, and its head does not say of what")


def _other(row: SeenRow, draft: LineDraft, column: Column, role: str, style: NumberStyle) -> TextBox | None:
    """The column's cell, if it is a number other than those that the line took."""
    cell = row.row[column.index] if column.index < len(row.row) else None
    if cell is None:
        return None
    form = quantity_cell if role == "quantity" else price_cell
    number = form(cell.text, style)
    own = [price_cell(draft.text(name), style) for name in _MONEY]
    if number is None or (isinstance(number, QuantityCell) and number.unit in _MEASURES):
        return None
    if any(each is not None and each.number == number.number for each in own):
        return None
    if role == "unit_price" and _is_less_discount(number.number, own[1], draft, style):
        return None  # "Price | Discount | Price after discount"
    return cell if number.number else None


def _is_less_discount(other: Decimal, price: PriceCell | None, draft: LineDraft, style: NumberStyle) -> bool:
    """Whether `other` is the line's price less its discount, rounded as it is printed, or the line's is that of `other`."""
    share = discount_cell(draft.text("discount_percent"), style) if draft.has("discount_percent") else None
    if price is None or not share:
        return False
    pairs = ((price.number, other), (other, price.number))
    return any(abs(whole * (100 - share) / 100 - less) <= _ROUNDED for whole, less in pairs)


def _problem(column: Column, cells: Sequence[TextBox], what: str) -> Problem:
    shown = ", ".join(
        f'"{" ".join(cell.text.split())[:30]}" ({cell.evidence.cell or cell.evidence.part})' for cell in cells[:_SHOWN]
    )
    message = f'the column "{column.head}" {what}: {shown}; see which of them the lines need'
    return Problem(code="unexplained_column", severity=Severity.ERROR, field="lines", message=message)
