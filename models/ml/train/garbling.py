"""Writes descriptions the way people do who are in a hurry: shortened, mistyped, out of order, with words left out."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_VOWELS = frozenset("aeiouAEIOU")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_FILLERS = ("please", "pcs", "new", "ref", "bitte", "item:", "type", "approx.", "original")


def garbled(draw: random.Random, text: str) -> str:
    """The text as a customer may write it, more or less altered."""
    words = text.split()
    if draw.random() < 0.4:
        words = _thinned(draw, words)
    haste = draw.choice((0.0, 0.08, 0.15, 0.3))
    words = [_hasty(draw, word, haste) for word in words]
    if draw.random() < 0.3 and len(words) > 1:
        at = draw.randrange(len(words) - 1)
        words[at : at + 2] = [words[at + 1], words[at]]
    if draw.random() < 0.08:
        draw.shuffle(words)
    if draw.random() < 0.07:
        words.insert(draw.randrange(len(words) + 1), draw.choice(_FILLERS))
    return _written(draw, " ".join(words))


def _thinned(draw: random.Random, words: list[str]) -> list[str]:
    left = list(words)
    for _ in range(draw.choice((1, 1, 1, 2, 3))):
        if len(left) > 2:
            left.pop(draw.randrange(len(left)))
    return left


def _hasty(draw: random.Random, word: str, haste: float) -> str:
    if draw.random() >= haste or sum(map(str.isalpha, word)) < 4:
        return word
    ways: tuple[Callable[[random.Random, str], str], ...] = (_slipped, _slipped, _slipped, _cut, _without_vowels, _cut)
    return draw.choice(ways)(draw, word)


def _slipped(draw: random.Random, word: str) -> str:
    at = draw.randrange(len(word) - 1)
    sign = draw.choice(_LETTERS)
    return draw.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + sign + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + sign + word[at:],
        )
    )


def _cut(draw: random.Random, word: str) -> str:
    return word[: draw.randrange(3, max(len(word) - 1, 4))] + draw.choice(("", "", "."))


def _without_vowels(_: random.Random, word: str) -> str:
    return word[0] + "".join(letter for letter in word[1:] if letter not in _VOWELS)


def _written(draw: random.Random, text: str) -> str:
    """In another case, with other marks and spaces round the sizes."""
    case = draw.random()
    text = text.lower() if case < 0.5 else text.upper() if case < 0.65 else text
    if draw.random() < 0.3:
        text = re.sub(r"(?<=\d)\s*[x×]\s*(?=\d)", draw.choice(("x", " x ", "X", "*")), text)
    if draw.random() < 0.2:
        text = re.sub(r"\bM(?=\d)", "M ", text)
    return text.replace(",", draw.choice((",", "", " ")))
