"""What the buyer can be asked about an order: its open doubts that only the buyer can settle, never our own affairs."""

from __future__ import annotations

from models.domain.corrections import answering_keys
from models.domain.findings import Candidate, Finding, Owner
from models.domain.questions import AskedPoint, PointKind
from models.domain.sales_order import SalesOrder

#: What is ours to decide: policies, risks, terms, and who somebody is. A buyer is never told of these.
OURS = frozenset({
    "approval_required", "risk_high", "refused_downstream", "suspicious_sender", "customer_blocked", "customer_conflict",
    "terms_differ", "change_requested", "cancellation_requested", "conflicting_resubmission", "learned_set_aside", "damaged",
    "letters_not_readable", "too_many_problems", "bank_details",
})  # fmt: skip
_KINDS: dict[str, PointKind] = {
    "sku": "item", "quantity": "quantity", "unit": "unit", "price": "price", "ship_to": "ship_to", "requested_date": "date",
    "repeat": "reorder", "customer": "customer",
}  # fmt: skip
#: Whose candidates may be shown to the buyer: our items, and places and orders of their own.
_OFFERED: frozenset[PointKind] = frozenset({"item", "ship_to", "reorder"})
_MOST_POINTS = 20
_MOST_OPTIONS = 5


def askable_points(order: SalesOrder) -> tuple[tuple[AskedPoint, Finding], ...]:
    """The points that a question lists, each with the doubt behind it; one for each thing that would settle a doubt."""
    found: dict[str, tuple[AskedPoint, Finding]] = {}
    for finding in order.open_findings:
        point = _point(finding, order)
        if point is not None:
            found.setdefault(point.key, (point, finding))
    return tuple(found.values())[:_MOST_POINTS]


def offered(point: AskedPoint, finding: Finding) -> tuple[Candidate, ...]:
    """The candidates behind a point's options, in their order."""
    by_value = {candidate.value: candidate for candidate in finding.candidates}
    return tuple(by_value[value] for value in point.options if value in by_value)


def _point(finding: Finding, order: SalesOrder) -> AskedPoint | None:
    if finding.owner is not Owner.SALES or finding.code in OURS:
        return None
    proposal = finding.proposal or {}
    key = next(iter((*proposal, *answering_keys(finding.field or ""))), "")
    if not key:
        return None
    kind = _KINDS.get(key.rpartition(".")[2], "confirm")
    may_offer = kind in _OFFERED and order.customer_number is not None
    options = tuple(candidate.value for candidate in finding.candidates[:_MOST_OPTIONS]) if may_offer else ()
    proposed = "" if kind == "customer" else proposal.get(key, "")
    return AskedPoint(finding=finding.key, kind=kind, key=key, line=finding.line, options=options, proposed=proposed)
