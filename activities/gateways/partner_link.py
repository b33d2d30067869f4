"""Electronic messages for partners that fetch them: one folder per partner, from which the partner takes files away."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from activities.gateways import durable_files
from models.domain.errors import Unavailable
from models.domain.messages import OutboundMessage


class FolderPartnerLink:
    """Fulfils `activities.outside_ports.PartnerLink`.

    A file stands ready in `.ready` before it is written down in `.delivered` and only then moves to the partner's folder.
    So a step that runs again knows whether it was delivered, even when the partner has fetched and deleted it.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def deliver(self, message: OutboundMessage, attachments: Sequence[tuple[str, str, bytes]]) -> None:
        """Files named by the message's key and their own names. Raises `Unavailable` where the disk refuses."""
        partner = self._root / durable_files.file_name(message.recipient)
        with self._alone():
            for place, (name, _, content) in enumerate(attachments, 1):
                self._deliver(partner, _named(message.key, place, name), content)

    def _deliver(self, partner: Path, name: str, content: bytes) -> None:
        ready, delivered = self._root / ".ready" / partner.name / name, self._root / ".delivered" / partner.name / name
        if not delivered.exists():
            durable_files.replace(self._root, ready, content)
            durable_files.create_once(self._root, delivered, b"")
        if ready.exists():
            durable_files.move(ready, partner / name)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One delivery at a time: a step that is tried again may meet its own slow first run."""
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            with (self._root / ".lock").open("ab") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
        except OSError as error:
            raise Unavailable(f"{self._root} cannot be written: {error.strerror}") from error


def _named(key: str, place: int, name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    suffix = f".{ending}" if dot and stem and ending.isalnum() and ending.isascii() and len(ending) <= 8 else ""
    return f"{durable_files.file_name(key)}-{place}{suffix}"
