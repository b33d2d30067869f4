"""A decision's record in plain words: the verdict, then each check in a sentence, for people who were not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from models.domain.decision_record import Check, DecisionRecord
from models.domain.values import Value

_TITLES = {
    "reading": "What was read",
    "sender": "Sender",
    "customer": "Customer",
    "ship_to": "Delivery place",
    "item": "Items",
    "price": "Quantities and prices",
    "totals": "Totals",
    "terms": "Terms",
    "tax": "Tax",
    "credit": "Credit",
    "goods": "Watched goods",
    "parties": "Denied parties",
    "risk": "Risk",
    "model": "Risk model",
    "budget": "Error budget",
    "policy": "Policy",
}
_OUTCOMES = {
    "passed": "passed",
    "noted": "passed, with a note",
    "question": "asked a person",
    "accepted": "accepted by a person",
    "not_made": "could not be made",
}
_VERDICTS = {
    "touchless": "went on with no person involved",
    "needs_review": "was put to a person",
    "approved": "was approved",
    "first_approval": "was approved by the first of two people",
    "rejected": "was rejected",
    "corrected": "was corrected",
    "held": "was put on hold",
    "cancelled": "was cancelled",
}


class ExplainedCheck(Value):
    """One check for people: `title`, `outcome` in words, and its sentences. `is_open` asks a person; what is not `is_made` had
    nothing to look at."""

    title: str
    outcome: str
    is_open: bool
    is_made: bool = True
    sentences: tuple[str, ...] = ()


def verdict_words(record: DecisionRecord) -> str:
    """Who decided what, when and why, in a sentence or two."""
    when = record.at.strftime("%Y-%m-%d %H:%M UTC")
    by = "" if record.by == "orderwright" else f" by {record.by}"
    why = f": {record.why}" if record.why else "."
    return f"{when}: version {record.order_version} {_VERDICTS.get(record.outcome, record.outcome)}{by}{why}"


def explained(record: DecisionRecord) -> tuple[ExplainedCheck, ...]:
    """The checks of a decision. Lines that came out alike are told together."""
    return tuple(_together(name, list(checks)) for name, checks in _grouped(record.checks))


def made_with(record: DecisionRecord) -> str:
    """With which policy, release, rules and lists it was decided."""
    versions = ", ".join(f"{name} {version}" for name, version in sorted(record.versions.items()))
    return f"Policy {record.policy}" + (f"; {versions}" if versions else "") + "."


def _grouped(checks: Sequence[Check]) -> Iterator[tuple[str, Sequence[Check]]]:
    """Item and price checks of all lines side by side, the rest as they come."""
    order = list(dict.fromkeys(check.name for check in checks))
    ranked = sorted(checks, key=lambda check: order.index(check.name))
    for name, group in groupby(ranked, key=lambda check: check.name):
        yield name, list(group)


def _together(name: str, checks: Sequence[Check]) -> ExplainedCheck:
    worst = max(checks, key=lambda check: ("passed", "noted", "accepted", "not_made", "question").index(check.outcome))
    sentences = [sentence for check in checks for sentence in _sentences(check)]
    return ExplainedCheck(
        title=_TITLES.get(name, name),
        outcome=_OUTCOMES[worst.outcome],
        is_open=worst.outcome == "question",
        is_made=worst.outcome != "not_made",
        sentences=tuple(sentences),
    )


def _sentences(check: Check) -> Iterator[str]:
    where = f"Line {check.line}: " if check.line else ""
    facts = "; ".join(f"{_weighed(check, name)}{name.replace('_', ' ')}: {value}" for name, value in check.inputs.items())
    if facts:
        yield f"{where}{facts}."
    if check.score and check.threshold:
        yield f"{where}It came to {check.score}; the limit is {check.threshold}."
    if check.runner_up:
        yield f"{where}Next came {check.runner_up}."
    yield from (message if message.startswith(where) else f"{where}{message}" for _, message in check.findings)
    if check.would_change:
        yield f"{where}Otherwise: {check.would_change}."


def _weighed(check: Check, name: str) -> str:
    return f"{check.weights[name]:+.2f} " if name in check.weights else ""
