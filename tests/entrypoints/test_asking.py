"""Asking the buyer on the order page: under the name that signed in, in the reviewer's words, and what came back beside it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import httpx
import pytest

from models.domain.errors import Rejected
from models.domain.lifecycle import OrderStatus
from models.domain.people import Role
from models.domain.questions import BuyerQuestion, BuyerReply
from models.domain.sales_order import SalesOrder
from tests.entrypoints.test_desk import send, signed_in
from tests.entrypoints.test_pages import PNG
from tests.fakes.orders import order_that_waits
from tests.fakes.world import World


@pytest.fixture
def order(world: World) -> SalesOrder:
    """An order with open questions, one of them with candidates."""
    return order_that_waits(world, PNG, {}, (595.0, 842.0))


def conversation(world: World, order: SalesOrder, *replies: BuyerReply, **parts: Any) -> None:
    """The order with a question that was sent, and what came back."""
    draft, now = world.draft(order), world.clock.now()
    question = BuyerQuestion(
        number=1, reference="r", recipient=draft.recipient, subject=draft.subject, text=draft.text, language="en",
        points=draft.points, asked_by="Jo", asked_at=now, sent_at=now, due=now + timedelta(hours=16), replies=replies,
    )  # fmt: skip
    changes = {"questions": (question.model_copy(update=parts),), "status": OrderStatus.ON_HOLD}
    world.orders.orders[order.order_id] = order.model_copy(update=changes)


def reply(world: World, text: str, **parts: Any) -> BuyerReply:
    return BuyerReply(message_id="a" * 64, sender="eva@buyer.example", received_at=world.clock.now(), text=text, **parts)


async def shown(browser: httpx.AsyncClient, order: SalesOrder) -> str:
    return (await browser.get(f"/orders/{order.order_id}")).text


async def test_the_reviewers_words_are_sent_under_their_name_on_the_version_that_was_shown(
    browser: httpx.AsyncClient, world: World, order: SalesOrder
) -> None:
    """Whatever the draft was."""
    await signed_in(browser, world)
    answer = await send(browser, order, "ask", question="Black or white?\r\nThanks", by="somebody else")
    assert answer.status_code == 303
    [(order_id, decision)] = world.workflows.asked
    assert (order_id, decision.by, decision.version) == (order.order_id, "Jo", str(order.version))
    assert decision.extras["text"].split() == ["Black", "or", "white?", "Thanks"]


async def test_the_draft_stands_in_the_form(browser: httpx.AsyncClient, world: World, order: SalesOrder) -> None:
    """With the candidates under their letters, ready to be sent or rewritten."""
    await signed_in(browser, world)
    words = re.search(r"<textarea[^>]*>(.*?)</textarea>", await shown(browser, order), re.DOTALL)
    assert words
    assert "a) CT-200-48-BK" in words[1]


async def test_a_viewer_asks_nobody(browser: httpx.AsyncClient, world: World, order: SalesOrder) -> None:
    """Neither on the page nor by sending its form."""
    await signed_in(browser, world, Role.VIEWER)
    page = await shown(browser, order)
    key = re.search(r'name="form_key" value="(\w+)"', page)
    assert key
    assert "<textarea" not in page
    answer = await browser.post(f"/orders/{order.order_id}/ask", data={"form_key": key[1], "question": "x"})
    assert (answer.status_code, world.workflows.asked) == (409, [])


async def test_a_refusal_keeps_what_was_written(browser: httpx.AsyncClient, world: World, order: SalesOrder) -> None:
    """Such as: the order moved on."""
    await signed_in(browser, world)
    world.workflows.refusal = Rejected("This order moved on: reload it.", code="decision_refused")
    answer = await send(browser, order, "ask", question="<b>Which?</b>")
    assert answer.status_code == 409
    assert "This order moved on" in answer.text
    assert "&lt;b&gt;Which?&lt;/b&gt;</textarea>" in answer.text


async def test_the_clock_of_an_open_question_is_seen(browser: httpx.AsyncClient, world: World, order: SalesOrder) -> None:
    """On the order's page and in the queue."""
    conversation(world, order)
    page = await shown(browser, order)
    assert "no answer yet" in page
    assert re.search(r"The next reminder goes <time [^>]*>24 Nov 2026, 00:0", page)
    assert "asked the buyer" in (await browser.get("/review?state=with_buyer")).text


async def test_a_plain_answer_is_offered_beside_the_question_and_nothing_is_chosen(
    browser: httpx.AsyncClient, world: World, order: SalesOrder
) -> None:
    """A person takes it, or does not."""
    await signed_in(browser, world)
    conversation(world, order, reply(world, "the white ones", proposal={"3.sku": "CT-200-48-WH"}))
    page = await shown(browser, order)
    [choice] = [each for each in re.findall(r'<label class="choice">.*?</label>', page, re.DOTALL) if "the buyer" in each]
    assert 'value="CT-200-48-WH"' in choice
    assert "checked" not in choice


async def test_what_a_buyer_writes_is_text(browser: httpx.AsyncClient, world: World, order: SalesOrder) -> None:
    """Also in the sender's name and in the doubt about them."""
    nasty = "<img src=x onerror=alert(1)>"
    conversation(world, order, reply(world, nasty, doubt=f"It came from {nasty}."))
    page = await shown(browser, order)
    assert "<img src=x" not in page
    assert "Nothing is proposed from it" in page
