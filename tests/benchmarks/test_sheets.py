"""Invented workbooks and delimited files: the same again from the same seed, in many shapes, with truths that add up."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice

from benchmarks.capture.invented import LANGUAGES
from benchmarks.capture.sheets import cases

CASES = list(cases())


def test_the_same_seed_gives_the_same_documents() -> None:
    """Text for text; a workbook's own time stamp is not ours."""
    again = list(islice(cases(), 40))
    assert [case.truth for case in again] == [case.truth for case in CASES[:40]]


def test_there_are_more_than_twenty_shapes_in_all_languages() -> None:
    """Each shape is a layout of its own, so of one split."""
    assert len({case.layout for case in CASES}) > 30
    assert {case.language for case in CASES} == set(LANGUAGES)
    assert len({(case.layout, case.split) for case in CASES}) == len({case.layout for case in CASES})


def test_what_a_sheet_states_adds_up() -> None:
    """The sum of the lines' amounts is the net total, wherever both are stated."""
    seen = 0
    for case in CASES:
        for order in case.truth["orders"]:
            amounts = [line.get("line_total") for line in order["lines"]]
            if "total_net" in order and None not in amounts:
                assert sum(map(Decimal, amounts)) == Decimal(order["total_net"]), case.name
                seen += 1
    assert seen > 50
