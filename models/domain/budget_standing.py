"""The error budget at work: a kind of order goes touchless only as long as what became of such orders allows it.

A kind is a source, a customer group and a risk band. Of each, the share of wrong orders is bounded by Clopper and Pearson. Until
so many orders were judged as prove the budget if none is wrong, a kind is new: it goes touchless, more of it is drawn for a look,
and only proof that the budget is broken stops it. From then on the proof must be that it is kept.
"""

from __future__ import annotations

import hashlib
import re
from math import ceil, log
from typing import Literal

from pydantic import Field

from models.domain.bounds import lower_bound, upper_bound
from models.domain.findings import Finding, Owner, Severity
from models.domain.values import Value

CODE = "error_budget"
#: Orders from this share of the policy's risk threshold on are a kind of their own.
_ELEVATED = 0.5
_MISREAD = re.compile(
    r"\b(wrong|incorrect|not (?:what we )?ordered|never ordered|too (?:many|much|few)|falsch|nicht bestellt|zu ?viel|zu ?wenig"
    r"|erron|mauvais|pas command|trop|verkeerd|niet besteld|sbagliat|non ordinat|equivocad|no pedid|pomył|niezamówion)",
    re.IGNORECASE,
)
State = Literal["new", "proven", "unproven", "broken", "off"]


class BudgetPolicy(Value):
    """How many wrong touchless orders are tolerable, in per cent, and how that is watched.

    `settle_days` without a complaint make a touchless order a right one; `sample_percent` of them are drawn for a look, of new
    kinds `sample_percent_new`; the latest `window` judged orders of a kind count.
    """

    is_enforced: bool = True
    tolerated_percent: float = Field(default=0.5, gt=0, lt=50)
    confidence: float = Field(default=0.95, ge=0.5, lt=1)
    settle_days: int = Field(default=30, ge=0, le=365)
    sample_percent: float = Field(default=2, ge=0, le=100)
    sample_percent_new: float = Field(default=10, ge=0, le=100)
    window: int = Field(default=2000, ge=100, le=100_000)

    @property
    def tolerated(self) -> float:
        return self.tolerated_percent / 100

    @property
    def needed(self) -> int:
        """How many orders without a wrong one prove the budget to be kept."""
        return ceil(log(1 - self.confidence) / log(1 - self.tolerated))


class OrderKind(Value):
    """Orders whose outcomes are judged together."""

    source: str
    group: str
    band: Literal["low", "elevated"]

    @property
    def words(self) -> str:
        return f"{self.source or 'other'}, customers {self.group or 'unknown'}, {self.band} risk"


class JudgedOrders(Value):
    """How many orders of a kind are known to be right or wrong, and how many were wrong; `looked_at` by people afterwards;
    `pending` are those that nobody knows of yet. Wrong ones show early and right ones late."""

    judged: int = 0
    wrong: int = 0
    looked_at: int = 0
    pending: int = 0


class BudgetStanding(Value):
    """How a kind stood when an order of it was decided. `prior` says what was known of the reader before any order was;
    `is_drawn` that the order, should it go touchless, is looked at afterwards; `counts` that nothing but the budget ever held
    it back, so that its outcome says something of those that go touchless."""

    kind: OrderKind
    outcomes: JudgedOrders
    prior: str = ""
    is_drawn: bool = False
    counts: bool = True


def order_kind(source_format: str, group: str, risk: float, risk_threshold: float) -> OrderKind:
    band: Literal["low", "elevated"] = "elevated" if risk >= risk_threshold * _ELEVATED else "low"
    return OrderKind(source=source_format or "other", group=group or "unknown", band=band)


def state_of(outcomes: JudgedOrders, policy: BudgetPolicy) -> State:
    """`new` kinds and those `proven` to keep the budget go touchless; `broken` and `unproven` ones are put to a person."""
    if not policy.is_enforced:
        return "off"
    if outcomes.judged < policy.needed:
        is_broken = lower_bound(outcomes.wrong, outcomes.judged + outcomes.pending, policy.confidence) > policy.tolerated
        return "broken" if is_broken else "new"
    return "proven" if upper_bound(outcomes.wrong, outcomes.judged, policy.confidence) <= policy.tolerated else "unproven"


def is_drawn(order_id: str, state: State, policy: BudgetPolicy) -> bool:
    """Whether a touchless order is looked at afterwards: by its key alone, so that nobody chooses and every run agrees."""
    percent = policy.sample_percent if state == "proven" else policy.sample_percent_new
    place = int.from_bytes(hashlib.sha256(f"look:{order_id}".encode()).digest()[:8], "big") / 2**64
    return place * 100 < percent


def budget_finding(standing: BudgetStanding, policy: BudgetPolicy) -> Finding | None:
    """The question that a kind makes which is not allowed to go touchless."""
    if state_of(standing.outcomes, policy) not in ("broken", "unproven"):
        return None
    return Finding(
        code=CODE,
        severity=Severity.ERROR,
        message=f"Orders of this kind ({standing.kind.words}) are put to a person until they are proven right again: "
        f"{standing_words(standing.outcomes, policy)}.",
        read=standing.kind.words,
        expected=f"at most {policy.tolerated:.2%}",
        owner=Owner.SALES,
    )


def standing_words(outcomes: JudgedOrders, policy: BudgetPolicy) -> str:
    """What is known of a kind and what that proves."""
    upper = upper_bound(outcomes.wrong, outcomes.judged, policy.confidence)
    return (
        f"{outcomes.wrong} of {outcomes.judged} judged ones were wrong, so at most {upper:.2%} are "
        f"({policy.confidence:.0%} sure); {policy.tolerated:.2%} is tolerable"
    )


def is_misread(reason: str) -> bool:
    """Whether the customer's words for a return say that what came was not what they had ordered."""
    return bool(_MISREAD.search(reason[:500]))
