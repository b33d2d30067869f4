"""How people of different countries write numbers, dates and units: for the sample documents alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

_MARKS = {"en": (",", "."), "de": (".", ","), "fr": ("\u00a0", ","), "it": (".", ","), "plain": ("", "."), "comma": ("", ",")}
_DATES = {"de": "%d.%m.%Y", "en": "%d %b %Y", "us": "%m/%d/%Y", "fr": "%d/%m/%Y", "iso": "%Y-%m-%d", "dash": "%d-%m-%Y"}
_UNITS = {
    "de": {"C62": "Stück", "PR": "Paar", "MTR": "m", "RO": "Rolle", "CT": "Karton", "BX": "Pack", "BG": "Beutel", "PK": "Pack"},
    "at": {"C62": "ST", "MTR": "M", "RO": "ROL", "CT": "KAR"},
    "en": {"C62": "pcs", "PR": "pair", "MTR": "m", "RO": "roll", "CT": "carton", "BX": "box", "BG": "bag", "PK": "pack"},
    "us": {"C62": "EA", "PR": "PR", "MTR": "M", "RO": "RL", "CT": "CT", "BX": "BX", "BG": "BG", "PK": "PK"},
    "fr": {"C62": "pièce", "PR": "paire", "MTR": "m", "RO": "rouleau", "CT": "carton", "BX": "boîte"},
    "it": {"C62": "PZ", "PR": "PAIO", "MTR": "M", "RO": "RO", "CT": "CRT"},
    "pl": {"C62": "szt.", "PR": "para", "MTR": "m", "RO": "rolka", "CT": "karton"},
}


def number(value: Decimal, language: str, places: int | None = None) -> str:
    """`value` with the language's marks; without `places` as many decimals as it has."""
    thousands, mark = _MARKS[language]
    text = f"{value:,f}" if places is None else f"{value:,.{places}f}"
    return text.replace(",", "\0").replace(".", mark).replace("\0", thousands)


def price(value: Decimal, language: str) -> str:
    """A unit price with at least two decimals."""
    exponent = value.normalize().as_tuple().exponent
    return number(value, language, max(2, -exponent if isinstance(exponent, int) else 0))


def day(iso: str, style: str) -> str:
    """An ISO date as the style writes it."""
    return date.fromisoformat(iso).strftime(_DATES[style])


def unit(code: str, language: str) -> str:
    """A unit's word or local code."""
    return _UNITS[language].get(code, code)
