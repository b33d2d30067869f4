"""What a sample came to, held against what must become of it: nothing wrong looks right."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from demo.judging import judge
from models.domain.blobs import BlobRef
from models.domain.findings import Finding, Severity
from models.domain.identifiers import CustomerNumber, OrderId, Sku
from models.domain.lifecycle import OrderStatus
from models.domain.messages import InboundMessage, Outcome
from models.domain.purchase_order import PurchaseOrder, Source
from models.domain.sales_order import Decision, Match, SalesOrder, SalesOrderLine
from models.domain.values import UnitCode
from tests.domain.made import EUR, NOW, money

EXPECTED: dict[str, Any] = {
    "outcome": "closed",
    "reasons": [],
    "customer": "10010",
    "po_number": "4711",
    "ship_to": "HQ",
    "currency": "EUR",
    "total_net": "12.00",
    "lines": [{"sku": "CD-125", "quantity": "10"}],
}


def message(outcome: Outcome | None = "orders_opened") -> InboundMessage:
    content = BlobRef(sha256="0" * 64, media_type="message/rfc822", size=1)
    state = "started" if outcome is None else "concluded"
    return InboundMessage(
        message_id="0" * 64, channel="smtp", name="mail.eml", content=content, received_at=NOW, state=state, outcome=outcome
    )


def order(**parts: Any) -> SalesOrder:
    line = SalesOrderLine(number=1, sku=Sku("CD-125"), ordered=Decimal(10), unit=UnitCode("C62"), net=money("12.00"))
    usual: dict[str, Any] = {
        "order_id": OrderId("order:10010:4711"),
        "status": OrderStatus.CLOSED,
        "source": Source(channel="smtp", received_at=NOW),
        "purchase_order": PurchaseOrder(po_number="4711"),
        "customer_number": CustomerNumber("10010"),
        "ship_to_match": Match(value="HQ", how="default", score=1),
        "currency": EUR,
        "lines": (line,),
    }
    return SalesOrder(**{**usual, **parts})


def waiting(*codes: str, **parts: Any) -> SalesOrder:
    findings = tuple(Finding(code=code, severity=Severity.ERROR, message=code) for code in codes)
    return order(status=OrderStatus.NEEDS_REVIEW, findings=findings, **parts)


def test_an_order_that_is_right_in_everything_is_right() -> None:
    """Closed, with the customer, number, place, lines and total that were expected."""
    judgement = judge(message(), [order()], EXPECTED)
    assert judgement.is_right
    assert judgement.outcome == "closed"


_WRONG: list[dict[str, Any]] = [
    {"customer_number": CustomerNumber("10011")},
    {"purchase_order": PurchaseOrder(po_number="4712")},
    {"ship_to_match": Match(value="W2", how="address", score=1)},
    {"ship_to_match": None},
    {"lines": ()},
    {"lines": (SalesOrderLine(number=1, sku=Sku("CD-125"), ordered=Decimal(100), net=money("12.00")),)},
    {"lines": (SalesOrderLine(number=1, sku=Sku("CD-126"), ordered=Decimal(10), net=money("12.00")),)},
    {"lines": (SalesOrderLine(number=1, sku=Sku("CD-125"), ordered=Decimal(10), net=money("12.01")),)},
]


@pytest.mark.parametrize("wrong", _WRONG, ids=lambda wrong: next(iter(wrong)))
def test_a_closed_order_with_anything_wrong_is_not_right(wrong: dict[str, Any]) -> None:
    """This is the silent error that the whole system exists to prevent."""
    judgement = judge(message(), [order(**wrong)], EXPECTED)
    assert judgement.is_settled
    assert not judgement.is_right


@pytest.mark.parametrize("status", [status for status in OrderStatus if status is not OrderStatus.CLOSED])
def test_no_other_status_passes_for_closed(status: OrderStatus) -> None:
    """Neither on the way nor stopped."""
    assert not judge(message(), [order(status=status)], EXPECTED).is_right


def test_a_flagged_order_needs_the_reasons_that_were_expected() -> None:
    """Stopped for another reason is not stopped for this one."""
    expected = {**EXPECTED, "outcome": "needs_review", "reasons": ["price_mismatch"]}
    assert judge(message(), [waiting("price_mismatch", "low_confidence")], expected).is_right
    wrong = judge(message(), [waiting("unknown_item")], expected)
    assert wrong.complaints == ("the reasons lack price_mismatch; found: unknown_item",)


def test_a_flagged_order_that_a_person_approved_since_had_come_to_its_end() -> None:
    """Running again after a decision finds nothing wrong."""
    flagged = Decision(outcome="needs_review", by="orderwright", at=NOW, why="price")
    approved = Decision(outcome="approved", by="jo", at=NOW, why="agreed")
    expected = {**EXPECTED, "outcome": "needs_review", "reasons": ["price_mismatch"]}
    assert judge(message(), [order(decisions=(flagged, approved))], expected).is_right


def test_a_flagged_order_that_went_on_with_nobody_asked_is_not_right() -> None:
    """A touchless order is no reviewed one."""
    expected = {**EXPECTED, "outcome": "needs_review", "reasons": ["price_mismatch"]}
    assert not judge(message(), [order()], expected).is_right


@pytest.mark.parametrize(("came_to", "is_right"), [("unreadable", True), ("not_an_order", False), ("orders_opened", False)])
def test_a_message_without_order_must_come_to_what_was_expected(came_to: Outcome, *, is_right: bool) -> None:
    """Unreadable is not the same as uninteresting."""
    expected = {"outcome": "unreadable", "reasons": []}
    assert judge(message(came_to), [], expected).is_right is is_right


def test_a_duplicate_must_be_one_of_the_expected_order() -> None:
    """The same answer about another order is wrong."""
    expected = {**EXPECTED, "outcome": "duplicate"}
    assert judge(message("duplicate"), [order()], expected).is_right
    assert not judge(message("duplicate"), [order(purchase_order=PurchaseOrder(po_number="9"))], expected).is_right
    assert not judge(message("duplicate"), [], expected).is_right


def test_two_orders_out_of_one_document_are_not_right() -> None:
    """Each sample holds one order at most."""
    assert not judge(message(), [order(), order()], EXPECTED).is_right


def test_what_is_still_on_its_way_is_not_settled() -> None:
    """Not delivered, being read, being shipped."""
    assert not judge(None, [], EXPECTED).is_settled
    assert not judge(message(None), [], EXPECTED).is_settled
    assert not judge(message(), [order(status=OrderStatus.SHIPPED)], EXPECTED).is_settled
