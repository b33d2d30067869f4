"""The machine's clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class TellsTime(Protocol):
    """Whatever knows the current time, aware, in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The time of the machine that this runs on."""

    def now(self) -> datetime:
        """The current time, aware, in UTC."""
        return datetime.now(UTC)
