"""Whether a document writes 1.234,50 or 1,234.50, and 3/4 as March or April: decided once, from what is unambiguous."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

DateOrder = Literal["dmy", "mdy"]

_MONTH_FIRST_COUNTRIES = frozenset({"US", "PH", "PR"})
_POINT_COUNTRIES = frozenset(
    ["US", "GB", "IE", "CA", "AU", "NZ", "MX", "IN", "CN", "JP", "SG", "CH", "LI", "IL", "TH", "HK", "PH"]
)
_COMMA_LANGUAGES = frozenset(["de", "fr", "es", "it", "nl", "pl", "pt", "da", "sv", "nb", "fi", "cs", "sk", "hu", "ro", "tr"])
_SPACES = "\u00a0\u2007\u2009\u202f"  # no-break and thin spaces group digits; a plain space may part two numbers
_NUMBER = re.compile(rf"(?<![\w.,'])\d[\d.,'’{_SPACES}]*\d(?![\w])")


def _unambiguous(group: str, sign: str) -> re.Pattern[str]:
    """Numbers that can only be meant one way: two groups, a group and decimals, or decimals that are not three."""
    grouped = rf"\d{{1,3}}(?:[{group}'’{_SPACES}]\d{{3}})+"
    return re.compile(
        rf"(?:{grouped}|\d+)[{sign}](?:\d{{1,2}}|\d{{4,5}})|\d{{1,3}}(?:[{group}]\d{{3}}){{2,}}|{grouped}[{sign}]\d+"
    )


_COMMA_DECIMAL, _POINT_DECIMAL = _unambiguous(".", ","), _unambiguous(",", ".")
_ZERO_COMMA = re.compile(r"0,\d{3}")
_ZERO_POINT = re.compile(r"0\.\d{3}")
_SLASHED_DATE = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\d/])")


#: "Stand 12.11.": a day without its year, or a number at a sentence's end.
_DAY_AND_MONTH = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """`decimal` is "." or ","; `date_order` is "dmy", "mdy", or None where 3/4/2026 could be either; `language` (ISO 639-1)
    is the document's, for units that two languages abbreviate alike. `serial_days`: where a day is wanted, a number of five
    digits counts the days since 1899-12-30, as sheets keep them (ECMA-376 part 1, 18.17.4)."""

    decimal: str = "."
    date_order: DateOrder | None = None
    language: str | None = None
    serial_days: bool = False

    def __hash__(self) -> int:
        """As cells are remembered by text and style, it is asked for each cell: two of its parts part what is read together."""
        return hash((self.decimal, self.date_order))


def number_style(texts: Iterable[str], *, language: str | None = None, country: str | None = None) -> NumberStyle:
    """The style of a document, from its texts; `language` (ISO 639-1) and `country` (ISO 3166-1) settle what they leave open."""
    decimals: Counter[str] = Counter()
    orders: Counter[DateOrder] = Counter()
    for text in texts:
        decimals.update(_decimal_signs(text))
        orders.update(_date_orders(text))
    return NumberStyle(_decimal(decimals, language, country), _date_order(orders, language, country), language)


def _decimal_signs(text: str) -> Iterable[str]:
    for found in _NUMBER.finditer(text[:20_000]):
        number = found.group().strip()
        if _SLASHED_DATE.fullmatch(number) or (_DAY_AND_MONTH.fullmatch(number) and text[found.end() : found.end() + 1] == "."):
            continue
        comma = bool(_COMMA_DECIMAL.fullmatch(number) or _ZERO_COMMA.fullmatch(number))
        point = bool(_POINT_DECIMAL.fullmatch(number) or _ZERO_POINT.fullmatch(number))
        if comma != point:
            yield "," if comma else "."


def _date_orders(text: str) -> Iterable[DateOrder]:
    for first, mark, second in _SLASHED_DATE.findall(text[:20_000]):
        if int(first) > 12 >= int(second) >= 1:
            yield "dmy"
        elif int(second) > 12 >= int(first) >= 1 and mark != ".":
            yield "mdy"


def _decimal(signs: Counter[str], language: str | None, country: str | None) -> str:
    if signs[","] != signs["."]:
        return "," if signs[","] > signs["."] else "."
    if country in _POINT_COUNTRIES:
        return "."
    if country is not None or language in _COMMA_LANGUAGES:
        return ","
    return "."


def _date_order(orders: Counter[DateOrder], language: str | None, country: str | None) -> DateOrder | None:
    # One slip of the pen must not turn a whole document: the larger party wins, a tie decides nothing.
    if orders["dmy"] != orders["mdy"]:
        return "dmy" if orders["dmy"] > orders["mdy"] else "mdy"
    if country in _MONTH_FIRST_COUNTRIES:
        return "mdy"
    if country is not None and country != "CA":
        return "dmy"
    return "dmy" if language is not None and language != "en" else None
