"""Orders as widespread business systems print them, written down in `printouts/` with their truth in a YAML beside each:
as HTML (`x.html`, printed by Chromium) or as text in columns (`x.page`, drawn by reportlab as `pages.py` says).

They imitate how such papers look, what they say and where; companies, people and numbers are invented. A layout belongs to a
split by the hash of its name; the truth was written before the reader had seen the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.capture.by_hand.pages import written_page
from benchmarks.capture.by_hand.reading import cases_in
from benchmarks.capture.case import Case
from benchmarks.capture.html_parts import document
from benchmarks.capture.printed import printer

FOLDER = Path(__file__).parent / "printouts"


def cases(seed: int = 0) -> Iterator[Case]:  # noqa: ARG001 — nothing here is drawn, but all kinds of documents are asked alike
    """All printouts, by name."""
    with printer() as press:

        def printed(page: Path, facts: dict[str, Any]) -> bytes:
            if page.suffix == ".page":
                return written_page(page.read_text("utf-8"))
            html = document(page.read_text("utf-8"), ".r{white-space:nowrap}")
            return press.pdf(html, facts.get("paper", "A4"))

        yield from cases_in(FOLDER, "printout", writing=printed)
