"""The benchmark measures all that there is to measure."""

from __future__ import annotations

from pathlib import Path

from benchmarks.capture.case import Case
from benchmarks.capture.run import MODULES, all_cases, result_of

CAPTURE = Path(__file__).parents[2] / "benchmarks" / "capture"


def test_documents_laid_out_by_hand_are_measured_with_the_others() -> None:
    """Each of them, whatever kind it is, and all of them unseen."""
    measured = {case.layout: case.split for case in all_cases(["spreadsheet"]) if case.layout.startswith("by_hand/")}
    assert len(measured) >= 10
    assert set(measured.values()) == {"test"}


def test_a_document_that_is_refused_is_a_result_and_no_end_of_the_run() -> None:
    """Its order was missed, and nothing went out silently."""
    truth = {"intent": "order", "orders": [{"po_number": "P-1", "lines": []}]}
    case = Case("broken", "native_pdf", "broken", "en", "train", b"%PDF-1.7 broken", truth)
    result = result_of(case)
    assert (result.score.touchless, result.score.silent, result.score.perfect) == (0, 0, 0)
    assert result.problems


def test_every_module_that_makes_documents_is_measured() -> None:
    """None is left out unnoticed."""
    made = {
        ".".join(path.relative_to(CAPTURE).with_suffix("").parts)
        for path in CAPTURE.rglob("*.py")
        if "\ndef cases(" in path.read_text(encoding="utf-8")
    }
    assert made == set(MODULES)
