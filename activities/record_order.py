"""Keep an order's record: begin it, hold other submissions against it, write decisions and progress into it."""

from __future__ import annotations

from typing import Literal

from temporalio import activity

from activities.change_in_warehouse import WarehouseChanges
from activities.failures import told_to_temporal
from activities.order_records import OrderRecord
from activities.partners import acknowledge_by
from activities.party_ports import CustomerDirectory
from activities.ports import BlobStore, Catalogue, Parties, Shipments, StockLedger
from activities.submissions import leaves_unread, purchase_order_of, source_of
from models.contracts.activity_io import CompareSubmission, MoveOrder, OpenOrder, OrderBrief, OrderStep, RecordDecision
from models.contracts.order_submission_v1 import OrderSubmissionV1, SubmissionReceiptV1
from models.domain.added_lines import with_offered
from models.domain.change_answers import is_followed
from models.domain.corrections import check_corrections
from models.domain.display_words import channel_words, source_words
from models.domain.duplicates import change_asked, same_order, wished_corrections
from models.domain.errors import Rejected
from models.domain.findings import Finding, Severity
from models.domain.four_eyes import approval_refusal, is_second_approval
from models.domain.identifiers import CustomerNumber, OrderId
from models.domain.lifecycle import OrderStatus, may_move
from models.domain.matching import match_customer
from models.domain.partial import also_concerned, concerning
from models.domain.party import StatedParty
from models.domain.progress import progress_of
from models.domain.purchase_order import PurchaseOrder
from models.domain.reorders import also_again, lines_again
from models.domain.sales_order import Correction, Decision, SalesOrder

_CHANGE_CODES = {"order_change": "change_requested", "order_cancellation": "cancellation_requested"}


class OrderRecording:
    """Writes the order's record."""

    def __init__(
        self,
        record: OrderRecord,
        blobs: BlobStore,
        parties: Parties,
        catalogue: Catalogue,
        stock: StockLedger,
        shipments: Shipments,
        directory: CustomerDirectory,
    ) -> None:
        self._directory = directory
        self._record = record
        self._blobs = blobs
        self._parties = parties
        self._catalogue = catalogue
        self._stock = stock
        self._shipments = shipments
        self._warehouse = WarehouseChanges(record, shipments, catalogue, parties)

    @activity.defn
    @told_to_temporal()
    def open_order(self, request: OpenOrder) -> OrderBrief:
        """Begin the order's record; `Rejected` where the workflow's id is not the one that buyer and PO number make."""
        order_id = OrderId(request.order_id)
        parted = self._record.orders.find(order_id)
        if parted is not None and parted.part is not None:
            # The rest of an order was opened when that order was parted.
            return self._record.brief(parted)
        asked, findings = purchase_order_of(request.submission, self._blobs)
        if request.submission.reading is None:
            self._refuse_other_id(order_id, asked)
        order = SalesOrder(
            order_id=order_id,
            source=source_of(request.submission, self._blobs, request.started_at),
            purchase_order=asked,
            reading_findings=findings,
            currency=asked.currency,
            requested_date=asked.requested_date,
            learned_in_reading=request.submission.learned,
        )
        order = order.model_copy(update={"acknowledge_by": acknowledge_by(order.source, self._blobs, self._parties)})
        kept = self._record.orders.open(order)
        via = f"{source_words(kept.source.source_format or 'order')} by {channel_words(kept.source.channel)}"
        self._record.note(kept, "OrderReceived", f"Received as {via}: {kept.source.document_name or 'inline'}.")
        return self._record.brief(kept)

    def _refuse_other_id(self, order_id: OrderId, asked: PurchaseOrder) -> None:
        match, _ = match_customer(asked.buyer, "", self._directory.shortlist(asked.buyer, ""))
        if match is None or not asked.po_number:
            missing = "a buyer that we know (customer_number, gln or vat_id)" if match is None else "a po_number"
            raise Rejected(f"an order that is started directly must state {missing}", code="incomplete_submission")
        right = OrderId.of(match.value, asked.own_number or asked.po_number)
        if right != order_id:
            raise Rejected(
                f"start this order under the workflow id {right}, so that it can be sent twice safely", code="wrong_id"
            )

    @activity.defn
    @told_to_temporal()
    def compare_submission(self, request: CompareSubmission) -> SubmissionReceiptV1:
        """Hold another submission against the order. What says something else becomes a finding, or a note once accepted."""
        order = self._record.load(request.order_id)
        asked, doubts = purchase_order_of(request.submission, self._blobs)
        is_same, differences = same_order(order.purchase_order, asked)
        elsewhere = also_concerned(order, asked) if request.is_change else ""
        if request.is_change:
            asked = concerning(order, asked) or asked
            differences = change_asked(order.asked, asked)
            is_doubted = leaves_unread(doubts)
            is_same = asked.kind == "order_change" and not differences and not is_doubted
            order = self._record.save(self._with_change(order, request.submission, asked, is_doubted=is_doubted))
        if is_same:
            # A change that changes nothing is the order again.
            self._note_again(order, request.submission, "SubmittedAgain", "The same order came again; it stays one order.")
            return self._receipt(order, "duplicate", ()).model_copy(update={"elsewhere": elsewhere})
        finding = _difference(order, asked, tuple(differences))
        if order.status.waits_for_person or order.status is OrderStatus.RECEIVED:
            others = [known for known in order.reading_findings if known.key != finding.key]
            order = self._record.save(order.model_copy(update={"reading_findings": (*others, finding)}))
        self._note_again(order, request.submission, "ChangeRequested", finding.message)
        taken = self._warehouse.taken(order, asked) if request.is_change and not doubts else None
        is_taken = taken is not None or any(is_followed(order, each) for each in order.changes if each.purchase_order == asked)
        receipt = self._receipt(order, "change_requested" if request.is_change else "differs", tuple(differences))
        return receipt.model_copy(update={"is_taken": is_taken, "elsewhere": elsewhere})

    def _with_change(
        self, order: SalesOrder, submission: OrderSubmissionV1, asked: PurchaseOrder, *, is_doubted: bool
    ) -> SalesOrder:
        """The order with the change, and with the lines that it adds while a person may still take them in: not into a part."""
        source = source_of(submission, self._blobs, self._record.clock.now())
        changed = order.with_change(source, asked, is_doubted=is_doubted)
        is_open = order.status.waits_for_person or order.status is OrderStatus.RECEIVED
        return with_offered(changed, asked) if is_open and order.part is None else changed

    def _note_again(self, order: SalesOrder, submission: OrderSubmissionV1, event: str, summary: str) -> None:
        key = f"{event}:{submission.message_id}:{submission.order_index}"
        self._record.note(order, event, summary, {"channel": submission.channel}, key=key, actor="buyer")

    def _receipt(
        self,
        order: SalesOrder,
        disposition: Literal["duplicate", "differs", "change_requested"],
        differences: tuple[str, ...],
    ) -> SubmissionReceiptV1:
        return SubmissionReceiptV1(
            order_id=order.order_id, disposition=disposition, status=order.status.value, differences=differences
        )

    @activity.defn
    @told_to_temporal()
    def record_decision(self, request: RecordDecision) -> OrderBrief:
        """Write a reviewer's word into the order; `Rejected` with a sentence for people where it cannot be."""
        order = self._record.load(request.order_id)
        by = _text(request.decision.by) or "Temporal UI"
        why = _text(request.decision.reason) or _text(request.decision.note)
        updates = {
            "approve": self._approval,
            "reject": self._rejection,
            "hold": self._holding,
            "correct": self._correction,
        }[request.action](order, request, by, why)
        decided = self._record.save(order.model_copy(update=updates))
        decision = decided.decisions[-1]
        self._record.note(
            decided,
            "Order" + decision.outcome.title().replace("_", ""),
            f"{by}: {decision.outcome.replace('_', ' ')}{f' – {decision.why}' if decision.why else ''}",
            dict(request.decision.extras),
            key=f"decision:{len(decided.decisions)}",
            actor=by,
        )
        self._record.note_decision(decided, self._parties.company().policy, is_automatic=False)
        return self._record.brief(decided)

    def _approval(self, order: SalesOrder, request: RecordDecision, by: str, why: str) -> dict[str, object]:
        refusal = approval_refusal(order, by)
        if refusal is not None:
            raise Rejected(refusal, code="decision_refused")
        if not is_second_approval(order):
            first = Decision(outcome="first_approval", by=by, at=request.at, why=why)
            return {"decisions": (*order.decisions, first), "status": OrderStatus.NEEDS_REVIEW}
        accepted = tuple(finding.key for finding in order.open_findings)
        decision = Decision(outcome="approved", by=by, at=request.at, why=why, accepted=accepted)
        return {"decisions": (*order.decisions, decision), "status": OrderStatus.ACCEPTED}

    def _rejection(self, order: SalesOrder, request: RecordDecision, by: str, why: str) -> dict[str, object]:
        decision = Decision(outcome="rejected", by=by, at=request.at, why=why)
        return {"decisions": (*order.decisions, decision), "status": OrderStatus.REJECTED}

    def _holding(self, order: SalesOrder, request: RecordDecision, by: str, why: str) -> dict[str, object]:
        decision = Decision(outcome="held", by=by, at=request.at, why=why)
        return {"decisions": (*order.decisions, decision), "status": OrderStatus.ON_HOLD}

    def _correction(self, order: SalesOrder, request: RecordDecision, by: str, why: str) -> dict[str, object]:
        fields = {name: _text(value) for name, value in request.decision.extras.items()}
        wrong = [*check_corrections(fields, order), *self._unknown(fields, order)]
        if wrong:
            raise Rejected(" ".join(wrong), code="decision_refused")
        corrections = tuple(Correction(field=name, value=value, by=by, at=request.at, why=why) for name, value in fields.items())
        words = ", ".join(f"{name} is {value}" for name, value in fields.items())
        decision = Decision(outcome="corrected", by=by, at=request.at, why=why or words)
        updates: dict[str, object] = {
            "corrections": (*order.corrections, *corrections),
            "decisions": (*order.decisions, decision),
        }
        if (repeated := self._repeated(order, fields.get("repeat", ""))) is not None:
            own = (*order.purchase_order.lines, *order.offered)
            updates["repeated"] = lines_again(repeated, after=max((line.number for line in own), default=0))
        return updates

    def _repeated(self, order: SalesOrder, named: str) -> SalesOrder | None:
        """The customer's earlier order that is named by its id or PO number."""
        if not named or order.customer_number is None:
            return None
        known = self._record.orders.of_customer(order.customer_number)
        return next((each for each in known if each.lines and named in (each.order_id, each.purchase_order.po_number)), None)

    def _unknown(self, fields: dict[str, str], order: SalesOrder) -> list[str]:
        """Sentences for SKUs and customers that our books do not have."""
        wrong = []
        for name, value in fields.items():
            if name.endswith(".sku") and value and not self._catalogue.by_normalised_sku([value]):
                wrong.append(f"{name}: we have no item {value}.")
            if name == "customer" and not self._knows(value):
                wrong.append(f"{name}: we have no customer {value}.")
        if "repeat" in fields:
            wrong += self._unrepeatable(fields["repeat"], order)
        if "ship_to" in fields and ";" not in fields["ship_to"] and order.customer_number:
            wrong += self._unknown_place(order.customer_number, fields["ship_to"])
        return wrong

    def _knows(self, customer: str) -> bool:
        return any(known.number == customer for known in self._directory.shortlist(StatedParty(), "", [customer]))

    def _unrepeatable(self, named: str, order: SalesOrder) -> list[str]:
        if order.purchase_order.lines and also_again(order.purchase_order.notes or "") is None:
            return ["repeat: this order names its goods itself; correct its lines."]
        if order.customer_number is None:
            return ["repeat: name the customer first, whose earlier orders are looked at."]
        if self._repeated(order, named) is None:
            return [f"repeat: customer {order.customer_number} has no earlier order {named}."]
        return []

    def _unknown_place(self, customer: CustomerNumber, code: str) -> list[str]:
        codes = [place.code for place in self._parties.ship_tos(customer)]
        if code in (*codes, customer):
            return []
        return [f"ship_to: customer {customer} has no place {code}. Known: {', '.join(codes) or 'none'}."]

    @activity.defn
    @told_to_temporal()
    def move_order(self, request: MoveOrder) -> OrderBrief:
        """Bring the order to a status, and note why."""
        return self._moved(self._record.load(request.order_id), request.status, request.why, request.by)

    def _moved(self, order: SalesOrder, status: OrderStatus, why: str, by: str) -> OrderBrief:
        if order.status != status:
            if not may_move(order.status, status):
                raise Rejected(f"{order.order_id} cannot go from {order.status} to {status}", code="wrong_status")
            order = self._record.save(order.model_copy(update={"status": status}))
        self._record.note(order, f"Order{status}", why, actor=by)
        return self._record.brief(order)

    @activity.defn
    @told_to_temporal()
    def end_cancelled_order(self, step: OrderStep) -> OrderBrief:
        """Write down how a cancelled order ended: closed where goods had left, else cancelled."""
        order = self._record.load(step.order_id)
        has_left = any(shipment.dispatched_at for shipment in self._shipments.of_order(order.order_id))
        ended = (
            (OrderStatus.CLOSED, "Cancelled after goods had left: what left was delivered, nothing else will go.")
            if has_left
            else (OrderStatus.CANCELLED, "The order's workflow was cancelled before anything left.")
        )
        return self._moved(order, *ended, by="operator")

    @activity.defn
    @told_to_temporal()
    def refuse_order(self, request: MoveOrder) -> OrderBrief:
        """Put an accepted order back to the reviewers, with what the ERP or the warehouse said against it."""
        order = self._record.load(request.order_id)
        finding = Finding(code="refused_downstream", severity=Severity.ERROR, message=request.why, read=request.why[:100])
        known = {known.key for known in order.reading_findings}
        extra = () if finding.key in known else (finding,)
        updates = {
            "status": request.status,
            "findings": (*order.findings, *extra),
            "reading_findings": (*order.reading_findings, *extra),
        }
        order = self._record.save(order.model_copy(update=updates))
        self._record.note(order, "OrderPutBack", request.why, key=f"OrderPutBack:{order.version}")
        return self._record.brief(order)

    @activity.defn
    @told_to_temporal()
    def note_progress(self, step: OrderStep) -> OrderBrief:
        """Bring the order's status up to date with its shipments and what it still waits for."""
        order = self._record.load(step.order_id)
        shipments = self._shipments.of_order(order.order_id)
        is_coming = any(hold.inbound_reference for hold in self._stock.holds(order.order_id))
        is_short = bool(order.stock_plan and order.stock_plan.shortfalls)
        status = progress_of(order.status, shipments, is_waiting=is_coming or is_short)
        if status != order.status and may_move(order.status, status):
            order = self._record.save(order.model_copy(update={"status": status}))
            self._record.note(order, f"Order{status}", f"The order is {status.lower()}.", key=f"Order{status}:{order.version}")
        return self._record.brief(order)


def _difference(order: SalesOrder, asked: PurchaseOrder, differences: tuple[str, ...]) -> Finding:
    code = _CHANGE_CODES.get(asked.kind, "conflicting_resubmission")
    said = "; ".join(differences)[:400] or "see the document"
    message = f"The buyer sent this order again and says something else: {said}."
    proposal = None
    if asked.kind == "order_change":
        message = f"The buyer changes this order: {said}."
        proposal = wished_corrections(order.asked, asked, order.offered)
    elif asked.kind == "order_cancellation" and not asked.lines:
        message = "The buyer asks to cancel this order."
    read = "; ".join(differences)[:200] or None
    return Finding(code=code, severity=Severity.ERROR, message=message, read=read, proposal=proposal)


def _text(raw: object) -> str:
    return raw.strip()[:500] if isinstance(raw, str) else "" if raw is None else str(raw)[:500]
