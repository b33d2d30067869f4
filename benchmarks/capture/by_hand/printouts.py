"""Orders as widespread business systems print them, written down as HTML in `printouts/` with their truth in a YAML beside each.

They imitate how such papers look, what they say and where; companies, people and numbers are invented. A layout belongs to a
split by the hash of its name; the truth was written before the reader had seen the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.capture.by_hand.reading import facts_of, truth_in
from benchmarks.capture.case import Case, split_of
from benchmarks.capture.html_parts import document
from benchmarks.capture.printed import Printer, printer

FOLDER = Path(__file__).parent / "printouts"


def cases(seed: int = 0) -> Iterator[Case]:  # noqa: ARG001 — nothing here is drawn, but all kinds of documents are asked alike
    """All printouts, by name."""
    with printer() as press:
        for described in sorted(FOLDER.glob("*.yaml")):
            yield _case(described, press)


def _case(described: Path, press: Printer) -> Case:
    facts = facts_of(described)
    layout = f"printout/{described.stem}"
    html = document(described.with_suffix(".html").read_text("utf-8"), ".r{white-space:nowrap}")
    content = press.pdf(html, facts.get("paper", "A4"))
    return Case(f"printout-{described.stem}", "native_pdf", layout, facts["language"], split_of(layout), content, truth_in(facts))
