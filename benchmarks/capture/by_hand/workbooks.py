"""Sheets and files of rows as buyers and their systems make them, in `workbooks/` with their truth in a YAML beside each.

They imitate exports of shops and business systems, order forms and clerks' own tables; companies, people and numbers are
invented. A layout belongs to a split by the hash of its name; the truth was written before the reader had seen the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.capture.by_hand.reading import content_of, facts_of, truth_in
from benchmarks.capture.case import Case, split_of

FOLDER = Path(__file__).parent / "workbooks"


def cases(seed: int = 0) -> Iterator[Case]:  # noqa: ARG001 — nothing here is drawn, but all kinds of documents are asked alike
    """All of them, by name."""
    for described in sorted(FOLDER.glob("*.yaml")):
        yield _case(described)


def _case(described: Path) -> Case:
    facts = facts_of(described)
    document = next(path for path in sorted(FOLDER.glob(f"{described.stem}.*")) if path.suffix != ".yaml")
    layout = f"workbook/{described.stem}"
    content = content_of(document, facts)
    return Case(
        f"workbook-{described.stem}", "spreadsheet", layout, facts["language"], split_of(layout), content, truth_in(facts)
    )
