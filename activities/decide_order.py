"""Decide: an order goes touchless only if every check passed; else a person gets every open finding at once."""

from __future__ import annotations

from temporalio import activity

from activities.failures import told_to_temporal
from activities.order_records import OrderRecord
from activities.ports import BlobStore, Parties
from activities.submissions import reading_at
from models.contracts.activity_io import OrderBrief, OrderStep
from models.contracts.purchase_order_v1 import evidenced
from models.domain.approval import all_findings, decide
from models.domain.findings import Finding
from models.domain.lifecycle import OrderStatus
from models.domain.partner_terms import refusal_by_terms
from models.domain.sales_order import SalesOrder
from models.domain.settling import settled
from models.domain.values import Percentage

_STATUSES = {"needs_review": OrderStatus.NEEDS_REVIEW, "rejected": OrderStatus.REJECTED}


class OrderDeciding:
    """Draws the decision from the findings."""

    def __init__(self, record: OrderRecord, parties: Parties, blobs: BlobStore) -> None:
        self._record = record
        self._parties = parties
        self._blobs = blobs

    @activity.defn
    @told_to_temporal()
    def decide_order(self, step: OrderStep) -> OrderBrief:
        """Write the decision with its reasons and its runner-up into the record."""
        order = self._record.load(step.order_id)
        company = self._parties.company()
        policy = company.policy
        order = order.model_copy(update={"findings": settled(order)})
        findings = _each_once(all_findings(order, policy))
        order = order.model_copy(update={"findings": self._evidenced(order, findings)})
        tolerance = Percentage(points=policy.price_tolerance_percent)
        now = self._record.clock.now()
        decision = refusal_by_terms(order, now) or decide(order, now, tolerance=tolerance, policy=policy)
        status = _STATUSES.get(decision.outcome, OrderStatus.ACCEPTED)
        last = order.decisions[-1] if order.decisions else None
        if last is None or (last.outcome, last.why) != (decision.outcome, decision.why):
            due = company.desk.after(now, company.desk.remind_after_hours)
            order = order.model_copy(update={"decisions": (*order.decisions, decision), "review_due": due})
        order = self._record.save(order.model_copy(update={"status": status}))
        self._note(order)
        self._record.note_decision(order, policy, is_automatic=True)
        return self._record.brief(order)

    def _evidenced(self, order: SalesOrder, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Every finding with the place on the page that it speaks of, where the order was read from one."""
        if order.source.reading is None:
            return findings
        orders = reading_at(order.source.reading, self._blobs).extraction.orders
        return evidenced(findings, orders[order.source.order_index]) if order.source.order_index < len(orders) else findings

    def _note(self, order: SalesOrder) -> None:
        decision = order.decisions[-1]
        details = {"runner_up": decision.runner_up, "findings": ", ".join(finding.code for finding in order.open_findings)}
        self._record.note(order, "OrderDecided", decision.why, details, key=f"decision:{len(order.decisions)}")


def _each_once(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple({finding.key: finding for finding in findings}.values())
