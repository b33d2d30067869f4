"""Several scanned pages at once: while the engine reads one in a process of its own, the next is prepared.

Never more than two, so that neither the pictures held nor the processes started grow with the document.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import BoundedSemaphore
from types import TracebackType
from typing import Self, TypeVar

AT_ONCE = 2
T = TypeVar("T")


class PagesAtOnce:
    """Runs the reading of pages; the end of the `with` block gives up those that have not begun."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="page")
        self._free = BoundedSemaphore(at_once)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._pool.shutdown(cancel_futures=True)

    def start(self, read: Callable[[], T]) -> Future[T]:
        """Begins to read a page, as soon as fewer than the bound are being read: until then the caller waits."""
        self._free.acquire()
        future = self._pool.submit(read)
        future.add_done_callback(lambda _: self._free.release())
        return future
