"""What people may decide on an order, what they are told when they may not, and what a decision leads to."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from temporalio.client import WorkflowExecutionStatus, WorkflowUpdateFailedError

from models.domain.lifecycle import OrderStatus
from models.domain.sales_order import SalesOrder
from tests.workflows.bench import AT_WORK, Bench
from tests.workflows.stated import CABLE_TIE, LEVER_CONNECTOR, SENDER, order
from workflows.client import DecisionRefused

pytestmark = AT_WORK

UNKNOWN, ABOVE = "UNHEARD-OF-ITEM", "9.99"


async def with_unknown_item(bench: Bench) -> SalesOrder:
    """An order that waits because of its second line."""
    return await bench.opened(order((CABLE_TIE, "200"), (UNKNOWN, "5")), OrderStatus.NEEDS_REVIEW)


async def with_low_price(bench: Bench) -> SalesOrder:
    """An order that waits because its price is not ours; a person may accept it."""
    return await bench.opened(order((LEVER_CONNECTOR, "200"), prices=["0.01"]), OrderStatus.NEEDS_REVIEW)


async def refusal_of(bench: Bench, order_id: str, action: Any, **words: Any) -> str:
    with pytest.raises(DecisionRefused) as refused:
        await bench.decide(order_id, action, **words)
    return str(refused.value)


async def from_the_ui(bench: Bench, order_id: str, update: str, args: Sequence[Any] = ()) -> None:
    """Send an update as the Temporal UI does: whatever was typed, or no payload at all."""
    handle = bench.client.temporal.get_workflow_handle(order_id)
    await asyncio.wait_for(handle.execute_update(update, args=args), 60)


async def is_running(bench: Bench, order_id: str) -> bool:
    description = await bench.client.temporal.get_workflow_handle(order_id).describe()
    return description.status is WorkflowExecutionStatus.RUNNING


async def test_everything_that_is_proposed_is_taken_with_one_update_and_no_data(bench: Bench) -> None:
    """As the Temporal UI sends it; the corrections are kept like any others, and an order without proposals says so."""
    waiting = await with_low_price(bench)
    await from_the_ui(bench, waiting.order_id, "take_proposals")
    closed = await bench.order_at(waiting.order_id, OrderStatus.CLOSED)
    assert [(each.field, each.by) for each in closed.corrections] == [("1.price", "Temporal UI")]
    unknown = await bench.opened(order(("###", "5")), OrderStatus.NEEDS_REVIEW)
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await from_the_ui(bench, unknown.order_id, "take_proposals")
    assert "Nothing is proposed for this order" in str(refused.value.cause)


async def test_an_unknown_item_cannot_be_approved_away(bench: Bench) -> None:
    """The refusal names the line and gives the update that would mend it."""
    waiting = await with_unknown_item(bench)
    said = await refusal_of(bench, waiting.order_id, "approve")
    assert "Line 2: an item that is not known cannot be approved as it stands" in said
    assert '{"2.sku": "' in said


async def test_a_correction_of_an_unknown_field_is_refused_with_the_fields_there_are(bench: Bench) -> None:
    """A typing error names what can be corrected."""
    waiting = await with_unknown_item(bench)
    said = await refusal_of(bench, waiting.order_id, "correct", **{"2.skuu": CABLE_TIE})
    assert "'2.skuu' cannot be corrected" in said
    assert "2.sku" in said


async def test_a_correction_to_an_item_that_we_do_not_have_is_refused(bench: Bench) -> None:
    """What only the catalogue knows is refused in the same words' manner, and the order still waits."""
    waiting = await with_unknown_item(bench)
    said = await refusal_of(bench, waiting.order_id, "correct", **{"2.sku": "NOR-THIS-ONE"})
    assert said == "2.sku: we have no item NOR-THIS-ONE."
    assert (await bench.order_at(waiting.order_id, OrderStatus.NEEDS_REVIEW)).corrections == ()


async def test_a_correction_of_a_line_that_is_not_there_names_the_lines(bench: Bench) -> None:
    """The order has two lines."""
    waiting = await with_unknown_item(bench)
    said = await refusal_of(bench, waiting.order_id, "correct", **{"7.sku": CABLE_TIE})
    assert said == "7.sku: the order has no line 7. Its lines: 1, 2."


async def test_a_correction_of_nothing_shows_an_example(bench: Bench) -> None:
    """An empty form is answered by what to fill in."""
    waiting = await with_unknown_item(bench)
    assert '{"2.sku": "HX-M8-40"}' in await refusal_of(bench, waiting.order_id, "correct")


async def test_a_rejection_needs_a_reason(bench: Bench) -> None:
    """The buyer will be told why, so there must be a why."""
    waiting = await with_unknown_item(bench)
    assert "needs a reason" in await refusal_of(bench, waiting.order_id, "reject")


async def test_corrections_put_into_approve_are_refused_and_pointed_to_correct(bench: Bench) -> None:
    """`approve` with a correction would lose it silently."""
    waiting = await with_low_price(bench)
    said = await refusal_of(bench, waiting.order_id, "approve", **{"1.price": "0.28"})
    assert "`approve` does not know 1.price. Corrections go to `correct`" in said


async def test_a_decision_on_a_version_that_is_gone_is_refused(bench: Bench) -> None:
    """Who looked at an older state decides again."""
    waiting = await with_low_price(bench)
    said = await refusal_of(bench, waiting.order_id, "approve", version=waiting.version - 1)
    assert "This order moved on" in said
    assert f"version {waiting.version} now" in said


async def test_a_decision_on_the_version_that_was_looked_at_counts(bench: Bench) -> None:
    """The version that is there now is no obstacle."""
    waiting = await with_low_price(bench)
    await bench.decide(waiting.order_id, "approve", version=waiting.version)
    await bench.order_at(waiting.order_id, OrderStatus.CLOSED)


async def test_an_order_that_waits_for_nobody_takes_no_decision(bench_by_hand: Bench) -> None:
    """An accepted order in the warehouse cannot be approved once more; nothing changes."""
    bench = bench_by_hand
    released = await bench.opened(order(), OrderStatus.RELEASED)
    said = await refusal_of(bench, released.order_id, "approve")
    assert said == "This order waits for nobody: its status is Released. Nothing was changed."


async def test_an_approval_without_any_data_lets_the_order_go_on(bench: Bench) -> None:
    """The Temporal UI sends no payload when its form is left empty."""
    waiting = await with_low_price(bench)
    await from_the_ui(bench, waiting.order_id, "approve")
    closed = await bench.order_at(waiting.order_id, OrderStatus.CLOSED)
    assert [(decision.outcome, decision.by) for decision in closed.decisions][-1] == ("approved", "Temporal UI")


async def test_an_approval_with_an_empty_object_counts_like_one_without_data(bench: Bench) -> None:
    """`null` and `{}` mean the same."""
    waiting = await with_low_price(bench)
    await from_the_ui(bench, waiting.order_id, "approve", [None])
    await bench.order_at(waiting.order_id, OrderStatus.CLOSED)


@pytest.mark.parametrize("typed", [["yes"], [[1, 2]], [17]], ids=["text", "list", "number"])
async def test_a_payload_of_the_wrong_shape_fails_the_update_and_not_the_order(bench: Bench, typed: list[Any]) -> None:
    """The order waits on, and takes the right decision afterwards."""
    waiting = await with_low_price(bench)
    with pytest.raises(WorkflowUpdateFailedError):
        await from_the_ui(bench, waiting.order_id, "approve", typed)
    assert await is_running(bench, waiting.order_id)
    await bench.decide(waiting.order_id, "approve")
    await bench.order_at(waiting.order_id, OrderStatus.CLOSED)


async def test_who_approved_and_why_is_kept(bench: Bench) -> None:
    """The decision stands in the order and in its timeline, with what it accepted."""
    waiting = await with_low_price(bench)
    await bench.decide(waiting.order_id, "approve", by="jo.reviewer", note="agreed by phone")
    closed = await bench.order_at(waiting.order_id, OrderStatus.CLOSED)
    approval = next(decision for decision in closed.decisions if decision.outcome == "approved")
    assert (approval.by, approval.why) == ("jo.reviewer", "agreed by phone")
    assert approval.accepted == tuple(finding.key for finding in waiting.open_findings)
    assert [entry.actor for entry in bench.audit.timeline(waiting.order_id) if entry.event == "OrderApproved"] == ["jo.reviewer"]


async def test_a_corrected_order_is_checked_again_and_shipped(bench: Bench) -> None:
    """The reviewer's SKU takes the place of the unknown one, all the way to the shelf."""
    waiting = await with_unknown_item(bench)
    receipt = await bench.decide(waiting.order_id, "correct", **{"2.sku": LEVER_CONNECTOR, "2.quantity": "100"})
    assert receipt.open_findings == ()
    closed = await bench.order_at(waiting.order_id, OrderStatus.CLOSED)
    [shipment] = bench.shipments.of_order(closed.order_id)
    assert {(task.sku, str(task.quantity)) for task in shipment.tasks} == {(CABLE_TIE, "200"), (LEVER_CONNECTOR, "100")}


async def test_a_corrected_line_is_kept_beside_what_the_buyer_wrote(bench: Bench) -> None:
    """Who, when and why stand by the correction; the purchase order stays as it was asked."""
    waiting = await with_unknown_item(bench)
    words = {"2.sku": LEVER_CONNECTOR, "2.quantity": "100"}
    await bench.decide(waiting.order_id, "correct", by="jo.reviewer", reason="old number", **words)
    closed = await bench.order_at(waiting.order_id, OrderStatus.CLOSED)
    kept = {correction.field: (correction.value, correction.by, correction.why) for correction in closed.corrections}
    assert kept == {field: (value, "jo.reviewer", "old number") for field, value in words.items()}
    assert all(correction.at >= waiting.source.received_at for correction in closed.corrections)
    assert closed.purchase_order.lines[1].seller_part_number == UNKNOWN


async def test_a_correction_that_does_not_mend_everything_leaves_the_order_waiting(bench: Bench) -> None:
    """The receipt says what is still open."""
    waiting = await bench.opened(order((UNKNOWN, "5"), ("NOR-THAT", "5")), OrderStatus.NEEDS_REVIEW)
    receipt = await bench.decide(waiting.order_id, "correct", **{"1.sku": LEVER_CONNECTOR, "1.quantity": "100"})
    assert receipt.status == "NeedsReview"
    assert any("line 2" in finding.lower() or "NOR-THAT" in finding for finding in receipt.open_findings)


async def test_a_rejected_order_ends_and_its_buyer_is_told_why(bench: Bench) -> None:
    """One mail with the reason; no ERP record, no stock."""
    waiting = await with_unknown_item(bench)
    await bench.decide(waiting.order_id, "reject", by="jo.reviewer", reason="we no longer sell this")
    rejected = await bench.order_at(waiting.order_id, OrderStatus.REJECTED)
    assert (await bench.result(waiting.order_id))["status"] == "Rejected"
    [mail] = [mail for mail in bench.mailbox.to(SENDER) if str(waiting.purchase_order.po_number) in mail.as_string()]
    body = mail.get_body(preferencelist=("plain",))
    assert body is not None
    assert "we no longer sell this" in body.get_content()
    assert (bench.erp_files(rejected.order_id), list(bench.stock.holds(rejected.order_id))) == ([], [])


async def test_a_held_order_waits_and_can_be_decided_later(bench: Bench) -> None:
    """Holding marks the order; approval lets it go on."""
    waiting = await with_low_price(bench)
    receipt = await bench.decide(waiting.order_id, "hold", reason="waiting for the buyer's call")
    assert receipt.status == "OnHold"
    await bench.decide(waiting.order_id, "approve")
    await bench.order_at(waiting.order_id, OrderStatus.CLOSED)


async def test_two_reviewers_at_once_make_one_decision(bench: Bench) -> None:
    """Both passed the validator; the second is held against what the first made of the order."""
    waiting = await with_low_price(bench)
    answers = await asyncio.gather(
        bench.decide(waiting.order_id, "approve", by="one"),
        bench.decide(waiting.order_id, "reject", by="two", reason="too cheap"),
        return_exceptions=True,
    )
    assert sum(isinstance(answer, DecisionRefused) for answer in answers) == 1
    ended = await bench.order_at(waiting.order_id, OrderStatus.CLOSED, OrderStatus.REJECTED)
    assert len([decision for decision in ended.decisions if decision.by in {"one", "two"}]) == 1
