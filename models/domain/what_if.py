"""What another policy or risk model would have decided: the kept records of past decisions, run through it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from models.domain.decision_record import DecisionRecord
from models.domain.policy import DecisionPolicy, FindingFact, PolicyFacts, PolicyVerdict, verdict_on
from models.domain.risk import ModelRisk
from models.domain.values import Value

_PRICE, _EMBARGO = "price_mismatch", "embargoed_country"


class ChangedDecision(Value):
    """A decision that would come out otherwise: how many people it took, how many it would take, and why."""

    order_id: str
    decided_at: str
    before: PolicyVerdict
    after: PolicyVerdict

    def in_words(self) -> str:
        reasons = self.after.reasons if self.after.people > self.before.people else self.before.reasons
        word = "because" if self.after.people > self.before.people else "no longer because"
        return f"{_people(self.before)} -> {_people(self.after)}" + (f", {word} of {'; '.join(reasons)}" if reasons else "")


def last_automatic(records: Iterable[DecisionRecord]) -> list[DecisionRecord]:
    """The last decision of the checks on each order: what a person decided, no policy would have decided otherwise."""
    latest: dict[str, DecisionRecord] = {}
    for record in records:
        if record.is_automatic:
            latest[record.order_id] = record
    return list(latest.values())


def changed_decisions(
    records: Iterable[DecisionRecord],
    policy: DecisionPolicy,
    *,
    before: DecisionPolicy | None = None,
    model: Callable[[Mapping[str, float]], ModelRisk] | None = None,
) -> Iterator[ChangedDecision]:
    """The decisions that come out otherwise under `policy`, held against what was decided (or against `before`).

    `model` judges the features that were looked at then anew; decisions without such features keep what they had.
    """
    for record in records:
        earlier = verdict_on(facts_under(record.facts, before), before) if before else record.verdict
        later = verdict_on(facts_under(_judged_by(model, record.facts), policy), policy)
        if (earlier.outcome, earlier.people) != (later.outcome, later.people):
            at = record.at.strftime("%Y-%m-%d")
            yield ChangedDecision(order_id=record.order_id, decided_at=at, before=earlier, after=later)


def facts_under(facts: PolicyFacts, policy: DecisionPolicy) -> PolicyFacts:
    """The facts with the findings that the checks would have made under `policy`: of prices by its tolerance, and of its
    embargoed countries. Records of releases that did not keep what those were held against stay as they are."""
    findings = _of_prices(facts, policy, _of_countries(facts, policy, facts.findings))
    return facts if findings == facts.findings else facts.model_copy(update={"findings": findings})


def _of_prices(facts: PolicyFacts, policy: DecisionPolicy, findings: tuple[FindingFact, ...]) -> tuple[FindingFact, ...]:
    limit = policy.price_tolerance_percent
    if facts.price_tolerance is None or facts.price_tolerance == limit:
        return findings
    off = {price.line for price in facts.prices if abs(price.percent) > limit}
    within = {price.line for price in facts.prices} - off
    kept = tuple(one for one in findings if one.code != _PRICE or one.line not in within)
    known = {one.line for one in kept if one.code == _PRICE}
    new = (FindingFact(code=_PRICE, key=f"{_PRICE}||{line}|", blocks=True, line=line) for line in sorted(off - known))
    return (*kept, *new)


def _of_countries(facts: PolicyFacts, policy: DecisionPolicy, findings: tuple[FindingFact, ...]) -> tuple[FindingFact, ...]:
    if facts.embargoed is None or facts.embargoed == policy.embargoed_countries:
        return findings
    asked = {country: f"{_EMBARGO}|||{country}" for country in facts.countries if country in policy.embargoed_countries}
    kept = tuple(one for one in findings if one.code != _EMBARGO or one.key in asked.values())
    known = {one.key for one in kept}
    return (*kept, *(FindingFact(code=_EMBARGO, key=key, blocks=True) for key in asked.values() if key not in known))


def _judged_by(model: Callable[[Mapping[str, float]], ModelRisk] | None, facts: PolicyFacts) -> PolicyFacts:
    if model is None or not facts.risk_features:
        return facts
    risk = model(facts.risk_features)
    return facts.model_copy(update={"model_score": risk.score, "model_reasons": risk.reasons})


def _people(verdict: PolicyVerdict) -> str:
    return {0: "touchless", 1: "one person", 2: "two people"}[verdict.people]
