"""A policy that has a person look at the first order that a customer sends in each form."""

from __future__ import annotations

from models.domain.lifecycle import OrderStatus
from models.domain.sales_order import SalesOrder
from tests.workflows.bench import AT_WORK, Bench
from tests.workflows.company import Companies
from tests.workflows.exchange import rule
from tests.workflows.stated import CABLE_TIE, SENDER, fresh_number

pytestmark = AT_WORK

BY_NUMBER = "PO Number;Line;Item;Description;Qty;UOM\n{number};1;{sku};Cable tie 100 mm natural;{quantity};PCS\n"
AMOUNT_FIRST = "Qty;UOM;Item;Description;PO Number\n{quantity};PCS;{sku};Cable tie 100 mm natural;{number}\n"


async def test_the_first_order_in_each_form_is_looked_at_and_the_next_goes_by_itself(companies: Companies) -> None:
    """Approved once, known from then on; when the customer's program changes, a person looks once more."""
    bench = await companies.open()
    rule(bench, rules=[{"name": "new forms", "needs": "one_person", "new_forms": True}])
    first = await _sent(bench, BY_NUMBER, 200)
    assert [finding.code for finding in first.open_findings] == ["approval_required"]
    assert "it is the customer's first order in this form" in first.open_findings[0].message
    await bench.decide(first.order_id, "approve")
    await bench.order_at(first.order_id, OrderStatus.CLOSED)

    again = await _sent(bench, BY_NUMBER, 300)
    assert (again.status, again.decisions[-1].outcome) == (OrderStatus.CLOSED, "touchless")

    changed = await _sent(bench, AMOUNT_FIRST, 400)
    assert [finding.code for finding in changed.open_findings] == ["approval_required"]


async def _sent(bench: Bench, rows: str, quantity: int) -> SalesOrder:
    content = rows.format(number=fresh_number("FORM"), sku=CABLE_TIE, quantity=quantity).encode()
    message = await bench.concluded(await bench.take_in(content, "order.csv", sender=SENDER))
    return await bench.order_at(message.order_ids[0], OrderStatus.CLOSED, OrderStatus.NEEDS_REVIEW)
