"""The drawn PDFs of the benchmark: their truth says what was printed and nothing else."""

from __future__ import annotations

import pytest

from benchmarks.capture.native import LAYOUTS
from benchmarks.capture.paper import Layout, Paper
from benchmarks.capture.report import with_measured


def test_layouts_have_names_of_their_own() -> None:
    """A name twice would put two layouts into one split."""
    assert len({layout.id for layout in LAYOUTS}) == len(LAYOUTS)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.id)
def test_a_layout_draws_the_same_document_again(layout: Layout) -> None:
    """The same seed gives the same page and the same truth, so that figures can be compared."""
    one, other = Paper.of(layout, "1"), Paper.of(layout, "1")
    drawn = [layout.draw(paper) for paper in (one, other)]
    assert drawn[0] == drawn[1] or isinstance(drawn[0], bytes)
    assert one.truth() == other.truth()


def test_what_was_not_printed_is_not_in_the_truth() -> None:
    """Only what the layout asked for can be read."""
    paper = Paper.of(LAYOUTS[0], "1")
    paper.pair("po_number")
    order = paper.truth()["orders"][0]
    assert order["po_number"] is not None
    assert (order["order_date"], order["ship_to"], order["total_net"]) == (None, None, None)


def test_figures_go_between_the_marks_of_the_page() -> None:
    """What people wrote around them stays."""
    page = "before\n<!-- measured: begin -->\nold\n<!-- measured: end -->\nafter"
    assert with_measured(page, "new") == "before\n<!-- measured: begin -->\nnew\n<!-- measured: end -->\nafter"
