"""What another policy or risk model would have decided: the kept records of past decisions, run through it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from models.domain.decision_record import DecisionRecord
from models.domain.policy import DecisionPolicy, PolicyFacts, PolicyVerdict, verdict_on
from models.domain.risk import ModelRisk
from models.domain.values import Value


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
        earlier = verdict_on(record.facts, before) if before else record.verdict
        later = verdict_on(_judged_by(model, record.facts), policy)
        if (earlier.outcome, earlier.people) != (later.outcome, later.people):
            at = record.at.strftime("%Y-%m-%d")
            yield ChangedDecision(order_id=record.order_id, decided_at=at, before=earlier, after=later)


def _judged_by(model: Callable[[Mapping[str, float]], ModelRisk] | None, facts: PolicyFacts) -> PolicyFacts:
    if model is None or not facts.risk_features:
        return facts
    risk = model(facts.risk_features)
    return facts.model_copy(update={"model_score": risk.score, "model_reasons": risk.reasons})


def _people(verdict: PolicyVerdict) -> str:
    return {0: "touchless", 1: "one person", 2: "two people"}[verdict.people]
