"""A whole company at work in one process: the real Temporal server, a real database, the real reader, a real mail server.

Each test gets a folder, a database and a set of mailboxes of its own; the Temporal server is shared, because workflow ids
are made of the messages' own digests and of customer and order numbers that no two tests share on purpose.
"""

from __future__ import annotations

import shutil
import socket
import sysconfig
import tempfile
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from temporalio.common import SearchAttributeKey
from temporalio.testing import WorkflowEnvironment

import worker
from activities.gateways.document_reader import ChildDocumentReader
from models.store.loading import load_company
from models.store.schema import migrate
from models.store.session import engine_for
from settings import Settings
from tests.workflows.bench import Bench, Mailbox
from workflows import desk
from workflows.client import OrderwrightClient
from workflows.converter import DATA_CONVERTER

DEMO = Path(__file__).parents[2] / "demo" / "company"


@pytest.fixture(scope="session")
def company_database() -> Iterator[Path]:
    """A database with the demo company, to copy."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="orderwright-bench-", dir=memory if memory.is_dir() else None))
    path = folder / "company.db"
    migrate(f"sqlite:///{path}")
    engine = engine_for(f"sqlite:///{path}")
    load_company(DEMO, engine, today=date.today())  # noqa: DTZ011 - the demo's deliveries count from the day of the run
    engine.dispose()
    yield path
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
async def temporal() -> AsyncIterator[OrderwrightClient]:
    """A Temporal server with our search attributes."""
    attributes = [getattr(desk, name) for name in dir(desk) if isinstance(getattr(desk, name), SearchAttributeKey)]
    async with await WorkflowEnvironment.start_local(
        dev_server_existing_path=str(Path(sysconfig.get_path("scripts")) / "temporal"),
        data_converter=DATA_CONVERTER,
        search_attributes=attributes,
        dev_server_log_level="error",
    ) as environment:
        yield OrderwrightClient(environment.client)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """The mail server that our answers go to."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=_free_port())
    controller.start()
    box.port = controller.port
    yield box
    controller.stop()


@pytest.fixture(scope="session")
def reader() -> Iterator[ChildDocumentReader]:
    """The protected reader, started once."""
    with ChildDocumentReader("reader:read") as documents:
        yield documents


@pytest.fixture
def settings(company_database: Path, mailbox: Mailbox) -> Iterator[Settings]:
    """A company of the test's own."""
    var = Path(tempfile.mkdtemp(prefix="company-", dir=company_database.parent))
    for part in company_database.parent.glob("company.db*"):
        shutil.copy(part, var / part.name.replace("company.db", "orderwright.db"))
    yield Settings(var=var, mail_port=mailbox.port, carrier_seconds_per_day=0.05, _env_file=None)  # type: ignore[call-arg]
    shutil.rmtree(var, ignore_errors=True)


@pytest.fixture
async def bench(
    temporal: OrderwrightClient, settings: Settings, mailbox: Mailbox, reader: ChildDocumentReader
) -> AsyncIterator[Bench]:
    """The company at work."""
    activities = worker.activities_of(settings, temporal, reader)
    with ThreadPoolExecutor(16) as light, ThreadPoolExecutor(2) as heavy:
        async with (
            worker.order_worker(temporal, activities.light, light),
            worker.reading_worker(temporal, settings, activities.reading, heavy),
        ):
            yield Bench(temporal, settings, mailbox, datetime.now(UTC))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
