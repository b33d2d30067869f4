"""The operator's policy: which orders go touchless, which one person may approve, and which need two.

Rules add to what the checks ask: the strictest that concerns an order holds. A policy is a value; it is read from policy.yaml
and kept with the company, and past decisions can be run through another one (see `verdict_on`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from decimal import Decimal
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from models.domain.budget_standing import BudgetPolicy, BudgetStanding, budget_finding
from models.domain.finding_codes import unknown_code
from models.domain.finding_words import told_together, words_for
from models.domain.findings import Finding, Owner, Severity
from models.domain.model_question import asked_features, model_finding
from models.domain.risk import RiskReason
from models.domain.values import CountryCode, Currency, Exact, Money, Value, plain

#: The context under which a policy that somebody wrote is validated.
FROM_FILE = "file"
Need = Literal["one_person", "two_people"]
#: What is done with doubtful lines beside good ones, of customers who allow it: see `models/domain/partial.py`.
PartialAcceptance = Literal["propose", "automatic", "never"]

#: What no policy may wave through: without an answer the order cannot be delivered or billed, or must not be.
NEVER_WAIVED = frozenset({
    "unknown_item", "ambiguous_item", "missing_quantity", "unknown_customer", "no_price", "unit_not_sold", "no_ship_to",
    "approval_required", "risk_high", "denied_party", "embargoed_country", "dual_use", "suspicious_sender", "customer_blocked",
    "bank_details", "refused_downstream", "tax_undetermined", "reorder",
})  # fmt: skip


class PolicyRule(Value):
    """Who must approve an order that meets every condition given here. An amount in a currency without a limit meets it."""

    name: str = Field(min_length=1, max_length=80)
    needs: Need
    total_above: dict[Currency, Exact] = Field(default_factory=dict)
    risk_from: float | None = Field(default=None, ge=0, le=1)
    customers: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    channels: tuple[Literal["smtp", "folder", "http", "temporal"], ...] = ()
    source_formats: tuple[str, ...] = ()
    first_orders: bool = False
    new_forms: bool = False
    owner: Owner = Owner.SALES

    @field_validator("findings")
    @classmethod
    def _names_findings(cls, codes: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        return _known_codes(codes, info)

    @model_validator(mode="after")
    def _has_a_condition(self) -> PolicyRule:
        if self == PolicyRule.model_construct(name=self.name, needs=self.needs, owner=self.owner):
            raise ValueError("gives no condition: it would stop every order; name total_above, risk_from, customers, findings, …")
        return self

    def concerns(self, facts: PolicyFacts) -> str:
        """Why the rule concerns the order, in words; empty where it does not."""
        met: list[str] = []
        checks = (
            (bool(self.total_above), self._total(facts)),
            (self.risk_from is not None, _risk(facts, self.risk_from)),
            (bool(self.customers), f"customer {facts.customer}" if facts.customer in self.customers else ""),
            (bool(self.findings), told_together(sorted({one.code for one in facts.findings} & set(self.findings)))),
            (bool(self.channels), f"it came by {facts.channel}" if facts.channel in self.channels else ""),
            (bool(self.source_formats), f"it is {facts.source_format}" if facts.source_format in self.source_formats else ""),
            (self.first_orders, "it is the customer's first order" if facts.is_first_order else ""),
            (self.new_forms, "it is the customer's first order in this form" if facts.is_new_form else ""),
        )
        for is_asked, words in checks:
            if is_asked and not words:
                return ""
            met += [words] if is_asked else []
        return "; ".join(met)

    def _total(self, facts: PolicyFacts) -> str:
        if facts.total is None:
            return ""
        limit = self.total_above.get(facts.total.currency)
        if limit is None:
            return f"no limit is given in {facts.total.currency}"
        return f"{facts.total} is above {plain(limit)} {facts.total.currency}" if facts.total.amount > limit else ""


class DecisionPolicy(Value):
    """The whole policy. `waived` names finding codes that stop nothing; `embargoed_countries` get no goods without a person.
    `unnumbered_customers` are those, by our number, who order without a PO number: their orders are not asked about for that.

    `risk_threshold` is that of the rules, `model_threshold` that of the trained model, and `cold_start_threshold` the model's
    for customers of whom too few orders are known. `partial_acceptance` says whether good lines go on by themselves while
    doubtful ones wait, or at a reviewer's word, for customers who allow it.
    """

    name: str = Field(default="built in", min_length=1, max_length=80)
    risk_threshold: float = Field(default=0.5, gt=0, le=1)
    model_threshold: float = Field(default=0.3, gt=0, le=1)
    cold_start_threshold: float = Field(default=0.25, gt=0, le=1)
    price_tolerance_percent: Exact = Decimal(2)
    waived: tuple[str, ...] = ()
    unnumbered_customers: tuple[str, ...] = ()
    embargoed_countries: tuple[CountryCode, ...] = (
        CountryCode("BY"), CountryCode("CU"), CountryCode("IR"), CountryCode("KP"), CountryCode("RU"), CountryCode("SY"),
    )  # fmt: skip
    rules: tuple[PolicyRule, ...] = ()
    error_budget: BudgetPolicy = BudgetPolicy()
    partial_acceptance: PartialAcceptance = "propose"

    @field_validator("waived")
    @classmethod
    def _leaves_what_must_stop(cls, codes: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        forbidden = sorted(NEVER_WAIVED.intersection(codes))
        if forbidden:
            raise ValueError(f"{', '.join(forbidden)} cannot be waived: such an order always needs an answer")
        return _known_codes(codes, info)

    @field_validator("rules")
    @classmethod
    def _names_each_rule_once(cls, rules: tuple[PolicyRule, ...]) -> tuple[PolicyRule, ...]:
        names = [rule.name for rule in rules]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two rules are named {', '.join(twice)}: a decision names its rule")
        return rules

    def waives(self, code: str, customer: str) -> bool:
        """Whether a finding stops nothing for a customer; theirs is "" where they are not known."""
        return code in self.waived or (code == "missing_po_number" and customer != "" and customer in self.unnumbered_customers)

    @property
    def version(self) -> str:
        """The policy's name with the beginning of its SHA-256: two policies that differ never have the same."""
        content = json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
        return f"{self.name}@{hashlib.sha256(content.encode()).hexdigest()[:12]}"


class FindingFact(Value):
    """A finding as far as a policy looks at it."""

    code: str
    key: str
    blocks: bool
    line: int | None = None


class PriceFact(Value):
    """By how many per cent a line's stated price is off the agreed one, above zero where more is asked."""

    line: int
    percent: Exact


class PolicyFacts(Value):
    """What a policy looks at, kept with each decision so that another policy can be tried on it.

    `findings` are those of the checks, without the policy's own; `gaps` sentences that say what an order lacks; `accepted`
    the keys that people accepted before. `risk_reasons` are the codes of the rules' reasons, and `risk_stops`
    whether one stops the order by itself. `model_score` is the risk
    model's, from `risk_features`, and `budget` how orders of this kind stood; None where none was asked.

    `price_tolerance` and `embargoed` are the policy's that the findings were made with, `prices` and `countries` what they
    were held against: with those another policy's findings can be told. None: not kept.
    """

    customer: str = ""
    total: Money | None = None
    risk_score: float = 0.0
    risk_reasons: tuple[str, ...] = ()
    risk_stops: bool = False
    findings: tuple[FindingFact, ...] = ()
    gaps: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    channel: str = ""
    source_format: str = ""
    is_first_order: bool = False
    is_new_form: bool = False
    model_score: float | None = None
    model_reasons: tuple[RiskReason, ...] = ()
    is_cold: bool = False
    risk_features: dict[str, float] = Field(default_factory=dict)
    budget: BudgetStanding | None = None
    price_tolerance: Exact | None = None
    prices: tuple[PriceFact, ...] = ()
    embargoed: tuple[str, ...] | None = None
    countries: tuple[str, ...] = ()


class PolicyVerdict(Value):
    """What a policy makes of an order: how many people it takes, and why."""

    people: Literal[0, 1, 2]
    reasons: tuple[str, ...] = ()

    @property
    def outcome(self) -> Literal["touchless", "needs_review"]:
        return "needs_review" if self.people else "touchless"


def verdict_on(facts: PolicyFacts, policy: DecisionPolicy) -> PolicyVerdict:
    """What the policy asks for these facts. What a person accepted before is no question again."""
    accepted = set(facts.accepted)
    stopping = (one for one in facts.findings if one.blocks and not policy.waives(one.code, facts.customer))
    blocking = [one.code for one in stopping if one.key not in accepted]
    questions = [finding for finding in policy_findings(facts, policy) if finding.key not in accepted]
    reasons = [
        *map(words_for, dict.fromkeys(blocking)),
        *_risk_reasons(facts, policy, accepted),
        *(finding.message for finding in questions),
    ]
    people: Literal[0, 1, 2] = 2 if any(needs_two(finding) for finding in questions) else 1 if reasons or facts.gaps else 0
    return PolicyVerdict(people=people, reasons=(*reasons, *facts.gaps))


def policy_findings(facts: PolicyFacts, policy: DecisionPolicy) -> tuple[Finding, ...]:
    """One question for each rule that concerns the order, the risk model's, and that of the error budget."""
    asked = [_question(rule, why) for rule in policy.rules if (why := rule.concerns(facts))]
    budget = budget_finding(facts.budget, policy.error_budget) if facts.budget else None
    doubts = [_model_finding(facts, policy), budget]
    return (*asked, *(doubt for doubt in doubts if doubt and doubt.code not in policy.waived))


def model_threshold(policy: DecisionPolicy, *, is_cold: bool) -> float:
    """From which score of the risk model on a person decides."""
    return min(policy.cold_start_threshold, policy.model_threshold) if is_cold else policy.model_threshold


def _model_finding(facts: PolicyFacts, policy: DecisionPolicy) -> Finding | None:
    if facts.model_score is None:
        return None
    threshold = model_threshold(policy, is_cold=facts.is_cold)
    return model_finding(facts.model_score, threshold, facts.model_reasons, asked=asked_already(facts, policy))


def asked_already(facts: PolicyFacts, policy: DecisionPolicy) -> dict[str, str]:
    """The risk model's features that other questions are about, answered or not, each with the code that asks."""
    asking = {one.code for one in facts.findings if one.blocks and not policy.waives(one.code, facts.customer)}
    return asked_features(asking, facts.risk_reasons if _is_risky(facts, policy) else ())


def waived_keys(findings: Collection[Finding], policy: DecisionPolicy, customer: str = "") -> tuple[str, ...]:
    """The keys of the findings that the policy waves through."""
    return tuple(finding.key for finding in findings if finding.blocks and policy.waives(finding.code, customer))


def needs_two(finding: Finding) -> bool:
    """Whether a question wants two people."""
    return finding.code == "approval_required" and finding.expected == _PEOPLE["two_people"]


_PEOPLE: dict[Need, str] = {"one_person": "one person", "two_people": "two people"}


def _question(rule: PolicyRule, why: str) -> Finding:
    people = _PEOPLE[rule.needs]
    approve = "approves" if rule.needs == "one_person" else "approve"
    message = f"Policy rule {rule.name!r}: {people} {approve} this order, because {why}."
    return Finding(
        code="approval_required", severity=Severity.ERROR, message=message, read=rule.name, expected=people, owner=rule.owner
    )


def risk_key(score: float) -> str:
    """The key of the question that a risk makes."""
    return f"risk_high|||{score:.2f}"


def _risk_reasons(facts: PolicyFacts, policy: DecisionPolicy, accepted: Collection[str]) -> list[str]:
    if not _is_risky(facts, policy) or risk_key(facts.risk_score) in accepted:
        return []
    if facts.risk_score < policy.risk_threshold:
        return [f"a risk of {facts.risk_score:.2f} with a sign that always needs a person"]
    return [f"a risk of {facts.risk_score:.2f}, from {policy.risk_threshold:.2f} on a person decides"]


def _is_risky(facts: PolicyFacts, policy: DecisionPolicy) -> bool:
    return facts.risk_stops or facts.risk_score >= policy.risk_threshold


def _risk(facts: PolicyFacts, limit: float | None) -> str:
    return f"its risk is {facts.risk_score:.2f}" if limit is not None and facts.risk_score >= limit else ""


def _known_codes(codes: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    """The codes. ValueError for one in a file that no finding has: a rule on it would never hold, and nobody would notice.

    A policy that is kept was in force under the codes of its day, and stays readable.
    """
    unknown = [words for code in codes if (words := unknown_code(code))] if info.context == FROM_FILE else []
    if unknown:
        raise ValueError("; ".join(unknown))
    return codes
