"""Asking for orders and deciding them over HTTP."""

from __future__ import annotations

import httpx
import pytest

from models.domain.errors import Rejected
from models.domain.sales_order import SalesOrder
from tests.fakes.orders import order_that_waits, order_that_was_delivered
from tests.fakes.world import World


@pytest.fixture
def waiting(world: World) -> SalesOrder:
    return order_that_waits(world, b"png", {}, (595.0, 842.0))


async def test_an_order_is_shown_with_its_doubts_and_timeline(http: httpx.AsyncClient, waiting: SalesOrder) -> None:
    """Amounts are decimal strings; the open findings are named by their keys."""
    answer = (await http.get(f"/v1/orders/{waiting.order_id}")).json()
    assert (answer["status"], answer["gross"], answer["currency"]) == ("NeedsReview", "403.41", "EUR")
    assert answer["open_findings"] == [finding.key for finding in waiting.open_findings]
    assert [entry["event"] for entry in answer["timeline"]] == ["MessageReceived", "OrderChecked"]
    assert answer["order_lines"][1]["sku"] == "WS-M8-A2"


async def test_a_po_number_with_a_slash_is_reached(http: httpx.AsyncClient, world: World) -> None:
    """With the slash as it is and encoded."""
    order = order_that_was_delivered(world)
    for path in (order.order_id, order.order_id.replace("/", "%2F")):
        assert (await http.get(f"/v1/orders/{path}")).json()["order_id"] == order.order_id


async def test_orders_are_listed_by_status(http: httpx.AsyncClient, world: World, waiting: SalesOrder) -> None:
    """Only those in the state asked for."""
    order_that_was_delivered(world)
    listed = (await http.get("/v1/orders", params={"status": "NeedsReview"})).json()["orders"]
    assert [order["order_id"] for order in listed] == [waiting.order_id]


async def test_an_unknown_status_names_those_there_are(http: httpx.AsyncClient) -> None:
    """The problem's field error says what can be asked for."""
    answer = await http.get("/v1/orders", params={"status": "Waiting"})
    assert (answer.status_code, "NeedsReview" in answer.json()["errors"][0]["message"]) == (422, True)


@pytest.mark.parametrize("action", ["approve", "reject", "correct", "hold"])
async def test_a_decision_reaches_the_workflow(http: httpx.AsyncClient, world: World, waiting: SalesOrder, action: str) -> None:
    """With who decided and every key beside."""
    body = {"by": "jo", "reason": "checked", "2.sku": "HX-M8-40"}
    answer = await http.post(f"/v1/orders/{waiting.order_id}/{action}", json=body)
    [(order_id, decided, decision)] = world.workflows.decided
    assert (answer.json()["status"], order_id, decided) == ("Accepted", waiting.order_id, action)
    assert (decision.by, decision.extras) == ("jo", {"2.sku": "HX-M8-40"})


async def test_a_decision_without_a_name_is_the_interfaces(http: httpx.AsyncClient, world: World, waiting: SalesOrder) -> None:
    """It is kept that nobody was named."""
    await http.post(f"/v1/orders/{waiting.order_id}/approve", json={})
    assert world.workflows.decided[0][2].by == "api"


async def test_a_refused_decision_answers_in_the_workflows_words(http: httpx.AsyncClient, world: World) -> None:
    """409 with the sentence that teaches."""
    world.workflows.refusal = Rejected("line 7 does not exist: the order has 3 lines", code="decision_refused")
    answer = await http.post("/v1/orders/order:C1:1/correct", json={"7.sku": "X"})
    assert (answer.status_code, answer.json()["detail"]) == (409, "line 7 does not exist: the order has 3 lines")


async def test_a_decision_on_no_order_is_not_found(http: httpx.AsyncClient, world: World) -> None:
    """404."""
    world.workflows.refusal = Rejected("order:C1:1 has no open workflow", code="not_found")
    assert (await http.post("/v1/orders/order:C1:1/approve", json={})).status_code == 404


async def test_an_unknown_action_is_refused(http: httpx.AsyncClient, world: World) -> None:
    """And nothing is decided."""
    answer = await http.post("/v1/orders/order:C1:1/ship", json={})
    assert answer.status_code == 422
    assert not world.workflows.decided


async def test_a_decision_while_temporal_is_away_may_be_sent_again(http: httpx.AsyncClient, world: World) -> None:
    """503 and when to try."""
    world.workflows.is_away = True
    answer = await http.post("/v1/orders/order:C1:1/approve", json={})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


async def test_a_return_opens_for_a_known_order(http: httpx.AsyncClient, world: World) -> None:
    """The lines and the reason reach the workflow."""
    order = order_that_was_delivered(world)
    body = {"order_id": order.order_id, "reason": "too long", "lines": [{"line": 1, "quantity": "5"}]}
    answer = await http.post("/v1/returns", json=body)
    assert (answer.status_code, answer.json()["return_id"]) == (202, f"return:{order.order_id}:1")
    assert str(world.workflows.returns[0].lines[0].quantity) == "5"


async def test_a_return_of_no_order_is_not_found(http: httpx.AsyncClient, world: World) -> None:
    """404, and no workflow starts."""
    assert (await http.post("/v1/returns", json={"order_id": "order:C1:none"})).status_code == 404
    assert not world.workflows.returns
