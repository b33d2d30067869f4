"""Remind the desk of an order that still waits for a person, by its working hours, and escalate what goes on waiting."""

from __future__ import annotations

from datetime import datetime

from temporalio import activity

from activities.failures import told_to_temporal
from activities.heartbeats import heartbeating
from activities.order_records import OrderRecord
from activities.outgoing import Outgoing
from activities.ports import Parties
from models.contracts.activity_io import RemindReviewers, ReviewersReminded
from models.domain.messages import OutboundMessage
from models.domain.review_text import order_summary
from models.domain.sales_order import SalesOrder
from models.domain.working_hours import Reminded


class ReviewReminding:
    """Mails whoever answers for the order's questions, or their deputy, once per reminder; later also whoever is above them."""

    def __init__(self, record: OrderRecord, parties: Parties, outgoing: Outgoing) -> None:
        self._record = record
        self._parties = parties
        self._outgoing = outgoing

    @activity.defn
    @told_to_temporal()
    def remind_reviewers(self, request: RemindReviewers) -> ReviewersReminded | None:
        """Say which order waits, for how long, why, and where to decide it. While the buyer is asked, nobody here is reminded."""
        order = self._record.load(request.order_id)
        desk = self._parties.company().desk
        now = request.at or self._record.clock.now()
        if order.open_question is None:
            owners = tuple(dict.fromkeys(finding.owner for finding in order.open_findings))
            self._send(order, request, desk.reminded(owners, now), now)
            if desk.escalate_to and request.reminder >= desk.escalate_from_reminder:
                self._send(order, request, desk.escalated(now), now, is_escalation=True)
        next_at = desk.after(now, desk.remind_after_hours)
        rule = desk.unanswered
        if rule is None or request.reminder != rule.after_reminders or order.open_question is not None:
            return ReviewersReminded(next_at=next_at)
        return ReviewersReminded(next_at=next_at, then=rule.then, reason=rule.reason)

    def _send(
        self, order: SalesOrder, request: RemindReviewers, whom: Reminded, now: datetime, *, is_escalation: bool = False
    ) -> None:
        key = f"{'escalation' if is_escalation else 'reminder'}:{order.order_id}:{request.reminder}"
        with heartbeating():
            self._outgoing.send(self._message(order, key, whom, now, is_escalation=is_escalation))
        what = "Escalation" if is_escalation else "Reminder"
        event = "ReviewEscalated" if is_escalation else "ReviewReminded"
        self._record.note(order, event, f"{what} {request.reminder} went to {whom.words('the desk')}.", key=key)

    def _message(self, order: SalesOrder, key: str, whom: Reminded, now: datetime, *, is_escalation: bool) -> OutboundMessage:
        waited = now - order.source.received_at
        reasons = "\n".join(f"- {finding.message}" for finding in order.open_findings[:20])
        text = f"This order waits for a decision:\n{reasons}\n\n{self._record.links(order)['Order page']}\n"
        if whom.instead_of:
            text += f"\nYou get this because {' and '.join(whom.instead_of)} cannot answer now.\n"
        heading = "Still waiting" if is_escalation else "Waiting"
        return OutboundMessage(
            key=key,
            kind="answer",
            subject_id=order.order_id,
            channel="email",
            recipient=whom.mail or self._parties.company().email,
            subject=f"{heading} for {waited.days * 24 + waited.seconds // 3600} hours: {order_summary(order)}",
            text=text,
        )
