"""A catalogue is loaded as far as it is right, and every row that is not is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.errors import Rejected
from models.ml.catalogue_csv import RowProblem, read_catalogue
from models.ml.goods import Goods

HEADER = b"sku,gtin,manufacturer,mpn,description,unit,pack_size,category,attributes\n"


def read(*rows: bytes) -> tuple[list[Goods], list[RowProblem]]:
    problems: list[RowProblem] = []
    return list(read_catalogue([HEADER, *rows], problems.append)), problems


def test_a_right_row_is_goods() -> None:
    """Every column where it belongs; values of the attributes without their names."""
    goods, problems = read(b'A1,4006381333931,Ferrum,FN-1,"Hex bolt, M8 x 40",C62,100,bolts,"{""colour"": ""red"", ""n"": 4}"\n')
    assert goods == [Goods("A1", ("Hex bolt, M8 x 40",), "04006381333931", "Ferrum", "FN-1", "bolts", ("100",), "red 4")]
    assert problems == []


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        (b"A1,4006381333932,,,Hammer,,,,\n", "check digit should be 1"),
        (b"A1,,,,Hammer,,many,,\n", "pack_size 'many'"),
        (b"A1,,,,Hammer,,,,[1]\n", "no JSON object"),
        (b"A1,,,,Caf\xe9 hammer,,,,\n", "not UTF-8"),
        (b"A1,,,,Hammer\n", "5 cells for 9 columns"),
        (b'A1,,,,"Hammer,,,,\n', "quotation mark"),
    ],
)
def test_a_row_with_a_wrong_cell_is_loaded_without_it(row: bytes, cause: str) -> None:
    """And the report names line and cause."""
    goods, problems = read(row)
    assert [one.sku for one in goods] == ["A1"]
    assert (problems[0].line, problems[0].is_loaded) == (2, True)
    assert cause in problems[0].cause


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        (b",,,,Hammer,,,,\n", "no sku"),
        (b"FIRST,,,,Hammer,,,,\n", "stands on line 2"),
        (b"A1,,,,Hammer, 500 g,,,,,\n", "11 cells for 9 columns"),
        (b"A1,,,," + b"x" * 200_000 + b",,,,\n", "bytes"),
    ],
)
def test_a_row_that_cannot_be_right_is_left_out(row: bytes, cause: str) -> None:
    """The rows round it are loaded."""
    goods, problems = read(b"FIRST,,,,Saw,,,,\n", row, b"LAST,,,,Axe,,,,\n")
    assert [one.sku for one in goods] == ["FIRST", "LAST"]
    assert [problem.is_loaded for problem in problems] == [False]
    assert cause in problems[0].cause


def test_a_text_may_run_over_lines() -> None:
    """Where its quotation marks say so."""
    goods, problems = read(b'A1,,,,"Claw\n', b'hammer",,,,\n', b"A2,,,,Saw,,,,\n")
    assert ([one.label for one in goods], problems) == (["Claw hammer", "Saw"], [])


def test_a_stray_quotation_mark_costs_one_row() -> None:
    """And not the rest of the file."""
    goods, _ = read(b'A1,,,,"Hammer,,,,\n', *(b"B%d,,,,Saw,,,,\n" % number for number in range(40)))
    assert len(goods) == 41


def test_a_file_without_the_columns_is_refused() -> None:
    """With what its first line should be."""
    with pytest.raises(Rejected, match="names no column description and sku"):
        list(read_catalogue([b"a,b\n", b"1,2\n"], lambda _: None))


@given(st.lists(st.binary(max_size=60), max_size=20))
def test_whatever_bytes_come_they_are_read_or_told(rows: list[bytes]) -> None:
    """Nothing breaks, and no SKU is loaded twice."""
    goods, _ = read(*(row + b"\n" for row in rows))
    skus = [one.sku for one in goods]
    assert len(skus) == len(set(skus))
