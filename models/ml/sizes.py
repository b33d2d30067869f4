"""The numbers of a description with what they measure, and which of two descriptions' numbers agree.

Numbers are compared one for one: 400 x 300 and 300 x 300 share one 300, and the 400 is contradicted by the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rapidfuzz.distance import OSA

_MOST = 40

NUMBER = r"\d{1,9}(?:_\d{1,3}/\d{1,3}|/\d{1,3}|\.\d{1,6})?"
#: As written, folded -> the unit and what to multiply by.
_UNITS: dict[str, tuple[str, int | str]] = {
    "mm": ("mm", 1), "cm": ("mm", 10), "m": ("mm", 1000), "mtr": ("mm", 1000), "meter": ("mm", 1000), "metre": ("mm", 1000),
    "meters": ("mm", 1000), "metres": ("mm", 1000), "um": ("um", 1), "mm2": ("mm2", 1), "qmm": ("mm2", 1),
    "g": ("g", 1), "gr": ("g", 1), "kg": ("g", 1000), "l": ("l", 1), "ltr": ("l", 1), "ml": ("l", "0.001"), "cl": ("l", "0.01"),
    "v": ("v", 1), "volt": ("v", 1), "kv": ("v", 1000), "a": ("a", 1), "amp": ("a", 1), "ma": ("a", "0.001"), "ka": ("a", 1000),
    "w": ("w", 1), "watt": ("w", 1), "kw": ("w", 1000), "lm": ("lm", 1), "k": ("k", 1), "ah": ("ah", 1), "bar": ("bar", 1),
    "hz": ("hz", 1),
    "in": ("in", 1), "inch": ("in", 1), "zoll": ("in", 1), "pouce": ("in", 1), "pouces": ("in", 1), '"': ("in", 1),
    "°": ("deg", 1), "deg": ("deg", 1), "grad": ("deg", 1), "pole": ("pole", 1), "poles": ("pole", 1), "polig": ("pole", 1),
    "pol": ("pole", 1), "p": ("pole", 1), "core": ("core", 1), "adrig": ("core", 1), "ply": ("ply", 1), "lagig": ("ply", 1),
    "plis": ("ply", 1), "gang": ("gang", 1), "fach": ("gang", 1), "poste": ("gang", 1), "postes": ("gang", 1),
    "pcs": ("pcs", 1), "pc": ("pcs", 1), "piece": ("pcs", 1), "pieces": ("pcs", 1), "stk": ("pcs", 1), "st": ("pcs", 1),
    "stuck": ("pcs", 1), "stueck": ("pcs", 1), "ve": ("pcs", 1), "%": ("%", 1),
}  # fmt: skip
_PREFIXES = "m|rp|dn|din|iso|en|ral|ip|sw|nw|pg|pn|pz|ph|tx"
_MEASURES = frozenset(_PREFIXES.split("|"))
_STANDARDS = frozenset({"din", "iso", "en"})
#: ISO standards of the same part; the DIN number is the one people know.
_SAME_STANDARD = {
    "4017": "933", "4014": "931", "4762": "912", "4032": "934", "7089": "125", "4026": "913", "10642": "7991", "8676": "961",
}  # fmt: skip
GRADE = "grade"
_GRADES = frozenset({"4.6", "4.8", "5.6", "5.8", "6.8", "8.8", "10.9", "12.9"})

_LONG_UNITS = sorted((re.escape(unit) for unit in _UNITS if unit.isalnum()), key=len, reverse=True)
SPACED_UNIT = re.compile(rf"({NUMBER})[\s-]{{1,3}}({'|'.join(_LONG_UNITS)})\b(?![.-]?\d)")
SPACED_PREFIX = re.compile(rf"\b({_PREFIXES})[\s-]{{1,3}}(?=\d)")
SIZE = re.compile(rf"([a-z]{{0,5}})({NUMBER}(?:x{NUMBER}){{0,4}})(mm2|%|\"|°|[a-z]{{0,6}})")


@dataclass(frozen=True, slots=True)
class Size:
    """A number: `value` in digits without trailing zeros, in its base unit; `unit` empty where none stands there;
    `prefix` the letters before it (`m`, `din`, `ip`); `shown` the whole size as it is written."""

    prefix: str
    value: str
    unit: str
    shown: str

    @property
    def is_standard(self) -> bool:
        return self.prefix in _STANDARDS

    @property
    def is_dimension(self) -> bool:
        """One of several numbers that together say how large a thing is."""
        return _is_product(self.shown)

    @property
    def is_count(self) -> bool:
        """A number of pieces: how things are packed, not what they are."""
        return self.unit == "pcs"

    def could_be(self, other: Size) -> bool:
        """Whether both may speak of the same measure: what one leaves open the other may say."""
        if self.is_standard or other.is_standard:
            return self.prefix == other.prefix
        prefixes = not self.prefix or not other.prefix or self.prefix == other.prefix
        return prefixes and (not self.unit or not other.unit or self.unit == other.unit)

    @property
    def is_code(self) -> bool:
        """Letters before it that name no measure: part of a name, as B16, GU10 and KH627 are."""
        return self.prefix != "" and self.prefix not in _MEASURES

    def contradicts(self, other: Size) -> bool:
        """Whether they cannot both be true of one thing, where neither has its like on the other side."""
        if self.is_count or other.is_count or other.is_standard != self.is_standard or GRADE in (self.unit, other.unit):
            return self.unit == other.unit == GRADE
        if self.is_code or other.is_code:
            return self.is_code and other.is_code and not self.is_near(other) and self._is_rival_of(other)
        return self.could_be(other) or self._is_rival_of(other)

    def is_near(self, other: Size) -> bool:
        """Whether two codes of four signs and more are a slip apart: KH627 and KH6277."""
        one, another = self.prefix + self.value, other.prefix + other.value
        return self.is_code and other.is_code and len(one) >= 4 and OSA.distance(one, another, score_cutoff=1) <= 1

    def _is_rival_of(self, other: Size) -> bool:
        """B16 and C16, E14 and GU10: short codes that stand in one another's place."""
        if self.prefix == other.prefix:
            return True
        short = len(self.value) <= 3 and len(other.value) <= 3
        return short and "" not in (self.prefix, other.prefix)


@dataclass(frozen=True, slots=True)
class Compared:
    """The asked sizes that agree, those that another contradicts (asked, ours), those of which nothing is said, and the
    sizes that nobody asked for. `is_turned`: the same dimensions in another sequence, 400 x 600 for 600 x 400."""

    agreed: tuple[Size, ...]
    contradicted: tuple[tuple[Size, Size], ...]
    unstated: tuple[Size, ...]
    unasked: tuple[Size, ...]
    is_turned: bool


def sizes_in(plain: str) -> tuple[Size, ...]:
    """The sizes of a folded text, in its order, as often as they stand there."""
    return tuple(size for found in SIZE.findall(plain) for size in _sizes(*found))[:_MOST]


def compare(asked: Sequence[Size], ours: Sequence[Size]) -> Compared:
    """Pair the sizes: first those that are the same, then those that could be, each once."""
    if not asked or not ours:
        return Compared((), (), tuple(asked), tuple(ours), is_turned=False)
    left, open_ = list(ours), list(asked)
    agreed: list[Size] = []
    # Where both sides say M or mm, an M stands for an M and a mm for a mm: M8x6 is not M6x8.
    said_twice = {mark for mark in _marks(asked) & _marks(ours) if mark}

    def could_be_same(one: Size, other: Size) -> bool:
        marks = {one.prefix, other.prefix} if one.prefix != other.prefix else set() if one.prefix else {one.unit} ^ {other.unit}
        return one.value == other.value and one.could_be(other) and not marks & said_twice

    for alike in (_same, could_be_same):
        for size in list(open_):
            partner = next((other for other in left if alike(size, other)), None)
            if partner is not None:
                left.remove(partner)
                open_.remove(size)
                agreed.append(size)
    contradicted = [(size, next((other for other in left if size.contradicts(other)), None)) for size in open_]
    return Compared(
        agreed=tuple(agreed),
        contradicted=tuple((size, other) for size, other in contradicted if other is not None),
        unstated=tuple(size for size, other in contradicted if other is None),
        unasked=tuple(left),
        is_turned=_is_turned(asked, ours),
    )


def _is_turned(asked: Sequence[Size], ours: Sequence[Size]) -> bool:
    one, other = ([size.value for size in sizes if size.is_dimension] for sizes in (asked, ours))
    return one != other and sorted(one) == sorted(other)


def _same(one: Size, other: Size) -> bool:
    return (one.prefix, one.value, one.unit) == (other.prefix, other.value, other.unit)


def _marks(sizes: Sequence[Size]) -> set[str]:
    return {mark for size in sizes for mark in (size.prefix, size.unit)}


@lru_cache(maxsize=20_000)
def _is_product(shown: str) -> bool:
    return re.search(r"\dx\d", shown.lower()) is not None


@lru_cache(maxsize=50_000)
def _sizes(before: str, amounts: str, written: str) -> tuple[Size, ...]:
    """The sizes in letters, numbers parted by x, and a unit. The same sizes stand in thousands of descriptions."""
    prefix, numbers = before.removeprefix("x"), amounts.split("x")
    shown = f"{before}{amounts}{written}".removeprefix("x").replace("_", " ")
    shown = shown.upper() if prefix else shown
    unit, factor = _UNITS.get(written, (written, 1))
    number = numbers[0]
    if prefix == "iso" and number in _SAME_STANDARD:
        return (Size("din", _SAME_STANDARD[number], "", shown),)
    if not prefix and not unit and amounts in _GRADES:
        return (Size("", number, GRADE, shown),)
    if len(numbers) == 1:
        return (Size(prefix, _digits(number, factor), unit, shown),)
    # The unit of a x b mm is that of both; 3 x 1.5 mm² is three cores, M8 x 40 mm a thread and a length.
    lengths = unit == "mm"
    first = Size(
        prefix, _digits(numbers[0], factor if lengths and not prefix else 1), unit if lengths and not prefix else "", shown
    )
    return (first, *(Size("", _digits(one, factor), unit, shown) for one in numbers[1:]))


def _digits(number: str, factor: int | str) -> str:
    if "/" in number:
        return number
    return f"{(Decimal(number) * Decimal(factor)).normalize():f}"
