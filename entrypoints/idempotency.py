"""Idempotency keys: the same key with the same request is that request again, with another one it is a mistake.

What a key was first used for is kept as a fact of the audit trail, so it outlives the gateway.
"""

from __future__ import annotations

import hashlib

from activities.ports import AuditTrail, Clock
from entrypoints.problems import Problem
from models.domain.messages import AuditEntry


class IdempotencyKeys:
    """Remembers what each key stands for."""

    def __init__(self, audit: AuditTrail, clock: Clock) -> None:
        self._audit = audit
        self._clock = clock

    def claim(self, key: str, request: tuple[str, ...]) -> bool:
        """Whether the key stood for this request already. `request` are the parts that make it the same.

        Raises `Problem` 409 where the key stands for another request.
        """
        subject = f"idempotency-key:{_digest(key)}"
        is_retry = bool(self._audit.timeline(subject))
        fingerprint = _digest("\0".join(request))
        self._audit.append(
            AuditEntry(
                subject_id=subject,
                key="first-use",
                event="IdempotencyKeyUsed",
                actor="http",
                at=self._clock.now(),
                summary="A request came with an idempotency key.",
                details={"request": fingerprint},
            )
        )
        if self._audit.timeline(subject)[0].details["request"] != fingerprint:
            step = "Use a new Idempotency-Key for a new document, and the old one only to repeat the old request."
            raise Problem(409, "idempotency_key_reused", "this Idempotency-Key was used for another request", step)
        return is_retry


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
