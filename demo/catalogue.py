"""The demo wholesaler's articles: families in `sources/catalogue/*.yaml`, every combination of their axes an article.

A family's texts are templates over its axes. An axis value is one text, or `[code, en, de, fr, price factor]`; an axis's
`price` and `weight` multiply step by step along it, its `pack` gives a pack size for each value.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import yaml

from models.domain.identifiers import gs1_check_digit
from models.domain.values import plain, round_half_up

SOURCES = Path(__file__).parent / "sources"
SEED = "orderwright-demo-1"
GS1_PREFIX = "4012345"


def chance(*key: object) -> Random:
    """Randomness that belongs to one thing, so that adding an article changes no other."""
    return Random(":".join([SEED, *map(str, key)]))


def load_yaml(name: str) -> Any:
    """A source file with every scalar as text: 3.50 must stay 3.50."""
    return yaml.load((SOURCES / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@dataclass(frozen=True)
class AxisValue:
    """One value of an axis: how it stands in the SKU and in each language, and what it does to price, weight and pack."""

    code: str
    texts: Mapping[str, str]
    price: Decimal
    weight: Decimal
    pack_size: Decimal | None


@dataclass(frozen=True)
class Article:
    """An article as `items.csv` has it, and what its prices and stock are made from."""

    row: dict[str, str]
    family: str
    conversions: tuple[tuple[str, str], ...]
    has_breaks: bool

    @property
    def sku(self) -> str:
        return self.row["sku"]

    @property
    def pack_size(self) -> int:
        return int(self.row["pack_size"])

    @property
    def list_price(self) -> Decimal:
        return Decimal(self.row["list_price"])


def _axis_values(axis: Mapping[str, Any]) -> list[AxisValue]:
    packs = axis.get("pack")
    return [_axis_value(raw, axis, step, Decimal(packs[step]) if packs else None) for step, raw in enumerate(axis["of"])]


def _axis_value(raw: str | list[str], axis: Mapping[str, Any], step: int, pack_size: Decimal | None) -> AxisValue:
    price = Decimal(axis.get("price", "1")) ** step
    weight = Decimal(axis.get("weight", "1")) ** step
    if isinstance(raw, str):
        with_comma = re.sub(r"(?<=\d)\.(?=\d)", ",", raw)
        texts = {"en": raw, "de": with_comma, "fr": with_comma}
        return AxisValue(raw, texts, price, weight, pack_size)
    code, en, de, fr, *factor = raw
    own = Decimal(factor[0]) if factor else Decimal(1)
    return AxisValue(code, {"en": en, "de": de, "fr": fr}, price * own, weight, pack_size)


def _texts(family: Mapping[str, Any], chosen: Mapping[str, AxisValue]) -> dict[str, str]:
    filled = {language: {name: value.texts[language] for name, value in chosen.items()} for language in ("en", "de", "fr")}
    return {language: family[language].format(**filled[language]) if language in family else "" for language in filled}


def _packaging(family: Mapping[str, Any], chosen: Mapping[str, AxisValue]) -> tuple[str, int, int]:
    """Pack unit, base units in a pack, and the multiple in which base units are sold."""
    by_axis = [value.pack_size for value in chosen.values() if value.pack_size is not None]
    pack_size = int(by_axis[0]) if by_axis else int(family.get("pack_size", "1"))
    sold_by_pack = family["basis"] != "1"
    multiple = int(family.get("multiple", pack_size if sold_by_pack else 1))
    return family.get("pack", family.get("unit", "C62")), pack_size, multiple


def _conversions(family: Mapping[str, Any], pack_unit: str, pack_size: int) -> tuple[tuple[str, str], ...]:
    units = {pack_unit: str(pack_size)} if pack_unit != family.get("unit", "C62") else {}
    if "carton" in family:
        units["CT"] = str(pack_size * int(family["carton"]))
    return tuple((units | family.get("also", {})).items())


def _dimensions(family: Mapping[str, Any], chosen: Mapping[str, AxisValue]) -> dict[str, str]:
    sizes = [chosen[size].code if size in chosen else size for size in family["dims"]]
    return dict(zip(("length_mm", "width_mm", "height_mm"), sizes, strict=True))


def _product(factors: Iterator[Decimal], start: str) -> Decimal:
    result = Decimal(start)
    for factor in factors:
        result *= factor
    return result


def rounded_price(price: Decimal) -> Decimal:
    """Two decimals, below one up to four: what price lists print."""
    in_cents = round_half_up(price, 2)
    return in_cents if price >= 1 or in_cents == round_half_up(price, 4) else round_half_up(price, 4)


def _gtin(number: int, *, carton: bool) -> str:
    body = f"{GS1_PREFIX}{number:05d}"
    body = f"1{body}" if carton else body
    return body + str(gs1_check_digit(body))


def _article(family: Mapping[str, Any], chosen: Mapping[str, AxisValue], number: int) -> Article:
    texts = _texts(family, chosen)
    pack_unit, pack_size, multiple = _packaging(family, chosen)
    weight = _product((value.weight for value in chosen.values()), family["weight"])
    price = rounded_price(_product((value.price for value in chosen.values()), family["price"]))
    maker_code = "".join(word[0] for word in re.findall(r"\w+", family["maker"])).upper()
    row = {
        "sku": family["sku"].format(**{name: value.code for name, value in chosen.items()}),
        "gtin": _gtin(number, carton="gtin14" in family),
        "manufacturer": family["maker"],
        "mpn": f"{maker_code}{100000 + number * 7}",
        "description": texts["en"],
        "description_de": texts["de"],
        "description_fr": texts["fr"],
        "category": family["category"],
        "base_unit": family.get("unit", "C62"),
        "pack_unit": pack_unit,
        "pack_size": str(pack_size),
        "order_multiple": str(multiple),
        "minimum_quantity": str(multiple),
        "weight_kg": plain(max(round_half_up(weight, 4), Decimal("0.0001"))),
        **_dimensions(family, chosen),
        "tax_category": family.get("tax", "standard"),
        "list_price": plain(price),
        "price_basis": family["basis"],
        "currency": "EUR",
        "status": "active",
        "successor": "",
    }
    return Article(row, family["family"], _conversions(family, pack_unit, pack_size), "breaks" in family)


def _family_articles(family: Mapping[str, Any], first_number: int) -> list[Article]:
    names = list(family["axes"])
    combinations = itertools.product(*(_axis_values(family["axes"][name]) for name in names))
    return [
        _article(family, dict(zip(names, values, strict=True)), first_number + place) for place, values in enumerate(combinations)
    ]


def _retire_some(articles: list[Article]) -> None:
    """One in fifty is discontinued, with the next one of its family as successor where there is one."""
    for article, following in itertools.pairwise(articles):
        if chance("discontinued", article.sku).random() < 0.02:
            article.row["status"] = "discontinued"
            article.row["successor"] = following.sku if following.family == article.family else ""
    by_sku = {article.sku: article for article in articles}
    for article in articles:
        while article.row["successor"] and by_sku[article.row["successor"]].row["status"] == "discontinued":
            article.row["successor"] = by_sku[article.row["successor"]].row["successor"]


def all_articles() -> list[Article]:
    """Every article, in the order of the source files; GTINs number through them."""
    articles: list[Article] = []
    for path in sorted((SOURCES / "catalogue").glob("*.yaml")):
        for family in load_yaml(f"catalogue/{path.name}"):
            articles += _family_articles(family, first_number=1000 + len(articles))
    _retire_some(articles)
    return articles
