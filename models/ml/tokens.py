"""The words and numbers that find goods: cut quickly and coarsely, because every row of a catalogue goes through here.

What a find means is weighed elsewhere (`comparison`); here it only has to be found again, whatever marks and spaces stand
round it: "M 8 × 40" and "M8x40" have the same tokens.
"""

from __future__ import annotations

import re
from functools import lru_cache

from models.ml.descriptions import IDLE, SAME_WORD, letters_folded

LONGEST_TEXT = 400
#: Bytes of a token that are kept: longer words are told apart by their beginning.
LONGEST_TOKEN = 32

_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)?")
_VOWELS = frozenset("aeiouy")


def tokens(text: str) -> list[str]:
    """The words of two letters and more and the numbers of a text, each as often as it stands there."""
    found = _TOKEN.findall(letters_folded(text[:LONGEST_TEXT]))
    return [_settled(token) for token in found if len(token) > 1 or not token.isalpha()]


@lru_cache(maxsize=200_000)
def _settled(token: str) -> str:
    """A word in the form that stands for its kind, a number without zeros that say nothing."""
    if token[0].isdigit():
        number = token.replace(",", ".")
        return (number.rstrip("0").rstrip(".") if "." in number else number)[:LONGEST_TOKEN]
    return SAME_WORD.get(token, token)


def searched(found: list[str]) -> set[str]:
    """The tokens that an index holds: all but the idle ones."""
    return set(found) - IDLE


def grams(word: str) -> set[str]:
    """The runs of three letters of a word, with its beginning and its end marked."""
    marked = f"_{word}_"
    return {marked[at : at + 3] for at in range(len(marked) - 2)}


def skeleton(word: str) -> str:
    """The first letter and the consonants after it, which is how people shorten: "hldr" stands for holder."""
    return word[0] + "".join(letter for letter in word[1:] if letter not in _VOWELS)


_MARKS = re.compile(r"[\s\-‐-―./_]")
_MISTAKEN = str.maketrans("OI", "01")


def code_key(number: str) -> str:
    """A part number as it is looked up: capitals without marks, and with 0 and 1 for the O and I that they are taken for."""
    return _MARKS.sub("", number[:LONGEST_TEXT]).upper().translate(_MISTAKEN)


def is_code(key: str) -> bool:
    """Whether a key is long enough, and has a digit, so that it names something rather than being a word."""
    return len(key) >= 4 and any(sign.isdigit() for sign in key)
