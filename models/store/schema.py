"""Brings a database to the tables of this release. Going back is restoring a backup."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from models.store.session import engine_for, make_room, writing
from models.store.waiting import refill_queue

#: Any number that no other program on the server uses for its advisory locks: "orwr" in ASCII.
_MIGRATION_LOCK = 0x6F727772


def migrate(url: str) -> None:
    """Run the migrations that the database lacks, all or none; several processes may try at once.

    Raises `Misconfigured` where the URL or the rights are wrong, `Unavailable` where the database does not answer.
    """
    make_room(url)
    engine = engine_for(url)
    try:
        with writing(engine) as connection:
            _queue_up(connection)
            command.upgrade(configuration(connection), "head")
        refill_queue(engine)
    finally:
        engine.dispose()


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for work on this connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _queue_up(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = '120s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
