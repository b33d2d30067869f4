"""Migrations and connections: what an operator sees when the database is new, wrong or gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, select

from models.domain.errors import Misconfigured, Unavailable
from models.store.lesson_table import lesson
from models.store.outcomes import order_outcome
from models.store.people_tables import identity
from models.store.schema import migrate
from models.store.session import engine_for, reading, writing
from models.store.tables import inbox, metadata, zone


def test_the_migrations_make_exactly_the_tables_that_the_code_uses(engine: Engine) -> None:
    """A changed table without a migration would fail at the customer's."""
    assert {lesson.metadata, order_outcome.metadata, identity.metadata} == {metadata}
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrating_twice_changes_nothing(engine: Engine, database_url: str) -> None:
    """Every start migrates; the second finds nothing to do and loses nothing."""
    with writing(engine) as connection:
        connection.execute(zone.insert().values(country="DE", zone="EU"))
    migrate(database_url)
    with reading(engine) as connection:
        assert connection.scalars(select(zone.c.zone)).all() == ["EU"]


def test_a_database_without_tables_asks_for_the_migrations(empty_database_url: str) -> None:
    """The message says what to run."""
    fresh = engine_for(empty_database_url)
    with pytest.raises(Misconfigured, match="migrat"), reading(fresh) as connection:
        connection.execute(select(inbox))
    fresh.dispose()


def test_an_error_inside_a_transaction_keeps_nothing_of_it(engine: Engine) -> None:
    """All or nothing."""
    with pytest.raises(ZeroDivisionError):
        _write_and_fail(engine)
    with reading(engine) as connection:
        assert connection.scalars(select(zone)).all() == []


def _write_and_fail(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(zone.insert().values(country="DE", zone="EU"))
        raise ZeroDivisionError


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://root@localhost/db", "sqlite://", "sqlite:///:memory:", "oracle+x://h"])
def test_a_url_that_names_no_database_of_ours_is_refused_with_advice(url: str) -> None:
    """The operator reads what to write instead."""
    with pytest.raises(Misconfigured, match="database_url"):
        engine_for(url)


def test_a_server_that_does_not_answer_is_unavailable_and_the_password_stays_secret() -> None:
    """It may come back; and logs are read by many."""
    engine = engine_for("postgresql://clerk:hush@127.0.0.1:1/books")
    with pytest.raises(Unavailable) as caught, reading(engine):
        pass
    assert "hush" not in str(caught.value)


def test_a_database_that_the_server_does_not_know_is_a_wrong_setting(postgresql_server: str) -> None:
    """Waiting will not create it."""
    engine = engine_for(postgresql_server.replace("/postgres?", "/nowhere?", 1))
    with pytest.raises(Misconfigured, match="nowhere"), reading(engine):
        pass


def test_a_folder_that_cannot_be_made_is_a_wrong_setting(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Misconfigured, match="file"):
        migrate(f"sqlite:///{tmp_path}/file/books.db")


def test_sqlite_keeps_what_it_acknowledged_when_the_power_fails(swift_folder: Path) -> None:
    """Write-ahead log, and every commit waits for the disk."""
    engine = engine_for(f"sqlite:///{swift_folder}/pragmas.db")
    with engine.connect() as connection:
        settings = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    engine.dispose()
    assert settings == ["wal", 2, 1]
