"""Working hours count, nights, weekends and holidays do not; whoever is away is stood in for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from models.domain.findings import Owner
from models.domain.working_hours import Absence, DeskPerson, DeskRules

WEEK = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "08:00-16:00")
DESK = DeskRules.model_validate({"time_zone": "Europe/Berlin", "working_hours": WEEK, "holidays": {"2026-12-25": "Christmas"}})
AWAY = (Absence(first=date(2026, 11, 20), last=date(2026, 11, 30)),)
KIM = DeskPerson(name="Kim", mail="kim@ours.example")
EARLIEST, LATEST = (datetime.fromisoformat(day) for day in ("2026-01-01", "2027-12-31"))
JO = DeskPerson(name="Jo", mail="jo@ours.example", owns=(Owner.SALES,), away=AWAY, deputy="Kim")


def berlin(day: int, hour: int, month: int = 11) -> datetime:
    """An hour in Berlin's winter."""
    return datetime(2026, month, day, hour - 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "hours", "then"),
    [
        (berlin(23, 9), 4, berlin(23, 13)),
        (berlin(23, 9), 8, berlin(24, 9)),
        (berlin(23, 6), 8, berlin(23, 16)),
        (berlin(27, 15), 2, berlin(30, 9)),
        (berlin(28, 12), 1, berlin(30, 9)),
        (berlin(24, 15, 12), 2, berlin(28, 9, 12)),
        (berlin(23, 20), 16, berlin(25, 16)),
    ],
)
def test_only_working_hours_count(moment: datetime, hours: int, then: datetime) -> None:
    """Over nights, weekends and Christmas."""
    assert DESK.after(moment, hours) == then


def test_without_a_file_the_clock_runs_day_and_night() -> None:
    """As it did before there was one."""
    assert DeskRules().after(berlin(28, 22), 16) == berlin(29, 14)


def test_hours_are_real_ones_when_the_clocks_change() -> None:
    """The night of 25 October 2026 has an hour more in Berlin."""
    always = DeskRules(time_zone="Europe/Berlin")
    moment = datetime(2026, 10, 24, 20, tzinfo=UTC)
    assert always.after(moment, 12) == moment + timedelta(hours=12)


def test_a_desk_that_never_opens_is_given_the_time_as_it_stands() -> None:
    """Rather than none."""
    holidays = {date(2026, 1, 1) + timedelta(days=number): "shut" for number in range(1200)}
    assert DESK.model_copy(update={"holidays": holidays}).after(berlin(23, 9), 8) == berlin(23, 17)


@given(st.datetimes(timezones=st.just(UTC), min_value=EARLIEST, max_value=LATEST), st.integers(1, 60), st.integers(1, 60))
def test_more_hours_never_end_earlier(moment: datetime, few: int, more: int) -> None:
    """And every deadline lies ahead."""
    assert moment < DESK.after(moment, few) <= DESK.after(moment, few + more)


def test_the_owner_of_a_question_is_reminded_and_their_deputy_while_they_are_away() -> None:
    """On the days of the absence, the last included."""
    desk = DeskRules(people=(JO, KIM))
    assert desk.reminded([Owner.SALES], berlin(19, 9)).name == "Jo"
    found = desk.reminded([Owner.SALES], berlin(30, 22))
    assert (found.mail, found.words("the desk")) == ("kim@ours.example", "Kim, because Jo is away")
    assert desk.reminded([Owner.SALES], berlin(1, 9, 12)).name == "Jo"


def test_where_everybody_is_away_the_desk_itself_is_reminded() -> None:
    """Deputies of each other make no circle."""
    kim = KIM.model_copy(update={"away": AWAY, "deputy": "Jo"})
    found = DeskRules(people=(JO, kim)).reminded([Owner.SALES], berlin(23, 9))
    assert (found.mail, found.instead_of) == ("", ("Jo", "Kim"))


def test_questions_that_nobody_owns_go_to_the_desk() -> None:
    """Its own address."""
    assert DeskRules(people=(JO, KIM)).reminded([Owner.TAX], berlin(23, 9)).mail == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"time_zone": "Europe/Wuppertal"}, {"working_hours": {"monday": "17:00-08:00"}}, {"working_hours": {}},
        {"working_hours": {"monday": "8-17"}}, {"working_hours": {"mon": "08:00-17:00"}}, {"escalate_to": "Nobody"},
        {"people": [{"name": "Jo", "mail": "jo"}]}, {"remind_after_hours": 0},
        {"people": [{"name": "Jo", "mail": "jo@x.example", "away": [{"first": "2026-12-02", "last": "2026-12-01"}]}]},
    ],
)  # fmt: skip
def test_rules_that_cannot_hold_are_refused(changes: dict[str, object]) -> None:
    """Before anybody waits for a reminder that never comes."""
    with pytest.raises(ValidationError):
        DeskRules.model_validate(changes)
