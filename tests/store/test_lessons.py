"""Lessons on both databases: each kept once, found by whom and what they are about."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from activities.learning_ports import LessonBook
from models.domain.errors import Rejected
from models.store.lessons import SqlLessons
from tests.domain.test_learning import fact


def test_a_lesson_is_kept_once(engine: Engine) -> None:
    """The second time nothing is new."""
    book: LessonBook = SqlLessons(engine)
    taught = fact("corrected", "held").lessons
    assert list(book.teach(taught)) == list(taught)
    assert list(book.teach(taught)) == []
    assert book.about("10010", ["KD7781"]) == [fact("corrected", "held")]


def test_facts_are_found_by_scope_and_key_alone(engine: Engine) -> None:
    """Another customer's facts are not there, and neither is another number's."""
    book = SqlLessons(engine)
    book.teach(fact("corrected").lessons)
    assert (book.about("10023", ["KD7781"]), book.about("10010", ["KD7782", "x\x00"])) == ([], [])


def test_many_keys_at_once_are_no_matter(engine: Engine) -> None:
    """More than a statement takes parameters."""
    book = SqlLessons(engine)
    book.teach(fact("corrected").lessons)
    assert book.about("10010", [*map(str, range(3000)), "KD7781"]) == [fact("corrected")]


def test_an_unknown_fact_says_where_the_known_ones_are(engine: Engine) -> None:
    """The id was mistyped."""
    with pytest.raises(Rejected, match="learned list"):
        SqlLessons(engine).fact("part-number-0")
