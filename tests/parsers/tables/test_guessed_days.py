"""Days under heads that do not say what they are."""

from __future__ import annotations

import pytest

from models.contracts.extraction_v1 import OrderLineV1, StatedValue
from parsers.tables.guessed_days import without_past_guesses


@pytest.mark.parametrize(
    ("confidence", "day", "kept"), [(0.75, "2026-06-01", False), (0.75, "2026-12-01", True), (0.99, "2026-06-01", True)]
)
def test_a_guessed_day_before_the_order_is_no_wish(confidence: float, day: str, kept: bool) -> None:
    """A head that says so is believed all the same."""
    line = OrderLineV1(requested_delivery_date=StatedValue(value=day, confidence=confidence))
    (read,) = without_past_guesses([line], StatedValue(value="2026-11-01", confidence=0.99))
    assert (read.requested_delivery_date is not None) is kept


def test_one_day_in_the_past_takes_its_whole_column_along() -> None:
    """What ends a price or the last order is none of the wanted days."""
    lines = [OrderLineV1(requested_delivery_date=StatedValue(value=day, confidence=0.75)) for day in ("2026-06-01", "2026-12-01")]
    read = without_past_guesses(lines, StatedValue(value="2026-11-01", confidence=0.99))
    assert [line.requested_delivery_date for line in read] == [None, None]
