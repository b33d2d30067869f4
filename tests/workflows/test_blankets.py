"""A blanket order is agreed and ships nothing; call-offs draw it down until it is used up."""

from __future__ import annotations

from models.contracts.order_submission_v1 import OrderSubmissionV1
from models.domain.lifecycle import OrderStatus
from tests.workflows.bench import AT_WORK, Bench
from tests.workflows.stated import CABLE_TIE, fresh_number, order

pytestmark = AT_WORK


def called(subject: str, quantity: str, number: str) -> OrderSubmissionV1:
    return order((CABLE_TIE, quantity), po_number=number).model_copy(update={"subject": subject})


async def test_call_offs_draw_a_blanket_order_down_until_it_is_used_up(bench: Bench) -> None:
    """The first goes touchless with what is left, the second is more than that and waits."""
    number = fresh_number("FRAME")
    waiting = await bench.opened(called(f"Rahmenauftrag {number}", "500", number), OrderStatus.NEEDS_REVIEW)
    assert {finding.code for finding in waiting.open_findings} == {"blanket_order"}
    await bench.decide(waiting.order_id, "approve")
    kept = await bench.order_at(waiting.order_id, OrderStatus.CLOSED)
    assert (list(bench.shipments.of_order(kept.order_id)), bench.erp_files(kept.order_id)) == ([], [])
    subject = f"Abruf zu Rahmenauftrag {number}"
    first = await bench.opened(called(subject, "300", fresh_number("CALL")), OrderStatus.CLOSED)
    assert any("200 left" in finding.message for finding in first.findings)
    second = await bench.opened(called(subject, "300", fresh_number("CALL")), OrderStatus.NEEDS_REVIEW)
    assert {finding.code for finding in second.open_findings} == {"call_off_exceeds"}
