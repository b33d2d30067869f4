"""The only place where our errors become Temporal's. `Rejected` and `Misconfigured` do not retry, `Unavailable` does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from temporalio.exceptions import ApplicationError

from models.domain.errors import Misconfigured, Rejected, Unavailable


@contextmanager
def told_to_temporal() -> Iterator[None]:
    """Let our errors pass as application errors with their kind as type, and a rejection's code as its only detail.

    Anything else is a bug: it stays what it is, fails the attempt and shows up with its stack trace.
    """
    try:
        yield
    except Rejected as refusal:
        raise ApplicationError(str(refusal), refusal.code, type="Rejected", non_retryable=True) from refusal
    except Misconfigured as fault:
        raise ApplicationError(str(fault), type="Misconfigured", non_retryable=True) from fault
    except Unavailable as outage:
        raise ApplicationError(str(outage), type="Unavailable") from outage
