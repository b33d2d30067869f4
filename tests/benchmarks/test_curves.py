"""The drawing of reliability shows what was measured."""

from __future__ import annotations

from lxml import etree

from benchmarks.capture.curves import points, reliability
from benchmarks.capture.scoring import Verdict


def verdicts(confidence: float, right: int, wrong: int) -> list[Verdict]:
    return [Verdict("unit", "C62", "C62", confidence, place < right) for place in range(right + wrong)]


def test_each_tenth_of_confidence_has_its_share_right() -> None:
    """And one of too few values is left out."""
    assert points([*verdicts(0.95, 9, 1), *verdicts(0.55, 2, 1)]) == [(0.95, 0.9, 10)]


def test_each_kind_of_document_has_a_panel() -> None:
    """With its name, whatever signs it holds."""
    drawn = etree.fromstring(reliability({"scan": verdicts(0.95, 9, 1), "<photo>": verdicts(0.5, 5, 5)}).encode())
    names = [text for text in drawn.itertext() if "values" in text]
    assert names == ["scan, 10 values", "<photo>, 10 values"]
