"""Units: how much was ordered in base units, and whether that much is sold."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.catalogue import UnitConversion
from models.domain.findings import Severity
from models.domain.units import orderable, to_base
from models.domain.values import Quantity, UnitCode
from tests.domain.made import item, line


def test_boxes_become_pieces() -> None:
    """Three boxes of 200."""
    assert to_base(line(quantity="3", unit="BX"), item())[0] == Quantity(amount=Decimal(600), unit=UnitCode("C62"))


@pytest.mark.parametrize("unit", ["EA", "H87", "PCE"])
def test_a_piece_is_a_piece_whatever_its_code(unit: str) -> None:
    """Senders use several codes for one unit."""
    assert to_base(line(unit=unit), item())[0] == Quantity(amount=Decimal(400), unit=UnitCode("C62"))


def test_a_package_code_with_its_x_is_the_same_package() -> None:
    """Recommendation 21 codes are prefixed with X in UBL."""
    quantity, _ = to_base(line(quantity="1", unit="XBX"), item())
    assert quantity is not None
    assert quantity.amount == 200


def test_a_unit_that_the_item_is_not_sold_in_names_those_it_is() -> None:
    """With the one pack there is as proposal."""
    quantity, (finding,) = to_base(line(unit="KGM"), item())
    assert quantity is None
    assert (finding.code, finding.proposal) == ("unit_not_sold", {"1.unit": "BX"})
    assert "BX (of 200 C62)" in finding.message


def test_no_unit_means_the_base_unit_with_a_note() -> None:
    """An explanation only."""
    _, (finding,) = to_base(line(unit=None), item())
    assert (finding.code, finding.severity) == ("unit_assumed", Severity.INFO)


def test_no_unit_and_a_quantity_that_only_packs_make_sense_of_is_doubtful() -> None:
    """Three of something sold by the hundred may be three boxes."""
    sold = item(order_multiple=Decimal(100), minimum_quantity=Decimal(100))
    _, findings = to_base(line(quantity="3", unit=None), sold)
    assert [(finding.code, finding.severity) for finding in findings] == [
        ("unit_assumed", Severity.WARNING), ("below_minimum", Severity.ERROR),
    ]  # fmt: skip
    assert findings[0].proposal == {"1.unit": "BX"}


def test_too_little_and_between_multiples_propose_the_next_that_is_sold() -> None:
    """In the unit that the line is ordered in."""
    sold = item(order_multiple=Decimal(100), minimum_quantity=Decimal(200))
    assert to_base(line(quantity="50"), sold)[1][0].proposal == {"1.quantity": "200"}
    assert to_base(line(quantity="250"), sold)[1][0].code == "not_order_multiple"
    assert to_base(line(quantity="250"), sold)[1][0].proposal == {"1.quantity": "300"}
    odd = item(order_multiple=Decimal(300))
    assert to_base(line(quantity="1", unit="BX"), odd)[1][0].proposal == {"1.quantity": "3"}


@given(st.integers(1, 500), st.integers(1, 60), st.integers(1, 60), st.integers(1, 200))
def test_what_is_proposed_may_be_ordered_and_is_no_less_than_asked(asked: int, multiple: int, pack: int, least: int) -> None:
    """For every pack and multiple."""
    sold = item(order_multiple=Decimal(multiple), minimum_quantity=Decimal(least))
    amount = orderable(sold, Decimal(asked), Fraction(pack))
    base = amount * pack
    assert base >= max(asked, least)
    assert base % multiple == 0
    assert amount == amount.to_integral_value()


def test_of_several_packs_that_an_item_is_sold_in_none_is_proposed_but_the_fitting_come_first() -> None:
    """Six hundred make whole cartons of 600, and boxes of 100 too; the single piece comes last of what fits."""
    packs = tuple(UnitConversion(unit=UnitCode(u), base_quantity=Decimal(n)) for u, n in (("PK", 7), ("BX", 100), ("CT", 600)))
    sold = item(conversions=packs, minimum_quantity=Decimal(1), order_multiple=Decimal(100))
    _, (finding,) = to_base(line(quantity="3", unit="KGM"), sold)
    assert (finding.proposal, finding.expected) == (None, "C62, PK (of 7 C62), BX (of 100 C62), CT (of 600 C62)")
    assert [candidate.value for candidate in finding.candidates] == ["BX", "CT", "PK", "C62"]
    assert finding.candidates[1].score > finding.candidates[2].score


def test_a_line_without_a_quantity_and_with_a_unit_that_is_not_sold_is_asked_about_its_unit() -> None:
    """No amount fits any of them."""
    _, (finding,) = to_base(line(quantity=None, unit="KGM"), item())
    assert [candidate.reasons for candidate in finding.candidates] == [("0 of it may not be ordered",)] * 2


def test_a_line_without_a_quantity_is_no_amount_at_all() -> None:
    """Nor one that is too little."""
    assert to_base(line(quantity=None), item()) == (None, ())


def test_a_pack_of_which_nobody_knows_what_it_holds_is_not_sold() -> None:
    """None at all would be nothing, however many are ordered."""
    unknown = item(conversions=(UnitConversion(unit=UnitCode("BX"), base_quantity=Decimal(0)),))
    quantity, findings = to_base(line(unit="BX"), unknown)
    assert (quantity, [finding.code for finding in findings]) == (None, ["unit_not_sold"])


def test_an_assumed_unit_that_fits_is_doubted_no_further() -> None:
    """400 may be pieces, and the packs that it might be as well are not brought up."""
    _, (finding,) = to_base(line(quantity="400", unit=None), item())
    assert (finding.proposal, "would fit" in finding.message) == (None, False)


def test_an_assumed_unit_that_fits_nothing_proposes_no_pack() -> None:
    """Three of what is sold from 1000 pieces on are too few in boxes of 200 as well."""
    sold = item(minimum_quantity=Decimal(1000), order_multiple=Decimal(100))
    assumed, too_few = to_base(line(quantity="3", unit=None), sold)[1]
    assert (assumed.severity, assumed.proposal, too_few.code) == (Severity.INFO, None, "below_minimum")


def test_just_the_least_that_is_sold_may_be_ordered() -> None:
    """And an item without a multiple is sold in any amount above it."""
    sold = item(minimum_quantity=Decimal(400), order_multiple=Decimal(0))
    assert to_base(line(quantity="400"), sold)[1] == ()
    assert to_base(line(quantity="400.5"), sold)[1] == ()
    (finding,) = to_base(line(quantity="399.5"), sold)[1]
    assert (finding.code, finding.expected) == ("below_minimum", "400")


def test_too_little_without_a_unit_is_told_in_the_base_unit() -> None:
    """What was ordered, what would be right, both in pieces."""
    *_, finding = to_base(line(quantity="50", unit=None), item(minimum_quantity=Decimal(200)))[1]
    assert "50 C62 of HX-M8-40 were ordered" in finding.message
    assert "200 C62 would be right" in finding.message


def test_too_little_in_packs_is_told_in_packs() -> None:
    """As the buyer counts."""
    (finding,) = to_base(line(quantity="1", unit="BX"), item(minimum_quantity=Decimal(500)))[1]
    assert "1 BX of HX-M8-40 were ordered" in finding.message
    assert (finding.read, finding.expected) == ("1", "3")


def test_what_is_proposed_in_a_unit_smaller_than_the_base_unit_is_no_less_than_the_least() -> None:
    """Ten metres at least, in whole half metres, ordered in centimetres."""
    wire = item(
        base_unit=UnitCode("MTR"),
        conversions=(UnitConversion(unit=UnitCode("CMT"), base_quantity=Decimal("0.01")),),
        minimum_quantity=Decimal(10),
        order_multiple=Decimal("0.5"),
    )
    assert to_base(line(quantity="320", unit="CMT"), wire)[1][0].expected == "1000"
    assert to_base(line(quantity="1020", unit="CMT"), wire)[1][0].expected == "1050"
