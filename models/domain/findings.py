"""Findings: doubts as data. All of them are collected at once; an order is never clean while one that blocks is open."""

from __future__ import annotations

from enum import StrEnum

from models.domain.evidence import Evidence
from models.domain.values import Value


class Severity(StrEnum):
    """`error` must not go on without a person; `warning` a person should know; `info` explains."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Owner(StrEnum):
    """Whose question a finding is."""

    SALES = "sales"
    CREDIT = "credit"
    TAX = "tax"
    COMPLIANCE = "compliance"
    WAREHOUSE = "warehouse"


class Candidate(Value):
    """One possible answer with its score (0 to 1) and the reasons for it, best first in a finding's list."""

    value: str
    label: str = ""
    score: float
    reasons: tuple[str, ...] = ()


class Finding(Value):
    """A doubt: what, how grave, where, what was read and expected, and what would mend it.

    `code` is a stable snake_case word (`unknown_item`, `price_mismatch`, …). `field` is a path such as
    `lines[2].unit_price`, `line` the 1-based line. `proposal` is a correction that a reviewer may accept as it stands.
    `confidence` is the reading's own, where the doubt is about a value that was read.
    """

    code: str
    severity: Severity
    message: str
    field: str | None = None
    line: int | None = None
    read: str | None = None
    expected: str | None = None
    confidence: float | None = None
    owner: Owner = Owner.SALES
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    proposal: dict[str, str] | None = None

    @property
    def blocks(self) -> bool:
        """Whether the order must wait for a person."""
        return self.severity is Severity.ERROR

    @property
    def key(self) -> str:
        """What makes it the same doubt again after a new check: its code, place and what was read there."""
        return f"{self.code}|{self.field or ''}|{self.line or ''}|{self.read or ''}"
