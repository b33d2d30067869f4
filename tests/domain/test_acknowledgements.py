"""What a buyer reads of each line: what differs from their own words, and what is promised when."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from models.domain.allocation import Shortfall
from models.domain.identifiers import Sku
from models.domain.lifecycle import OrderStatus
from models.domain.party import StatedParty
from models.domain.purchase_order import PurchaseOrderLine
from models.domain.sales_order import Correction, Decision, Match
from models.domain.values import Currency, UnitCode
from tests.domain.made import NOW, line, money, order_line, purchase_order, sales_order
from tests.domain.test_texts import accepted, answer, hold


def said(field: str, value: str) -> Correction:
    return Correction(field=field, value=value, by="ada", at=NOW)


def test_a_line_is_promised_for_its_own_day_and_partly_as_goods_come() -> None:
    """A day of the line before that of the order; the earliest first, and what arrives together as one."""
    holds = (hold(quantity="100", available_on=date(2026, 12, 7)), hold(quantity="200"), hold(quantity="100"))
    order = accepted(*holds, lines=(order_line(requested_date=date(2026, 11, 30)),), requested_date=date(2026, 12, 24))
    (row,) = answer(order).lines
    assert [(part.quantity.amount, part.date) for part in row.promised] == [
        (Decimal(300), date(2026, 11, 30)), (Decimal(100), date(2026, 12, 10)),
    ]  # fmt: skip
    assert (row.status, row.reason) == ("changed", "delivery on 2026-12-10 instead of 2026-11-30")


def test_goods_that_come_on_the_day_they_are_wanted_are_not_late() -> None:
    """Nor are those that nobody wanted on any day, though they are on their way to us."""
    on_time = accepted(hold(inbound="PO-1", available_on=date(2026, 12, 7)), requested_date=date(2026, 12, 10))
    anyhow = accepted(hold(inbound="PO-1", available_on=date(2026, 12, 7)))
    assert [answer(order).lines[0].status for order in (on_time, anyhow)] == ["accepted", "accepted"]


def test_late_goods_are_backordered_only_where_that_line_waits_for_supply() -> None:
    """Another line's delivery is its own; what lies here and goes late is changed."""
    holds = (hold(1, available_on=date(2026, 12, 7)), hold(2, inbound="PO-1", available_on=date(2026, 12, 7)))
    lines = (order_line(1), order_line(2))
    order = accepted(*holds, lines=lines, purchase_order=purchase_order(line(1), line(2)), requested_date=date(2026, 12, 1))
    assert [row.status for row in answer(order).lines] == ["changed", "backordered"]


def test_before_stock_was_planned_the_ordered_quantity_is_promised_without_a_day() -> None:
    """And that is no lateness."""
    order = sales_order(status=OrderStatus.ACCEPTED, requested_date=date(2026, 12, 1))
    (row,) = answer(order).lines
    assert [(part.quantity.amount, part.date) for part in row.promised] == [(Decimal(400), None)]
    assert row.reason == ""


def test_an_order_is_refused_as_a_whole_only_where_every_line_is() -> None:
    """One that goes makes it accepted with changes; an order that ended without a line is refused all the same."""
    asked = purchase_order(line(1), line(2))
    drops = (said("1.drop", "yes"), said("2.drop", "yes"))
    one = answer(accepted(purchase_order=asked, corrections=drops[1:]))
    none = answer(accepted(purchase_order=asked, corrections=drops, lines=()))
    assert (one.kind, none.kind) == ("accepted_with_changes", "rejected")
    assert [row.reason for row in one.lines] == ["", "this line is left out"]
    bare = sales_order(status=OrderStatus.CANCELLED).model_copy(update={"purchase_order": asked.model_copy(update={"lines": ()})})
    assert answer(bare).kind == "rejected"


def test_the_reason_of_a_refusal_is_the_last_word_that_refused() -> None:
    """Not an earlier one, nor what was decided otherwise; an accepted order gives none."""
    words = [
        ("rejected", "too dear"),
        ("needs_review", "looked at again"),
        ("cancelled", "the buyer withdrew"),
        ("needs_review", "x"),
    ]
    decisions = tuple(Decision.model_validate({"outcome": what, "by": "ada", "at": NOW, "why": why}) for what, why in words)
    told = answer(sales_order(status=OrderStatus.CANCELLED, decisions=decisions))
    assert (told.note, told.lines[0].reason) == ("the buyer withdrew", "the buyer withdrew")
    assert answer(accepted(decisions=decisions)).note == ""


def test_while_a_person_decides_no_line_is_promised_or_changed() -> None:
    """Received is received."""
    (row,) = answer(sales_order(status=OrderStatus.NEEDS_REVIEW, corrections=(said("1.quantity", "9"),))).lines
    assert (row.status, row.reason, row.promised) == ("accepted", "", ())


@pytest.mark.parametrize(
    ("asked", "corrections", "reason"),
    [
        (line(unit_price="12.50", price_basis="100"), {"1.price": "0.125"}, ""),
        (line(unit_price="14", price_basis="100"), {"1.price": "12.50/100"}, "price 12.5 instead of 14"),
        (line(unit_price="10", discount_percent="20"), {"1.price": "8"}, ""),
        (line(unit_price="10", discount_percent="20"), {"1.price": "9"}, "price 9 instead of 8"),
        (line(), {"1.price": "9"}, ""),
        (line(unit_price="9"), {}, ""),
        (line(quantity="2", unit="BX"), {"1.unit": "C62", "1.quantity": "400"}, "quantity 400 C62 instead of 2 BX"),
        (line(quantity="400", unit=None), {"1.quantity": "500"}, "quantity 500 C62 instead of 400 C62"),
        (line(quantity=None), {"1.quantity": "500"}, ""),
    ],
)
def test_what_differs_from_the_buyers_words_is_said_in_their_terms(
    asked: PurchaseOrderLine, corrections: dict[str, str], reason: str
) -> None:
    """Net prices per what they are priced by; what they left open differs from nothing."""
    words = tuple(said(field, value) for field, value in corrections.items())
    order = accepted(purchase_order=purchase_order(asked), corrections=words)
    assert answer(order).lines[0].reason == reason


@pytest.mark.parametrize(
    ("match", "stated", "status"),
    [
        (Match(value="HX-M8-41", how="reviewer", score=1), "hx m8 41", "accepted"),
        (Match(value="HX-M8-41", how="reviewer", score=1), None, "accepted"),
        (Match(value="HX-M8-41", how="description", score=1), "HX-M8-40", "accepted"),
        (None, "HX-M8-40", "accepted"),
        (Match(value="HX-M8-41", how="reviewer", score=1), "HX-M8-40", "substituted"),
    ],
)
def test_only_what_a_reviewer_chose_against_the_buyers_number_is_a_substitute(
    match: Match | None, stated: str | None, status: str
) -> None:
    """The same number in other writing is the same thing."""
    ours = order_line(sku=Sku("HX-M8-41"), match=match)
    (row,) = answer(accepted(lines=(ours,), purchase_order=purchase_order(line(seller_part_number=stated)))).lines
    assert row.status == status


def test_a_price_is_confirmed_per_as_many_as_the_buyer_asked() -> None:
    """0.125 a piece is 12.50 per hundred; without a price none is confirmed."""
    asked = purchase_order(line(unit_price="12.50", price_basis="100"))
    (row,) = answer(accepted(purchase_order=asked)).lines
    assert (row.unit_price, row.price_basis) == (money("12.5"), Decimal(100))
    (bare,) = answer(accepted(lines=(order_line(unit_price=None, net=None),))).lines
    assert bare.unit_price is None


def test_an_answer_bears_the_buyers_numbers_and_names_and_ours_where_they_gave_none() -> None:
    """As its reader knows them."""
    asked = purchase_order(
        line(description="Bolt", unit=None, quantity=None), po_number=None, buyer=StatedParty(name="Kessler"), release_number="2"
    )
    order = accepted(purchase_order=asked, currency=Currency("USD"), lines=(order_line(net=money("50", "USD")),))
    told = answer(order)
    assert (told.po_number, told.release_number, told.currency, told.buyer.name) == ("", "2", "USD", "Kessler Metallbau GmbH")
    (row,) = told.lines
    assert (row.sku, row.description, row.ordered.amount, row.ordered.unit) == (
        "HX-M8-40", "Hex bolt M8x40 zinc plated", Decimal(400), "C62",
    )  # fmt: skip
    unknown = answer(order.model_copy(update={"customer_name": "", "currency": None, "lines": ()}))
    assert (unknown.buyer.name, unknown.currency) == ("Kessler", "EUR")
    (row,) = unknown.lines
    assert (row.sku, row.description, row.ordered.amount, row.ordered.unit) == (None, "Bolt", Decimal(0), "C62")


def test_what_is_short_of_a_line_in_boxes_is_told_in_boxes() -> None:
    """One of two has no day yet."""
    boxes = order_line(ordered=Decimal(2), unit=UnitCode("BX"))
    short = Shortfall(line=1, sku=Sku("HX-M8-40"), quantity=Decimal(200))
    asked = purchase_order(line(quantity="2", unit="BX"))
    (row,) = answer(accepted(hold(quantity="200"), shortfalls=(short,), lines=(boxes,), purchase_order=asked)).lines
    assert [(part.quantity.amount, part.date is None) for part in row.promised] == [(1, False), (1, True)]
    assert (row.status, row.reason) == ("backordered", "part of it has no delivery date yet")
