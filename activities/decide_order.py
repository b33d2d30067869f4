"""Decide: an order goes touchless only if every check passed; else a person gets every open finding at once."""

from __future__ import annotations

from collections.abc import Callable

from temporalio import activity

from activities.decision_ports import Outcomes
from activities.failures import told_to_temporal
from activities.order_records import OrderRecord
from activities.ports import BlobStore, Parties
from activities.submissions import reading_at
from models.contracts.activity_io import OrderBrief, OrderStep
from models.contracts.purchase_order_v1 import evidenced
from models.domain.approval import all_findings, decide
from models.domain.budget_standing import CODE as ERROR_BUDGET
from models.domain.budget_standing import BudgetStanding, is_drawn, order_kind, state_of
from models.domain.finding_words import told_together
from models.domain.findings import Finding
from models.domain.lifecycle import OrderStatus
from models.domain.partial import allows_part, lines_in_words, part_refusal, waiting_lines
from models.domain.partner_terms import refusal_by_terms
from models.domain.policy import DecisionPolicy
from models.domain.sales_order import Decision, SalesOrder
from models.domain.settling import settled
from models.domain.values import Percentage

_STATUSES = {"needs_review": OrderStatus.NEEDS_REVIEW, "rejected": OrderStatus.REJECTED}


class OrderDeciding:
    """Draws the decision from the findings."""

    def __init__(
        self, record: OrderRecord, parties: Parties, blobs: BlobStore, outcomes: Outcomes, priors: Callable[[str], str] = str
    ) -> None:
        """`priors` says what was known of reading a source format before any order was judged."""
        self._record = record
        self._parties = parties
        self._blobs = blobs
        self._outcomes = outcomes
        self._priors = priors

    @activity.defn
    @told_to_temporal()
    def decide_order(self, step: OrderStep) -> OrderBrief:
        """Write the decision with its reasons and its runner-up into the record."""
        order = self._record.load(step.order_id)
        company = self._parties.company()
        policy = company.policy
        order = order.model_copy(update={"findings": settled(order), "budget": self._standing(order, policy)})
        findings = _each_once(all_findings(order, policy))
        order = order.model_copy(update={"findings": self._evidenced(order, findings)})
        tolerance = Percentage(points=policy.price_tolerance_percent)
        now = self._record.clock.now()
        decision = refusal_by_terms(order, now) or decide(order, now, tolerance=tolerance, policy=policy)
        status = _STATUSES.get(decision.outcome, OrderStatus.ACCEPTED)
        may_wait = self._may_wait(order, policy) if status.waits_for_person else ()
        order = order.model_copy(update={"budget": _counted(order, decision), "may_wait": may_wait})
        if may_wait:
            other = f"{decision.runner_up} The other lines could go on without {lines_in_words(may_wait)}."
            decision = decision.model_copy(update={"runner_up": other.strip()})
        last = order.decisions[-1] if order.decisions else None
        if last is None or (last.outcome, last.why) != (decision.outcome, decision.why):
            due = company.desk.after(now, company.desk.remind_after_hours)
            order = order.model_copy(update={"decisions": (*order.decisions, decision), "review_due": due})
        order = self._record.save(order.model_copy(update={"status": status}))
        self._note(order)
        self._record.note_decision(order, policy, is_automatic=True)
        parts_itself = policy.partial_acceptance == "automatic" and part_refusal(order) is None
        return self._record.brief(order).model_copy(update={"parts_itself": parts_itself})

    def _may_wait(self, order: SalesOrder, policy: DecisionPolicy) -> tuple[int, ...]:
        """The lines without which the others could go on, where this customer allows that."""
        if not order.customer_number or not allows_part(self._parties.customer(order.customer_number), policy):
            return ()
        return waiting_lines(order)

    def _standing(self, order: SalesOrder, policy: DecisionPolicy) -> BudgetStanding:
        """How orders of this kind did so far, and whether this one is looked at should it go touchless."""
        number = order.customer_number
        group = self._parties.customer(number).price_list if number else ""
        risk = order.risk.score if order.risk else 0.0
        kind = order_kind(order.source.source_format, group, risk, policy.risk_threshold)
        outcomes = self._outcomes.judged(kind, policy.error_budget, self._record.clock.now(), excluding=order.order_id)
        return BudgetStanding(
            counts=order.budget is None or order.budget.counts,
            kind=kind,
            outcomes=outcomes,
            prior=self._priors(order.source.source_format),
            is_drawn=is_drawn(order.order_id, state_of(outcomes, policy.error_budget), policy.error_budget),
        )

    def _evidenced(self, order: SalesOrder, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Every finding with the place on the page that it speaks of, where the order was read from one."""
        if order.source.reading is None:
            return findings
        orders = reading_at(order.source.reading, self._blobs).extraction.orders
        return evidenced(findings, orders[order.source.order_index]) if order.source.order_index < len(orders) else findings

    def _note(self, order: SalesOrder) -> None:
        decision = order.decisions[-1]
        details = {"runner_up": decision.runner_up, "findings": told_together(finding.code for finding in order.open_findings)}
        self._record.note(order, "OrderDecided", decision.why, details, key=f"decision:{len(order.decisions)}")


def _counted(order: SalesOrder, decision: Decision) -> BudgetStanding | None:
    """The standing, which says that the order counts as long as nothing but the budget put it to a person."""
    standing = order.budget
    if standing is None or "touchless" in {one.outcome for one in order.decisions}:
        return standing
    codes = {finding.code for finding in order.open_findings}
    alone = codes == {ERROR_BUDGET} or (not codes and decision.outcome in ("touchless", "approved"))
    return standing.model_copy(update={"counts": standing.counts and alone})


def _each_once(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple({finding.key: finding for finding in findings}.values())
