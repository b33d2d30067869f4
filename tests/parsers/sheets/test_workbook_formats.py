"""What workbooks say beside their values, and that the same table reads alike in whatever file it stands."""

from __future__ import annotations

import csv
import io
import struct
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.capture.workbooks import Cell, Format, Sheet, workbook
from models.contracts.extraction_v1 import PurchaseOrderV1
from models.domain.errors import Rejected
from parsers.compound_file import demand_ends
from parsers.part_reading import PartReading
from parsers.sheets.delimited import read_delimited
from parsers.sheets.workbook import read_spreadsheet

ORDER: list[list[Cell]] = [
    ["Bestellung Nr.", "B-4711"],
    ["Datum", date(2026, 11, 18)],
    ["Lieferadresse", "Käserei Hölloch AG, Rampe 2, 6430 Schwyz"],
    [],
    ["Pos", "Artikel", "Bezeichnung", "Menge", "ME", "Preis", "Betrag"],
    [1, "00417", "Lab flüssig, 5 l", 4, "Kan", Decimal("112.5"), 450],
    [2, "K-7", "Kultur „K7“; Beutel", 1250, "Stk", Decimal("0.148"), 185],
    [None, None, None, None, None, "Summe", 635],
]
FORMATS: tuple[Format, ...] = ("xlsx", "xls", "ods", "xlsb")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")


def said(order: PurchaseOrderV1) -> dict[str, object]:
    """The order without its evidence and confidences."""

    def bare(value: object) -> object:
        if isinstance(value, dict):
            return value["value"] if "value" in value else {name: bare(each) for name, each in value.items()}
        return [bare(each) for each in value] if isinstance(value, list | tuple) else value

    found = bare(order.model_dump(exclude_none=True))
    assert isinstance(found, dict)
    return found


def delimited(rows: Sequence[Sequence[Cell]], separator: str, encoding: str, decimal: str) -> bytes:
    """`rows` as a program writes them to a file, with its decimal sign."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    for row in rows:
        writer.writerow([str(cell).replace(".", decimal) if isinstance(cell, Decimal) else cell for cell in row])
    return text.getvalue().encode(encoding)


def lines_and_problems(reading: PartReading) -> tuple[list[str | None], set[str]]:
    """The quantities of the only order, and the codes of all errors."""
    (order,) = reading.orders
    errors = {problem.code for problem in (*reading.problems, *order.problems) if problem.severity.value == "error"}
    return [line.quantity.value if line.quantity else None for line in order.order.lines], errors


@pytest.mark.parametrize("kind", FORMATS)
def test_every_workbook_format_says_the_same(kind: Format) -> None:
    """Days, leading zeros, letters and figures of one table are alike in all four."""
    (order,) = read_spreadsheet(workbook([Sheet("Blatt", ORDER)], kind), "po").orders
    (wanted,) = read_spreadsheet(workbook([Sheet("Blatt", ORDER)], "xlsx"), "po").orders
    assert said(order.order) == said(wanted.order)
    assert [line.quantity.value for line in wanted.order.lines if line.quantity] == ["4", "1250"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(("separator", "decimal"), [(";", ","), ("\t", ","), (",", "."), ("|", ".")])
def test_a_delimited_file_says_the_same_as_the_workbook(separator: str, decimal: str, encoding: str) -> None:
    """Whatever the charset, the separator and the decimal sign."""
    (order,) = read_delimited(delimited(ORDER, separator, encoding, decimal), "po.csv").orders
    (wanted,) = read_spreadsheet(workbook([Sheet("Blatt", ORDER)], "xlsx"), "po.xlsx").orders
    assert said(order.order) == said(wanted.order)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_the_currency_of_a_number_format_is_read(kind: Format) -> None:
    """No cell says francs, the format of the prices does."""
    sheet = Sheet("Blatt", ORDER, formats={"F": '"CHF" #,##0.00'})
    (order,) = read_spreadsheet(workbook([sheet], kind), "po").orders
    assert order.order.currency is not None
    assert order.order.currency.value == "CHF"
    assert order.order.currency.evidence[0].cell == "Blatt!F6"


def hidden(rows: Sequence[int], *, total: int | None = None, kind: Format = "xlsx") -> PartReading:
    """The reading of three lines of which `rows` are hidden."""
    cells: list[list[Cell]] = [
        ["PO", "P-1"],
        ["Item", "Description", "Qty", "Price", "Amount"],
        ["A-1", "Old bolt", 10, 2, 20],
        ["A-2", "Bolt", 5, 2, 10],
        ["A-3", "Nut", 7, 1, 7],
        [None, None, None, "Total", total],
    ]
    return read_spreadsheet(workbook([Sheet("Order", cells, hidden_rows=rows)], kind), "po")


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_hidden_lines_are_left_out_and_asked_about(kind: Format) -> None:
    """Nothing says whether the hidden row is ordered, so those that can be seen are read and a person decides."""
    assert lines_and_problems(hidden([3], kind=kind)) == (["5", "7"], {"hidden_lines"})


def test_a_total_of_the_visible_lines_settles_hidden_ones() -> None:
    """The total adds up the two lines that a filter left."""
    assert lines_and_problems(hidden([3], total=17)) == (["5", "7"], set())


def test_a_total_of_all_lines_keeps_hidden_ones() -> None:
    """The total adds up all three lines: one was folded away, and is ordered."""
    assert lines_and_problems(hidden([3], total=37)) == (["10", "5", "7"], set())


def test_a_workbook_whose_lines_are_all_hidden_is_asked_about() -> None:
    """There is no other reading than that of the hidden rows."""
    assert lines_and_problems(hidden([3, 4, 5])) == (["10", "5", "7"], {"hidden_lines"})


def test_sectors_in_a_circle_are_refused() -> None:
    """A chain of the file's directory that leads back to itself would take all memory."""
    content = bytearray(workbook([Sheet("Order", ORDER)], "xls"))
    (table,), (directory,) = struct.unpack_from("<I", content, 76), struct.unpack_from("<I", content, 48)
    struct.pack_into("<I", content, 512 * (table + 1) + 4 * directory, directory)
    with pytest.raises(Rejected, match="circle"):
        read_spreadsheet(bytes(content), "po.xls")


def test_a_far_cell_of_an_xls_file_is_refused_by_its_name() -> None:
    """Its column is written with two bytes, of which such files use one."""
    content = workbook([Sheet("Order", [*ORDER, *[[]] * 300, ["far away", Decimal("1234.5")]])], "xls")
    at = content.index(struct.pack("<HHHH", 0x027E, 10, 308, 1))
    moved = content[: at + 6] + struct.pack("<H", 0xFFFF) + content[at + 8 :]
    with pytest.raises(Rejected, match="has a cell CRXP309 far from others"):
        read_spreadsheet(moved, "po.xls")


@settings(max_examples=60, deadline=None)
@given(places=st.lists(st.tuples(st.integers(0, 127), st.integers(0, 200)), max_size=6))
def test_any_table_of_sectors_is_judged_in_the_end(places: list[tuple[int, int]]) -> None:
    """Whatever the table says, the answer is a refusal or none."""
    content = bytearray(workbook([Sheet("Order", ORDER)], "xls"))
    (table,) = struct.unpack_from("<I", content, 76)
    for place, follower in places:
        struct.pack_into("<I", content, 512 * (table + 1) + 4 * place, follower)
    with suppress(Rejected):
        demand_ends(bytes(content), "po.xls")
