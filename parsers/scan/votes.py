"""What several readings of one place say of a value: how sure it is, and where they agree on another, that one.

Readings by the first engine are of one mind, so it takes the engine of another kind to make a value sure; where there is none,
two readings of the first engine must do, and never do for a code with look-alikes on coarse paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rapidfuzz import fuzz

from models.contracts.extraction_v1 import StatedValue
from models.domain.document import Letter
from models.domain.evidence import Evidence
from parsers.scan.figures import FIGURES
from parsers.values.numbers import NumberStyle, parse_number
from parsers.values.units import unit_code

AGREED, DISAGREED = 0.99, 0.55
IDENTIFIERS = ("gtin", "buyer_part_number", "seller_part_number")
PLACE = ("street", "postal_code", "city")
_UNSEEN, _CHANGED = 0.9, 0.9
_SAME_WORDS, _SAME_CODE = 88, 70
_SURE, _CERTAIN = 0.9, 0.95
_FIGURE_LIKE = str.maketrans("OQDIlSBZ", "00011582")
_STYLES = (NumberStyle("."), NumberStyle(","))
#: A figure or letter like another one, with none of its own kind beside it or at the border of figures and letters.
_ALONE = re.compile(
    r"(?<![0-9])[01258](?![0-9])|(?<![A-Za-z])[OIlSBZ](?![A-Za-z])|[0-9][OIlSBZ]|[OIlSBZ][0-9]|[A-Za-z][01258][0-9]"
)
#: What stands before a dash may as well be letters: "10-5520" is "IO-5520" to an engine that expects figures.
_LOOKS_LIKE_LETTERS = re.compile(r"[01]{1,2}-")


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands at a place: by the first engine; by the one of another kind (None where there is none, empty where it saw
    nothing) and how sure that was of its letters; by the first again."""

    first: str
    second: str | None = None
    sure: float = 0.0
    third: str = ""

    def with_second(self, letters: Sequence[Letter]) -> Reading:
        text = "".join(letter.text for letter in letters).strip()
        return replace(self, second=text, sure=min((each.confidence for each in letters if each.text != " "), default=0.0))

    def with_third(self, text: str) -> Reading:
        return replace(self, third=text)


@dataclass(frozen=True, slots=True)
class Ballot:
    """The readings of a value's places. `sure` is how sure the engines were of them, `coarse` the paper's kind."""

    path: str
    value: StatedValue
    readings: Sequence[Reading]
    sure: float
    coarse: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether the engine of another kind reads what the first read."""
        return self._has_second and self._bears_out(self._second) and self._bears_out(self._first)

    @property
    def is_spelt_alike(self) -> bool:
        """Whether both engines read the same letters, accents and all."""
        return self._has_second and _bare(self._first) == _bare(self._second) != ""

    def weighed(self) -> StatedValue:
        """The value as sure as its readings make it: where they agree, what remains is the doubt of the layout."""
        if not self.readings:
            return self.value
        if not self._has_second:
            return self._weighed_by(self._third, most=self._most_alone)
        if not self._second:
            return self._weighed_by(self._third, most=DISAGREED)
        if self._bears_out(self._second):
            others = self._bears_out(self._first) or self._bears_out(self._third) or self._is_only_known_unit or self._is_postcode
            return self._as_sure(AGREED) if others else self._doubted(self.value)
        return self._other_code() or self._doubted(self.value)

    @property
    def _has_second(self) -> bool:
        return any(reading.second is not None for reading in self.readings)

    @property
    def _first(self) -> str:
        return " ".join(reading.first for reading in self.readings)

    @property
    def _second(self) -> str:
        return " ".join(reading.second or "" for reading in self.readings).strip()

    @property
    def _third(self) -> str:
        return " ".join(reading.third for reading in self.readings).strip()

    @property
    def _most_alone(self) -> float:
        code = self.value.value
        ambiguous = (self.coarse and _is_ambiguous(self.path, code)) or (_is_code(self.path) and _LOOKS_LIKE_LETTERS.match(code))
        return DISAGREED if ambiguous else AGREED

    def _weighed_by(self, text: str, most: float) -> StatedValue:
        if not text:
            return self.value.model_copy(update={"confidence": round(min(_UNSEEN * self.value.confidence, most), 4)})
        return self._as_sure(most) if self._bears_out(text) else self._doubted(self.value)

    def _as_sure(self, most: float) -> StatedValue:
        surer = self.value.confidence * max(AGREED / max(self.sure, 0.5), 1.0)
        return self.value.model_copy(update={"confidence": round(min(surer, most), 4)})

    @staticmethod
    def _doubted(value: StatedValue) -> StatedValue:
        return value.model_copy(update={"confidence": min(value.confidence, DISAGREED)})

    def _bears_out(self, text: str) -> bool:
        if is_figure(self.path):
            return Decimal(self.value.value) in _numbers(text)
        return _same(self.path, self.value, text)

    @property
    def _is_only_known_unit(self) -> bool:
        """Whether the second reading is a unit, and the first, being none, no other one."""
        return self.path.endswith(".unit") and not any(unit_code(word) for word in self._first.split())

    @property
    def _is_postcode(self) -> bool:
        """Whether it is a postcode that the other engine is sure of, and the first took figures in it for letters alike."""
        certain = all(reading.sure >= _CERTAIN for reading in self.readings)
        return self.path.endswith(".postal_code") and certain and _figures(self.value.value) in _figures(self._first)

    def _other_code(self) -> StatedValue | None:
        """What the second reading takes a number or code for, where it is sure: as good as known where another reading says
        the same, else a doubt with the better guess."""
        if (
            self.path.rpartition(".")[2] not in ("po_number", *IDENTIFIERS[1:])
            or min(each.sure for each in self.readings) < _SURE
        ):
            return None
        code = _code_like(self.value.value, self._second)
        if code is None:
            return None
        other = self.value.model_copy(update={"value": code})
        if _bare(code) not in _bare(self._third):
            return self._doubted(other)
        return other.model_copy(update={"confidence": round(_CHANGED * self._as_sure(AGREED).confidence, 4)})


def is_figure(path: str) -> bool:
    """Whether a path names a number that is reckoned with."""
    return path == "total_net" or path.rpartition(".")[2] in FIGURES


def numbers_in(value: StatedValue, readings: Mapping[Evidence, Reading]) -> tuple[Decimal, ...]:
    """The numbers that the later readings of a value may mean, in either style of writing them."""
    here = [readings[place] for place in value.evidence if place in readings]
    texts = (text for reading in here for text in (reading.second or "", reading.third))
    return tuple(dict.fromkeys(number for text in texts for number in _numbers(text)))


def _numbers(text: str) -> Iterator[Decimal]:
    for token in re.findall(r"\d[\d.,]*", text):
        for style in _STYLES:
            if (number := parse_number(token.rstrip(".,"), style)) is not None:
                yield number


def _same(path: str, value: StatedValue, second: str) -> bool:
    """Whether a reading holds the value: letter by letter for a number or code, nearly so for words."""
    if not second:
        return False
    first = " ".join(place.text for place in value.evidence)
    if path.endswith(".unit"):
        # The code is not what stands there, and a reading that lacks an accent is the same unit.
        return _bare(first) in _bare(second) or any(unit_code(word) == value.value for word in second.split())
    if _bare(value.value) in _bare(second) or _bare(first) == _bare(second):
        return True
    if path.rpartition(".")[2] not in ("description", "street", "city"):
        return False
    alike = fuzz.ratio(_bare(first), _bare(second)) >= _SAME_WORDS
    return alike and re.sub(r"\D", "", first) == re.sub(r"\D", "", second)


def _code_like(code: str, text: str) -> str | None:
    """The word or words of a reading that stand for a code, in as many letters and most of them the same."""
    words = text.split()
    whole = [" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)]
    near = [
        word.strip(".,:;'|") for word in whole if len(_bare(word)) == len(_bare(code)) and fuzz.ratio(word, code) >= _SAME_CODE
    ]
    return near[0] if len(set(near)) == 1 else None


def _is_ambiguous(path: str, code: str) -> bool:
    """Whether a code has a letter or figure that its neighbours do not explain: the 2 of BX-27401-2 may be a Z."""
    return _is_code(path) and bool(re.search(r"[A-Za-z]", code)) and bool(_ALONE.search(code))


def _is_code(path: str) -> bool:
    return path.rpartition(".")[2] in ("po_number", *IDENTIFIERS[1:])


def _figures(text: str) -> str:
    """The text with letters that look like figures as those."""
    return re.sub(r"[\W_]", "", text.translate(_FIGURE_LIKE))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())
