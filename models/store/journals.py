"""Small journals that are written once per key: numbers given and messages posted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine, select, update

from models.domain.errors import Rejected
from models.domain.messages import OutboundMessage, message_digest
from models.store.session import insert_new, reading, writing
from models.store.tables import number_given, number_range, outbox


class SqlNumberRanges:
    """Fulfils `activities.ports.NumberRanges`. Counter and number are written in one transaction, so a crash leaves no gap."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def number(self, range_name: str, key: str) -> int:
        """The key's number in the range, from 1."""
        given = select(number_given.c.number).where(number_given.c.range_name == range_name, number_given.c.key == key)
        next_number = (
            update(number_range)
            .where(number_range.c.range_name == range_name)
            .values(last_number=number_range.c.last_number + 1)
            .returning(number_range.c.last_number)
        )
        with writing(self._engine) as connection:
            insert_new(connection, number_range, range_name=range_name, last_number=0)
            # Whoever else counts in this range waits here until we are done, and then sees what we gave.
            connection.execute(select(number_range).where(number_range.c.range_name == range_name).with_for_update())
            known = connection.scalar(given)
            if known is not None:
                return int(known)
            number = connection.execute(next_number).scalar_one()
            insert_new(connection, number_given, range_name=range_name, key=key, number=number)
            return int(number)

    def key_of(self, range_name: str, number: int) -> str | None:
        """The key that was given this number; None where nobody was."""
        given = select(number_given.c.key).where(number_given.c.range_name == range_name, number_given.c.number == number)
        with reading(self._engine) as connection:
            return connection.scalar(given)

    def known(self, range_name: str, key: str) -> int | None:
        """The number that the key was given; None where it has none."""
        given = select(number_given.c.number).where(number_given.c.range_name == range_name, number_given.c.key == key)
        with reading(self._engine) as connection:
            return connection.scalar(given)


class SqlOutbox:
    """Fulfils `activities.ports.Outbox`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def post(self, message: OutboundMessage) -> bool:
        with writing(self._engine) as connection:
            digest = message_digest(message.key)
            return insert_new(connection, outbox, key=message.key, subject_id=message.subject_id, document=message, digest=digest)

    def find(self, key: str) -> OutboundMessage | None:
        with reading(self._engine) as connection:
            return connection.scalar(select(outbox.c.document).where(outbox.c.key == key))

    def answered_by(self, digests: Sequence[str]) -> OutboundMessage | None:
        named = select(outbox.c.digest, outbox.c.document).where(outbox.c.digest.in_(digests[:100]))
        with reading(self._engine) as connection:
            found = {row.digest: row.document for row in connection.execute(named)}
        return next((found[digest] for digest in digests if digest in found), None)

    def is_sent(self, key: str) -> bool:
        with reading(self._engine) as connection:
            return connection.scalar(select(outbox.c.sent_at).where(outbox.c.key == key)) is not None

    def mark_sent(self, key: str, at: datetime) -> None:
        """Keep when it was first sent. Raises `Rejected` (not_found) for a message that was never posted."""
        with writing(self._engine) as connection:
            if connection.scalar(select(outbox.c.posting).where(outbox.c.key == key)) is None:
                raise Rejected(f"there is no outbound message {key}", code="not_found")
            connection.execute(update(outbox).where(outbox.c.key == key, outbox.c.sent_at.is_(None)).values(sent_at=at))

    def sent_at(self, key: str) -> datetime | None:
        """When the message was sent, or None while it waits."""
        with reading(self._engine) as connection:
            moment: datetime | None = connection.scalar(select(outbox.c.sent_at).where(outbox.c.key == key))
            return moment

    def of_subject(self, subject_id: str) -> Sequence[OutboundMessage]:
        wanted = select(outbox.c.document).where(outbox.c.subject_id == subject_id).order_by(outbox.c.posting)
        with reading(self._engine) as connection:
            return connection.scalars(wanted).all()
