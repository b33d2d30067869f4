"""Invented customers and their orders in the making: what histories are drawn from."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import exp
from typing import Literal

from models.domain.customer_history import PastOrder
from models.domain.identifiers import Sku
from models.domain.party import Address, Customer
from models.domain.values import CountryCode, Currency, Money

EUR = Currency("EUR")
COUNTRIES = ("DE", "FR", "NL", "IT", "PL", "US")


@dataclass(frozen=True, slots=True)
class InventedGoods:
    sku: Sku
    usual: int
    pack: int
    price: Decimal
    in_packs: bool


@dataclass(slots=True)
class Buyer:
    """A customer's habits, and what the books hold of their past."""

    customer: Customer
    goods: Sequence[InventedGoods]
    swing: float
    gap: float
    first_day: int
    channel: Literal["smtp", "folder"]
    senders: list[str]
    checks_fail: float
    asks_longer: bool
    abroad: str
    past: deque[PastOrder] = field(default_factory=lambda: deque(maxlen=200))
    last: Draft | None = None


@dataclass(slots=True)
class Draft:
    """An order being drawn: goods with the number ordered and whether in packs, and its circumstances."""

    lines: list[tuple[InventedGoods, int, bool]]
    sender: str
    days_to_delivery: int | None
    failed: tuple[str, ...] = ()
    reply_to: str = ""
    imitates: str = ""
    new_place: Address | None = None
    undercut: float = 0.0
    longer_terms: bool = False
    incoterm: bool = False
    goes_abroad: bool = False


def line_of(draw: random.Random, goods: InventedGoods, scale: float) -> tuple[InventedGoods, int, bool]:
    base = max(goods.usual * scale * exp(draw.gauss(0, 0.35)), 1)
    return (goods, max(round(base / goods.pack), 1), True) if goods.in_packs else (goods, round(base), False)


def place_of(name: str, country: str) -> Address:
    return Address(name=name, street="1 Works Road", postal_code="10000", city="Anytown", country=CountryCode(country))


def money_of(amount: Decimal) -> Money:
    return Money.model_construct(amount=amount, currency=EUR)
