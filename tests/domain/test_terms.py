"""Currency, stated totals and wanted days of an order against what we agreed and reckon."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from models.domain.tax import TaxResult
from models.domain.terms import date_findings, order_currency, total_findings
from models.domain.values import Currency, Percentage
from tests.domain.made import EUR, TODAY, customer, line, money, order_line, purchase_order

TAX = TaxResult(treatment="domestic", shares=(), total=money("9.50"), reason="19 %")


def test_the_orders_currency_is_the_customers_unless_stated() -> None:
    """Another one is a question."""
    assert order_currency(purchase_order(), customer()) == ("EUR", ())
    currency, (finding,) = order_currency(purchase_order(currency=Currency("USD")), customer())
    assert (currency, finding.code) == ("USD", "currency_mismatch")


def test_a_stated_total_that_the_lines_do_not_come_to_means_something_was_missed() -> None:
    """A line may stand on a page that was not read."""
    (finding,) = total_findings(purchase_order(total_net=Decimal("75.00")), [order_line()])
    assert (finding.code, finding.read, finding.expected) == ("total_mismatch", "75.00", "50.00")
    assert total_findings(purchase_order(total_net=Decimal("50.01")), [order_line()]) == ()


def test_a_stated_line_total_that_differs_is_a_finding_of_its_line() -> None:
    """Where the price was stated as well."""
    asked = purchase_order(line(unit_price="0.125", line_total="500.00"))
    (finding,) = total_findings(asked, [order_line()])
    assert (finding.code, finding.line) == ("line_total_mismatch", 1)


def test_a_date_in_the_past_or_before_the_possible_is_worth_a_warning() -> None:
    """Head and lines alike."""
    order = purchase_order(line(requested_date="2026-11-24"), requested_date=date(2026, 11, 1))
    findings = date_findings(order, TODAY, earliest=date(2026, 11, 26))
    assert [(finding.line, finding.code) for finding in findings] == [(None, "date_impossible"), (1, "date_impossible")]
    assert date_findings(purchase_order(requested_date=TODAY), TODAY) == ()


def test_an_order_in_the_customers_own_currency_is_no_question() -> None:
    """Though it states it."""
    assert order_currency(purchase_order(currency=EUR), customer()) == (EUR, ())


@pytest.mark.parametrize(("stated", "is_right"), [("50.02", True), ("50.03", False), ("49.98", True), ("49.97", False)])
def test_rounding_parts_a_total_by_two_cents_and_no_more(stated: str, is_right: bool) -> None:
    """Of a line beside its price, and of an order of one line."""
    total = Decimal(stated)
    assert (total_findings(purchase_order(total_net=total), [order_line()]) == ()) is is_right
    asked = purchase_order(line(unit_price="0.125", line_total=stated))
    assert (total_findings(asked, [order_line()]) == ()) is is_right


def test_each_line_of_a_long_order_may_be_rounded() -> None:
    """Three cents for three lines."""
    lines, ours = [line(n) for n in (1, 2, 3)], [order_line(n) for n in (1, 2, 3)]
    assert total_findings(purchase_order(*lines, total_net=Decimal("150.03")), ours) == ()
    assert total_findings(purchase_order(*lines, total_net=Decimal("150.04")), ours) != ()


@pytest.mark.parametrize(
    ("stated", "codes"), [("51.00", []), ("49.00", []), ("51.01", ["line_total_mismatch"]), ("500", ["line_total_mismatch"])]
)
def test_a_line_total_without_a_price_says_which_price_is_expected(stated: str, codes: list[str]) -> None:
    """Within the tolerance of a price ours is meant; beyond it the buyer means another one, or other goods."""
    found = total_findings(purchase_order(line(line_total=stated)), [order_line()])
    assert [finding.code for finding in found] == codes


@pytest.mark.parametrize(("points", "is_asked"), [("0.5", True), ("5", False)])
def test_a_line_total_without_a_price_is_held_to_the_customers_own_tolerance(points: str, is_asked: bool) -> None:
    """As a price would be that says the same."""
    tolerance = Percentage(points=Decimal(points))
    found = total_findings(purchase_order(line(line_total="50.90")), [order_line()], tolerance=tolerance)
    assert bool(found) is is_asked


def test_a_lone_total_may_be_with_tax_or_without() -> None:
    """Anything else is asked about, with both sums."""
    for stated, count in (("59.50", 0), ("50.00", 0), ("54.00", 1)):
        found = total_findings(purchase_order(total_gross=Decimal(stated)), [order_line()], TAX)
        assert len(found) == count
    assert "50.00 EUR or 59.50 EUR" in found[0].message
    assert found[0].expected == "59.50"
    assert len(total_findings(purchase_order(total_gross=Decimal("59.50")), [order_line()])) == 1


def test_nothing_is_held_against_a_total_while_a_line_has_no_amount() -> None:
    """What it comes to is not known, and the line is asked about; an order without lines comes to nothing at all."""
    asked = purchase_order(line(1), line(2, line_total="7", unit_price="7"), total_net=Decimal(75))
    assert total_findings(asked, [order_line(1), order_line(2, net=None)]) == ()
    assert total_findings(asked, [order_line(1)]) == ()
    assert total_findings(purchase_order(total_net=Decimal(75)), [order_line(net=None)]) == ()


def test_a_day_that_cannot_be_kept_is_told_from_one_that_is_past() -> None:
    """With the earliest there is: of the line itself, else of the slowest."""
    order = purchase_order(
        line(1, requested_date="2026-11-24"), line(2, requested_date="2026-11-24"), requested_date=date(2026, 11, 22)
    )
    by_line = {1: date(2026, 11, 24), 2: date(2026, 12, 1)}
    head, second = date_findings(order, TODAY, by_line=by_line)
    assert (head.line, "is past" in head.message, head.expected) == (None, True, "2026-12-01")
    assert (second.line, "cannot be kept: the earliest is 2026-12-01" in second.message) == (2, True)
    assert date_findings(purchase_order(line(requested_date=TODAY)), TODAY) == ()
