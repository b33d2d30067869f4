"""The order page says at its top what a change of the buyer's asked, what became of each line, and what is still open."""

from __future__ import annotations

from decimal import Decimal

import httpx

from entrypoints.change_view import change_views
from models.domain.lifecycle import OrderStatus
from models.domain.purchase_order import PurchaseOrder, Source
from models.domain.sales_order import ChangeRequest, Correction, SalesOrder
from tests.domain.made import NOW, line, purchase_order, sales_order
from tests.entrypoints.test_pages import PNG
from tests.fakes.orders import order_that_waits
from tests.fakes.world import World


def _asked(kind: str = "order_change", **changes: object) -> PurchaseOrder:
    """The order's one line with other values."""
    lines = (line().model_copy(update=changes),) if changes else ()
    return purchase_order(kind=kind).model_copy(update={"lines": lines})


def _order(asked: PurchaseOrder, answer: str = "", status: OrderStatus = OrderStatus.SHIPPED, **fields: str) -> SalesOrder:
    change = ChangeRequest.model_validate(
        {"source": Source(channel="http", message_id="m", received_at=NOW), "purchase_order": asked, "answer": answer}
    )
    corrections = tuple(Correction(field=field, value=value, by="jo", at=NOW) for field, value in fields.items())
    return sales_order(status=status).model_copy(update={"changes": (change,), "corrections": corrections})


def test_a_change_after_shipping_was_not_taken_and_goods_can_only_come_back() -> None:
    """With what the order still is."""
    (view,) = change_views(_order(_asked(quantity=Decimal(900)), "rejected"))
    assert (view.answer, view.lines[0].state) == ("not taken", "not taken")
    assert "900 instead of 400" in view.lines[0].differs[0]
    assert "return" in view.next_step


def test_a_change_that_a_reviewer_took_leaves_nothing_open() -> None:
    """The order says the same by now."""
    (view,) = change_views(_order(_asked(quantity=Decimal(900)), "accepted", OrderStatus.ACCEPTED, **{"1.quantity": "900"}))
    assert ([(each.state, each.differs) for each in view.lines], view.next_step) == ([("taken", ())], "")


def test_a_change_during_review_waits_for_the_reviewer() -> None:
    """It is open until the order is decided."""
    (view,) = change_views(_order(_asked(quantity=Decimal(900)), status=OrderStatus.NEEDS_REVIEW))
    assert (view.is_open, view.lines[0].state) == (True, "open")
    assert "your decision" in view.next_step


def test_a_cancellation_in_the_warehouse_says_what_it_cancels() -> None:
    """A person may still stop the goods."""
    (view,) = change_views(_order(_asked("order_cancellation"), "rejected", OrderStatus.RELEASED))
    assert (view.kind, view.lines[0].asked, view.lines[0].state) == ("cancellation", "the whole order is cancelled", "not taken")
    assert "warehouse" in view.next_step


async def test_the_page_shows_the_change_before_all_else(browser: httpx.AsyncClient, world: World) -> None:
    """What the buyer wrote shows as text, never as markup."""
    order = order_that_waits(world, PNG, {}, (595.0, 842.0))
    wanted = line().model_copy(update={"buyer_part_number": "<b>X</b>", "quantity": Decimal(900)})
    change = ChangeRequest(
        source=Source(channel="smtp", message_id="m", sender="a@b.example", received_at=NOW),
        purchase_order=purchase_order(wanted, kind="order_change"),
    )
    world.orders.save(order.model_copy(update={"changes": (change,)}))
    shown = (await browser.get(f"/orders/{order.order_id}")).text
    assert 0 < shown.index("The buyer's change") < shown.index('id="questions"')
    assert "&lt;b&gt;X&lt;/b&gt;" in shown
    assert "<b>X</b>" not in shown
