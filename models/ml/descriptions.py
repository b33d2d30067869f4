"""Takes a description of goods apart: words, sizes and traits, whatever way and language they are written in.

"Sechskantschraube M 8 × 40, verzinkt" has the word sechskantschraube, the sizes M8 and 40, and the trait zinc.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from models.ml.sizes import SIZE, SPACED_PREFIX, SPACED_UNIT, Size, sizes_in
from models.ml.traits import trait_of

_LONGEST = 400
_MOST = 40

#: Words that say nothing of what a thing is.
IDLE = frozenset(
    word
    for line in (
        "a an and the of for to in on per each as by or x no nr art pos item our your with pack packs box boxes size",
        "und oder der die das den fur aus zu im am je pro ein eine von nach gemass mit vpe grosse groesse",
        "et ou le la les de du des d l un une pour au aux en par lot avec boite taille pointure",
    )
    for word in line.split()
)
#: What people shorten or say otherwise, in one form.
SAME_WORD = {
    "hexagon": "hex", "hexagonal": "hex", "skt": "sechskant", "schr": "schraube", "zyl": "zylinder", "vz": "verzinkt",
    "verz": "verzinkt", "galv": "galvanised", "galvanized": "galvanised", "edst": "edelstahl", "va": "edelstahl",
    "ss": "stainless", "blk": "black", "bk": "black", "wht": "white", "gry": "grey", "gray": "grey", "aluminum": "aluminium",
    "alu": "aluminium", "ltg": "leitung",
}  # fmt: skip
_WITHOUT = re.compile(r"\b(?:without|w/o|ohne|sans)\s+([a-z]{3,30})")
_VARIANT = re.compile(r"\b(?:type|typ|form|forme|class|klasse|classe|size|grosse|groesse|taille|gr)[\s.:]{1,2}([a-z])\b")
_SIDE_LETTER = re.compile(r"\b[hlbwd]\s{1,2}(?=\d)|(?<=x)\s{0,2}[hlbwd]\s{0,2}(?=\d)")
_PACK = re.compile(
    r"\b(?:(?:box|boxes|pack|packs|bag|bags|karton|carton|boite|paquet|pkg)\s(?:of|zu|mit|a|de|von)|ve|vpe|pack)[\s:=]{1,2}(\d{1,6})\b"
)
#: What each text has in which that pattern finds something.
_PACKED = ("ve", "pack", "pkg", "box", "bag", "arton", "boite", "paquet", "vpe")

_FRACTION = re.compile(r"(?<=\d)(?=[¼½¾⅛⅜⅝⅞])")
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"})
_TIMES = re.compile(r"[×✕]|(?<=\d)\s{0,2}\*\s{0,2}(?=\d)")
_DASHES, _INCHES = re.compile(r"[‐-―−]"), re.compile(r"[″”“]")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_SIX_SIDED = re.compile(r"\b6-?kt\b")
_MIXED_FRACTION = re.compile(r"\b(\d{1,3}) (\d{1,3}/\d{1,3})")
_EACH_MM = re.compile(r"(?<=[\d\"])\s{0,2}mm\s{0,2}x\s{0,2}(?=[hlbwd]?\s{0,2}\d)")
_SPACED_TIMES = re.compile(r"(?<=[\d\"])\s{0,2}x\s{0,2}(?=[hlbwd]?\s{0,2}\d)")
#: The characteristic of a circuit breaker: C 16 A.
_CHARACTERISTIC = re.compile(r"\b([bcd])\s(?=\d{1,3}\s?a\b)")
_WORD = re.compile(r"[^\W\d_]+")
_LETTER_SIZE = re.compile(r"\b[234]xl\b")


@dataclass(frozen=True, slots=True)
class Described:
    """A description taken apart. `traits` are trait names by their group; `absent` are the words after "without"."""

    text: str
    words: tuple[str, ...]
    sizes: tuple[Size, ...]
    traits: Mapping[str, frozenset[str]]
    absent: frozenset[str]

    @property
    def values(self) -> frozenset[str]:
        return frozenset(size.value for size in self.sizes)


def described(text: str) -> Described:
    """The parts of a description; what is longer than any description of goods is cut."""
    plain = folded(text)
    absent = frozenset(_WITHOUT.findall(plain))
    rest = SIZE.sub(" ", _WITHOUT.sub(" ", plain) if absent else plain)
    found = (SAME_WORD.get(word, word) for word in _WORD.findall(rest))
    words = tuple(dict.fromkeys(word for word in found if _counts(word)))[:_MOST]
    return Described(text=plain, words=words, sizes=sizes_in(plain), traits=_traits(plain, words), absent=absent)


def folded(text: str) -> str:
    """Lower case without accents, sizes written in one way: "M 8 × 40 mm" is "m8x40mm", "1,5 mm²" is "1.5mm2"."""
    plain = text[:_LONGEST]
    if not plain.isascii():
        plain = letters_folded(_FRACTION.sub(" ", plain)).replace("⁄", "/").replace("μ", "u").replace("⌀", " ")
        plain = _DASHES.sub("-", _INCHES.sub('"', plain))
    plain = plain.lower().replace("(s)", "").replace("''", '"')
    if any(map(str.isdigit, plain)):
        plain = _SIDE_LETTER.sub("", _sizes_folded(plain))
    return " ".join(plain.split())


def letters_folded(text: str) -> str:
    """Lower case without accents, ligatures and compatibility forms."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()).translate(_LETTERS)
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _sizes_folded(plain: str) -> str:
    # Each pattern costs a walk through the text: it is spared where a sign that the pattern needs is not there.
    if "," in plain:
        plain = _DECIMAL_COMMA.sub(".", plain)
    if "kt" in plain:
        plain = _SIX_SIDED.sub("sechskant", plain)
    if "/" in plain:
        plain = _MIXED_FRACTION.sub(r"\1_\2", plain)
    if "*" in plain or not plain.isascii():
        plain = _TIMES.sub("x", plain)
    if any(word in plain for word in _PACKED):
        plain = _PACK.sub(r"\1pcs", plain)
    if "x" in plain:
        plain = _SPACED_TIMES.sub("x", _EACH_MM.sub("mm ", plain) if "mm" in plain else plain)
    if "a" in plain:
        plain = _CHARACTERISTIC.sub(r"\1", plain)
    plain = SPACED_PREFIX.sub(r"\1", _SIDE_LETTER.sub("", plain))
    return SPACED_UNIT.sub(r"\1\2", plain)


def _counts(word: str) -> bool:
    return (len(word) > 1 and word not in IDLE) or word in ("s", "m", "l")


def _traits(plain: str, words: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for word in (*words, *_LETTER_SIZE.findall(plain)):
        named = trait_of(word)
        if named is not None:
            groups[named[0]].add(named[1])
    for letter in _VARIANT.findall(plain):
        groups["fit" if letter in "sml" else "type"].add(letter)
    return {group: frozenset(traits) for group, traits in groups.items()}
