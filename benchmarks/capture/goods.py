"""Ten invented trades and what is bought in them, in seven languages. No goods of a real maker."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pl")


@dataclass(frozen=True, slots=True)
class Good:
    """A kind of goods: `names` by language, the sizes it comes in, its unit (Rec 20) and a price range in cents per unit."""

    names: dict[str, str]
    sizes: tuple[str, ...]
    unit: str
    cheapest: int
    dearest: int


TRADES = (
    "fasteners", "electrical", "plumbing", "workwear", "office", "packaging", "food", "chemicals", "medical", "machinery",
)  # fmt: skip


def goods_of(trade: str) -> tuple[Good, ...]:
    """The goods of one of `TRADES`."""
    return tuple(_good(line) for line in _listed()[trade])


@cache
def _listed() -> dict[str, list[str]]:
    listed: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("goods.yaml").read_text(encoding="utf-8"))
    return listed


def _good(line: str) -> Good:
    unit, prices, sizes, names = line.split("|")
    cheapest, dearest = prices.split("-")
    return Good(dict(zip(LANGUAGES, names.split(";"), strict=True)), tuple(sizes.split(";")), unit, int(cheapest), int(dearest))
