"""A person at the Temporal UI, in a real browser: approves one order and corrects another, and both are shipped.

The screenshots stay in var/screenshots for people to look at.
"""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from demo.delivery import sample_mails
from models.domain.lifecycle import OrderStatus
from tests.browser.desk_in_browser import PICTURES, Desk
from tests.browser.flagged import PRICE_OFF, UNKNOWN_ITEM, waiting_order
from tests.stack_at_work import ROOT, StackAtWork

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]

#: An item that costs its buyer what he asks for the line that fits nothing we sell.
RIGHT_ITEM = "CD-180-ST"


@pytest.fixture
def desk(page: Page, stack: StackAtWork) -> Desk:
    return Desk(page, f"http://127.0.0.1:{stack.ports.ui}", PICTURES)


def order_page(stack: StackAtWork, page: Page, order_id: str) -> str:
    """The order page's text."""
    page.goto(f"http://127.0.0.1:{stack.ports.http}/orders/{quote(order_id, safe='')}")
    expect(page.locator("main")).to_be_visible()
    return page.locator("main").inner_text()


def test_a_flagged_order_is_approved_with_the_mouse_alone_and_shipped(stack: StackAtWork, desk: Desk) -> None:
    """From the saved view by four clicks, no typing, to goods at the buyer's door."""
    order_id = waiting_order(stack, PRICE_OFF)
    desk.queue()
    desk.page.get_by_role("link", name=order_id, exact=True).first.wait_for()
    desk.picture("1-queue")
    desk.open(order_id)
    assert "37.87 EUR asked, 12.0 % below what was agreed" in desk.details()
    desk.picture("2-price-details")
    desk.send_update("approve")
    stack.order_at(order_id, OrderStatus.CLOSED)
    desk.page.reload()
    desk.page.get_by_text("Completed").first.wait_for()
    desk.picture("3-approved")


def test_an_order_with_an_unknown_item_is_refused_in_words_then_corrected_and_shipped(stack: StackAtWork, desk: Desk) -> None:
    """Approval says what would mend it; the correction mends it; the order page shows who corrected what."""
    order_id = waiting_order(stack, UNKNOWN_ITEM)
    waiting = stack.order_at(order_id, OrderStatus.NEEDS_REVIEW)
    line = next(finding.line for finding in waiting.open_findings if finding.code == "unknown_item")
    desk.queue()
    desk.open(order_id)
    assert "fits nothing that we sell" in desk.details()
    desk.picture("4-unknown-item-details")
    refusal = desk.refused_update("approve")
    assert f"Line {line}: an item that is not known cannot be approved as it stands" in refusal
    assert "site-packages" not in refusal
    desk.send_update("correct", f'{{"{line}.sku": "{RIGHT_ITEM}"}}')
    closed = stack.order_at(order_id, OrderStatus.CLOSED)
    assert [(correction.field, correction.value) for correction in closed.corrections] == [(f"{line}.sku", RIGHT_ITEM)]
    shown = order_page(stack, desk.page, order_id)
    desk.picture("5-corrected-order-page")
    assert RIGHT_ITEM in shown
    assert f"{line}.sku" in shown or "orrect" in shown


def test_the_order_page_says_who_approved_and_what(stack: StackAtWork, desk: Desk) -> None:
    """After the decision the page tells its story: read, found, decided, shipped."""
    sample = next(mail for mail in sample_mails(ROOT / "demo" / "inbox") if mail.name == PRICE_OFF)
    [order_id] = stack.message(sample.message_id).order_ids
    stack.order_at(order_id, OrderStatus.CLOSED)
    shown = order_page(stack, desk.page, order_id)
    desk.picture("6-approved-order-page")
    assert "approved" in shown.lower()
    assert "Temporal UI" in shown
