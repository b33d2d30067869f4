"""A clerk who writes an invented order into cells, and remembers what the sheet states, so that its truth can be told."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from benchmarks.capture.invented import InventedLine, InventedOrder
from benchmarks.capture.parties import Company
from benchmarks.capture.sheets_words import heads_of, labels_of, units_of
from benchmarks.capture.workbooks import Cell, Formula

_LINE_FIELDS = {
    "line_number": "line_number", "buyer": "buyer_part_number", "seller": "seller_part_number", "part": "seller_part_number",
    "gtin": "gtin", "description": "description", "quantity": "quantity", "unit": "unit", "price": "unit_price",
    "basis": "price_basis_quantity", "discount": "discount_percent", "total": "line_total", "day": "requested_delivery_date",
}  # fmt: skip
_EQUAL_UNITS = {"BG": ["BG", "SA", "PA"], "CA": ["CA", "JY", "CX", "DR"], "PK": ["PK", "PA"]}
_TOTALS = {"net": "total_net", "tax": "total_tax", "gross": "total_gross"}


class Clerk:
    """Writes `order` with one hand: the same heads, number style and way to write a day throughout.

    `text` has figures and days written as text, as a delimited file has them.
    """

    def __init__(self, order: InventedOrder, draw: random.Random, *, text: bool = False) -> None:
        self.order, self.draw, self.text = order, draw, text
        self.language = order.language
        self.decimal = "." if self.language == "en" or order.buyer.country == "CH" else ","
        self.grouped = draw.random() < 0.4
        self.day_form = _day_form(draw, order)
        self.stated: dict[str, Any] = {}
        self.columns: tuple[str, ...] = ()
        self.names_currency = draw.random() < 0.35
        self._heads: dict[str, str] = {}
        self._units = {line.unit: draw.choice(units_of(line.unit, self.language)) for line in order.lines}

    def say(self, name: str) -> str:
        """A word for `name` (see sheets_words.yaml)."""
        return self.draw.choice(labels_of(name, self.language))

    def head(self, role: str) -> str:
        """The head of a column, always the same; a money column may name the currency."""
        if role not in self._heads:
            shown = self.draw.choice(heads_of(role, self.language))
            if self.names_currency and role in ("price", "total"):
                shown = f"{shown} {self.order.currency}"
                self.stated["currency"] = self.order.currency
            self._heads[role] = shown
        return self._heads[role]

    def number(self, number: Decimal) -> Cell:
        """A number as this clerk enters it."""
        return self.written(number) if self.text else number

    def written(self, number: Decimal, grouped: bool | None = None) -> str:
        """A number as text, in the clerk's style."""
        shown = f"{number:,f}" if (self.grouped if grouped is None else grouped) else f"{number:f}"
        return shown.translate(str.maketrans(",.", ".,")) if self.decimal == "," else shown

    def day(self, day: date) -> Cell:
        """A day as this clerk enters it."""
        return day.strftime(self.day_form) if self.text else day

    def pair(self, name: str, colon: str = "") -> tuple[str, Cell]:
        """Label and value of a field of the head: po_number, order_date, requested, customer, terms, incoterm, currency."""
        order = self.order
        values: dict[str, tuple[str, Cell, str]] = {
            "po_number": ("po_number", order.po_number, order.po_number),
            "order_date": ("order_date", self.day(order.order_date), order.order_date.isoformat()),
            "requested": ("requested_delivery_date", self.day(order.requested), order.requested.isoformat()),
            "customer": ("buyer.customer_number", order.customer_number, order.customer_number),
            "terms": ("payment_terms", order.payment_terms, order.payment_terms),
            "incoterm": ("incoterm", order.incoterm, order.incoterm),
            "currency": ("currency", order.currency, order.currency),
        }
        field, cell, truth = values[name]
        self.stated[field] = truth
        return self.say(name) + colon, cell

    def pairs(self, *names: str, colon: str = "") -> list[tuple[str, Cell]]:
        """Several of them; what misleads (a quotation, a project, a contact) stands among them."""
        found = [self.pair(name, colon) for name in names]
        if self.draw.random() < 0.4:
            found.append((self.say("quotation") + colon, self.order.extra["quotation"]))
        if self.draw.random() < 0.3:
            found.insert(0, (self.say("contact") + colon, self.order.buyer.person))
        return found

    def block(self, role: str) -> list[str]:
        """Name and address of buyer, ship_to, bill_to or seller, a line each."""
        party: Company = getattr(self.order, role)
        lines = [party.name, party.street, party.town]
        if self.draw.random() < 0.3:
            lines.append(party.country_name)
        country = party.country if len(lines) > 3 else [party.country, None]
        if role != "seller":
            self.stated[role] = _plain(party, country)
        return lines

    def in_one(self, role: str) -> str:
        """The same in one line."""
        return ", ".join(self.block(role))

    def write(self, *columns: str) -> None:
        """Sets the columns of the table."""
        self.columns = columns

    def heads(self) -> list[Cell]:
        """The row of heads."""
        return [self.head(role) for role in self.columns]

    def row(self, line: InventedLine) -> list[Cell]:
        """The cells of a line."""
        return [self.cell(role, line) for role in self.columns]

    def rows(self) -> list[list[Cell]]:
        """The rows of all lines."""
        return [self.row(line) for line in self.order.lines]

    def cell(self, role: str, line: InventedLine) -> Cell:
        """One cell of a line; roles that no order has (stock, pack, remark) are made up."""
        if role == "currency":
            self.stated["currency"] = self.order.currency
        is_count = not self.text and line.number.isdecimal() and line.number[0] != "0"
        cells: dict[str, Cell] = {
            "line_number": int(line.number) if is_count else line.number,
            "buyer": line.buyer_part,
            "seller": line.seller_part,
            "part": line.seller_part,
            "gtin": line.gtin,
            "description": line.description,
            "quantity": self.number(line.quantity),
            "unit": self._units[line.unit],
            "price": self.number(line.price),
            "basis": self.number(Decimal(line.basis)),
            "discount": self.number(line.discount) if line.discount is not None else None,
            "total": self.number(line.total),
            "day": self.day(line.day) if line.day is not None else None,
            "currency": self.order.currency,
        }
        if role in cells:
            return cells[role]
        counts = {"on_hand": self.draw.randint(0, 60), "pack": self.draw.choice((1, 6, 10, 12, 50))}
        return self.number(Decimal(counts[role])) if role in counts else self.draw.choice((None, None, self.say("goods")))

    def column(self, role: str) -> str:
        """The letter of a column where the table begins in A."""
        return chr(65 + self.columns.index(role))

    def formula_total(self, at: int, line: InventedLine, *, cached: bool) -> Formula:
        """The line's amount as a formula of its row."""
        text = f"{self.column('quantity')}{at}*{self.column('price')}{at}"
        if "basis" in self.columns:
            text += f"/{self.column('basis')}{at}"
        if "discount" in self.columns:
            text += f"*(1-{self.column('discount')}{at}/100)"
        return Formula(f"ROUND({text},2)", line.total if cached else None)

    def foot(self, *names: str) -> Iterator[tuple[str, Cell]]:
        """The totals' labels and amounts: net, tax, gross, or total (which is the net one)."""
        order = self.order
        amounts = {"net": order.goods, "total": order.goods, "tax": order.tax, "gross": order.gross}
        for name in names:
            field = "total_net" if name == "total" else _TOTALS[name]
            self.stated[field] = str(amounts[name])
            if name == "total":
                self.stated["total_gross"] = [None, str(amounts[name])]
            yield self.say(name).format(rate=order.tax_rate), self.number(amounts[name])

    def truth(self, lines: Sequence[dict[str, Any]] | None = None) -> dict[str, Any]:
        """What a careful person reads in what was written. `lines` replaces the lines' own truth."""
        order: dict[str, Any] = {"kind": "order", "notes": "*", "currency": [self.order.currency, None]}
        for name, value in self.stated.items():
            if name == "buyer.customer_number":
                order["buyer"] = {**(order.get("buyer") or {}), "customer_number": value}
            elif name == "buyer":
                order["buyer"] = {**value, **(order.get("buyer") or {})}
            else:
                order[name] = value
        order["lines"] = list(lines) if lines is not None else [self.line_truth(line) for line in self.order.lines]
        return {"intent": "order", "orders": [order]}

    def line_truth(self, line: InventedLine) -> dict[str, Any]:
        """The truth of one line, of the columns that are there."""
        whole: dict[str, Any] = {
            "line_number": line.number,
            "buyer": line.buyer_part,
            "seller": line.seller_part,
            "part": line.seller_part,
            "gtin": line.gtin.zfill(14),
            "description": line.description,
            "quantity": str(line.quantity),
            "unit": _EQUAL_UNITS.get(line.unit, line.unit),
            "price": str(line.price),
            "basis": str(line.basis),
            "discount": str(line.discount) if line.discount is not None else None,
            "total": str(line.total),
            "day": line.day.isoformat() if line.day else None,
        }
        return {_LINE_FIELDS[role]: whole[role] for role in self.columns if role in _LINE_FIELDS}


def _plain(party: Company, country: Any) -> dict[str, Any]:
    stated = {"name": party.name, "street": party.street, "postal_code": party.postal_code, "city": party.city}
    return {**stated, "country": country, "region": "*"}


def _day_form(draw: random.Random, order: InventedOrder) -> str:
    if draw.random() < 0.15:
        return "%Y-%m-%d"
    if order.buyer.country == "US":
        return "%m/%d/%Y"
    if order.language in ("de", "pl") or order.buyer.country == "CH":
        return "%d.%m.%Y"
    return "%d-%m-%Y" if order.language == "nl" else "%d/%m/%Y"
