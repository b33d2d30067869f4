"""Tell the world of what is cancelled or given up: the ERP first, then the buyer."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.acknowledge_order import OrderAcknowledging
    from activities.post_to_erp import ErpPosting
    from models.contracts.activity_io import OrderStep, TellCancellation
    from workflows.retries import MONEY, PARTNER_API

#: Workflows that ended before this patch told nobody.
_PATCH = "cancellation-is-told"


async def tell_cancellation(order_id: str, *, is_posted: bool, why: str = "") -> None:
    """`is_posted`: the ERP may have the order. `why` is said to the buyer."""
    if not workflow.patched(_PATCH):
        return
    if is_posted:
        step = OrderStep(order_id=order_id)
        await workflow.execute_activity_method(ErpPosting.cancel_in_erp, step, summary="Take it back in the ERP", **MONEY)
    request = TellCancellation(order_id=order_id, why=why[:500])
    await workflow.execute_activity_method(OrderAcknowledging.tell_cancellation, request, summary="Tell the buyer", **PARTNER_API)
