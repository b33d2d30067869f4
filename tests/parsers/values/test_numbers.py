"""Numbers, currencies and number words as documents write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.values.numbers import NumberStyle, currency_of, number_in_words, number_style, parse_number

POINT, COMMA = NumberStyle(".", "mdy"), NumberStyle(",", "dmy")


@given(
    number=st.decimals(min_value=0, max_value=10**9, places=2),
    style=st.sampled_from(
        [(".", ","), (".", "'"), (".", " "), (",", "."), (",", "'"), (",", "\u00a0"), (",", "\u202f"), (".", "")]
    ),
)
def test_a_number_written_in_a_style_is_read_back(number: Decimal, style: tuple[str, str]) -> None:
    """Grouping and decimal signs of every style round-trip, with the digits as stated."""
    decimal, group = style
    written = f"{number:,.2f}".replace(",", "G").replace(".", decimal).replace("G", group)
    assert str(parse_number(written, NumberStyle(decimal))) == f"{number:.2f}"


@pytest.mark.parametrize(
    ("text", "style", "number"),
    [
        ("400.0000", POINT, "400.0000"),
        ("1,250.000", POINT, "1250.000"),
        ("1.250,000", COMMA, "1250.000"),
        ("1,250", POINT, "1250"),
        ("1,250", COMMA, "1.250"),
        ("12-", POINT, "-12"),
        ("(12)", POINT, "-12"),
        ("12.50 CR", POINT, "-12.50"),
        ("$2.15", POINT, "2.15"),
        ("2,15 €", COMMA, "2.15"),
        ("CHF 1'250.00", POINT, "1250.00"),
        ("12,--", COMMA, "12"),
        ("5 %", COMMA, "5"),
        ("0.125", COMMA, "0.125"),
    ],
)
def test_signs_and_marks_beside_a_number_are_understood(text: str, style: NumberStyle, number: str) -> None:
    """Currency marks, minus behind, brackets, CR and percent do not hide the number."""
    assert str(parse_number(text, style)) == number


def test_a_dash_after_a_blank_is_no_sign() -> None:
    """As in "210,00 - Rate: 10 %", which goes on with other words."""
    assert parse_number("210,00 -", COMMA) is None


@pytest.mark.parametrize("text", ["", "abc", "M8x40", "12/3", "1.2.3", "12 3", "1,23,456", "9" * 60, "--", "\u0664\u0662"])
def test_what_is_no_number_gives_none(text: str) -> None:
    """Codes, fractions, broken grouping and overlong digits are no numbers."""
    assert parse_number(text, POINT) is None


@given(st.text(max_size=80))
def test_no_text_breaks_the_number_reader(text: str) -> None:
    """Any text gives a finite number or None."""
    number = parse_number(text, COMMA)
    assert number is None or number.is_finite()


@pytest.mark.parametrize(
    ("texts", "decimal"),
    [
        (["1.234,50", "1,250"], ","),
        (["1,234.50"], "."),
        (["1'250.00"], "."),
        (["1\u00a0250,00"], ","),
        (["1,250.000"], "."),
        (["2,150.00/1,000"], "."),
        (["3.11.2026", "0,125"], ","),
    ],
)
def test_one_unambiguous_number_settles_the_decimal_sign(texts: list[str], decimal: str) -> None:
    """A number that can be read one way only decides for the document."""
    assert number_style(texts).decimal == decimal


def test_country_and_language_settle_what_numbers_leave_open() -> None:
    """With ambiguous numbers alone the country decides, then the language."""
    assert number_style(["1,250"], country="DE").decimal == ","
    assert number_style(["1,250"], language="de", country="CH").decimal == "."
    assert number_style(["1,250"], language="fr").decimal == ","


def test_days_above_twelve_settle_the_order_of_day_and_month() -> None:
    """13 cannot be a month."""
    assert number_style(["3/13/24"]).date_order == "mdy"
    assert number_style(["13/3/24"]).date_order == "dmy"
    assert number_style(["3/4/24"]).date_order is None
    assert number_style(["3/4/24"], country="US").date_order == "mdy"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("EUR", "EUR"),
        ("Total USD", "USD"),
        ("1.200,00 €", "EUR"),
        ("US$ 12", "USD"),
        ("12,00 zł", "PLN"),
        ("Fr. 12", "CHF"),
        ("$", None),
    ],
)
def test_currencies_are_recognised_by_code_and_sign(text: str, code: str | None) -> None:
    """A bare dollar names no currency: the country must settle it."""
    assert currency_of(text) == code


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("two dozen", "en", 24),
        ("half a dozen", "en", 6),
        ("two hundred and fifty", "en", 250),
        ("hundred twenty", "en", 120),
        ("ein Dutzend", "de", 12),
        ("einundzwanzig", "de", 21),
        ("zweihundertfünfzig", "de", 250),
        ("une douzaine de", "fr", 12),
        ("quatre-vingt-dix", "fr", 90),
        ("vijfentwintig", "nl", 25),
        ("dwadzieścia pięć", "pl", 25),
        ("mezza dozzina", "it", 6),
        ("tres docenas", "es", 36),
    ],
)
def test_numbers_in_words_are_counted(text: str, language: str, number: int) -> None:
    """Words, joined words and dozens of seven languages."""
    assert number_in_words(text, language) == number


def test_words_that_are_no_numbers_give_none() -> None:
    """A sentence is not a number because it contains one."""
    assert number_in_words("please send two boxes", "en") is None
    assert number_in_words("", "en") is None
