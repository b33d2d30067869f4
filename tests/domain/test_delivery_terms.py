"""Lead times and cut-off, receiving days, the least value of an order, contracts before lists, and what is blocked."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from models.domain.catalogue import PriceEntry
from models.domain.delivery_terms import (
    earliest_arrivals,
    minimum_order_finding,
    net_of,
    receiving_days_of,
    receiving_findings,
)
from models.domain.identifiers import Sku
from models.domain.item_findings import not_for_sale
from models.domain.pricing import agreed_price
from models.domain.sales_order import SalesOrderLine
from models.domain.terms import date_findings
from models.domain.values import Currency
from models.domain.working_hours import DeskRules, Weekday
from tests.domain.made import EUR, company, customer, item, line, money, order_line, purchase_order, ship_to

#: A Monday, in Berlin at 13:30 and at 14:30.
BEFORE, AFTER = datetime(2026, 11, 23, 12, 30, tzinfo=UTC), datetime(2026, 11, 23, 13, 30, tzinfo=UTC)
BOLT = item()


def arrival(at: datetime, *, lead: int = 0, **terms: Any) -> date | None:
    us = company(delivery_days=2, order_cut_off=time(14), desk=DeskRules(time_zone="Europe/Berlin"), **terms)
    sold = BOLT.model_copy(update={"lead_time_days": lead})
    return earliest_arrivals(us, [SalesOrderLine(number=1, sku=sold.sku)], {sold.sku: sold}, at).get(1)


def test_what_comes_after_the_cut_off_counts_as_the_next_days() -> None:
    """By the desk's clock, not by the server's."""
    assert (arrival(BEFORE), arrival(AFTER)) == (date(2026, 11, 25), date(2026, 11, 26))


def test_an_items_own_lead_time_comes_on_top() -> None:
    """In working days: three more lead over the weekend."""
    assert arrival(BEFORE, lead=3) == date(2026, 11, 30)


def test_a_company_that_states_no_time_of_delivery_promises_no_day() -> None:
    """Nothing is held against the buyer's wish."""
    assert earliest_arrivals(company(), [SalesOrderLine(number=1, sku=BOLT.sku)], {BOLT.sku: BOLT}, BEFORE) == {}


def test_a_wish_before_the_lead_time_is_told_with_the_earliest_day() -> None:
    """For the order as a whole the last of its lines counts."""
    order = purchase_order(line(), requested_date=date(2026, 11, 24))
    [finding] = date_findings(order, date(2026, 11, 23), by_line={1: date(2026, 11, 25)})
    assert (finding.code, finding.expected) == ("date_impossible", "2026-11-25")


@pytest.mark.parametrize(("days", "better"), [(("monday", "thursday"), "2026-11-30"), (("friday",), "2026-12-04")])
def test_a_day_on_which_nobody_takes_goods_in_is_told_with_the_next_one(days: tuple[Weekday, ...], better: str) -> None:
    """A Saturday here."""
    [finding] = receiving_findings(purchase_order(line(), requested_date=date(2026, 11, 28)), days)
    assert (finding.code, finding.proposal) == ("not_receiving", {"requested_date": better})


def test_a_receiving_day_and_an_unknown_calendar_are_no_doubt() -> None:
    """Monday is one of them; where nothing is known, every day is."""
    order = purchase_order(line(), requested_date=date(2026, 11, 30))
    assert [*receiving_findings(order, ("monday",)), *receiving_findings(order, ())] == []


def test_a_places_own_days_come_before_the_customers() -> None:
    """Which hold for the places without."""
    ada = customer(receiving_days=("monday",))
    place = ship_to("W2").model_copy(update={"receiving_days": ("friday",)})
    assert (receiving_days_of(ada, [place], "W2"), receiving_days_of(ada, [place], "W3")) == (("friday",), ("monday",))


@pytest.mark.parametrize(("net", "is_found"), [("49.99", True), ("50.00", False)])
def test_an_order_below_the_agreed_value_is_put_to_a_person(net: str, is_found: bool) -> None:
    """From that value on it is none of their business."""
    assert (minimum_order_finding(customer(minimum_order=money("50")), money(net)) is not None) is is_found


def test_no_value_is_agreed_or_known_and_nothing_is_held_against_it() -> None:
    """Nor against an order in another currency."""
    agreed = customer(minimum_order=money("50"))
    found = (minimum_order_finding(customer(), money("1")), minimum_order_finding(agreed, None))
    assert (*found, minimum_order_finding(agreed, money("1", "USD"))) == (None, None, None)


def test_a_contract_comes_before_the_groups_list_and_that_before_the_general_one() -> None:
    """Though it is dearer and has no quantity break; what it does not reach the group's list gives."""

    def entry(name: str, price: str, least: str = "1") -> PriceEntry:
        return PriceEntry(
            price_list=name, sku=BOLT.sku, unit_price=Decimal(price), currency=Currency("EUR"), valid_from=date(2026, 1, 1),
            minimum_quantity=Decimal(least),
        )  # fmt: skip

    entries = [entry("LIST", "1"), entry("TRADE", "0.9"), entry("TRADE", "0.7", "100"), entry("C-1", "0.8", "50")]

    def price(quantity: int) -> Decimal | None:
        found = agreed_price(
            entries, sku=Sku(BOLT.sku), quantity=Decimal(quantity), on=date(2026, 11, 23), currency=EUR, contract="C-1"
        )
        return found.unit_price if found else None

    assert (price(500), price(10)) == (Decimal("0.8"), Decimal("0.9"))


def test_a_blocked_item_waits_for_a_release() -> None:
    """It may be sold again, so it has no successor."""
    assert [finding.code for finding in not_for_sale(line(), BOLT.model_copy(update={"is_blocked": True}))] == ["item_blocked"]


def test_just_at_the_cut_off_is_too_late_and_without_one_nothing_is() -> None:
    """14:00 in Berlin."""
    sharp = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
    assert arrival(sharp) == date(2026, 11, 26)
    us = company(delivery_days=2, desk=DeskRules(time_zone="Europe/Berlin"))
    assert earliest_arrivals(us, [SalesOrderLine(number=1, sku=BOLT.sku)], {BOLT.sku: BOLT}, AFTER) == {1: date(2026, 11, 25)}


def test_only_lines_whose_goods_are_known_have_a_day() -> None:
    """Nothing is promised for what nobody knows."""
    us = company(delivery_days=2)
    lines = [SalesOrderLine(number=1), SalesOrderLine(number=2, sku=Sku("GONE")), SalesOrderLine(number=3, sku=BOLT.sku)]
    assert set(earliest_arrivals(us, lines, {BOLT.sku: BOLT}, BEFORE)) == {3}


def test_the_next_day_may_be_tomorrow_and_a_lines_own_wish_is_told_as_its() -> None:
    """With the correction that moves that line alone."""
    order = purchase_order(line(1), line(2, requested_date="2026-11-28"))
    [finding] = receiving_findings(order, ("sunday",))
    assert (finding.line, finding.proposal) == (2, {"2.requested_date": "2026-11-29"})
    assert finding.message.startswith("Line 2: delivery is wanted on Saturday, 2026-11-28")
    [whole] = receiving_findings(purchase_order(line(), requested_date=date(2026, 11, 28)), ("sunday",))
    assert whole.message.startswith("Delivery is wanted on Saturday")


def test_lines_come_to_something_only_all_of_them_and_in_one_currency() -> None:
    """Half of an order is not held against the least value."""
    priced, open_one, dollars = order_line(1), order_line(2, net=None), order_line(3, net=money("1", "USD"))
    assert net_of([priced, priced], EUR) == money("100.00")
    assert [net_of(lines, EUR) for lines in ([priced, open_one], [priced, dollars], [])] == [None, None, None]
