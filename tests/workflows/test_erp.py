"""What the ERP refuses is undone and put back to a person; what it takes, it takes once."""

from __future__ import annotations

import pytest_asyncio

from models.domain.lifecycle import OrderStatus
from tests.fakes.erps import ErpThatRefusesOnce
from tests.workflows.bench import AT_WORK, Bench, id_of
from tests.workflows.company import Companies
from tests.workflows.stated import order

pytestmark = AT_WORK


@pytest_asyncio.fixture(loop_scope="session")
async def refusing(companies: Companies) -> Bench:
    """A company whose ERP turns every order down at first."""
    return await companies.open(erp=ErpThatRefusesOnce("customer is locked in the ERP"))


async def test_an_order_that_the_erp_refuses_comes_back_to_review_with_its_stock_free(refusing: Bench) -> None:
    """The reservation is undone, the ERP's words become a finding; after approval the order goes through."""
    submission = order()
    waiting = await refusing.opened(submission, OrderStatus.NEEDS_REVIEW)
    assert [finding.code for finding in waiting.open_findings] == ["refused_downstream"]
    assert "customer is locked in the ERP" in waiting.open_findings[0].message
    assert list(refusing.stock.holds(waiting.order_id)) == []
    assert [message.kind for message in refusing.outbox.of_subject(waiting.order_id)] == []
    await refusing.decide(id_of(submission), "approve", note="unlocked by accounting")
    closed = await refusing.order_at(id_of(submission), OrderStatus.CLOSED)
    assert closed.erp_reference == "ERP-1"
    shipped = sum(task.quantity for shipment in refusing.shipments.of_order(closed.order_id) for task in shipment.tasks)
    assert shipped == closed.lines[0].base_quantity


async def test_an_order_that_the_erp_refuses_can_be_rejected(refusing: Bench) -> None:
    """It holds nothing and is in no ERP; the buyer is told."""
    submission = order()
    waiting = await refusing.opened(submission, OrderStatus.NEEDS_REVIEW)
    await refusing.decide(waiting.order_id, "reject", reason="your account is locked")
    rejected = await refusing.order_at(waiting.order_id, OrderStatus.REJECTED)
    assert rejected.erp_reference is None
    assert (await refusing.result(waiting.order_id))["status"] == "Rejected"
    assert [message.kind for message in refusing.outbox.of_subject(rejected.order_id)] == ["acknowledgement"]


async def test_an_accepted_order_is_in_the_erp_once_with_our_number(bench: Bench) -> None:
    """One file, and the number in it is the order's."""
    closed = await bench.opened(order(), OrderStatus.CLOSED)
    [file] = bench.erp_files(closed.order_id)
    assert file.stem == closed.erp_reference == closed.number
