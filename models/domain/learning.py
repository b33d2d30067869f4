"""What people's decisions taught about one customer: each fact is the sum of its lessons, and nothing but them.

A correction made on the very line counts at once. An approval in passing counts half: two make a fact. Every order that a
fact served adds a little, every correction to something else takes a whole one away. Facts expire, and can be undone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal

from models.domain.normalisation import folded, normalised_part_number
from models.domain.party import StatedParty
from models.domain.values import Value

#: From here on a fact is used; below it, it is shown to a person as a proposal.
CERTAIN = 1.0
#: An order that went through with a fact says little for it, for nobody may have looked: ten such orders weigh one correction.
_HELD, _MOST_FOR_HOLDING = 0.1, 1.0
_OVERRULED = 1.0
#: A fact that never served again is forgotten after half a year, one that did a year and a half after it did so last.
_FRESH, _PROVEN = timedelta(days=180), timedelta(days=540)

LessonKind = Literal["corrected", "approved", "held", "overruled", "undone"]
_TAUGHT: tuple[tuple[LessonKind, float], ...] = (("corrected", 1.0), ("approved", 0.5))


class FactKind(StrEnum):
    """What a fact is about: a customer's part number, wording or unit, a place as they write it, whose a sender is, where
    their documents print the order's number, or that their letters need none."""

    PART_NUMBER = "part_number"
    DESCRIPTION = "description"
    UNIT = "unit"
    SHIP_TO = "ship_to"
    SENDER = "sender"
    LAYOUT = "layout"
    UNNUMBERED = "unnumbered"


class Statement(Value):
    """What a fact says: within `scope`, `written` means `meaning`. `key` is `written` as it is compared.

    The scope is a customer's number, for senders their mailbox. Meanings: a SKU; for a unit, how many base units of the SKU in
    the key it holds; a place's code or written-out address; a customer's number; a label ("beside kommission"); "need no
    number". `wording` is what stood beside it.
    """

    kind: FactKind
    scope: str
    key: str
    written: str
    meaning: str
    wording: str = ""

    @property
    def fact_id(self) -> str:
        content = "\x1f".join((self.kind, self.scope, self.key, self.meaning))
        return f"{self.kind.replace('_', '-')}-{hashlib.sha256(content.encode()).hexdigest()[:10]}"

    def rivals(self, other: Statement) -> bool:
        """Whether the two say different things of the same."""
        same = (self.kind, self.scope, self.key) == (other.kind, other.scope, other.key)
        return same and self.meaning != other.meaning

    def in_words(self) -> str:
        match self.kind:
            case FactKind.UNIT:
                return f"{self.written} holds {self.meaning}"
            case FactKind.SENDER:
                return f"{self.written} writes for customer {self.meaning}"
            case FactKind.LAYOUT:
                place, _, label = self.meaning.partition(" ")
                return f"{self.written} stands {place} {label!r}"
            case FactKind.UNNUMBERED:
                return f"{self.written} {self.meaning}"
            case _:
                return f"{self.written!r} means {self.meaning}"


class Lesson(Value):
    """One decision's word on a fact. `key` is unique within the fact: a step that runs twice teaches once."""

    statement: Statement
    kind: LessonKind
    key: str
    order_id: str = ""
    document: str = ""
    by: str
    at: datetime
    why: str = ""


class LearnedFact(Value):
    """A statement with its lessons, oldest first. What was taught before it was undone counts no more."""

    statement: Statement
    lessons: tuple[Lesson, ...]

    @property
    def fact_id(self) -> str:
        return self.statement.fact_id

    @property
    def standing(self) -> tuple[Lesson, ...]:
        """The lessons that count."""
        ends = [place for place, lesson in enumerate(self.lessons, start=1) if lesson.kind == "undone"]
        return self.lessons[ends[-1] if ends else 0 :]

    def count(self, kind: LessonKind) -> int:
        return sum(lesson.kind == kind for lesson in self.standing)

    @property
    def weight(self) -> float:
        """How much speaks for the fact: from `CERTAIN` on it is used."""
        taught = sum(worth * self.count(kind) for kind, worth in _TAUGHT)
        held = min(_HELD * self.count("held"), _MOST_FOR_HOLDING)
        return round(taught + held - _OVERRULED * self.count("overruled"), 6) if taught else 0.0

    @property
    def expires_on(self) -> date | None:
        """The day from which it is no longer used; None where nothing stands."""
        speaking = [lesson for lesson in self.standing if lesson.kind not in ("overruled", "undone")]
        if not speaking:
            return None
        return (speaking[-1].at + (_PROVEN if len(speaking) > 1 else _FRESH)).date()

    def is_certain_on(self, day: date) -> bool:
        return self.weight >= CERTAIN and not self.is_expired_on(day)

    def is_expired_on(self, day: date) -> bool:
        return self.expires_on is not None and day >= self.expires_on

    def state_on(self, day: date) -> str:
        """In a word: `used`, `not yet certain`, `overruled`, `expired` or `undone`."""
        if self.lessons[-1].kind == "undone":
            return "undone"
        if self.is_expired_on(day):
            return "expired"
        if self.weight >= CERTAIN:
            return "used"
        return "overruled" if self.count("overruled") else "not yet certain"

    @property
    def touched(self) -> tuple[str, ...]:
        """The ids of the orders that went through with it, oldest first."""
        return tuple(dict.fromkeys(lesson.order_id for lesson in self.lessons if lesson.kind == "held"))

    def receipt(self) -> str:
        """Who taught it, when, from which document, and how it did since."""
        first = self.standing[0] if self.standing else self.lessons[0]
        document = f" ({first.document})" if first.document else ""
        held, overruled = self.count("held"), self.count("overruled")
        record = (
            f"held in {held} {'order' if held == 1 else 'orders'}, overruled {overruled}×" if held + overruled else "not used yet"
        )
        return (
            f"{self.statement.in_words()}: {first.kind} by {first.by} on {first.at:%Y-%m-%d} in {first.order_id}{document}; "
            f"{record} [{self.fact_id}]"
        )


class Receipt(Value):
    """That an order used a fact: which, for which line (None for the whole order), and in words who taught it."""

    fact_id: str
    kind: FactKind
    line: int | None = None
    statement: Statement
    words: str


class Recalled(Value):
    """What was learned of one thing: the fact to use, if one is certain and no other contests it; and what else was said."""

    fact: LearnedFact | None = None
    hints: tuple[LearnedFact, ...] = ()


def recalled(facts: Iterable[LearnedFact], kind: FactKind, key: str, day: date) -> Recalled:
    """What the facts say of `key` on that day. Two certain ones that say different things are put to a person."""
    about = [fact for fact in facts if (fact.statement.kind, fact.statement.key) == (kind, key) and fact.weight > 0]
    living = sorted((fact for fact in about if not fact.is_expired_on(day)), key=lambda fact: (-fact.weight, fact.fact_id))
    certain = [fact for fact in living if fact.is_certain_on(day)]
    return Recalled(fact=certain[0], hints=()) if len(certain) == 1 else Recalled(hints=tuple(living))


def facts_of(lessons: Sequence[Lesson]) -> list[LearnedFact]:
    """The facts that lessons, oldest first, make together."""
    by_fact: dict[str, list[Lesson]] = {}
    for lesson in lessons:
        by_fact.setdefault(lesson.statement.fact_id, []).append(lesson)
    return [LearnedFact(statement=some[0].statement, lessons=tuple(some)) for some in by_fact.values()]


def receipt_of(fact: LearnedFact, line: int | None = None) -> Receipt:
    return Receipt(fact_id=fact.fact_id, kind=fact.statement.kind, line=line, statement=fact.statement, words=fact.receipt())


def number_fact_key(number: str) -> str:
    """A part number as facts about it are compared; empty where nothing is left of it."""
    return normalised_part_number(number).replace("\x00", "")


def wording_fact_key(text: str) -> str:
    return folded(text)


def unit_fact_key(sku: str, unit: str) -> str:
    return f"{sku}:{unit}"


def place_fact_key(stated: StatedParty | None) -> str:
    """A stated place as facts about it are compared: all of it, for half an address may mean another place. Empty for none."""
    if stated is None:
        return ""
    parts = (stated.name, stated.street, stated.postal_code, stated.city, stated.region, stated.country)
    words = [folded(part or "") for part in parts]
    numbers = [number_fact_key(part or "") for part in (stated.gln, stated.customer_number)]
    return "|".join((*words, *numbers)) if any((*words, *numbers)) else ""
