"""The test's hands: put a document in, wait for what becomes of it, look into the books and the mailboxes."""

from __future__ import annotations

import asyncio
import email
import json
import socket
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, TypeVar

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from activities.gateways.blob_store import FileBlobStore
from models.contracts.decision_v1 import DecisionReceiptV1, DecisionV1
from models.contracts.order_submission_v1 import OrderSubmissionV1, SubmissionReceiptV1
from models.domain.identifiers import CustomerNumber, OrderId
from models.domain.lifecycle import OrderStatus
from models.domain.messages import Channel, InboundMessage
from models.domain.sales_order import SalesOrder
from models.store.audit_trail import SqlAuditTrail
from models.store.fulfilments import SqlReturns, SqlShipments
from models.store.inbox import SqlInbox
from models.store.journals import SqlOutbox
from models.store.order_book import SqlOrderBook
from models.store.session import engine_for
from models.store.stock_ledger import SqlStockLedger
from settings import Settings
from workflows.client import Action, OrderwrightClient

INBOX = Path(__file__).parents[2] / "demo" / "inbox"
#: Marks of tests that work with a company: they share the loop that the server and its clients live in.
AT_WORK = [
    pytest.mark.server,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(300),
    # The SDK drops the coroutine of a run whose arguments do not decode.
    pytest.mark.filterwarnings("ignore:coroutine '_WorkflowInstanceImpl:RuntimeWarning"),
    pytest.mark.filterwarnings(
        "ignore:Exception ignored in. <coroutine object _WorkflowInst:pytest.PytestUnraisableExceptionWarning"
    ),
]
_PATIENCE_SECONDS = 90.0


T = TypeVar("T")


class Mailbox:
    """A mail server's handler that keeps what it is given."""

    def __init__(self) -> None:
        self.port = 0
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        message = email.message_from_bytes(envelope.content or b"", policy=default)  # type: ignore[arg-type]
        assert isinstance(message, EmailMessage)
        self.mails.append(message)
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if address in str(mail["To"])]


class Bench:
    """A company at work, as a test sees it."""

    def __init__(self, client: OrderwrightClient, settings: Settings, mailbox: Mailbox, now: datetime) -> None:
        engine = engine_for(settings.database)
        self.client = client
        self.settings = settings
        self.mailbox = mailbox
        self.now = now
        self.blobs = FileBlobStore(settings.var / "blobs")
        self.inbox = SqlInbox(engine)
        self.orders = SqlOrderBook(engine)
        self.shipments = SqlShipments(engine)
        self.returns = SqlReturns(engine)
        self.stock = SqlStockLedger(engine)
        self.outbox = SqlOutbox(engine)
        self.audit = SqlAuditTrail(engine)

    async def take_in(
        self,
        content: bytes,
        name: str,
        *,
        sender: str = "",
        channel: Channel = "smtp",
        media_type: str = "application/octet-stream",
    ) -> str:
        """Do what a door does; gives the message's id."""
        ref = self.blobs.put(content, media_type)
        message = InboundMessage(
            message_id=ref.sha256, channel=channel, name=name, content=ref, sender=sender, received_at=self.now
        )
        self.inbox.receive(message)
        await self.client.start_intake(ref.sha256)
        return ref.sha256

    async def concluded(self, message_id: str) -> InboundMessage:
        """The message once its intake has ended."""
        return await until(lambda: self._concluded(message_id), f"message {message_id[:12]} to be concluded")

    def _concluded(self, message_id: str) -> InboundMessage | None:
        message = self.inbox.get(message_id)
        return message if message.outcome is not None else None

    async def order_at(self, order_id: str, *statuses: OrderStatus) -> SalesOrder:
        """The order once it has come to one of the statuses."""

        def look() -> SalesOrder | None:
            order = self.orders.find(OrderId(order_id))
            return order if order is not None and order.status in statuses else None

        return await until(look, f"{order_id} to be {' or '.join(statuses)}", lambda: self._state(order_id))

    async def submit(self, order_id: str, submission: OrderSubmissionV1) -> SubmissionReceiptV1:
        """Hand an order to its workflow as an ERP does."""
        receipt = await asyncio.wait_for(self.client.submit(order_id, submission), _PATIENCE_SECONDS)
        assert receipt is not None, f"{order_id} is closed already"
        return receipt

    async def opened(self, submission: OrderSubmissionV1, *statuses: OrderStatus) -> SalesOrder:
        """Hand the order in and wait until it has come to one of the statuses."""
        order_id = id_of(submission)
        await self.submit(order_id, submission)
        return await self.order_at(order_id, *statuses)

    async def decide(self, order_id: str, action: Action, **words: Any) -> DecisionReceiptV1:
        """Decide on an order as the command line does; what is refused raises `DecisionRefused`."""
        decision = DecisionV1.model_validate(words)
        return await asyncio.wait_for(self.client.decide(order_id, action, decision), _PATIENCE_SECONDS)

    async def result(self, workflow_id: str) -> Any:
        """What the workflow ended with."""
        handle = self.client.temporal.get_workflow_handle(workflow_id)
        return await asyncio.wait_for(handle.result(), _PATIENCE_SECONDS)

    def events(self, subject_id: str) -> list[str]:
        """The names of the facts in the subject's timeline, oldest first."""
        return [entry.event for entry in self.audit.timeline(subject_id)]

    def erp_files(self, order_id: str) -> list[Path]:
        """The files that the ERP has of the order."""
        files = (self.settings.var / "erp").glob("*.json")
        return [path for path in files if json.loads(path.read_text())["order_id"] == order_id]

    def _state(self, order_id: str) -> str:
        order = self.orders.find(OrderId(order_id))
        if order is None:
            return "there is no such order"
        return f"it is {order.status}; " + "; ".join(finding.message for finding in order.open_findings)


def id_of(submission: OrderSubmissionV1) -> str:
    """The workflow id that the submission's buyer and number make."""
    order = submission.purchase_order
    assert order is not None
    assert order.buyer is not None
    assert order.buyer.customer_number is not None
    assert order.po_number is not None
    return OrderId.of(CustomerNumber(order.buyer.customer_number.value), order.po_number.value)


async def until(look: Callable[[], T | None], what: str, state: Callable[[], str] = lambda: "") -> T:
    """What `look` finds as soon as it finds something."""
    deadline = asyncio.get_running_loop().time() + _PATIENCE_SECONDS
    while (found := look()) is None:
        if asyncio.get_running_loop().time() > deadline:
            raise AssertionError(f"waited {_PATIENCE_SECONDS:.0f} s for {what}: {state()}")
        await asyncio.sleep(0.1)
    return found


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
