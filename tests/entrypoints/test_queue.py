"""The review queue: what waits, narrowed down, and approved in one go."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import httpx
import pytest

from models.domain.budget_standing import BudgetPolicy, JudgedOrders, OrderKind
from models.domain.missed_orders import MissedOrder
from models.domain.people import Role
from models.domain.review_queue import QueueFilter, waiting_order
from models.domain.sales_order import SalesOrder
from tests.entrypoints.test_desk import form_of, signed_in
from tests.entrypoints.test_pages import PNG
from tests.fakes.orders import order_that_waits
from tests.fakes.world import World

QUEUE_IN_TEMPORAL = "http://temporal.test:8233/namespaces/orders/workflows?query=%60OrderStatus%60%20IN%20%28%22NeedsReview%22"


@pytest.fixture
def order(world: World) -> SalesOrder:
    """An order of 403.41 EUR with a price mismatch and an uncertain item."""
    return order_that_waits(world, PNG, {}, (595.0, 842.0))


async def test_the_queue_shows_who_waits_and_why(browser: httpx.AsyncClient, order: SalesOrder) -> None:
    """And where the same queue is in the Temporal UI."""
    shown = (await browser.get("/review")).text
    for words in (
        "1 order waits",
        "Nordwind Maschinenbau GmbH",
        "4500881203",
        "Line 2 asks 3.10",
        "And 1 more.",
        QUEUE_IN_TEMPORAL,
    ):
        assert words in shown


@pytest.mark.parametrize(
    ("query", "is_shown"),
    [
        ("owner=sales", True), ("owner=tax", False), ("code=price_mismatch", True), ("code=unknown_customer", False),
        ("at_least=403.41", True), ("at_least=403.42", False), ("hours=0", True), ("hours=9999", False),
    ],
)  # fmt: skip
async def test_the_queue_is_narrowed_down(browser: httpx.AsyncClient, order: SalesOrder, query: str, is_shown: bool) -> None:
    """By owner, question, worth and wait."""
    shown = (await browser.get(f"/review?{query}")).text
    assert ("4500881203" in shown) is is_shown


async def test_an_amount_that_is_none_is_answered(browser: httpx.AsyncClient, order: SalesOrder) -> None:
    """Not taken for no filter."""
    answer = await browser.get("/review?at_least=many")
    assert (answer.status_code, "is no amount" in answer.text) == (422, True)


async def test_alike_orders_are_approved_in_one_go(browser: httpx.AsyncClient, world: World, order: SalesOrder) -> None:
    """Each on the version that was shown, under the name that signed in; what cannot be says why."""
    await signed_in(browser, world)
    form_key = (await form_of(browser, order))["form_key"]
    picked = [f"{order.version} {order.order_id}", "7 order:C1:gone"]
    answer = await browser.post("/review/approve", data={"form_key": form_key, "order": picked, "why": "agreed"})
    [(order_id, action, decision)] = world.workflows.decided
    assert (order_id, action, decision.by, decision.version) == (order.order_id, "approve", "Jo", str(order.version))
    assert "1 of 2 approved" in answer.text
    assert "order:C1:gone: It waits for nobody any more." in answer.text


async def test_a_viewer_approves_nothing_in_bulk(browser: httpx.AsyncClient, world: World, order: SalesOrder) -> None:
    """Whatever form was sent."""
    await signed_in(browser, world, Role.APPROVER)
    form_key = (await form_of(browser, order))["form_key"]
    world.people.add("Jo", Role.VIEWER, "correct horse battery")
    answer = await browser.post("/review/approve", data={"form_key": form_key, "order": [f"1 {order.order_id}"]})
    assert "may look at orders but not decide them" in answer.text
    assert not world.workflows.decided


def test_a_row_says_what_it_takes_to_decide(world: World, order: SalesOrder) -> None:
    """From the open questions alone."""
    row = waiting_order(order)
    assert row is not None
    assert (row.total, row.currency, row.people_needed, row.owners) == (Decimal("403.41"), "EUR", 1, ("sales",))


def test_a_wait_counts_from_when_the_document_came(world: World, order: SalesOrder) -> None:
    """To the hour."""
    row = waiting_order(order)
    assert row is not None
    now = datetime(2026, 11, 23, 9, 12, 41, tzinfo=UTC)
    assert QueueFilter(hours=1).lets_through(row, now)
    assert not QueueFilter(hours=1).lets_through(row, now - timedelta(seconds=1))


async def test_the_meters_show_how_the_desk_runs(browser: httpx.AsyncClient, order: SalesOrder) -> None:
    """In words, not codes; also for a span without any order."""
    shown = (await browser.get("/meters")).text
    assert "A price other than the agreed one" in shown
    assert "Error budget" in shown
    assert (await browser.get("/meters?days=1")).status_code == 200


async def test_the_meters_tell_of_kinds_looks_and_orders_that_did_not_come(browser: httpx.AsyncClient, world: World) -> None:
    """By the policy's own figures."""
    world.figures.policy = BudgetPolicy(tolerated_percent=1.5)
    kind = OrderKind(source="pdf", group="trade", band="low")
    world.figures.seen = [(kind, JudgedOrders(judged=10, wrong=3, looked_at=4))]
    world.figures.drawn = 7
    world.figures.gaps = [
        (MissedOrder(customer="10010", last_order=date(2026, 9, 1), usual_gap=7, longest_gap=12, days_since=83), "Kessler GmbH")
    ]
    shown = (await browser.get("/meters")).text
    for words in (
        "1.5 % may be wrong",
        "trade",
        "broken",
        "7 touchless orders are drawn for a look",
        "Kessler GmbH",
        "2026-09-01",
    ):
        assert words in shown
