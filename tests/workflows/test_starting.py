"""Orders that are started directly on Temporal: what is wrong with one is said at once, never retried for ever."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from google.protobuf.duration_pb2 import Duration
from temporalio.api.common.v1 import Payload
from temporalio.api.enums.v1 import EventType
from temporalio.api.workflowservice.v1 import RegisterNamespaceRequest
from temporalio.client import WorkflowFailureError
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError, FailureError

from models.domain.errors import Misconfigured
from models.domain.lifecycle import OrderStatus
from tests.workflows.bench import AT_WORK, Bench, id_of
from tests.workflows.company import TemporalServer
from tests.workflows.stated import fresh_number, order
from workflows.desk import demand_search_attributes
from workflows.retries import ORDERS_QUEUE

pytestmark = AT_WORK


async def failure_of(bench: Bench, workflow_type: str, workflow_id: str, *args: Any) -> ApplicationError:
    """The first application error that a workflow started with these arguments fails with, in time."""
    handle = await bench.client.temporal.start_workflow(workflow_type, args=args, id=workflow_id, task_queue=ORDERS_QUEUE)
    with pytest.raises(WorkflowFailureError) as failed:
        await asyncio.wait_for(handle.result(), 30)
    cause: BaseException | None = failed.value.cause
    while not isinstance(cause, ApplicationError):
        assert isinstance(cause, FailureError)
        cause = cause.cause
    return cause


async def test_an_erp_starts_an_order_with_plain_json(bench: Bench) -> None:
    """No SDK model, only the JSON of the contract; strings stand for stated values."""
    number = fresh_number("ERP")
    stated = {
        "purchase_order": {
            "po_number": number,
            "buyer": {"customer_number": "10010"},
            "lines": [{"seller_part_number": "CT-100-NA", "quantity": "100", "unit": "C62"}],
        }
    }
    order_id = f"order:10010:{number}"
    await bench.client.temporal.start_workflow("OrderWorkflow", stated, id=order_id, task_queue=ORDERS_QUEUE)
    await bench.order_at(order_id, OrderStatus.CLOSED)


async def test_a_payload_of_the_wrong_shape_names_the_fields_that_are_wrong(bench: Bench) -> None:
    """A number where text belongs would lose digits, so it is refused by name."""
    stated = {"purchase_order": {"po_number": 4711, "lines": []}}
    failure = await failure_of(bench, "OrderWorkflow", "order:10010:shape", stated)
    assert failure.type == "PayloadValidationError"
    assert "po_number" in str(failure.details)


@pytest.mark.parametrize(
    "given",
    [["a sentence"], [None], [[]], [b"\x00\xff"], [RawValue(Payload(metadata={"encoding": b"martian"}, data=b"?"))], []],
    ids=["text", "null", "list", "bytes", "unknown encoding", "nothing"],
)
@pytest.mark.parametrize("workflow_type", ["OrderWorkflow", "IntakeWorkflow", "ReturnWorkflow"])
async def test_a_payload_that_is_none_of_ours_fails_the_workflow_at_once(
    bench: Bench, workflow_type: str, given: list[Any]
) -> None:
    """Whatever was sent, the caller learns of it instead of waiting."""
    await failure_of(bench, workflow_type, fresh_number("bad"), *given)


async def test_a_wrong_workflow_id_is_refused_with_the_right_one(bench: Bench) -> None:
    """Under another id the same order could be started twice."""
    submission = order()
    failure = await failure_of(bench, "OrderWorkflow", "order:10010:another", submission)
    assert f"start this order under the workflow id {id_of(submission)}" in str(failure)


async def test_an_order_of_a_buyer_that_we_do_not_know_says_what_to_state(bench: Bench) -> None:
    """Without a buyer there is no id to be safe under."""
    failure = await failure_of(bench, "OrderWorkflow", "order:nobody:1", order(customer="99999"))
    assert "must state a buyer that we know" in str(failure)


async def test_an_intake_of_a_message_that_nobody_kept_fails(bench: Bench) -> None:
    """The id is of no message in the books."""
    failure = await failure_of(bench, "IntakeWorkflow", "intake:nothing", {"message_id": "0" * 64})
    assert failure.type == "Rejected"


async def test_a_return_of_an_unknown_order_fails(bench: Bench) -> None:
    """There is nothing that could come back."""
    failure = await failure_of(bench, "ReturnWorkflow", "return:nothing:1", {"order_id": "order:10010:never"})
    assert failure.type == "Rejected"


async def test_a_namespace_without_our_search_attributes_is_refused_with_the_command_that_adds_them(
    server: TemporalServer,
) -> None:
    """A workflow task that sets an unknown attribute would be retried for ever; so the worker does not start there."""
    bare = RegisterNamespaceRequest(namespace="bare", workflow_execution_retention_period=Duration(seconds=86_400))
    await server.environment.client.workflow_service.register_namespace(bare)
    client = await server.client("bare")
    with pytest.raises(Misconfigured, match="temporal operator search-attribute create") as refused:
        await demand_search_attributes(client.temporal)
    assert all(part in str(refused.value) for part in ("--namespace bare", "--name OrderStatus --type Keyword"))


async def test_a_namespace_with_our_search_attributes_is_taken(bench: Bench) -> None:
    """The same check passes where all of them are registered."""
    await demand_search_attributes(bench.client.temporal)


async def test_no_workflow_task_of_a_whole_order_failed(bench: Bench) -> None:
    """A task that fails is retried quietly; in the history of an order that went well there is none."""
    closed = await bench.opened(order(), OrderStatus.CLOSED)
    history = await bench.client.temporal.get_workflow_handle(closed.order_id).fetch_history()
    assert EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED not in {event.event_type for event in history.events}
