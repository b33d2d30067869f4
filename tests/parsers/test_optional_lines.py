"""Alternatives and options: left out where the total leaves them out, asked about where nothing says."""

from __future__ import annotations

import pytest

from models.domain.findings import Severity
from parsers.proof import proven
from tests.parsers.test_proof import line, order

BOLTS = line(description="Bolt", quantity="4", unit_price="2.00", line_total="8.00")
OPTION = line(description="Optional: brass bolt", quantity="4", unit_price="3.00", line_total="12.00")


def test_an_option_that_the_total_leaves_out_is_not_ordered() -> None:
    """The others alone make up the total; a person is told."""
    reading = proven(order(BOLTS, OPTION, total_net="8.00"))
    assert [line.description.value for line in reading.order.lines if line.description] == ["Bolt"]
    assert [(problem.code, problem.severity) for problem in reading.problems] == [("optional_line", Severity.WARNING)]


def test_an_option_that_the_total_counts_is_ordered() -> None:
    """Someone chose it."""
    reading = proven(order(BOLTS, OPTION, total_net="20.00"))
    assert (len(reading.order.lines), reading.problems) == (2, ())


@pytest.mark.parametrize("text", ["Alternativ: Messing", "Eventualposition Messing", "en option : laiton", "Brass (optional)"])
def test_an_option_that_no_total_judges_stops_the_order(text: str) -> None:
    """Nothing says whether it is wanted."""
    option = line(description=text, quantity="4", unit_price="3.00", line_total="12.00")
    (problem,) = proven(order(BOLTS, option)).problems
    assert (problem.code, problem.severity, problem.field) == ("optional_line", Severity.ERROR, "lines[1]")
