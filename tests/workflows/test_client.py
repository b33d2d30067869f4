"""What callers are told when Temporal does not answer as it should."""

from __future__ import annotations

from typing import Any, NoReturn

import pytest
from temporalio.client import WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from models.contracts.decision_v1 import DecisionV1
from models.domain.errors import Misconfigured, OrderwrightError, Unavailable
from workflows.client import DecisionRefused, OrderNotFound, OrderwrightClient

_TOLD = {
    RPCStatusCode.NOT_FOUND: OrderNotFound,
    RPCStatusCode.INVALID_ARGUMENT: Misconfigured,
    RPCStatusCode.PERMISSION_DENIED: Misconfigured,
    RPCStatusCode.UNAUTHENTICATED: Misconfigured,
    RPCStatusCode.UNIMPLEMENTED: Misconfigured,
}


class TemporalThatFails:
    """A client whose every update ends in the same error."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def get_workflow_handle_for(self, workflow: object, workflow_id: str) -> TemporalThatFails:
        return self

    async def execute_update(self, *arguments: Any, **options: Any) -> NoReturn:
        raise self._error


async def told(error: Exception) -> OrderwrightError:
    """What a caller is told of it."""
    client = OrderwrightClient(TemporalThatFails(error))  # type: ignore[arg-type]
    with pytest.raises(OrderwrightError) as raised:
        await client.decide("order:10010:1", "approve", DecisionV1())
    assert raised.value.__cause__ is error
    return raised.value


@pytest.mark.parametrize("status", [status for status in RPCStatusCode if status is not RPCStatusCode.OK])
async def test_every_answer_of_temporal_is_an_error_of_ours(status: RPCStatusCode) -> None:
    """What may pass is tried again, a workflow that is not ready among it; the rest names who can mend it."""
    said = await told(RPCError("Workflow Task in failed state", status, b""))
    assert type(said) is _TOLD.get(status, Unavailable)


async def test_an_update_that_was_cut_off_may_be_tried_again() -> None:
    """Its id makes it the same update."""
    assert isinstance(await told(WorkflowUpdateRPCTimeoutOrCancelledError()), Unavailable)


async def test_a_refusal_is_told_in_the_words_of_the_workflow() -> None:
    """Whatever its type."""
    refused = await told(WorkflowUpdateFailedError(ApplicationError("Payload validation failed", type="PayloadValidationError")))
    assert isinstance(refused, DecisionRefused)
    assert str(refused) == "Payload validation failed"
