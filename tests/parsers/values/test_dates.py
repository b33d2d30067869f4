"""Dates as documents and mails write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.lexicon import terms, words_file
from parsers.values.dates import parse_date
from parsers.values.numbers import NumberStyle

US, EU, OPEN = NumberStyle(".", "mdy"), NumberStyle(",", "dmy"), NumberStyle(".", None)
MONTHS = [(language, list(terms(listed))) for language, listed in words_file("dates.yaml")["months"].items()]
SUNDAY = date(2026, 11, 22)
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2089, 12, 31))


@given(
    day=days,
    form=st.sampled_from(
        ["{0.year}-{0.month:02}-{0.day:02}", "{0.day}.{0.month}.{0.year}", "{0.day:02}/{0.month:02}/{0:%y}", "{0:%Y%m%d}"]
    ),
)
def test_a_day_in_figures_is_read_back(day: date, form: str) -> None:
    """ISO, continental and slashed figures round-trip where the order is known."""
    assert parse_date(form.format(day), EU) == day


@given(day=days)
def test_american_figures_put_the_month_first(day: date) -> None:
    """m/d/y round-trips under the American order."""
    assert parse_date(f"{day.month}/{day.day}/{day:%y}", US) == day


@given(
    day=days,
    months=st.sampled_from(MONTHS),
    spelling=st.integers(0, 9),
    form=st.sampled_from(["{d} {m} {y}", "{d}. {m} {y}", "{d}-{m}-{y}", "{m} {d}, {y}"]),
)
def test_a_day_with_a_named_month_is_read_back(day: date, months: tuple[str, list[str]], spelling: int, form: str) -> None:
    """Every spelling of every month in seven languages, behind or before the day."""
    names = months[1][day.month - 1].split("|")
    text = form.format(d=day.day, m=names[spelling % len(names)], y=day.year)
    assert parse_date(text, OPEN) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("05-JAN-2024", date(2024, 1, 5)),
        ("11/Jan/24", date(2024, 1, 11)),
        ("10 Sep, 2025", date(2025, 9, 10)),
        ("5 de enero de 2026", date(2026, 1, 5)),
        ("Friday, 27 November 2026", date(2026, 11, 27)),
        ("bis spätestens 3.12.2026", date(2026, 12, 3)),
        ("2026-01-02T00:00:00", date(2026, 1, 2)),
        ("04.12.2026 10:00 Uhr", date(2026, 12, 4)),
        ("1st Dec 2026", date(2026, 12, 1)),
        ("3 listopada 2026 r.", date(2026, 11, 3)),
        ("13/3/24", date(2024, 3, 13)),
        ("KW 48/2026", date(2026, 11, 27)),
        ("2026-W48", date(2026, 11, 27)),
        ("sem. 14 2026", date(2026, 4, 3)),
    ],
)
def test_a_stated_day_needs_no_reference(text: str, day: date) -> None:
    """Forms that say year, month and day; a calendar week is its Friday."""
    assert parse_date(text, OPEN) == day


@pytest.mark.parametrize(
    "text",
    [
        "3/4/24",
        "31.02.2026",
        "ASAP",
        "sofort",
        "",
        "4711",
        "12",
        "2026",
        "10:30",
        "KW 60/2026",
        "32 May 2026",
        "tomorrow",
        "May 2026",
    ],
)
def test_what_is_ambiguous_impossible_or_no_day_is_none(text: str) -> None:
    """Never a guess: without an order 3/4 stays open, ASAP is no date, "tomorrow" needs a reference."""
    assert parse_date(text, OPEN) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tomorrow", date(2026, 11, 23)),
        ("übermorgen", date(2026, 11, 24)),
        ("Freitag", date(2026, 11, 27)),
        ("bis Freitag", date(2026, 11, 27)),
        ("next week", date(2026, 11, 27)),
        ("lundi prochain", date(2026, 11, 23)),
        ("end of month", date(2026, 11, 30)),
        ("Ende November", date(2026, 11, 30)),
        ("in 5 days", date(2026, 11, 27)),
        ("24.12.", date(2026, 12, 24)),
        ("KW 2", date(2027, 1, 15)),
        ("December 5", date(2026, 12, 5)),
    ],
)
def test_words_for_days_count_from_the_reference(text: str, day: date) -> None:
    """Relative words and days without a year, written on Sunday 22 November 2026."""
    assert parse_date(text, OPEN, reference=SUNDAY) == day


@given(st.text(max_size=90), st.sampled_from([US, EU, OPEN]))
def test_no_text_breaks_the_date_reader(text: str, style: NumberStyle) -> None:
    """Any text gives a day of this century's business or None."""
    day = parse_date(text, style, reference=SUNDAY)
    assert day is None or 1990 <= day.year <= 2099


@pytest.mark.parametrize(
    "text", ["Kiel, den 18.11.2026", "Lyon, le 18/11/2026", "Warszawa, dnia 18.11.2026", "Bad Homburg, 18.11.2026"]
)
def test_the_town_before_a_letters_date_is_no_part_of_it(text: str) -> None:
    """As letters are dated."""
    assert parse_date(text, NumberStyle(",", "dmy")) == date(2026, 11, 18)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("before the 15th", date(2026, 12, 15)),
        ("le 15", date(2026, 12, 15)),
        ("Thursday 26", date(2026, 11, 26)),
        ("Do., 26.11.", date(2026, 11, 26)),
        ("Tuesday next week", date(2026, 11, 24)),
        ("w/c 30 Nov", date(2026, 11, 30)),
        ("49. KW", date(2026, 12, 4)),
        ("48 tygodniu", date(2026, 11, 27)),
        ("KW 48/49", date(2026, 12, 4)),
        ("Mitte Dezember", date(2026, 12, 15)),
        ("début décembre", date(2026, 12, 1)),
        ("Mitte der Woche", date(2026, 11, 18)),
        ("d'ici la fin du mois", date(2026, 11, 30)),
        ("het eind van de maand", date(2026, 11, 30)),
        ("in two weeks", date(2026, 12, 6)),
        ("25/11", date(2026, 11, 25)),
        ("11/30", date(2026, 11, 30)),
    ],
)
def test_days_as_people_speak_of_them(text: str, day: date) -> None:
    """Weekdays with the day of the month, parts of weeks and months, and figures that leave no choice."""
    assert parse_date(text, OPEN, reference=SUNDAY) == day


@pytest.mark.parametrize("text", ["15", "Friday 26", "5/12", "a week"])
def test_a_weekday_that_is_not_that_day_is_no_day(text: str) -> None:
    """Thursday is the 26th: who writes Friday 26 is asked; a number alone is none."""
    assert parse_date(text, OPEN, reference=SUNDAY) is None
