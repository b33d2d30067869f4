"""The package's lists of words: their files, and how words are compared whatever their case, accents and letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from importlib import resources
from typing import Any, NamedTuple

import yaml

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i"})
#: Stands for "#" while YAML reads, which would take the rest of a line for a comment.
_NUMBER_SIGN = "\ue000"
#: The loader in C is ten times as fast, which every start of a reader feels; builds of PyYAML without it have the other.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SIGN_OF_NUMBER = re.compile(r"(?<!^)(?<!  )#", re.MULTILINE)

#: How a label of an amount says that tax is not in it, or is.
_TAX = r"(?:ust|mwst|vat|tax(?:es)?|tva|iva|btw|vat-u|gst)"
WITHOUT_TAX = re.compile(
    rf"(?:\b(?:ohne|exkl\.?|excl\.?|excluding|without|before|zzgl\.?|zuz[üu]gl\.?|hors|sin|senza|bez|exclusief)\s+|\bs\s?/\s?){_TAX}\b\.?"
    rf"|\b{_TAX}\s+(?:esclus[ao]|non inclus[ea]?)\b",
    re.IGNORECASE,
)
WITH_TAX = re.compile(
    rf"(?:\b(?:inkl\.?|incl\.?|including|with|inclusief|inc\.?|con|avec|z|einschl\.?)\s+|\bc\s?/\s?){_TAX}\b\.?"
    rf"|\b{_TAX}\s+(?:inclus[aeo]|incluido)\b|\bttc\b",
    re.IGNORECASE,
)


class Meaning(NamedTuple):
    """What a label stands for, and how far it is believed: 1 for a label of its own, 0.5 for one such as "Date"."""

    name: str
    strength: float


def folded(text: str) -> str:
    """`text` without case, accents and typographic variants: "Stück" is "stuck", "№ 4" is "no 4"."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def words_file(name: str) -> Any:
    """One of the package's word files, parsed. A comment takes a line or stands behind two blanks: "PO #; Order #" are words."""
    text = resources.files("parsers").joinpath("words", name).read_text(encoding="utf-8")
    return _restored(yaml.load(_SIGN_OF_NUMBER.sub(_NUMBER_SIGN, text), Loader=_LOADER))  # noqa: S506 - one of the safe ones


def _restored(loaded: Any) -> Any:
    if isinstance(loaded, dict):
        return {_restored(key): _restored(value) for key, value in loaded.items()}
    if isinstance(loaded, list):
        return [_restored(each) for each in loaded]
    return loaded.replace(_NUMBER_SIGN, "#") if isinstance(loaded, str) else loaded


def terms(listed: str) -> Iterator[str]:
    """The single words of a ";"-separated list."""
    for term in listed.split(";"):
        if clean := term.strip().strip('"').strip():
            yield clean
