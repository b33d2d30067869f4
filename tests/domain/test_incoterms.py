"""Who pays what under the delivery terms, and which terms are a question."""

from __future__ import annotations

import pytest

from models.domain.findings import Severity
from models.domain.incoterms import RULES, incoterm, incoterm_findings


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("DAP Linz", "DAP"),
        ("cif Rotterdam (Incoterms 2010)", "CIF"),
        ("DDU", "DAP"),
        ("DAT Hamburg", "DPU"),
        ("frei Haus", None),
        (None, None),
    ],
)
def test_a_rule_is_known_by_its_letters(text: str | None, code: str | None) -> None:
    """With a place behind it, of an older edition, or not at all."""
    found = incoterm(text)
    assert (found.code if found else None) == code


def test_costs_are_the_sellers_or_the_buyers() -> None:
    """The two ends and a middle of Incoterms 2020."""
    assert RULES["EXW"].seller_pays() == ()
    assert RULES["CIP"].seller_pays() == ("export clearance", "main carriage", "insurance of the carriage")
    assert RULES["DDP"].seller_pays() == ("export clearance", "main carriage", "import clearance, duty and import tax")


def test_the_burden_grows_from_works_to_door() -> None:
    """Each step takes something more on."""
    burdens = [RULES[code].burden for code in ("EXW", "FCA", "CPT", "CIP", "DPU", "DDP")]
    assert burdens == sorted(set(burdens))


@pytest.mark.parametrize(
    ("stated", "agreed", "code", "severity"),
    [
        ("DDP Oslo", "DAP", "incoterm_shifted", Severity.ERROR),
        ("DAP Linz", "EXW", "incoterm_shifted", Severity.ERROR),
        ("EXW Wuppertal", "DAP", "incoterm_differs", Severity.WARNING),
    ],
)
def test_terms_that_burden_us_more_than_agreed_wait_for_a_person(stated: str, agreed: str, code: str, severity: Severity) -> None:
    """Terms that burden us less are noted."""
    (finding,) = incoterm_findings(stated, agreed, is_export=False)
    assert (finding.code, finding.severity, finding.expected) == (code, severity, agreed)


@pytest.mark.parametrize(("stated", "agreed"), [("DAP Linz", "DAP"), (None, "DAP"), ("frei Haus", "DAP"), ("DAP", "")])
def test_terms_that_are_as_agreed_or_not_comparable_are_no_doubt(stated: str | None, agreed: str) -> None:
    """Nothing is stated, nothing is known, nothing is agreed, or all is the same."""
    assert incoterm_findings(stated, agreed, is_export=True) == ()


def test_works_terms_of_an_export_leave_the_proof_open() -> None:
    """We owe the proof, the buyer clears."""
    assert [finding.code for finding in incoterm_findings("EXW", "EXW", is_export=True)] == ["incoterm_proof"]
    assert incoterm_findings("EXW", "EXW", is_export=False) == ()
