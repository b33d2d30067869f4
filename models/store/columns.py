"""Column types that keep values exact on both databases: documents, decimals and moments in time."""

# ruff: noqa: ARG002 - the signatures are SQLAlchemy's

from __future__ import annotations

from collections import OrderedDict
from datetime import UTC, datetime
from decimal import Decimal
from threading import Lock
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlalchemy import JSON, DateTime, Numeric, Text
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from models.domain.values import plain

M = TypeVar("M", bound=BaseModel)


#: How many of the latest documents are kept beside what they say, and how long they may be: whole lists are not.
_MOST_KEPT, _LONGEST_KEPT = 256, 100_000


class _LatestSaid:
    """What documents say, by their text: values never change, so what the same text said before it says again."""

    def __init__(self) -> None:
        self._values: OrderedDict[tuple[type[BaseModel], str], BaseModel] = OrderedDict()
        self._lock = Lock()

    def find(self, model: type[BaseModel], text: str) -> Any:
        with self._lock:
            found = self._values.get((model, text))
            if found is not None:
                self._values.move_to_end((model, text))
        if found is None:
            found = model.model_validate_json(text)
            self.keep(model, text, found)
        return found

    def keep(self, model: type[BaseModel], text: str, value: BaseModel) -> None:
        if len(text) >= _LONGEST_KEPT:
            return
        with self._lock:
            self._values[model, text] = value
            self._values.move_to_end((model, text))
            while len(self._values) > _MOST_KEPT:
                self._values.popitem(last=False)


_SAID = _LatestSaid()


class _JsonText(sqlite.JSON):
    """JSON that stays text on its way: the values below write and read it themselves, in one go."""

    def bind_processor(self, dialect: Dialect) -> None:
        return None

    def result_processor(self, dialect: Dialect, coltype: Any) -> None:
        return None


class DocumentOf(TypeDecorator[M]):
    """A whole value as one JSON document. What is queried stands in columns of its own beside it.

    The latest ones are remembered: what one step has just kept, the next one need not take apart again.
    """

    impl = JSON
    cache_ok = True

    def __init__(self, model: type[M]) -> None:
        super().__init__()
        self.model = model

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(_JsonText() if dialect.name == "sqlite" else JSON())

    def process_bind_param(self, value: M | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if dialect.name != "sqlite":
            return value.model_dump(mode="json")
        text = value.model_dump_json()
        _SAID.keep(self.model, text, value)
        return text

    def process_result_value(self, value: Any, dialect: Dialect) -> M | None:
        if value is None:
            return None
        if not isinstance(value, str):
            return self.model.model_validate(value)
        kept: M = _SAID.find(self.model, value)
        return kept


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal with all its digits: NUMERIC on PostgreSQL, text on SQLite, whose numbers are binary floats."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Numeric() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return plain(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Moment(TypeDecorator[datetime]):
    """An aware datetime in UTC. SQLite knows no time zones: there it is kept without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} names no time zone: only aware datetimes are kept")
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
