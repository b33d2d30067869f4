"""The workers' composition root: settings to gateways, store, parsers to activities to Temporal workers.

One process runs two workers: one for the workflows and all light activities, one for reading documents, whose heavy work
happens in child processes. It stops in good order on SIGTERM and SIGINT.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from temporalio.worker import PollerBehaviorAutoscaling, Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.accept_part import PartAccepting
from activities.acknowledge_order import OrderAcknowledging
from activities.allocate_stock import StockAllocating
from activities.answer_again import AnsweringAgain
from activities.answer_changes import ChangeAnswering
from activities.answer_message import MessageAnswering
from activities.answers_in_kind import AnswersInKind
from activities.ask_buyer import QuestionAsking, QuestionDrafting
from activities.authorise_return import ReturnAuthorising
from activities.book_shipment import CarrierBooking
from activities.desk_notices import DeskNotices
from activities.dispatch_goods import GoodsDispatching
from activities.enquiries import Enquiries
from activities.gateways.blob_store import FileBlobStore
from activities.gateways.carrier import SimulatedCarrier
from activities.gateways.clock import SystemClock
from activities.gateways.document_reader import ChildDocumentReader
from activities.gateways.erp import FileErp
from activities.gateways.mailer import SmtpPostOffice
from activities.gateways.partner_link import FolderPartnerLink
from activities.gateways.release import versions
from activities.interchange_log import InterchangeLog
from activities.issue_credit import CreditIssuing
from activities.learn_from_order import OrderLearning
from activities.order_records import OrderRecord
from activities.outgoing import Outgoing
from activities.pack_shipment import ShipmentPacking
from activities.partner_receipts import PartnerReceipts
from activities.plan_picking import PickPlanning
from activities.ports import DocumentReader
from activities.post_to_erp import ErpPosting
from activities.promise_stock import StockPromising
from activities.read_document import DocumentReading
from activities.receive_return import ReturnReceiving
from activities.remind_reviewers import ReviewReminding
from activities.return_records import ReturnRecord
from activities.route_orders import OrderRouting
from activities.send_invoice import InvoiceSending
from activities.send_ship_notice import ShipNoticeSending
from activities.shipment_records import ShipmentRecord
from activities.submit_order import OrderSubmitting
from activities.take_reply import ReplyRecording, ReplyTaking
from activities.track_shipment import ShipmentTracking
from activities.watch_acknowledgements import AcknowledgementWatching
from checks import OrderChecks
from models.store.books import Books
from models.store.session import engine_for
from parsers.answers import ElectronicAnswers
from parsers.shipping_labels import ShippingLabels
from settings import Settings
from workflows.acknowledgement import AcknowledgementWorkflow
from workflows.backorder import BackorderWorkflow
from workflows.client import OrderwrightClient
from workflows.desk import demand_search_attributes
from workflows.fulfilment import FulfilmentWorkflow
from workflows.intake import IntakeWorkflow
from workflows.order import OrderWorkflow
from workflows.retries import ORDERS_QUEUE, READING_QUEUE
from workflows.returns import ReturnWorkflow

WORKFLOWS = (IntakeWorkflow, OrderWorkflow, FulfilmentWorkflow, BackorderWorkflow, ReturnWorkflow, AcknowledgementWorkflow)
#: Activities that run side by side: enough to keep a database busy, few enough for its connections.
_LIGHT_ACTIVITIES = 16
#: Heartbeats go out as often as they are given: held back, the last one before a death would be seconds old.
_HEARTBEAT = timedelta(seconds=1)

log = logging.getLogger("orderwright.worker")


@dataclass(frozen=True)
class Activities:
    """The activities by the queue they run on."""

    light: Sequence[Callable[..., Any]]
    reading: Sequence[Callable[..., Any]]


class _Parts:
    """What the activities share, wired as the settings say."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        books = self.books = Books(engine_for(settings.database))
        self.is_manual = settings.warehouse == "manual"
        self.clock = SystemClock()
        self.blobs = FileBlobStore(settings.var / "blobs")
        self.labels = ShippingLabels()
        self.erp = FileErp(settings.var / "erp", books.numbers)
        self.carrier = SimulatedCarrier(settings.var / "carrier", self.clock, pace=settings.carrier_seconds_per_day)
        self.outgoing = Outgoing(
            books.outbox,
            self.blobs,
            _post_office(settings, books.parties.company().email, self.clock),
            FolderPartnerLink(settings.var / "partners"),
            self.clock,
        )
        self.in_kind = AnswersInKind(ElectronicAnswers(), self.blobs, books.numbers, self.outgoing, self.clock, books.parties)
        self.desk = DeskNotices(books.parties, self.outgoing)
        self.record = OrderRecord(books.orders, books.audit, self.clock, settings.gateway, versions())
        self.journal = ShipmentRecord(books.audit, self.clock)
        self.checks = OrderChecks(settings, books)
        self.checks.warm_up()


def _post_office(settings: Settings, sender: str, clock: SystemClock) -> SmtpPostOffice:
    return SmtpPostOffice(
        settings.mail_host,
        settings.mail_port,
        sender,
        clock,
        tls=settings.mail_tls,
        user=settings.mail_user,
        password=settings.mail_password.get_secret_value(),
    )


def activities_of(settings: Settings, client: OrderwrightClient, reader: DocumentReader) -> Activities:
    """All activities, wired as the settings say."""
    parts = _Parts(settings)
    pause = max(settings.carrier_seconds_per_day, 0.5)
    light = [
        *_intake(parts, client),
        *_recording(parts),
        *_conversation(parts),
        *_checks(parts),
        *_commitments(parts),
        *_fulfilment(parts, pause),
        *_returning(parts),
    ]
    books = parts.books
    reading = DocumentReading(books.inbox, parts.blobs, reader, books.parties, books.outbox, books.orders)
    return Activities(light=light, reading=[reading.read_document])


def _intake(parts: _Parts, client: OrderwrightClient) -> Sequence[Callable[..., Any]]:
    books, blobs = parts.books, parts.blobs
    enquiries = Enquiries(books.orders, parts.checks.directory, books.shipments, blobs)
    receipts = PartnerReceipts(books.numbers, books.outbox, books.audit, parts.clock, parts.desk)
    answering = MessageAnswering(books.inbox, blobs, enquiries, receipts, parts.in_kind, parts.outgoing, books.audit, parts.clock)
    again = AnsweringAgain(books.inbox, books.orders, books.outbox, parts.outgoing, books.audit, parts.clock)
    return (
        OrderRouting(
            books.inbox, blobs, parts.checks.directory, books.lessons, parts.clock, InterchangeLog(books.audit, parts.clock)
        ).route_orders,
        OrderSubmitting(client, parts.record, blobs).submit_order,
        ReplyTaking(client).hand_over_reply,
        answering.answer_message,
        answering.conclude_message,
        again.answer_again,
    )


def _recording(parts: _Parts) -> Sequence[Callable[..., Any]]:
    recording = parts.checks.recording(parts.record)
    return (
        PartAccepting(parts.record, parts.books.parties).accept_part,
        recording.open_order,
        recording.compare_submission,
        recording.record_decision,
        recording.move_order,
        recording.end_cancelled_order,
        recording.refuse_order,
        recording.note_progress,
    )


def _conversation(parts: _Parts) -> Sequence[Callable[..., Any]]:
    books, record = parts.books, parts.record
    asking = QuestionAsking(record, books.parties, parts.outgoing, parts.desk, QuestionDrafting(books.parties, parts.blobs))
    replies = ReplyRecording(record, books.inbox, parts.blobs, books.catalogue, parts.desk, parts.settings.mail_receiving_server)
    return (
        asking.record_question,
        asking.send_question,
        asking.note_question,
        replies.record_reply,
        replies.keep_late_reply,
    )


def _checks(parts: _Parts) -> Sequence[Callable[..., Any]]:
    books, record = parts.books, parts.record
    learning = OrderLearning(record, books.catalogue, books.lessons, parts.blobs)
    reminding = ReviewReminding(record, books.parties, parts.outgoing)
    return (*parts.checks.steps(record).checks, learning.learn_from_order, reminding.remind_reviewers)


def _commitments(parts: _Parts) -> Sequence[Callable[..., Any]]:
    books, record = parts.books, parts.record
    posting = ErpPosting(record, parts.erp, books.shipments)
    acknowledging = OrderAcknowledging(record, books.shipments, books.parties, parts.in_kind, parts.outgoing)
    allocating = StockAllocating(record, books.stock, books.shipments, books.parties)
    return (
        StockPromising(record, books.stock, books.parties).promise_stock,
        posting.post_to_erp,
        posting.cancel_in_erp,
        acknowledging.acknowledge_order,
        acknowledging.tell_cancellation,
        ChangeAnswering(
            record, books.parties, parts.in_kind, parts.outgoing, parts.desk, parts.erp, books.shipments
        ).answer_changes,
        AcknowledgementWatching(record, books.outbox, books.audit, parts.desk).check_acknowledgement,
        allocating.allocate_stock,
        allocating.allocate_arrived_stock,
        allocating.release_stock,
        allocating.give_up_backorder,
    )


def _fulfilment(parts: _Parts, pause: float) -> Sequence[Callable[..., Any]]:
    books, journal = parts.books, parts.journal
    dispatching = GoodsDispatching(books.shipments, books.stock, journal)
    notices = ShipNoticeSending(
        books.orders, books.shipments, books.catalogue, books.parties, parts.in_kind, parts.outgoing, journal
    )
    invoices = InvoiceSending(
        books.orders, books.shipments, books.catalogue, books.parties, books.numbers, parts.in_kind, parts.outgoing, journal
    )
    booking = CarrierBooking(books.shipments, books.parties, parts.carrier, parts.labels, parts.blobs, journal, books.orders)
    return (
        PickPlanning(books.shipments, journal, is_confirmed_by_people=parts.is_manual).plan_picking,
        ShipmentPacking(books.shipments, books.catalogue, books.parties, books.numbers, journal).pack_shipment,
        booking.book_shipment,
        dispatching.dispatch_goods,
        dispatching.cancel_shipment,
        notices.send_ship_notice,
        invoices.send_invoice,
        ShipmentTracking(books.shipments, parts.carrier, journal, pause=pause).track_shipment,
    )


def _returning(parts: _Parts) -> Sequence[Callable[..., Any]]:
    books = parts.books
    returns = ReturnRecord(books.returns, books.orders, books.audit, parts.clock)
    authorising = ReturnAuthorising(
        returns,
        books.shipments,
        books.parties,
        books.catalogue,
        books.numbers,
        parts.carrier,
        parts.labels,
        parts.blobs,
        parts.outgoing,
        is_received_by_people=parts.is_manual,
    )
    return (
        authorising.open_return,
        authorising.decide_return,
        authorising.authorise_return,
        authorising.tell_refusal,
        ReturnReceiving(returns, books.stock, books.catalogue).receive_return,
        CreditIssuing(returns, books.numbers, books.parties, parts.outgoing).issue_credit,
    )


async def work(settings: Settings) -> None:
    """Run the workers until SIGTERM or SIGINT."""
    client = await OrderwrightClient.connect()
    await demand_search_attributes(client.temporal)
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    light = ThreadPoolExecutor(_LIGHT_ACTIVITIES, "activity")
    heavy = ThreadPoolExecutor(settings.reader_processes, "reading")
    # By name, because the parsers belong into the reader's processes and not into this one.
    with light, heavy, ChildDocumentReader("reader:read") as reader:
        activities = await asyncio.to_thread(activities_of, settings, client, reader)
        async with order_worker(client, activities.light, light), reading_worker(client, settings, activities.reading, heavy):
            log.info("working on the queues %s and %s", ORDERS_QUEUE, READING_QUEUE)
            await stop.wait()


def order_worker(client: OrderwrightClient, activities: Sequence[Callable[..., Any]], threads: ThreadPoolExecutor) -> Worker:
    """The worker of the workflows and the light activities."""
    return Worker(
        client.temporal,
        task_queue=ORDERS_QUEUE,
        workflows=WORKFLOWS,
        activities=activities,
        activity_executor=threads,
        max_concurrent_activities=_LIGHT_ACTIVITIES,
        max_concurrent_local_activities=_LIGHT_ACTIVITIES,
        workflow_runner=SandboxedWorkflowRunner(restrictions=SandboxRestrictions.default.with_passthrough_all_modules()),
        workflow_task_poller_behavior=PollerBehaviorAutoscaling(),
        activity_task_poller_behavior=PollerBehaviorAutoscaling(),
        # A killed worker's sticky tasks wait this long before another worker gets them; the default is 10 s.
        sticky_queue_schedule_to_start_timeout=timedelta(seconds=1),
        max_heartbeat_throttle_interval=_HEARTBEAT,
        graceful_shutdown_timeout=timedelta(seconds=5),
    )


def reading_worker(
    client: OrderwrightClient, settings: Settings, activities: Sequence[Callable[..., Any]], threads: ThreadPoolExecutor
) -> Worker:
    return Worker(
        client.temporal,
        task_queue=READING_QUEUE,
        activities=activities,
        activity_executor=threads,
        max_concurrent_activities=settings.reader_processes,
        max_heartbeat_throttle_interval=_HEARTBEAT,
        graceful_shutdown_timeout=timedelta(seconds=5),
    )


def main() -> None:
    """Run the workers with the settings of the environment."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    asyncio.run(work(Settings()))


if __name__ == "__main__":
    main()
