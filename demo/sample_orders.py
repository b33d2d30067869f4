"""What each sample of the inbox says, in numbers: parties, lines and prices taken from the demo company's own files."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from demo.catalogue import load_yaml
from models.domain.values import round_half_up

COMPANY = Path(__file__).parent / "company"
Row = dict[str, str]


@dataclass(frozen=True)
class SampleLine:
    """A line in the unit that the document states; `price` is per `basis` of that unit, `amount` rounded to cents."""

    number: int
    sku: str
    article: Row
    own_number: str
    quantity: Decimal
    unit: str
    price: Decimal
    basis: Decimal
    known: bool = True

    @property
    def amount(self) -> Decimal:
        return round_half_up(self.quantity * self.price / self.basis)

    def text(self, language: str) -> str:
        """The description in a language, English where there is none."""
        return self.article.get(f"description_{language}") or self.article["description"]


@dataclass(frozen=True)
class Sample:
    """One document of the inbox: who sends it, what it orders and what must become of it."""

    source: Mapping[str, Any]
    buyer: Row
    ship_to: Row
    lines: tuple[SampleLine, ...] = field(default=())

    @property
    def name(self) -> str:
        return str(self.source["name"])

    @property
    def file(self) -> str:
        return str(self.source["file"])

    @property
    def po_number(self) -> str:
        return str(self.source.get("po", ""))

    @property
    def date(self) -> str:
        return str(self.source["date"])

    @property
    def requested(self) -> str:
        return str(self.source.get("requested", ""))

    @property
    def priced(self) -> bool:
        return bool(self.source.get("priced", "yes") == "yes")

    @property
    def dated(self) -> bool:
        """Whether the document itself states its date."""
        return bool(self.source.get("dated", "yes") == "yes")

    @property
    def currency(self) -> str:
        return self.buyer.get("currency", "EUR")

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def sender(self) -> str:
        """The From of its mail."""
        if "sender" in self.source:
            return str(self.source["sender"])
        return f'"{self.buyer["name"]}" <{self.buyer["order_emails"].split("|")[0]}>'


@cache
def table(name: str) -> list[Row]:
    """A file of the demo company."""
    with (COMPANY / f"{name}.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@cache
def _by(name: str, column: str) -> dict[str, Row]:
    return {row[column]: row for row in table(name)}


def base_quantity(sku: str, quantity: Decimal, unit: str) -> Decimal:
    """How many base units a quantity is."""
    if unit == _by("items", "sku")[sku]["base_unit"]:
        return quantity
    sizes = {(row["sku"], row["unit"]): Decimal(row["base_quantity"]) for row in table("unit_conversions")}
    return quantity * sizes[sku, unit]


def agreed_price(buyer: Row, sku: str, quantity: Decimal) -> tuple[Decimal, Decimal]:
    """Unit price and basis for a quantity in base units on the buyer's list, as of 2026; unknown buyers pay list price."""
    price_list = buyer.get("price_list", "STANDARD-EUR")
    offers = [row for row in _prices()[price_list, sku] if Decimal(row["minimum_quantity"]) <= quantity]
    best = max(offers, key=lambda row: Decimal(row["minimum_quantity"]))
    return Decimal(best["unit_price"]), Decimal(best["price_basis"])


@cache
def _prices() -> dict[tuple[str, str], list[Row]]:
    current: dict[tuple[str, str], list[Row]] = {}
    for row in table("prices"):
        if not row["valid_to"]:
            current.setdefault((row["price_list"], row["sku"]), []).append(row)
    return current


def _line(buyer: Row, number: int, stated: list[str]) -> SampleLine:
    sku, quantity, unit, *factor = stated
    in_base = base_quantity(sku, Decimal(quantity), unit)
    price, basis = agreed_price(buyer, sku, in_base)
    if in_base != Decimal(quantity):
        price, basis = price * in_base / Decimal(quantity) / basis, Decimal(1)
    price = round_half_up(price * Decimal(factor[0]), 2) if factor else price
    own = {(row["customer_number"], row["sku"]): row["customer_part_number"] for row in table("customer_items")}
    article = _by("items", "sku")[sku]
    return SampleLine(
        number, sku, article, own.get((buyer.get("number", ""), sku), ""), Decimal(quantity), unit, price.normalize() + 0, basis
    )


def _foreign_line(number: int, stated: list[str]) -> SampleLine:
    code, text, quantity, unit, price = stated
    article = {"sku": code, "description": text, "gtin": ""}
    return SampleLine(number, code, article, "", Decimal(quantity), unit, Decimal(price), Decimal(1), known=False)


def _sample(source: Mapping[str, Any]) -> Sample:
    buyer = _by("customers", "number").get(source.get("customer", ""), {})
    addresses = [row for row in table("ship_to") if row["customer_number"] == buyer.get("number")]
    ship_to = next((row for row in addresses if row["code"] == source.get("ship_to", "HQ")), {})
    lines = [_line(buyer, number, stated) for number, stated in enumerate(source.get("lines", []), start=1)]
    goods = [_foreign_line(number, stated) for number, stated in enumerate(source.get("goods", []), start=len(lines) + 1)]
    return Sample(source, buyer, ship_to, tuple(lines + goods))


def all_samples() -> list[Sample]:
    """Every sample in delivery order."""
    return [_sample(source) for source in load_yaml("samples.yaml")]


#: What makes a sample's file.
Writer = Callable[[Sample], bytes]
