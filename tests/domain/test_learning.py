"""What a fact is worth: which lessons make it certain, what takes that away, and when it is forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.learning import FactKind, LearnedFact, Lesson, LessonKind, Statement, facts_of, recalled
from tests.domain.made import NOW

TODAY = NOW.date()
HELD_TEN_TIMES: tuple[LessonKind, ...] = ("held",) * 10


def statement(meaning: str = "HX-M8-40", **parts: str) -> Statement:
    usual = {"kind": FactKind.PART_NUMBER, "scope": "10010", "key": "KD7781", "written": "KD 77-81", "meaning": meaning}
    return Statement.model_validate({**usual, **parts})


def fact(*kinds: LessonKind, meaning: str = "HX-M8-40", days_ago: int = 0) -> LearnedFact:
    said = statement(meaning)
    at = NOW - timedelta(days=days_ago)
    return LearnedFact(
        statement=said,
        lessons=tuple(
            Lesson(statement=said, kind=kind, key=f"{place}:{kind}", order_id=f"order:10010:{place}", by="jo.reviewer", at=at)
            for place, kind in enumerate(kinds)
        ),
    )


@pytest.mark.parametrize(
    ("lessons", "is_certain"),
    [
        (("corrected",), True),
        (("approved",), False),
        (("approved", "approved"), True),
        (("corrected", "overruled"), False),
        (("corrected", "overruled", "corrected"), True),
        (("approved", *["held"] * 20), True),
        (("corrected", "undone"), False),
        (("corrected", "undone", "approved"), False),
        (("corrected", "undone", "corrected"), True),
        (("held",) * 20, False),
        (("corrected", *["held"] * 10, "overruled"), True),
    ],
    ids=lambda value: ",".join(dict.fromkeys(value)) if isinstance(value, tuple) else None,
)
def test_a_fact_is_certain_by_what_it_was_taught(lessons: tuple[LessonKind, ...], is_certain: bool) -> None:
    """A correction on the line counts at once, an approval in passing half; use confirms, another word takes one away."""
    assert fact(*lessons).is_certain_on(TODAY) is is_certain


@given(st.lists(st.sampled_from(get_args(LessonKind)), min_size=1, max_size=30))
def test_an_overruling_never_makes_a_fact_surer(kinds: list[LessonKind]) -> None:
    """Whatever came before."""
    assert fact(*kinds, "overruled").weight <= fact(*kinds).weight


@pytest.mark.parametrize(("kinds", "days"), [(("corrected",), 180), (("corrected", "held"), 540)])
def test_a_fact_is_forgotten_when_it_does_not_come_again(kinds: tuple[LessonKind, ...], days: int) -> None:
    """Half a year where it never served, a year and a half after it served last."""
    assert fact(*kinds, days_ago=days - 1).is_certain_on(TODAY)
    assert fact(*kinds, days_ago=days).state_on(TODAY) == "expired"


def test_two_certain_facts_that_contradict_each_other_are_put_to_a_person() -> None:
    """An established fact is not turned over by one click, and neither is the click ignored."""
    old, new = fact("corrected", *HELD_TEN_TIMES, "overruled"), fact("corrected", meaning="HX-M8-45")
    told = recalled([old, new], FactKind.PART_NUMBER, "KD7781", TODAY)
    assert (told.fact, {hint.statement.meaning for hint in told.hints}) == (None, {"HX-M8-40", "HX-M8-45"})


def test_what_is_not_certain_is_a_hint() -> None:
    """It is shown, and not used."""
    told = recalled([fact("approved")], FactKind.PART_NUMBER, "KD7781", TODAY)
    assert (told.fact, len(told.hints)) == (None, 1)


def test_lessons_make_one_fact_for_each_thing_that_was_said() -> None:
    """In the order in which they were taught."""
    one, other = fact("corrected", "held"), fact("approved", meaning="HX-M8-45")
    assert facts_of([one.lessons[0], *other.lessons, one.lessons[1]]) == [one, other]


def test_a_receipt_names_who_when_where_and_how_it_did() -> None:
    """In a sentence for people."""
    words = fact("corrected", "held", "held").receipt()
    assert words.startswith("'KD 77-81' means HX-M8-40: corrected by jo.reviewer on 2026-11-23 in order:10010:0")
    assert "held in 2 orders, overruled 0×" in words
