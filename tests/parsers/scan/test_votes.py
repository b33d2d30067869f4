"""What several readings of a place make of the value that was read there."""

from __future__ import annotations

import pytest

from models.contracts.extraction_v1 import StatedValue
from models.domain.document import Letter
from models.domain.evidence import Evidence
from parsers.scan.votes import AGREED, DISAGREED, Ballot, Reading


def ballot(path: str, value: str, first: str, second: str | None, third: str = "", *, coarse: bool = False) -> Ballot:
    place = Evidence(part="scan.png", page=1, bbox=(0.0, 0.0, 9.0, 9.0), text=value)
    stated = StatedValue(value=value, confidence=0.9, evidence=(place,))
    reading = Reading(first)
    if second is not None:
        reading = reading.with_second([Letter(letter, 0.98, 0.5) for letter in second])
    return Ballot(path, stated, [reading.with_third(third)], 0.9, coarse=coarse)


PART = "lines[0].seller_part_number"


def test_two_engines_that_agree_make_a_code_sure_even_on_coarse_paper() -> None:
    """They err in different ways."""
    settled = ballot(PART, "BX-27401-Z", "BX-27401-Z", "BX-27401-Z", coarse=True)
    assert settled.is_settled
    assert settled.weighed().confidence == AGREED


def test_one_engine_twice_does_not_make_a_look_alike_sure_on_coarse_paper() -> None:
    """It errs the same way twice."""
    assert ballot(PART, "BX-27401-2", "BX-27401-2", None, "BX-27401-2", coarse=True).weighed().confidence == DISAGREED


def test_a_code_is_what_the_other_engine_and_a_later_reading_say() -> None:
    """Two against one, of two kinds."""
    weighed = ballot(PART, "XBA92401-7", "XBA92401-7", "XBA92401-Z", "XBA92401-Z").weighed()
    assert weighed.value == "XBA92401-Z"
    assert weighed.confidence > 0.8


def test_where_all_say_something_else_the_better_guess_is_doubted() -> None:
    """A person decides."""
    weighed = ballot(PART, "XBA92401-7", "XBA92401-7", "XBA92401-Z", "XBA92401-2").weighed()
    assert (weighed.value, weighed.confidence) == ("XBA92401-Z", DISAGREED)


def test_a_code_is_not_replaced_by_another_cell() -> None:
    """What is read there must be nearly the same, letter for letter as long."""
    weighed = ballot(PART, "XBA92401-7", "XBA92401-7", "Safety goggles").weighed()
    assert (weighed.value, weighed.confidence) == ("XBA92401-7", DISAGREED)


def test_a_unit_stands_where_the_first_reading_was_none() -> None:
    """ "pes" is no unit, and "pcs" is one."""
    assert ballot("lines[0].unit", "C62", "pes", "pcs").weighed().confidence > 0.8
    assert ballot("lines[0].unit", "PR", "pair", "pcs").weighed().confidence == DISAGREED


def test_a_postcode_stands_where_the_first_took_a_figure_for_a_letter() -> None:
    """D02 is one of Dublin's, DO2 is none."""
    assert ballot("ship_to.postal_code", "D02 X285", "DO2 X285", "D02 X285").weighed().confidence > 0.8
    assert ballot("ship_to.postal_code", "D02 X285", "D07 X285", "D02 X285").weighed().confidence == DISAGREED


@pytest.mark.parametrize(("second", "settled"), [("1,469.00", True), ("1.469,00", True), ("1,489.00", False)])
def test_figures_are_compared_as_numbers(second: str, settled: bool) -> None:
    """In either way of writing them."""
    assert ballot("lines[0].line_total", "1469.00", "1,469.00", second).is_settled is settled


def test_letters_are_alike_only_with_their_accents() -> None:
    """A Polish street without its own letters is another word."""
    assert ballot("ship_to.city", "Poznan", "Poznan", "Poznan").is_spelt_alike
    assert not ballot("ship_to.city", "Poznań", "Poznan", "Poznań").is_spelt_alike


def test_one_engine_alone_cannot_tell_figures_before_a_dash_from_letters() -> None:
    """IO-5520, for "inkooporder", is 10-5520 to an engine that expects figures."""
    assert ballot("po_number", "10-5520", "10-5520", None, "10-5520").weighed().confidence == DISAGREED
    assert ballot("po_number", "10-5520", "10-5520", "10-5520").weighed().confidence > 0.9
