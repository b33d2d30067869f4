"""Shipments and returns: kept whole, found by order."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import Engine

from models.domain.errors import Rejected, Unavailable
from models.domain.returns import ReturnLine, ReturnOrder
from models.domain.shipment import PickTask, Shipment
from models.domain.values import Money
from models.store.fulfilments import SqlReturns, SqlShipments
from models.store.stock_ledger import SqlStockLedger
from tests.store.samples import BERLIN, BOLT, BUYER, EUR, NOON, on_bin, order_id, stock_up


def shipment(number: int = 1) -> Shipment:
    return Shipment(shipment_id=f"ship:{number}", order_id=order_id(1), warehouse="WUP", ship_to=BERLIN)


def rma(number: int = 1) -> ReturnOrder:
    line = ReturnLine(line=1, sku=BOLT, quantity=Decimal(2), reason="zu lang")
    worth = Money(amount=Decimal("4.20"), currency=EUR)
    return ReturnOrder(
        rma=f"RMA-{number}", order_id=order_id(1), customer_number=BUYER, lines=(line,), value=worth, requested_at=NOON
    )


def test_a_shipment_is_written_over_by_its_later_state(engine: Engine) -> None:
    """One document per shipment."""
    shipments = SqlShipments(engine)
    shipments.save(shipment())
    packed = shipments.save(shipment().model_copy(update={"state": "packed"}))
    assert (shipments.load("ship:1"), shipments.of_order(order_id(1))) == (packed, [packed])


def test_a_return_is_opened_once(engine: Engine) -> None:
    """The second request finds the first."""
    returns = SqlReturns(engine)
    first = returns.open(rma())
    assert (returns.open(rma().model_copy(update={"state": "settled"})), returns.of_order(order_id(1))) == (first, [first])


def test_the_orders_of_which_something_came_back_are_named_once(engine: Engine) -> None:
    """However many returns each has."""
    returns = SqlReturns(engine)
    assert returns.orders() == frozenset()
    returns.open(rma(1))
    returns.open(rma(2))
    assert returns.orders() == {order_id(1)}


def test_a_saved_return_is_read_as_saved(engine: Engine) -> None:
    """Money and moments exactly."""
    returns = SqlReturns(engine)
    returns.open(rma())
    saved = returns.save(rma().model_copy(update={"state": "authorised", "credit_note": "CN-1"}))
    assert returns.load("RMA-1") == saved


def test_unknown_shipments_and_returns_are_not_found(engine: Engine) -> None:
    """Saving a return that was never opened neither."""
    for ask in (
        lambda: SqlShipments(engine).load("?"),
        lambda: SqlReturns(engine).load("?"),
        lambda: SqlReturns(engine).save(rma()),
    ):
        with pytest.raises(Rejected) as caught:
            ask()
        assert caught.value.code == "not_found"


def picked(engine: Engine) -> tuple[SqlShipments, SqlStockLedger, Shipment]:
    """A shipment of two picks with the stock that is allocated to them."""
    stock_up(engine, "10")
    ledger = SqlStockLedger(engine)
    ledger.reserve(order_id(1), [on_bin("4", part=1), on_bin("3", part=2)])
    ledger.allocate(order_id(1))
    tasks = tuple(
        PickTask(sequence=at, line=1, part=at, sku=BOLT, description="", bin="A-1", quantity=Decimal(quantity))
        for at, quantity in enumerate(("4", "3"), 1)
    )
    return SqlShipments(engine), ledger, SqlShipments(engine).save(shipment().model_copy(update={"tasks": tasks}))


def test_shortened_picks_let_go_of_their_stock_with_them(engine: Engine) -> None:
    """Down to what is left of the one, wholly of the other; done again it changes nothing."""
    shipments, ledger, before = picked(engine)
    shorter = before.tasks[0].model_copy(update={"quantity": Decimal(1)})
    after = before.model_copy(update={"tasks": (shorter,)})
    shipments.lessen(order_id(1), [before], [after])
    shipments.lessen(order_id(1), [after], [after])
    assert shipments.load("ship:1") == after
    assert [hold.quantity for hold in ledger.holds(order_id(1))] == [Decimal(1)]


def test_picks_that_moved_on_are_not_shortened(engine: Engine) -> None:
    """Who packed meanwhile wins, and the stock stays held."""
    shipments, ledger, before = picked(engine)
    shipments.save(before.model_copy(update={"state": "packed"}), over=before)
    with pytest.raises(Unavailable):
        shipments.lessen(order_id(1), [before], [before.model_copy(update={"tasks": before.tasks[:1]})])
    with pytest.raises(Unavailable):
        shipments.save(before.model_copy(update={"state": "picking"}), over=before)
    assert sum(hold.quantity for hold in ledger.holds(order_id(1))) == Decimal(7)
