"""People at the order page, in real browsers: one answers a question by three interactions, two try to decide at once."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from models.domain.lifecycle import OrderStatus
from tests.browser.desk_in_browser import PICTURES
from tests.browser.findings import KINDS, order_of
from tests.browser.flagged import ABOVE_CREDIT, CONFLICT, waiting_order
from tests.stack_at_work import StackAtWork

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]

_PATIENCE_MS = 30_000


def sign_in(stack: StackAtWork, page: Page, name: str, after: str) -> None:
    """Nobody is registered in the demo: the API token signs in any name."""
    page.goto(f"{address(stack)}/sign-in?next={quote(after, safe='')}")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill((stack.var / "api-token").read_text().strip())
    page.get_by_role("button", name="Sign in").click()


def address(stack: StackAtWork) -> str:
    return f"http://127.0.0.1:{stack.ports.http}"


def page_of(order_id: str) -> str:
    return f"/orders/{quote(order_id, safe='')}"


def test_a_question_is_answered_by_three_interactions_and_the_order_goes_on(stack: StackAtWork, page: Page) -> None:
    """The quantity that counts is typed, the checks say at once that it settles everything, Correct sends it."""
    order_id = waiting_order(stack, CONFLICT)
    sign_in(stack, page, "Jo Reviewer", page_of(order_id))
    answer = page.locator("#questions .finding").first.get_by_label("Quantity")
    answer.click()
    answer.fill("60")
    expect(page.locator("#rehearsal")).to_contain_text("every check passes, and the order goes on", timeout=_PATIENCE_MS)
    page.screenshot(path=PICTURES / "7-rehearsed-correction.png", full_page=True)
    page.get_by_role("button", name="Correct").click()
    expect(page.get_by_role("status")).to_contain_text("Corrected; every check passed", timeout=_PATIENCE_MS)
    closed = stack.order_at(order_id, OrderStatus.CLOSED)
    [correction] = closed.corrections
    assert (correction.value, correction.by) == ("60", "Jo Reviewer")


def test_of_two_people_who_decide_at_once_the_second_is_told(stack: StackAtWork, browser: Browser) -> None:
    """Both see the same version; the first approves; the second's rejection changes nothing and says so."""
    order_id = waiting_order(stack, ABOVE_CREDIT)
    ada, ben = (browser.new_context(viewport={"width": 1280, "height": 900}).new_page() for _ in range(2))
    for page, name in ((ada, "Ada"), (ben, "Ben")):
        sign_in(stack, page, name, page_of(order_id))
        expect(page.get_by_role("button", name="Reject")).to_be_visible(timeout=_PATIENCE_MS)
    ada.get_by_role("button", name="Approve as it stands").click()
    expect(ada.get_by_role("status")).to_contain_text("Approved", timeout=_PATIENCE_MS)
    ben.get_by_label("Reason").fill("their credit is used up")
    ben.get_by_role("button", name="Reject").click()
    expect(ben.locator("main")).to_contain_text("Nothing was changed", timeout=_PATIENCE_MS)
    ben.screenshot(path=PICTURES / "8-second-decision-refused.png", full_page=True)
    approved = stack.order_at(order_id, OrderStatus.CLOSED)
    assert [decision.by for decision in approved.decisions if decision.outcome in ("approved", "rejected")] == ["Ada"]


def test_an_order_that_two_must_approve_takes_two_browsers(stack: StackAtWork, browser: Browser) -> None:
    """The first approval is kept and waits; the same person's second one is refused; another person's lets the order go on."""
    order_id = order_of(stack, next(kind for kind in KINDS if kind.name == "hazard")).order_id
    ada, ben = (browser.new_context(viewport={"width": 1280, "height": 900}).new_page() for _ in range(2))
    sign_in(stack, ada, "Ada", page_of(order_id))
    expect(ada.locator("main")).to_contain_text("Two people must approve this order", timeout=_PATIENCE_MS)
    ada.get_by_role("button", name="Approve as it stands").click()
    expect(ada.get_by_role("status")).to_contain_text("a second person must approve too", timeout=_PATIENCE_MS)
    ada.goto(f"{address(stack)}{page_of(order_id)}")
    ada.get_by_role("button", name="Approve as it stands").click()
    expect(ada.locator("main")).to_contain_text("Ada has approved this order already", timeout=_PATIENCE_MS)
    ada.screenshot(path=PICTURES / "10-own-second-approval-refused.png", full_page=True)
    sign_in(stack, ben, "Ben", page_of(order_id))
    ben.get_by_role("button", name="Approve as it stands").click()
    expect(ben.get_by_role("status")).to_contain_text("Approved", timeout=_PATIENCE_MS)
    approved = stack.order_at(order_id, OrderStatus.CLOSED)
    decided = [(decision.outcome, decision.by) for decision in approved.decisions if "approv" in decision.outcome]
    assert decided == [("first_approval", "Ada"), ("approved", "Ben")]


def test_the_queue_shows_what_waits(stack: StackAtWork, page: Page) -> None:
    """By whose question it is."""
    page.goto(f"{address(stack)}/review")
    expect(page.get_by_role("heading", name="Review")).to_be_visible()
    page.screenshot(path=PICTURES / "9-queue-page.png", full_page=True)
