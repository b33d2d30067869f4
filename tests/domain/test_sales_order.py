"""What an order knows of itself: its sums, what is open, and what the buyer said."""

from __future__ import annotations

from typing import Any

import pytest

from models.domain.allocation import Hold, Shortfall, StockPlan
from models.domain.findings import Finding, Severity
from models.domain.identifiers import Sku
from models.domain.lifecycle import OrderStatus
from models.domain.purchase_order import Source
from models.domain.questions import AskedPoint, BuyerQuestion, BuyerReply
from models.domain.sales_order import Decision, SalesOrder
from models.domain.tax import TaxResult
from models.domain.values import Currency
from tests.domain.made import NOW, TODAY, money, order_line, purchase_order, sales_order

DOUBT = Finding(code="price_mismatch", severity=Severity.ERROR, message="m", line=1, read="0.14")
OTHER = Finding(code="unknown_item", severity=Severity.ERROR, message="m", line=2, read="B-7")
TAX = TaxResult(treatment="domestic", shares=(), total=money("19.00"), reason="")


def test_an_order_has_a_sum_only_where_every_line_has_one() -> None:
    """Half a sum would be taken for the whole: in no currency, without lines and with one that is open there is none."""
    both = sales_order(order_line(1), order_line(2), tax=TAX)
    assert (both.net, both.gross) == (money("100.00"), money("119.00"))
    for parts in ({"lines": (order_line(1), order_line(2, net=None))}, {"currency": None}, {"lines": ()}):
        order = both.model_copy(update=parts)
        assert (order.net, order.gross) == (None, None)
    assert both.model_copy(update={"tax": None}).gross is None


def test_lines_in_another_currency_than_the_orders_are_never_added_up() -> None:
    """One of two is enough to stop it."""
    order = sales_order(order_line(1), order_line(2, net=money("1", "USD")))
    with pytest.raises(ValueError, match="not in EUR"):
        _ = order.net
    with pytest.raises(ValueError, match="not in USD"):
        _ = sales_order(currency=Currency("USD")).net


def test_the_same_message_is_one_change_and_another_is_another() -> None:
    """Nothing twice, and nothing lost: a message with two changes has two."""
    order, asked = sales_order(), purchase_order(kind="order_change")
    first, again, second = (Source(channel="smtp", message_id="m", order_index=index, received_at=NOW) for index in (0, 0, 1))
    changed = order.with_change(first, asked).with_change(again, asked)
    assert len(changed.changes) == 1
    both = changed.with_change(second, asked, is_doubted=True)
    assert [change.is_doubted for change in both.changes] == [False, True]
    settled = both.model_copy(update={"changes": (both.changes[0].model_copy(update={"answer": "sent"}), both.changes[1])})
    assert settled.open_changes == both.changes[1:]


def test_only_what_blocks_and_nobody_accepted_is_open() -> None:
    """A warning is not, though nobody accepted it."""
    warning = OTHER.model_copy(update={"severity": Severity.WARNING})
    approved = Decision(outcome="approved", by="ada", at=NOW, why="", accepted=(DOUBT.key,))
    order = sales_order(findings=(DOUBT, OTHER, warning))
    assert order.open_findings == (DOUBT, OTHER)
    assert order.model_copy(update={"decisions": (approved,)}).open_findings == (OTHER,)


def question(*points: AskedPoint, number: int = 1, **parts: Any) -> BuyerQuestion:
    usual = {"number": number, "reference": f"q{number}", "recipient": "b", "subject": "s", "text": "t", "language": "en"}
    return BuyerQuestion(**{**usual, "points": points, "asked_by": "ada", "asked_at": NOW, **parts})


def waiting(*questions: BuyerQuestion, **parts: Any) -> SalesOrder:
    return sales_order(**{"questions": questions, "status": OrderStatus.NEEDS_REVIEW, **parts})


def test_the_last_question_is_open_while_somebody_would_do_something_with_its_answer() -> None:
    """Not one that could not be sent, nor one of an order that was decided."""
    first, last = question(), question(number=2)
    assert waiting(first, last).open_question == last
    assert waiting(first, last.model_copy(update={"failure": "no such address"})).open_question is None
    assert waiting(first, last, status=OrderStatus.ACCEPTED).open_question is None
    assert waiting().open_question is None


def test_what_the_buyer_plainly_answered_corrects_only_what_is_still_in_doubt() -> None:
    """Only what was asked, only while it is open, and the last word where there are two."""
    points = (AskedPoint(finding=DOUBT.key, kind="price", key="1.price"), AskedPoint(finding=OTHER.key, kind="item", key="2.sku"))
    words = ({"1.price": "0.13", "2.sku": "A", "3.unit": "BX"}, {"1.price": "0.12"})
    replies = tuple(BuyerReply(message_id="m", sender="b", received_at=NOW, text="", proposal=said) for said in words)
    asked = question(*points, replies=replies)
    order = waiting(asked, findings=(DOUBT,))
    assert order.answered == {"1.price": "0.12"}


def test_goods_that_are_awaited_make_an_order_backordered_and_so_does_what_nothing_covers() -> None:
    """One that lies there does not."""
    here = Hold(line=1, part=1, sku=Sku("A"), warehouse="W", quantity=money("1").amount, available_on=TODAY)
    short = Shortfall(line=1, sku=Sku("A"), quantity=money("1").amount)
    awaited = here.model_copy(update={"inbound_reference": "PO-7"})
    plans = (StockPlan(holds=(here,)), StockPlan(holds=(here, awaited)), StockPlan(holds=(here,), shortfalls=(short,)))
    assert [plan.is_backordered for plan in plans] == [False, True, True]
