"""Formulas without a result."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.sheets.formula_functions import Value
from parsers.sheets.formulas import Sheets
from parsers.sheets.workbook import read_spreadsheet
from tests.parsers.sheets.test_spreadsheet import Cell, workbook

ROWS: list[list[object]] = [[4.0, 2.5, "x"], [3.0, 10.0, ""], [None, 0.1]]


def reckoned(formula: str, **others: str) -> Value:
    """What `formula` in Z9 comes to beside `ROWS`; `others` are more formulas by place in column Y ("r1")."""
    formulas = {("S", 8, 25): formula} | {("S", int(name[1:]) - 1, 24): text for name, text in others.items()}
    return Sheets({"S": ROWS, "T 2": [[7.0]]}, formulas).value(("S", 8, 25))


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("A1*B1", "10"),
        ("$A$1*B$1+2^3-1", "17"),
        ("SUM(A1:B3)", "19.6"),
        ("SUMPRODUCT(A1:A2,B1:B2)", "40"),
        ("ROUND(A1*B3/3,2)", "0.13"),
        ("IF(A1>3,B1,0)", "2.5"),
        ('IF(C1="X",1,2)', "1"),
        ("'T 2'!A1*10%", "0.7"),
        ("-(A1-B2)", "6"),
        ("A3+1", "1"),
    ],
)
def test_a_formula_comes_to_what_a_spreadsheet_shows(formula: str, result: str) -> None:
    """Fifteen digits, empty cells as nothing, halves up."""
    assert reckoned(formula) == Decimal(result)


LIST: list[list[object]] = [["Code", "Text", "Price"], ["AC-05", "Oil", 4.8], ["AC-20", "Vinegar", 14.5], [100.0, "rung", 2.0]]


def looked_up(formula: str) -> Value:
    """What `formula` comes to beside a list of prices on another sheet."""
    return Sheets({"S": [["ac-20", 3.0, ""]], "L": LIST}, {("S", 8, 25): formula}).value(("S", 8, 25))


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("VLOOKUP(A1,L!$A$2:$C$4,3,FALSE)*B1", Decimal("43.5")),
        ("VLOOKUP(A1,L!A:C,2,0)", "Vinegar"),
        ("VLOOKUP(250,L!A4:C4,3)", Decimal(2)),
        ("INDEX(L!C:C,MATCH(A1,L!A:A,0))", Decimal("14.5")),
        ('_xlfn.XLOOKUP("none",L!A2:A4,L!C2:C4,0)', Decimal(0)),
        ('IFERROR(VLOOKUP("none",L!A2:C4,3,FALSE),"")', ""),
        ("IFERROR(VLOOKUP(A1,L!A2:C4,3,FALSE),1/0)", Decimal("14.5")),
        ('IF(C1="",0,VLOOKUP(C1,L!A2:C4,3,FALSE))', Decimal(0)),
        ("IF(B1>5,1)", None),
        ('SUMIF(L!A2:A4,"AC-05",L!C2:C4)', Decimal("4.8")),
        ("CEILING(B1*5,12)", Decimal(24)),
        ("ROUNDUP(B1/2,0)", Decimal(2)),
        ("IF(AND(B1>1,NOT(ISBLANK(A1))),TRIM(CONCATENATE(A1,L!B2)),0)", "ac-20Oil"),
    ],
)
def test_an_order_form_looks_its_goods_up(formula: str, result: Value) -> None:
    """As spreadsheets do: whatever the case of letters, and only what is chosen is reckoned."""
    assert looked_up(formula) == result


@pytest.mark.parametrize(
    "formula",
    [
        'VLOOKUP("none",L!A2:C4,3,FALSE)',
        "VLOOKUP(A1,L!A2:C4,9,FALSE)",
        "IFERROR(NOSUCH(A1),0)",
        'SUMIF(L!C2:C4,">3")',
        "VLOOKUP(A1)",
    ],
)
def test_what_is_not_found_or_not_understood_has_no_result(formula: str) -> None:
    """An unknown function is no error that a form provides for."""
    assert looked_up(formula) is None


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='ABL!$:,;()"12+*/=<>TRUEIFSUMVLOOKUP ', max_size=60))
def test_any_text_is_reckoned_or_has_no_result(formula: str) -> None:
    """Nothing that a hostile workbook writes raises."""
    looked_up(formula)


def test_formulas_build_on_formulas() -> None:
    """A total of amounts that are formulas themselves."""
    assert reckoned("SUM(Y1:Y2)", r1="A1*B1", r2="A2*B2") == Decimal(40)


@pytest.mark.parametrize("formula", ["A1/0", "NOSUCH(A1)", "A1+", "C1*2", "((A1)", "Z9+1", "10^99", "A1:B2", ""])
def test_what_cannot_be_reckoned_has_no_result(formula: str) -> None:
    """Division by nothing, unknown functions, halves of formulas, words, circles."""
    assert reckoned(formula) is None


def test_an_order_whose_amounts_were_never_reckoned_is_read() -> None:
    """As programs write workbooks that no spreadsheet program has opened."""
    rows: list[list[Cell]] = [
        ["PO Number", "P-1"],
        [],
        ["Item code", "Qty", "Price", "Amount"],
        ["A-1", 4, 2.5, "=B4*C4"],
        ["", "", "Total", "=D4"],
    ]
    order = read_spreadsheet(workbook(rows), "po.xlsx").orders[0].order
    assert order.lines[0].line_total is not None
    assert order.total_net is not None
    assert (order.lines[0].line_total.value, order.total_net.value) == ("10", "10")


def test_a_formula_that_cannot_be_reckoned_is_named() -> None:
    """A quantity may hide behind it."""
    table: list[list[Cell]] = [["Item code", "Qty", "Price"], ["A-1", 4, 2.5], ["A-2", "=VLOOKUP(A5,Z1:Z9,2)", 3]]
    rows: list[list[Cell]] = [["PO Number", "P-1"], [], *table]
    problems = read_spreadsheet(workbook(rows), "po.xlsx").problems
    assert [problem.code for problem in problems] == ["unreckoned_formulas"]
    assert "Order!B5" in problems[0].message


@given(st.text(alphabet="AB12:*/+-^%(),.$ SUMIF\"'!<>=&", max_size=60))
@settings(max_examples=300)
def test_no_formula_breaks_the_reckoning(formula: str) -> None:
    """Any text has a result or none, in bounded steps."""
    value = reckoned(formula)
    assert value is None or isinstance(value, Decimal | str | bool)
