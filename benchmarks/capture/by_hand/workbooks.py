"""Sheets and files of rows as buyers and their systems make them, in `workbooks/` with their truth in a YAML beside each.

They imitate exports of shops and business systems, order forms and clerks' own tables; companies, people and numbers are
invented. A layout belongs to a split by the hash of its name; the truth was written before the reader had seen the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.capture.by_hand.reading import cases_in
from benchmarks.capture.case import Case

FOLDER = Path(__file__).parent / "workbooks"


def cases(seed: int = 0) -> Iterator[Case]:  # noqa: ARG001 — nothing here is drawn, but all kinds of documents are asked alike
    """All of them, by name."""
    return cases_in(FOLDER, "workbook")
