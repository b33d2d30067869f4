"""The record of a decision: every check with what it looked at, how it came out, and what would have changed that.

Kept append-only in the audit trail, so that each decision can be explained and tried again under another policy.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from pydantic import Field

from models.domain.messages import AuditEntry
from models.domain.policy import PolicyFacts, PolicyVerdict
from models.domain.values import Value

CheckOutcome = Literal["passed", "noted", "question", "accepted", "not_made"]


class Check(Value):
    """One check: `passed`; `noted` something that stops nothing; a `question` that stopped the order; `accepted`, a question
    that somebody answered; `not_made` where an earlier one left nothing to look at.

    `score` and `threshold` are in the check's own unit; `weights` what each reason contributed; `runner_up` what else it could
    have been; `would_change` what would have made it come out otherwise; `findings` its findings' messages by code.
    """

    name: str
    outcome: CheckOutcome
    line: int | None = None
    inputs: dict[str, str] = Field(default_factory=dict)
    score: str = ""
    threshold: str = ""
    weights: dict[str, float] = Field(default_factory=dict)
    runner_up: str = ""
    would_change: str = ""
    findings: tuple[tuple[str, str], ...] = ()


class DecisionRecord(Value):
    """One decision with everything behind it. `versions` names the release, the rules and the lists it was made with;
    `policy` the policy's name and digest; `facts` what a policy looks at,
    `verdict` what the policy made of them; `is_automatic` says whether the checks decided, rather than a person."""

    order_id: str
    order_version: int
    outcome: str
    by: str
    at: datetime
    why: str
    runner_up: str = ""
    accepted: tuple[str, ...] = ()
    policy: str
    versions: dict[str, str] = Field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    facts: PolicyFacts = PolicyFacts()
    verdict: PolicyVerdict = PolicyVerdict(people=0)
    is_automatic: bool = True


def decisions_of(order_id: str) -> str:
    """Under which subject of the audit trail the records of an order's decisions stand."""
    return f"decision:{order_id}"


def records_in(entries: Iterable[AuditEntry]) -> list[DecisionRecord]:
    """The records among entries of the audit trail, as they were written."""
    return [DecisionRecord.model_validate_json(entry.details["record"]) for entry in entries if "record" in entry.details]
