"""A full exchange with two partners, X12 by the HTTP door and EDIFACT by mail: every message in, every answer out."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default

import httpx
import pytest
from temporalio.client import Client

from models.contracts.decision_v1 import DecisionV1
from models.domain.identifiers import OrderId
from models.domain.lifecycle import OrderStatus
from models.domain.sales_order import SalesOrder
from models.store.audit_trail import SqlAuditTrail
from stack import NAMESPACE
from tests.journeys.interchanges import (
    BUYER,
    TIDEWATER,
    ack_997,
    edifact_segments,
    kind_of,
    mailed,
    po_850,
    po_860,
    x12_segments,
)
from tests.stack_at_work import StackAtWork, eventually, stack_at_work
from tests.workflows.exchange import contrl, ordchg, orders
from workflows.client import OrderwrightClient
from workflows.converter import DATA_CONVERTER

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]
PATIENCE = 120


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StackAtWork]:
    with stack_at_work(
        tmp_path_factory.mktemp("edi"), "--no-samples", "--workers", "1", carrier_seconds_per_day="0.2"
    ) as running:
        yield running


def handed_in(stack: StackAtWork, content: bytes) -> str:
    """Give a document to the HTTP door; its id."""
    token = (stack.var / "api-token").read_text(encoding="utf-8").strip()
    answer = httpx.post(
        f"http://127.0.0.1:{stack.ports.http}/v1/documents?filename=po.x12", content=content,
        headers={"Content-Type": "application/octet-stream", "Authorization": f"Bearer {token}"}, timeout=30, trust_env=False,
    )  # fmt: skip
    assert answer.status_code == 202, answer.text
    message_id: str = answer.json()["message_id"]
    return message_id


def order_for(stack: StackAtWork, po_number: str, *statuses: OrderStatus) -> SalesOrder:
    """The order of that number once it stands so."""

    def look() -> SalesOrder | None:
        fitting = (one for one in stack.orders.recent() if one.purchase_order.po_number == po_number)
        return next((one for one in fitting if one.status in statuses), None)

    return eventually(look, f"{po_number} to be {' or '.join(statuses)}", PATIENCE)


def fetched(stack: StackAtWork, kind: str, *, count: int = 1) -> list[bytes]:
    """X12 of a kind in Tidewater's folder, once there is so much."""

    def look() -> list[bytes] | None:
        found = [path.read_bytes() for path in sorted((stack.var / "partners" / TIDEWATER).glob("*")) if path.is_file()]
        fitting = [content for content in found if kind_of(content) == kind]
        return fitting if len(fitting) >= count else None

    return eventually(look, f"{count} {kind} for {TIDEWATER}", PATIENCE)


def mailed_back(stack: StackAtWork, kind: str, *, count: int = 1) -> list[bytes]:
    """EDIFACT of a kind attached to mails to Hansewerk, once there is so much."""

    def look() -> list[bytes] | None:
        mails = [message_from_bytes(path.read_bytes(), policy=default) for path in (stack.var / "mailbox").glob("*.eml")]
        parts = [part for mail in mails if BUYER in str(mail["To"]) for part in mail.walk() if part.get_filename()]
        found = [content for part in parts if isinstance(content := part.get_payload(decode=True), bytes)]
        fitting = [content for content in found if content.startswith(b"UN") and kind_of(content) == kind]
        return fitting if len(fitting) >= count else None

    return eventually(look, f"{count} {kind} in the mailbox", PATIENCE)


def correct(stack: StackAtWork, order_id: str, **fields: str) -> None:
    """What a reviewer does: bring the order to the change, and let it go."""

    async def decide() -> None:
        address = f"127.0.0.1:{stack.ports.temporal}"
        client = OrderwrightClient(await Client.connect(address, namespace=NAMESPACE, data_converter=DATA_CONVERTER))
        await client.decide(order_id, "correct", DecisionV1.model_validate({"by": "jo", **fields}))
        if stack.orders.load(OrderId(order_id)).status.waits_for_person:
            await client.decide(order_id, "approve", DecisionV1(by="jo"))

    asyncio.run(decide())


def events(stack: StackAtWork, order_id: str) -> dict[str, str]:
    """What the order's timeline tells, by event."""
    return {fact.event: fact.summary for fact in SqlAuditTrail(stack.engine).timeline(order_id)}


def test_x12_by_http_is_exchanged_in_full(stack: StackAtWork) -> None:
    """850 and 997; 860, 997 and 865; 855, 856 and 810; their 997 on it; the 850 once more and its answers once more."""
    first = handed_in(stack, po_850("TW-1", "3.14"))
    waiting = order_for(stack, "TW-1", OrderStatus.NEEDS_REVIEW)
    stack.message(handed_in(stack, po_860("TW-1", "10")))
    fetched(stack, "997", count=2)
    correct(stack, waiting.order_id, **{"1.quantity": "10", "1.price": "6.28"})
    (invoice,) = fetched(stack, "810")
    closed = order_for(stack, "TW-1", OrderStatus.CLOSED)
    for kind, tag in (("855", "BAK"), ("865", "BCA"), ("856", "BSN"), ("810", "BIG")):
        (content,) = fetched(stack, kind)
        assert tag in [segment[0] for segment in x12_segments(content)]
    group = next(segment[6] for segment in x12_segments(invoice) if segment[0] == "GS")
    assert stack.message(handed_in(stack, ack_997(group, "IN"))).outcome == "acknowledgement_noted"
    told = events(stack, closed.order_id)
    for event, name in (
        ("SyntaxAcknowledged", "997-"), ("OrderAcknowledged", "855-"), ("ChangeAnswered", "accepted as 865-"),
        ("ShipNoticeSent", "856-"), ("InvoiceSent", "810-"), ("MessageAcknowledged", "acknowledges our 810-"),
    ):  # fmt: skip
        assert name in told[event], told
    before = [*fetched(stack, "997"), *fetched(stack, "855")]
    assert handed_in(stack, po_850("TW-1", "3.14")) == first
    after = [*fetched(stack, "997", count=3), *fetched(stack, "855", count=2)]
    assert set(after) == set(before)
    assert len([one for one in stack.orders.recent() if one.purchase_order.po_number == "TW-1"]) == 1


def test_edifact_by_mail_is_exchanged_in_full(stack: StackAtWork) -> None:
    """ORDERS and CONTRL; ORDRSP, DESADV, INVOIC and their CONTRL on it; an ORDCHG that comes too late and its refusal."""
    stack.mail(mailed(orders("HW-2"), "orders-2.edi"), BUYER)
    delivered = order_for(stack, "HW-2", OrderStatus.CLOSED)
    for kind in ("DESADV", "INVOIC"):
        content = next(one for one in mailed_back(stack, kind) if b"HW-2" in one)
        assert [segment[:2] for segment in edifact_segments(content)][-1] == ["UNZ", "1"]
    reference = next(segment[5] for segment in edifact_segments(content) if segment[0] == "UNB")
    stack.mail(mailed(contrl(reference), "contrl.edi"), BUYER)
    eventually(lambda: "MessageAcknowledged" in events(stack, delivered.order_id) or None, "the CONTRL to be noted", PATIENCE)
    told = events(stack, delivered.order_id)
    for event, name in (
        ("SyntaxAcknowledged", "contrl-"), ("OrderAcknowledged", "ordrsp-"), ("ShipNoticeSent", "desadv-"),
        ("InvoiceSent", "invoic-"), ("MessageAcknowledged", "acknowledges our invoic-"),
    ):  # fmt: skip
        assert name in told[event], told
    stack.mail(mailed(orders("HW-1", quantity="900000"), "orders.edi"), BUYER)
    order = order_for(stack, "HW-1", OrderStatus.BACKORDERED, OrderStatus.NEEDS_REVIEW)
    if order.status is OrderStatus.NEEDS_REVIEW:
        correct(stack, order.order_id, **{"1.quantity": "900000"})
        order = order_for(stack, "HW-1", OrderStatus.BACKORDERED)
    stack.mail(mailed(ordchg("HW-1", quantity="500"), "ordchg.edi"), BUYER)
    mailed_back(stack, "CONTRL", count=3)
    refused = mailed_back(stack, "ORDRSP", count=3)
    assert any(segment[0] == "BGM" and segment[3] == "27" for content in refused for segment in edifact_segments(content))
    assert "rejected as ordrsp-" in events(stack, order.order_id)["ChangeAnswered"]
