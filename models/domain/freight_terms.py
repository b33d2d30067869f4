"""Who pays the freight: what an order says, against what was agreed with the customer."""

from __future__ import annotations

from enum import StrEnum

from models.domain.findings import Finding, Severity
from models.domain.incoterms import incoterm, incoterm_findings
from models.domain.party import Customer
from models.domain.purchase_order import PurchaseOrder


class FreightTerms(StrEnum):
    """Who pays the carrier (UN/EDIFACT 4215 and X12 146: PP, PC, CC): we, we who put it on the invoice, or the buyer."""

    PREPAID = "prepaid"
    PREPAID_AND_ADD = "prepaid_and_add"
    COLLECT = "collect"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    FreightTerms.PREPAID: "we pay the freight",
    FreightTerms.PREPAID_AND_ADD: "we pay the freight and put it on the invoice",
    FreightTerms.COLLECT: "the buyer pays the freight",
}
#: The more of it is ours, the higher.
_BURDEN = {FreightTerms.COLLECT: 0, FreightTerms.PREPAID_AND_ADD: 1, FreightTerms.PREPAID: 2}


def agreed_freight(customer: Customer) -> FreightTerms | None:
    """What was agreed: the customer's own freight terms, else what their Incoterms rule says of the main carriage."""
    if customer.freight_terms:
        return FreightTerms(customer.freight_terms)
    rule = incoterm(customer.incoterm)
    if rule is None:
        return None
    return FreightTerms.PREPAID if rule.main_carriage else FreightTerms.COLLECT


def stated_rule(order: PurchaseOrder) -> str | None:
    """The Incoterms rule that the order states. Beside words for who pays, FOB is the American trade's ("FOB destination"),
    which is none: the freight terms say what it says."""
    return None if order.incoterm == "FOB" and order.freight_terms else order.incoterm


def freight_finding(order: PurchaseOrder, customer: Customer) -> Finding | None:
    """An order that says otherwise than agreed who pays the freight. More at our cost is asked about, less is noted; the proposal
    is what was agreed. What the Incoterms rule beside it says already is not said again."""
    stated, agreed = order.freight_terms, agreed_freight(customer)
    if stated is None or agreed is None or stated == agreed:
        return None
    if any(doubt.expected for doubt in incoterm_findings(stated_rule(order), customer.incoterm, is_export=False)):
        return None
    theirs = FreightTerms(stated)
    is_dearer = _BURDEN[theirs] > _BURDEN[agreed]
    return Finding(
        code="freight_shifted" if is_dearer else "freight_differs",
        severity=Severity.ERROR if is_dearer else Severity.WARNING,
        message=f"By the order {theirs.words}; agreed with {customer.name} is that {agreed.words}, which we confirm.",
        field="freight_terms",
        read=theirs.value,
        expected=agreed.value,
        proposal={"freight_terms": agreed.value},
    )
