"""Units, prices, totals and terms against what was agreed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.findings import Finding, Severity
from models.domain.identifiers import Sku
from models.domain.pricing import agreed_price, price_line
from models.domain.purchase_order import PurchaseOrderLine
from models.domain.sales_order import Match, SalesOrderLine
from models.domain.terms import date_findings, order_currency, total_findings
from models.domain.units import as_decimal, orderable, to_base
from models.domain.values import Currency, Quantity, UnitCode
from tests.domain.made import EUR, TODAY, customer, item, line, money, order_line, price, purchase_order

MATCH = Match(value="HX-M8-40", how="seller_part_number", score=0.98)


def priced(asked: PurchaseOrderLine, *entries: Any, **options: Any) -> tuple[SalesOrderLine, dict[str, Finding]]:
    thing = options.pop("item", item())
    ours, findings = price_line(asked, thing, MATCH, entries=entries or (price(),), currency=EUR, on=TODAY, **options)
    return ours, {finding.code: finding for finding in findings}


def test_boxes_become_pieces() -> None:
    """Three boxes of 200."""
    assert to_base(line(quantity="3", unit="BX"), item())[0] == Quantity(amount=Decimal(600), unit=UnitCode("C62"))


@pytest.mark.parametrize("unit", ["EA", "H87", "PCE"])
def test_a_piece_is_a_piece_whatever_its_code(unit: str) -> None:
    """Senders use several codes for one unit."""
    assert to_base(line(unit=unit), item())[0] == Quantity(amount=Decimal(400), unit=UnitCode("C62"))


def test_a_package_code_with_its_x_is_the_same_package() -> None:
    """Recommendation 21 codes are prefixed with X in UBL."""
    quantity, _ = to_base(line(quantity="1", unit="XBX"), item())
    assert quantity is not None
    assert quantity.amount == 200


def test_a_unit_that_the_item_is_not_sold_in_names_those_it_is() -> None:
    """With the one pack there is as proposal."""
    quantity, (finding,) = to_base(line(unit="KGM"), item())
    assert quantity is None
    assert (finding.code, finding.proposal) == ("unit_not_sold", {"1.unit": "BX"})
    assert "BX (of 200 C62)" in finding.message


def test_no_unit_means_the_base_unit_with_a_note() -> None:
    """An explanation only."""
    _, (finding,) = to_base(line(unit=None), item())
    assert (finding.code, finding.severity) == ("unit_assumed", Severity.INFO)


def test_no_unit_and_a_quantity_that_only_packs_make_sense_of_is_doubtful() -> None:
    """Three of something sold by the hundred may be three boxes."""
    sold = item(order_multiple=Decimal(100), minimum_quantity=Decimal(100))
    _, findings = to_base(line(quantity="3", unit=None), sold)
    assert [(finding.code, finding.severity) for finding in findings] == [
        ("unit_assumed", Severity.WARNING), ("below_minimum", Severity.ERROR),
    ]  # fmt: skip
    assert findings[0].proposal == {"1.unit": "BX"}


def test_too_little_and_between_multiples_propose_the_next_that_is_sold() -> None:
    """In the unit that the line is ordered in."""
    sold = item(order_multiple=Decimal(100), minimum_quantity=Decimal(200))
    assert to_base(line(quantity="50"), sold)[1][0].proposal == {"1.quantity": "200"}
    assert to_base(line(quantity="250"), sold)[1][0].code == "not_order_multiple"
    assert to_base(line(quantity="250"), sold)[1][0].proposal == {"1.quantity": "300"}
    odd = item(order_multiple=Decimal(300))
    assert to_base(line(quantity="1", unit="BX"), odd)[1][0].proposal == {"1.quantity": "3"}


@given(st.integers(1, 500), st.integers(1, 60), st.integers(1, 60), st.integers(1, 200))
def test_what_is_proposed_may_be_ordered_and_is_no_less_than_asked(asked: int, multiple: int, pack: int, least: int) -> None:
    """For every pack and multiple."""
    sold = item(order_multiple=Decimal(multiple), minimum_quantity=Decimal(least))
    amount = orderable(sold, Decimal(asked), Fraction(pack))
    base = amount * pack
    assert base >= max(asked, least)
    assert base % multiple == 0
    assert amount == amount.to_integral_value()


def test_the_price_that_was_agreed_stands_where_none_is_asked() -> None:
    """400 at 0.125."""
    ours, findings = priced(line())
    assert (ours.net, ours.price_source, findings) == (money("50.00"), "TRADE", {})


def test_the_customers_list_goes_before_the_general_one_and_the_best_break_counts() -> None:
    """Even where the general one is cheaper."""
    entries = (
        price("0.1", price_list="LIST"),
        price("0.14"),
        price("0.12", minimum_quantity="200"),
        price("0.1", minimum_quantity="900"),
    )
    found = agreed_price(entries, sku=Sku("HX-M8-40"), quantity=Decimal(400), on=TODAY)
    assert found is not None
    assert found.unit_price == Decimal("0.12")


def test_prices_hold_only_in_their_time() -> None:
    """Last year's price is none."""
    assert agreed_price((price(valid_to="2026-10-31"),), sku=Sku("HX-M8-40"), quantity=Decimal(1), on=TODAY) is None


def test_an_asked_price_within_the_tolerance_is_honoured() -> None:
    """0.127 against 0.125 is 1.6 % more."""
    ours, findings = priced(line(unit_price="0.127"))
    assert (ours.net, ours.price_deviation, findings) == (money("50.80"), Decimal("1.60"), {})


@pytest.mark.parametrize(("asked", "percent"), [("0.140", "12.0 % above"), ("0.110", "12.0 % below")])
def test_an_asked_price_beyond_it_either_way_is_a_question(asked: str, percent: str) -> None:
    """Asked, agreed and how far apart."""
    _, findings = priced(line(unit_price=asked))
    finding = findings["price_mismatch"]
    assert percent in finding.message
    assert (finding.read, finding.expected, finding.proposal) == (asked, "0.125 EUR", {"1.price": "0.125"})


def test_a_price_per_hundred_is_compared_per_piece() -> None:
    """12.50 per 100 is 0.125."""
    ours, findings = priced(line(unit_price="12.50", price_basis="100"))
    assert (ours.net, findings) == (money("50.00"), {})
    assert ours.price_basis == 100


def test_a_price_per_box_is_compared_per_piece() -> None:
    """25.00 per box of 200 is 0.125."""
    ours, findings = priced(line(quantity="2", unit="BX", unit_price="25.00"))
    assert (ours.net, findings) == (money("50.00"), {})


def test_a_price_per_piece_on_a_line_of_boxes_is_seen_by_its_total() -> None:
    """Two boxes at 0.125 that come to 50.00 are priced by the piece."""
    ours, findings = priced(line(quantity="2", unit="BX", unit_price="0.125", line_total="50.00"))
    assert (ours.net, findings) == (money("50.00"), {})


def test_a_price_off_by_a_pack_hints_at_the_unit() -> None:
    """The sender meant another unit, most likely."""
    _, findings = priced(line(quantity="2", unit="BX", unit_price="0.125"))
    assert "factor of 200" in findings["price_mismatch"].message


def test_the_source_of_a_price_says_what_was_agreed_where_it_differs() -> None:
    """Nobody reads "agreed" beside a price that was not."""
    assert priced(line(unit_price="0.125"))[0].price_source == "as ordered, agreed in TRADE"
    assert priced(line(unit_price="0.14"))[0].price_source == "as ordered; TRADE says 0.125 per 1"


def test_a_discount_is_taken_off_before_prices_are_compared() -> None:
    """0.25 less 50 % is 0.125."""
    ours, findings = priced(line(unit_price="0.25", discount_percent="50"))
    assert (ours.net, findings) == (money("50.00"), {})


def test_without_any_price_nothing_is_invented() -> None:
    """Not even what the buyer asks."""
    ours, findings = priced(line(unit_price="0.12"), price(sku="OTHER"))
    assert ours.net is None
    assert findings["no_price"].proposal == {"1.price": "0.12"}


def test_a_reviewers_price_stands_where_nothing_was_agreed() -> None:
    """And is still compared where something was."""
    ours, findings = priced(line(unit_price="0.12"), price(sku="OTHER"), reviewed_price=True)
    assert (ours.net, ours.price_source, findings) == (money("48.00"), "reviewer", {})
    assert "price_mismatch" in priced(line(unit_price="0.3"), reviewed_price=True)[1]


def test_a_price_in_another_currency_is_not_compared() -> None:
    """Dollars are not euros."""
    ours, findings = priced(line(unit_price="0.125"), price(currency="USD"))
    assert (ours.net, list(findings)) == (None, ["currency_mismatch"])


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


@given(st.decimals("0.0001", "999999999", places=4), st.decimals("0.001", "999999999", places=3), st.integers(1, 10_000))
def test_amounts_of_any_size_are_reckoned_exactly(unit_price: Decimal, quantity: Decimal, basis: int) -> None:
    """Within half a cent of the fraction, however large."""
    asked = line(quantity=str(quantity), unit_price=str(unit_price), price_basis=str(basis))
    ours, _ = priced(
        asked, price(str(unit_price), price_basis=str(basis), minimum_quantity="0"), item=item(minimum_quantity=Decimal(0))
    )
    assert ours.net is not None
    assert abs(Fraction(ours.net.amount) - Fraction(quantity) * Fraction(unit_price) / basis) <= Fraction(1, 200)


@given(st.fractions("0", "1000000000", max_denominator=1000))
def test_fractions_become_decimals_to_twelve_places(number: Fraction) -> None:
    """Without an exponent and without zeros at the end."""
    assert abs(Fraction(as_decimal(number)) - number) <= Fraction(1, 10**12)
