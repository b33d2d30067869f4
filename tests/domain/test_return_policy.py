"""What may come back, what a person must see, and what is credited."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.identifiers import CustomerNumber, OrderId, Sku
from models.domain.return_policy import (
    ReturnAssessment,
    ReturnFacts,
    ReturnPolicy,
    assess_return,
    credit_amount,
    disposition,
    everything_shipped,
    facts_of,
    is_our_fault,
)
from models.domain.returns import InspectedLine, ReturnLine, ReturnOrder
from models.domain.sales_order import SalesOrder
from models.domain.shipment import PickTask, Shipment
from models.domain.tax import TaxResult, TaxShare
from models.domain.values import Currency, Percentage
from tests.domain.made import NOW, TODAY, address, item, money, order_line, sales_order

TAX = TaxResult(
    treatment="domestic",
    shares=(
        TaxShare(category="S", rate=Decimal(19), base=money("50"), tax=money("9.50"), item_categories=("standard",)),
        TaxShare(category="S", rate=Decimal(7), base=money("50"), tax=money("3.50"), item_categories=("reduced",)),
    ),
    total=money("13.00"),
    reason="",
)
ORDER = sales_order(order_line(1), order_line(2, tax_category="reduced"), tax=TAX)
Condition = Literal["as_new", "opened", "damaged"]


def facts(**parts: Any) -> ReturnFacts:
    usual: dict[str, Any] = {"shipped": {1: Decimal(400), 2: Decimal(400)}, "returned": {}, "delivered_on": date(2026, 11, 10)}
    return ReturnFacts(**{**usual, "today": TODAY, **parts})


def back(quantity: str = "100", reason: str = "no longer needed", number: int = 1) -> ReturnLine:
    return ReturnLine(line=number, sku=Sku("HX-M8-40"), quantity=Decimal(quantity), reason=reason)


def assess(*lines: ReturnLine, order: SalesOrder = ORDER, category: str = "", **parts: Any) -> ReturnAssessment:
    return assess_return(order, lines, facts(**parts), {Sku("HX-M8-40"): item(category=category)})


def test_a_small_return_in_time_needs_nobody() -> None:
    """A quarter of a line worth 50."""
    assert (assess(back()).outcome, assess(back()).value) == ("authorised", money("12.50"))


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (assess(back("401")), "only 400 were shipped"),
        (assess(back("200"), returned={1: Decimal(300)}), "only 100 were shipped"),
        (assess(back("250"), back("250")), "500 are to come back"),
        (assess(back("0")), "is none"),
        (assess(back(number=7)), "no line 7"),
        (assess(back(), delivered_on=date(2026, 10, 1)), "more than 30 days ago"),
        (assess(back(), category="Chemicals / Paint"), "excluded from returns"),
        (assess(), "Nothing of this order was shipped"),
    ],
)
def test_what_the_policy_rules_out_is_refused_with_its_reason(result: ReturnAssessment, words: str) -> None:
    """The customer reads it."""
    assert result.outcome == "refused"
    assert words in result.reason


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (assess(back("400"), order=sales_order(order_line(net=money("250.01")))), "above 250"),
        (assess(back(), delivered_on=None), "not confirmed"),
        (assess(back(reason="arrived damaged"), delivered_on=date(2026, 10, 1)), "on our account"),
    ],
)
def test_what_the_policy_leaves_open_is_a_persons(result: ReturnAssessment, words: str) -> None:
    """Worth much, not delivered yet, or late on our account."""
    assert result.outcome == "needs_review"
    assert words in result.reason


def test_the_value_limit_itself_needs_nobody() -> None:
    """Above 250, not from 250 on."""
    assert assess(back("400"), order=sales_order(order_line(net=money("250.00")))).outcome == "authorised"


@pytest.mark.parametrize(
    ("reason", "ours"),
    [("arrived broken", True), ("Ware beschädigt", True), ("falscher Artikel", True), ("pièce endommagée", True),
     ("we ordered too many", False),
     ("no longer needed", False), ("zu groß", False), ("", False)],
)  # fmt: skip
def test_the_customers_words_say_on_whose_account_it_is(reason: str, ours: bool) -> None:
    """In three languages."""
    assert is_our_fault(reason) is ours


def test_without_lines_everything_shipped_and_not_returned_comes_back() -> None:
    """Line 2 is back already."""
    lines = everything_shipped(ORDER, facts(returned={2: Decimal(400)}), "wrong goods")
    assert [(line.line, line.quantity, line.reason) for line in lines] == [(1, 400, "wrong goods")]


def test_the_facts_come_from_what_left_and_what_came_back() -> None:
    """A planned shipment shipped nothing, a refused return brought nothing back."""
    task = PickTask(sequence=1, line=1, part=1, sku=Sku("HX-M8-40"), description="", bin="A-1", quantity=Decimal(400))
    sent = Shipment(
        shipment_id="S1", order_id=OrderId("order:10010:4711"), warehouse="WUP", ship_to=address(), tasks=(task,),
        dispatched_at=NOW, delivered_at=datetime(2026, 11, 20, tzinfo=UTC),
    )  # fmt: skip
    planned = sent.model_copy(update={"shipment_id": "S2", "dispatched_at": None, "delivered_at": None})
    earlier = ReturnOrder(
        rma="R1", order_id=OrderId("order:10010:4711"), customer_number=CustomerNumber("10010"), lines=(back("30"),),
        value=money("1"), requested_at=NOW,
    )  # fmt: skip
    refused = earlier.model_copy(update={"rma": "R2", "state": "refused", "lines": (back("50"),)})
    before = sent.model_copy(update={"shipment_id": "S0", "tasks": (), "delivered_at": datetime(2026, 11, 12, tzinfo=UTC)})
    found = facts_of([sent, before, planned], [earlier, refused], TODAY)
    assert (found.shipped, found.returned, found.delivered_on) == ({1: 400}, {1: 30}, date(2026, 11, 20))


@pytest.mark.parametrize(
    ("condition", "maker", "what"),
    [("as_new", "", "restock"), ("opened", "Lahn", "return_to_vendor"), ("opened", "", "scrap"), ("damaged", "Lahn", "scrap")],
)
def test_the_condition_decides_what_happens_to_the_goods(condition: Condition, maker: str, what: str) -> None:
    """As inspection found them."""
    assert disposition(condition, item(manufacturer=maker)) == what


def inspected(condition: Condition, quantity: str = "400", number: int = 1) -> InspectedLine:
    return InspectedLine(line=number, sku=Sku("HX-M8-40"), quantity=Decimal(quantity), condition=condition, disposition="restock")


@pytest.mark.parametrize(
    ("parts", "reasons", "credit"),
    [
        ([inspected("as_new")], {}, "59.50"),
        ([inspected("as_new", number=2)], {}, "53.50"),
        ([inspected("as_new", "100"), inspected("as_new", "100", 2)], {}, "28.26"),
        ([inspected("opened")], {1: "changed our mind"}, "50.58"),
        ([inspected("opened")], {1: "defective"}, "59.50"),
        ([inspected("damaged")], {1: "changed our mind"}, "0"),
        ([inspected("damaged")], {1: "arrived damaged"}, "59.50"),
    ],
)
def test_the_credit_bears_the_tax_of_its_lines(parts: list[InspectedLine], reasons: dict[int, str], credit: str) -> None:
    """19 % and 7 %, less 15 % for opened goods on the buyer's account."""
    assert credit_amount(ORDER, parts, reasons).amount == Decimal(credit)


def test_a_line_that_was_never_priced_earns_no_credit() -> None:
    """Nor one of which nobody knows how much it was."""
    for gap in ({"net": None}, {"base_quantity": None}):
        order = sales_order(order_line(1, **gap), order_line(2), tax=TAX)
        assert credit_amount(order, [inspected("as_new")], {}) == money("0.00")


def test_a_credit_and_its_limits_are_those_of_the_policy_and_the_order() -> None:
    """The company's own fee and days, the order's own currency; the last day is in time."""
    policy = ReturnPolicy(restocking_fee=Percentage(points=Decimal(50)), days=10)
    dollars = sales_order(order_line(net=money("50", "USD")), currency=Currency("USD"))
    assert credit_amount(dollars, [inspected("opened")], {}, policy) == money("25.00", "USD")
    late = [
        assess_return(ORDER, [back()], facts(delivered_on=day), {}, policy) for day in (date(2026, 11, 13), date(2026, 11, 12))
    ]
    assert [result.outcome for result in late] == ["authorised", "refused"]


@given(st.integers(1, 400), st.sampled_from(["as_new", "opened", "damaged"]), st.sampled_from(["", "defective"]))
def test_no_credit_exceeds_what_was_paid(quantity: int, condition: Condition, reason: str) -> None:
    """Whatever comes back, in whatever state."""
    amount = credit_amount(ORDER, [inspected(condition, str(quantity))], {1: reason}).amount
    assert 0 <= amount <= Decimal("59.50")
