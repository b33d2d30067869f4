"""Who pays the freight, by the order and by what was agreed."""

from __future__ import annotations

import pytest

from models.domain.corrections import correction_refusals
from models.domain.findings import Severity
from models.domain.freight_terms import FreightTerms, agreed_freight, freight_finding, stated_rule
from tests.domain.made import customer, purchase_order


@pytest.mark.parametrize(
    ("own", "rule", "agreed"),
    [
        ("", "DAP", FreightTerms.PREPAID),
        ("", "EXW", FreightTerms.COLLECT),
        ("", "", None),
        ("prepaid_and_add", "EXW", "prepaid_and_add"),
    ],
)
def test_agreed_is_what_the_customer_has_of_its_own_else_what_its_rule_says(
    own: str, rule: str, agreed: FreightTerms | None
) -> None:
    """The main carriage is the freight."""
    assert agreed_freight(customer(freight_terms=own, incoterm=rule)) == agreed


@pytest.mark.parametrize(
    ("stated", "agreed", "code", "severity"),
    [
        ("prepaid", "collect", "freight_shifted", Severity.ERROR),
        ("prepaid", "prepaid_and_add", "freight_shifted", Severity.ERROR),
        ("prepaid_and_add", "collect", "freight_shifted", Severity.ERROR),
        ("collect", "prepaid", "freight_differs", Severity.WARNING),
    ],
)
def test_freight_at_our_cost_that_was_not_agreed_waits_for_a_person(
    stated: str, agreed: str, code: str, severity: Severity
) -> None:
    """Less at our cost is noted; the proposal is what was agreed."""
    finding = freight_finding(purchase_order(freight_terms=stated), customer(freight_terms=agreed))
    assert finding is not None
    assert (finding.code, finding.severity, finding.proposal) == (code, severity, {"freight_terms": agreed})


def test_what_the_rule_beside_it_says_is_not_said_again() -> None:
    """ "Ab Werk" is both a rule and who pays."""
    asked = purchase_order(incoterm="EXW", freight_terms="collect")
    assert freight_finding(asked, customer(incoterm="DAP")) is None
    assert freight_finding(asked.model_copy(update={"incoterm": None}), customer(incoterm="DAP")) is not None


def test_fob_beside_words_for_who_pays_is_no_rule_of_the_icc() -> None:
    """ "FOB destination, freight prepaid" is the American trade's."""
    assert stated_rule(purchase_order(incoterm="FOB", freight_terms="prepaid")) is None
    assert stated_rule(purchase_order(incoterm="FOB")) == "FOB"


def test_a_reviewer_corrects_freight_terms_by_their_name() -> None:
    """Others are refused with the names that there are."""
    assert correction_refusals({"freight_terms": "collect"}, [1]) == []
    (refusal,) = correction_refusals({"freight_terms": "frei Haus"}, [1])
    assert "prepaid, prepaid_and_add, collect" in refusal
