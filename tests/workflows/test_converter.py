"""Payloads and failures on their way through Temporal."""

from __future__ import annotations

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.exceptions import ApplicationError

from models.contracts.decision_v1 import DecisionV1
from models.contracts.workflow_io import TakeInMessage
from workflows.converter import DATA_CONVERTER

CONVERTER = DATA_CONVERTER.payload_converter


def failed(error: Exception) -> Failure:
    """The failure that an error raised somewhere becomes."""
    failure = Failure()
    try:
        raise error
    except type(error) as raised:
        DATA_CONVERTER.failure_converter.to_failure(raised, CONVERTER, failure)
    return failure


def test_a_model_comes_back_as_it_went() -> None:
    """Unknown keys of a lenient model included."""
    decision = DecisionV1.model_validate({"by": "jo", "2.sku": "HX-M8-40"})
    assert CONVERTER.from_payloads(CONVERTER.to_payloads([decision]), [DecisionV1]) == [decision]


@pytest.mark.parametrize(
    "payload",
    [
        Payload(metadata={"encoding": b"json/plain"}, data=b"{"),
        Payload(metadata={"encoding": b"json/plain"}, data=b'{"message_id": 4}'),
        Payload(metadata={"encoding": b"binary/plain"}, data=b"\x00"),
        Payload(metadata={"encoding": b"binary/null"}),
        Payload(metadata={"encoding": b"martian"}, data=b"?"),
        Payload(),
    ],
    ids=["torn JSON", "wrong type", "bytes", "null", "unknown encoding", "no encoding"],
)
def test_a_payload_that_is_none_of_ours_is_an_error_that_does_not_retry(payload: Payload) -> None:
    """Anything else would fail the workflow task, and that is retried for ever."""
    with pytest.raises(ApplicationError) as refused:
        CONVERTER.from_payloads([payload], [TakeInMessage])
    assert refused.value.non_retryable


def test_two_arguments_are_refused_by_their_number() -> None:
    """Every workflow and update of ours takes one."""
    with pytest.raises(ApplicationError) as refused:
        CONVERTER.from_payloads(CONVERTER.to_payloads(["a", "b"]))
    assert refused.value.details == (["one argument is expected, 2 were sent"],)


def test_what_is_said_to_people_carries_no_stack_trace() -> None:
    """The Temporal UI would show it beneath the sentence."""
    failure = failed(ApplicationError("Say why.", type="DecisionRefused"))
    assert (failure.message, failure.stack_trace) == ("Say why.", "")


def test_a_bug_keeps_its_stack_trace() -> None:
    """Whoever mends it needs it."""
    assert "test_converter" in failed(ValueError("oh")).stack_trace
