"""The audit trail: each fact once, in order, and no change unnoticed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, exc, text

from models.store.audit_trail import SqlAuditTrail
from tests.store import samples


def _let_a_forger_in(engine: Engine, command: str) -> None:
    """Whoever owns the database can drop its triggers."""
    with engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            for name in ("audit_no_update", "audit_no_delete"):
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("DROP TRIGGER audit_no_change ON audit"))
        connection.execute(text(command))


def _written(engine: Engine, entries: int = 4) -> SqlAuditTrail:
    trail = SqlAuditTrail(engine)
    for place in range(entries):
        trail.append(samples.fact(f"step {place}", reason="Größe M8 × 40"))
    return trail


def test_a_fact_is_kept_once(engine: Engine) -> None:
    """A step that runs again does not tell it again."""
    trail = SqlAuditTrail(engine)
    for place in (1, 2):
        trail.append(samples.fact(summary=f"told {place} times"))
    assert [entry.details["summary"] for entry in trail.timeline("order:10010:1")] == ["told 1 times"]


def test_a_timeline_holds_one_subject_in_order(engine: Engine) -> None:
    """Numbered by the store."""
    trail = SqlAuditTrail(engine)
    for key, subject in (("a", "order:1:1"), ("b", "order:1:2"), ("c", "order:1:1")):
        trail.append(samples.fact(key, subject))
    assert [(entry.key, entry.sequence) for entry in trail.timeline("order:1:1")] == [("a", 1), ("c", 3)]


def test_an_untouched_trail_has_no_breaks(engine: Engine) -> None:
    """Nor an empty one."""
    assert SqlAuditTrail(engine).verify() == []
    assert _written(engine).verify() == []


def test_many_writers_at_once_make_one_unbroken_chain(engine: Engine) -> None:
    """Every entry follows exactly one other."""
    trail = SqlAuditTrail(engine)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda place: trail.append(samples.fact(f"step {place}")), range(24)))
    assert (trail.verify(), trail.head()[0]) == ([], 24)


@pytest.mark.parametrize("command", ["UPDATE audit SET subject_id = 'x'", "DELETE FROM audit"])
def test_the_database_refuses_to_change_the_trail(engine: Engine, command: str) -> None:
    """Append-only is held where the data is."""
    _written(engine)
    with engine.connect() as connection, pytest.raises(exc.DBAPIError, match="append-only"):
        connection.execute(text(command))


@pytest.mark.parametrize(
    ("forgery", "at"),
    [
        ("UPDATE audit SET subject_id = 'order:9:9' WHERE sequence = 2", 2),
        ("UPDATE audit SET document = replace(CAST(document AS TEXT), 'M8', 'M9') WHERE sequence = 3", 3),
        ("DELETE FROM audit WHERE sequence = 2", 3),
        ("DELETE FROM audit WHERE sequence = 4", 4),
    ],
)
def test_every_forgery_shows_where_it_was_done(engine: Engine, forgery: str, at: int) -> None:
    """Changed columns, changed words, an entry taken out, the tail cut off."""
    trail = _written(engine)
    if engine.dialect.name == "postgresql":
        forgery = forgery.replace("replace(CAST(document AS TEXT), 'M8', 'M9')", "replace(document::text, 'M8', 'M9')::json")
    _let_a_forger_in(engine, forgery)
    assert at in {found.sequence for found in trail.verify()}
