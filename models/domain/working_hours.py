"""The desk's own time: working hours and holidays, who answers for which questions, who stands in, and when they are reminded.

A day without hours is no working day. Without a file of the operator's, the clock runs day and night and everything goes to the
company's own address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator

from models.domain.findings import Owner
from models.domain.values import Value

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def weekday_of(day: date) -> Weekday:
    """The day's name."""
    return _WEEKDAYS[day.weekday()]


_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]|24):([0-5]\d)")
#: A desk that never opens would never be reminded: after so many days the time is given as it stands.
_MOST_DAYS = 400


class Absence(Value):
    """The first and the last day of an absence."""

    first: date
    last: date

    @model_validator(mode="after")
    def _ends_after_it_began(self) -> Absence:
        if self.last < self.first:
            raise ValueError(f"it ends on {self.last}, before it begins on {self.first}")
        return self


class DeskPerson(Value):
    """Somebody who is reminded: whose questions are theirs, when they are away, and who stands in for them then."""

    name: str = Field(min_length=1, max_length=80)
    mail: str = Field(pattern=r"^[^\s@,;<>]+@[^\s@,;<>]+$", max_length=254)
    owns: tuple[Owner, ...] = ()
    away: tuple[Absence, ...] = ()
    deputy: str = ""

    def is_away(self, day: date) -> bool:
        return any(absence.first <= day <= absence.last for absence in self.away)


class Unanswered(Value):
    """What becomes of an order that nobody decided: after so many reminders it is rejected, or put on hold. The buyer is told the
    reason of a rejection."""

    after_reminders: int = Field(ge=1, le=1000)
    then: Literal["reject", "hold"]
    reason: str = Field(default="we could not clarify it in time", min_length=1, max_length=200)


class DeskRules(Value):
    """When the desk works and whom it reminds. Hours are working hours.

    `remind_after_hours`: an order that waits so long is brought to mind, and again after as long; from the reminder number
    `escalate_from_reminder` on `escalate_to` gets it too; `unanswered` decides what nobody did. `buyer_answers_within_hours`
    is a buyer's time for an answer.
    """

    time_zone: str = "UTC"
    working_hours: dict[Weekday, str] = Field(default_factory=lambda: dict.fromkeys(_WEEKDAYS, "00:00-24:00"))
    holidays: dict[date, str] = Field(default_factory=dict)
    remind_after_hours: int = Field(default=16, ge=1, le=2000)
    escalate_from_reminder: int = Field(default=2, ge=1, le=100)
    escalate_to: str = ""
    buyer_answers_within_hours: int = Field(default=48, ge=1, le=2000)
    unanswered: Unanswered | None = None
    people: tuple[DeskPerson, ...] = ()

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"{name!r} is no time zone of the IANA database, such as Europe/Berlin") from error
        return name

    @field_validator("working_hours")
    @classmethod
    def _are_spans(cls, hours: dict[Weekday, str]) -> dict[Weekday, str]:
        for day, span in hours.items():
            begin, end = _span(span)
            if begin >= end:
                raise ValueError(f"{day}: {span!r} should be a span such as 08:00-17:00; leave out days without work")
        if not hours:
            raise ValueError("no day is a working day: give at least one, such as monday: 08:00-17:00")
        return hours

    @model_validator(mode="after")
    def _knows_everybody(self) -> DeskRules:
        names = [person.name for person in self.people]
        if len(set(names)) < len(names):
            raise ValueError("people: two have the same name")
        unknown = [name for name in (self.escalate_to, *(person.deputy for person in self.people)) if name and name not in names]
        if unknown:
            raise ValueError(f"{unknown[0]!r} is not one of the people: {', '.join(names) or 'none are given'}")
        return self

    def after(self, moment: datetime, hours: int) -> datetime:
        """The moment by which so many working hours have gone by, in UTC."""
        left = timedelta(hours=hours)
        for begin, end in self._spans_from(moment):
            worked = end - max(begin, moment)
            if worked >= left:
                return max(begin, moment) + left
            left -= worked
        return moment + timedelta(hours=hours)

    def reminded(self, owners: Sequence[Owner], at: datetime) -> Reminded:
        """Whom a reminder of these owners' questions goes to: the first who owns one of them, or who stands in for them."""
        owning = (person for owner in owners for person in self.people if owner in person.owns)
        return self._standing_in(next(owning, None), at)

    def escalated(self, at: datetime) -> Reminded:
        """Whom an escalation goes to."""
        return self._standing_in(self._named(self.escalate_to), at)

    def _standing_in(self, person: DeskPerson | None, at: datetime) -> Reminded:
        day = at.astimezone(ZoneInfo(self.time_zone)).date()
        asked: list[str] = []
        while person is not None and person.is_away(day) and person.name not in asked:
            asked.append(person.name)
            person = self._named(person.deputy)
        if person is None or person.name in asked:
            return Reminded(instead_of=tuple(asked))
        return Reminded(name=person.name, mail=person.mail, instead_of=tuple(asked))

    def _named(self, name: str) -> DeskPerson | None:
        return next((person for person in self.people if person.name == name), None)

    def _spans_from(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The working times that have not ended at the moment, in UTC, so that hours are real ones when the clocks change."""
        zone = ZoneInfo(self.time_zone)
        first = moment.astimezone(zone).date()
        for day in (first + timedelta(days=number) for number in range(_MOST_DAYS)):
            span = self.working_hours.get(_WEEKDAYS[day.weekday()])
            if span is None or day in self.holidays:
                continue
            begin, end = (_at(day, minutes, zone) for minutes in _span(span))
            if end > moment:
                yield begin, end


class Reminded(Value):
    """Who is reminded: nobody by name means the company's own address. `instead_of` are those who are away."""

    name: str = ""
    mail: str = ""
    instead_of: tuple[str, ...] = ()

    def words(self, default: str) -> str:
        """Who it went to, for the timeline."""
        who = self.name or default
        if not self.instead_of:
            return who
        return f"{who}, because {' and '.join(self.instead_of)} {'is' if len(self.instead_of) == 1 else 'are'} away"


def _span(text: str) -> tuple[int, int]:
    """The minutes of the day at which a span begins and ends."""
    match = _SPAN.fullmatch(text.replace(" ", ""))
    if match is None:
        raise ValueError(f"{text!r} should be a span such as 08:00-17:00")
    hours, minutes, end_hours, end_minutes = (int(part) for part in match.groups())
    return 60 * hours + minutes, min(60 * end_hours + end_minutes, 24 * 60)


def _at(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    if minutes == 24 * 60:
        return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
    return datetime.combine(day, time(minutes // 60, minutes % 60), zone).astimezone(UTC)
