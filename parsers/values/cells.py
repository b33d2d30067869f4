"""What one cell of an order's table says: a quantity glued to its unit, a price with its basis, a share, a plain text."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from models.contracts.extraction_v1 import StatedValue, read_value
from models.domain.document import TextBox
from models.domain.identifiers import Gtin
from models.domain.values import Currency, UnitCode, plain
from parsers.values.numbers import NumberStyle, currency_of, parse_date, parse_number
from parsers.values.units import unit_code

CLEAN = 0.97
_LONGEST_VALUE = 20_000
_NUMBER = r"[-−(]?\s?[$€£]?\s?\d[\d.,'’\u00a0\u2009\u202f ]*\d-?\)?|\d-?"
_NUMBER_THEN_UNIT = re.compile(rf"({_NUMBER})\s*[/x×]?\s*([^\W\d].*)?")
#: "2 boxes of 25", "3 Kartons à 12", "5 colli da 6": what each of them holds is no matter of the order.
_NUMBER_OF_PACKS = re.compile(
    rf"({_NUMBER})\s*([^\W\d][^\d]*?)\s+(?:of|à|á|a|je|zu|de|da|di|van|po|with|mit|avec|con|met|z)\s+\d.*", re.IGNORECASE
)
_UNIT_THEN_NUMBER = re.compile(rf"([^\W\d][^\d]*?)\.?\s+({_NUMBER})")
_PRICE = re.compile(
    r"(?P<price>[^/]*?\d[^/]*?)\s*(?:/|\bper\b|\bje\b|\bpro\b|\bpar\b|\bles\b|\bpor\b|\bza\b|\bp\.)\s*"
    r"(?P<basis>\d[\d.,'’ ]*)?\s*(?P<unit>[^\W\d].*)?",
    re.IGNORECASE,
)
#: "186,00 100 kg": a price with decimals beside the column of what it is for.
_PRICE_BESIDE_BASIS = re.compile(r"(?P<price>\d[\d.,'’]*[.,]\d{2,5})\s+(?P<basis>1|10|100|1[.,']?000)\s+(?P<unit>[^\W\d]\S*)")
#: Discounts after one another: "40+10+5", "40 + 10 %", "10-5-2".
_SHARE_STEP = r"\d{1,2}(?:[.,]\d{1,3})?"
_CHAINED = re.compile(rf"{_SHARE_STEP}(?:\s*[+]\s*{_SHARE_STEP}){{1,4}}|{_SHARE_STEP}(?:\s*-\s*{_SHARE_STEP}){{2,4}}")
_CHAIN = re.compile(r"\s*[+-]\s*")
_STOCK_NUMBER = re.compile(r"\d{4}-\d{2}-\d{3}-\d{4}")  # STANAG 3150
_HUNDREDS = {"C": Decimal(100), "M": Decimal(1000)}  # ASC X12 basis words of the American trade: per 100, per 1,000


class QuantityCell(NamedTuple):
    number: Decimal
    unit: UnitCode | None


class PriceCell(NamedTuple):
    number: Decimal
    currency: Currency | None
    basis: Decimal | None
    unit: UnitCode | None


@lru_cache(maxsize=131_072)
def clean_text(text: str) -> str:
    """`text` with one space for every gap in it: asked of the same cell by whoever looks at its row."""
    return " ".join(text.split())


#: A word that a line's end breaks at its hyphen; "Stand- und" is none.
_BROKEN = re.compile(r"[^\W_]-\s*$")
_AND = re.compile(r"(?:und|oder|bzw|and|or|to|et|ou|y|o|e|en|of|i|lub|bis)\b", re.IGNORECASE)


def is_broken(text: str, rest: str) -> bool:
    """Whether `text` breaks at a hyphen and goes on in `rest`: "cat. AD-" and "100-25"."""
    return _BROKEN.search(text) is not None and rest[:1].isalnum() and _AND.match(rest) is None


def stated(text: str, boxes: tuple[TextBox, ...] | list[TextBox], confidence: float = CLEAN) -> StatedValue | None:
    """`text` as a stated value with the evidence of `boxes`, as sure as `confidence` times the least sure of them."""
    clean = clean_text(text)[:_LONGEST_VALUE]
    if not clean:
        return None
    if not clean.isascii():
        clean = clean.encode("utf-8", "replace").decode()  # half a character, which no JSON can carry
    if len(boxes) == 1:
        return read_value(clean, round(confidence * boxes[0].confidence, 4), boxes[0].places)
    least = min((box.confidence for box in boxes), default=1.0)
    return read_value(clean, round(confidence * least, 4), tuple(place for box in boxes for place in box.places))


def stated_number(number: Decimal, box: TextBox, confidence: float = CLEAN) -> StatedValue | None:
    return stated(plain(number), [box], confidence)


#: "12 (EA)", as networks print it.
_BRACKETED_UNIT = re.compile(r"^(\d[\d.,' ]{0,20}?)\s?\(([^\W\d]{1,12}\.?)\)$")


def _without_brackets(text: str, style: NumberStyle) -> str:
    """ "12 (EA)" as "12 EA"; other texts stay."""
    match = _BRACKETED_UNIT.match(text)
    return f"{match[1]} {match[2]}" if match and unit_code(match[2], style.language) and not currency_of(match[2]) else text


#: "N° 1" numbers something, but in Italian it counts.
_NUMBER_SIGN = re.compile(r"n[°º]\.?|[#№]", re.IGNORECASE)


@lru_cache(maxsize=65_536)
def quantity_cell(text: str, style: NumberStyle) -> QuantityCell | None:
    """A quantity, with its unit where that is glued to it: "400/EA", "12 Stk.", "EA 400", "12 (EA)", "1.200"."""
    text = _without_brackets(" ".join(text.split()), style)
    if not text or len(text) > 60:
        return None
    number = parse_number(text, style)
    if number is not None:
        return QuantityCell(number, None)
    if match := _NUMBER_THEN_UNIT.fullmatch(text):
        number, unit = parse_number(match[1], style), unit_code(match[2] or "", style.language)
        if unit is None and (packed := _NUMBER_OF_PACKS.fullmatch(text)):
            number, unit = parse_number(packed[1], style), unit_code(packed[2], style.language)
        return QuantityCell(number, unit) if number is not None and unit is not None else None
    if (match := _UNIT_THEN_NUMBER.fullmatch(text)) and (style.language == "it" or not _NUMBER_SIGN.fullmatch(match[1])):
        number, unit = parse_number(match[2], style), unit_code(match[1], style.language)
        return QuantityCell(number, unit) if number is not None and unit is not None else None
    return None


@lru_cache(maxsize=65_536)
def price_cell(text: str, style: NumberStyle) -> PriceCell | None:
    """A price with what stands beside it: "2.15 USD", "2,150.00/1,000", "12,50 € / 100 Stk", "2.15/EA", "7.20/C"."""
    text = " ".join(text.split()).removesuffix("/").rstrip()  # "735,20 /" before a column of what it is for
    if not text or len(text) > 60 or _without_brackets(text, style) != text:
        return None  # "2,500 (EA)" counts
    number = parse_number(text, style)
    if number is not None:
        return PriceCell(number, currency_of(text), None, None)
    if match := _PRICE.fullmatch(text) or _PRICE_BESIDE_BASIS.fullmatch(text):
        number = parse_number(match["price"], style)
        basis, unit = basis_cell(" ".join(filter(None, (match["basis"], match["unit"]))), style)
        if number is not None and (basis is not None or unit is not None):
            return PriceCell(number, currency_of(match["price"]), basis, unit)
    bare = re.sub(r"\b[A-Z]{3}\b|[$€£]", lambda found: "" if currency_of(found[0]) or found[0] == "$" else found[0], text)
    glued = quantity_cell(bare, style)
    return PriceCell(glued.number, currency_of(text), None, glued.unit) if glued is not None else None


def basis_cell(text: str, style: NumberStyle) -> tuple[Decimal | None, UnitCode | None]:
    """What a price is for: "100", "1 EA", "1,000", "C" (a hundred), "M" (a thousand), "EA" (no number stated)."""
    text = text.strip()
    if text in _HUNDREDS:
        return _HUNDREDS[text], None
    glued = quantity_cell(text, style)
    if glued is not None:
        return (glued.number, glued.unit) if glued.number > 0 else (None, glued.unit)
    return None, unit_code(text, style.language)


def discount_cell(text: str, style: NumberStyle) -> Decimal | None:
    """A discount in percent: "5%", "-5 %", "5,0"; "40+10" takes ten of what forty leave. None for what cannot be a share."""
    bare = text.replace("%", " ").strip(" -−")
    steps = _CHAIN.split(bare) if _CHAINED.fullmatch(bare) else [bare]
    shares = [number for step in steps if (number := parse_number(step.strip(), style)) is not None and abs(number) <= 100]
    if len(shares) != len(steps):
        return None
    left = Decimal(1)
    for share in shares:
        left *= 1 - abs(share) / 100
    return abs(shares[0]) if len(shares) == 1 else (100 * (1 - left)).normalize()


@lru_cache(maxsize=65_536)
def date_cell(text: str, style: NumberStyle, reference: date | None = None) -> date | None:
    """A day; a delivery window is its first day's date where both ends are the same or a time follows."""
    return parse_date(" ".join(text.split()), style, reference=reference)


def gtin_of(text: str) -> Gtin | None:
    """A GTIN with a right check digit, as it is or glued to nothing but spaces and dashes; no NATO stock number."""
    return None if _STOCK_NUMBER.fullmatch(text.strip()) else Gtin.parse(text)
