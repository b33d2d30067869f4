"""The walk down the rows of line tables: which row begins a line, which belongs to the one before, which is none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from models.contracts.extraction_v1 import StatedValue
from models.domain.document import Grid, TextBox
from parsers.tables.articles_above import article_above, article_between, calls_off, give_article
from parsers.tables.column_contents import settled
from parsers.tables.column_guess import PARTS
from parsers.tables.column_inferred import inferred_heading
from parsers.tables.columns import Column, Heading
from parsers.tables.discounts_below import explains_price, takes_price
from parsers.tables.head_rows import Row, texts_of
from parsers.tables.headings import page_heads, tables_of
from parsers.tables.labelled import labelled_numbers
from parsers.tables.line_draft import Delivery, LineDraft, Read
from parsers.tables.rows import (
    LINE_NUMBER,
    by_role,
    head_currency,
    head_unit,
    is_left_empty,
    is_matrix_sum,
    is_money,
    is_priced_charge,
    level_of,
    matrix_lines,
    names_rate_alone,
    take_row_below,
)
from parsers.tables.rows_below import same_goods, takes_delivery
from parsers.tables.unread import Fate, SeenRow
from parsers.totals import CLOSING, FootValue, added, foot_currency, foot_values, is_foot_label, stated_total
from parsers.values.cells import date_cell, price_cell, quantity_cell, stated
from parsers.values.numbers import NumberStyle

_MOST_LINES, _MOST_COLUMNS = 200_000, 400
_LINES_SUMMED = 500
_WINDOW = re.compile(r"\b00:00\b")


class TableReader:
    """Reads grids one after the other and keeps the line that is open. `drafts`, `foot` and `currency` are its result,
    `seen` the rows of the tables' bodies with what became of each."""

    def __init__(self, style: NumberStyle) -> None:
        self.style = style
        self.drafts: list[LineDraft] = []
        self.foot: dict[str, StatedValue] = {}
        self.currency: StatedValue | None = None
        self.seen: list[SeenRow] = []
        self.has_inferred_heads = False
        self.is_guide = False
        self._heading: Heading | None = None
        self._schedule: Heading | None = None
        self._article: Mapping[str, TextBox] = {}
        self._level = 1
        self._closed = False
        self._after_blank = False

    def read(self, grid: Grid) -> None:
        """All rows of `grid`. Without heads of its own it goes on under the heads of the grid before."""
        rows, headings = tables_of([row[:_MOST_COLUMNS] for row in grid.rows])
        if not headings and self._heading is None:
            self._heading = inferred_heading(rows, self.style)
            self.has_inferred_heads = self._heading is not None
        ends = dict(zip(headings, [*list(headings)[1:], len(rows)], strict=False))
        repeated = page_heads(rows, headings)
        at = 0
        while at < len(rows):
            heading = headings.get(at)
            if heading is not None:
                body = [rows[below] for below in range(at + heading.rows, ends[at]) if below not in repeated]
                self._begin(heading, body, article_above(rows, at, heading))
            elif at not in repeated:
                self._row(rows[at])
            at += heading.rows if heading is not None else 1

    def _begin(self, heading: Heading, below: Sequence[Row], article: Mapping[str, TextBox]) -> None:
        own = article and not (calls_off(heading) and self._heading is not None and self._heading.is_order_table)
        under_a_line = bool(self.drafts) and heading.has("quantity") and not heading.is_order_table and not own
        if under_a_line:
            self._schedule = heading
        else:
            under = settled(heading, below, self.style)
            if self._heading is None or under.key() != self._heading.key():
                self._schedule = None  # else the same table goes on over the page, and the line's deliveries with it
            self._heading = under if under.is_order_table or article else None
            self.is_guide = self.is_guide or (self._heading is not None and self._heading.counts_stock)
            self._article = article
            self._closed, self._level = False, 1
            self.currency = self.currency or head_currency(under)

    def _row(self, row: Row) -> None:
        texts = texts_of(row)
        if not any(texts):
            self._after_blank = True
            return
        lines = len(self.drafts)
        fate = self._fate(row, texts)
        if fate is not None:
            draft = self.drafts[-1] if self.drafts and fate is Fate.LINE else None
            self.seen.append(SeenRow(row, self._heading, fate, draft))
        self._after_blank = self._after_blank and len(self.drafts) == lines  # up to the next line, text is none of the last one's

    def _fate(self, row: Row, texts: Sequence[str]) -> Fate | None:
        """Reads the row, and says what became of it; None for what stands outside of any table."""
        if self._is_foot(row, texts):
            return Fate.KNOWN
        if self._heading is None:
            return Fate.LOOSE if self.drafts else None
        if len(self.drafts) >= _MOST_LINES:
            return Fate.DROPPED
        if article := article_between(row, self._heading):
            self._article = article
            return Fate.KNOWN
        return Fate.KNOWN if self._scheduled(row) else self._line_row(row, self._heading)

    def _is_foot(self, row: Row, texts: Sequence[str]) -> bool:
        """Takes the row's totals. A row with a number and a quantity of its own is a line, whatever it is called."""
        if self._has_position(texts):
            return False
        values = foot_values(row, self.style, self._heading.place_of("line_total") if self._heading else None)
        for value in values:
            self._take_foot(value, row)
        return bool(values) or any(is_foot_label(text) for text in texts if text)

    def _has_position(self, texts: Sequence[str]) -> bool:
        if self._heading is None:
            return False
        if quantity_cell(_cell(texts, self._heading.column_of("quantity")), self.style) is None:
            return is_priced_charge(texts, self._heading, self.style)
        number = _cell(texts, self._heading.column_of("line_number"))
        if LINE_NUMBER.fullmatch(number) or names_rate_alone(texts, self._heading):
            return True
        return any(not is_foot_label(part) for role in PARTS if (part := _cell(texts, self._heading.column_of(role))))

    def _take_foot(self, value: FootValue, row: Row) -> None:
        heading = self._heading
        quantity = heading.column_of("quantity") if heading is not None and heading.has("line_total") else None
        if quantity is not None and quantity.index < len(row) and row[quantity.index] is value.box:
            return  # the pieces' total, not the money's
        if heading is not None and heading.sizes and not is_money(value, row, heading):
            return  # sums of pieces below a matrix
        if value.field in CLOSING:
            self._closed = True
        amount = stated_total(value)
        known = self.foot.get(value.field)
        if amount is not None and known is not None and value.field == "order_discount" and not self._closed:
            self.foot[value.field] = added(known, amount)
        elif amount is not None and (known is None or value.field in ("subtotal", "total")):
            self.foot[value.field] = amount
        if self.currency is None and (found := foot_currency(value)):
            self.currency = stated(found[0], [found[1]], 0.95)

    def _scheduled(self, row: Row) -> bool:
        """A row under a schedule's heads is a delivery of the open line."""
        if self._schedule is None or not self.drafts:
            return False
        read = by_role(self._schedule, row)
        number = self._heading.column_of("line_number") if self._heading else None
        if number is not None and LINE_NUMBER.fullmatch(_cell(texts_of(row), number)) and not self._schedule.at(number.index):
            self._schedule = None
            return False
        quantity, day = read.get("quantity"), read.get("requested_delivery_date")
        if (
            quantity is None
            or quantity_cell(quantity.box.text, self.style) is None
            or (day is not None and date_cell(day.box.text, self.style) is None)
        ):
            self._schedule = None
            return False
        self.drafts[-1].deliveries.append(Delivery(quantity, day, read.get("line_total")))
        return True

    def _line_row(self, row: Row, heading: Heading) -> Fate:
        if len(heading.sizes) > 1:
            return self._matrix_row(row, heading)
        self._level = level_of(heading, row, self.style, self._level) if heading.levels > 1 else 0
        read = by_role(heading, row, self._level)
        current = self.drafts[-1] if self.drafts else None
        if self._closed and not self._is_line_after_total(read, heading):
            return Fate.AFTER
        if current is not None and (repeated := self._repeats(current, read)) is not None:
            return repeated
        if current is not None and self._adds_nothing(current, read, row):
            return Fate.KNOWN
        if self._starts(read, current, heading):
            self._fill(LineDraft(), read, heading)
        elif current is not None and self._completes(current, read):
            self._fill(current, read, heading)
        elif current is not None:
            take_row_below(current, row, heading, self.style, self._level, after_blank=self._after_blank)
        else:
            return Fate.DROPPED
        return Fate.LINE

    def _adds_nothing(self, current: LineDraft, read: Mapping[str, Read], row: Row) -> bool:
        """Whether the row says how the open line's price came about, or what the lines above cost together."""
        if takes_price(current, row, self.style):
            return True
        if current.has("unit_price", "line_total") and explains_price(current, row, self.style):
            current.joined += [cell for cell in row if cell is not None]
            return True
        return self._sums_up_amounts(read)

    def _is_line_after_total(self, read: Mapping[str, Read], heading: Heading) -> bool:
        """Below a total stand terms, also numbered ones: a line must have all that lines have here."""
        money = [role for role in ("unit_price", "line_total") if heading.has(role)]
        priced = any(role in read and price_cell(read[role].box.text, self.style) for role in money)
        return "line_number" in read and self._quantity(read) is not None and (priced or not money)

    def _matrix_row(self, row: Row, heading: Heading) -> Fate:
        if is_matrix_sum(row, heading) or is_left_empty(row, heading, self.style):
            return Fate.KNOWN
        above = LineDraft() if self._article else self.drafts[-1] if self.drafts else None
        found = matrix_lines(row, heading, self.style, above)
        for draft in found:
            give_article(draft, self._article)
        self.drafts += found
        return Fate.LINE if found else Fate.DROPPED

    def _quantity(self, read: Mapping[str, Read]) -> Decimal | None:
        cell = quantity_cell(read["quantity"].box.text, self.style) if "quantity" in read else None
        return cell.number if cell else None

    def _is_valued(self, read: Mapping[str, Read]) -> bool:
        money = (role for role in ("unit_price", "line_total") if role in read)
        return self._quantity(read) is not None or any(price_cell(read[role].box.text, self.style) for role in money)

    def _starts(self, read: Mapping[str, Read], current: LineDraft | None, heading: Heading) -> bool:
        named = any(role in read for role in (*PARTS, "description", *(("colour", "size") if self._article else ())))
        valued = self._is_valued(read)
        numbered = "line_number" in read and bool(LINE_NUMBER.fullmatch(read["line_number"].box.text.strip()))
        if heading.levels > 1 and self._level == 1 and current is not None:
            return False
        if current is None or (numbered and (named or valued)):
            return numbered or valued
        if not valued:
            return heading.levels > 1 and named
        return (named or "line_total" in read or "unit_price" in read) and self._is_complete(current, read)

    @staticmethod
    def _is_complete(current: LineDraft, read: Mapping[str, Read]) -> bool:
        """Whether the open line has its values, so that these are another line's."""
        names_another = any(role in read and current.has(role) for role in (*PARTS, "unit_price", "line_number"))
        return current.has("quantity") or current.has("line_total") or names_another

    def _completes(self, current: LineDraft, read: Mapping[str, Read]) -> bool:
        """The open line's numbers stand on its second row."""
        return self._is_valued(read) and not self._is_complete(current, read)

    def _fill(self, draft: LineDraft, read: Mapping[str, Read], heading: Heading) -> None:
        if not self.drafts or self.drafts[-1] is not draft:
            self._schedule = None
            self.drafts.append(draft)
        for role, found in read.items():
            if role == "requested_delivery_date" and found.box.text.rstrip().endswith(":"):
                draft.day_label = found.box.text
                draft.joined.append(found.box)
            elif role in ("colour", "size"):
                draft.take("description", found.box)
            elif role in PARTS and (numbers := labelled_numbers(found.box)):
                draft.joined.append(found.box)
                for named, box in numbers:
                    draft.take(named, box, found.strength)
            elif role != "line_number" or re.search(r"\w", found.box.text):
                draft.take(role, found.box, found.strength)
        text = heading.column_of("description", self._level)
        if text is not None and "description" in read:
            draft.description_head = draft.description_head or text.head
        if "quantity" in read:
            give_article(draft, self._article)
            draft.unit_head = head_unit(heading.column_of("quantity", self._level))
        price = heading.column_of("unit_price", self._level)
        if price is not None and price.basis is not None and "unit_price" in read and draft.basis is None:
            draft.basis = (price.basis, price.says(price.head) or read["unit_price"].box)

    def _repeats(self, current: LineDraft, read: Mapping[str, Read]) -> Fate | None:
        """The same goods again: a delivery of the open line, a delivery window, or a sum of what stands above; else None."""
        quantity = self._quantity(read)
        if quantity is None or not current.has("quantity"):
            return None
        number = read["line_number"].box.text.strip() if "line_number" in read else ""
        named = any(role in read for role in (*PARTS, "description", "colour", "size"))
        if not number and current.has("line_number") and any(_WINDOW.search(found.box.text) for found in read.values()):
            return Fate.KNOWN
        another = number and (number != current.text("line_number") or (named and not same_goods(current, read)))
        if another or (named and (not number or self._is_again_later(current, read, quantity))):
            return Fate.LINE if takes_delivery(current, read, self.style) else None
        if not number and self._sums_up(quantity):
            return Fate.KNOWN
        return Fate.LINE if self._is_delivery(current, read, quantity) else None

    def _is_again_later(self, current: LineDraft, read: Mapping[str, Read], quantity: Decimal) -> bool:
        """Whether the row orders the whole line once more, for another day than the line's own."""
        day, own, ordered = (
            read.get("requested_delivery_date"),
            current.read.get("requested_delivery_date"),
            current.ordered(self.style),
        )
        whole = ordered is not None and ordered.number == quantity and not current.deliveries
        return whole and day is not None and own is not None and day.box.text != own.box.text

    def _is_delivery(self, current: LineDraft, read: Mapping[str, Read], quantity: Decimal) -> bool:
        day = read.get("requested_delivery_date")
        ordered = current.ordered(self.style)
        if takes_delivery(current, read, self.style):
            return True
        if day is not None or "line_number" in read:
            current.deliveries.append(Delivery(read["quantity"], day, read.get("line_total")))
            return True
        return "unit_price" not in read or (ordered is not None and ordered.number == quantity)

    def _sums_up_amounts(self, read: Mapping[str, Read]) -> bool:
        """Whether the row's only figure is what the last two or more lines cost: the sum of a group, whatever it is called."""
        if "line_total" not in read or "line_number" in read or self._quantity(read) is not None:
            return False
        if "unit_price" in read and price_cell(read["unit_price"].box.text, self.style) is not None:
            return False
        total = price_cell(read["line_total"].box.text, self.style)
        running = Decimal(0)
        for place, draft in enumerate(reversed(self.drafts[-_LINES_SUMMED:])):
            amount = price_cell(draft.text("line_total"), self.style)
            if total is None or amount is None:
                return False
            running += amount.number
            if place > 0 and running == total.number:
                return True
        return False

    def _sums_up(self, quantity: Decimal) -> bool:
        """Whether `quantity` is the sum of the last two or more lines."""
        running = Decimal(0)
        for place, draft in enumerate(reversed(self.drafts[-_LINES_SUMMED:])):
            cell = draft.ordered(self.style)
            running += cell.number if cell else 0
            if place > 0 and running == quantity:
                return True
        return False


def _cell(texts: Sequence[str], column: Column | None) -> str:
    return texts[column.index] if column is not None and column.index < len(texts) else ""
