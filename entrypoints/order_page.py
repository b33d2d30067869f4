"""An order as its page shows it: what was read beside what we made of it, each value pointing at its place in the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from entrypoints.backend import Presence, Records
from entrypoints.change_view import ChangeView, change_views
from entrypoints.desk_form import Answer, Entered, answers_to, head_answers, line_answers
from entrypoints.evidence_view import DocumentView, EvidenceIndex
from entrypoints.verdict import is_touchless, verdict
from models.contracts.extraction_v1 import PurchaseOrderV1, StatedValue, stated_fields
from models.contracts.reading_v1 import ReadingV1
from models.domain.approval import approval_obstacles
from models.domain.decision_record import decisions_of, records_in
from models.domain.explanation import ExplainedCheck, explained, made_with
from models.domain.findings import Finding
from models.domain.four_eyes import first_approval, people_needed
from models.domain.lifecycle import OrderStatus
from models.domain.messages import AuditEntry, OutboundMessage
from models.domain.partial import lines_in_words, other_part_words, part_refusal
from models.domain.purchase_order import PurchaseOrder
from models.domain.questions import QuestionDraft
from models.domain.returns import ReturnOrder
from models.domain.review_queue import asks_for_fraud
from models.domain.sales_order import Correction, SalesOrder, SalesOrderLine
from models.domain.shipment import Shipment

_STEPS = (
    OrderStatus.RECEIVED,
    OrderStatus.ACCEPTED,
    OrderStatus.ALLOCATED,
    OrderStatus.RELEASED,
    OrderStatus.SHIPPED,
    OrderStatus.DELIVERED,
    OrderStatus.CLOSED,
)
#: Where an order stands on the way when its state is none of the steps.
_STANDS_AT = {OrderStatus.NEEDS_REVIEW: 1, OrderStatus.ON_HOLD: 1, OrderStatus.BACKORDERED: 2}


@dataclass(frozen=True, slots=True)
class Said:
    """A value as the document states it: the marks point at its places; without any it was inferred."""

    value: str
    marks: str = ""
    confidence: float | None = None

    @property
    def is_doubtful(self) -> bool:
        return self.confidence is not None and self.confidence < 0.8


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with the marks of its places, and whether it still stops the order."""

    finding: Finding
    marks: str
    is_open: bool
    accepted_by: str = ""
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of ours beside the line as asked, with its own findings and corrections."""

    line: SalesOrderLine
    said: dict[str, Said]
    findings: tuple[FindingView, ...]
    corrections: tuple[Correction, ...]
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class OutboundView:
    """A message of ours and whether it left."""

    message: OutboundMessage
    is_sent: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way: `done`, `here` or `ahead`."""

    name: str
    state: str


@dataclass(frozen=True, slots=True)
class OrderPage:
    """All that one order's page shows."""

    order: SalesOrder
    verdict: str
    is_touchless: bool
    steps: tuple[Step, ...]
    said: dict[str, Said]
    lines: tuple[LineView, ...]
    findings: tuple[FindingView, ...]
    document: DocumentView
    shipments: Sequence[Shipment]
    returns: Sequence[ReturnOrder]
    outbound: tuple[OutboundView, ...]
    timeline: Sequence[AuditEntry]
    workflow: str
    reasons: tuple[ExplainedCheck, ...] = ()
    made_with: str = ""
    answers: tuple[Answer, ...] = ()
    people_needed: int = 1
    first_approval: str | None = None
    draft: QuestionDraft | None = None
    obstacles: tuple[str, ...] = ()
    changes: tuple[ChangeView, ...] = ()

    @property
    def part_offer(self) -> str:
        """What letting the good lines go on would do; empty where they cannot."""
        if part_refusal(self.order) is not None:
            return ""
        waiting = lines_in_words(self.order.may_wait)
        return f"The good lines can go on now: {waiting} would wait as an order of its own."

    @property
    def other_part(self) -> str:
        """What the other part of the purchase order is to this one."""
        return other_part_words(self.order.part) if self.order.part else ""

    @property
    def open_findings(self) -> tuple[FindingView, ...]:
        """The open questions, those first that ask whether somebody is who they say they are."""
        return tuple(sorted((view for view in self.findings if view.is_open), key=lambda view: not asks_for_fraud(view.finding)))

    @property
    def other_findings(self) -> tuple[FindingView, ...]:
        return tuple(view for view in self.findings if not view.is_open)


def order_page(
    order: SalesOrder, records: Records, presence: Presence, form: Entered, draft: QuestionDraft | None = None
) -> OrderPage:
    """`form` is what its visitor has entered so far; `draft` the question that the buyer may be asked.

    Raises `Unavailable` where the store does not answer and `Rejected` where a kept document is gone or altered.
    """
    reading = load_reading(order, records)
    index = EvidenceIndex(reading.pages, _text(reading, records)) if reading else EvidenceIndex()
    said = _said(order, reading, index)
    findings = tuple(_finding_views(order, index, form))
    records_kept = [one for one in records_in(records.audit.timeline(decisions_of(order.order_id))) if one.is_automatic]
    return OrderPage(
        order=order,
        verdict=verdict(order),
        is_touchless=is_touchless(order),
        steps=_steps(order.status),
        said=said,
        lines=tuple(_line_view(order, line, said, findings, form) for line in order.lines),
        findings=findings,
        document=index.document(doubts=" ".join(view.marks for view in findings if view.is_open).split()),
        shipments=records.shipments.of_order(order.order_id),
        returns=records.returns.of_order(order.order_id),
        outbound=tuple(_outbound(order.order_id, records)),
        timeline=records.audit.timeline(order.order_id),
        workflow=presence.workflow(order.order_id),
        reasons=explained(records_kept[-1]) if records_kept else (),
        made_with=made_with(records_kept[-1]) if records_kept else "",
        answers=head_answers(order, form),
        people_needed=people_needed(order),
        first_approval=first_approval(order),
        draft=draft,
        obstacles=tuple(approval_obstacles(order)) if order.status.waits_for_person else (),
        changes=change_views(order),
    )


def load_reading(order: SalesOrder, records: Records) -> ReadingV1 | None:
    ref = order.source.reading
    return None if ref is None else ReadingV1.model_validate_json(records.blobs.get(ref))


def _text(reading: ReadingV1, records: Records) -> str:
    return "" if reading.text is None else records.blobs.get(reading.text).decode("utf-8", "replace")


def _said(order: SalesOrder, reading: ReadingV1 | None, index: EvidenceIndex) -> dict[str, Said]:
    """Everything the document states, by its path in the extraction contract: "lines[0].quantity"."""
    index_of_order = order.source.order_index
    if reading is None or index_of_order >= len(reading.extraction.orders):
        return dict(_typed(order.purchase_order))
    stated: PurchaseOrderV1 = reading.extraction.orders[index_of_order]
    return {path: _one(value, index) for path, value in stated_fields(stated)}


def _one(value: StatedValue, index: EvidenceIndex) -> Said:
    return Said(value.value, index.marks(value.evidence), value.confidence)


def _typed(purchase_order: PurchaseOrder) -> Iterator[tuple[str, Said]]:
    """The same paths for an order that came without a document."""
    renamed = {"requested_date": "requested_delivery_date", "price_basis": "price_basis_quantity"}
    for name, value in purchase_order.model_dump(mode="json", exclude={"lines"}, exclude_none=True).items():
        yield from _flat(renamed.get(name, name), value)
    for place, line in enumerate(purchase_order.lines):
        for name, value in line.model_dump(mode="json", exclude={"number"}, exclude_none=True).items():
            yield f"lines[{place}].{renamed.get(name, name)}", Said(str(value))


def _flat(name: str, value: Any) -> Iterator[tuple[str, Said]]:
    if isinstance(value, dict):
        yield from ((f"{name}.{key}", Said(str(part))) for key, part in value.items() if part is not None)
    else:
        yield name, Said(str(value))


def _finding_views(order: SalesOrder, index: EvidenceIndex, form: Entered) -> Iterator[FindingView]:
    open_keys = {finding.key for finding in order.open_findings}
    for finding in order.findings:
        by = next((each.by for each in order.decisions if finding.key in each.accepted), "")
        is_open = finding.key in open_keys
        answers = answers_to(finding, order, form) if is_open else ()
        yield FindingView(finding, index.marks(finding.evidence), is_open, by, answers)


def _line_view(
    order: SalesOrder, line: SalesOrderLine, said: dict[str, Said], findings: tuple[FindingView, ...], form: Entered
) -> LineView:
    prefix = f"lines[{line.number - 1}]."
    own = f"{line.number}."
    return LineView(
        line=line,
        said={path.removeprefix(prefix): value for path, value in said.items() if path.startswith(prefix)},
        findings=tuple(view for view in findings if view.finding.line == line.number),
        corrections=tuple(each for each in order.corrections if each.field.startswith(own)),
        answers=line_answers(line.number, order, form),
    )


def _steps(status: OrderStatus) -> tuple[Step, ...]:
    if status in (OrderStatus.REJECTED, OrderStatus.CANCELLED):
        return ()
    here = _STANDS_AT.get(status, _STEPS.index(status) if status in _STEPS else 0)
    state = ["done"] * here + ["here"] + ["ahead"] * (len(_STEPS) - here - 1)
    if status is OrderStatus.CLOSED:
        state[-1] = "done"
    names = [step.value for step in _STEPS]
    names[here] = status.value
    return tuple(Step(name, where) for name, where in zip(names, state, strict=True))


def _outbound(subject_id: str, records: Records) -> Iterator[OutboundView]:
    for message in records.outbox.of_subject(subject_id):
        yield OutboundView(message, records.outbox.is_sent(message.key))
