"""Both desks on each kind of finding: the question, its place in the document, answers by one key, its row in the Temporal UI.

Nothing is decided here. The screenshots stay in var/screenshots for people to look at.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from models.domain.finding_words import words_for
from tests.browser.desk_in_browser import PICTURES, Desk
from tests.browser.findings import KINDS, Kind, order_of
from tests.browser.test_order_page_in_browser import address, page_of, sign_in
from tests.stack_at_work import StackAtWork

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]

_PATIENCE_MS = 30_000
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@pytest.fixture(scope="module")
def reviewer(stack: StackAtWork, browser: Browser) -> Iterator[Page]:
    """Somebody signed in, for all these tests: each only looks."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    sign_in(stack, page, "Jo Reviewer", "/review")
    yield page
    context.close()


def card_of(page: Page, kind: Kind) -> Locator:
    """The card of the kind's finding: among the open questions, or among what is only noted."""
    section = page.get_by_label("Other findings" if kind.is_noted else "Open questions", exact=True)
    title = words_for(kind.code)
    return section.locator(".finding", has=page.locator(".title b", has_text=title[0].upper() + title[1:])).first


@each_kind
def test_the_order_page_asks_where_it_stands_and_offers_answers_by_one_key(
    stack: StackAtWork, reviewer: Page, kind: Kind
) -> None:
    """In words, with whose question it is; the keyboard alone reaches the question, lights its place and picks an answer."""
    order = order_of(stack, kind)
    reviewer.goto(f"{address(stack)}{page_of(order.order_id)}", wait_until="load")
    card = card_of(reviewer, kind)
    expect(card).to_contain_text(kind.says, timeout=_PATIENCE_MS)
    expect(card.locator(".owner")).to_have_text(kind.owner)
    if kind.line:
        expect(card.get_by_role("link", name=f"line {kind.line}")).to_be_visible()
    if not kind.is_noted:
        walk_to(reviewer, card)
    if kind.place:
        expect(reviewer.locator(f"{kind.place}.on").first).to_be_visible()
    if kind.key_picks:
        reviewer.keyboard.press("1")
        picked = card.locator("input[type=radio]:checked")
        assert (picked.get_attribute("value") or "").startswith(kind.key_picks)
        expect(reviewer.locator("#rehearsal")).to_contain_text("With these corrections", timeout=_PATIENCE_MS)
    PICTURES.mkdir(parents=True, exist_ok=True)
    reviewer.screenshot(path=PICTURES / f"finding-{kind.name}-page.png", full_page=True)


def walk_to(page: Page, card: Locator) -> None:
    """Press j until the card has the focus."""
    for _ in range(12):
        page.keyboard.press("j")
        if card.evaluate("card => card === document.activeElement"):
            return
    raise AssertionError("no key led to the question")


@each_kind
def test_the_temporal_ui_shows_the_finding_on_one_screen(stack: StackAtWork, reviewer: Page, kind: Kind) -> None:
    """One click from the order's page: the verdict, and a row that says what was read, what was expected, and why."""
    order = order_of(stack, kind)
    reviewer.goto(f"{address(stack)}{page_of(order.order_id)}/workflow")
    details = Desk(reviewer, address(stack), PICTURES).details()
    assert kind.says in details
    assert ("note" if kind.is_noted else "stops") in details
    Desk(reviewer, address(stack), PICTURES).picture(f"finding-{kind.name}-temporal")


def test_the_queue_names_every_owner_and_its_questions_in_words(stack: StackAtWork, reviewer: Page) -> None:
    """The filter by owner leaves that owner's orders alone."""
    credit = next(kind for kind in KINDS if kind.owner == "credit")
    waiting = {kind.name: order_of(stack, kind) for kind in KINDS}
    reviewer.goto(f"{address(stack)}/review?owner=credit")
    shown = reviewer.locator(".queue .po").all_inner_texts()
    assert waiting[credit.name].purchase_order.po_number in shown
    assert waiting["item"].purchase_order.po_number not in shown
    reviewer.screenshot(path=PICTURES / "finding-queue.png", full_page=True)
