"""The undo stack: what was done for an order is undone in reverse order when the order cannot go on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class UndoStack:
    """Steps back, newest first. Each step is idempotent, so that an undo that was cut short can run again."""

    def __init__(self) -> None:
        self._steps: list[Callable[[], Awaitable[object]]] = []

    def push(self, step: Callable[[], Awaitable[object]]) -> None:
        """Remember how to undo what is about to be done: pushed before, because a step may fail half-done."""
        self._steps.append(step)

    async def run(self) -> None:
        """Undo everything."""
        while self._steps:
            await self._steps[-1]()
            self._steps.pop()

    def clear(self) -> None:
        """Forget the steps: from here on nothing is undone."""
        self._steps.clear()


async def to_its_end(step: Coroutine[Any, Any, T]) -> T:
    """Await a step to its end even if the workflow is cancelled meanwhile; the cancellation is raised after it.

    For steps whose undo would come too early while they still run: what is half done cannot be undone.
    """
    task = asyncio.ensure_future(step)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
