"""The stock ledger: never more promised than there is, and every step safe to repeat."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from models.domain.allocation import Hold
from models.domain.errors import Rejected, Unavailable
from models.domain.identifiers import Sku
from models.store.session import engine_for, reading
from models.store.stock_ledger import SqlStockLedger
from models.store.tables import stock, stock_movement
from tests.store.samples import BOLT, NUT, expect, on_bin, on_delivery, order_id, stock_up

FIRST, SECOND = order_id(1), order_id(2)


def free(ledger: SqlStockLedger, sku: Sku = BOLT) -> dict[str, Decimal]:
    return {position.bin: position.available for position in ledger.positions([sku])}


def coming(ledger: SqlStockLedger, sku: Sku = BOLT) -> dict[str, Decimal]:
    return {supply.reference: supply.available for supply in ledger.inbound([sku])}


def places(holds: object) -> list[tuple[str | None, str]]:
    assert isinstance(holds, list)
    return sorted((hold.bin or hold.inbound_reference, str(hold.quantity)) for hold in holds if isinstance(hold, Hold))


def test_a_reservation_lessens_what_others_may_have(engine: Engine) -> None:
    """In the bin and on the delivery."""
    stock_up(engine, "10")
    expect(engine, "100")
    ledger = SqlStockLedger(engine)
    ledger.reserve(FIRST, [on_bin("4"), on_delivery("30")])
    assert (free(ledger), coming(ledger)) == ({"A-1": Decimal(6)}, {"PO-1": Decimal(70)})


def test_who_holds_an_item_without_having_it_shipped_can_be_asked(engine: Engine) -> None:
    """Those are told when goods come; who let go of theirs is not."""
    stock_up(engine, "10")
    expect(engine, "100")
    ledger = SqlStockLedger(engine)
    for number, held in ((1, on_delivery("5")), (2, on_bin("5")), (3, on_delivery("7"))):
        ledger.reserve(order_id(number), [held])
    ledger.release(order_id(3))
    assert ledger.waiting_for(BOLT) == [order_id(1), order_id(2)]
    assert ledger.waiting_for(NUT) == []


def test_reserving_again_returns_the_earlier_holds(engine: Engine) -> None:
    """Even where the plan has changed meanwhile."""
    stock_up(engine, "10")
    ledger = SqlStockLedger(engine)
    first = ledger.reserve(FIRST, [on_bin("4")])
    assert (ledger.reserve(FIRST, [on_bin("6")]), free(ledger)) == (first, {"A-1": Decimal(6)})


def test_a_reservation_is_all_or_nothing(engine: Engine) -> None:
    """One hold that cannot be had undoes the others."""
    stock_up(engine, "10")
    ledger = SqlStockLedger(engine)
    with pytest.raises(Unavailable, match="NUT-M8"):
        ledger.reserve(FIRST, [on_bin("4"), on_bin("1", line=2, sku=NUT)])
    assert (ledger.holds(FIRST), free(ledger)) == ([], {"A-1": Decimal(10)})


def test_two_holds_of_an_order_on_one_bin_count_together(engine: Engine) -> None:
    """Each alone would fit."""
    stock_up(engine, "10")
    with pytest.raises(Unavailable):
        SqlStockLedger(engine).reserve(FIRST, [on_bin("6"), on_bin("6", line=2)])


def test_a_delivery_cannot_be_promised_twice(engine: Engine) -> None:
    """Inbound supply is supply."""
    expect(engine, "10")
    ledger = SqlStockLedger(engine)
    ledger.reserve(FIRST, [on_delivery("6")])
    with pytest.raises(Unavailable, match="PO-1"):
        ledger.reserve(SECOND, [on_delivery("6")])


def test_a_hold_of_nothing_is_refused(engine: Engine) -> None:
    """A negative hold would make stock out of nothing."""
    stock_up(engine, "10")
    with pytest.raises(Rejected):
        SqlStockLedger(engine).reserve(FIRST, [on_bin("-5")])


def test_fractions_are_kept_exactly(engine: Engine) -> None:
    """Cable is sold by the metre."""
    stock_up(engine, "0.3")
    ledger = SqlStockLedger(engine)
    ledger.reserve(FIRST, [on_bin("0.1")])
    assert free(ledger) == {"A-1": Decimal("0.2")}


def test_threads_at_once_never_oversell(engine: Engine) -> None:
    """Of twenty orders for 3 of 10, three get theirs."""
    stock_up(engine, "10")
    ledger = SqlStockLedger(engine)

    def reserved(number: int) -> bool:
        return _gets(ledger, number)

    with ThreadPoolExecutor(10) as pool:
        winners = sum(pool.map(reserved, range(20)))
    assert (winners, free(ledger)) == (3, {"A-1": Decimal(1)})


def test_processes_at_once_never_oversell(engine: Engine, database_url: str) -> None:
    """Several workers share one database."""
    stock_up(engine, "10")
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=spawn) as pool:
        winners = sum(pool.map(_winners, [database_url] * 2, [range(12), range(12, 24)]))
    assert (winners, free(SqlStockLedger(engine))) == (3, {"A-1": Decimal(1)})


def _winners(url: str, numbers: range) -> int:
    engine = engine_for(url)
    won = sum(_gets(SqlStockLedger(engine), number) for number in numbers)
    engine.dispose()
    return won


def _gets(ledger: SqlStockLedger, number: int) -> bool:
    try:
        ledger.reserve(order_id(number), [on_bin("3")])
    except Unavailable:
        return False
    return True


def test_one_order_reserved_by_two_at_once_holds_once(engine: Engine) -> None:
    """A retried step beside its own slow first run, with another plan."""
    for bin_code in ("A-1", "B-1"):
        stock_up(engine, "10", bin_code=bin_code)
    ledger = SqlStockLedger(engine)
    with ThreadPoolExecutor(8) as pool:
        plans = [on_bin("4", bin_code=bin_code) for bin_code in ("A-1", "B-1") * 4]
        list(pool.map(lambda plan: ledger.reserve(FIRST, [plan]), plans))
    assert sum(free(ledger).values()) == Decimal(16)


def test_orders_that_want_the_same_bins_in_opposite_order_do_not_deadlock(engine: Engine) -> None:
    """Rows are locked in one order, whatever the plan's."""
    for bin_code in ("A-1", "B-1"):
        stock_up(engine, "100", bin_code=bin_code)
    ledger = SqlStockLedger(engine)
    plan = [on_bin("1", bin_code="A-1"), on_bin("1", line=2, bin_code="B-1")]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: ledger.reserve(order_id(n), plan if n % 2 else plan[::-1]), range(16)))
    assert free(ledger) == {"A-1": Decimal(84), "B-1": Decimal(84)}


def test_allocation_makes_holds_on_bins_hard_and_leaves_the_others(engine: Engine) -> None:
    """And doing it again returns the same."""
    stock_up(engine, "10")
    expect(engine, "10")
    ledger = SqlStockLedger(engine)
    ledger.reserve(FIRST, [on_bin("4"), on_delivery("5")])
    assert (places(ledger.allocate(FIRST)), places(ledger.allocate(FIRST))) == ([("A-1", "4")], [("A-1", "4")])
    assert len(ledger.holds(FIRST)) == 2


def test_goods_issue_takes_stock_once(engine: Engine) -> None:
    """The hold is gone with the goods; a second run takes nothing more."""
    stock_up(engine, "10")
    ledger = SqlStockLedger(engine)
    ledger.reserve(FIRST, [on_bin("4")])
    ledger.allocate(FIRST)
    for _ in range(2):
        ledger.issue("ship:1", FIRST, [(1, 1)])
    assert (free(ledger), ledger.holds(FIRST)) == ({"A-1": Decimal(6)}, [])


def test_goods_that_are_not_allocated_cannot_be_issued(engine: Engine) -> None:
    """A soft hold may still be taken away."""
    stock_up(engine, "10")
    ledger = SqlStockLedger(engine)
    ledger.reserve(FIRST, [on_bin("4")])
    with pytest.raises(Rejected, match="reserved"):
        ledger.issue("ship:1", FIRST, [(1, 1)])


def test_goods_that_another_shipment_took_cannot_be_issued(engine: Engine) -> None:
    """The same parcel is not sent twice."""
    stock_up(engine, "10")
    ledger = SqlStockLedger(engine)
    ledger.reserve(FIRST, [on_bin("4")])
    ledger.allocate(FIRST)
    ledger.issue("ship:1", FIRST, [(1, 1)])
    with pytest.raises(Rejected, match="issued by shipment ship:1"):
        ledger.issue("ship:2", FIRST, [(1, 1)])


def test_release_gives_back_what_was_not_issued(engine: Engine) -> None:
    """Once and again."""
    stock_up(engine, "10")
    expect(engine, "10")
    ledger = SqlStockLedger(engine)
    ledger.reserve(FIRST, [on_bin("4"), on_bin("2", line=2), on_delivery("5")])
    ledger.allocate(FIRST)
    ledger.issue("ship:1", FIRST, [(1, 1)])
    for _ in range(2):
        ledger.release(FIRST)
    assert (free(ledger), coming(ledger)) == ({"A-1": Decimal(6)}, {"PO-1": Decimal(10)})


def test_an_order_may_reserve_again_after_its_release(engine: Engine) -> None:
    """The same parts, another time."""
    stock_up(engine, "10")
    ledger = SqlStockLedger(engine)
    ledger.reserve(FIRST, [on_bin("4")])
    ledger.release(FIRST)
    assert places(ledger.reserve(FIRST, [on_bin("5")])) == [("A-1", "5")]


def test_renewal_replaces_holds_on_deliveries_and_keeps_those_on_bins(engine: Engine) -> None:
    """Twice is once."""
    stock_up(engine, "10")
    for reference in ("PO-1", "PO-2"):
        expect(engine, "10", reference=reference)
    ledger = SqlStockLedger(engine)
    ledger.reserve(FIRST, [on_bin("4"), on_delivery("5")])
    for _ in range(2):
        ledger.renew(FIRST, [on_delivery("3", reference="PO-2"), on_bin("2")])
    assert places(ledger.holds(FIRST)) == [("A-1", "2"), ("A-1", "4"), ("PO-2", "3")]
    assert (free(ledger), coming(ledger)) == ({"A-1": Decimal(4)}, {"PO-1": Decimal(10), "PO-2": Decimal(7)})


def test_a_renewal_that_cannot_be_had_leaves_the_old_holds(engine: Engine) -> None:
    """Nothing is let go before the new is sure."""
    expect(engine, "10")
    ledger = SqlStockLedger(engine)
    ledger.reserve(FIRST, [on_delivery("5")])
    with pytest.raises(Unavailable):
        ledger.renew(FIRST, [on_bin("5")])
    assert places(ledger.holds(FIRST)) == [("PO-1", "5")]


def test_a_renewal_may_hold_the_same_delivery_anew(engine: Engine) -> None:
    """Its own old hold does not stand in its way."""
    expect(engine, "10")
    ledger = SqlStockLedger(engine)
    ledger.reserve(FIRST, [on_delivery("8")])
    assert places(ledger.renew(FIRST, [on_delivery("10")])) == [("PO-1", "10")]


def test_received_goods_keep_their_promises(engine: Engine) -> None:
    """Holds on the delivery become holds on the bin; only the rest is free, and once."""
    expect(engine, "10")
    ledger = SqlStockLedger(engine)
    ledger.reserve(FIRST, [on_delivery("7", part=1)])
    for _ in range(2):
        ledger.receive_inbound("PO-1", BOLT, "WUP", Decimal(10), "A-1")
    assert (places(ledger.allocate(FIRST)), free(ledger), coming(ledger)) == ([("A-1", "7")], {"A-1": Decimal(3)}, {})


def test_a_short_delivery_serves_the_oldest_promise_first(engine: Engine) -> None:
    """What is missing stays a hold on the delivery until the order is planned again."""
    expect(engine, "10")
    ledger = SqlStockLedger(engine)
    ledger.reserve(FIRST, [on_delivery("6", part=1)])
    ledger.reserve(SECOND, [on_delivery("4", part=1)])
    ledger.receive_inbound("PO-1", BOLT, "WUP", Decimal(8), "A-1")
    assert (places(ledger.holds(FIRST)), places(ledger.holds(SECOND))) == ([("A-1", "6")], [("A-1", "2"), ("PO-1", "2")])
    assert (free(ledger), coming(ledger)) == ({}, {})


@pytest.mark.parametrize(
    ("reference", "warehouse", "quantity", "code"),
    [("PO-9", "WUP", 1, "not_found"), ("PO-1", "RGB", 1, "wrong_warehouse"), ("PO-1", "WUP", 0, "invalid_quantity")],
)
def test_a_receipt_that_nobody_expects_is_refused(
    engine: Engine, reference: str, warehouse: str, quantity: int, code: str
) -> None:
    """Stock does not appear from nowhere."""
    expect(engine, "10")
    with pytest.raises(Rejected) as caught:
        SqlStockLedger(engine).receive_inbound(reference, BOLT, warehouse, Decimal(quantity), "A-1")
    assert caught.value.code == code


def test_returned_goods_come_back_once_to_their_bin(engine: Engine) -> None:
    """Or to the returns bin where the warehouse has none for them."""
    stock_up(engine, "10")
    ledger = SqlStockLedger(engine)
    for _ in range(2):
        ledger.put_back("rma:1:1", BOLT, "WUP", Decimal(2))
    ledger.put_back("rma:1:2", NUT, "WUP", Decimal(3))
    assert (free(ledger), free(ledger, NUT)) == ({"A-1": Decimal(12)}, {"RETURNS": Decimal(3)})


def test_a_sku_that_no_database_can_hold_has_no_stock(engine: Engine) -> None:
    """A hostile document's NUL finds nothing and breaks nothing."""
    assert SqlStockLedger(engine).positions([Sku("HX\x00")]) == []


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["reserve", "allocate", "issue", "release", "renew", "receive", "put_back"]),
        st.integers(0, 2),
        st.integers(1, 6),
    ),
    max_size=14,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_happens_stock_is_the_sum_of_its_movements_and_covers_its_holds(
    engine: Engine, steps: list[tuple[str, int, int]]
) -> None:
    """Any steps in any order, repeated or refused."""
    with engine.begin() as connection:
        for name in ("hold", "stock", "stock_movement", "inbound"):
            connection.exec_driver_sql(f"DELETE FROM {name}")
    stock_up(engine, "8")
    expect(engine, "8")
    ledger = SqlStockLedger(engine)
    for step in steps:
        _try(ledger, *step)
    with reading(engine) as connection:
        on_hand = {(row.sku, row.bin): row.on_hand for row in connection.execute(select(stock))}
        moved = [((row.sku, row.bin), row.quantity) for row in connection.execute(select(stock_movement))]
    held = [hold for number in range(3) for hold in ledger.holds(order_id(number))]
    for key, amount in on_hand.items():
        assert amount == sum(quantity for bin_key, quantity in moved if bin_key == key)
        assert amount >= sum(hold.quantity for hold in held if (hold.sku, hold.bin) == key)


def _try(ledger: SqlStockLedger, step: str, number: int, quantity: int) -> None:
    order = order_id(number)
    steps: dict[str, Callable[[], object]] = {
        "reserve": lambda: ledger.reserve(order, [on_bin(str(quantity)), on_delivery(str(quantity))]),
        "allocate": lambda: ledger.allocate(order),
        "issue": lambda: ledger.issue(f"ship:{number}", order, [(1, 1)]),
        "release": lambda: ledger.release(order),
        "renew": lambda: ledger.renew(order, [on_delivery(str(quantity)), on_bin("1")]),
        "receive": lambda: ledger.receive_inbound("PO-1", BOLT, "WUP", Decimal(quantity), "A-1"),
        "put_back": lambda: ledger.put_back(f"rma:{number}:{quantity}", BOLT, "WUP", Decimal(quantity)),
    }
    with suppress(Unavailable, Rejected):  # refusing is right as long as the books hold
        steps[step]()
