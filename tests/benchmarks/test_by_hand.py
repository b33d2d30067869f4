"""Documents laid out by hand: their files can be drawn, and their truths speak of the contract's fields alone."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from benchmarks.capture.by_hand import papers, workbooks
from benchmarks.capture.by_hand.books import written_book
from benchmarks.capture.by_hand.pages import written_page
from benchmarks.capture.by_hand.printouts import FOLDER
from benchmarks.capture.by_hand.reading import cases, facts_of, truth_in
from benchmarks.capture.case import SOURCES
from benchmarks.capture.workbooks import Formula, Sheet, workbook
from models.contracts.extraction_v1 import Intent, OrderLineV1, PartyV1, PurchaseOrderV1

CASES = list(cases())
PRINTOUTS = {described.stem: truth_in(facts_of(described)) for described in sorted(FOLDER.glob("*.yaml"))}
WORKBOOKS = {case.name: case.truth for case in workbooks.cases()}
PAPERS = {f"paper-{described.stem}": truth_in(facts_of(described)) for described in sorted(papers.FOLDER.glob("*.yaml"))}
TRUTHS = {**{case.name: case.truth for case in CASES}, **PRINTOUTS, **WORKBOOKS, **PAPERS}


def _unknown(names: Mapping[str, Any], model: type[PurchaseOrderV1 | OrderLineV1 | PartyV1]) -> set[str]:
    return set(names) - set(model.model_fields)


def _first(value: Any) -> str:
    """The first of what is equally right; empty for what is not stated or not judged."""
    options = [option for option in (value if isinstance(value, list) else [value]) if option not in (None, "*")]
    return options[0] if options else ""


@pytest.mark.parametrize("name", TRUTHS)
def test_a_truth_names_fields_of_the_contract_alone(name: str) -> None:
    """A misspelt field would never be judged."""
    truth = TRUTHS[name]
    assert {truth["intent"]} <= set(Intent) if isinstance(truth["intent"], str) else set(truth["intent"]) <= set(Intent)
    for order in truth["orders"]:
        assert _unknown(order, PurchaseOrderV1) <= {"asks"}
        assert [_unknown(line, OrderLineV1) - {"deliveries"} for line in order["lines"]] == [set()] * len(order["lines"])
        parties = [party for name in ("buyer", "ship_to", "bill_to") if isinstance(party := order.get(name), dict)]
        assert [_unknown(party, PartyV1) for party in parties] == [set()] * len(parties)


@pytest.mark.parametrize("name", PRINTOUTS)
def test_a_printout_adds_up(name: str) -> None:
    """A slip of the pen in the truth would be counted as the reader's."""
    (order,) = PRINTOUTS[name]["orders"]
    priced = [line for line in order["lines"] if _first(line.get("line_total"))]
    for line in priced:
        stated = line.get("discount_percent")  # a price from which it is taken already may stand beside it
        shares = [share for share in (stated if isinstance(stated, list) else [stated]) if share != "*"] or [0]
        factors = [1 - Decimal(share or 0) / 100 for share in shares]
        price = Decimal(_first(line["unit_price"])) / Decimal(_first(line.get("price_basis_quantity")) or 1)
        gross, total = Decimal(_first(line["quantity"])) * price, Decimal(_first(line["line_total"]))
        assert any(abs(gross * factor - total) < Decimal("0.006") for factor in factors)
    facts = facts_of(FOLDER / f"{name}.yaml")
    taken_off = Decimal(facts.get("discount", 0)) - Decimal(facts.get("freight", 0))  # from the whole order, and added to it
    if (net := _first(order.get("total_net"))) and len(priced) == len(order["lines"]):
        assert sum(Decimal(_first(line["line_total"])) for line in priced) - taken_off == Decimal(net)


def test_documents_by_hand_always_test() -> None:
    """Whatever their names hash to."""
    assert {case.split for case in CASES} == {"test"}
    assert {case.source for case in CASES} <= set(SOURCES)


def test_a_page_stands_where_its_text_stands() -> None:
    """A string begins at its column, a figure ends at its own."""
    content = written_page("paper a4\nfont Courier 10\ngrid 6 12\n---\nQty     12,50\n  5\n")
    page = pypdfium2.PdfDocument(content)[0].get_textpage()
    left = [round(page.get_charbox(place)[0]) for place in range(3)]
    assert page.get_text_range().split() == ["Qty", "12,50", "5"]
    assert left[0] in range(39, 43)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "xlsb"])
def test_a_workbook_reads_back_as_it_was_written(kind: Any) -> None:
    """Texts keep their zeros, formulas their results; an xlsb's day is a serial number."""
    row: list[Any] = ["0012", Decimal("2.15"), Formula("B1*2", Decimal("4.3")), date(2026, 11, 3)]
    content = workbook([Sheet("One", [row])], kind)
    read = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("One").to_python()[0]
    assert read == ["0012", 2.15, 4.3, 46329.0 if kind == "xlsb" else date(2026, 11, 3)]


def test_a_written_book_keeps_what_it_hides_and_leaves_results_out() -> None:
    """A formula without a kept result has none in the file."""
    content = written_book("format: xlsx\n[A]\n'x|3|=B1*2|=B1*3 => 9\nhide: row 1\n")
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("A").to_python() == [["x", 3.0, "", 9.0]]


def test_a_cell_that_is_neither_text_nor_number_is_refused() -> None:
    """A forgotten quotation mark shows at once."""
    with pytest.raises(ArithmeticError):
        written_book("[A]\nQuantity|3\n")
