"""Numbers, currencies and number words as documents write them, read under one style for the whole document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from models.domain.values import Currency
from parsers.lexicon import folded, terms, words_file
from parsers.values.dates import parse_date
from parsers.values.number_style import NumberStyle, number_style

__all__ = ["NumberStyle", "currency_of", "number_in_words", "number_style", "parse_date", "parse_number"]

_CODES = frozenset(
    [
        *("AED", "ARS", "AUD", "BAM", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR", "GBP", "HKD"),
        *("HRK", "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KES", "KRW", "KWD", "MAD", "MXN", "MYR", "NGN", "NOK", "NZD", "PEN"),
        *("PHP", "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB", "TND", "TRY", "TWD", "UAH", "USD", "UYU"),
        *("VND", "ZAR"),
    ]
)
_SIGNS = {
    "us$": "USD", "ca$": "CAD", "c$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "r$": "BRL",
    "€": "EUR", "£": "GBP", "zł": "PLN", "zl": "PLN", "kč": "CZK", "₹": "INR", "rs": "INR", "rs.": "INR", "rupees": "INR",
    "₺": "TRY", "euro": "EUR", "euros": "EUR",
    "sfr": "CHF", "fr.": "CHF", "dollars us": "USD", "us dollar": "USD", "us dollars": "USD",
    "pound sterling": "GBP", "pounds sterling": "GBP", "swiss francs": "CHF", "schweizer franken": "CHF",
}  # fmt: skip
_RAND = re.compile(r"R\s?\d[\d ,.\u00a0]{0,15}[.,]\d{2}")  # South Africa's
_NOT_ONLY_FIGURES = re.compile(r"[^\d\s.,+-]")
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_CURRENCY_MARK = re.compile(
    r"^(?:us|ca|c|a|au|nz|hk|s|r)?\$|\$$|[€£¥₹₺]|^rs\.?(?=[\s\d])|^@|^r\s?(?=\d[\d ,.]{0,15}[.,]\d{2}$)|"
    + r"(?<![a-z])(?:"
    + "|".join(sorted(_CODES))
    + r"|zł|kč|kr\.?|fr\.|sfr\.?|euros?)(?![a-z])",
    re.IGNORECASE,
)


def _form(group: str, sign: str) -> re.Pattern[str]:
    grouped = "|".join(rf"[1-9]\d{{0,2}}(?:[{mark}]\d{{3}})+" for mark in (group, "'’", " "))
    indian = r"|[1-9]\d?(?:,\d{2})+,\d{3}(?=\.\d)" if group == "," else ""  # lakhs and crores: 12,34,567.00
    return re.compile(rf"(?:{grouped}{indian}|\d+)?(?:[{sign}]\d*)?")


_POINT, _COMMA = _form(",", "."), _form(".", ",")
_MOST_DIGITS = 25
_PLAIN_POINT, _PLAIN_COMMA = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12})?"), re.compile(r"[0-9]{1,12}(?:,[0-9]{1,12})?")


@lru_cache(maxsize=32_768)
def parse_number(text: str, style: NumberStyle) -> Decimal | None:
    """The number that is all of `text`, digits as stated ("400.0000" stays so); None for what is no number under `style`.

    Currency marks and a percent sign may stand beside it; "12-", "(12)" and "12 CR" are negative. A number that cannot be
    written in `style` but only in the other ("1,234.50" in a document of commas) is read in the other.
    """
    if (_PLAIN_POINT if style.decimal == "." else _PLAIN_COMMA).fullmatch(text):
        return Decimal(text.replace(",", "."))
    body, negative = _unsigned(text)
    if not body or len(body) > 2 * _MOST_DIGITS:
        return None
    point_first = style.decimal == "."
    for decimal in (".", ",") if point_first else (",", "."):
        digits = _digits(body, decimal)
        if digits is not None:
            return -Decimal(digits) if negative else Decimal(digits)
    return None


def _unsigned(text: str) -> tuple[str, bool]:
    body = _SPACES.sub(" ", text).strip()
    body = _CURRENCY_MARK.sub("", body).strip().removesuffix("%").strip()
    body = re.sub(r"[.,][-–—]+$", "", body)
    if re.fullmatch(r"\(.*\)", body):
        return _CURRENCY_MARK.sub("", body[1:-1].strip()).strip(), True
    if match := re.fullmatch(r"(.*\d)\s*CR\.?", body, re.IGNORECASE):
        return match.group(1), True
    if body[:1] in "-−–+" and body[:1]:
        return _CURRENCY_MARK.sub("", body[1:].strip()).strip(), body[0] != "+"
    if body[-1:] in "-−" and body[-1:] and not body[-2:-1].isspace():  # after a blank a dash goes on with other words
        return body[:-1].strip(), True
    return body, False


def _digits(body: str, decimal: str) -> str | None:
    form = _POINT if decimal == "." else _COMMA
    if not form.fullmatch(body) or not any(sign.isdigit() for sign in body) or (not body.isascii() and "’" not in body):
        return None
    grouping = "," if decimal == "." else "."
    digits = re.sub(rf"[{grouping}'’ ]", "", body).replace(",", ".").rstrip(".")
    digits = f"0{digits}" if digits.startswith(".") else digits
    return digits if digits and len(digits) <= _MOST_DIGITS else None


def currency_of(text: str) -> Currency | None:
    """The currency that `text` names: a code, "€", "£", "zł", "US$". A bare "$" or "kr" names none: a country must settle it."""
    if not _NOT_ONLY_FIGURES.search(text):
        return None
    for word in re.findall(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])", text):
        if word in _CODES:
            return Currency(word)
    lowered = _SPACES.sub(" ", text.casefold()).strip(" .:")
    if lowered.upper() in _CODES:
        return Currency(lowered.upper())
    for sign, code in _SIGNS.items():
        if sign == lowered or (not sign.isalpha() and sign in lowered and not _within_word(sign, lowered)):
            return Currency(code)
    if _RAND.fullmatch(text.strip()):
        return Currency("ZAR")
    return Currency("PLN") if re.search(r"\d\s*zł", lowered) else None


def _within_word(sign: str, text: str) -> bool:
    place = text.index(sign)
    return sign[0].isalpha() and place > 0 and text[place - 1].isalpha()


class _Word(NamedTuple):
    number: Decimal
    multiplies: bool


@cache
def _number_words(language: str) -> Mapping[str, _Word]:
    listed = words_file("numbers.yaml")
    languages = [language] if language in listed else list(listed)
    words: dict[str, _Word] = {}
    for code in languages:
        for term in terms(listed[code]):
            word, _, number = term.partition("=")
            number = number.strip()
            words.setdefault(folded(word.strip()), _Word(Decimal(number.lstrip("*")), number.startswith("*")))
    return words


_JOINTS = frozenset({"and", "und", "et", "y", "e", "en", "de", "di", "of", "i"})


def number_in_words(text: str, language: str | None = None) -> Decimal | None:
    """The number that `text` spells out: "two dozen" is 24, "zwanzig" 20, "une douzaine de" 12, "half a dozen" 6; else None."""
    words = _number_words(language or "")
    if half := _AND_HALF.fullmatch(folded(text).strip()):
        return _and_half(half[1], words)
    spelt = [word for word in re.findall(r"[^\W\d_]+", folded(text)) if word not in _JOINTS]
    found = [_joined(word, words) for word in spelt]
    if not spelt or len(spelt) > 8 or None in found:
        return None
    total = _summed([word for word in found if word is not None])
    return Decimal(f"{total.normalize():f}") if total else None


#: "docena y media", "two and a half", "anderthalb" is a word of its own.
_AND_HALF = re.compile(
    r"(.*\S)\s+(?:and a half|und ein halbe[sr]?|et demie?|y medi[ao]|e mezz[ao]|en een hal(?:f|ve)|i pol(?:owa)?)"
    r"(?:\s+(?:de|di|of))?"
)


def _and_half(text: str, words: Mapping[str, _Word]) -> Decimal | None:
    """A number and half of what was counted: a dozen and a half is 18, two and a half 2.5."""
    whole = _spelt(text, words)
    last = words.get(re.findall(r"[^\W\d_]+", text)[-1])
    return None if whole is None else whole + (last.number / 2 if last is not None and last.multiplies else Decimal("0.5"))


def _spelt(text: str, words: Mapping[str, _Word]) -> Decimal | None:
    """The number that folded `text` spells in `words`."""
    found = [_joined(word, words) for word in re.findall(r"[^\W\d_]+", text) if word not in _JOINTS]
    return _summed([word for word in found if word is not None]) if found and None not in found else None


def _summed(words: list[_Word]) -> Decimal:
    total, group = Decimal(0), Decimal(0)
    for number, multiplies in words:
        if number >= 1000:
            total, group = total + (group or 1) * number, Decimal(0)
        elif multiplies or group == Decimal("0.5") or (group == 4 and number == 20):  # half a dozen; quatre-vingt
            group = (group or 1) * number
        elif number == Decimal("0.5") and group:
            group *= number
        else:
            group += number
    return total + group


def _joined(word: str, words: Mapping[str, _Word]) -> _Word | None:
    """A number word, or several in one as German, Dutch and Italian write them: "einundzwanzig", "zweihundert"."""
    if word in words:
        return words[word]
    for link in ("und", "en"):
        ones, found, tens = word.partition(link)
        if found and ones in words and tens in words and words[ones].number < 10 <= words[tens].number:
            return _Word(words[ones].number + words[tens].number, multiplies=False)
    for hundred in ("hundert", "honderd", "cento", "tausend", "duizend", "mila"):
        count, found, rest = word.partition(hundred)
        if found and (not count or count in words) and (rest or count):
            times = words[count].number if count else Decimal(1)
            tail = _joined(rest, words) if rest else _Word(Decimal(0), multiplies=False)
            if tail is not None and hundred in words:
                return _Word(times * words[hundred].number + tail.number, multiplies=False)
    return None
