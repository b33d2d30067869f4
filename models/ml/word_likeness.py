"""How likely one word was meant by another: typing errors, endings, compounds and the ways in which people shorten."""

from __future__ import annotations

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from models.ml.tokens import skeleton

#: Letters in common, of 100, from which on words are alike.
_LIKE_ENOUGH = 80.0
_COMPOUND, _SWAPPED, _ENDING, _SHORTENED, _BEGUN = 0.85, 0.9, 0.98, 0.85, 0.8
_ENDINGS = frozenset({"s", "es", "e", "n", "en"})


def likeness(word: str, other: str) -> float:
    """From 0 for a different word to 1 for the same."""
    if word == other:
        return 1.0
    shorter, longer = sorted((word, other), key=len)
    if len(shorter) >= 3 and longer.startswith(shorter) and longer[len(shorter) :] in _ENDINGS:
        return _ENDING
    return max(_as_part(word, other, shorter, longer), _as_short_form(word, other), _as_slip(word, other, shorter))


def _as_part(word: str, other: str, shorter: str, longer: str) -> float:
    """Where one begins the other (chem, chemical), or ends it as a German compound does (schraube, holzschraube)."""
    if len(shorter) >= 4 and len(shorter) >= 0.4 * len(longer):
        return _COMPOUND if longer.startswith(shorter) or (len(shorter) >= 5 and longer.endswith(shorter)) else 0.0
    return _BEGUN if len(word) >= 3 and other.startswith(word) else 0.0


def _as_short_form(word: str, other: str) -> float:
    """Consonants alone: "hldr" for holder."""
    return _SHORTENED if len(other) >= 4 and len(word) >= 2 and skeleton(word) == word == skeleton(other) else 0.0


def _as_slip(word: str, other: str, shorter: str) -> float:
    """A slip of the fingers. Words of four letters differ by one letter from many others: pipe, wipe, ripe."""
    if len(word) == len(other) and sorted(word) == sorted(other):
        return _SWAPPED if len(shorter) > 3 else 0.0
    if len(shorter) < 3 or not shorter.isalpha():
        return 0.0
    score = fuzz.ratio(word, other)
    if score >= _LIKE_ENOUGH and len(shorter) > 4:
        return score / 100
    if len(shorter) >= 4 and OSA.distance(word, other, score_cutoff=1) <= 1:
        return 0.75
    return 0.0


def slips(word: str, signs: str) -> set[str]:
    """What a word may have been before one sign of it was lost, doubled, swapped or mistaken for another of `signs`."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    missing = {before + after[1:] for before, after in cuts if after}
    swapped = {before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1}
    wrong = {before + sign + after[1:] for before, after in cuts if after for sign in signs}
    added = {before + sign + after for before, after in cuts for sign in signs}
    return (missing | swapped | wrong | added) - {word}
