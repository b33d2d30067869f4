"""How a buyer writes: labels, numbers, days and units in one language and one country's style, alike all through a document."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_POINT = frozenset({"GB", "IE", "US", "CH"})
_GROUPS = {"GB": ",", "IE": ",", "US": ",", "CH": "'", "FR": "\u00a0", "PL": " ", "BE": "."}
_DAYS = {
    "US": ("%m/%d/%Y", "%m/%d/%y", "%b %d, %Y", "%d-%b-%Y"),
    "GB": ("%d/%m/%Y", "%d %b %Y", "%d-%b-%y", "%d %B %Y"),
    "IE": ("%d/%m/%Y", "%d %b %Y"),
    "NL": ("%d-%m-%Y", "%d-%m-%y"),
    "FR": ("%d/%m/%Y", "%d/%m/%y"),
    "ES": ("%d/%m/%Y", "%d-%m-%Y"),
    "IT": ("%d/%m/%Y", "%d.%m.%Y"),
    "PL": ("%d.%m.%Y", "%Y-%m-%d"),
    "BE": ("%d/%m/%Y",),
}


@cache
def _wording() -> dict[str, dict[str, Any]]:
    listed: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("wording.yaml").read_text(encoding="utf-8"))
    return listed


class Voice:
    """One writer's manner. Every label and unit is drawn once and then kept."""

    def __init__(self, language: str, country: str, draw: random.Random) -> None:
        self.language = language
        self.country = country
        self._draw = draw
        self._day = draw.choice(
            (*_DAYS.get(country, ("%d.%m.%Y", "%d.%m.%y")), "%Y-%m-%d" if draw.random() < 0.3 else "%d.%m.%Y")
        )
        if country in ("US", "GB", "IE") and self._day == "%d.%m.%Y":
            self._day = _DAYS[country][0]
        self._kept: dict[str, str] = {}

    def label(self, name: str, *values: object) -> str:
        """What this writer calls `name`, one of wording.yaml's."""
        if name not in self._kept:
            self._kept[name] = self._draw.choice([each.strip() for each in _wording()[name][self.language].split(";")])
        return self._kept[name].format(*values) if values else self._kept[name]

    def unit(self, code: str) -> str:
        """The word or code for a unit of UN/ECE Rec 20."""
        if code not in self._kept:
            self._kept[code] = self._draw.choice([each.strip() for each in _wording()["units"][code][self.language].split(";")])
        return self._kept[code]

    def number(self, value: Decimal, places: int | None = None) -> str:
        """`value` grouped as the country does; without `places` with as many decimals as it has."""
        plain = value.normalize()
        exponent = plain.as_tuple().exponent
        digits = max(0, -exponent if isinstance(exponent, int) else 0) if places is None else places
        whole, _, decimals = f"{value:,.{digits}f}".partition(".")
        group = _GROUPS.get(self.country, ".")
        sign = "." if self.country in _POINT else ","
        return whole.replace(",", group) + (f"{sign}{decimals}" if decimals else "")

    def money(self, value: Decimal) -> str:
        """An amount with two decimals."""
        return self.number(value, 2)

    def price(self, value: Decimal) -> str:
        """A unit price: two decimals, or as many as it has."""
        exponent = value.normalize().as_tuple().exponent
        return self.number(value, max(2, -exponent if isinstance(exponent, int) else 0))

    def day(self, day: date) -> str:
        """A day as this writer writes it."""
        return day.strftime(self._day)
