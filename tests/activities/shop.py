"""One order's activities, called one after another without a workflow, and everything that they leave in the world."""

from __future__ import annotations

import itertools
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from temporalio.testing import ActivityEnvironment

import worker
from activities.gateways.blob_store import FileBlobStore
from models.contracts.activity_io import (
    AcceptPart,
    AcknowledgeOrder,
    CompareSubmission,
    MoveOrder,
    OpenOrder,
    OrderStep,
    ShipmentStep,
)
from models.contracts.conversation_io import NoteQuestion, QuestionStep, RecordQuestion, TakeReply
from models.contracts.decision_v1 import DecisionV1
from models.contracts.extraction_v1 import DocumentV1, ExtractionV1, Intent, OrderLineV1, PurchaseOrderV1
from models.contracts.order_submission_v1 import OrderSubmissionV1
from models.contracts.reading_v1 import MailV1, ReadingV1
from models.contracts.return_io import InspectReturn, OpenReturn, ReturnStep
from models.contracts.return_request_v1 import ReturnRequestV1
from models.domain.decision_record import decisions_of
from models.domain.identifiers import OrderId, Sku
from models.domain.lifecycle import OrderStatus
from models.domain.messages import InboundMessage
from models.domain.questions import question_key
from models.store.audit_trail import SqlAuditTrail
from models.store.fulfilments import SqlReturns, SqlShipments
from models.store.inbox import SqlInbox
from models.store.journals import SqlOutbox
from models.store.order_book import SqlOrderBook
from models.store.session import engine_for
from models.store.stock_ledger import SqlStockLedger
from settings import Settings
from tests.workflows.bench import Mailbox, id_of
from tests.workflows.stated import CABLE_TIE, SENDER

RMA_KEY = "return:test:1"
REPLY = "a" * 64
#: The writing steps of an order and of its return, in the order in which workflows take them.
STEPS = (
    "open_order",
    *("match_parties", "match_items", "check_terms", "determine_tax", "check_credit", "screen_order", "decide_order"),
    *("promise_stock", "post_to_erp", "acknowledge_order", "allocate_stock"),
    *("plan_picking", "pack_shipment", "book_shipment", "dispatch_goods", "send_ship_notice"),
    *("open_return", "authorise_return", "receive_return", "issue_credit"),
)
#: What follows the checks of an order that only its buyer can explain.
ASKING = ("record_question", "send_question", "note_question", "record_reply")
ASKED_AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


class Killed(BaseException):
    """What kill -9 looks like from within: nothing catches it."""


@dataclass
class Shop:
    """A company's activities with real gateways: files, a mail server, a database."""

    settings: Settings
    mailbox: Mailbox
    submission: OrderSubmissionV1
    results: dict[str, Any] = field(default_factory=dict)
    changed_lines: tuple[OrderLineV1, ...] = ()

    def __post_init__(self) -> None:
        # The workflows' client and the reader are of steps that are not taken here.
        activities = worker.activities_of(self.settings, None, None)  # type: ignore[arg-type]
        self._activities: dict[str, Callable[..., Any]] = {step.__name__: step for step in activities.light}
        self._engine = engine_for(self.settings.database)
        self.order_id = OrderId(id_of(self.submission))

    def take(self, step: str) -> Any:
        """Run the activity as Temporal would."""
        self.results[step] = ActivityEnvironment().run(self._activities[step], self._request(step))
        return self.results[step]

    def take_all_before(self, step: str) -> None:
        for earlier in STEPS[: STEPS.index(step)]:
            self.take(earlier)

    def have_reply(self, text: str) -> None:
        """A mail of the buyer that answers the first question has been read."""
        extraction = ExtractionV1(
            document=DocumentV1(name="re.eml", sha256="0" * 64, media_type="message/rfc822"), intent=Intent.OTHER
        )
        reading = ReadingV1(extraction=extraction, mail=MailV1(sender=SENDER, newest=text))
        blobs = FileBlobStore(self.settings.var / "blobs")
        self._reading = blobs.put(reading.model_dump_json().encode(), "application/json")
        content = blobs.put(text.encode(), "message/rfc822")
        came = {"message_id": REPLY, "channel": "smtp", "name": "re.eml", "sender": SENDER, "received_at": ASKED_AT}
        SqlInbox(self._engine).receive(InboundMessage.model_validate(came | {"content": content}))

    def _request(self, step: str) -> Any:
        match step:
            case "open_order":
                return OpenOrder(order_id=self.order_id, submission=self.submission, started_at=datetime.now(UTC))
            case "acknowledge_order":
                return AcknowledgeOrder(order_id=self.order_id)
            case "plan_picking" | "pack_shipment" | "book_shipment" | "dispatch_goods" | "send_ship_notice":
                planned = self.results["allocate_stock"].shipments[0]
                return ShipmentStep(order_id=self.order_id, shipment_id=planned.shipment_id, warehouse=planned.warehouse)
            case "open_return":
                request = ReturnRequestV1(order_id=self.order_id, sender=SENDER)
                return OpenReturn(request=request, rma_key=RMA_KEY, requested_at=datetime.now(UTC))
            case "authorise_return" | "issue_credit":
                return ReturnStep(rma=self.results["open_return"].rma)
            case "receive_return":
                return InspectReturn(rma=self.results["open_return"].rma)
            case "accept_part":
                return AcceptPart(order_id=self.order_id, decision=DecisionV1(by="jo", note="urgent"), at=ASKED_AT)
            case "move_order":
                return MoveOrder(order_id=self.order_id, status=OrderStatus.ALLOCATED, why="all of it is held")
            case "compare_submission":
                asked = self.submission.purchase_order or PurchaseOrderV1()
                change = asked.model_copy(update={"kind": "order_change", "lines": self.changed_lines})
                submission = self.submission.model_copy(update={"purchase_order": change, "message_id": REPLY})
                return CompareSubmission(order_id=self.order_id, submission=submission, is_change=True)
            case _:
                return self._asking_request(step) if step in ASKING else OrderStep(order_id=self.order_id)

    def _asking_request(self, step: str) -> Any:
        match step:
            case "record_question":
                return RecordQuestion(order_id=self.order_id, reference="update-1", by="jo", at=ASKED_AT)
            case "send_question":
                return QuestionStep(order_id=self.order_id, number=1)
            case "note_question":
                return NoteQuestion(order_id=self.order_id, number=1, at=ASKED_AT)
            case _:
                key = question_key(self.order_id, 1)
                return TakeReply(order_id=self.order_id, message_id=REPLY, reading=self._reading, question=key)

    def take_killed(self, step: str, *, before_commit: int) -> bool:
        """Run the activity in a process that dies as it commits for the nth time; whether it came so far."""
        commits = itertools.count(1)

        def die(_connection: Connection) -> None:
            if next(commits) == before_commit:
                raise Killed

        event.listen(Engine, "commit", die)
        try:
            self.take(step)
        except Killed:
            return True
        finally:
            event.remove(Engine, "commit", die)
        return False

    def receive(self, delivery: str, sku: str, warehouse: str, quantity: str) -> None:
        """An expected delivery comes and is put away."""
        SqlStockLedger(self._engine).receive_inbound(delivery, Sku(sku), warehouse, Decimal(quantity), "A-01-01-1")

    def put_back(self, sku: str, warehouse: str, quantity: str) -> None:
        """Goods come that nobody had promised to anyone."""
        SqlStockLedger(self._engine).put_back("returned", Sku(sku), warehouse, Decimal(quantity))

    def forget(self, kept: Path) -> None:
        """Put the database back to what was kept: what happened in the world since is not known to it."""
        _copy(kept, self._database)

    def keep(self, to: Path) -> Path:
        """Keep a copy of the database."""
        _copy(self._database, to)
        return to

    @property
    def _database(self) -> Path:
        return self.settings.var / "orderwright.db"

    def effects(self) -> dict[str, Any]:
        """What stands in the world and in the books, without times and versions."""
        returns = SqlReturns(self._engine).of_order(self.order_id)
        return {
            "ERP": sorted(path.name for path in (self.settings.var / "erp").glob("*.json")),
            "carrier": sorted(path.name for path in (self.settings.var / "carrier").rglob("*.json")),
            "mails": sorted({str(mail["Message-ID"]) for mail in self.mailbox.mails}),
            "outbox": sorted(message.key for message in self._posted([self.order_id, *(kept.rma for kept in returns)])),
            "holds": sorted((hold.line, hold.bin, hold.quantity) for hold in SqlStockLedger(self._engine).holds(self.order_id)),
            "short": self._short(),
            "timeline": self._timeline([self.order_id, self.order_id.rest, *(kept.rma for kept in returns)]),
            "decisions": self._timeline([decisions_of(self.order_id), decisions_of(self.order_id.rest)]),
            "parts": self._parts(),
            "questions": self._questions(),
            "on the shelf": self._on_shelf(),
            "shipments": [_shipment(one) for one in SqlShipments(self._engine).of_order(self.order_id)],
            "returns": [(one.rma, one.state, one.lines, one.credit_note, one.credit, one.tracking_number) for one in returns],
        }

    def mail_counts(self) -> Counter[str]:
        return Counter(str(mail["Message-ID"]) for mail in self.mailbox.mails)

    def _posted(self, subjects: Sequence[str]) -> list[Any]:
        outbox = SqlOutbox(self._engine)
        return [message for subject in subjects for message in outbox.of_subject(subject)]

    def _parts(self) -> list[Any]:
        """Which lines each order of the purchase order has; nothing of one that was not parted."""
        book = SqlOrderBook(self._engine)
        found = [order for key in (self.order_id, self.order_id.rest) if (order := book.find(key)) and order.part]
        return [(order.order_id, order.part, order.status, [line.number for line in order.lines]) for order in found]

    def _short(self) -> list[Any]:
        """What the order is told to lack; nothing before it is opened."""
        order = SqlOrderBook(self._engine).find(self.order_id)
        return list(order.stock_plan.shortfalls) if order and order.stock_plan else []

    def _questions(self) -> list[Any]:
        order = SqlOrderBook(self._engine).find(self.order_id)
        return (
            [(each.text, each.sent_at, [reply.proposal for reply in each.replies]) for each in order.questions] if order else []
        )

    def _timeline(self, subjects: Sequence[str]) -> list[Any]:
        audit = SqlAuditTrail(self._engine)
        return [(fact.event, fact.summary) for subject in subjects for fact in audit.timeline(subject)]

    def _on_shelf(self) -> list[tuple[str, str, Any]]:
        positions = SqlStockLedger(self._engine).positions([Sku(CABLE_TIE)])
        return [(place.warehouse, place.bin, place.available) for place in positions]


def _shipment(shipment: Any) -> tuple[Any, ...]:
    cartons = [(carton.sscc, carton.goods) for carton in shipment.cartons]
    return shipment.shipment_id, shipment.state, shipment.tasks, cartons, shipment.choice, shipment.tracking_number


def _copy(source: Path, target: Path) -> None:
    with sqlite3.connect(source) as here, sqlite3.connect(target) as there:
        here.backup(there)
    here.close()
    there.close()
