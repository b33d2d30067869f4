"""The benchmark measures all that there is to measure."""

from __future__ import annotations

from pathlib import Path

from benchmarks.capture.run import MODULES, all_cases

CAPTURE = Path(__file__).parents[2] / "benchmarks" / "capture"


def test_documents_laid_out_by_hand_are_measured_with_the_others() -> None:
    """Each of them, whatever kind it is, and all of them unseen."""
    measured = {case.layout: case.split for case in all_cases(["spreadsheet"]) if case.layout.startswith("by_hand/")}
    assert len(measured) >= 10
    assert set(measured.values()) == {"test"}


def test_every_module_that_makes_documents_is_measured() -> None:
    """None is left out unnoticed."""
    made = {
        ".".join(path.relative_to(CAPTURE).with_suffix("").parts)
        for path in CAPTURE.rglob("*.py")
        if "\ndef cases(" in path.read_text(encoding="utf-8")
    }
    assert made == set(MODULES)
