"""Where a sender prints the number of an order: under which label, and whether beside or below it.

A correction teaches the label that stood by the right number. On the customer's next document it chooses among the numbers that
the page itself prints: it never makes one up, and where the page speaks against it, it says so and stays out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from models.domain.evidence import Evidence
from models.domain.identifiers import Gtin, normalised_po_number
from models.domain.learning import FactKind, LearnedFact, Statement
from models.domain.normalisation import folded
from models.domain.values import Value

Place = Literal["beside", "below"]

_KINDS = {
    "pdf": "page", "scan": "page", "image": "page", "email": "letter", "text": "letter", "word": "letter",
    "spreadsheet": "sheet", "delimited": "sheet",
}  # fmt: skip
_SURE, _SURER_EACH, _SUREST = 0.9, 0.05, 0.99


class PrintedNumber(Value):
    """A number as the document prints it: its label's words, folded, and where it stands by them. `confidence` is that of
    reading its letters."""

    label: str
    place: Place
    value: str
    confidence: float = 1.0
    evidence: Evidence

    @property
    def spot(self) -> str:
        """The label and place as facts about it are compared."""
        return f"{self.place} {self.label}"


def hint_key(source_format: str) -> str:
    """What a hint on documents of this format is filed under; empty for electronic orders, which name their number."""
    kind = _KINDS.get(source_format)
    return f"po_number:{kind}" if kind else ""


def label_key(label: str) -> str:
    """A label as facts about it are compared."""
    return folded(re.sub(r"[\s:#.]+$", "", label))


def taught_spot(
    customer: str, source_format: str, right: str, read: str | None, numbers: Sequence[PrintedNumber]
) -> Statement | None:
    """Where the page prints the number that a reviewer gave as `right`; None where no label singles it out.

    `wording` keeps the spots of the number that had been taken for it, so that the hint is only used where that would happen
    again.
    """
    key = hint_key(source_format)
    if not key or _is_another_kind(right) or (read is not None and is_same_number(right, read)):
        return None
    own = [number for number in numbers if number.label and is_same_number(number.value, right)]
    found = next((number for number in own if _stands_alone(number, numbers)), None)
    if found is None:
        return None
    return Statement(
        kind=FactKind.LAYOUT,
        scope=customer,
        key=key,
        written="the order's number",
        meaning=found.spot,
        wording="|".join(sorted(_spots(read, numbers))),
    )


def hinted(fact: LearnedFact, read: str | None, numbers: Sequence[PrintedNumber]) -> PrintedNumber | str | None:
    """The number that a hint points to; None where its label is not on the page, and in words what else speaks against it.

    `read` is the number that the reader took by itself.
    """
    there = [number for number in numbers if number.spot == fact.statement.meaning]
    if not there:
        return None
    if len({normalised_po_number(number.value) for number in there}) > 1:
        return f"the page prints several numbers {fact.statement.meaning!r}"
    found = there[0]
    if _is_another_kind(found.value):
        return f"{found.value} has the check digits of another kind of number"
    if read is not None and not is_same_number(read, found.value):
        taken_then = set(fact.statement.wording.split("|")) - {""}
        if not taken_then & _spots(read, numbers):
            return f"the page states {read} as the order's number in another place than when this was taught"
    return found


def hinted_confidence(fact: LearnedFact, number: PrintedNumber) -> float:
    """How sure a number is that a hint chose: surer with what speaks for the hint, never more than its letters are."""
    return round(min(_SUREST, _SURE + _SURER_EACH * fact.weight, number.confidence), 4)


def _stands_alone(number: PrintedNumber, numbers: Sequence[PrintedNumber]) -> bool:
    return all(is_same_number(other.value, number.value) for other in numbers if other.spot == number.spot)


def _spots(read: str | None, numbers: Sequence[PrintedNumber]) -> set[str]:
    return {number.spot for number in numbers if read is not None and is_same_number(number.value, read)}


def is_same_number(one: str, other: str) -> bool:
    """Whether two writings are one number of an order."""
    return normalised_po_number(one) == normalised_po_number(other)


def _is_another_kind(value: str) -> bool:
    """Whether right check digits make it a GTIN or a GLN, which are no numbers of orders."""
    bare = re.sub(r"\s", "", value)
    return len(bare) in {13, 14} and Gtin.parse(bare) is not None
