"""One document in the making: hands out the texts that a layout prints, and keeps book of them, so that the truth holds
exactly what was printed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from benchmarks.capture.invented import InventedLine, InventedOrder, invent_order, truth_of
from benchmarks.capture.parties import Company
from benchmarks.capture.voice import Voice

_FIELDS = {
    "po_number": "po_number",
    "order_date": "order_date",
    "requested": "requested_delivery_date",
    "currency": "currency",
    "terms": "payment_terms",
    "incoterm": "incoterm",
    "customer_number": "buyer.customer_number",
}
_CELLS = {
    "line": ("line_number",),
    "buyer_part": ("buyer_part_number",),
    "seller_part": ("seller_part_number",),
    "gtin": ("gtin",),
    "description": ("description",),
    "quantity": ("quantity",),
    "unit": ("unit",),
    "quantity_unit": ("quantity", "unit"),
    "price": ("unit_price",),
    "price_per": ("unit_price", "price_basis_quantity"),
    "basis": ("price_basis_quantity",),
    "discount": ("discount_percent",),
    "total": ("line_total",),
}
_ALL = (
    *_FIELDS.values(),
    "total_net",
    "total_tax",
    "total_gross",
    *(f"lines.{name}" for names in _CELLS.values() for name in names),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout: how it draws, in which languages, and what kind of order it takes (arguments of `invent_order`)."""

    id: str
    draw: Callable[[Paper], bytes | str]
    languages: tuple[str, ...] = ("en", "en", "de", "fr", "es", "it", "nl", "pl")
    order: dict[str, Any] = field(default_factory=dict)
    sheet: str = "A4"


class Paper:
    """Texts for a layout, and the book of what was said. `order` may be replaced before anything is said."""

    def __init__(self, order: InventedOrder, draw: random.Random) -> None:
        self.order = order
        self.draw = draw
        self.voice = Voice(order.language, order.buyer.country, draw)
        self.said: set[str] = set()
        self.instead: dict[str, Any] = {}
        self.intent = "order"
        self.unjudged: tuple[str, ...] = ()
        self._lines_instead: list[tuple[str, InventedLine, Any]] = []

    @classmethod
    def of(cls, layout: Layout, seed: str) -> Paper:
        """The paper of a layout's order for `seed`."""
        draw = random.Random(f"{layout.id}:{seed}")
        options = {
            "language": draw.choice(layout.languages),
            "discounts": 0,
            "bases": 0,
            "charged": 0,
            "taxed": 0,
            **layout.order,
        }
        return cls(invent_order(draw, **options), draw)

    def label(self, name: str) -> str:
        """The writer's word for it, without a colon."""
        return self.voice.label(name).rstrip(":")

    def value(self, name: str) -> str:
        """A head field's value as printed: one of those that mean something, or a number that misleads."""
        if name in _FIELDS:
            self.said.add(_FIELDS[name])
        order = self.order
        values: dict[str, str] = {
            "po_number": order.po_number,
            "order_date": self.voice.day(order.order_date),
            "requested": self.voice.day(order.requested),
            "currency": order.currency,
            "terms": order.payment_terms,
            "incoterm": order.incoterm,
            "vendor_number": order.vendor_number,
            "customer_number": order.customer_number,
            "contact": order.buyer.person,
            "phone": order.buyer.phone,
            "ship_via": self.draw.choice(("DHL", "UPS", "Kurier", "Best way", "Truck")),
        }
        return values[name] if name in values else order.extra[name]

    def pair(self, name: str) -> tuple[str, str]:
        """Label and value."""
        return self.label(name), self.value(name)

    def party(self, role: str, *, country: bool = False, attention: bool = False) -> list[str]:
        """The lines of a party's address; `seller` is kept out of the truth."""
        company: Company = getattr(self.order, role)
        if role != "seller":
            self.said |= {f"{role}.{name}" for name in ("name", "street", "postal_code", "city")}
            if country:
                self.said.add(f"{role}.country")
        person = [company.person] if attention else []
        return [company.name, *person, company.street, company.town, *([company.country_name] if country else [])]

    def cell(self, name: str, line: InventedLine) -> str:
        """A line's cell as printed."""
        self.said |= {f"lines.{field}" for field in _CELLS.get(name, ())}
        voice = self.voice
        quantity, unit = voice.number(line.quantity), voice.unit(line.unit)
        cells: dict[str, Callable[[], str]] = {
            "line": lambda: line.number,
            "buyer_part": lambda: line.buyer_part,
            "seller_part": lambda: line.seller_part,
            "part": lambda: self._whose(line),
            "gtin": lambda: line.gtin,
            "description": lambda: line.description,
            "quantity": lambda: quantity,
            "unit": lambda: unit,
            "quantity_unit": lambda: f"{quantity} {unit}",
            "price": lambda: voice.price(line.price),
            "price_per": lambda: f"{voice.price(line.price)}/{voice.number(line.quantity.__class__(line.basis))}",
            "basis": lambda: voice.number(line.quantity.__class__(line.basis)),
            "discount": lambda: voice.number(line.discount) if line.discount is not None else "",
            "total": lambda: voice.money(line.total),
            "date": lambda: self._line_day(line),
            "tax_rate": lambda: voice.number(self.order.tax_rate),
            "received": lambda: voice.number(line.quantity * 0, 2),
        }
        return cells[name]()

    def _whose(self, line: InventedLine) -> str:
        """A part number of which nobody says whose it is: the contract calls it the seller's."""
        self.said.add("lines.seller_part_number")
        return line.seller_part

    def _line_day(self, line: InventedLine) -> str:
        self.said.add("lines.requested_delivery_date")
        return self.voice.day(line.day) if line.day else ""

    def with_days(self) -> None:
        """Gives every line a day of its own."""
        days = [
            self.order.requested.fromordinal(self.order.requested.toordinal() + self.draw.randint(0, 30))
            for _ in self.order.lines
        ]
        lines = tuple(replace(line, day=day) for line, day in zip(self.order.lines, days, strict=True))
        self.order = replace(self.order, lines=lines)

    def instead_of_line(self, name: str, line: InventedLine, value: Any) -> None:
        """Another truth for one field of one line."""
        self._lines_instead.append((name, line, value))

    def totals(self, kind: str = "full", *, with_currency: bool = False) -> list[tuple[str, str]]:
        """The rows of the foot: `full` (net, charges, tax, gross), `net` alone, or `lone`, which says nothing about tax."""
        order, money = self.order, self.voice.money
        mark = f" {order.currency}" if with_currency else ""
        if with_currency:
            self.said.add("currency")
        if kind == "lone":
            self.instead |= {"total_net": [str(order.net), None], "total_gross": [str(order.gross), None]}
            return [(self.label("lone") + mark, money(order.net))]
        self.said.add("total_net")
        if kind == "net":
            return [(self.label("net") + mark, money(order.net))]
        self.said |= {"total_tax", "total_gross"}
        rows = [(self.label("net") + mark, money(order.goods))]
        if order.charges:
            self.instead["total_net"] = [str(order.goods), str(order.net)]
            rows += [(charge.label, money(charge.amount)) for charge in order.charges]
        rows.append((self.voice.label("tax", self.voice.number(order.tax_rate)), money(order.tax)))
        return [*rows, (self.label("gross") + mark, money(order.gross))]

    def truth(self) -> dict[str, Any]:
        """What a careful person reads on this paper."""
        if self.intent != "order":
            return {"intent": self.intent, "orders": []}
        parties = [
            f"{role}.{name}" for role in ("buyer", "ship_to", "bill_to") for name in ("name", "street", "postal_code", "city")
        ]
        silent = [path for path in (*_ALL, *parties) if path not in self.said]
        truth = truth_of(self.order, leaving_out=silent, not_judged=self.unjudged)
        stated = truth["orders"][0]
        for name, line, value in self._lines_instead:
            stated["lines"][self.order.lines.index(line)][name] = value
        if "lines.requested_delivery_date" not in self.said:
            for line in stated["lines"]:
                line["requested_delivery_date"] = None
        for role in ("buyer", "ship_to", "bill_to"):
            self._settle_party(stated, role)
        if "currency" not in self.said:
            stated["currency"] = [self.order.currency, None]
        for path, value in self.instead.items():
            stated[path] = value
        return truth

    def _settle_party(self, stated: dict[str, Any], role: str) -> None:
        """A party that is not printed is absent; the buyer may be known by another place of its own. A country that is not
        printed may be inferred."""
        if f"{role}.name" not in self.said and role == "buyer":
            own, others = self.order.buyer, (self.order.bill_to, self.order.ship_to)
            for name in ("name", "street", "postal_code", "city", "country"):
                stated[role][name] = [None, *(getattr(company, name) for company in (own, *others))]
        elif f"{role}.name" not in self.said:
            stated[role] = None
        elif f"{role}.country" not in self.said:
            stated[role]["country"] = [stated[role]["country"], None]


def heads(paper: Paper, columns: Sequence[str]) -> list[str]:
    """The heads of line columns in the writer's words."""
    names = {"quantity_unit": "quantity", "price_per": "price"}
    return [paper.label(names.get(column, column)) for column in columns]


def body(paper: Paper, columns: Sequence[str]) -> list[list[str]]:
    """The cells of all lines."""
    return [[paper.cell(column, line) for column in columns] for line in paper.order.lines]


RIGHT = frozenset({"quantity", "price", "price_per", "basis", "discount", "total", "tax_rate", "received"})
