"""The order page offers to let the good lines go on, and each part of a purchase order leads to the other."""

from __future__ import annotations

import httpx
import pytest

from entrypoints.verdict import verdict
from models.domain.lifecycle import OrderStatus
from models.domain.partial import parted
from models.domain.sales_order import Decision, SalesOrder
from tests.domain.made import NOW
from tests.entrypoints.test_desk import send, signed_in
from tests.entrypoints.test_pages import PNG
from tests.fakes.orders import order_that_waits
from tests.fakes.world import World


@pytest.fixture
def order(world: World) -> SalesOrder:
    """An order whose third line may wait alone."""
    waits = order_that_waits(world, PNG, {}, (595.0, 842.0))
    return world.orders.save(waits.model_copy(update={"may_wait": (3,)}))


@pytest.fixture
def parts(world: World, order: SalesOrder) -> tuple[SalesOrder, SalesOrder]:
    """The order and its rest."""
    decision = Decision(outcome="part_accepted", by="Jo", at=NOW, why="Line 3 can be answered alone.")
    first, rest = parted(order, decision)
    return world.orders.part(first.model_copy(update={"status": OrderStatus.RELEASED}), rest), rest


async def test_the_good_lines_are_accepted_with_one_button(browser: httpx.AsyncClient, world: World, order: SalesOrder) -> None:
    """On the version that was shown, under the name that signed in; a reason is kept if there is one."""
    await signed_in(browser, world)
    shown = (await browser.get(f"/orders/{order.order_id}")).text
    assert "The good lines can go on now: line 3 would wait as an order of its own." in shown
    answer = await send(browser, order, action="accept_part", why="the bolts are urgent")
    assert answer.status_code == 303
    [(order_id, action, decision)] = world.workflows.decided
    assert (order_id, action, decision.by, decision.note) == (order.order_id, "accept_part", "Jo", "the bolts are urgent")
    assert decision.version == str(order.version)


async def test_nothing_is_offered_where_no_line_may_wait_alone(browser: httpx.AsyncClient, world: World) -> None:
    """The button would only be refused."""
    order = order_that_waits(world, PNG, {}, (595.0, 842.0))
    await signed_in(browser, world)
    assert 'value="accept_part"' not in (await browser.get(f"/orders/{order.order_id}")).text


async def test_each_part_leads_to_the_other(browser: httpx.AsyncClient, parts: tuple[SalesOrder, SalesOrder]) -> None:
    """With its own lines alone, and the document of both."""
    first, rest = parts
    for part, other, words in ((first, rest, "The lines that wait"), (rest, first, "The lines that went on")):
        shown = (await browser.get(f"/orders/{part.order_id}")).text
        assert f"{words}: {other.order_id}</a>" in shown
        assert [f'id="line-{number}"' in shown for number in (1, 2, 3)] == [number in part.part.lines for number in (1, 2, 3)]  # type: ignore[union-attr]


async def test_the_list_of_orders_tells_which_lines_each_has(
    browser: httpx.AsyncClient, parts: tuple[SalesOrder, SalesOrder]
) -> None:
    """Both bear one PO number."""
    first, rest = parts
    shown = (await browser.get("/")).text
    assert f"Lines 1 and 2 of the purchase order; the others are {rest.order_id}." in shown
    assert f"Line 3 of the purchase order; the others are {first.order_id}." in shown
    assert verdict(rest).endswith(str(first.order_id) + ".")
