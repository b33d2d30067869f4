"""The relay: every message gets its workflow, whatever was away meanwhile."""

from __future__ import annotations

import asyncio
import contextlib

from entrypoints.intake_door import IntakeDoor
from entrypoints.relay import Relay
from models.domain.errors import Rejected
from tests.fakes.world import FakeWorkflows, World


async def until(condition: object) -> None:
    """Wait for what a task of the loop brings about; the test's own time limit ends a wait in vain."""
    assert callable(condition)
    while not condition():
        await asyncio.sleep(0.005)


async def test_what_was_taken_in_is_started_once(world: World, door: IntakeDoor, relay: Relay) -> None:
    """A message that is started is not started again."""
    message = await door.take_in(b"an order", "po.txt", "folder", "")
    assert [await relay.start_waiting(), await relay.start_waiting()] == [1, 0]
    assert world.workflows.started == [message.message_id]


async def test_messages_wait_for_temporal_and_none_is_lost(world: World, door: IntakeDoor, relay: Relay) -> None:
    """What came while Temporal was away is started when it is back."""
    world.workflows.is_away = True
    running = asyncio.create_task(relay.run())
    for number in range(3):
        await door.take_in(f"order {number}".encode(), "po.txt", "folder", "")
    await asyncio.sleep(0.05)
    assert not world.workflows.started
    world.workflows.is_away = False
    await until(lambda: len(world.workflows.started) == 3)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


async def test_the_relay_outlives_the_store(world: World, door: IntakeDoor, relay: Relay) -> None:
    """A database that goes and comes back does not end it."""
    running = asyncio.create_task(relay.run())
    world.store.is_away = True
    await asyncio.sleep(0.05)
    world.store.is_away = False
    await door.take_in(b"an order", "po.txt", "folder", "")
    await until(lambda: world.workflows.started)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


class OneIsRefused(FakeWorkflows):
    """Refuses the first message it is given."""

    async def start_intake(self, message_id: str, repeat: int = 0) -> None:
        if not self.started:
            self.started.append("refused")
            raise Rejected("not this one")
        await super().start_intake(message_id, repeat)


async def test_a_message_that_is_refused_does_not_stop_the_others(world: World, door: IntakeDoor) -> None:
    """Each message is on its own."""
    workflows = OneIsRefused()
    relay = Relay(world.inbox, workflows.connect)
    await door.take_in(b"first", "a", "folder", "")
    second = await door.take_in(b"second", "b", "folder", "")
    assert await relay.start_waiting() == 1
    assert workflows.started == ["refused", second.message_id]
