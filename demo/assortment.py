"""What the demo wholesaler asks for its articles and what it has of them: price lists, stock with bins, inbound supply."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from demo.accounts import Row
from demo.catalogue import Article, chance, rounded_price
from models.domain.values import plain

_PRICE_LISTS = {
    "STANDARD-EUR": ("EUR", Decimal("1.00")),
    "TRADE-EUR": ("EUR", Decimal("0.88")),
    "KEY-EUR": ("EUR", Decimal("0.80")),
    "US-USD": ("USD", Decimal("1.12")),
}
_BREAKS = ((10, Decimal("0.95")), (40, Decimal("0.91")))
# Share of articles that a warehouse keeps, and how many packs of them.
_KEEPS = {"WUP": (0.93, 8, 80), "RGB": (0.55, 4, 30), "ABE": (0.30, 4, 40)}


def prices(articles: list[Article]) -> list[Row]:
    """Every article on every list; quantity breaks for some off the public list; last year's prices on the trade list."""
    return [row for name in _PRICE_LISTS for article in articles for row in _list_prices(name, article)]


def _list_prices(name: str, article: Article) -> Iterator[Row]:
    price = article.list_price * _PRICE_LISTS[name][1]
    if name == "TRADE-EUR" and article.row["category"].startswith("Fasteners"):
        yield _price(name, article, price * Decimal("0.97")) | {"valid_from": "2025-01-01", "valid_to": "2025-12-31"}
    yield _price(name, article, price)
    if article.has_breaks and name != "STANDARD-EUR":
        for packs, share in _BREAKS:
            yield _price(name, article, price * share) | {"minimum_quantity": str(packs * article.pack_size)}


def _price(name: str, article: Article, price: Decimal) -> Row:
    return {
        "price_list": name,
        "sku": article.sku,
        "minimum_quantity": "1",
        "unit_price": plain(rounded_price(price)),
        "price_basis": article.row["price_basis"],
        "currency": _PRICE_LISTS[name][0],
        "valid_from": "2026-01-01",
        "valid_to": "",
    }


def stock(articles: list[Article], told: dict[str, Any]) -> list[Row]:
    """On-hand stock per warehouse. `told` fixes it for the articles that the sample inbox tells stories about."""
    return [row for article in articles for row in _article_stock(article, told.get(article.sku))]


def _article_stock(article: Article, told: dict[str, Any] | None) -> Iterator[Row]:
    on_hand = told["on_hand"] if told is not None else {code: str(_drawn_stock(article, code)) for code in _KEEPS}
    for warehouse, amount in on_hand.items():
        if amount != "0":
            yield {"warehouse": warehouse, "sku": article.sku, "bin": _bin(warehouse, article.sku), "on_hand": amount}


def _drawn_stock(article: Article, warehouse: str) -> int:
    luck = chance("stock", warehouse, article.sku)
    share, fewest, most = _KEEPS[warehouse]
    return luck.randint(fewest, most) * article.pack_size if luck.random() < share else 0


def _bin(warehouse: str, sku: str) -> str:
    luck = chance("bin", warehouse, sku)
    return f"{luck.choice('ABCDEFGH')}-{luck.randint(1, 24):02d}-{luck.randint(1, 40):02d}-{luck.randint(1, 5)}"


def inbound(articles: list[Article], told: dict[str, Any]) -> list[Row]:
    """Open supply: for what is told, for what no warehouse has, and for one article in twelve besides."""
    return [row for article in articles for row in _article_inbound(article, told.get(article.sku))]


def _article_inbound(article: Article, told: dict[str, Any] | None) -> list[Row]:
    luck = chance("inbound", article.sku)
    if told is not None:
        arrivals = [tuple(arrival) for arrival in told.get("inbound", [])]
    elif article.row["status"] == "active" and (
        luck.random() < 1 / 12 or not any(_drawn_stock(article, code) for code in _KEEPS)
    ):
        reference = f"BH-PO-26-{luck.randint(1000, 9999)}"
        arrivals = [("WUP", str(luck.randint(10, 60) * article.pack_size), str(luck.randint(5, 45)), reference)]
    else:
        arrivals = []
    return [
        {"warehouse": warehouse, "sku": article.sku, "quantity": quantity, "expected_in_days": days, "reference": reference}
        for warehouse, quantity, days, reference in arrivals
    ]
