"""Customers who order by letter without a number of their own, as people's approvals of such orders teach it.

A letter is searched for every number that nothing explains, so one that was overlooked there is asked about by itself. A printed
form is not, and is always asked for its number.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.domain.findings import Finding, Severity
from models.domain.learning import FactKind, LearnedFact, Statement

_CODE = "missing_po_number"
_LETTERS = frozenset({"email", "text"})
_NEEDS_NONE, _STATES_ONE = "need no number", "state a number"


def unnumbered_key(source_format: str) -> str:
    """What is learned of this format's orders is filed under; empty where nothing is."""
    return "unnumbered:letter" if source_format in _LETTERS else ""


def taught_of_numbers(customer: str, source_format: str, accepted: Sequence[str], *, is_given: bool) -> Statement | None:
    """What a person taught by accepting an order whose letter states no number, or by giving it one (`is_given`).

    `accepted` are the keys of the findings that the approval let pass.
    """
    key = unnumbered_key(source_format)
    was_let_pass = any(finding.startswith(f"{_CODE}|") for finding in accepted)
    if not key or not (is_given or was_let_pass):
        return None
    meaning = _STATES_ONE if is_given else _NEEDS_NONE
    return Statement(kind=FactKind.UNNUMBERED, scope=customer, key=key, written="this customer's letters", meaning=meaning)


def without_asking(findings: Sequence[Finding], fact: LearnedFact | None) -> tuple[Finding, ...] | None:
    """The findings, of which the missing number is only a note by what was learned; None where that changes nothing."""
    if fact is None or fact.statement.meaning != _NEEDS_NONE or not any(_asks(finding) for finding in findings):
        return None
    return tuple(_noted(finding) if _asks(finding) else finding for finding in findings)


def _asks(finding: Finding) -> bool:
    return finding.code == _CODE and finding.blocks


def _noted(finding: Finding) -> Finding:
    message = "The letter states no purchase order number, like those of this customer that were approved: none is asked for."
    return finding.model_copy(update={"severity": Severity.INFO, "message": message})
