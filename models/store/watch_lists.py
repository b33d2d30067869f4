"""The lists of denied parties that the operator loaded: each as a whole, replaced as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine, insert, select, update

from models.domain.screening import ListVersion, WatchList
from models.store.session import reading, writing
from models.store.tables import watch_list


class SqlWatchLists:
    """Fulfils `activities.decision_ports.WatchLists`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def take(self, given: WatchList, at: datetime) -> bool:
        """Put the list in the place of the one with its name, in one transaction; False where it is the same file again."""
        with writing(self._engine) as connection:
            kept = connection.execute(select(watch_list.c.digest).where(watch_list.c.name == given.name)).scalar_one_or_none()
            values = {"digest": given.digest, "version": given.version, "loaded_at": at, "document": given}
            if kept is None:
                connection.execute(insert(watch_list).values(name=given.name, **values))
            elif kept != given.digest:
                connection.execute(update(watch_list).where(watch_list.c.name == given.name).values(**values))
            return kept != given.digest

    def state(self) -> str:
        """What changes when any list does: cheap to ask before every screening."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(watch_list.c.name, watch_list.c.digest).order_by(watch_list.c.name)).all()
        return "|".join(f"{row.name}={row.digest}" for row in rows)

    def versions(self) -> Sequence[tuple[ListVersion, datetime]]:
        """The lists in force with the moment they were loaded."""
        columns = select(watch_list.c.name, watch_list.c.version, watch_list.c.loaded_at).order_by(watch_list.c.name)
        with reading(self._engine) as connection:
            return [(ListVersion(name=row.name, version=row.version), row.loaded_at) for row in connection.execute(columns)]

    def all(self) -> Sequence[WatchList]:
        with reading(self._engine) as connection:
            return connection.scalars(select(watch_list.c.document).order_by(watch_list.c.name)).all()
