"""The messages at our doors, in the order in which they came."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Engine, select, update

from models.domain.blobs import BlobRef
from models.domain.errors import Rejected
from models.domain.messages import InboundMessage, MessageState, Outcome
from models.store.session import insert_new, reading, writing
from models.store.tables import inbox

#: What was concluded before stays so while it is answered again.
_ONCE_STARTED: dict[MessageState, MessageState] = {"received": "started", "repeated": "concluded"}


class SqlInbox:
    """Fulfils `activities.ports.Inbox`. When `receive` returns, the message is on the disk and may be acknowledged."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def receive(self, message: InboundMessage, *, is_retry: bool = False) -> InboundMessage:
        with writing(self._engine) as connection:
            insert_new(connection, inbox, message_id=message.message_id, state=message.state, document=message)
            kept = _kept(connection, message.message_id)
            if kept.state != "concluded" or is_retry:
                return kept
            repeated = kept.model_copy(update={"state": "repeated", "repeats": kept.repeats + 1})
            _write(connection, repeated)
            return repeated

    def get(self, message_id: str) -> InboundMessage:
        with reading(self._engine) as connection:
            return _kept(connection, message_id)

    def not_started(self, limit: int = 100) -> Sequence[InboundMessage]:
        waiting = (
            select(inbox.c.document).where(inbox.c.state.in_(("received", "repeated"))).order_by(inbox.c.arrival).limit(limit)
        )
        with reading(self._engine) as connection:
            return connection.scalars(waiting).all()

    def mark_started(self, message_id: str) -> None:
        with writing(self._engine) as connection:
            message = _kept(connection, message_id)
            then = _ONCE_STARTED.get(message.state)
            if then is not None:
                _write(connection, message.model_copy(update={"state": then}))

    def conclude(
        self, message_id: str, outcome: Outcome, explanation: str, order_ids: Sequence[str], reading: BlobRef | None
    ) -> None:
        conclusion = {"outcome": outcome, "explanation": explanation, "order_ids": tuple(order_ids), "reading": reading}
        with writing(self._engine) as connection:
            message = _kept(connection, message_id)
            _write(connection, message.model_copy(update={"state": "concluded", **conclusion}))

    def recent(self, limit: int = 200) -> Sequence[InboundMessage]:
        latest = select(inbox.c.document).order_by(inbox.c.arrival.desc()).limit(limit)
        with reading(self._engine) as connection:
            return connection.scalars(latest).all()


def _kept(connection: Connection, message_id: str) -> InboundMessage:
    found = connection.scalar(select(inbox.c.document).where(inbox.c.message_id == message_id).with_for_update())
    if found is None:
        raise Rejected(f"there is no inbound message {message_id}", code="not_found")
    message: InboundMessage = found
    return message


def _write(connection: Connection, message: InboundMessage) -> None:
    change = update(inbox).where(inbox.c.message_id == message.message_id)
    connection.execute(change.values(state=message.state, document=message))
