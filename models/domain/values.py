"""The small values everything else is made of: decimals, money, quantities, dates and checked text.

Numbers are `Decimal` from the page to the wire. JSON numbers are refused for them, because a JSON reader may have
turned them into binary floats and lost digits before we see them.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetCoreSchemaHandler, PlainSerializer
from pydantic_core import CoreSchema, core_schema


class Value(BaseModel):
    """An immutable value: equal when its parts are equal, and refusing parts it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _exact(raw: object) -> object:
    if isinstance(raw, bool | int | float):
        raise ValueError('a JSON number loses digits here: send a decimal string such as "12.50"')
    if isinstance(raw, str):
        try:
            number = Decimal(raw)
        except InvalidOperation as error:
            raise ValueError(f"{raw!r} is not a decimal number: digits with '.' as the decimal sign, no grouping") from error
        return _finite(number)
    return _finite(raw) if isinstance(raw, Decimal) else raw


def _finite(number: Decimal) -> Decimal:
    if not number.is_finite() or abs(number.adjusted()) > 30:
        raise ValueError(f"{number} is outside what an order can state")
    return number


def plain(number: Decimal) -> str:
    """`number` in digits with '.' and without an exponent: `Decimal("1E+3")` is "1000", trailing zeros stay."""
    return f"{number:f}"


#: A decimal that is a string in JSON, in both directions.
Exact = Annotated[Decimal, BeforeValidator(_exact), PlainSerializer(plain, return_type=str, when_used="json")]


#: The largest quantity, price or price basis that an order line can state.
MOST = Decimal(10**9)


def exact(raw: str) -> Decimal:
    """`raw` as a decimal: plain digits with '.' as the decimal sign, no grouping, no exponent. Otherwise ValueError.

    At most twelve digits stand on either side: more is no amount of an order, and would cost digits when multiplied.
    """
    text = raw.strip()
    if not re.fullmatch(r"[+-]?[0-9]{1,12}(\.[0-9]{1,12})?", text):
        raise ValueError(f"{raw[:60]!r} is not a decimal number: digits with '.' as the decimal sign, no grouping")
    return Decimal(text)


def iso_date(raw: str) -> date:
    """`raw` as a calendar day written YYYY-MM-DD (ISO 8601). Otherwise ValueError."""
    text = raw.strip()
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(f"{raw[:60]!r} is not a date: write YYYY-MM-DD")
    return date.fromisoformat(text)


class CheckedText(str):
    """Text with a form. Subclasses override `checked` to normalise it or raise `ValueError` with the cause."""

    __slots__ = ()

    def __new__(cls, raw: str) -> Self:
        return super().__new__(cls, cls.checked(raw))

    @classmethod
    def checked(cls, raw: str) -> str:
        text = raw.strip()
        if not text:
            raise ValueError(f"a {cls.__name__} cannot be empty")
        return text

    @classmethod
    def parse(cls, raw: str | None) -> Self | None:
        """The value, or None where `raw` is missing or has not the form. For text that a document only claims."""
        try:
            return None if raw is None else cls(raw)
        except ValueError:
            return None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls, core_schema.str_schema())


class Currency(CheckedText):
    """An ISO 4217 code."""

    __slots__ = ()

    @classmethod
    def checked(cls, raw: str) -> str:
        code = super().checked(raw).upper()
        if len(code) != 3 or not code.isascii() or not code.isalpha():
            raise ValueError(f"{raw!r} is not an ISO 4217 currency code such as EUR")
        return code


#: ISO 4217's code where no currency is involved, or none is known.
NO_CURRENCY = Currency("XXX")


class CountryCode(CheckedText):
    """An ISO 3166-1 alpha-2 code."""

    __slots__ = ()

    @classmethod
    def checked(cls, raw: str) -> str:
        code = super().checked(raw).upper()
        if len(code) != 2 or not code.isascii() or not code.isalpha():
            raise ValueError(f"{raw!r} is not an ISO 3166-1 alpha-2 country code such as DE")
        return code


class UnitCode(CheckedText):
    """A UN/ECE Recommendation 20 or 21 code: C62 piece, BX box, KGM kilogram, MTR metre."""

    __slots__ = ()

    @classmethod
    def checked(cls, raw: str) -> str:
        code = super().checked(raw).upper()
        if not (1 <= len(code) <= 3 and code.isascii() and code.isalnum()):
            raise ValueError(f"{raw!r} is not a UN/ECE Rec 20 unit code such as C62")
        return code


PIECE = UnitCode("C62")


class Money(Value):
    """An amount in a currency. Arithmetic across currencies is a bug and raises."""

    amount: Exact
    currency: Currency

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(amount=self.amount + other.amount, currency=self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(amount=self.amount - other.amount, currency=self.currency)

    def __lt__(self, other: Money) -> bool:
        self._same(other)
        return self.amount < other.amount

    def __le__(self, other: Money) -> bool:
        return self == other or self < other

    def __str__(self) -> str:
        return f"{self.rounded().amount:,.2f} {self.currency}"

    def rounded(self, places: int = 2) -> Money:
        """Rounded half up, the commercial way."""
        return Money(amount=round_half_up(self.amount, places), currency=self.currency)

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise ValueError(f"cannot reckon {self.currency} with {other.currency}")

    @classmethod
    def zero(cls, currency: Currency) -> Money:
        return cls(amount=Decimal(0), currency=currency)


class Quantity(Value):
    """How much of something, in a unit."""

    amount: Exact
    unit: UnitCode

    def __str__(self) -> str:
        return f"{plain(self.amount)} {self.unit}"


class Percentage(Value):
    """A share in hundredths: `Percentage(points="2.5")` is 2.5 %."""

    points: Exact

    def __str__(self) -> str:
        return f"{plain(self.points)} %"


def round_half_up(amount: Decimal, places: int = 2) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
