"""The sample inbox while programs are killed: every document comes to the end it would have come to, and nothing twice."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email import message_from_bytes
from email.policy import default
from functools import partial

import pytest
from sqlalchemy import select
from temporalio.client import Client
from temporalio.service import RPCError

from activities.gateways.clock import SystemClock
from activities.gateways.mailer import SmtpPostOffice
from models.domain.identifiers import OrderId
from models.domain.lifecycle import OrderStatus
from models.domain.messages import AuditEntry
from models.domain.sales_order import SalesOrder
from models.store.fulfilments import SqlShipments
from models.store.journals import SqlOutbox
from models.store.parties import SqlParties
from models.store.stock_ledger import SqlStockLedger
from models.store.tables import audit
from models.store.tables import outbox as outbox_table
from stack import NAMESPACE, temporal_command
from tests.stack_at_work import StackAtWork, eventually, stack_at_work

pytestmark = [pytest.mark.journey, pytest.mark.timeout(900)]

_SEED = 20261122
_FULFILLED = (OrderStatus.CLOSED, OrderStatus.BACKORDERED)
#: What is killed, and after how many concluded messages at the earliest; drawn once, the same on every run.
_VICTIMS = ("worker", "gateway", "temporal", "worker-2")


@dataclass(frozen=True)
class Aftermath:
    """A sample run that was hurt and came to its end: its exit code, its folder, and what each kill cost."""

    code: int
    stack: StackAtWork
    recoveries: tuple[tuple[str, float], ...]

    @property
    def fulfilled(self) -> list[SalesOrder]:
        return [order for order in self.stack.orders.recent() if order.status in _FULFILLED]


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aftermath]:
    with stack_at_work(tmp_path_factory.mktemp("kills"), "--once", "--timeout", "480", carrier_seconds_per_day="1") as stack:
        draw = random.Random(_SEED)
        recoveries, concluded = [], 0
        for victim in _VICTIMS:
            concluded += draw.randint(2, 6)
            eventually(partial(_has_concluded, stack, concluded), f"{concluded} messages", 300)
            time.sleep(draw.random())
            recoveries.append((victim, _kill(stack, victim)))
        code = stack.process.wait(600)
        for victim, seconds in recoveries:
            print(f"{victim} killed: all orders that were moving had gone on after {seconds:.1f} s")
        yield Aftermath(code, stack, tuple(recoveries))


def _has_concluded(stack: StackAtWork, least: int) -> bool | None:
    return sum(message.outcome is not None for message in stack.inbox.recent()) >= least or None


def _kill(stack: StackAtWork, victim: str) -> float:
    """Kill a program; the seconds until every order that was moving has gone on."""
    moving = {fact.subject_id for fact in _facts_after(stack, datetime.now(UTC) - timedelta(seconds=3))}
    stack.kill(victim)
    at = datetime.now(UTC)

    def went_on() -> float | None:
        first: dict[str, datetime] = {}
        for fact in _facts_after(stack, at):
            first[fact.subject_id] = min(fact.at, first.get(fact.subject_id, fact.at))
        resting = {subject for subject in moving - first.keys() if not _is_moving(stack, subject)}
        if moving - resting - first.keys():
            return None
        return max(((first[subject] - at).total_seconds() for subject in moving & first.keys()), default=0.0)

    return eventually(went_on, f"the orders {sorted(moving)} to go on after {victim} was killed", 120)


def _facts_after(stack: StackAtWork, moment: datetime) -> list[AuditEntry]:
    newest = select(audit.c.document).where(audit.c.subject_id.like("order:%")).order_by(audit.c.sequence.desc()).limit(200)
    with stack.engine.connect() as connection:
        return [entry for entry in connection.scalars(newest) if entry.at > moment]


def _is_moving(stack: StackAtWork, order_id: str) -> bool:
    """Whether the order still does something by itself: it neither ended nor waits for a person or for goods."""
    status = stack.orders.load(OrderId(order_id)).status
    return not (status.is_final or status.waits_for_person or status is OrderStatus.BACKORDERED)


def test_every_sample_comes_to_the_end_it_must(aftermath: Aftermath) -> None:
    """`--once` ends with 0 only if every document is as demo/expected.yaml says."""
    assert aftermath.code == 0, aftermath.stack.output[-6000:]


def test_an_order_goes_on_soon_after_its_worker_was_killed(aftermath: Aftermath) -> None:
    """Meant to be within 10 s on an idle machine; held generously here."""
    assert [seconds for victim, seconds in aftermath.recoveries if victim.startswith("worker") and seconds > 45] == []


def test_every_accepted_order_is_in_the_erp_exactly_once(aftermath: Aftermath) -> None:
    """One file per order, and none of an order that was not accepted."""
    files = (aftermath.stack.var / "erp").glob("*.json")
    posted = Counter(json.loads(path.read_text(encoding="utf-8"))["order_id"] for path in files)
    assert posted == Counter(order.order_id for order in aftermath.fulfilled)


def test_stock_is_held_or_shipped_exactly_once(aftermath: Aftermath) -> None:
    """What was shipped and what is still held come to what was ordered, line by line."""
    stock, shipments = SqlStockLedger(aftermath.stack.engine), SqlShipments(aftermath.stack.engine)
    for order in aftermath.fulfilled:
        got: Counter[int] = Counter()
        for task in (task for shipment in shipments.of_order(order.order_id) for task in shipment.tasks):
            got[task.line] += task.quantity  # type: ignore[assignment]
        for hold in stock.holds(order.order_id):
            got[hold.line] += hold.quantity  # type: ignore[assignment]
        assert got == {line.number: line.base_quantity for line in order.lines}, order.order_id


def test_every_unit_is_in_exactly_one_shipment_and_carton(aftermath: Aftermath) -> None:
    """No two shipments hold the same part, no two cartons of ours the same SSCC."""
    shipments = [one for order in aftermath.fulfilled for one in SqlShipments(aftermath.stack.engine).of_order(order.order_id)]
    parts = Counter((one.order_id, task.line, task.part) for one in shipments for task in one.tasks)
    assert [part for part, count in parts.items() if count > 1] == []
    cartons = Counter(carton.sscc for one in shipments for carton in one.cartons)
    assert [sscc for sscc, count in cartons.items() if count > 1] == []
    for one in shipments:
        packed = sum((goods.quantity for carton in one.cartons for goods in carton.goods), Decimal(0))
        assert packed == sum((task.quantity for task in one.tasks), Decimal(0)), one.shipment_id


def test_every_accepted_order_is_acknowledged_exactly_once(aftermath: Aftermath) -> None:
    """One acknowledgement of each, and it went out."""
    outbox = SqlOutbox(aftermath.stack.engine)
    for order in aftermath.fulfilled:
        [sent] = [message for message in outbox.of_subject(order.order_id) if message.kind == "acknowledgement"]
        assert outbox.is_sent(sent.key)


def test_the_mails_that_arrived_are_those_of_our_books(aftermath: Aftermath) -> None:
    """A Message-ID derives from what the mail is about, so a copy of a mail is the same mail to who receives it."""
    us = SqlParties(aftermath.stack.engine).company().email
    office = SmtpPostOffice("127.0.0.1", aftermath.stack.ports.mail, us, SystemClock())
    with aftermath.stack.engine.connect() as connection:
        kept = connection.scalars(select(outbox_table.c.document).where(outbox_table.c.sent_at.is_not(None))).all()
    mails = [message_from_bytes(path.read_bytes(), policy=default) for path in (aftermath.stack.var / "mailbox").glob("*.eml")]
    sent = sorted(office.message_id(message.key) for message in kept if message.channel == "email")
    assert sorted(str(mail["Message-ID"]) for mail in mails) == sent


async def test_no_workflow_of_the_run_came_near_200_events(aftermath: Aftermath) -> None:
    """Payloads are references and cheap steps are local; kills and retries included."""
    stack = aftermath.stack
    with subprocess.Popen(temporal_command(stack.ports, stack.var), stderr=subprocess.DEVNULL) as server:
        try:
            client = await _connected(f"127.0.0.1:{stack.ports.temporal}")
            lengths = {found.id: found.history_length async for found in client.list_workflows()}
        finally:
            server.terminate()
    assert len(lengths) > len(aftermath.fulfilled)
    assert {name: length for name, length in lengths.items() if length >= 200} == {}


async def _connected(address: str) -> Client:
    """A client of the server as soon as it answers."""
    for _ in range(100):
        with suppress(RuntimeError, RPCError):
            client = await Client.connect(address, namespace=NAMESPACE)
            if [found async for found in client.list_workflows(limit=1)]:
                return client
        await asyncio.sleep(0.3)
    raise AssertionError(f"no Temporal server at {address}")
