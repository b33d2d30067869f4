"""An order's record as the activities share it: load, save, note facts, and the brief that workflows steer by."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import quote

from activities.ports import AuditTrail, Clock, OrderBook
from models.contracts.activity_io import OpenFinding, OrderBrief
from models.domain.approval import approval_obstacles, policy_facts
from models.domain.blankets import is_blanket
from models.domain.checks import decision_record
from models.domain.decision_record import decisions_of
from models.domain.identifiers import OrderId
from models.domain.lessons import teaches
from models.domain.messages import AuditEntry
from models.domain.partial import other_part_words, part_refusal
from models.domain.policy import DecisionPolicy
from models.domain.review_text import proposals, review_markdown
from models.domain.sales_order import SalesOrder
from models.domain.values import plain

_SHOWN_FINDINGS = 50


class OrderRecord:
    """The order book and the audit trail together: whatever changes an order says so."""

    def __init__(
        self,
        orders: OrderBook,
        audit: AuditTrail,
        clock: Clock,
        gateway: str,
        versions: Mapping[str, str] | None = None,
    ) -> None:
        self.orders = orders
        self.clock = clock
        self._audit = audit
        self._gateway = gateway
        self._versions = dict(versions or {})

    def load(self, order_id: str) -> SalesOrder:
        """The order as it is kept; `Rejected` where there is none."""
        return self.orders.load(OrderId(order_id))

    def save(self, order: SalesOrder) -> SalesOrder:
        """Keep the order over the version it was read at."""
        return self.orders.save(order)

    def note(
        self,
        order: SalesOrder,
        event: str,
        summary: str,
        details: Mapping[str, str] | None = None,
        *,
        key: str = "",
        actor: str = "orderwright",
    ) -> None:
        """Note a fact of the order's life, once per `key` (the event itself where none is given)."""
        entry = AuditEntry(
            subject_id=order.order_id,
            key=key or event,
            event=event,
            actor=actor,
            at=self.clock.now(),
            summary=summary,
            details=dict(details or {}),
        )
        self._audit.append(entry)

    def note_decision(self, order: SalesOrder, policy: DecisionPolicy, *, is_automatic: bool) -> None:
        """Keep the record of the order's last decision, beside its timeline: one for each that says something new."""
        decision = order.decisions[-1]
        record = decision_record(order, decision, policy, policy_facts(order, policy), self._versions, is_automatic=is_automatic)
        content = record.model_dump_json()
        # A step that runs again after a crash saves the order once more, under another version, at another moment.
        same = record.model_copy(update={"order_version": 0, "at": decision.at}).model_dump_json()
        entry = AuditEntry(
            subject_id=decisions_of(order.order_id),
            key=f"{len(order.decisions)}:{sha256(same.encode()).hexdigest()[:16]}",
            event="DecisionRecorded",
            actor=decision.by,
            at=self.clock.now(),
            summary=f"{decision.outcome.replace('_', ' ')}: {decision.why}"[:300],
            details={"record": content},
        )
        self._audit.append(entry)

    def brief(self, order: SalesOrder) -> OrderBrief:
        """The order in brief, for its workflow and the Temporal UI."""
        total = order.gross or order.net
        findings, question = order.open_findings, order.open_question
        return OrderBrief(
            order_id=order.order_id,
            version=order.version,
            status=order.status,
            customer_number=order.customer_number,
            po_number=order.purchase_order.po_number,
            source_format=order.source.source_format,
            total=plain(total.rounded().amount) if total else None,
            currency=order.currency,
            risk_score=order.risk.score if order.risk else 0.0,
            received_at=order.source.received_at,
            line_numbers=tuple(dict.fromkeys(line.number for line in (*order.asked.lines, *order.offered))),
            open_findings=tuple(
                OpenFinding(code=finding.code, message=finding.message[:300], line=finding.line)
                for finding in findings[:_SHOWN_FINDINGS]
            ),
            codes=tuple(sorted({finding.code for finding in findings})),
            owners=tuple(sorted({finding.owner.value for finding in findings})),
            obstacles=tuple(approval_obstacles(order)[:_SHOWN_FINDINGS]),
            details=review_markdown(order, self.links(order)),
            teaches=teaches(order),
            acknowledge_by=order.acknowledge_by,
            open_changes=len(order.open_changes),
            open_question=question.number if question else 0,
            remind_at=order.review_due,
            proposals=proposals(order),
            question_due=question.due if question else None,
            is_blanket=is_blanket(order),
            may_wait=order.may_wait,
            part_refusal=part_refusal(order) or "",
            other_part=order.part.other if order.part else "",
            is_rest=order.part is not None and order.part.is_rest,
        )

    def links(self, order: SalesOrder) -> dict[str, str]:
        """Where people see the order, its original, and the other lines of its purchase order."""
        page = self._page(order.order_id)
        links = {"Order page": page, "Source document": f"{page}/source"}
        return links if order.part is None else {**links, other_part_words(order.part): self._page(order.part.other)}

    def _page(self, order_id: OrderId) -> str:
        return f"{self._gateway}/orders/{quote(order_id, safe='')}"
