"""Remind the desk of an order that still waits for a person."""

from __future__ import annotations

from temporalio import activity

from activities.failures import told_to_temporal
from activities.heartbeats import heartbeating
from activities.order_records import OrderRecord
from activities.outgoing import Outgoing
from activities.ports import Parties
from models.contracts.activity_io import RemindReviewers
from models.domain.messages import OutboundMessage
from models.domain.review_text import order_summary


class ReviewReminding:
    """Mails the company's own order desk, once per reminder."""

    def __init__(self, record: OrderRecord, parties: Parties, outgoing: Outgoing) -> None:
        self._record = record
        self._parties = parties
        self._outgoing = outgoing

    @activity.defn
    @told_to_temporal()
    def remind_reviewers(self, request: RemindReviewers) -> None:
        """Say which order waits, for how long, why, and where to decide it."""
        order = self._record.load(request.order_id)
        waited = self._record.clock.now() - order.source.received_at
        reasons = "\n".join(f"- {finding.message}" for finding in order.open_findings[:20])
        key = f"reminder:{order.order_id}:{request.reminder}"
        message = OutboundMessage(
            key=key,
            kind="answer",
            subject_id=order.order_id,
            channel="email",
            recipient=self._parties.company().email,
            subject=f"Waiting for {waited.days * 24 + waited.seconds // 3600} hours: {order_summary(order)}",
            text=f"This order waits for a decision:\n{reasons}\n\n{self._record.links(order)['Order page']}\n",
        )
        with heartbeating():
            self._outgoing.send(message)
        self._record.note(order, "ReviewReminded", f"Reminder {request.reminder} went to the desk.", key=key)
