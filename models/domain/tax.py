"""What tax an order bears and why. Rules live beside these values and are pure."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import Literal

from models.domain.identifiers import CustomerNumber
from models.domain.values import CountryCode, Exact, Money, Value

TaxTreatment = Literal[
    "domestic", "reverse_charge", "intra_community", "export", "us_sales_tax", "us_no_nexus", "exempt", "undetermined"
]
#: Whether tax is rounded once per rate of the document (EN 16931, BR-CO-17) or line by line and then summed.
TaxRounding = Literal["document", "line"]


class TaxRate(Value):
    """A dated rate in percent. `region` is a US state or empty; `source` the law.

    `category` is standard, reduced or zero, or the operator's word for goods with a rate of their own (food, books, …).
    """

    country: CountryCode
    region: str = ""
    category: str
    rate: Exact
    valid_from: date
    valid_to: date | None = None
    source: str = ""

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Exemption(Value):
    """A US exemption certificate of a customer for one state, valid on both days named."""

    customer_number: CustomerNumber
    region: str
    certificate: str
    valid_from: date
    valid_to: date


class TaxShare(Value):
    """One rate's share of an order. `category` is the UNCL 5305 code (S, AE, K, G, E, Z, O); `item_categories` are the
    tax categories of the lines in it, `lines` their numbers (either may be unknown); `reason_code` is its own VATEX code where
    shares of one order differ in it."""

    category: str
    rate: Exact
    base: Money
    tax: Money
    item_categories: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    reason_code: str = ""


class TaxResult(Value):
    """The tax of an order with its legal reason in words and, where EN 16931 has one, its VATEX code."""

    treatment: TaxTreatment
    shares: tuple[TaxShare, ...]
    total: Money
    reason: str
    reason_code: str = ""

    def share_of(self, line: int, item_category: str) -> TaxShare | None:
        """The share that a line is in: by its number, else by its tax category where no share says its lines, else the first.
        Two shares can be of one category: goods that the customer owes the tax for beside others at the same rate."""
        by_number = (share for share in self.shares if line in share.lines)
        by_category = (share for share in self.shares if not share.lines and item_category in share.item_categories)
        return next(chain(by_number, by_category, self.shares[:1]), None)
