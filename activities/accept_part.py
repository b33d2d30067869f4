"""Accept a part of an order: its good lines go on, the doubtful ones wait as an order of their own."""

from __future__ import annotations

from temporalio import activity

from activities.failures import told_to_temporal
from activities.order_records import OrderRecord
from activities.ports import Parties
from models.contracts.activity_io import AcceptPart, OrderBrief
from models.domain.errors import Rejected
from models.domain.partial import lines_in_words, part_refusal, parted
from models.domain.sales_order import Decision, OrderPart, SalesOrder

#: In how many letters a reason is kept.
_LONGEST = 500


class PartAccepting:
    """Parts an order, once: both parts are written together, and a step that runs again finds them."""

    def __init__(self, record: OrderRecord, parties: Parties) -> None:
        self._record = record
        self._parties = parties

    @activity.defn
    @told_to_temporal()
    def accept_part(self, request: AcceptPart) -> OrderBrief:
        """The order with its good lines, to be checked anew; `Rejected` with a sentence where no part of it can go on."""
        order = self._record.load(request.order_id)
        if order.part is None or order.part.is_rest:
            order = self._parted(order, request)
        assert order.part is not None, "parted"
        rest = self._record.load(order.part.other)
        assert rest.part is not None, "the other part of a part"
        by = order.decisions[-1].by
        self._note(order, "PartAccepted", by, f"{_capital(order.part)} may go on; {lines_in_words(rest.part.lines)} wait.")
        self._note(rest, "RestOpened", by, f"{_capital(rest.part)} wait here; the others go on as {order.order_id}.")
        for part in (order, rest):
            self._record.note_decision(part, self._parties.company().policy, is_automatic=False)
        return self._record.brief(order)

    def _parted(self, order: SalesOrder, request: AcceptPart) -> SalesOrder:
        refusal = part_refusal(order)
        if refusal is not None:
            raise Rejected(refusal, code="decision_refused")
        said = request.decision.reason or request.decision.note
        going = tuple(line.number for line in order.asked.lines if line.number not in order.may_wait)
        words = f"{lines_in_words(order.may_wait)} can be answered alone; {lines_in_words(going)} need not wait for that"
        why = f"{words[0].upper()}{words[1:]}." + (f" {_text(said)}" if said else "")
        decision = Decision(outcome="part_accepted", by=_text(request.decision.by) or "Temporal UI", at=request.at, why=why)
        return self._record.orders.part(*parted(order, decision))

    def _note(self, order: SalesOrder, event: str, by: str, summary: str) -> None:
        other = order.part.other if order.part else ""
        self._record.note(order, event, summary, {"other_part": other}, actor=by)


def _capital(part: OrderPart) -> str:
    words = lines_in_words(part.lines)
    return words[0].upper() + words[1:]


def _text(raw: object) -> str:
    return "" if raw is None else str(raw).strip()[:_LONGEST]
