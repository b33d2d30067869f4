"""The table of lessons, beside the others in `tables`."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text, UniqueConstraint

from models.domain.learning import Lesson
from models.store.columns import DocumentOf
from models.store.tables import Sequence, metadata

#: What people's decisions taught; a fact is what its lessons make together.
lesson = Table(
    "lesson",
    metadata,
    Column("taught", Sequence, primary_key=True, autoincrement=True),
    Column("fact_id", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("document", DocumentOf(Lesson), nullable=False),
    UniqueConstraint("fact_id", "key", name="lesson_once_per_fact"),
    Index("lesson_by_subject", "scope", "subject"),
)
