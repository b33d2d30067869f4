"""Beat for as long as a call to the outside takes, so that a dead worker is told from a slow partner within seconds."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context

from temporalio import activity

_EVERY_SECONDS = 1.0


@contextmanager
def heartbeating() -> Iterator[None]:
    """Send a heartbeat at once and then every second until the block ends."""
    # The activity's own context names the task to beat for; a new thread has none.
    context = copy_context()
    done = threading.Event()

    def beat() -> None:
        while not done.wait(_EVERY_SECONDS):
            context.run(activity.heartbeat)

    activity.heartbeat()
    thread = threading.Thread(target=beat, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
