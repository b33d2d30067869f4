"""The package's lists of words: their files, and how words are compared whatever their case, accents and letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from importlib import resources
from typing import Any, NamedTuple

import yaml

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i"})


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
    """One of the package's word files, parsed."""
    return yaml.safe_load(resources.files("parsers").joinpath("words", name).read_text(encoding="utf-8"))


def terms(listed: str) -> Iterator[str]:
    """The single words of a ";"-separated list."""
    for term in listed.split(";"):
        if clean := term.strip().strip('"').strip():
            yield clean
