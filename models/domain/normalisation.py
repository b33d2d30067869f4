"""Names, addresses and part numbers in the form in which they compare: what people write differently and mean alike.

Similarities are 0 to 1. Text is cut before it is compared, so that a hostile document costs no more than its share.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

_LONGEST = 200
#: Letters that a word has at least when it is cut.
_CUT_AFTER = 4

_LETTERS = str.maketrans({"ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue", "æ": "ae", "ø": "oe", "å": "aa", "œ": "oe", "ł": "l"})

#: Legal forms, longest first; "&" and "+" are written out before these are taken off.
_LEGAL_FORMS = re.compile(
    r"\b(gmbh und co kg|gmbh und co kgaa|gesellschaft mit beschraenkter haftung|aktiengesellschaft|gmbh|mbh|kgaa|ohg|gbr|"
    r"ug haftungsbeschraenkt|ag|kg|ek|se|sarl|sas|sasu|eurl|snc|sa|srl|spa|sl|slu|bv|nv|vof|bvba|sprl|sp zo o|sp zoo|spzoo|"
    r"spolka zoo|sp ?[jk]|dac|sro|as|aps|ab|oy|oyj|asa|ltd|limited|plc|llp|llc|inc|incorporated|corp|corporation|co|company)\b"
)

#: Street words in one form each.
_STREET_WORDS = {
    "strasse": "str", "street": "st", "saint": "st", "sankt": "st", "avenue": "ave", "av": "ave", "boulevard": "blvd",
    "bd": "blvd", "road": "rd", "drive": "dr", "lane": "ln", "place": "pl", "platz": "pl", "square": "sq", "court": "ct",
    "highway": "hwy", "parkway": "pkwy", "north": "n", "south": "s", "east": "e", "west": "w", "industriestrasse": "industriestr",
    "suite": "ste", "building": "bldg", "batiment": "bldg", "rue": "r", "chemin": "ch", "route": "rte",
}  # fmt: skip


def folded(text: str) -> str:
    """Lower case without accents and marks, words parted by single spaces: "Müller & Söhne" is "mueller und soehne"."""
    text = unicodedata.normalize("NFKC", text[:_LONGEST]).casefold().translate(_LETTERS)
    text = re.sub(r"[&+]| \band\b | \bet\b ", " und ", text)
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", plain))


@lru_cache(maxsize=20_000)
def normalised_name(name: str) -> str:
    """A company's name without its legal form; a name that is nothing but a legal form stays."""
    # "G.m.b.H." and "S. A." are written letter by letter.
    words = re.sub(r"\b(?:[a-z] )+[a-z]\b", lambda spelt: spelt[0].replace(" ", ""), folded(name))
    return " ".join(_LEGAL_FORMS.sub(" ", words).split()).removesuffix(" und") or words


@lru_cache(maxsize=20_000)
def normalised_street(street: str) -> str:
    """A street and number with its common words abbreviated one way."""
    words = re.sub(r"(?<=[a-z]{3})strasse\b", "str", folded(street))
    words = re.sub(r"\b(\d+) ([a-z])\b", r"\1\2", words)
    return " ".join(_STREET_WORDS.get(word, word) for word in words.split())


def normalised_postal_code(code: str) -> str:
    """Letters and digits alone, without a country prefix; a US ZIP+4 is its first five digits."""
    text = re.sub(r"[^0-9A-Z]", "", re.sub(r"^[A-Z]{1,2}-(?=\d)", "", code[:_LONGEST].strip().upper()))
    return text[:5] if re.fullmatch(r"\d{9}", text) else text


def normalised_part_number(number: str) -> str:
    """A part number as a key: upper case without spaces, dashes, dots and slashes."""
    return re.sub(r"[\s\-\u2010-\u2015./]", "", unicodedata.normalize("NFKC", number[:_LONGEST])).upper()


def similarity(one: str, other: str) -> float:
    """How alike two normalised texts are, whatever the sequence of their words: the better of plain and sorted words."""
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    sorted_words = (" ".join(sorted(one.split())), " ".join(sorted(other.split())))
    return max(_ratio(one, other), _ratio(*sorted_words))


def shortened_similarity(short: str, full: str) -> float:
    """Like `similarity`, where words of the first may be cut: "engin" stands for "engineering" if the other text has that."""
    words = full.split()
    if short == full or len(words) > 20:
        return similarity(short, full)
    longer = [
        next((known for known in words if len(word) >= _CUT_AFTER and known.startswith(word)), word) for word in short.split()
    ]
    return similarity(" ".join(longer), full)


def _ratio(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    # The quick ratio is an upper bound: texts that cannot be alike are settled without the quadratic comparison.
    bound = matcher.quick_ratio()
    return bound if bound < 0.4 else matcher.ratio()


def street_similarity(one: str, other: str) -> float:
    """How alike two streets are; different house numbers make them different places."""
    left, right = normalised_street(one), normalised_street(other)
    numbers = [set(re.findall(r"\d+[a-z]?\b", street)) for street in (left, right)]
    if numbers[0] and numbers[1] and not numbers[0] & numbers[1]:
        return min(0.5, similarity(left, right))
    return similarity(left, right)


def numbers_in(text: str) -> frozenset[str]:
    """The sizes and counts in a description, the way they tell near-identical things apart: "M8x40, 2,5 mm" gives m8, 40, 2.5."""
    text = re.sub(r"(?<=\d),(?=\d)", ".", unicodedata.normalize("NFKC", text[:_LONGEST]).casefold().replace("×", "x"))
    parts = re.sub(r"(?<=\d)\s*x\s*(?=\d)", " ", text)
    return frozenset(found.rstrip(".") for found in re.findall(r"[a-z]{0,4}\d+(?:\.\d+)?", parts))


def words_in(text: str) -> frozenset[str]:
    """The words of a description that carry meaning: three letters and more, accents folded."""
    return frozenset(word for word in folded(text).split() if len(word) >= 3 and not word.isdigit())
