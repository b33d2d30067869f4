"""Misread figures are put right only where arithmetic allows one reading."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.contracts.extraction_v1 import OrderLineV1, PurchaseOrderV1, StatedValue
from models.domain.evidence import Evidence
from parsers.scan.figures import CHANGED, comes_out, settled_figures


def read(value: str) -> StatedValue:
    return StatedValue(value=value, confidence=0.93, evidence=(Evidence(part="scan.png", page=1, text=value),))


def order(quantity: str, price: str, total: str, net: str | None = None) -> PurchaseOrderV1:
    line = OrderLineV1(quantity=read(quantity), unit_price=read(price), line_total=read(total))
    return PurchaseOrderV1(lines=(line,), total_net=read(net) if net else None)


def figures(settled: PurchaseOrderV1) -> tuple[str | None, ...]:
    line = settled.lines[0]
    return tuple(value.value if value else None for value in (line.quantity, line.unit_price, line.line_total))


@pytest.mark.parametrize(
    ("as_read", "as_meant"),
    [
        (("80", "725", "580.00"), ("80", "7.25", "580.00")),
        (("40", "3.20", "126.00"), ("40", "3.20", "128.00")),
        (("250", "1.70", "275.00"), ("250", "1.10", "275.00")),
        (("112", "4.50", "54.00"), ("12", "4.50", "54.00")),
    ],
)
def test_a_figure_that_only_one_change_explains_is_put_right(as_read: tuple[str, ...], as_meant: tuple[str, ...]) -> None:
    """A lost decimal sign, digits like each other, a rule taken for a 1."""
    settled, problems = settled_figures(order(*as_read), {})
    assert figures(settled) == as_meant
    assert len(problems) == 1


def test_a_digit_that_is_not_like_another_is_not_changed_into_it() -> None:
    """5 for 0 is no likeness: better asked than guessed."""
    doubtful = order("1250", "0.45", "540.00")
    assert settled_figures(doubtful, {}) == (doubtful, ())


def test_a_quantity_is_not_divided_by_a_hundred() -> None:
    """5,000 at 180.00 make 9,000.00 where the price is for a hundred, and that was not read."""
    doubtful = order("5000", "180.00", "9000.00")
    assert settled_figures(doubtful, {}) == (doubtful, ())


def test_a_change_keeps_the_evidence_and_says_so() -> None:
    """The place shows what was read, and the confidence what was done."""
    settled, (problem,) = settled_figures(order("80", "725", "580.00"), {})
    price = settled.lines[0].unit_price
    assert price is not None
    assert (price.evidence[0].text, price.confidence) == ("725", CHANGED)
    assert (problem.code, problem.field) == ("reading_corrected", "lines[0].unit_price")


def test_two_changes_that_explain_it_equally_are_left_to_a_person() -> None:
    """One piece at 3.00 with a total of 8.00: either may be misread."""
    doubtful = order("1", "3.00", "8.00")
    assert settled_figures(doubtful, {}) == (doubtful, ())


def test_another_look_decides_between_them() -> None:
    """The second reading is nearer than a likeness of digits."""
    settled, _ = settled_figures(order("1", "3.00", "8.00"), {"lines[0].unit_price": [Decimal("8.00")]})
    assert figures(settled) == ("1", "8.00", "8.00")


def test_a_net_total_near_the_sum_of_proven_lines_is_that_sum() -> None:
    """The lines outvote a misread foot."""
    settled, _ = settled_figures(order("40", "3.20", "128.00", net="126.00"), {})
    assert settled.total_net is not None
    assert settled.total_net.value == "128.00"


@given(st.integers(1, 9999), st.integers(1, 99_999))
def test_a_line_that_comes_out_is_never_touched(quantity: int, cents: int) -> None:
    """What is proven stands."""
    price = Decimal(cents) / 100
    right = order(str(quantity), str(price), str(price * quantity))
    assert settled_figures(right, {}) == (right, ())


@given(st.integers(1, 9999), st.integers(1, 99_999), st.integers(1, 9_999_999))
def test_what_is_changed_comes_out(quantity: int, cents: int, total: int) -> None:
    """No change without its proof."""
    as_read = order(str(quantity), str(Decimal(cents) / 100), str(Decimal(total) / 100))
    settled, problems = settled_figures(as_read, {})
    assert comes_out(settled.lines[0]) if problems else settled == as_read
