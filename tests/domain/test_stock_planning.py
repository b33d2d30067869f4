"""Which stock meets an order."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from models.domain.allocation import Demand, InboundSupply, StockPlan, StockPosition
from models.domain.geography import distance_km, nearest_first
from models.domain.identifiers import Sku
from models.domain.party import Warehouse
from models.domain.stock_planning import plan_stock
from models.domain.working_days import add_working_days
from tests.domain.made import TODAY, address

HOUSES = (
    Warehouse(code="ABE", address=address(country="US", city="Allentown")),
    Warehouse(code="WUP", address=address(city="Wuppertal")),
    Warehouse(code="RGB", address=address(city="Regensburg")),
)
LATER = date(2026, 12, 7)


def demand(line: int, quantity: str, sku: str = "A", **parts: Any) -> Demand:
    return Demand(line=line, sku=Sku(sku), quantity=Decimal(quantity), **parts)


def stock(warehouse: str, quantity: str, sku: str = "A", bin_code: str = "A-01-1") -> StockPosition:
    return StockPosition(warehouse=warehouse, sku=Sku(sku), bin=bin_code, available=Decimal(quantity))


def supply(warehouse: str, quantity: str, sku: str = "A", expected_on: date = LATER) -> InboundSupply:
    return InboundSupply(
        warehouse=warehouse, sku=Sku(sku), reference=f"PO-{warehouse}", available=Decimal(quantity), expected_on=expected_on
    )


def plan(
    demands: list[Demand], positions: list[StockPosition], inbound: list[InboundSupply] | None = None, **parts: Any
) -> StockPlan:
    options = {"warehouses": HOUSES, "ship_to_country": "DE", "today": TODAY, **parts}
    return plan_stock(demands, positions, inbound or [], **options)


def held(found: StockPlan) -> list[tuple[int, str, Decimal]]:
    return [(hold.line, hold.warehouse, hold.quantity) for hold in found.holds]


def test_one_warehouse_that_has_it_all_ships_it_all() -> None:
    """Even where a nearer one has a part."""
    found = plan([demand(1, "5"), demand(2, "5", "B")], [stock("WUP", "5"), stock("RGB", "5"), stock("RGB", "5", "B")])
    assert held(found) == [(1, "RGB", 5), (2, "RGB", 5)]


def test_the_nearest_of_those_that_have_it_all_ships() -> None:
    """The ship-to's own country first."""
    positions = [stock("ABE", "9"), stock("WUP", "9")]
    assert held(plan([demand(1, "5")], positions)) == [(1, "WUP", 5)]
    assert held(plan([demand(1, "5")], positions, ship_to_country="US")) == [(1, "ABE", 5)]


def test_as_few_shipments_as_stock_allows() -> None:
    """Two lines in one place each: two, not three."""
    positions = [stock("WUP", "3"), stock("RGB", "10"), stock("ABE", "10", "B"), stock("WUP", "10", "B")]
    found = plan([demand(1, "10"), demand(2, "10", "B")], positions)
    assert {hold.warehouse for hold in found.holds} == {"WUP", "RGB"}
    assert held(found) == [(1, "RGB", 10), (2, "WUP", 10)]


def test_a_line_is_split_where_no_warehouse_has_enough() -> None:
    """Parts count from one."""
    found = plan([demand(1, "10")], [stock("WUP", "6"), stock("RGB", "6")])
    assert held(found) == [(1, "WUP", 6), (1, "RGB", 4)]
    assert [hold.part for hold in found.holds] == [1, 2]


def test_one_bin_is_emptied_rather_than_two_visited() -> None:
    """The bin that comes nearest to just enough."""
    found = plan(
        [demand(1, "4")],
        [stock("WUP", "9", bin_code="A-1"), stock("WUP", "5", bin_code="A-2"), stock("WUP", "2", bin_code="A-3")],
    )
    assert [hold.bin for hold in found.holds] == ["A-2"]


def test_what_stock_does_not_cover_waits_for_the_earliest_delivery() -> None:
    """Available when it is expected, not before."""
    found = plan([demand(1, "10")], [stock("WUP", "4")], [supply("RGB", "5", expected_on=date(2026, 12, 20)), supply("WUP", "5")])
    assert held(found) == [(1, "WUP", 4), (1, "WUP", 5), (1, "RGB", 1)]
    assert [hold.available_on for hold in found.holds] == [TODAY, LATER, date(2026, 12, 20)]
    assert found.is_backordered


def test_what_nothing_covers_is_a_shortfall() -> None:
    """Said, not hidden."""
    found = plan([demand(1, "10")], [stock("WUP", "4")])
    assert [(short.line, short.quantity) for short in found.shortfalls] == [(1, 6)]


def test_scarce_stock_goes_to_the_line_wanted_first() -> None:
    """Line 2 is wanted tomorrow."""
    demands = [demand(1, "5", requested_on=LATER), demand(2, "5", requested_on=TODAY)]
    assert held(plan(demands, [stock("WUP", "5")])) == [(2, "WUP", 5)]


def test_without_partial_deliveries_all_waits_for_the_last() -> None:
    """One delivery, one day."""
    found = plan(
        [demand(1, "5"), demand(2, "5", "B")], [stock("WUP", "5")], [supply("WUP", "5", "B")], takes_partial_deliveries=False
    )
    assert {hold.available_on for hold in found.holds} == {LATER}


_quantities = st.decimals("0.5", "50", places=1)
_skus = st.sampled_from(["A", "B", "C"])
_codes = st.sampled_from(["WUP", "RGB", "ABE"])


@given(
    st.lists(st.tuples(_quantities, _skus), max_size=6),
    st.lists(
        st.tuples(_codes, _skus, _quantities, st.sampled_from(["A-1", "B-2"])),
        max_size=8,
        unique_by=lambda row: (row[0], row[1], row[3]),
    ),
    st.lists(st.tuples(_codes, _skus, _quantities), max_size=4, unique_by=lambda row: row[:2]),
)
def test_holds_never_exceed_what_is_there_and_with_the_shortfalls_meet_the_demand(
    wanted: list[tuple[Decimal, str]], bins: list[tuple[str, str, Decimal, str]], coming: list[tuple[str, str, Decimal]]
) -> None:
    """Whatever is ordered and wherever it lies."""
    demands = [Demand(line=n, sku=Sku(sku), quantity=quantity) for n, (quantity, sku) in enumerate(wanted, 1)]
    positions = [stock(code, str(quantity), sku, bin_code) for code, sku, quantity, bin_code in bins]
    inbound = [supply(code, str(quantity), sku) for code, sku, quantity in coming]
    found = plan(demands, positions, inbound)
    for want in demands:
        holds = sum(hold.quantity for hold in found.holds if hold.line == want.line)
        short = sum(shortfall.quantity for shortfall in found.shortfalls if shortfall.line == want.line)
        assert holds + short == want.quantity
    for code, sku, quantity, bin_code in bins:
        assert sum(h.quantity for h in found.holds if (h.warehouse, h.sku, h.bin) == (code, sku, bin_code)) <= quantity
    for code, sku, quantity in coming:
        assert (
            sum(h.quantity for h in found.holds if (h.warehouse, h.sku, h.inbound_reference) == (code, sku, f"PO-{code}"))
            <= quantity
        )
    assert all(hold.quantity > 0 for hold in found.holds)
    # Nothing is short while stock of the very thing is left.
    for shortfall in found.shortfalls:
        everything = sum(p.available for p in positions if p.sku == shortfall.sku) + sum(
            s.available for s in inbound if s.sku == shortfall.sku
        )
        assert sum(h.quantity for h in found.holds if h.sku == shortfall.sku) == everything


def test_warehouses_come_nearest_first() -> None:
    """Paris is nearer to Germany than to Pennsylvania."""
    assert [house.code for house in nearest_first(HOUSES, "FR")] == ["WUP", "RGB", "ABE"]
    assert distance_km("DE", "FR") < 1000 < distance_km("DE", "US")


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 30))
def test_working_days_are_counted_as_on_a_calendar(day: date, days: int) -> None:
    """One by one, weekends skipped."""
    slow = day
    while slow.weekday() >= 5:
        slow += timedelta(days=1)
    for _ in range(days):
        slow += timedelta(days=1)
        while slow.weekday() >= 5:
            slow += timedelta(days=1)
    assert add_working_days(day, days) == slow


def bins(found: StockPlan) -> list[tuple[str | None, Decimal]]:
    return [(hold.bin, hold.quantity) for hold in found.holds]


def test_one_bin_is_emptied_where_one_suffices_else_the_fullest_come_first() -> None:
    """Fewest ways in the warehouse; of bins alike the first by its name."""
    positions = [stock("WUP", held, bin_code=code) for code, held in (("C", "5"), ("A", "3"), ("B", "9"), ("D", "3"), ("E", "0"))]
    assert bins(plan([demand(1, "5")], positions)) == [("C", 5)]
    assert bins(plan([demand(1, "3")], positions)) == [("A", 3)]
    assert bins(plan([demand(1, "17")], positions)) == [("B", 9), ("C", 5), ("A", 3)]
    assert bins(plan([demand(1, "15")], positions)) == [("B", 9), ("C", 5), ("A", 1)]


def test_a_bin_that_is_overdrawn_has_nothing_to_give() -> None:
    """Nor does it take anything from another."""
    found = plan([demand(1, "5")], [stock("WUP", "-2", bin_code="A"), stock("WUP", "3", bin_code="B")])
    assert (bins(found), [short.quantity for short in found.shortfalls]) == ([("B", 3)], [2])


def test_scarce_stock_goes_to_the_line_that_has_a_day_before_the_one_that_has_none() -> None:
    """And what is short is told line by line."""
    found = plan([demand(2, "5"), demand(1, "5"), demand(3, "5", requested_on=LATER)], [stock("WUP", "5")])
    assert held(found) == [(3, "WUP", 5)]
    assert [(short.line, short.quantity) for short in found.shortfalls] == [(1, 5), (2, 5)]


def test_a_delivery_to_a_warehouse_that_ships_nothing_is_not_waited_for() -> None:
    """It is none of ours, or not for this order."""
    found = plan([demand(1, "5")], [], [supply("XXX", "5")])
    assert (found.holds, [short.quantity for short in found.shortfalls]) == ((), [5])
