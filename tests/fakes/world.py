"""A world for pages and doors: records in memory, workflows that only remember what they were asked, and a clock that steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from entrypoints.backend import Action, Records, ReturnAction
from models.contracts.decision_v1 import DecisionReceiptV1, DecisionV1
from models.contracts.return_request_v1 import ReturnRequestV1
from models.domain.errors import Unavailable
from models.domain.identifiers import OrderId
from models.domain.question_text import drafted
from models.domain.questions import QuestionDraft
from models.domain.sales_order import SalesOrder
from tests.fakes.figures import MemoryFigures
from tests.fakes.records import (
    MemoryAudit,
    MemoryBlobs,
    MemoryInbox,
    MemoryOrders,
    MemoryOutbox,
    MemoryPeople,
    MemoryReturns,
    MemoryShipments,
    Store,
)


@dataclass
class FakeWorkflows:
    """Remembers what it was asked; `refusal` is raised by decisions, `is_away` by everything."""

    started: list[str] = field(default_factory=list)
    decided: list[tuple[str, Action, DecisionV1]] = field(default_factory=list)
    asked: list[tuple[str, DecisionV1]] = field(default_factory=list)
    returns: list[ReturnRequestV1] = field(default_factory=list)
    refusal: Exception | None = None
    is_away: bool = False

    async def connect(self) -> FakeWorkflows:
        if self.is_away:
            raise Unavailable("Temporal cannot be reached at 127.0.0.1:7233")
        return self

    async def start_intake(self, message_id: str, repeat: int = 0) -> None:
        await self.connect()
        self.started.append(message_id)

    async def decide(self, order_id: str, action: Action, decision: DecisionV1) -> DecisionReceiptV1:
        if self.refusal:
            raise self.refusal
        self.decided.append((order_id, action, decision))
        return DecisionReceiptV1(order_id=order_id, status="Accepted", message="The order goes on.")

    async def ask(self, order_id: str, decision: DecisionV1) -> DecisionReceiptV1:
        if self.refusal:
            raise self.refusal
        self.asked.append((order_id, decision))
        return DecisionReceiptV1(order_id=order_id, status="OnHold")

    async def request_return(self, request: ReturnRequestV1) -> str:
        self.returns.append(request)
        return f"return:{request.order_id}:1"

    async def decide_return(self, workflow_id: str, action: ReturnAction, decision: DecisionV1) -> None:
        if self.refusal:
            raise self.refusal

    async def run_id(self, workflow_id: str) -> str:
        return "0190-run"

    async def is_ready(self) -> bool:
        return not self.is_away


@dataclass
class SteppingClock:
    """A clock that moves on by a second whenever it is read."""

    moment: datetime = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

    def now(self) -> datetime:
        self.moment = self.moment.fromtimestamp(self.moment.timestamp() + 1, UTC)
        return self.moment


@dataclass
class World:
    """Records and workflows together; `store.is_away` takes the database away."""

    store: Store = field(default_factory=Store)
    workflows: FakeWorkflows = field(default_factory=FakeWorkflows)
    clock: SteppingClock = field(default_factory=SteppingClock)

    def __post_init__(self) -> None:
        self.inbox = MemoryInbox(self.store)
        self.blobs = MemoryBlobs(self.store)
        self.orders = MemoryOrders(self.store)
        self.shipments = MemoryShipments(self.store)
        self.returns = MemoryReturns(self.store)
        self.outbox = MemoryOutbox(self.store)
        self.audit = MemoryAudit(self.store)
        self.people = MemoryPeople(self.store)
        self.figures = MemoryFigures()
        self.rehearsed: list[tuple[OrderId, dict[str, str], str]] = []
        self.records = Records(
            inbox=self.inbox,
            orders=self.orders,
            shipments=self.shipments,
            returns=self.returns,
            outbox=self.outbox,
            audit=self.audit,
            blobs=self.blobs,
            people=self.people,
            figures=self.figures,
        )

    def draft(self, order: SalesOrder) -> QuestionDraft:
        """The drafted question in English, to whoever sent the order."""
        return drafted(order, order.source.sender, "en", "The seller")

    def rehearse(self, order_id: OrderId, corrections: Mapping[str, str], by: str) -> SalesOrder:
        """The order as it is, remembered as asked; `workflows.refusal` is raised as by a decision."""
        if self.workflows.refusal:
            raise self.workflows.refusal
        self.rehearsed.append((order_id, dict(corrections), by))
        return self.orders.load(order_id)
