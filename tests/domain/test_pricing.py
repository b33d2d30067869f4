"""Prices, totals and terms against what was agreed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.catalogue import UnitConversion
from models.domain.findings import Finding
from models.domain.identifiers import Sku
from models.domain.pricing import agreed_price, price_line, unmatched_line
from models.domain.purchase_order import PurchaseOrderLine
from models.domain.sales_order import Match, SalesOrderLine
from models.domain.units import as_decimal
from models.domain.values import Currency, UnitCode
from tests.domain.made import EUR, TODAY, item, line, money, price

MATCH = Match(value="HX-M8-40", how="seller_part_number", score=0.98)


def priced(asked: PurchaseOrderLine, *entries: Any, **options: Any) -> tuple[SalesOrderLine, dict[str, Finding]]:
    thing = options.pop("item", item())
    ours, findings = price_line(asked, thing, MATCH, entries=entries or (price(),), currency=EUR, on=TODAY, **options)
    return ours, {finding.code: finding for finding in findings}


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


def test_a_break_is_reached_by_just_its_quantity() -> None:
    """200 of "from 200"."""
    entries = (price("0.14"), price("0.12", minimum_quantity="200"))
    found = [agreed_price(entries, sku=Sku("HX-M8-40"), quantity=Decimal(amount), on=TODAY) for amount in (199, 200)]
    assert [entry and entry.unit_price for entry in found] == [Decimal("0.14"), Decimal("0.12")]


def test_an_order_in_dollars_takes_the_price_that_was_agreed_in_dollars() -> None:
    """Even where the one in euros is the better by quantity."""
    entries = (price("0.15", currency="USD"), price("0.12", minimum_quantity="200"))
    found = agreed_price(entries, sku=Sku("HX-M8-40"), quantity=Decimal(400), on=TODAY, currency=Currency("USD"))
    assert found is not None
    assert found.currency == "USD"


def test_prices_hold_only_in_their_time() -> None:
    """Last year's price is none."""
    assert agreed_price((price(valid_to="2026-10-31"),), sku=Sku("HX-M8-40"), quantity=Decimal(1), on=TODAY) is None


def test_an_asked_price_within_the_tolerance_is_honoured() -> None:
    """0.127 against 0.125 is 1.6 % more; 0.1275 is just the 2 % that are tolerated."""
    assert priced(line(unit_price="0.1275"))[1] == {}
    ours, findings = priced(line(unit_price="0.127"))
    assert (ours.net, ours.price_deviation, findings) == (money("50.80"), Decimal("1.60"), {})


@pytest.mark.parametrize(("asked", "percent"), [("0.140", "12.0 % above"), ("0.110", "12.0 % below")])
def test_an_asked_price_beyond_it_either_way_is_a_question(asked: str, percent: str) -> None:
    """Asked, agreed and how far apart."""
    _, findings = priced(line(unit_price=asked))
    finding = findings["price_mismatch"]
    assert percent in finding.message
    assert (finding.read, finding.expected, finding.proposal) == (asked, "0.125 EUR", {"1.price": "0.125"})


def test_the_agreed_price_is_proposed_in_the_unit_and_per_as_many_as_the_line_is_priced() -> None:
    """Who takes the proposal orders at the agreed price: 25.00 a box of 200, 12.50 per hundred pieces."""
    boxed = priced(line(quantity="2", unit="BX", unit_price="30.00"))[1]["price_mismatch"]
    assert (boxed.expected, boxed.proposal) == ("25.00 EUR per 200", {"1.price": "25.00"})
    hundred = priced(line(unit_price="14", price_basis="100"))[1]["price_mismatch"]
    assert (hundred.expected, hundred.proposal) == ("12.50 EUR per 100", {"1.price": "12.50/100"})


def test_a_price_that_was_agreed_per_hundred_is_compared_and_proposed_per_piece() -> None:
    """12.50 per 100 is 0.125 a piece."""
    agreed = price("12.50", price_basis="100")
    assert priced(line(unit_price="0.125"), agreed)[1] == {}
    finding = priced(line(unit_price="0.14"), agreed)[1]["price_mismatch"]
    assert (finding.expected, finding.proposal) == ("0.125 EUR", {"1.price": "0.125"})
    assert "factor of 100:" in priced(line(unit_price="12.50"), agreed)[1]["price_mismatch"].message


def test_a_thing_that_is_free_may_be_asked_for_free_and_at_no_other_price() -> None:
    """There is no percentage of nothing."""
    assert priced(line(unit_price="0"), price("0"))[1] == {}
    finding = priced(line(unit_price="0.01"), price("0"))[1]["price_mismatch"]
    assert finding.message.startswith("Line 1: 0.01 EUR asked, above what was agreed (0.00 EUR")


def test_a_price_per_hundred_is_compared_per_piece() -> None:
    """12.50 per 100 is 0.125."""
    ours, findings = priced(line(unit_price="12.50", price_basis="100"))
    assert (ours.net, findings) == (money("50.00"), {})
    assert ours.price_basis == 100


def test_a_price_per_box_is_compared_per_piece() -> None:
    """25.00 per box of 200 is 0.125; the line keeps its boxes, and goods are reckoned in pieces."""
    ours, findings = priced(line(quantity="2", unit="BX", unit_price="25.00"))
    assert (ours.net, findings) == (money("50.00"), {})
    assert (ours.ordered, ours.unit, ours.base_quantity, ours.base_unit) == (Decimal(2), "BX", Decimal(400), "C62")


def test_a_line_that_nobody_knows_an_item_for_keeps_what_the_buyer_wrote() -> None:
    """For who looks for it; what was not written is empty."""
    ours = unmatched_line(line(stated_number="10", buyer_part_number="K-77", requested_date="2026-12-24"))
    assert (ours.sku, ours.net, ours.base_quantity) == (None, None, None)
    assert (ours.stated_number, ours.buyer_part_number, ours.ordered, ours.unit) == ("10", "K-77", Decimal(400), "C62")
    assert (ours.description, unmatched_line(line(description=None)).description) == ("Hex bolt M8x40 zinc plated", "")


def test_a_price_per_piece_on_a_line_of_boxes_is_seen_by_its_total() -> None:
    """Two boxes at 0.125 that come to 50.00 are priced by the piece; rounding may part the total by a cent."""
    for total in ("50.00", "49.99"):
        ours, findings = priced(line(quantity="2", unit="BX", unit_price="0.125", line_total=total))
        assert (ours.net, ours.price_source, findings) == (money("50.00"), "as ordered, agreed in TRADE", {})
    assert "price_mismatch" in priced(line(quantity="2", unit="BX", unit_price="0.125", line_total="49.98"))[1]


def test_a_price_per_hundred_pieces_on_a_line_of_boxes_is_seen_by_its_total() -> None:
    """Two boxes at 12.50 per 100 that come to 50.00."""
    ours, findings = priced(line(quantity="2", unit="BX", unit_price="12.50", price_basis="100", line_total="50.00"))
    assert (ours.net, ours.price_basis, findings) == (money("50.00"), Decimal(100), {})


def test_a_total_that_both_readings_of_a_price_come_to_leaves_it_the_price_of_what_was_ordered() -> None:
    """One pair at a cent comes to a cent, and by the piece to two: within a cent of the stated one either way."""
    pair = item(conversions=(UnitConversion(unit=UnitCode("PR"), base_quantity=Decimal(2)),))
    ours, findings = priced(line(quantity="1", unit="PR", unit_price="0.01", line_total="0.01"), price("0.005"), item=pair)
    assert (ours.net, findings) == (money("0.01"), {})


def test_a_price_on_a_line_without_a_unit_is_the_price_of_one_piece() -> None:
    """As its quantity counts pieces."""
    ours, findings = priced(line(unit=None, unit_price="0.125"))
    assert (ours.unit, ours.net, list(findings)) == (UnitCode("C62"), money("50.00"), ["unit_assumed"])


def test_a_line_without_a_quantity_is_no_line_of_ours_to_price() -> None:
    """Nothing is guessed, and what reading doubts is asked elsewhere."""
    ours, findings = priced(line(quantity=None, unit_price="0.125"))
    assert (ours.base_quantity, ours.net, findings) == (None, None, {})


def test_doubts_about_the_amount_are_told_beside_those_about_the_price() -> None:
    """One does not hide the other."""
    _, findings = priced(line(quantity="50", unit_price="0.14"), item=item(minimum_quantity=Decimal(100)))
    assert set(findings) == {"below_minimum", "price_mismatch"}


def test_a_price_off_by_a_pack_hints_at_the_unit() -> None:
    """The sender meant another unit, most likely."""
    _, findings = priced(line(quantity="2", unit="BX", unit_price="0.125"))
    assert "factor of 200" in findings["price_mismatch"].message


@pytest.mark.parametrize(
    ("asked", "factor"), [("12.50", "100"), ("125", "1000"), ("126", "1000"), ("0.00125", "100"), ("25", "200")]
)
def test_a_price_off_by_what_prices_are_stated_per_hints_at_the_basis(asked: str, factor: str) -> None:
    """A hundred or a thousand, dearer or cheaper, give or take what is tolerated."""
    assert f"factor of {factor}:" in priced(line(unit_price=asked))[1]["price_mismatch"].message


@pytest.mark.parametrize("asked", ["0.14", "0", "13", "130"])
def test_a_price_off_by_no_such_factor_hints_at_nothing(asked: str) -> None:
    """Nobody is sent to look at a unit that is right."""
    assert "factor" not in priced(line(unit_price=asked))[1]["price_mismatch"].message


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
    hundred = priced(line(unit_price="12", price_basis="100"), price(sku="OTHER"))[1]["no_price"]
    assert hundred.proposal == {"1.price": "12/100"}


def test_where_nobody_named_a_price_none_is_proposed() -> None:
    """Neither the buyer nor a list: a reviewer has to, and their word needs one to stand for."""
    for reviewed in (False, True):
        ours, findings = priced(line(), price(sku="OTHER"), reviewed_price=reviewed)
        assert (ours.net, findings["no_price"].read, findings["no_price"].proposal) == (None, None, None)
    assert priced(line(), reviewed_price=True)[0].net == money("50.00")


def test_a_reviewers_price_stands_where_nothing_was_agreed() -> None:
    """And is still compared where something was."""
    ours, findings = priced(line(unit_price="0.12"), price(sku="OTHER"), reviewed_price=True)
    assert (ours.net, ours.price_source, findings) == (money("48.00"), "reviewer", {})
    assert "price_mismatch" in priced(line(unit_price="0.3"), reviewed_price=True)[1]


def test_a_price_in_another_currency_is_not_compared() -> None:
    """Dollars are not euros."""
    ours, findings = priced(line(unit_price="0.125"), price(currency="USD"))
    assert (ours.net, ours.price_deviation, list(findings)) == (None, None, ["currency_mismatch"])
    reviewed = priced(line(unit_price="0.125"), price("0.5", currency="USD"), reviewed_price=True)[0]
    assert (reviewed.net, reviewed.price_deviation) == (money("50.00"), None)


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
