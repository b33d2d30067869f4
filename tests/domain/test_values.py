"""Money, quantities and codes: what is taken for one, and what is never reckoned together."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from models.domain.values import CheckedText, CountryCode, Currency, Money, Percentage, Quantity, UnitCode, round_half_up
from tests.domain.made import money


@pytest.mark.parametrize(
    "raw", [1, 0.1, True, "1,50", "", "NaN", "Infinity", "1e31", "1e-31", Decimal("NaN"), Decimal("1e40"), None]
)
def test_what_is_no_exact_amount_is_refused(raw: Any) -> None:
    """A number that lost digits on the way, one in another writing, one that no order can state."""
    with pytest.raises(ValidationError):
        Money.model_validate({"amount": raw, "currency": "EUR"})


@pytest.mark.parametrize(("raw", "amount"), [("12.50", "12.50"), ("1e30", "1e30"), (Decimal("0.001"), "0.001")])
def test_an_exact_amount_is_taken_as_it_stands(raw: Any, amount: str) -> None:
    """To the last digit."""
    assert Money.model_validate({"amount": raw, "currency": "EUR"}).amount == Decimal(amount)


def test_money_of_two_currencies_is_never_reckoned_together() -> None:
    """Neither added, nor taken off, nor compared."""
    euros, dollars = money("1"), money("1", "USD")
    for reckon in (Money.__add__, Money.__sub__, Money.__lt__, Money.__le__):
        with pytest.raises(ValueError, match="cannot reckon EUR with USD"):
            reckon(euros, dollars)


def test_money_compares_by_its_amount() -> None:
    """As much is not less, and is at most as much."""
    assert (money("1") < money("2"), money("2") < money("1"), money("1") < money("1.00")) == (True, False, False)
    assert (money("1") <= money("1.00"), money("2") <= money("1")) == (True, False)


def test_half_a_cent_is_rounded_up_and_away_from_zero() -> None:
    """The commercial way, to two places where no other is named."""
    assert [str(round_half_up(Decimal(raw))) for raw in ("0.125", "0.124", "-0.125")] == ["0.13", "0.12", "-0.13"]
    assert str(round_half_up(Decimal("0.5"), 0)) == "1"


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Currency, ("eur", "EUR"), ("EU", "EURO", "E1R", "ЕUR", "")),
        (CountryCode, ("de", "DE"), ("D", "DEU", "D1", "ДE", " ")),
        (UnitCode, ("c62", "C62"), ("PIECE", "Ст", "P.", "")),
    ],
)
def test_a_code_is_told_by_its_form(kind: type[CheckedText], good: tuple[str, str], bad: tuple[str, ...]) -> None:
    """Letters of another alphabet that look the same are none; a unit may have one letter."""
    assert kind(good[0]) == good[1]
    assert [kind.parse(raw) for raw in bad] == [None] * len(bad)
    assert UnitCode("m") == "M"


def test_values_are_shown_with_their_units() -> None:
    """As people read them."""
    shown = (
        str(Quantity(amount=Decimal("2.50"), unit=UnitCode("BX"))),
        str(Percentage(points=Decimal("2.5"))),
        str(money("1234.5")),
    )
    assert shown == ("2.50 BX", "2.5 %", "1,234.50 EUR")
