"""The rest of an order: the lines that wait get a workflow of their own, with a life that outlasts the other part's."""

from __future__ import annotations

from temporalio import workflow
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.workflow import ParentClosePolicy

with workflow.unsafe.imports_passed_through():
    from models.contracts.activity_io import OrderBrief
    from models.contracts.order_submission_v1 import OrderSubmissionV1
    from models.domain.review_text import escaped
    from workflows.retries import WORKFLOW_TASK_TIMEOUT


async def start_rest(brief: OrderBrief, submission: OrderSubmissionV1) -> None:
    """Begin the life of the other part of the order in `brief`, once. It works on the record that was written with it."""
    number = escaped(brief.po_number or "without a number", 60)
    try:
        await workflow.start_child_workflow(
            workflow.info().workflow_type,
            submission,
            id=brief.other_part,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            task_timeout=WORKFLOW_TASK_TIMEOUT,
            parent_close_policy=ParentClosePolicy.ABANDON,
            static_summary=f"The rest of PO {number}"[:150],
            static_details=f"These lines wait; the others went on as {escaped(brief.order_id, 120)}.",
        )
    except WorkflowAlreadyStartedError:
        workflow.logger.info("The rest %s has begun already", brief.other_part)
