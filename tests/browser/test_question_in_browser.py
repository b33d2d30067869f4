"""A reviewer asks the buyer on the order page; the answer comes in by mail, stands beside the order, and two clicks take it."""

from __future__ import annotations

from hashlib import sha256

import pytest
from playwright.sync_api import Page, expect

from models.domain.lifecycle import OrderStatus
from models.domain.messages import message_digest
from models.domain.questions import question_key
from models.domain.sales_order import SalesOrder
from tests.browser.desk_in_browser import PICTURES
from tests.browser.findings import BUYER, buyers_mail
from tests.browser.test_order_page_in_browser import page_of, sign_in
from tests.stack_at_work import OUR_MAILBOX, StackAtWork, eventually

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]

_PATIENCE_MS = 30_000
MEANT = "LC-2-4"
ORDER = """Guten Tag,

bitte liefern Sie zu unserer Bestellung 77-4410-Q:

200 Stück CT-100-NA
100 Stück QX-77-SONDER

Mit freundlichen Grüßen
Kessler Metallbau GmbH
"""


def unclear_order(stack: StackAtWork) -> SalesOrder:
    content = buyers_mail(ORDER, "Bestellung 77-4410-Q")
    stack.mail(content, BUYER)
    [order_id] = stack.message(sha256(content).hexdigest()).order_ids
    return stack.order_at(order_id, OrderStatus.NEEDS_REVIEW)


def test_the_buyer_is_asked_on_the_page_and_the_answer_is_taken_with_two_clicks(stack: StackAtWork, page: Page) -> None:
    """By keyboard to the draft, sent as it stands; the mail that answers it stands beside the order, and is a proposal."""
    waiting = unclear_order(stack)
    sign_in(stack, page, "Jo Reviewer", page_of(waiting.order_id))
    page.get_by_role("button", name="Correct").wait_for(timeout=_PATIENCE_MS)
    page.wait_for_load_state()  # the keys work once the page's script does
    page.keyboard.press("q")
    draft = page.get_by_label("The question")
    expect(draft).to_be_focused()
    assert "QX-77-SONDER" in draft.input_value()
    assert "Welchen Artikel meinen Sie?" in draft.input_value()
    page.screenshot(path=PICTURES / "10-question-drafted.png", full_page=True)
    page.get_by_role("button", name="Send the question").click()
    expect(page.get_by_role("status")).to_contain_text(f"Asked {BUYER}", timeout=_PATIENCE_MS)
    reference = f"<{message_digest(question_key(waiting.order_id, 1))}@{OUR_MAILBOX.partition('@')[2]}>"
    stack.mail(buyers_mail(f"Wir meinen {MEANT}.\n", "AW: Rückfrage", In_Reply_To=reference), BUYER)
    eventually(lambda: stack.orders.load(waiting.order_id).answered or None, "the answer", 120)
    page.reload()
    page.screenshot(path=PICTURES / "11-question-answered.png", full_page=True)
    page.locator("#questions label.choice", has_text="the buyer's answer").first.click()
    page.get_by_role("button", name="Correct").click()
    expect(page.get_by_role("status")).to_contain_text("Corrected", timeout=_PATIENCE_MS)
    corrected = stack.orders.load(waiting.order_id)
    assert [(each.value, each.by) for each in corrected.corrections] == [(MEANT, "Jo Reviewer")]
