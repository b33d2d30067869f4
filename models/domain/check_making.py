"""How a check is made of an order: which findings belong to it, how it came out, and what would have changed that."""

from __future__ import annotations

from collections.abc import Sequence

from models.domain.budget_standing import CODE as ERROR_BUDGET
from models.domain.decision_record import Check, CheckOutcome
from models.domain.finding_words import told_together
from models.domain.findings import Finding, Severity
from models.domain.model_question import CODE as RISK_MODEL
from models.domain.sales_order import SalesOrder

#: Which check a finding belongs to; what is named nowhere belongs to the reading of the document.
_CHECK_OF = {
    code: check
    for check, codes in {
        "sender": ("suspicious_sender", "bank_details"),
        "customer": ("unknown_customer", "customer_conflict"),
        "ship_to": ("country_assumed", "new_ship_to", "ship_to_unclear", "ship_to_assumed", "no_ship_to", "ship_to_differs"),
        "item": (
            "unknown_item", "ambiguous_item", "item_conflict", "unknown_part_number", "description_differs", "discontinued_item",
            "item_blocked",
            "learned_set_aside", "reorder", "blanket_order", "call_off_unknown", "call_off_expired", "call_off_exceeds",
            "call_off_not_in_blanket", "call_off_balance",
        ),
        "price": (
            "price_mismatch", "no_price", "currency_mismatch", "missing_quantity", "unit_not_sold", "unknown_unit",
            "unit_assumed", "pack_contents_differ", "below_minimum", "below_minimum_order", "not_order_multiple",
        ),
        "totals": ("total_mismatch", "line_total_mismatch", "arithmetic_mismatch", "lines_do_not_add_up"),
        "terms": (
            "terms_differ", "date_impossible", "not_receiving", "incoterm_shifted", "incoterm_differs", "incoterm_proof",
            "freight_shifted", "freight_differs",
        ),
        "tax": (
            "tax_undetermined", "vat_id_missing", "vat_id_unconfirmed", "triangulation", "exemption_expired",
            "seller_not_registered", "tax_service_unavailable",
        ),
        "credit": ("credit_limit_exceeded", "credit_not_comparable", "customer_blocked"),
        "goods": ("dual_use", "hazardous_goods"),
        "parties": ("denied_party", "embargoed_country", "lists_missing"),
        "risk": ("risk_high",),
        "model": (RISK_MODEL,),
        "budget": (ERROR_BUDGET,),
        "policy": ("approval_required",),
    }.items()
    for code in codes
}  # fmt: skip


def made_check(order: SalesOrder, name: str, *, line: int | None = None, is_made: bool = True, **parts: object) -> Check:
    """A check with its findings; what stopped the order says what would have changed that."""
    findings = [one for one in order.findings if _name_of(one) == name and (line is None or one.line == line)]
    outcome = _outcome(order, findings) if is_made or findings else "not_made"
    if outcome == "question":
        codes = [one.code for one in findings if one.blocks and one.key not in order.accepted_findings]
        parts["would_change"] = f"without {told_together(codes)}"
    said = tuple((one.code, one.message) for one in findings)
    return Check.model_validate({"name": name, "line": line, "outcome": outcome, "findings": said, **parts})


def _name_of(finding: Finding) -> str:
    return _CHECK_OF.get(finding.code, "reading")


def _outcome(order: SalesOrder, findings: Sequence[Finding]) -> CheckOutcome:
    blocking = [finding for finding in findings if finding.blocks]
    if any(finding.key not in order.accepted_findings for finding in blocking):
        return "question"
    if blocking:
        return "accepted"
    return "noted" if any(finding.severity is Severity.WARNING for finding in findings) else "passed"


def given(**inputs: str) -> dict[str, str]:
    return {name.replace("_", " "): value for name, value in inputs.items() if value}
