"""A reading in which what was learned of the sender's documents chose the order's number among those that the page prints."""

from __future__ import annotations

from dataclasses import dataclass

from models.contracts.extraction_v1 import Problem, StatedValue
from models.contracts.reading_v1 import ReadingV1
from models.domain.findings import Severity
from models.domain.layout_hints import PrintedNumber, hinted, hinted_confidence, is_same_number
from models.domain.learning import LearnedFact, Receipt, receipt_of

_PLACE = "orders[0].po_number"
#: Doubts about the number that are settled once the place of the number is known.
_SETTLED = frozenset({"missing_po_number", "several_po_numbers"})


@dataclass(frozen=True, slots=True)
class HintedReading:
    """The reading, the number that its order has now (None for none), and the receipts of what was used."""

    reading: ReadingV1
    number: str | None
    receipts: tuple[Receipt, ...] = ()


def hinted_reading(reading: ReadingV1, fact: LearnedFact) -> HintedReading | None:
    """The reading of a document with one order as the fact settles it; None where its label is not on the page."""
    [order] = reading.extraction.orders
    read = order.po_number.value if order.po_number else None
    found = hinted(fact, read, reading.numbers)
    if found is None:
        return None
    if isinstance(found, str):
        return HintedReading(_with_problem(reading, fact, found), read)
    return HintedReading(_with_number(reading, fact, found), found.value, (receipt_of(fact),))


def _with_number(reading: ReadingV1, fact: LearnedFact, found: PrintedNumber) -> ReadingV1:
    [order] = reading.extraction.orders
    confidence = hinted_confidence(fact, found)
    if order.po_number is not None and is_same_number(order.po_number.value, found.value):
        confidence = max(confidence, order.po_number.confidence)
    number = StatedValue(value=found.value, confidence=confidence, evidence=(found.evidence,))
    problems = tuple(
        problem for problem in reading.extraction.problems if problem.field != _PLACE or problem.code not in _SETTLED
    )
    updates = {"orders": (order.model_copy(update={"po_number": number}),), "problems": problems}
    return reading.model_copy(update={"extraction": reading.extraction.model_copy(update=updates)})


def _with_problem(reading: ReadingV1, fact: LearnedFact, against: str) -> ReadingV1:
    message = f"What was learned is not used, because {against}. {fact.receipt()}"
    problem = Problem(code="learned_set_aside", severity=Severity.WARNING, field=_PLACE, message=message)
    problems = (*reading.extraction.problems, problem)
    return reading.model_copy(update={"extraction": reading.extraction.model_copy(update={"problems": problems})})
