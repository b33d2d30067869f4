"""Rows that reckon the tax of an order, rate by rate, as bookkeeping programs print below the lines: "23% | 4.182,50 | 961,98 |
5.144,48", "w tym 2850,00 8 228,00 3078,00". They are no lines that were overlooked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import permutations

from parsers.page_text import Row
from parsers.values.numbers import NumberStyle, parse_number

_FIGURE = re.compile(r"[€$£]?\s?(?P<figure>\d[\d.,' \u00a0]*)\s?(?P<sign>[€$£%]|[A-Z]{3})?")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_MOST_WORDS, _MOST_FIGURES = 3, 8
#: Rates of tax on sales lie between two and twenty-eight percent.
_LEAST, _MOST = Decimal("0.019"), Decimal("0.285")
_HALF_A_CENT, _CENT = Decimal("0.006"), Decimal("0.011")
_STYLES = (NumberStyle("."), NumberStyle(","))


def reckons_tax(row: Row) -> bool:
    """Whether all figures of a row with hardly a word are an amount, its tax, both together and the tax's rate."""
    if sum(len(_WORDS.findall(phrase.text)) for phrase in row.phrases) > _MOST_WORDS:
        return False
    found = [match for phrase in row.phrases if (match := _FIGURE.fullmatch(phrase.text.strip()))]
    return 2 < len(found) <= _MOST_FIGURES and any(_reckons(found, style) for style in _STYLES)


def _reckons(found: Sequence[re.Match[str]], style: NumberStyle) -> bool:
    figures = {number for match in found if (number := parse_number(match["figure"].strip(), style)) is not None}
    signed = {number for match in found if match["sign"] == "%" and (number := parse_number(match["figure"].strip(), style))}
    for net, tax, gross in permutations(figures, 3):
        if _LEAST < tax / max(net, _CENT) < _MOST and abs(net + tax - gross) < _CENT:
            return all(_is_rate(rest, net, tax) for rest in figures - {net, tax, gross})
    return any(
        _is_rate(rate, net, tax) and figures == {net, tax, rate}
        for net, tax in permutations(figures - signed, 2)
        if _LEAST < tax / max(net, _CENT) < _MOST
        for rate in signed
    )


def _is_rate(figure: Decimal, net: Decimal, tax: Decimal) -> bool:
    return abs(net * figure / 100 - tax) <= _HALF_A_CENT + net * Decimal("0.0001")
