"""What was taught, lesson by lesson and never changed: a fact is what its lessons make together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, Select, bindparam, select

from models.domain.errors import Rejected
from models.domain.learning import LearnedFact, Lesson, facts_of
from models.store.lesson_table import lesson
from models.store.lookups import storable
from models.store.session import in_chunks, insert_new, reading, writing

#: Put together once: every order asks it twice.
_ABOUT = (
    select(lesson.c.document)
    .where(lesson.c.scope == bindparam("scope"), lesson.c.subject.in_(bindparam("subjects", expanding=True)))
    .order_by(lesson.c.taught)
)


class SqlLessons:
    """Fulfils `activities.learning_ports.LessonBook`, and lists and shows facts to people."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def teach(self, lessons: Sequence[Lesson]) -> Sequence[Lesson]:
        """Keep the lessons, all in one transaction; those that were not there already come back."""
        with writing(self._engine) as connection:
            return [each for each in lessons if insert_new(connection, lesson, **_columns(each))]

    def about(self, scope: str, keys: Sequence[str]) -> Sequence[LearnedFact]:
        """The facts of the scope about any of the keys."""
        kept: list[Lesson] = []
        chunks = in_chunks(sorted(set(storable(keys)))) if storable([scope]) else ()
        with reading(self._engine) as connection:
            for some in chunks:
                kept += connection.scalars(_ABOUT, {"scope": scope, "subjects": some})
        return facts_of(kept)

    def fact(self, fact_id: str) -> LearnedFact:
        """Raises `Rejected` where there is none of this id."""
        found = self._facts(select(lesson.c.document).where(lesson.c.fact_id.in_(storable([fact_id]))))
        if not found:
            raise Rejected(f"nothing was learned under {fact_id!r}. `orderwright learned list` shows what was.", code="not_found")
        return found[0]

    def facts(self) -> Sequence[LearnedFact]:
        """Everything that was ever learned, oldest first."""
        return self._facts(select(lesson.c.document))

    def _facts(self, wanted: Select[Any]) -> Sequence[LearnedFact]:
        with reading(self._engine) as connection:
            return facts_of(connection.scalars(wanted.order_by(lesson.c.taught)).all())


def _columns(taught: Lesson) -> dict[str, object]:
    statement = taught.statement
    return {
        "fact_id": statement.fact_id,
        "key": taught.key,
        "scope": statement.scope.replace("\x00", ""),
        "subject": statement.key.replace("\x00", ""),
        "document": taught,
    }
