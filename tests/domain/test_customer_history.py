"""What a customer's earlier orders say together."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from math import log

import pytest

from models.domain.customer_history import PastOrder, form_read, history_of, is_known_form, usual_gap
from models.domain.identifiers import Sku
from models.domain.lessening import BUYER
from models.domain.purchase_order import Source
from models.domain.sales_order import Correction
from tests.domain.made import sales_order

BOLT = Sku("HX-M8-40")
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
FORM = "pdf line_number description quantity unit_price"


def past(total: str, day: int, quantity: str = "100", sender: str = "ada@buyer.example") -> PastOrder:
    return PastOrder(
        total=Decimal(total), sender=sender, day=date(2026, 1, 1) + timedelta(days=day), quantities={BOLT: Decimal(quantity)}
    )


def test_the_middle_order_and_how_far_amounts_swing_are_told() -> None:
    """One outlier moves neither."""
    history = history_of([past("100", 0), past("200", 7), past("400", 14), past("200", 21), past("90000", 28)])
    assert (history.median_total, history.largest_total) == (Decimal(200), Decimal(90000))
    assert history.total_spread == pytest.approx(log(2))


def test_usual_quantities_are_the_middle_ones() -> None:
    """In base units."""
    history = history_of([past("1", 0, "100"), past("1", 1, "120"), past("1", 2, "5000")])
    assert history.usual_quantities == {BOLT: Decimal(120)}


def test_the_usual_gap_is_the_middle_one_and_needs_some_orders() -> None:
    """Orders of one day are one visit."""
    start = date(2026, 1, 1)
    days = [start + timedelta(days=each) for each in (0, 0, 7, 14, 40)]
    assert usual_gap(days) == 7
    assert usual_gap(days[:3]) is None


def test_of_nobody_nothing_is_known() -> None:
    """And what others order is kept beside it."""
    history = history_of([], Decimal(700))
    assert (history.order_count, history.median_total, history.total_spread, history.trade_total) == (0, None, None, Decimal(700))


@pytest.mark.parametrize(
    ("form", "is_known"),
    [
        (FORM, True),
        ("pdf line_number description quantity", True),
        ("pdf line_number quantity description unit_price", False),
        ("pdf line_number description quantity unit_price line_total", False),
        ("scan line_number description quantity unit_price", False),
        ("", False),
    ],
    ids=["the same", "a column fewer", "another order of columns", "a column more", "another format", "no columns"],
)
def test_a_form_is_known_by_the_columns_of_one_before(form: str, is_known: bool) -> None:
    """What was read rightly without a column is not proven to be read rightly with it."""
    assert is_known_form(form, {"email description quantity", FORM}) is is_known


@pytest.mark.parametrize(
    ("field", "by", "form"),
    [("1.quantity", "ada", ""), ("1.sku", "ada", FORM), ("po_number", "ada", FORM), ("1.quantity", BUYER, FORM)],
    ids=["a quantity mended", "an item named", "the number mended", "changed by its buyer"],
)
def test_a_form_counts_as_read_where_nobody_had_to_mend_a_line(field: str, by: str, form: str) -> None:
    source = Source(channel="smtp", received_at=NOW, source_format="pdf", form=FORM)
    mended = Correction(field=field, value="5", by=by, at=NOW)
    assert form_read(sales_order(source=source, corrections=(mended,))) == form
