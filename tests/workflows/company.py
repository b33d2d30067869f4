"""Opens companies on a Temporal server: each with a namespace, a database, a mail server and workers of its own."""

from __future__ import annotations

import itertools
import shutil
import sysconfig
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from temporalio.client import Client
from temporalio.common import SearchAttributeKey
from temporalio.testing import WorkflowEnvironment

import worker
from activities.gateways.clock import SystemClock
from activities.order_records import OrderRecord
from activities.outside_ports import Erp
from activities.ports import DocumentReader
from activities.post_to_erp import ErpPosting
from models.store.audit_trail import SqlAuditTrail
from models.store.fulfilments import SqlShipments
from models.store.order_book import SqlOrderBook
from models.store.session import engine_for
from settings import Settings
from tests.workflows.bench import Bench, Mailbox, free_port
from workflows import desk
from workflows.client import OrderwrightClient
from workflows.converter import DATA_CONVERTER

BIN = Path(sysconfig.get_path("scripts"))
#: Makes another activity of one.
Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
_NAMESPACES = tuple(f"company-{number}" for number in range(1, 25))


@dataclass
class TemporalServer:
    """A running server and the namespaces that nobody uses yet."""

    environment: WorkflowEnvironment
    free: Iterator[str] = field(default_factory=lambda: iter(_NAMESPACES))

    @property
    def address(self) -> str:
        return self.environment.client.service_client.config.target_host

    async def client(self, namespace: str | None = None) -> OrderwrightClient:
        """A client of a namespace that is nobody else's, or of the one that is named."""
        chosen = namespace or next(self.free)
        return OrderwrightClient(
            await Client.connect(self.address, namespace=chosen, data_converter=DATA_CONVERTER, identity="bench")
        )


def search_attributes() -> list[SearchAttributeKey[Any]]:
    """All that our workflows set."""
    return [value for value in vars(desk).values() if isinstance(value, SearchAttributeKey)]


@asynccontextmanager
async def temporal_server() -> AsyncIterator[TemporalServer]:
    """A server from the wheel, with namespaces to hand out."""
    more = itertools.chain.from_iterable(("--namespace", name) for name in _NAMESPACES)
    async with await WorkflowEnvironment.start_local(
        dev_server_existing_path=str(BIN / "temporal"),
        data_converter=DATA_CONVERTER,
        search_attributes=search_attributes(),
        dev_server_log_level="error",
        dev_server_extra_args=[*more, "--dynamic-config-value", "frontend.activityAPIsEnabled=true"],
    ) as environment:
        yield TemporalServer(environment)


@dataclass
class Companies:
    """Opens companies that close with the stack."""

    server: TemporalServer
    database: Path
    reader: DocumentReader
    stack: AsyncExitStack

    async def open(
        self, *, erp: Erp | None = None, mail_port: int | None = None, steps: Mapping[str, Wrap] | None = None, **changes: Any
    ) -> Bench:
        """A company at work. `erp` takes the place of its ERP, `mail_port` of its mail server, `changes` of its settings;
        `steps` wraps activities by their names."""
        client = await self.server.client()
        mailbox = Mailbox()
        if mail_port is None:
            mail_port = self.stack.enter_context(mail_server(mailbox))
        settings = self.stack.enter_context(own_settings(self.database, mail_port=mail_port, **changes))
        activities = worker.activities_of(settings, client, self.reader)
        light = [*activities.light] if erp is None else _with_erp(activities.light, erp, settings)
        wrapped = [(steps or {}).get(step.__name__, _as_it_is)(step) for step in light]
        await self.stack.enter_async_context(at_work(client, settings, wrapped, activities.reading))
        return Bench(client, settings, mailbox, datetime.now(UTC))


def _as_it_is(step: Callable[..., Any]) -> Callable[..., Any]:
    return step


@asynccontextmanager
async def at_work(
    client: OrderwrightClient,
    settings: Settings,
    light_activities: Sequence[Callable[..., Any]],
    reading_activities: Sequence[Callable[..., Any]],
) -> AsyncIterator[None]:
    """The company's workers."""
    with ThreadPoolExecutor(16) as light, ThreadPoolExecutor(2) as heavy:
        async with (
            worker.order_worker(client, light_activities, light),
            worker.reading_worker(client, settings, reading_activities, heavy),
        ):
            yield


@contextmanager
def mail_server(mailbox: Mailbox, port: int = 0) -> Iterator[int]:
    """The mail server that our answers go to; gives its port."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=port or free_port())
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@contextmanager
def own_settings(database: Path, **changes: Any) -> Iterator[Settings]:
    """Settings of a company with a database of its own, copied from `database`."""
    var = Path(tempfile.mkdtemp(prefix="company-", dir=database.parent))
    for part in database.parent.glob("company.db*"):
        shutil.copy(part, var / part.name.replace("company.db", "orderwright.db"))
    try:
        own: dict[str, Any] = {"var": var, "carrier_seconds_per_day": 0.05, "_env_file": None} | changes
        yield Settings(**own)
    finally:
        shutil.rmtree(var, ignore_errors=True)


def _with_erp(activities: Sequence[Callable[..., Any]], erp: Erp, settings: Settings) -> list[Callable[..., Any]]:
    """The activities with another ERP behind them."""
    engine = engine_for(settings.database)
    record = OrderRecord(SqlOrderBook(engine), SqlAuditTrail(engine), SystemClock(), settings.gateway)
    posting = ErpPosting(record, erp, SqlShipments(engine))
    others = [step for step in activities if step.__name__ not in ("post_to_erp", "cancel_in_erp")]
    return [*others, posting.post_to_erp, posting.cancel_in_erp]
