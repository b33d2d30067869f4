"""Numbers, days and ISBNs as messages state them, the unit tables, and the limits of one order's problems."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.contracts.extraction_v1 import Intent
from models.domain.findings import Severity
from parsers import codelists
from parsers.codelists.units import rec20_unit, x12_code, x12_unit
from parsers.electronic.segments import Segment
from parsers.electronic.structured import OrderDraft, decimal_text, gtin_of_isbn, intent_of, iso_day

SEGMENT = Segment("FTX", (("x",),), "FTX+x")


@pytest.mark.parametrize(
    ("stated", "expected"),
    [("12.80", "12.80"), ("12,80", "12.80"), ("+5", "5"), ("-5", "-5"), (".5", "0.5"), ("5.", "5"), ("", ""), ("  ", "")],
)
def test_a_number_keeps_its_digits(stated: str, expected: str) -> None:
    """Only the decimal sign and a plus change."""
    assert decimal_text(stated) == expected


@pytest.mark.parametrize("stated", ["1.234,50", "1 000", "12-", "1E5", "٣", "x", "--1", "1" * 40])
def test_what_is_no_plain_number_is_none(stated: str) -> None:
    """Grouping, exponents and other digits are not guessed at."""
    assert decimal_text(stated) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_a_decimal_is_read_as_itself(number: Decimal) -> None:
    """With either decimal mark."""
    for text in (f"{number:f}", f"{number:f}".replace(".", ",")):
        assert Decimal(decimal_text(text) or "0") == number


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("2026-11-03", "2026-11-03"),
        ("2026-11-03T23:00:00+00:00", "2026-11-03"),
        ("20261103", "2026-11-03"),
        ("2026-02-30", None),
        ("soon", None),
    ],
)
def test_a_day_is_read_as_stated(stated: str, day: str | None) -> None:
    """Without moving it between time zones."""
    assert iso_day(stated) == day


@pytest.mark.parametrize(
    ("isbn", "gtin"), [("0-306-40615-2", "09780306406157"), ("9780306406157", "09780306406157"), ("0306406153", None)]
)
def test_an_isbn_stands_for_a_gtin(isbn: str, gtin: str | None) -> None:
    """Only where its own check digit is right."""
    assert gtin_of_isbn(isbn) == gtin


@pytest.mark.parametrize(
    ("code", "unit"), [("EA", "C62"), ("CA", "CS"), ("CN", "CA"), ("DZ", "DZN"), ("TH", "MIL"), ("XX", None)]
)
def test_x12_units_become_recommendation_20(code: str, unit: str | None) -> None:
    """X12's CA is a case, Recommendation 20's CA a can."""
    assert x12_unit(code) == unit


@pytest.mark.parametrize(("code", "unit"), [("PCE", "C62"), ("EA", "C62"), ("XBX", "BX"), ("KGM", "KGM"), ("??", None)])
def test_older_unit_codes_are_brought_up_to_date(code: str, unit: str | None) -> None:
    """What replaced them is written instead."""
    assert rec20_unit(code) == unit


@pytest.mark.parametrize("code", ["BX", "KGM", "MTR", "CS", "C62"])
def test_a_unit_goes_to_x12_and_back(code: str) -> None:
    """For the units that X12 has."""
    assert x12_unit(x12_code(code)) == code


@pytest.mark.parametrize(
    "name", ["x12_units", "x12_items", "x12_dates", "x12_purposes", "edifact_items", "edifact_dates", "edifact_functions"]
)
def test_every_code_list_has_rows_of_one_shape(name: str) -> None:
    """A meaning for every code, and our use of it or nothing."""
    rows = codelists.table(name)
    assert rows
    assert all(len(row) == 2 and row[0] for row in rows.values())


def test_problems_are_limited() -> None:
    """A message that is wrong throughout does not fill the memory with it, and says that it is."""
    draft = OrderDraft()
    for _ in range(5_000):
        draft.problem("x", Severity.INFO, "again")
    assert len(draft.problems) == 1_001
    assert draft.problems[-1].severity is Severity.ERROR


def test_a_value_longer_than_the_contract_allows_is_cut_and_noticed() -> None:
    """Twenty thousand characters is the most."""
    draft = OrderDraft()
    stated = draft.text("x" * 30_000, SEGMENT)
    assert stated is not None
    assert len(stated.value) == 20_000
    assert draft.problems[0].code == "text_too_long"


def test_an_order_outranks_a_change_and_a_change_a_cancellation() -> None:
    """Where one file holds several."""
    assert intent_of(["order_cancellation", "order_change", "order"]) is Intent.ORDER
    assert intent_of(["order_cancellation", "order_change"]) is Intent.ORDER_CHANGE
    assert intent_of([]) is Intent.OTHER
