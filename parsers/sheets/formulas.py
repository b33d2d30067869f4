"""Formulas of a workbook that no program has reckoned: sums, products and the few functions that order forms are made of.

What cannot be reckoned (an unknown function, a circle, a text where a number must stand) has no result, and is left empty.
Steps are bounded over all formulas together, depth by formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, DecimalException

from parsers.sheets.formula_functions import (
    DIGITS,
    FUNCTIONS,
    Area,
    Failed,
    Unreckonable,
    Value,
    comparison,
    is_true,
    number_of,
    text_of,
)

_MOST_STEPS, _DEEPEST = 2_000_000, 60
_LONGEST, _MOST_CELLS = 2_000, 100_000
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d{1,2})?|\.\d+)|(?P<text>\"(?:[^\"]|\"\")*\")"
    r"|(?P<range>(?:(?:'[^']+'|\w+)!)?\$?[A-Z]{1,3}(?:\$?\d{1,7}:\$?[A-Z]{1,3}\$?\d{1,7}|:\$?[A-Z]{1,3}(?![\w(])))"
    r"|(?P<cell>(?:(?:'[^']+'|\w+)!)?\$?[A-Z]{1,3}\$?\d{1,7}(?![\w(]))"
    r"|(?P<truth>(?:TRUE|FALSE)(?![\w(]))|(?P<name>(?:_xlfn\.)?[A-Z][A-Z.]*)(?=\()|(?P<sign><=|>=|<>|[-+*/^&=<>%(),;]))"
)
_PLACE = re.compile(r"(?:(?P<sheet>'[^']+'|\w+)!)?\$?(?P<column>[A-Z]{1,3})\$?(?P<row>\d{1,7})")

#: (sheet, row, column), counted from 0.
Place = tuple[str, int, int]


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
        except (Unreckonable, DecimalException, RecursionError):
            return None
        finally:
            self._open.discard(place)

    def step(self, count: int = 1) -> None:
        """Counts work; too much of it ends all reckoning."""
        self._steps += count
        if self._steps > _MOST_STEPS:
            raise Unreckonable

    def area(self, text: str, sheet: str) -> Area:
        """The values of a range, row by row; one of whole columns ends with the sheet."""
        first, _, last = text.rpartition(":")
        if not last[-1].isdecimal():
            named = first.rpartition("!")[0].strip("'") or sheet
            first, last = f"{first}1", f"{last}{max(1, len(self._values.get(named, ())))}"
        own, top, left = place_of(first, sheet)
        _, bottom, right = place_of(last, sheet)
        rows, columns = range(top, bottom + 1), range(left, right + 1)
        if len(rows) * len(columns) > _MOST_CELLS:
            raise Unreckonable
        self.step(len(rows) * len(columns))
        return Area([self.needed((own, row, column)) for row in rows for column in columns], len(columns))

    def needed(self, place: Place) -> Value:
        """As `value`, for a formula that builds on it: it has no result where this one has none."""
        value = self.value(place)
        if value is None and place in self._formulas:
            raise Unreckonable
        return value


def place_of(text: str, sheet: str) -> Place:
    """The place that "B7", "$B$7" or "'Sheet 2'!B7" names; `sheet` is the one where nothing else is said."""
    match = _PLACE.fullmatch(text)
    if match is None:
        raise Unreckonable
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
            raise Unreckonable
        return value

    def _sign(self, *wanted: str) -> str | None:
        if self._at < len(self._tokens) and self._tokens[self._at] in [("sign", sign) for sign in wanted]:
            self._at += 1
            return self._tokens[self._at - 1][1]
        return None

    def _compared(self) -> Value:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unreckonable
        left = self._added()
        while sign := self._sign("=", "<>", "<=", ">=", "<", ">"):
            left = comparison(sign, left, self._added())
        self._depth -= 1
        return left

    def _added(self) -> Value:
        left = self._multiplied()
        while sign := self._sign("+", "-", "&"):
            right = self._multiplied()
            if sign == "&":
                left = f"{text_of(left)}{text_of(right)}"
            else:
                left = DIGITS.add(number_of(left), number_of(right) if sign == "+" else -number_of(right))
        return left

    def _multiplied(self) -> Value:
        left = self._raised()
        while sign := self._sign("*", "/"):
            right = number_of(self._raised())
            if sign == "/" and right == 0:
                raise Failed
            left = DIGITS.multiply(number_of(left), right) if sign == "*" else DIGITS.divide(number_of(left), right)
        return left

    def _raised(self) -> Value:
        left = self._signed()
        while self._sign("^"):
            power = number_of(self._signed())
            if abs(power) > 20:
                raise Unreckonable
            left = DIGITS.power(number_of(left), power)
        return left

    def _signed(self) -> Value:
        if sign := self._sign("-", "+"):
            value = number_of(self._signed())
            return -value if sign == "-" else value
        single = self._single()
        while self._sign("%"):
            single = number_of(single) / 100
        return single

    def _single(self) -> Value:
        self._sheets.step()
        if self._sign("("):
            value = self._compared()
            self._closed()
            return value
        if self._at >= len(self._tokens):
            raise Unreckonable
        kind, text = self._tokens[self._at]
        self._at += 1
        match kind:
            case "number":
                return Decimal(text)
            case "text":
                return text[1:-1].replace('""', '"')
            case "cell":
                return self._sheets.needed(place_of(text, self._sheet))
            case "truth":
                return text == "TRUE"
            case "name":
                return self._call(text.removeprefix("_xlfn."))
        raise Unreckonable

    def _closed(self) -> None:
        if not self._sign(")"):
            raise Unreckonable

    def _call(self, name: str) -> Value:
        self._sign("(")
        if name in ("IFERROR", "IFNA"):
            return self._unless_failed()
        if name == "IF":
            return self._chosen()
        arguments: list[Area] = []
        while not self._sign(")"):
            arguments.append(self._argument())
            if not self._sign(",", ";"):
                self._closed()
                break
        function = FUNCTIONS.get(name)
        if function is None:
            raise Unreckonable
        self._sheets.step(sum(len(argument.values) for argument in arguments))
        try:
            return function(arguments)
        except (IndexError, TypeError) as error:
            raise Unreckonable from error  # fewer arguments than the function has, or of other kinds

    def _chosen(self) -> Value:
        """What the condition chooses; the other argument is not reckoned, for it may well have no result."""
        wanted = 1 if is_true(self._compared()) else 2
        value: Value = None
        for place in (1, 2):
            if self._sign(",", ";"):
                end = self._end_of_argument(self._at)
                if place == wanted and self._at < end:
                    value = self._compared()
                else:
                    self._at = end
        self._closed()
        return value

    def _unless_failed(self) -> Value:
        """What the first argument comes to, or the second where that has an error. What cannot be reckoned is neither."""
        start, depth = self._at, self._depth
        end = self._end_of_argument(start)
        try:
            value: Value = self._compared()
        except Failed:
            self._at, self._depth = end + 1, depth
            value = self._compared()
        else:
            self._at = self._end_of_argument(end + 1)
        self._closed()
        return value

    def _end_of_argument(self, at: int) -> int:
        """The place of the comma or bracket that ends the argument that begins at a token."""
        depth = 0
        for place in range(at, len(self._tokens)):
            kind, text = self._tokens[place]
            if kind == "sign" and depth == 0 and text in ",;)":
                return place
            depth += {"(": 1, ")": -1}.get(text, 0) if kind == "sign" else 0
        raise Unreckonable

    def _argument(self) -> Area:
        if self._at < len(self._tokens) and self._tokens[self._at][0] == "range":
            self._at += 1
            return self._sheets.area(self._tokens[self._at - 1][1], self._sheet)
        if self._at < len(self._tokens) and self._tokens[self._at] in (("sign", ","), ("sign", ";"), ("sign", ")")):
            return Area([None], 1)  # left empty
        return Area([self._compared()], 1)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    text = text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise Unreckonable
        yield match.lastgroup, match[match.lastgroup]
        at = match.end()
