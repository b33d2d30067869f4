"""The trade's vocabulary: which label names which field, which column head which role, in seven languages.

The words are in `words/*.yaml`, for people who write no code. Case, accents, punctuation, spaces and plurals do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

import yaml
from rapidfuzz import fuzz, process

_LONGEST_LABEL = 60
_NUMBER_WORDS = frozenset({"no", "nr", "num", "number", "nummer", "numero", "numer", "nbr", "nro", "nos"})
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i"})
_CURRENCY_IN_HEAD = re.compile(r"[$€£¥]|\b(?:eur|euro|usd|gbp|chf|pln|cad|aud|sek|nok|dkk|czk|us|zł|zl)\b", re.IGNORECASE)
_BASIS_WORD = r"(?:/|\bper\b|\bje\b|\bpro\b|\bles\b|\bpar\b|\bpor\b|\bpour\b|\bza\b|\bp\.|\ble\b|\bogni\b|\bcada\b)"
_BASIS_IN_HEAD = re.compile(
    _BASIS_WORD + r"\s*\(?(1[.,' ]?000|10{1,4}|[1-9]\d{0,3}|[CM])\b"
    r"\s*(?:stk|stck|st|pcs?|pz|szt|ea|pi[eè]ces?|uds?|units?|stück)?\.?\)?",
    re.IGNORECASE,
)
_LABEL_SIGN = re.compile(r"[^\W\d]|[#%]")
_THOUSAND_MARKS = re.compile(r"[.,' ]")


class Meaning(NamedTuple):
    """What a label stands for, and how far it is believed: 1 for a label of its own, 0.5 for one such as "Date"."""

    name: str
    strength: float


def folded(text: str) -> str:
    """`text` without case, accents and typographic variants: "Stück" is "stuck", "№ 4" is "no 4"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def key_of(text: str) -> str:
    """The comparable form of a label: "P.O. No.:" and "PO #" are both "ponr", "Bestell-Nummer" and "BESTELLNR." alike."""
    marked = re.sub(r"\bn\s?[°º]\.?", " nr ", text, flags=re.IGNORECASE).replace("#", " nr ")
    found = re.findall(r"[^\W_]+|%", folded(marked))
    return "".join(_canonical(word, place) for place, word in enumerate(found))


def _canonical(word: str, place: int) -> str:
    if word in _NUMBER_WORDS or (place > 0 and word == "n"):
        return "nr"
    if len(word) > 8 and word.endswith(("nummer", "numer")):
        return re.sub(r"num+er$", "nr", word)
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss") and word != "units":  # "Units" counts, "Unit" measures
        return word[:-1]
    return word


def words_file(name: str) -> Any:
    """One of the package's word files, parsed."""
    return yaml.safe_load(resources.files("parsers").joinpath("words", name).read_text(encoding="utf-8"))


def terms(listed: str) -> Iterator[str]:
    """The single words of a ";"-separated list."""
    for term in listed.split(";"):
        if clean := term.strip().strip('"').strip():
            yield clean


def spellings(term: str) -> set[str]:
    """The keys under which `term` is found: with plain vowels and, for umlauts, with ae, oe, ue."""
    written_out = term
    for umlaut, pair in zip("äöüÄÖÜ", ("ae", "oe", "ue", "Ae", "Oe", "Ue"), strict=True):
        written_out = written_out.replace(umlaut, pair)
    return {key for key in (key_of(term), key_of(written_out)) if key}


@cache
def _vocabulary(name: str) -> Mapping[str, Meaning]:
    meanings: dict[str, Meaning] = {}
    for meaning, languages in words_file(name).items():
        for language, listed in languages.items():
            strength = 0.5 if language == "weak" else 1.0
            for term in terms(listed):
                for key in spellings(term):
                    if key not in meanings or meanings[key].strength < strength:
                        meanings[key] = Meaning(meaning, strength)
    return meanings


@lru_cache(maxsize=16_384)
def meaning_of_label(text: str) -> Meaning | None:
    """The field that a head label names, with its strength; None for what is no label."""
    if not 0 < len(text) <= _LONGEST_LABEL or not _LABEL_SIGN.search(text):
        return None
    known = _vocabulary("fields.yaml")
    for candidate in _readings(text):
        if found := known.get(key_of(candidate)):
            return found
    return _nearest(key_of(text), "fields.yaml")


def field_of_label(text: str) -> str | None:
    """The field that a head label names ("PO No." is po_number, "Page" is page), or None."""
    found = meaning_of_label(text)
    return found.name if found else None


def _readings(text: str) -> Iterator[str]:
    """Ways to read a head: whole, without brackets, without currency and basis, each side of a slash or line break."""
    yield text
    unbracketed = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", text)
    yield unbracketed
    bare = _CURRENCY_IN_HEAD.sub(" ", _BASIS_IN_HEAD.sub(" ", unbracketed))
    yield bare
    yield _CURRENCY_IN_HEAD.sub(" ", unbracketed)
    parts = re.split(r"\s*[/|\n]\s*|\s+-\s+", bare)
    if len(parts) > 1:
        yield from parts


@lru_cache(maxsize=4096)
def _nearest(key: str, vocabulary: str) -> Meaning | None:
    """A misspelt head: one that is nearly a long known one."""
    if not 7 <= len(key) <= 40 or any(sign.isdigit() for sign in key):
        return None
    found = process.extractOne(key, _vocabulary(vocabulary).keys(), scorer=fuzz.ratio, score_cutoff=90)
    if found is None or found[0][0] != key[0] or len(found[0]) < 7:
        return None
    meaning = _vocabulary(vocabulary)[found[0]]
    return Meaning(meaning.name, meaning.strength * 0.8)


@lru_cache(maxsize=16_384)
def meaning_of_header(text: str) -> Meaning | None:
    """The role of a line column by its head, with its strength; `head.<field>` for a column that repeats a head field."""
    if not 0 < len(text) <= _LONGEST_LABEL or not _LABEL_SIGN.search(text):
        return None
    known = _vocabulary("columns.yaml")
    for candidate in _readings(text):
        if found := known.get(key_of(candidate)):
            return found
    head = _vocabulary("fields.yaml").get(key_of(text))
    if head is not None:
        return Meaning(f"head.{head.name}", head.strength)
    return _nearest(key_of(text), "columns.yaml")


def column_of_header(text: str) -> str | None:
    """The role of a line column by its head: quantity, unit_price, ignore.tax, head.po_number …; None if unknown."""
    found = meaning_of_header(text)
    return found.name if found else None


def price_basis_of_header(text: str) -> Decimal | None:
    """How many units a price is for, where the head says so: "Preis/100", "PU HT les 100", "EP je 1.000 Stk", "Price/M"."""
    if column_of_header(text) not in ("unit_price", "price_basis_quantity"):
        return None
    for found in _BASIS_IN_HEAD.finditer(text):
        stated = found.group(1)
        if stated in "CM":
            return Decimal(100 if stated == "C" else 1000)
        if not stated.isalpha():
            return Decimal(_THOUSAND_MARKS.sub("", stated))
    return None


def split_label(text: str) -> tuple[str, str] | None:
    """Label and value that stand in one text: "PO No.: 4711" is ("po_number", "4711"). None if it does not start with a label.

    Without a colon the value must hold a digit, so that a sentence that begins like a label is not split.
    """
    found = split_at_label(text)
    return (found[0].name, found[2]) if found else None


def split_at_label(text: str) -> tuple[Meaning, str, str] | None:
    """As `split_label`, with the label's meaning and its own words: (meaning, label, value)."""
    return _split(text, meaning_of_label)


def split_at_header(text: str) -> tuple[Meaning, str, str] | None:
    """As `split_at_label` for the labels of line columns: "Your part no: B-9" below a line."""
    return _split(text, meaning_of_header)


def _split(text: str, meaning_of: Any) -> tuple[Meaning, str, str] | None:
    text = text.strip()[:2000]
    head, colon, rest = text.partition(":")
    if colon and rest.strip() and (meaning := meaning_of(head)):
        return meaning, head.strip(), rest.strip()
    words = text.split()
    for count in range(min(5, len(words) - 1), 0, -1):
        label, value = " ".join(words[:count]), " ".join(words[count:])
        if not any(sign.isdigit() for sign in value) or any(sign.isdigit() for sign in label) or ": " in value:
            continue
        meaning = meaning_of(label)
        if meaning and meaning.strength >= 1 and (count > 1 or len(key_of(label)) > 1):
            return meaning, label.rstrip(":"), value.lstrip(":#-–= ").strip() or value
    return None
