"""Starts the intake workflow of every message that was taken in, however long Temporal was away meanwhile."""

from __future__ import annotations

import asyncio
import logging

from activities.ports import Inbox
from entrypoints.backend import Connect
from models.domain.errors import Misconfigured, Rejected, Unavailable

_log = logging.getLogger(__name__)


class Relay:
    """Looks for messages that no workflow has taken: when a door nudges it, and every `pause` seconds."""

    def __init__(self, inbox: Inbox, workflows: Connect, pause: float = 1.0) -> None:
        self._inbox = inbox
        self._workflows = workflows
        self._pause = pause
        self._arrived = asyncio.Event()
        self._is_interrupted = False

    def nudge(self) -> None:
        """Something arrived: look now."""
        self._arrived.set()

    async def run(self) -> None:
        """Relay until cancelled. An outage is said once, and so is its end."""
        while True:
            await self._try()
            try:
                await asyncio.wait_for(self._arrived.wait(), self._pause)
            except TimeoutError:
                continue
            self._arrived.clear()

    async def start_waiting(self) -> int:
        """Start what waits, oldest first, and return how many were started. Raises `Unavailable`."""
        waiting = await asyncio.to_thread(self._inbox.not_started)
        started = 0
        for message in waiting:
            started += await self._start(message.message_id, message.repeats if message.state == "repeated" else 0)
        return started

    async def _start(self, message_id: str, repeat: int) -> bool:
        try:
            await (await self._workflows()).start_intake(message_id, repeat)
        except Rejected as refusal:
            _log.error("intake of message %s was refused: %s", message_id, refusal)
            return False
        await asyncio.to_thread(self._inbox.mark_started, message_id)
        return True

    async def _try(self) -> None:
        try:
            await self.start_waiting()
        except (Unavailable, Misconfigured) as outage:
            if not self._is_interrupted:
                _log.warning("messages wait to be taken up, none is lost: %s", outage)
            self._is_interrupted = True
            # A nudge must not turn an outage into a busy loop.
            await asyncio.sleep(self._pause)
        else:
            if self._is_interrupted:
                _log.info("messages are taken up again")
            self._is_interrupted = False
