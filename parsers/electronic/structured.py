"""What the readers of EDI and XML orders share: values stated with their place, and a book of what found no place.

A value that has not the form it should have becomes a problem and a fault (for the syntax acknowledgement) and stays
null in its field; nothing here guesses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from models.contracts.extraction_v1 import Intent, OrderKind, OrderLineV1, Problem, StatedValue, read_value
from models.domain.evidence import Evidence
from models.domain.findings import Severity
from models.domain.identifiers import Gln, Gtin, gs1_check_digit
from models.domain.unchecked import maker
from models.domain.values import CheckedText, CountryCode, Currency
from parsers.electronic.leftovers import Leftovers
from parsers.values.units import unit_code

#: The confidence of what a structured message states in the field made for it.
CERTAIN = 0.99
#: Where the message names a number but not whose it is.
OWNER_UNCLEAR = 0.6

_IN_WORDS = 0.85  # how surely a unit is what its word says
_LONGEST_VALUE = 20_000  # the extraction contract's limit for one value
#: Which date of the code lists is the requested one, best first, and how surely: a wish before a schedule before a window
#: before a wish for the shipment.
REQUESTED_DATES = (("requested", CERTAIN), ("scheduled", 0.8), ("earliest", 0.85), ("latest", 0.85), ("ship_requested", 0.6))

_MOST_PROBLEMS = 1_000
_NUMBER = re.compile(r"[+-]?(?:\d{1,24}(?:[.,]\d{0,12})?|[.,]\d{1,12})")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_INCOTERMS = frozenset(
    ("EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAF", "DES", "DEQ", "DDU", "DAT", "DAP", "DPU", "DDP")
)

FaultKind = Literal[
    "missing", "invalid_value", "invalid_number", "invalid_date", "invalid_code", "invalid_characters", "too_long",
    "control_total_mismatch",
]  # fmt: skip


class Source(Protocol):
    """Where a value stands: a segment of an EDI message or a node of an XML document."""

    @property
    def evidence(self) -> tuple[Evidence, ...]: ...

    @property
    def place(self) -> str: ...


#: A value as a message states it: not empty, and no longer than the contract allows.
stated = read_value


#: The order line of fields that `line_fields` began.
order_line: Callable[[dict[str, StatedValue | None]], OrderLineV1] = maker(OrderLineV1)


def line_fields() -> dict[str, StatedValue | None]:
    """The fields of a line of which nothing is stated yet."""
    return _NO_FIELDS.copy()


_NO_FIELDS: dict[str, StatedValue | None] = dict.fromkeys(OrderLineV1.model_fields)


class _Line(Protocol):
    """An order line while it is read."""

    @property
    def label(self) -> str: ...


class _Written(Protocol):
    """A segment as it stands."""

    tag: str
    text: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one element, for the syntax acknowledgement."""

    kind: FaultKind
    source: Source
    element: int | None
    value: str
    message: str


@dataclass(slots=True)
class OrderDraft:
    """One order while its message is read: its problems, faults, notes and what found no place in the contract."""

    #: Whether a comma may be the decimal sign (ISO 9735); elsewhere it would be grouping, and is no number.
    decimal_comma: bool = False
    #: What the partner's own codes mean: its units, and whose number stands behind a qualifier.
    units: Mapping[str, str] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    _notes: list[tuple[str, tuple[Evidence, ...]]] = field(default_factory=list)
    _leftovers: dict[tuple[str, bool], Leftovers] = field(default_factory=dict)

    def problem(self, code: str, severity: Severity, message: str, path: str | None = None) -> None:
        """At most a thousand: a message that is wrong throughout is as wrong as it gets, and its report stays readable."""
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(Problem(code=code, severity=severity, field=path, message=message))
        elif len(self.problems) == _MOST_PROBLEMS:
            message = f"more than {_MOST_PROBLEMS} problems; the rest are not listed. Ask the sender for a sound message"
            self.problems.append(Problem(code="too_many_problems", severity=Severity.ERROR, message=message))

    def fault(
        self, kind: FaultKind, source: Source, message: str, *, element: int | None = None, value: str = "",
        path: str | None = None, severity: Severity = Severity.ERROR, code: str = "",
    ) -> None:  # fmt: skip
        """A problem that the syntax acknowledgement names as well."""
        if len(self.faults) < _MOST_PROBLEMS:
            self.faults.append(Fault(kind, source, element, value[:80], message))
        at = f", element {element}" if element is not None else ""
        self.problem(code or kind, severity, f"{source.place}{at}: {message}", path)

    def note(self, text: str, *sources: Source, about: str = "") -> None:
        """Free text that people should read, where it stands; `about` says of which line."""
        words = clean(text)
        if words:
            evidence = tuple(place for source in sources for place in source.evidence)
            self._notes.append((f"{about}: {words}" if about else words, evidence))

    def leave(self, kind: str, text: str, *, weighty: bool = False) -> None:
        """Keep what has no place in the contract, to be listed under its `kind` (a segment's tag, an XML element).

        `weighty` is what changes what is owed or where goods go: a person should know.
        """
        kept = self._kept(kind, weighty=weighty)
        kept.add("" if kept.is_full else clean(text))

    def leave_of(self, line: _Line, segment: _Written, *, weighty: bool = False) -> None:
        """Keep a segment of a line that has no place. In a long order most are only counted, so its words wait until then."""
        kept = self._kept(segment.tag, weighty=weighty)
        if kept.is_full:
            kept.count += 1
        else:
            kept.add(clean(f"{line.label}: {segment.text}"))

    def _kept(self, kind: str, *, weighty: bool) -> Leftovers:
        kept = self._leftovers.get((kind, weighty))
        if kept is None:
            kept = self._leftovers[kind, weighty] = Leftovers()
        return kept

    def notes(self) -> StatedValue | None:
        """All notes as one value, a line each, with the evidence of every one."""
        if not self._notes:
            return None
        text = "\n".join(dict.fromkeys(words for words, _ in self._notes))
        evidence = tuple(dict.fromkeys(place for _, places in self._notes for place in places))
        return StatedValue(value=self._clipped(text, "notes"), confidence=CERTAIN, evidence=evidence)

    def list_leftovers(self) -> None:
        """Add the info problems that show everything that has no place in the contract."""
        for (kind, weighty), kept in self._leftovers.items():
            counted = f"{kept.count} × {kind}" if kept.count > 1 else kind
            severity = Severity.WARNING if weighty else Severity.INFO
            self.problem("not_mapped", severity, f"{counted} without a place in the extraction: {kept.listed()}")
        self._leftovers.clear()

    def text(self, raw: str | None, source: Source, *, confidence: float = CERTAIN) -> StatedValue | None:
        """`raw` as stated, its runs of blanks and line breaks as one space; None where nothing is stated."""
        if not raw:
            return None
        words = raw.strip() if raw.isprintable() and "  " not in raw else clean(raw)
        if len(words) > _LONGEST_VALUE:
            words = self._clipped(words, source.place)
        return stated(words, confidence, source.evidence) if words else None

    def joined(self, words: str, sources: Sequence[Source], *, confidence: float = CERTAIN) -> StatedValue | None:
        """One text that several places make up together, with the evidence of every one."""
        if len(sources) == 1:
            return self.text(words, sources[0], confidence=confidence)
        words = self._clipped(clean(words), sources[0].place)
        return stated(words, confidence, tuple([place for source in sources for place in source.evidence])) if words else None

    def number(
        self, raw: str | None, source: Source, path: str, *, element: int | None = None, confidence: float = CERTAIN
    ) -> StatedValue | None:
        """A decimal with '.' as its sign, its digits as stated; what is no number becomes a fault."""
        if not raw:
            return None
        if raw.isdigit() and raw.isascii() and len(raw) < 25:
            return stated(raw, confidence, source.evidence)
        digits = decimal_text(raw) if self.decimal_comma or "," not in raw else None
        if digits is None:
            message = f"{raw[:60]!r} is not a number; ask the sender for {path}"
            self.fault("invalid_number", source, message, element=element, value=raw, path=path)
            return None
        return stated(digits, confidence, source.evidence) if digits else None

    def date(
        self, raw: str | None, source: Source, path: str, *, element: int | None = None, confidence: float = CERTAIN
    ) -> StatedValue | None:
        """`raw` (ISO, or yyyymmdd) as an ISO date; an impossible one becomes a fault."""
        words = (raw or "").strip()
        if not words:
            return None
        day = iso_day(words)
        if day is None:
            message = f"{words[:40]!r} is not a date; ask the sender for {path}"
            self.fault("invalid_date", source, message, element=element, value=words, path=path)
            return None
        return stated(day, confidence, source.evidence)

    def gtin(self, raw: str | None, source: Source, path: str, *, element: int | None = None) -> StatedValue | None:
        """A GTIN padded to 14 digits whose check digit is right; any other becomes a fault and stays null."""
        return self._checked(Gtin, raw, source, path, element=element, code="invalid_gtin")

    def gln(self, raw: str | None, source: Source, path: str, *, element: int | None = None) -> StatedValue | None:
        """A GLN whose check digit is right; any other becomes a warning and stays null."""
        return self._checked(Gln, raw, source, path, element=element, code="invalid_gln")

    def currency(self, raw: str | None, source: Source, path: str, *, element: int | None = None) -> StatedValue | None:
        return self._checked(Currency, raw, source, path, element=element, code="invalid_currency")

    def country(self, raw: str | None, source: Source, path: str, *, element: int | None = None) -> StatedValue | None:
        return self._checked(CountryCode, raw, source, path, element=element, code="invalid_country")

    def unit(
        self, raw: str | None, source: Source, path: str, translate: Callable[[str], str | None], *, element: int | None = None
    ) -> StatedValue | None:
        """The unit that `translate` makes of a code; one that it does not know may be a word ("STK"), else it is a fault."""
        if not raw:
            return None
        unit = self.units.get(raw) or translate(raw)
        if unit is not None:
            return stated(unit, CERTAIN, source.evidence)
        code = clean(raw)
        if not code:
            return None
        unit = unit_code(code) if len(code) > 2 else None
        if unit is not None:
            message = f"{source.place}: the unit {code[:20]!r} is no code of the standard's list; it was read as {unit}"
            self.problem("unit_in_words", Severity.INFO, message, path)
            return stated(unit, _IN_WORDS, source.evidence)
        message = f"the unit {code[:20]!r} is not in our code list; find out what the sender means by it"
        self.fault(
            "invalid_code", source, message, element=element, value=code, path=path,
            severity=Severity.WARNING, code="unknown_unit",
        )  # fmt: skip
        return None

    def incoterm(self, raw: str | None, source: Source, kind: str) -> StatedValue | None:
        """An Incoterms rule (ICC, 2000 to 2020 editions); any other delivery term is left over under `kind`."""
        words = clean(raw or "")
        if words[:3].upper() in _INCOTERMS and not words[3:4].isalnum():
            return StatedValue(value=words[:3].upper(), confidence=CERTAIN, evidence=source.evidence)
        if words:
            self.leave(kind, f"delivery terms {words}")
        return None

    def _checked(
        self, form: type[CheckedText], raw: str | None, source: Source, path: str, *, element: int | None, code: str
    ) -> StatedValue | None:
        words = raw if raw and raw.isalnum() else clean(raw or "")
        if not words:
            return None
        try:
            value = form.checked(words)
        except ValueError as error:
            self.fault(
                "invalid_value", source, str(error), element=element, value=words, path=path, severity=Severity.WARNING, code=code
            )
            return None
        return stated(value, CERTAIN, source.evidence)

    def _clipped(self, words: str, where: str) -> str:
        if len(words) > _LONGEST_VALUE:
            self.problem(
                "text_too_long", Severity.WARNING, f"{where} holds {len(words)} characters; only {_LONGEST_VALUE} are shown"
            )
        return words[:_LONGEST_VALUE]


def clean(raw: str) -> str:
    """`raw` without control characters, its blanks and line breaks as single spaces."""
    if raw.isprintable() and "  " not in raw:
        return raw.strip()
    return " ".join(_CONTROLS.sub(" ", raw).split())


def decimal_text(raw: str) -> str | None:
    """`raw` as a decimal string with '.', digits as stated: "12,50" is "12.50", "+.5" is "0.5". "" where nothing is
    stated, None where it is no number."""
    whole, point, fraction = raw.partition(".")
    if point and raw.isascii() and whole.isdigit() and fraction.isdigit() and len(whole) < 25 and len(fraction) < 13:
        return raw
    words = raw.strip()
    if not words:
        return ""
    if not words.isascii() or not _NUMBER.fullmatch(words):
        return None
    sign = "-" if words[0] == "-" else ""
    whole, _, fraction = words.lstrip("+-").replace(",", ".").partition(".")
    return sign + (whole or "0") + (f".{fraction}" if fraction else "")


def iso_day(words: str) -> str | None:
    """The day of an ISO date or date and time, or of yyyymmdd…; None where there is no such day."""
    digits = words[:8] if words[:8].isascii() and words[:8].isdigit() else ""
    text = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if len(digits) == 8 else words[:10]
    try:
        return date.fromisoformat(text).isoformat() if len(text) == 10 else None
    except ValueError:
        return None


def intent_of(kinds: Sequence[OrderKind]) -> Intent:
    """What the sender of several messages wants: an order outranks a change, a change a cancellation."""
    for intent in (Intent.ORDER, Intent.ORDER_CHANGE, Intent.ORDER_CANCELLATION):
        if intent.value in kinds:
            return intent
    return Intent.OTHER


def gtin_of_isbn(isbn: str) -> str | None:
    """The GTIN that an ISBN is or stands for (ISO 2108: 978 and the first nine digits), None where its check digit is wrong."""
    digits = re.sub(r"[\s-]", "", isbn).upper()
    if re.fullmatch(r"97[89][0-9]{10}", digits):
        return Gtin.parse(digits)
    if not re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        return None
    total = sum((10 - place) * (10 if digit == "X" else int(digit)) for place, digit in enumerate(digits))
    body = f"978{digits[:9]}"
    return Gtin(f"{body}{gs1_check_digit(body)}") if total % 11 == 0 else None


def control_characters(text: str, *, allowed: str = "") -> str:
    """The control characters of `text` that no message should hold, named as U+0000, up to five kinds of them."""
    found = sorted(set(_CONTROLS.findall(text)) - set(allowed))
    return ", ".join(f"U+{ord(mark):04X}" for mark in found[:5])
