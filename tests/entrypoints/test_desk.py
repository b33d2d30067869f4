"""Deciding on the order page: under the name that signed in, from our own page alone, and on the version that was looked at."""

from __future__ import annotations

import re

import httpx
import pytest

from models.domain.errors import Rejected
from models.domain.people import Role
from models.domain.sales_order import Decision, SalesOrder
from tests.entrypoints.test_pages import PNG
from tests.fakes.orders import order_that_waits
from tests.fakes.world import World

PASSWORD = "correct horse battery"


@pytest.fixture
def order(world: World) -> SalesOrder:
    """An order with open questions, one of them with candidates."""
    return order_that_waits(world, PNG, {}, (595.0, 842.0))


async def signed_in(browser: httpx.AsyncClient, world: World, role: Role = Role.APPROVER, name: str = "Jo") -> None:
    world.people.add(name, role, PASSWORD)
    await browser.post("/sign-in", data={"name": name, "password": PASSWORD})


async def form_of(browser: httpx.AsyncClient, order: SalesOrder) -> dict[str, str]:
    """The hidden fields of the page's form."""
    shown = (await browser.get(f"/orders/{order.order_id}")).text
    found = re.search(r'<form id="decide".*?name="form_key" value="(\w+)".*?name="version" value="(\d+)"', shown, re.DOTALL)
    assert found
    return {"form_key": found[1], "version": found[2]}


async def send(browser: httpx.AsyncClient, order: SalesOrder, what: str = "decide", **fields: str) -> httpx.Response:
    fields = {name.replace("__", "."): value for name, value in fields.items()}
    return await browser.post(f"/orders/{order.order_id}/{what}", data={**await form_of(browser, order), **fields})


async def test_who_is_not_signed_in_is_asked_to(browser: httpx.AsyncClient, order: SalesOrder) -> None:
    """The page has no form then, and a form sent all the same decides nothing."""
    shown = (await browser.get(f"/orders/{order.order_id}")).text
    assert "Sign in to decide" in shown
    assert '<form id="decide"' not in shown
    assert (await browser.post(f"/orders/{order.order_id}/decide", data={"action": "approve"})).status_code == 401


async def test_a_decision_is_kept_under_the_name_that_signed_in(
    browser: httpx.AsyncClient, world: World, order: SalesOrder
) -> None:
    """On the version that was shown, whatever name the form claims."""
    await signed_in(browser, world)
    answer = await send(browser, order, action="approve", why="agreed by phone", by="somebody else")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/orders/{order.order_id}?decided=1")
    [(order_id, action, decision)] = world.workflows.decided
    assert (order_id, action, decision.by, decision.note) == (order.order_id, "approve", "Jo", "agreed by phone")
    assert decision.version == str(order.version)


async def test_a_correction_carries_what_was_picked_and_what_was_typed(
    browser: httpx.AsyncClient, world: World, order: SalesOrder
) -> None:
    """What is typed wins over what is picked for the same field."""
    await signed_in(browser, world)
    picks = {"pick__3__sku": "CT-200-48-WH", "type__3__sku": "CT-200-48-BK", "type__2__price": "2.75/100", "pick__2__unit": ""}
    await send(browser, order, action="correct", **picks)
    [(_, action, decision)] = world.workflows.decided
    assert (action, decision.extras) == ("correct", {"3.sku": "CT-200-48-BK", "2.price": "2.75/100"})


async def test_approving_never_throws_entered_corrections_away(
    browser: httpx.AsyncClient, world: World, order: SalesOrder
) -> None:
    """The page says so and keeps what was entered."""
    await signed_in(browser, world)
    answer = await send(browser, order, action="approve", type__2__price="2.75/100")
    assert answer.status_code == 409
    assert "only the button Correct sends" in answer.text
    assert 'value="2.75/100"' in answer.text
    assert not world.workflows.decided


async def test_a_refusal_of_the_workflow_is_shown_where_the_decision_was_made(
    browser: httpx.AsyncClient, world: World, order: SalesOrder
) -> None:
    """Such as: the order moved on."""
    await signed_in(browser, world)
    world.workflows.refusal = Rejected("This order moved on: reload it.", code="decision_refused")
    answer = await send(browser, order, action="hold", why="wait")
    assert answer.status_code == 409
    assert "This order moved on" in answer.text
    assert 'value="wait"' in answer.text


async def test_a_viewer_sees_questions_but_decides_nothing(browser: httpx.AsyncClient, world: World, order: SalesOrder) -> None:
    """Neither on the page nor by sending its form; not even a rehearsal is theirs."""
    await signed_in(browser, world, Role.VIEWER)
    shown = (await browser.get(f"/orders/{order.order_id}")).text
    assert "You may look at orders but not decide them" in shown
    key = re.search(r'name="form_key" value="(\w+)"', shown)
    assert key
    answer = await browser.post(f"/orders/{order.order_id}/decide", data={"form_key": key[1], "action": "approve"})
    assert (answer.status_code, world.workflows.decided) == (409, [])
    answer = await browser.post(f"/orders/{order.order_id}/rehearse", data={"form_key": key[1]})
    assert (answer.status_code, world.rehearsed) == (403, [])


async def test_an_order_that_needs_two_is_not_a_reviewers_to_approve(
    browser: httpx.AsyncClient, world: World, order: SalesOrder
) -> None:
    """A reviewer may correct it; approving it takes approvers."""
    await signed_in(browser, world, Role.REVIEWER)
    two = order.findings[0].model_copy(update={"code": "approval_required", "expected": "two people"})
    world.orders.orders[order.order_id] = order.model_copy(update={"findings": (*order.findings, two)})
    answer = await send(browser, order, action="approve")
    assert answer.status_code == 409
    assert "needs two approvers" in answer.text


async def test_a_form_of_another_page_decides_nothing(browser: httpx.AsyncClient, world: World, order: SalesOrder) -> None:
    """Without the page's key, or from another site."""
    await signed_in(browser, world)
    form = await form_of(browser, order)
    address = f"/orders/{order.order_id}/decide"
    forged = await browser.post(address, data={**form, "form_key": "0" * 64, "action": "approve"})
    foreign = await browser.post(address, data={**form, "action": "approve"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (forged.status_code, foreign.status_code, world.workflows.decided) == (403, 403, [])


async def test_a_rehearsal_shows_what_would_change_and_sends_nothing(
    browser: httpx.AsyncClient, world: World, order: SalesOrder
) -> None:
    """A part of a page with the checks' answer."""
    await signed_in(browser, world)
    answer = await send(browser, order, "rehearse", pick__3__sku="CT-200-48-WH")
    assert answer.status_code == 200
    assert "still open" in answer.text
    assert "<html" not in answer.text
    assert world.rehearsed == [(order.order_id, {"3.sku": "CT-200-48-WH"}, "Jo")]
    assert not world.workflows.decided


async def test_what_a_document_says_stays_text_in_the_form(browser: httpx.AsyncClient, world: World, order: SalesOrder) -> None:
    """Candidates and values are escaped, in attributes too."""
    await signed_in(browser, world)
    nasty = '"><script>alert(1)</script>'
    finding = order.findings[0].model_copy(update={"proposal": {"2.price": nasty}, "message": nasty, "read": nasty})
    world.orders.orders[order.order_id] = order.model_copy(update={"findings": (finding,)})
    shown = (await browser.get(f"/orders/{order.order_id}")).text
    assert "<script>alert" not in shown
    assert 'value="&#34;&gt;&lt;script&gt;' in shown


@pytest.mark.parametrize(
    ("by", "outcome", "shown"),
    [
        ("Jo", "approved", "Approved."),
        ("Jo", "first_approval", "a second person must approve too"),
        ("Kim", "approved", ""),
    ],
)
async def test_the_page_tells_what_became_of_the_visitors_own_decision(
    browser: httpx.AsyncClient, world: World, order: SalesOrder, by: str, outcome: str, shown: str
) -> None:
    """By what the order keeps: the address alone makes nobody believe that something was done."""
    await signed_in(browser, world)
    page = f"/orders/{order.order_id}?decided=1"
    assert 'class="did"' not in (await browser.get(page)).text
    decision = Decision(outcome=outcome, by=by, at=order.source.received_at, why="")
    world.orders.orders[order.order_id] = order.model_copy(update={"decisions": (*order.decisions, decision)})
    html = (await browser.get(page)).text
    assert ('class="did"' in html) is bool(shown)
    assert shown in html
