"""Search indexes of the company's books, in files that all workers of a machine map into memory together.

Whoever first sees that the books changed builds the index anew, under a lock; the others open what it built. Questions
go on with the old index while that takes long, and a worker that dies meanwhile leaves nothing but a folder to clear away.
"""

from __future__ import annotations

import fcntl
import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, TypeVar

from models.ml.index_files import version_at

log = logging.getLogger("orderwright.index")
T = TypeVar("T")


class SharedIndex(Generic[T]):
    """An index at a place. `build` writes it there in a version, `opened` opens it. `version` changes whenever the books do: it
    is asked for no more often than every `pause` seconds, and a question waits `patience` seconds for a new index before it
    takes the old one."""

    def __init__(
        self,
        build: Callable[[Path, str], None],
        opened: Callable[[Path], T],
        version: Callable[[], str],
        place: Path,
        *,
        pause: float = 0.5,
        patience: float = 2.0,
    ) -> None:
        self._build = build
        self._opened = opened
        self._version = version
        self._place = place
        self._pause = pause
        self._patience = patience
        self._open: tuple[str, T] | None = None
        self._looked_at = 0.0
        self._lock = threading.Lock()
        self._renewal: threading.Thread | None = None
        self._failure: BaseException | None = None

    def current(self) -> T:
        """The index of the books as they are, or as they were moments ago while a large one is being built."""
        renewal = self._renewed()
        if renewal is not None:
            renewal.join(None if self._open is None else self._patience)
        if self._open is None:
            assert self._failure is not None, "a renewal opens the index or fails"
            raise self._failure
        return self._open[1]

    def _renewed(self) -> threading.Thread | None:
        """The thread that renews the index, where it must be renewed; at most one of this process."""
        with self._lock:
            if self._renewal is not None and self._renewal.is_alive():
                return self._renewal
            if self._open is not None and time.monotonic() - self._looked_at < self._pause:
                return None
            version = self._version()
            self._looked_at = time.monotonic()
            if self._open is not None and self._open[0] == version:
                return None
            self._renewal = threading.Thread(target=self._renew, args=(version,), name="index", daemon=True)
            self._renewal.start()
            return self._renewal

    def _renew(self, version: str) -> None:
        try:
            with _locked(self._place):
                if version_at(self._place) != version:
                    _clear(self._place)
                    self._build(self._place, version)
                self._open = (version, self._opened(self._place))
            self._failure = None
        except Exception as failure:
            self._failure = failure
            log.exception("the index at %s could not be renewed; questions go on with the one before", self._place)


@contextmanager
def _locked(place: Path) -> Iterator[None]:
    """Nobody else on this machine builds or opens the index at the place meanwhile."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with (place.parent / f"{place.name}.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _clear(place: Path) -> None:
    """Away with what builders left that died: while we hold the lock, nobody builds."""
    for left in place.parent.glob(f".{place.name}.*"):
        shutil.rmtree(left, ignore_errors=True)
