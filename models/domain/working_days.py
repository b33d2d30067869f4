"""Working days, Monday to Friday. Public holidays are not known here."""

from __future__ import annotations

from datetime import date, timedelta


def working_day(day: date) -> date:
    """`day` itself, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)


def add_working_days(day: date, days: int) -> date:
    """The working day that comes `days` working days after the first one from `day` on."""
    day = working_day(day)
    weeks, rest = divmod(days, 5)
    day += timedelta(weeks=weeks)
    return working_day(day + timedelta(days=rest)) if day.weekday() + rest < 5 else day + timedelta(days=rest + 2)
