"""Misread figures of order lines: the one reading near what was read that makes quantity × price the line total.

A figure is only changed where no other change explains the line as simply. Its evidence stays as it was read, it is believed
less than a clean reading, and the change is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from models.contracts.extraction_v1 import OrderLineV1, Problem, PurchaseOrderV1, StatedValue
from models.domain.findings import Severity
from models.domain.values import plain

#: How surely a changed figure is read before arithmetic raises it.
CHANGED = 0.65
FIGURES = ("quantity", "unit_price", "line_total")
_CENT = Decimal("0.01")
_MOST_COST = 3
#: Digits that engines take for one another, in small or worn type.
_LIKE = {"0": "689", "1": "74", "2": "7", "3": "89", "4": "19", "5": "683", "6": "580", "7": "12", "8": "3609", "9": "8403"}


class Candidate(NamedTuple):
    """What a figure may be in truth, and how far from what was read: 0 as read, 1 by another look or a lost sign, 2 by shape."""

    number: Decimal
    cost: int


Seconds = Mapping[str, Sequence[Decimal]]


def comes_out(line: OrderLineV1) -> bool | None:
    """Whether the line's quantity × price ÷ basis, less its discount, is its total; None where one of them is missing."""
    numbers = [_number(getattr(line, name)) for name in FIGURES]
    if any(number is None for number in numbers):
        return None
    quantity, price, total = (number for number in numbers if number is not None)
    return _multiplies(line, quantity, price, total)


def settled_figures(order: PurchaseOrderV1, seconds: Seconds) -> tuple[PurchaseOrderV1, tuple[Problem, ...]]:
    """The order with figures that arithmetic alone could mean, and what was changed.

    `seconds` are the numbers that another look at a figure gave, by its path ("lines[0].unit_price", "total_net").
    """
    problems: list[Problem] = []
    lines = tuple(_settled(line, f"lines[{place}]", seconds, problems) for place, line in enumerate(order.lines))
    order = order.model_copy(update={"lines": lines})
    return _with_total(order, seconds, problems), tuple(problems)


def _settled(line: OrderLineV1, path: str, seconds: Seconds, problems: list[Problem]) -> OrderLineV1:
    if comes_out(line) is not False:
        return line
    read = [getattr(line, name) for name in FIGURES]
    choices = [
        list(_candidates(value, seconds.get(f"{path}.{name}", ()), may_lack_sign=name != "quantity"))
        for name, value in zip(FIGURES, read, strict=True)
    ]
    found = [each for each in product(*choices) if _cost(each) <= _MOST_COST and _multiplies(line, *(one.number for one in each))]
    least = min(map(_cost, found), default=0)
    cheapest = {tuple(one.number for one in each) for each in found if _cost(each) == least}
    if len(cheapest) != 1:
        return line
    changes = {}
    for name, value, number in zip(FIGURES, read, cheapest.pop(), strict=True):
        if number != Decimal(value.value):
            changes[name] = changed(value, number)
            problems.append(_told(f"{path}.{name}", value, number, "quantity times price is the line total"))
    return line.model_copy(update=changes)


def _cost(each: Sequence[Candidate]) -> int:
    return sum(candidate.cost for candidate in each)


def _candidates(value: StatedValue, seconds: Sequence[Decimal], *, may_lack_sign: bool = True) -> Iterator[Candidate]:
    """What the figure may be, each number once and at its least cost. A quantity a hundred or a thousand times too large does not
    lack a sign: its price is one for so many, and that was not read."""
    number = Decimal(value.value)
    seen = {number}
    yield Candidate(number, 0)
    signs = [sign for sign in _lost_signs(value.value) if may_lack_sign or sign > number]
    ways = [(seconds, 1), (signs, 1), (list(_look_alikes(value.value)), 2)]
    for numbers, cost in ways:
        for other in numbers:
            if other > 0 and other not in seen:
                seen.add(other)
                yield Candidate(other, cost)


def _lost_signs(text: str) -> Iterator[Decimal]:
    """A decimal sign that was not seen (725 for 7.25), or one that groups thousands (1.250 for 1,250)."""
    if "." not in text and len(text) >= 3:
        yield from (Decimal(text).scaleb(-places) for places in (2, 3, 4) if len(text) > places)
    elif "." in text and len(text.rpartition(".")[2]) == 3:
        yield Decimal(text.replace(".", ""))


def _look_alikes(text: str) -> Iterator[Decimal]:
    """One digit for another like it, a drawn rule at either end taken for a 1, or a lost decimal place."""
    for place, digit in enumerate(text):
        for other in _LIKE.get(digit, ""):
            yield Decimal(text[:place] + other + text[place + 1 :])
    if len(text) > 1 and text[0] == "1" and text[1].isdecimal():
        yield Decimal(text[1:])
    if len(text) > 1 and text[-1] == "1" and text[-2].isdecimal():
        yield Decimal(text[:-1])


def _multiplies(line: OrderLineV1, quantity: Decimal, price: Decimal, total: Decimal) -> bool:
    gross = quantity * price / (_number(line.price_basis_quantity) or Decimal(1))
    discount = _number(line.discount_percent)
    nets = [gross] if discount is None else [gross * (1 - discount / 100), gross]
    return any(abs(net - total) <= _CENT / 2 for net in nets)


def _with_total(order: PurchaseOrderV1, seconds: Seconds, problems: list[Problem]) -> PurchaseOrderV1:
    """The net total, where every line comes out and their sum is a near reading of it."""
    if order.total_net is None or not order.lines or not all(comes_out(line) for line in order.lines):
        return order
    whole = sum((Decimal(line.line_total.value) for line in order.lines if line.line_total), Decimal(0))
    near = {candidate.number for candidate in _candidates(order.total_net, seconds.get("total_net", ()))}
    if Decimal(order.total_net.value) == whole or whole not in near:
        return order
    problems.append(_told("total_net", order.total_net, whole, "it is the sum of the lines"))
    return order.model_copy(update={"total_net": changed(order.total_net, whole)})


def changed(value: StatedValue, number: Decimal) -> StatedValue:
    """The figure as `number`, with the evidence of what was read."""
    return value.model_copy(update={"value": plain(number), "confidence": min(value.confidence, CHANGED)})


def _told(path: str, value: StatedValue, number: Decimal, proof: str) -> Problem:
    message = f"{path} was read as {value.value}, and is {plain(number)}: only so {proof}"
    return Problem(code="reading_corrected", severity=Severity.INFO, field=path, message=message)


def _number(value: StatedValue | None) -> Decimal | None:
    return Decimal(value.value) if value is not None else None
