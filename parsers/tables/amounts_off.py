"""Discounts that a line states as an amount of money: the percentage that they come to, where the line's total proves it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from models.domain.values import round_half_up
from parsers.values.cells import price_cell
from parsers.values.numbers import NumberStyle

#: The cells of a line that a discount is proven by, in the order that `share_of_amount` takes them.
WITH_DISCOUNT = ("discount_percent", "quantity", "unit_price", "line_total")
_CENT = Decimal("0.01")


def share_of_amount(texts: Iterable[str], style: NumberStyle) -> Decimal | None:
    """The percentage (0 to 100, two decimals) that a discount stated as an amount comes to: "185.00" of 400 at 9.25 with a total
    of 3,515.00 is 5. `texts` are the cells of `WITH_DISCOUNT`. None where the total is not reached by taking the amount off, is
    reached by taking off as many percent, or the amount comes to no round percentage."""
    stated, *rest = texts
    taken, quantity, price, total = (cell.number if (cell := price_cell(each, style)) else None for each in (stated, *rest))
    if "%" in stated or not taken or not quantity or not price or total is None:
        return None
    gross = quantity * price
    share = round_half_up(taken / gross * 100) if gross > 0 else Decimal(0)
    if abs(gross - taken - total) > _CENT or abs(gross * (1 - taken / 100) - total) <= _CENT:
        return None
    return share if share and abs(gross * (1 - share / 100) - total) <= _CENT else None
