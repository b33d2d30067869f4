"""The world goes away for a while: nothing is lost, nothing is done twice."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from temporalio import activity

from models.contracts.activity_io import OrderBrief, OrderStep
from models.domain.identifiers import OrderId
from models.domain.lifecycle import OrderStatus
from tests.workflows.bench import AT_WORK, INBOX, Bench, Mailbox, free_port, id_of
from tests.workflows.company import Companies, mail_server
from tests.workflows.stated import CABLE_TIE, SENDER, order

pytestmark = AT_WORK

PDF = (INBOX / "05-kessler-bestellung.pdf").read_bytes()


@contextmanager
def database_away(bench: Bench) -> Iterator[None]:
    """Somebody else holds the database's only pen."""
    connection = sqlite3.connect(bench.settings.var / "orderwright.db", isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


async def test_an_acknowledgement_goes_out_once_when_the_mail_server_is_back(companies: Companies) -> None:
    """The order waits at the acknowledgement; after that everything goes on, with one mail of each kind."""
    port, mailbox = free_port(), Mailbox()
    bench = await companies.open(mail_port=port)
    submission = order()
    await bench.submit(id_of(submission), submission)
    with suppress(TimeoutError):
        await asyncio.wait_for(bench.order_at(id_of(submission), OrderStatus.CLOSED), 3)
    assert bench.orders.load(id_of(submission)).status is OrderStatus.ACCEPTED  # type: ignore[arg-type]
    with mail_server(mailbox, port):
        closed = await bench.order_at(id_of(submission), OrderStatus.CLOSED)
    assert len([mail for mail in mailbox.to(SENDER) if mail.is_multipart()]) == 1
    assert [message.kind for message in bench.outbox.of_subject(closed.order_id)].count("acknowledgement") == 1


async def test_an_order_lives_through_an_outage_of_the_database(companies: Companies) -> None:
    """Steps are tried again until the database takes them; each leaves one effect."""
    bench = await companies.open()
    submission = order((CABLE_TIE, "200"))
    with database_away(bench):
        opening = asyncio.create_task(bench.submit(id_of(submission), submission))
        # Longer than a connection waits for another's lock, so that steps fail and come again.
        await asyncio.sleep(12)
        assert not opening.done()
    await opening
    closed = await bench.order_at(id_of(submission), OrderStatus.CLOSED)
    assert len(bench.erp_files(closed.order_id)) == 1
    assert sum(task.quantity for shipment in bench.shipments.of_order(closed.order_id) for task in shipment.tasks) == 200


async def test_an_order_whose_database_goes_away_on_the_way_arrives(companies: Companies) -> None:
    """The outage meets a document that is being read and an order that is being shipped."""
    bench = await companies.open()
    shipping = order((CABLE_TIE, "100"))
    await bench.submit(id_of(shipping), shipping)
    message_id = await bench.take_in(PDF, "bestellung.pdf", sender=SENDER)
    with database_away(bench):
        await asyncio.sleep(4)
    message = await bench.concluded(message_id)
    for order_id in (id_of(shipping), *message.order_ids):
        closed = await bench.order_at(order_id, OrderStatus.CLOSED)
        assert len(bench.erp_files(closed.order_id)) == 1
        assert bench.events(order_id).count("OrderAcknowledged") == 1


class _StaleNews:
    """Says of the order what was so before its shipments moved, until it is asked again when all of them have arrived."""

    def __init__(self, step: Callable[[OrderStep], OrderBrief], has_arrived: Callable[[str], bool]) -> None:
        self._step = step
        self._has_arrived = has_arrived
        self._before: OrderBrief | None = None
        self._was_told = False

    @activity.defn
    def note_progress(self, step: OrderStep) -> OrderBrief:
        if self._before is None:
            self._before = self._step(step)
        elif not self._was_told:
            self._was_told = self._has_arrived(step.order_id)
        else:
            return self._step(step)
        return self._before


async def test_an_order_that_lags_behind_its_shipments_catches_up_before_it_closes(companies: Companies) -> None:
    """After an outage a shipment's news and its end may come at once, and the news be read too late."""
    benches: list[Bench] = []

    def has_arrived(order_id: str) -> bool:
        shipments = benches[0].shipments.of_order(OrderId(order_id))
        return bool(shipments) and all(each.state == "delivered" for each in shipments)

    benches.append(await companies.open(steps={"note_progress": lambda step: _StaleNews(step, has_arrived).note_progress}))
    submission = order((CABLE_TIE, "100"))
    await benches[0].submit(id_of(submission), submission)
    closed = await benches[0].order_at(id_of(submission), OrderStatus.CLOSED)
    assert benches[0].events(closed.order_id)[-2:] == ["OrderDelivered", "OrderClosed"]
