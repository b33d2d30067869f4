"""Every workflow does today what its recorded histories say: else orders that are open would stop at the next restart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions
from temporalio.workflow import NondeterminismError

import worker
from workflows.converter import DATA_CONVERTER

HISTORIES = sorted((Path(__file__).parent / "histories").rglob("*.json"))
MOST_EVENTS = 200


def recorded(path: Path) -> dict[str, Any]:
    history: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return history


async def replay(history: dict[str, Any]) -> None:
    """Raises `NondeterminismError` where the workflow would do something else."""
    replayer = Replayer(
        workflows=worker.WORKFLOWS,
        data_converter=DATA_CONVERTER,
        workflow_runner=SandboxedWorkflowRunner(restrictions=SandboxRestrictions.default.with_passthrough_all_modules()),
    )
    text = json.dumps({"events": history["events"]})
    await replayer.replay_workflow(WorkflowHistory.from_json(history["workflow_id"], text))


def type_of(history: dict[str, Any]) -> str:
    name: str = history["events"][0]["workflowExecutionStartedEventAttributes"]["workflowType"]["name"]
    return name


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: str(path.relative_to(path.parents[1])))
async def test_a_recorded_history_is_what_the_workflow_still_does(path: Path) -> None:
    """The workflow, given what happened then, decides the same again."""
    await replay(recorded(path))


def test_every_workflow_has_a_history() -> None:
    """A new workflow is recorded before it is released."""
    assert {type_of(recorded(path)) for path in HISTORIES} == {workflow.__name__ for workflow in worker.WORKFLOWS}


def test_no_history_is_long() -> None:
    """Payloads are references and cheap steps are local: the longest life of an order stays far from Temporal's limits."""
    lengths = {path.stem: len(recorded(path)["events"]) for path in HISTORIES}
    assert {name: length for name, length in lengths.items() if length >= MOST_EVENTS} == {}


async def test_a_history_that_tells_another_story_is_found_out() -> None:
    """The replay can fail: one step of the record is called by another name."""
    history = recorded(next(path for path in HISTORIES if path.stem == "touchless-fulfilment"))
    scheduled = [event for event in history["events"] if "activityTaskScheduledEventAttributes" in event]
    scheduled[0]["activityTaskScheduledEventAttributes"]["activityType"]["name"] = "do_something_else"
    with pytest.raises(NondeterminismError):
        await replay(history)
