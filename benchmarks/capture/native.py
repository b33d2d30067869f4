"""Native PDFs: every layout with several orders. Layouts are drawn by reportlab or are HTML printed by Chromium."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.capture.case import Case, split_of
from benchmarks.capture.native_forms import FORMS
from benchmarks.capture.native_lookalikes import LOOKALIKES
from benchmarks.capture.native_sheets import SHEETS
from benchmarks.capture.native_tables import TABLES
from benchmarks.capture.native_web import WEB
from benchmarks.capture.paper import Layout, Paper
from benchmarks.capture.printed import Printer, printer

LAYOUTS: tuple[Layout, ...] = (*WEB, *TABLES, *LOOKALIKES, *FORMS, *SHEETS)
PER_LAYOUT = 8


def cases(seed: int = 20261122, per_layout: int = PER_LAYOUT) -> Iterator[Case]:
    """So many documents of each layout; the same seed gives the same documents."""
    with printer() as press:
        for layout in LAYOUTS:
            for place in range(per_layout):
                yield _case(layout, f"{seed}-{place}", press)


def _case(layout: Layout, seed: str, press: Printer) -> Case:
    paper = Paper.of(layout, seed)
    drawn = layout.draw(paper)
    content = press.pdf(drawn, layout.sheet) if isinstance(drawn, str) else drawn
    name = f"{layout.id}-{seed.rpartition('-')[2]}"
    return Case(name, "native_pdf", layout.id, paper.order.language, split_of(layout.id), content, paper.truth())
