"""What happened, append-only: each entry's digest covers the one before it, so that a change anywhere shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, bindparam, select, update

from models.domain.messages import AuditEntry
from models.store.session import insert_new, reading, writing
from models.store.tables import audit, audit_head

#: Put together once: every entry asks these.
_KNOWN = select(audit.c.sequence).where(audit.c.subject_id == bindparam("subject"), audit.c.key == bindparam("named"))
_LOCKED_HEAD = select(audit_head.c.sequence, audit_head.c.digest).with_for_update()
_MOVED_HEAD = update(audit_head)


@dataclass(frozen=True, slots=True)
class AuditBreak:
    """A place where the trail is not what was written: the entry's sequence and what is wrong there."""

    sequence: int
    cause: str


class SqlAuditTrail:
    """Fulfils `activities.ports.AuditTrail`.

    One chain for all subjects: an entry can be neither changed, moved, taken out nor cut off the end unnoticed, unless
    its forger reckons all later digests anew and the head too. `head` is what to keep outside against that.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def append(self, entry: AuditEntry) -> None:
        with writing(self._engine) as connection:
            append_entry(connection, entry)

    def timeline(self, subject_id: str) -> Sequence[AuditEntry]:
        wanted = select(audit.c.document).where(audit.c.subject_id == subject_id).order_by(audit.c.sequence)
        with reading(self._engine) as connection:
            return connection.scalars(wanted).all()

    def of_kind(self, prefix: str) -> Iterator[AuditEntry]:
        """The entries of every subject whose name begins so, in the order in which they were written."""
        wanted = select(audit.c.document).where(audit.c.subject_id.startswith(prefix, autoescape=True)).order_by(audit.c.sequence)
        with reading(self._engine) as connection:
            yield from connection.execution_options(yield_per=500).scalars(wanted)

    def head(self) -> tuple[int, str]:
        """The sequence and digest of the last entry; (0, "") of an empty trail."""
        with reading(self._engine) as connection:
            row = connection.execute(select(audit_head.c.sequence, audit_head.c.digest)).one_or_none()
        return (0, "") if row is None else (row.sequence, row.digest)

    def verify(self) -> list[AuditBreak]:
        """Reckon the whole chain again; empty where it holds."""
        breaks: list[AuditBreak] = []
        sequence, digest = 0, ""
        with reading(self._engine) as connection:
            head = connection.execute(select(audit_head.c.sequence, audit_head.c.digest)).one_or_none()
            # What is appended while we reckon is not covered by the head that we read.
            last = head.sequence if head else 0
            wanted = select(audit).where(audit.c.sequence <= last).order_by(audit.c.sequence)
            for row in connection.execution_options(yield_per=500).execute(wanted):
                breaks.extend(_breaks(row, sequence, digest))
                sequence, digest = row.sequence, row.digest
        if head and (head.sequence, head.digest) != (sequence, digest):
            breaks.append(AuditBreak(head.sequence, f"the trail ends at entry {sequence}, but entry {head.sequence} was written"))
        return breaks


def digest_of(entry: AuditEntry, previous: str) -> str:
    """SHA-256 over the previous digest and the entry's canonical JSON (sorted keys, no spaces, UTF-8), without its digest."""
    content = entry.model_dump(mode="json", exclude={"digest"})
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous}\n{canonical}".encode()).hexdigest()


def append_entry(connection: Connection, entry: AuditEntry) -> None:
    """Append an entry, unless its subject has one with its key, in the transaction of what it tells of."""
    sequence, digest = _locked_head(connection)
    if connection.scalar(_KNOWN, {"subject": entry.subject_id, "named": entry.key}) is None:
        _chain(connection, entry, sequence + 1, digest)


def _locked_head(connection: Connection) -> tuple[int, str]:
    row = connection.execute(_LOCKED_HEAD).one_or_none()
    if row is None:
        insert_new(connection, audit_head, id=1, sequence=0, digest="")
        row = connection.execute(_LOCKED_HEAD).one()
    return row.sequence, row.digest


def _chain(connection: Connection, entry: AuditEntry, sequence: int, previous: str) -> None:
    numbered = entry.model_copy(update={"sequence": sequence, "digest": ""})
    digest = digest_of(numbered, previous)
    kept = numbered.model_copy(update={"digest": digest})
    insert_new(connection, audit, sequence=sequence, subject_id=entry.subject_id, key=entry.key, digest=digest, document=kept)
    connection.execute(_MOVED_HEAD, {"sequence": sequence, "digest": digest})


def _breaks(row: Row[Any], before: int, previous: str) -> list[AuditBreak]:
    entry: AuditEntry = row.document
    breaks = []
    if row.sequence != before + 1:
        breaks.append(AuditBreak(row.sequence, f"entries {before + 1} to {row.sequence - 1} are missing"))
    columns = (row.sequence, row.digest, row.subject_id, row.key)
    if columns != (entry.sequence, entry.digest, entry.subject_id, entry.key):
        breaks.append(AuditBreak(row.sequence, "the columns and the document say different things"))
    if digest_of(entry, previous) != row.digest:
        breaks.append(AuditBreak(row.sequence, "its digest does not follow from its content and the entry before it"))
    return breaks
