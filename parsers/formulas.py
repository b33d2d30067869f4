"""Formulas of a workbook that no program has reckoned: sums, products and the few functions that order forms are made of.

What cannot be reckoned (an unknown function, a circle, a text where a number must stand) has no result, and is left empty.
Steps are bounded over all formulas together, depth by formula.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Context, Decimal, DecimalException

_DIGITS = Context(prec=15)  # as many as a workbook keeps
_MOST_STEPS, _DEEPEST = 2_000_000, 60
_LONGEST, _MOST_CELLS = 2_000, 100_000
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d{1,2})?|\.\d+)|(?P<text>\"(?:[^\"]|\"\")*\")"
    r"|(?P<range>(?:(?:'[^']+'|\w+)!)?\$?[A-Z]{1,3}\$?\d{1,7}:\$?[A-Z]{1,3}\$?\d{1,7})"
    r"|(?P<cell>(?:(?:'[^']+'|\w+)!)?\$?[A-Z]{1,3}\$?\d{1,7}(?![\w(]))"
    r"|(?P<name>[A-Z][A-Z.]*)(?=\()|(?P<sign><=|>=|<>|[-+*/^&=<>%(),;]))"
)
_PLACE = re.compile(r"(?:(?P<sheet>'[^']+'|\w+)!)?\$?(?P<column>[A-Z]{1,3})\$?(?P<row>\d{1,7})")

Value = Decimal | str | bool | None
#: (sheet, row, column), counted from 0.
Place = tuple[str, int, int]


class _Unreckonable(Exception):
    """A formula that is not understood or has no result."""


class Sheets:
    """The cells of a workbook with what its formulas come to. `values` are the rows by sheet, `formulas` the formulas that
    have no result yet, without "="."""

    def __init__(self, values: Mapping[str, Sequence[Sequence[object]]], formulas: Mapping[Place, str]) -> None:
        self._values, self._formulas = values, formulas
        self._known: dict[Place, Value] = {}
        self._open: set[Place] = set()
        self._steps = 0

    def results(self) -> Iterator[tuple[Place, Value]]:
        """What each formula comes to; None for what cannot be reckoned."""
        for place in self._formulas:
            yield place, self.value(place)

    def value(self, place: Place) -> Value:
        """What stands in a cell, reckoned if need be; None where it is empty or has no result."""
        if place not in self._formulas:
            return self._stated(place)
        if place not in self._known:
            self._known[place] = self._reckoned(place)
        return self._known[place]

    def _stated(self, place: Place) -> Value:
        sheet, row, column = place
        rows = self._values.get(sheet, ())
        value = rows[row][column] if row < len(rows) and column < len(rows[row]) else None
        if isinstance(value, bool | str) or value is None:
            return value
        return Decimal(format(value, ".15g")) if isinstance(value, int | float) else None

    def _reckoned(self, place: Place) -> Value:
        if place in self._open or len(self._open) >= _DEEPEST:
            return None
        self._open.add(place)
        try:
            return _Formula(self._formulas[place][:_LONGEST], place[0], self).result()
        except (_Unreckonable, DecimalException, RecursionError):
            return None
        finally:
            self._open.discard(place)

    def step(self, count: int = 1) -> None:
        """Counts work; too much of it ends all reckoning."""
        self._steps += count
        if self._steps > _MOST_STEPS:
            raise _Unreckonable

    def area(self, text: str, sheet: str) -> list[Value]:
        """The values of a range, row by row."""
        first, _, last = text.rpartition(":")
        own, top, left = place_of(first, sheet)
        _, bottom, right = place_of(last, sheet)
        rows, columns = range(top, bottom + 1), range(left, right + 1)
        if len(rows) * len(columns) > _MOST_CELLS:
            raise _Unreckonable
        self.step(len(rows) * len(columns))
        return [self.needed((own, row, column)) for row in rows for column in columns]

    def needed(self, place: Place) -> Value:
        """As `value`, for a formula that builds on it: it has no result where this one has none."""
        value = self.value(place)
        if value is None and place in self._formulas:
            raise _Unreckonable
        return value


def place_of(text: str, sheet: str) -> Place:
    """The place that "B7", "$B$7" or "'Sheet 2'!B7" names; `sheet` is the one where nothing else is said."""
    match = _PLACE.fullmatch(text)
    if match is None:
        raise _Unreckonable
    column = 0
    for letter in match["column"]:
        column = column * 26 + ord(letter) - 64
    return (match["sheet"] or sheet).strip("'"), int(match["row"]) - 1, column - 1


class _Formula:
    """One formula, read from left to right; each method takes what binds as tightly as its name says."""

    def __init__(self, text: str, sheet: str, sheets: Sheets) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0
        self._depth = 0
        self._sheet, self._sheets = sheet, sheets

    def result(self) -> Value:
        value = self._compared()
        if self._at < len(self._tokens):
            raise _Unreckonable
        return value

    def _sign(self, *wanted: str) -> str | None:
        if self._at < len(self._tokens) and self._tokens[self._at] in [("sign", sign) for sign in wanted]:
            self._at += 1
            return self._tokens[self._at - 1][1]
        return None

    def _compared(self) -> Value:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Unreckonable
        left = self._added()
        while sign := self._sign("=", "<>", "<=", ">=", "<", ">"):
            left = _comparison(sign, left, self._added())
        self._depth -= 1
        return left

    def _added(self) -> Value:
        left = self._multiplied()
        while sign := self._sign("+", "-", "&"):
            right = self._multiplied()
            if sign == "&":
                left = f"{_text(left)}{_text(right)}"
            else:
                left = _DIGITS.add(_number(left), _number(right) if sign == "+" else -_number(right))
        return left

    def _multiplied(self) -> Value:
        left = self._raised()
        while sign := self._sign("*", "/"):
            right = _number(self._raised())
            if sign == "/" and right == 0:
                raise _Unreckonable
            left = _DIGITS.multiply(_number(left), right) if sign == "*" else _DIGITS.divide(_number(left), right)
        return left

    def _raised(self) -> Value:
        left = self._signed()
        while self._sign("^"):
            power = _number(self._signed())
            if abs(power) > 20:
                raise _Unreckonable
            left = _DIGITS.power(_number(left), power)
        return left

    def _signed(self) -> Value:
        if sign := self._sign("-", "+"):
            value = _number(self._signed())
            return -value if sign == "-" else value
        single = self._single()
        while self._sign("%"):
            single = _number(single) / 100
        return single

    def _single(self) -> Value:
        self._sheets.step()
        if self._sign("("):
            value = self._compared()
            self._closed()
            return value
        if self._at >= len(self._tokens):
            raise _Unreckonable
        kind, text = self._tokens[self._at]
        self._at += 1
        match kind:
            case "number":
                return Decimal(text)
            case "text":
                return text[1:-1].replace('""', '"')
            case "cell":
                return self._sheets.needed(place_of(text, self._sheet))
            case "name":
                return self._call(text)
        raise _Unreckonable

    def _closed(self) -> None:
        if not self._sign(")"):
            raise _Unreckonable

    def _call(self, name: str) -> Value:
        self._sign("(")
        arguments: list[list[Value]] = []
        while not self._sign(")"):
            arguments.append(self._argument())
            if not self._sign(",", ";"):
                self._closed()
                break
        function = _FUNCTIONS.get(name)
        if function is None:
            raise _Unreckonable
        return function(arguments)

    def _argument(self) -> list[Value]:
        if self._at < len(self._tokens) and self._tokens[self._at][0] == "range":
            self._at += 1
            return self._sheets.area(self._tokens[self._at - 1][1], self._sheet)
        return [self._compared()]


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    text = text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise _Unreckonable
        yield match.lastgroup, match[match.lastgroup]
        at = match.end()


def _number(value: Value) -> Decimal:
    if value is None or value == "":
        return Decimal(0)
    if isinstance(value, Decimal):
        return value
    raise _Unreckonable


def _text(value: Value) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value or "")


def _comparison(sign: str, left: Value, right: Value) -> bool:
    if isinstance(left, str) or isinstance(right, str):
        same = _text(left).casefold() == _text(right).casefold()
        if sign not in ("=", "<>"):
            raise _Unreckonable
        return same if sign == "=" else not same
    one, other = _number(left), _number(right)
    return {"=": one == other, "<>": one != other, "<": one < other, ">": one > other, "<=": one <= other, ">=": one >= other}[
        sign
    ]


def _numbers(arguments: Sequence[Sequence[Value]]) -> list[Decimal]:
    return [value for argument in arguments for value in argument if isinstance(value, Decimal)]


def _sum(arguments: Sequence[Sequence[Value]]) -> Value:
    return sum(_numbers(arguments), Decimal(0))


def _product(arguments: Sequence[Sequence[Value]]) -> Value:
    whole = Decimal(1)
    for number in _numbers(arguments):
        whole = _DIGITS.multiply(whole, number)
    return whole


def _sum_of_products(arguments: Sequence[Sequence[Value]]) -> Value:
    if not arguments or len({len(argument) for argument in arguments}) > 1:
        raise _Unreckonable
    whole = Decimal(0)
    for row in zip(*arguments, strict=True):
        product = _product([row])
        if isinstance(product, Decimal) and all(isinstance(value, Decimal) for value in row):
            whole += product
    return whole


def _rounded(arguments: Sequence[Sequence[Value]]) -> Value:
    number = _number(arguments[0][0])
    places = int(_number(arguments[1][0])) if len(arguments) > 1 else 0
    if abs(places) > 12:
        raise _Unreckonable
    return number.quantize(Decimal(1).scaleb(-places), "ROUND_HALF_UP")


def _chosen(arguments: Sequence[Sequence[Value]]) -> Value:
    condition = arguments[0][0]
    is_true = condition if isinstance(condition, bool) else _number(condition) != 0
    place = 1 if is_true else 2
    return arguments[place][0] if place < len(arguments) else None


_FUNCTIONS: Mapping[str, Callable[[Sequence[Sequence[Value]]], Value]] = {
    "SUM": _sum,
    "PRODUCT": _product,
    "SUMPRODUCT": _sum_of_products,
    "ROUND": _rounded,
    "IF": _chosen,
    "MAX": lambda arguments: max(_numbers(arguments), default=Decimal(0)),
    "MIN": lambda arguments: min(_numbers(arguments), default=Decimal(0)),
    "ABS": lambda arguments: abs(_number(arguments[0][0])),
    "COUNT": lambda arguments: Decimal(len(_numbers(arguments))),
}
