"""A whole company at work in one process: the real Temporal server, a real database, the real reader, a real mail server.

One Temporal server serves all tests. Most tests share one company on it, because workflow ids are made of customer and
order numbers, and every test uses order numbers of its own. What breaks things (a mail server that is away, an ERP that
refuses, a warehouse where people pick) opens a company of its own, in a namespace and a database of its own.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio

from activities.gateways.document_reader import ChildDocumentReader
from models.store.loading import load_company
from models.store.schema import migrate
from models.store.session import engine_for
from tests.workflows.bench import Bench
from tests.workflows.company import Companies, TemporalServer, temporal_server

DEMO = Path(__file__).parents[2] / "demo" / "company"


def _patient(folder: Path) -> Path:
    """The demo company's files, with a budget that only counts: tests share the company, and some send wrong goods back."""
    shutil.copytree(DEMO, folder)
    policy = folder / "policy.yaml"
    policy.write_text(policy.read_text("utf-8").replace("error_budget:\n", "error_budget:\n  is_enforced: false\n"), "utf-8")
    return folder


@pytest.fixture(scope="session")
def company_database() -> Iterator[Path]:
    """A database with the demo company, to copy."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="orderwright-bench-", dir=memory if memory.is_dir() else None))
    path = folder / "company.db"
    migrate(f"sqlite:///{path}")
    engine = engine_for(f"sqlite:///{path}")
    load_company(_patient(folder / "files"), engine, today=date.today())  # noqa: DTZ011 - deliveries count from the day of the run
    engine.dispose()
    yield path
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def reader() -> Iterator[ChildDocumentReader]:
    """The protected reader, started once."""
    with ChildDocumentReader("reader:read") as documents:
        yield documents


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def server() -> AsyncIterator[TemporalServer]:
    """A Temporal server with our search attributes in all of its namespaces."""
    async with temporal_server() as running:
        yield running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def bench(server: TemporalServer, company_database: Path, reader: ChildDocumentReader) -> AsyncIterator[Bench]:
    """The company that most tests share."""
    async with AsyncExitStack() as stack:
        yield await Companies(server, company_database, reader, stack).open()


@pytest_asyncio.fixture(loop_scope="session")
async def companies(server: TemporalServer, company_database: Path, reader: ChildDocumentReader) -> AsyncIterator[Companies]:
    """Opens companies that are the test's own."""
    async with AsyncExitStack() as stack:
        yield Companies(server, company_database, reader, stack)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def bench_by_hand(server: TemporalServer, company_database: Path, reader: ChildDocumentReader) -> AsyncIterator[Bench]:
    """A company where people pick and receive goods, and parcels travel for hours: its orders stand still until told."""
    async with AsyncExitStack() as stack:
        companies = Companies(server, company_database, reader, stack)
        yield await companies.open(warehouse="manual", carrier_seconds_per_day=3600)
