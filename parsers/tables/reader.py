"""Tables of order lines, whatever document they stand in: grids of cells in, lines and totals with evidence out.

A line is a band of rows: it starts at a row with a quantity, an amount or a number of its own, and owns what follows down
to the next start. Grids are read in order as one table: a later one without heads goes on under the heads before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from models.contracts.extraction_v1 import OrderLineV1, Problem, StatedValue
from models.domain.document import Grid, TextBox
from parsers.tables.column_guess import PARTS
from parsers.tables.leading_codes import with_leading_codes
from parsers.tables.line_draft import LineDraft, ordered_lines, with_discounts_as_meant
from parsers.tables.not_ordered import cancellations, doubt_of_cancelled, doubts_of_counts
from parsers.tables.parted_amounts import with_parted_amounts
from parsers.tables.unread import unread_values
from parsers.tables.unread_columns import unexplained_columns
from parsers.tables.walk import TableReader
from parsers.totals import CLOSING, settled_totals
from parsers.values.cells import price_cell, stated
from parsers.values.numbers import NumberStyle

_LINES_ASKED = 50  # a currency that the first lines do not name is named elsewhere


@dataclass(frozen=True, slots=True)
class GridReading:
    """What the grids say. `totals` holds total_net, total_tax, total_gross as far as stated; `foot` every labelled amount
    (also total, subtotal, freight, surcharge, order_discount) for whoever knows more; `order_columns` the head fields that
    stand in columns beside the lines, by line ("po_number", …); `remarks` the texts below lines that are no part of them."""

    lines: tuple[OrderLineV1, ...] = ()
    totals: Mapping[str, StatedValue] = field(default_factory=dict)
    currency: StatedValue | None = None
    problems: tuple[Problem, ...] = ()
    foot: Mapping[str, StatedValue] = field(default_factory=dict)
    order_columns: tuple[Mapping[str, TextBox], ...] = ()
    has_quantities: bool = False
    has_inferred_heads: bool = False
    remarks: tuple[TextBox, ...] = ()


def read_grid(
    grids: Sequence[Grid],
    style: NumberStyle,
    *,
    part_owner: str | None = None,
    keep_zero: bool = False,
    reference: date | None = None,
) -> GridReading:
    """The order lines and totals of `grids`, in reading order.

    `part_owner` ("buyer" or "seller") settles whose an unowned part number is. `keep_zero` keeps lines of quantity 0, as
    a change needs them. `reference` is the document's date, for days such as "next Friday".
    """
    reader = TableReader(style)
    for grid in grids:
        reader.read(with_parted_amounts(grid, style))
    cancelled = cancellations(reader.seen)
    ordered = _not_cancelled(reader.drafts, cancelled, keep_zero=keep_zero)
    drafts = _wanted(ordered, style, reader.foot, keep_zero=keep_zero, is_guide=reader.is_guide)
    unwanted = [draft for draft in _without(reader.drafts, drafts) if id(draft) in cancelled or not _has_amount(draft, style)]
    with_leading_codes(drafts)
    with_discounts_as_meant(drafts, style)
    part_owner = part_owner or _owner_elsewhere(drafts)
    lines: list[OrderLineV1] = []
    columns: list[Mapping[str, TextBox]] = []
    for draft in drafts:
        stated_lines = list(ordered_lines(draft, style, part_owner=part_owner, reference=reference))
        lines += stated_lines
        columns += [_order_columns(draft)] * len(stated_lines)
    return GridReading(
        lines=tuple(lines),
        totals=settled_totals(reader.foot, _sum_of(lines)),
        currency=reader.currency or _price_currency(drafts, style),
        problems=(
            *unread_values(reader.seen, drafts, unwanted, style),
            *unexplained_columns(reader.seen, drafts, style),
            *([doubt_of_cancelled(list(cancelled.values()))] if cancelled and not keep_zero else []),
            *doubts_of_counts(reader.seen),
        ),
        foot=reader.foot,
        order_columns=tuple(columns),
        has_quantities=any(line.quantity for line in lines),
        has_inferred_heads=reader.has_inferred_heads,
        remarks=tuple(box for draft in drafts for box in draft.remarks),
    )


def _not_cancelled(drafts: Sequence[LineDraft], cancelled: Mapping[int, TextBox], *, keep_zero: bool) -> list[LineDraft]:
    """The drafts without those that the document marks as cancelled; a change says of these that nothing is wanted any more."""
    if keep_zero:
        for draft in drafts:
            if id(draft) in cancelled and "quantity" in draft.read:
                quantity = draft.read["quantity"]
                quantity.box = replace(quantity.box, text="0")
        return list(drafts)
    return [draft for draft in drafts if id(draft) not in cancelled]


def _owner_elsewhere(drafts: Sequence[LineDraft]) -> str | None:
    """Whose the unowned numbers are, where some lines of the table state the other party's beside them."""
    unowned = [draft for draft in drafts if draft.has("part_number")]
    sellers = sum(draft.has("seller_part_number") for draft in unowned)
    buyers = sum(draft.has("buyer_part_number") for draft in unowned)
    if not sellers and not buyers:
        return None
    return "buyer" if sellers >= buyers else "seller"


def _order_columns(draft: LineDraft) -> dict[str, TextBox]:
    return {role.removeprefix("head."): read.box for role, read in draft.read.items() if role.startswith("head.")}


def _sum_of(lines: Sequence[OrderLineV1]) -> Decimal | None:
    totals = [Decimal(line.line_total.value) for line in lines if line.line_total]
    return sum(totals, Decimal(0)) if totals else None


def _price_currency(drafts: Sequence[LineDraft], style: NumberStyle) -> StatedValue | None:
    for draft in drafts[:_LINES_ASKED]:
        for role in ("unit_price", "line_total"):
            cell = price_cell(draft.text(role), style)
            if cell is not None and cell.currency is not None:
                return stated(cell.currency, [draft.read[role].box], 0.95)
        if found := draft.read.get("head.currency"):
            return stated(found.box.text, [found.box]) if re.fullmatch(r"[A-Z]{3}", found.box.text.strip()) else None
    return None


def _wanted(
    drafts: Sequence[LineDraft], style: NumberStyle, foot: Mapping[str, StatedValue], *, keep_zero: bool, is_guide: bool = False
) -> list[LineDraft]:
    """The drafts that are ordered: rows of an order form with no or zero quantity are not, a line whose quantity alone is
    missing is, unless the others alone make up the total. What a guide to fill up stocks (`is_guide`) leaves blank is in
    stock."""
    kept, blank = [], []
    for draft in drafts:
        quantity = draft.ordered(style)
        if quantity is not None and (quantity.number != 0 or keep_zero):
            kept.append(draft)
        elif re.search("[1-9]", draft.text("quantity")) and quantity is None:
            kept.append(draft)  # a quantity that cannot be read is one all the same
        elif quantity is None and not _is_zero(draft.text("quantity")):
            blank.append(draft)
    ordered = [draft for draft in blank if _has_amount(draft, style)]
    # Many priced rows without a quantity are an order form's other articles; one or two are lines to ask about.
    is_form = is_guide or (len(blank) > 2 and len(blank) > len(kept) // 4)
    if not is_form and not _make_up_the_total(kept, foot, style):
        ordered = [draft for draft in blank if _has_amount(draft, style) or draft.has("unit_price", "line_number")]
    ordered = [draft for draft in ordered if draft.has("quantity") or not _is_nothing(draft, style)]
    titles = _titles(drafts)
    wanted = {id(draft) for draft in (*kept, *ordered) if id(draft) not in titles}
    return [draft for draft in drafts if id(draft) in wanted and draft.has("description", "quantity", *PARTS)]


def _is_nothing(draft: LineDraft, style: NumberStyle) -> bool:
    """Whether the line says that it costs nothing, though its goods have a price."""
    price, total = (price_cell(draft.text(role), style) for role in ("unit_price", "line_total"))
    return price is not None and price.number != 0 and total is not None and total.number == 0


def _make_up_the_total(drafts: Sequence[LineDraft], foot: Mapping[str, StatedValue], style: NumberStyle) -> bool:
    amounts = [price_cell(draft.text("line_total"), style) for draft in drafts]
    whole = sum((amount.number for amount in amounts if amount is not None), Decimal(0))
    return (
        bool(amounts)
        and None not in amounts
        and any(name in foot and Decimal(foot[name].value) == whole for name in (*CLOSING, "subtotal"))
    )


def _titles(drafts: Sequence[LineDraft]) -> set[int]:
    """Chapters of a list of works: "01 Pipes" above the lines 01.01, 01.02, without a quantity or an amount."""
    return {
        id(draft)
        for draft, following in pairwise(drafts)
        if (number := draft.text("line_number").rstrip("."))
        and following.text("line_number").startswith(f"{number}.")
        and not draft.has("quantity", "unit_price", "line_total")
    }


def _without(drafts: Sequence[LineDraft], wanted: Sequence[LineDraft]) -> list[LineDraft]:
    known = {id(draft) for draft in wanted}
    return [draft for draft in drafts if id(draft) not in known]


def _is_zero(text: str) -> bool:
    return bool(re.fullmatch(r"[0.,\s-]+", text)) or text.casefold() in ("nil", "none", "n/a", "x")


def _has_amount(draft: LineDraft, style: NumberStyle) -> bool:
    total = price_cell(draft.text("line_total"), style)
    return total is not None and total.number != 0
