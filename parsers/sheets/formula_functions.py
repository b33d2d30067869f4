"""The functions of a workbook that order forms are made of, over values and areas of cells (ISO/IEC 29500-1, 18.17.7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Context, Decimal

DIGITS = Context(prec=15)  # as many as a workbook keeps
_MOST_PLACES, _LONGEST_TEXT = 12, 2_000

Value = Decimal | str | bool | None


class Unreckonable(Exception):
    """A formula that is not understood or has no result."""


class Failed(Unreckonable):
    """A formula whose result is an error in any program, for which a form may state another value: nothing found, a division by
    nothing."""


@dataclass(frozen=True, slots=True)
class Area:
    """The values of a range row by row, each row of `width`; a single value is an area of one cell."""

    values: Sequence[Value]
    width: int

    @property
    def first(self) -> Value:
        return self.values[0]

    def rows(self) -> list[Sequence[Value]]:
        return [self.values[at : at + self.width] for at in range(0, len(self.values), self.width)]


def number_of(value: Value) -> Decimal:
    """The number that a value is where one must stand."""
    if value is None or value == "":
        return Decimal(0)
    if isinstance(value, Decimal):
        return value
    raise Failed if isinstance(value, str) else Unreckonable


def text_of(value: Value) -> str:
    """What a value is as text."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value or "")


def comparison(sign: str, left: Value, right: Value) -> bool:
    """Whether `left` stands to `right` as the sign says; texts are compared without their case, and only for being the same."""
    if isinstance(left, str) or isinstance(right, str):
        if sign not in ("=", "<>"):
            raise Unreckonable
        return _same(left, right) if sign == "=" else not _same(left, right)
    one, other = number_of(left), number_of(right)
    return {"=": one == other, "<>": one != other, "<": one < other, ">": one > other, "<=": one <= other, ">=": one >= other}[
        sign
    ]


def _same(left: Value, right: Value) -> bool:
    if isinstance(left, str) or isinstance(right, str):
        return text_of(left).casefold() == text_of(right).casefold()
    return left == right


def _numbers(arguments: Sequence[Area]) -> list[Decimal]:
    return [value for argument in arguments for value in argument.values if isinstance(value, Decimal)]


def _sum(arguments: Sequence[Area]) -> Value:
    return sum(_numbers(arguments), Decimal(0))


def _product(arguments: Sequence[Area]) -> Decimal:
    whole = Decimal(1)
    for number in _numbers(arguments):
        whole = DIGITS.multiply(whole, number)
    return whole


def _sum_of_products(arguments: Sequence[Area]) -> Value:
    if not arguments or len({len(argument.values) for argument in arguments}) > 1:
        raise Unreckonable
    rows = zip(*(argument.values for argument in arguments), strict=True)
    whole = (_product([Area(row, len(row))]) for row in rows if all(isinstance(value, Decimal) for value in row))
    return sum(whole, Decimal(0))


def _average(arguments: Sequence[Area]) -> Value:
    numbers = _numbers(arguments)
    if not numbers:
        raise Failed
    return DIGITS.divide(sum(numbers, Decimal(0)), Decimal(len(numbers)))


def _rounded(rounding: str) -> Callable[[Sequence[Area]], Value]:
    def reckoned(arguments: Sequence[Area]) -> Value:
        places = int(number_of(arguments[1].first)) if len(arguments) > 1 else 0
        if abs(places) > _MOST_PLACES:
            raise Unreckonable
        return number_of(arguments[0].first).quantize(Decimal(1).scaleb(-places), rounding)

    return reckoned


def _ceiling(arguments: Sequence[Area]) -> Value:
    """The next multiple: so many pieces as fill whole packs."""
    number, step = (number_of(argument.first) for argument in arguments)
    if step <= 0:
        raise Unreckonable
    return DIGITS.divide(number, step).to_integral_value("ROUND_CEILING") * step


def is_true(value: Value) -> bool:
    """Whether a condition holds."""
    return value if isinstance(value, bool) else number_of(value) != 0


def _found_at(wanted: Value, among: Sequence[Value], *, exactly: bool) -> int:
    """Where a value stands; where it need not stand there exactly, the last number of a rising list that is not greater."""
    for place, value in enumerate(among):
        if value is not None and _same(value, wanted):
            return place
    if exactly or not isinstance(wanted, Decimal):
        raise Failed
    smaller = [place for place, value in enumerate(among) if isinstance(value, Decimal) and value <= wanted]
    if not smaller:
        raise Failed
    return smaller[-1]


def _looked_up(arguments: Sequence[Area]) -> Value:
    wanted, area, column = arguments[0].first, arguments[1], int(number_of(arguments[2].first))
    if not 1 <= column <= area.width:
        raise Failed
    rows = area.rows()
    exactly = len(arguments) > 3 and not is_true(arguments[3].first)
    return rows[_found_at(wanted, [row[0] for row in rows], exactly=exactly)][column - 1]


def _matched(arguments: Sequence[Area]) -> Value:
    exactly = len(arguments) > 2 and number_of(arguments[2].first) == 0
    return Decimal(1 + _found_at(arguments[0].first, arguments[1].values, exactly=exactly))


def _indexed(arguments: Sequence[Area]) -> Value:
    area, row = arguments[0], int(number_of(arguments[1].first))
    column = int(number_of(arguments[2].first)) if len(arguments) > 2 else 1
    if area.width == len(area.values) and len(arguments) == 2:
        row, column = 1, row  # of a single row the place alone is told
    if not (1 <= column <= area.width and 1 <= row <= len(area.values) // area.width):
        raise Failed
    return area.values[(row - 1) * area.width + column - 1]


def _looked_across(arguments: Sequence[Area]) -> Value:
    wanted, keys, results = arguments[:3]
    if len(arguments) > 4 or len(keys.values) != len(results.values):
        raise Unreckonable
    try:
        return results.values[_found_at(wanted.first, keys.values, exactly=True)]
    except Failed:
        if len(arguments) < 4:
            raise
        return arguments[3].first


def _sum_where(arguments: Sequence[Area]) -> Value:
    among, wanted = arguments[0], arguments[1].first
    added = arguments[2] if len(arguments) > 2 else among
    if len(added.values) != len(among.values) or _is_condition(wanted):
        raise Unreckonable
    pairs = zip(among.values, added.values, strict=True)
    return sum((value for key, value in pairs if isinstance(value, Decimal) and _same(key, wanted)), Decimal(0))


def _is_condition(wanted: Value) -> bool:
    """ ">5" or "A*", which say more than a value."""
    return isinstance(wanted, str) and (wanted[:1] in "<>=" or any(sign in wanted for sign in "*?"))


def _joined(arguments: Sequence[Area]) -> Value:
    return "".join(text_of(value) for argument in arguments for value in argument.values)[:_LONGEST_TEXT]


FUNCTIONS: Mapping[str, Callable[[Sequence[Area]], Value]] = {
    "SUM": _sum,
    "PRODUCT": _product,
    "SUMPRODUCT": _sum_of_products,
    "SUMIF": _sum_where,
    "AVERAGE": _average,
    "ROUND": _rounded(ROUND_HALF_UP),
    "ROUNDUP": _rounded(ROUND_UP),
    "ROUNDDOWN": _rounded(ROUND_DOWN),
    "CEILING": _ceiling,
    "AND": lambda arguments: all(is_true(value) for argument in arguments for value in argument.values),
    "OR": lambda arguments: any(is_true(value) for argument in arguments for value in argument.values),
    "NOT": lambda arguments: not is_true(arguments[0].first),
    "ISBLANK": lambda arguments: arguments[0].first is None,
    "VLOOKUP": _looked_up,
    "XLOOKUP": _looked_across,
    "INDEX": _indexed,
    "MATCH": _matched,
    "CONCATENATE": _joined,
    "CONCAT": _joined,
    "TRIM": lambda arguments: " ".join(text_of(arguments[0].first).split()),
    "MAX": lambda arguments: max(_numbers(arguments), default=Decimal(0)),
    "MIN": lambda arguments: min(_numbers(arguments), default=Decimal(0)),
    "ABS": lambda arguments: abs(number_of(arguments[0].first)),
    "COUNT": lambda arguments: Decimal(len(_numbers(arguments))),
}
