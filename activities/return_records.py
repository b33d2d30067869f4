"""A return's record as its activities share it: load, save, note facts, and the brief that its workflow steers by."""

from __future__ import annotations

from collections.abc import Mapping

from activities.ports import AuditTrail, Clock, OrderBook, Returns
from models.contracts.return_io import ReturnBrief
from models.domain.messages import AuditEntry
from models.domain.returns import ReturnOrder
from models.domain.review_text import escaped


class ReturnRecord:
    """The returns and the timeline of their orders together."""

    def __init__(self, returns: Returns, orders: OrderBook, audit: AuditTrail, clock: Clock) -> None:
        self.returns = returns
        self.orders = orders
        self.clock = clock
        self._audit = audit

    def note(
        self, kept: ReturnOrder, event: str, summary: str, details: Mapping[str, str] | None = None, actor: str = "orderwright"
    ) -> None:
        """Note a fact of the return in the timeline of its order, once."""
        self._audit.append(
            AuditEntry(
                subject_id=kept.order_id,
                key=f"{kept.rma}:{event}",
                event=event,
                actor=actor,
                at=self.clock.now(),
                summary=summary,
                details={"rma": kept.rma, **(details or {})},
            )
        )

    def brief(self, kept: ReturnOrder) -> ReturnBrief:
        """The return in brief, for its workflow and the Temporal UI."""
        goods = (f"- line {line.line}: {line.quantity} × {escaped(line.sku)} {escaped(line.reason)}" for line in kept.lines)
        head = f"**{kept.rma}** of {escaped(kept.order_id)}: {kept.state}, worth {kept.value}"
        return ReturnBrief(
            rma=kept.rma,
            order_id=kept.order_id,
            state=kept.state,
            value=str(kept.credit or kept.value),
            reason=kept.policy_reason,
            needs_person=kept.state == "needs_review",
            customer_number=kept.customer_number,
            details="\n\n".join((head, escaped(kept.policy_reason), "\n".join(goods))),
        )
