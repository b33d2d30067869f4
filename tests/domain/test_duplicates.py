"""Whether a second order is the first sent again, and which line of an order a change means."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.domain.duplicates import change_asked, paired, same_item, same_order, unmet, wished_corrections
from models.domain.party import StatedParty
from models.domain.purchase_order import PurchaseOrder
from models.domain.values import Currency
from tests.domain.made import EUR, line, purchase_order

NOTHING: dict[str, Any] = {}


def test_an_order_is_the_same_as_itself() -> None:
    """Nothing differs."""
    assert same_order(purchase_order(), purchase_order()) == (True, ())


def test_the_same_lines_in_another_sequence_and_format_are_the_same_order() -> None:
    """Numbers are written differently, the e-mail left the price out."""
    first = purchase_order(line(1, unit_price="0.125"), line(2, seller_part_number="B-7", description="Washer"))
    second = purchase_order(line(1, seller_part_number="b 7", description=None), line(2, seller_part_number="hx m8 40"))
    assert same_order(first, second) == (True, ())


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (purchase_order(line(quantity="500")), "500 instead of 400"),
        (purchase_order(line(unit="BX")), "in BX instead of C62"),
        (purchase_order(line(unit_price="0.2")), "price 0.2 instead of 0.1"),
        (purchase_order(line(unit_price="0.2", price_basis="10")), "price 0.2 per 10 instead of 0.1"),
        (purchase_order(line(requested_date="2026-12-02")), "wanted on 2026-12-02 instead of 2026-12-01"),
        (purchase_order(requested_date="2026-12-20"), "delivery is wanted on 2026-12-20, not 2026-12-10"),
        (purchase_order(currency=Currency("USD")), "the currency is USD, not EUR"),
        (purchase_order(kind="order_cancellation"), "it is an order cancellation, not an order"),
        (purchase_order(line(), line(2, seller_part_number="B-7", description="Washer")), "B-7) is new"),
        (purchase_order(line(seller_part_number="B-7", description="Washer")), "HX-M8-40) is missing"),
        (purchase_order(line(), ship_to=StatedParty(street="Hafenkai 40", city="Hamburg")), "it goes to Hafenkai 40"),
    ],
)
def test_what_differs_is_said_in_words(later: PurchaseOrder, words: str) -> None:
    """For the person who decides which of the two holds."""
    earlier = purchase_order(
        line(unit_price="0.1", requested_date="2026-12-01"),
        ship_to=StatedParty(street="Im Gewerbepark 7", city="Lüdenscheid"),
        requested_date="2026-12-10",
        currency=EUR,
    )
    is_same, differences = same_order(earlier, later)
    assert not is_same
    assert any(words in difference for difference in differences)


def test_two_identical_lines_are_two_lines() -> None:
    """Ordered twice is not ordered once."""
    is_same, differences = same_order(purchase_order(line(1), line(2)), purchase_order(line(1)))
    assert (is_same, len(differences)) == (False, 1)


def test_an_order_that_states_everything_is_the_same_sent_again() -> None:
    """Currency, days, place, prices: all of it as before, in another message."""
    stated = line(unit_price="0.1", requested_date="2026-12-01", stated_number="10", gtin="4012345000016")
    place = StatedParty(street="Hafenkai 40", postal_code="20457", city="Hamburg")
    orders = [purchase_order(stated, ship_to=place, requested_date="2026-12-10", currency=EUR) for _ in range(2)]
    assert same_order(*orders) == (True, ())
    assert wished_corrections(orders[0], orders[1]) is None


def test_what_only_one_of_two_orders_states_is_no_difference() -> None:
    """A form carries a place, a currency and days, the mail with the same order none of them."""
    full = purchase_order(
        line(unit_price="0.1", requested_date="2026-12-01"), ship_to=StatedParty(street="Hafenkai 40", city="Hamburg"),
        requested_date="2026-12-10", currency=EUR,
    )  # fmt: skip
    bare = purchase_order(line(unit=None, quantity=None))
    assert (same_order(full, bare), same_order(bare, full)) == ((True, ()), (True, ()))


def test_a_piece_under_another_code_is_no_difference_and_no_wish() -> None:
    """One format writes EA, the other C62; a unit where the order had none is a wish."""
    pieces, each, unknown = (purchase_order(line(unit=unit)) for unit in ("C62", "EA", None))
    assert same_order(pieces, each) == (True, ())
    assert wished_corrections(pieces, each) is None
    assert wished_corrections(unknown, each) == {"1.unit": "EA"}


def test_another_discount_is_another_price() -> None:
    """Ten less twenty per cent is not ten less five, and is eight."""
    first = purchase_order(line(unit_price="10", discount_percent="20"))
    is_same, (difference,) = same_order(first, purchase_order(line(unit_price="10", discount_percent="5")))
    assert (is_same, "price 10 less 5 % instead of 10 less 20 %" in difference) == (False, True)
    assert same_order(first, purchase_order(line(unit_price="8"))) == (True, ())


def test_a_discount_that_one_of_two_formats_does_not_carry_is_no_difference() -> None:
    """The same list price, with its discount and without."""
    first, second = (purchase_order(line(unit_price="10", **said)) for said in ({"discount_percent": "20"}, NOTHING))
    assert (same_order(first, second), same_order(second, first)) == ((True, ()), (True, ()))
    assert not same_order(first, purchase_order(line(unit_price="11")))[0]


def test_a_price_per_hundred_is_the_price_of_one_a_hundred_times() -> None:
    """12.50 per 100 and 0.125."""
    hundred = purchase_order(line(unit_price="12.50", price_basis="100"))
    assert same_order(hundred, purchase_order(line(unit_price="0.125"))) == (True, ())


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        ({"gln": "9521002300000", "street": "Anywhere 1", "city": "Rome"}, True),
        ({"gln": "9521002300017", "street": "Hafenkai 40", "postal_code": "20457", "city": "Hamburg"}, False),
        ({"street": "Hafenkai 40", "postal_code": "D-20457", "city": "Hamburg"}, True),
        ({"street": "Hafenkai 40", "postal_code": "20459", "city": "Hamburg"}, False),
        ({"street": "Hafenkai 41", "postal_code": "20457", "city": "Hamburg"}, False),
        ({"street": "Hafenkai 40", "city": "Bremen"}, False),
        ({"street": "Hafenkai 40"}, True),
        ({"postal_code": "20457"}, True),
        ({"city": "HAMBURG"}, True),
        ({"name": "Lager Nord"}, True),
    ],
)
def test_places_are_the_same_until_something_that_both_state_parts_them(other: dict[str, str], is_same: bool) -> None:
    """A location number says it all; else postal code, street and town, each where both have it."""
    full = StatedParty(gln="9521002300000", street="Hafenkai 40", postal_code="20457", city="Hamburg")
    orders = [purchase_order(ship_to=place) for place in (full, StatedParty(**other))]
    assert (same_order(*orders)[0], same_order(*reversed(orders))[0]) == (is_same, is_same)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ({"buyer_part_number": "K-77"}, {"seller_part_number": "K 77"}, True),
        ({"gtin": "04012345000016"}, {"gtin": "4012345000016"}, True),
        ({"seller_part_number": "B-7"}, {"seller_part_number": "B-8"}, False),
        ({"gtin": "4012345000016"}, {"gtin": "4012345000023"}, False),
        ({"gtin": "4012345000016"}, {"seller_part_number": "B-7"}, True),
        ({"gtin": "4012345000016"}, {"buyer_part_number": "K-77"}, True),
        ({"gtin": "4012345000016", "buyer_part_number": "K-77"}, {"seller_part_number": "B-7"}, False),
        ({}, {"seller_part_number": "B-7"}, True),
        ({}, {}, True),
        ({"description": "Washer"}, {}, False),
        ({"description": None}, {}, False),
        ({"description": None}, {"description": None}, False),
        ({"gtin": "4012345000016", "description": None}, {"seller_part_number": "B-7", "description": None}, False),
    ],
)
def test_two_lines_mean_one_item_by_a_number_or_where_none_can_be_compared_by_words(
    one: dict[str, Any], other: dict[str, Any], is_same: bool
) -> None:
    """One number in common is enough, two that differ part them; a bar code and a part number cannot be compared."""
    left, right = (line(**{"seller_part_number": None, **parts}) for parts in (one, other))
    assert (same_item(left, right), same_item(right, left)) == (is_same, is_same)


def test_a_line_takes_the_one_of_its_quantity_among_several_for_its_item() -> None:
    """Two deliveries of one thing, told in another sequence, are the same two."""
    first, second = line(1, quantity="100"), line(2, quantity="200")
    assert same_order(purchase_order(first, second), purchase_order(second, first)) == (True, ())


def test_a_person_reads_twenty_differences_at_most() -> None:
    """Of an order that lacks thirty lines of the first."""
    first = purchase_order(*(line(n, seller_part_number=f"A-{n}", description=None) for n in range(1, 31)))
    second = purchase_order(line(31, seller_part_number="B-31", description=None))
    assert len(same_order(first, second)[1]) == 20


def test_a_change_says_what_it_would_alter_and_what_it_does_not_name() -> None:
    """Whether the rest stays only a person can see; a replacement says it itself."""
    order = purchase_order(line(1), line(2, seller_part_number="B-7", description="Washer"))
    change = purchase_order(line(quantity="50"), kind="order_change")
    assert change_asked(order, change) == ("line 1 (HX-M8-40): 50 instead of 400", "line 2 (B-7) is not named and stays")
    replacing = change.model_copy(update={"is_replacement": True})
    assert change_asked(order, replacing) == ("line 2 (B-7) is taken out", "line 1 (HX-M8-40): 50 instead of 400")


def test_a_cancellation_is_of_the_lines_that_it_names_or_of_the_whole() -> None:
    """Lines are named as the buyer knows them."""
    lines = (
        line(1, stated_number="10", buyer_part_number="K-77"),
        line(2, seller_part_number=None, gtin="4012345000016"),
        line(3, seller_part_number=None),
        line(4, seller_part_number=None, description=None),
    )
    assert change_asked(purchase_order(), purchase_order(*lines, kind="order_cancellation")) == (
        "line 10 (K-77) is cancelled",
        "line 2 (4012345000016) is cancelled",
        "line 3 (Hex bolt M8x40 zinc plated) is cancelled",
        "line 4 (without a number) is cancelled",
    )
    whole = purchase_order(kind="order_cancellation").model_copy(update={"lines": ()})
    assert change_asked(purchase_order(), whole) == ("the whole order is cancelled",)


def bare(number: str | None, **parts: Any) -> PurchaseOrder:
    """A change of one line that names no item: "position 2: 5 pieces"."""
    named = line(1, **{"seller_part_number": None, "description": None, "stated_number": number, "quantity": "5", **parts})
    return purchase_order(named, kind="order_change")


def test_a_position_is_the_buyers_number_where_the_order_states_any() -> None:
    """Else the lines count; no number is no position, and what a line is called goes before where it stands."""
    numbered = purchase_order(line(1, stated_number="0020"), line(2, stated_number=None))
    counted = purchase_order(line(1), line(2))
    assert wished_corrections(numbered, bare("20")) == {"1.quantity": "5"}
    assert wished_corrections(numbered, bare("2")) is None
    assert wished_corrections(counted, bare("02")) == {"2.quantity": "5"}
    assert wished_corrections(counted, bare(None)) is None
    named = purchase_order(line(1), line(2, description="Washer"))
    assert wished_corrections(named, bare("1", description="Washer")) == {"2.quantity": "5"}


def test_lines_without_numbers_are_not_numbered_alike() -> None:
    """Of two for one item the first that is free is meant."""
    order = purchase_order(line(1, quantity="100"), line(2, quantity="200"))
    pairs, free = paired(order.lines, (line(7, quantity="50"),))
    assert ([known and known.number for _, known in pairs], [one.number for one in free]) == ([1], [2])


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({"unit": "BX"}, {"1.unit": "BX"}),
        ({"unit": None, "quantity": None}, None),
        ({"unit_price": "12.50", "price_basis": "100"}, None),
        ({"unit_price": "13", "price_basis": "100"}, {"1.price": "13/100"}),
        ({"unit_price": "0.2"}, {"1.price": "0.2"}),
        ({"unit_price": "0.2", "discount_percent": "10"}, {"1.price": "0.18"}),
        ({"requested_date": "2026-12-02"}, {"1.requested_date": "2026-12-02"}),
        ({"requested_date": "2026-12-01"}, None),
        ({"quantity": "0", "unit_price": "9"}, {"1.drop": "yes"}),
    ],
)
def test_what_a_change_wants_of_a_line_becomes_its_corrections(asked: dict[str, Any], wanted: dict[str, str] | None) -> None:
    """And nothing of what it leaves as it is or does not say. A corrected price is net."""
    order = purchase_order(line(unit_price="0.125", requested_date="2026-12-01"))
    assert wished_corrections(order, purchase_order(line(**asked), kind="order_change")) == wanted


def test_a_price_for_a_line_that_had_none_is_a_correction() -> None:
    """It differs from nothing, and is wanted all the same."""
    change = purchase_order(line(unit_price="0.2"), kind="order_change")
    assert wished_corrections(purchase_order(), change) == {"1.price": "0.2"}


def test_a_change_of_the_day_of_delivery_is_a_wish_for_the_whole_order() -> None:
    """One that names the same day, or none, wants nothing."""
    order = purchase_order(requested_date="2026-12-10")
    changes = [purchase_order(kind="order_change", requested_date=day) for day in ("2026-12-20", "2026-12-10", None)]
    assert [wished_corrections(order, change) for change in changes] == [{"requested_date": "2026-12-20"}, None, None]
    assert unmet(order, changes[0]) == {0: (f"delivery is wanted on {date(2026, 12, 20)}, not {date(2026, 12, 10)}",)}


def test_each_new_line_of_a_change_takes_in_one_that_is_offered() -> None:
    """Two more lines for one item are two, whatever else is offered under its number or for another item."""
    new = {"seller_part_number": "N-1", "description": "Something new"}
    offered = [
        line(2, **new, stated_number="70"), line(3, stated_number=None),
        line(4, **new, quantity=Decimal(10)), line(5, **new, quantity=Decimal(20)),
    ]  # fmt: skip
    change = purchase_order(line(1, **new, quantity=Decimal(10)), line(2, **new, quantity=Decimal(20)), kind="order_change")
    assert wished_corrections(purchase_order(), change, offered) == {"4.add": "yes", "5.add": "yes"}
    assert wished_corrections(purchase_order(), change, offered[:3]) is None
