"""The flagged samples that people decide in the tests, each in one test alone."""

from __future__ import annotations

from demo.delivery import sample_mails
from models.domain.lifecycle import OrderStatus
from tests.stack_at_work import ROOT, StackAtWork

PRICE_OFF, UNKNOWN_ITEM = "price-12-percent-off", "unknown-sku"
CONFLICT, ABOVE_CREDIT = "conflicting-sources", "above-credit-limit"
FLAGGED = frozenset({PRICE_OFF, UNKNOWN_ITEM, CONFLICT, ABOVE_CREDIT})


def waiting_order(stack: StackAtWork, sample_name: str) -> str:
    """The id of the sample's order once it waits for a person."""
    sample = next(mail for mail in sample_mails(ROOT / "demo" / "inbox") if mail.name == sample_name)
    [order_id] = stack.message(sample.message_id).order_ids
    return stack.order_at(order_id, OrderStatus.NEEDS_REVIEW).order_id
