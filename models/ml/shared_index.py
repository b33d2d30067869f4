"""The search index of the company's catalogue, in files that all workers of a machine map into memory together.

Whoever first sees that the catalogue changed builds the index anew, under a lock; the others open what it built. Questions
go on with the old index while that takes long, and a worker that dies meanwhile leaves nothing but a folder to clear away.
"""

from __future__ import annotations

import fcntl
import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from models.ml.goods import Goods
from models.ml.index_building import build
from models.ml.index_files import version_at
from models.ml.item_matcher import ItemMatcher
from models.ml.retrieval import ItemIndex

log = logging.getLogger("orderwright.index")


class SharedIndex:
    """An index at a place. `goods` gives all goods, `version` changes whenever they do: it is asked for no more often than every
    `pause` seconds, and a question waits `patience` seconds for a new index before it takes the old one."""

    def __init__(
        self,
        goods: Callable[[], Iterable[Goods]],
        version: Callable[[], str],
        place: Path,
        *,
        pause: float = 0.5,
        patience: float = 2.0,
    ) -> None:
        self._pause = pause
        self._patience = patience
        self._goods = goods
        self._version = version
        self._place = place
        self._open: tuple[str, ItemMatcher] | None = None
        self._looked_at = 0.0
        self._lock = threading.Lock()
        self._renewal: threading.Thread | None = None
        self._failure: BaseException | None = None

    def matcher(self) -> ItemMatcher:
        """The matcher of the goods as they are, or as they were moments ago while a large index is being built."""
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
                    build(self._goods(), self._place, version)
                self._open = (version, ItemMatcher(ItemIndex(self._place)))
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
