"""Connections: SQLite for one machine, PostgreSQL for several. Database errors become ours here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Executable, Table, create_engine, event, exc
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url

from models.domain.errors import Misconfigured, OrderwrightError, Unavailable

_ADVICE = "set database_url to sqlite:///path/to/file.db or postgresql://user:password@host/database"
_WRONG_SETTINGS = (
    "password authentication failed",
    "no password supplied",
    "no pg_hba.conf entry",
    "does not exist",
    "unable to open database file",
    "file is not a database",
    "could not translate host name",
    "failed to resolve host",
    "permission denied",
    "readonly database",
)
_NOT_MIGRATED = ("no such table", "no such column", "has no column")
#: Without a state the connection itself failed; 28 authorisation, 3D000 unknown database, 42501 missing privilege.
_SETTINGS_STATES = ("", "28000", "28P01", "3D000", "42501")
#: SQLSTATE classes: connection, rollback, resources, object in use, intervention, system error; a standby is read-only.
_PASSING_STATES = ("08", "40", "53", "55", "57", "58", "25006")

T = TypeVar("T")


def engine_for(url: str) -> Engine:
    """An engine for the database at `url`; it connects when first used.

    Raises `Misconfigured` for a URL that names no database, driver or kind of database that we know.
    """
    database = _readable(url)
    try:
        if database.get_backend_name() == "sqlite":
            return _sqlite(database)
        return _postgresql(database)
    except ModuleNotFoundError as error:
        raise Misconfigured(f"the database driver {error.name} is not installed: {_ADVICE}") from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection whose questions all see one state of the books. Raises `Unavailable` or `Misconfigured`."""
    with _translated(engine), engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")  # SQLite reads so anyway
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: all of it is kept on the disk when this ends, or nothing. Raises `Unavailable` or `Misconfigured`."""
    with _translated(engine), engine.connect() as connection:
        # Asked for the write lock at the start, SQLite waits for it; asked half-way, it fails at once.
        connection.execution_options(orderwright_writes=True)
        with connection.begin():
            yield connection


def insert_new(connection: Connection, table: Table, **values: Any) -> bool:
    """Insert the row unless one with a key of its is there; whether it was inserted."""
    return connection.execute(_insert(table, connection.dialect.name), values).first() is not None


@lru_cache(maxsize=64)
def _insert(table: Table, dialect_name: str) -> Executable:
    """Made once for each table: making it takes longer than running it."""
    dialect: Any = postgresql if dialect_name == "postgresql" else sqlite
    key = next(iter(table.primary_key.columns))
    statement: Executable = dialect.insert(table).on_conflict_do_nothing().returning(key)
    return statement


def in_chunks(values: Sequence[T], size: int = 1000) -> Iterator[Sequence[T]]:
    """Slices short enough for one statement: databases limit the number of parameters."""
    return (values[start : start + size] for start in range(0, len(values), size))


def _readable(url: str) -> URL:
    try:
        database = make_url(url)
        backend = database.get_backend_name()
    except (exc.ArgumentError, ValueError) as error:
        raise Misconfigured(f"the database URL cannot be read: {_ADVICE}") from error
    if backend not in ("sqlite", "postgresql", "postgres"):
        raise Misconfigured(f"{backend} is not a database that orderwright keeps its books in: {_ADVICE}")
    if backend == "sqlite" and database.database in (None, "", ":memory:"):
        raise Misconfigured(f"a database in memory forgets what it acknowledged: {_ADVICE}")
    return database.set(drivername="sqlite" if backend == "sqlite" else "postgresql+psycopg")


def _sqlite(database: URL) -> Engine:
    engine = create_engine(database, pool_size=10, max_overflow=40, connect_args={"timeout": 10})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(raw: Any, _record: object) -> None:
    raw.isolation_level = None  # the driver's own transactions begin too late for a consistent read
    cursor = raw.cursor()
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    # NORMAL may lose the last commits when the power fails. A mail that we answered with 250 is ours alone: FULL.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("orderwright_writes", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    # To begin a read takes no lock and cannot fail: the driver's own call does it in a tenth of the time.
    raw: Any = connection.connection.driver_connection
    raw.execute("BEGIN")


def _postgresql(database: URL) -> Engine:
    # Whoever waits ten seconds for a row had better be told and come again; a client that died must not keep its locks.
    limits = "-c timezone=UTC -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000"
    arguments = {"connect_timeout": 10, "options": limits}
    return create_engine(database, pool_pre_ping=True, pool_size=10, max_overflow=40, connect_args=arguments)


@contextmanager
def _translated(engine: Engine) -> Iterator[None]:
    try:
        yield
    except exc.TimeoutError as error:
        raise Unavailable(f"all connections to {_shown(engine)} are in use: {error}") from error
    except exc.DBAPIError as error:
        ours = _ours(error, engine)
        if ours is None:
            raise
        raise ours from error


def _ours(error: exc.DBAPIError, engine: Engine) -> OrderwrightError | None:
    """What a database error means to us, or None where it is a bug of ours."""
    cause = str(error.orig).strip()
    state = getattr(error.orig, "sqlstate", None) or ""
    if state in ("42P01", "42703") or any(words in cause for words in _NOT_MIGRATED):
        return Misconfigured(f"{_shown(engine)} lacks our tables ({cause}): run the migrations (orderwright migrate)")
    if state in _SETTINGS_STATES and any(words in cause for words in _WRONG_SETTINGS):
        return Misconfigured(f"{_shown(engine)} refuses us ({cause}): {_ADVICE}")
    passes = isinstance(error, exc.OperationalError) or error.connection_invalidated or state.startswith(_PASSING_STATES)
    return Unavailable(f"{_shown(engine)} did not answer: {cause}") if passes else None


def _shown(engine: Engine) -> str:
    """The database without its password."""
    return f"the database {engine.url.render_as_string(hide_password=True)}"


def make_room(url: str) -> None:
    """Create the folder that a SQLite file shall lie in. Raises `Misconfigured` where that is not allowed."""
    database = _readable(url)
    if database.get_backend_name() != "sqlite" or database.database is None:
        return
    folder = Path(database.database).absolute().parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured(f"the folder {folder} for the database cannot be made ({error.strerror}): {_ADVICE}") from error
