"""Orders in workbooks."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font

from models.domain.errors import Rejected
from parsers.part_reading import PartReading
from parsers.sheets.workbook import MOST_MEMBERS, MOST_SHEETS, read_spreadsheet

Cell = str | int | float | date | None

ORDER: list[list[Cell]] = [
    ["PURCHASE ORDER"],
    ["PO Number:", "PO-4711", None, "Ship To:", "Acme Warehouse"],
    ["Date", date(2026, 11, 3), None, None, "12 Main St"],
    ["Delivery date", datetime(2026, 11, 20), None, None, "Springfield, IL 62701"],  # noqa: DTZ001
    ["Terms: Net 30"],
    [],
    ["Line", "Part No", "Description", "Qty", "UOM", "Unit Price", "Amount"],
    [1, "00100", "Bracket", 400, "EA", 2.15, 860],
    [2, "A-101", "Nut", 1200, "EA", 0.125, 150.0],
    [3, "A-102", "Not wanted", 0, "EA", 0.125, None],
    [],
    [None, None, None, None, None, "Total", 1010.0],
]


def workbook(*sheets: Iterable[list[Cell]], titles: tuple[str, ...] = ("Order", "Sheet2", "Sheet3")) -> bytes:
    """An xlsx file of these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in zip(titles, sheets, strict=False):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_title_block_table_and_foot_make_an_order() -> None:
    """Labels beside and in their values' cells, dates as serial numbers, prefilled zero rows left out."""
    order = read_spreadsheet(workbook(ORDER), "po.xlsx").orders[0].order
    head = [order.po_number, order.order_date, order.requested_delivery_date, order.payment_terms, order.total_net]
    assert [value.value if value else None for value in head] == ["PO-4711", "2026-11-03", "2026-11-20", "Net 30", "1010"]
    assert [line.quantity.value for line in order.lines if line.quantity] == ["400", "1200"]
    assert [line.unit_price.value for line in order.lines if line.unit_price] == ["2.15", "0.125"]


def test_the_ship_to_block_goes_on_below_its_label() -> None:
    """The lines of an address stand in one column."""
    ship_to = read_spreadsheet(workbook(ORDER), "po.xlsx").orders[0].order.ship_to
    assert ship_to is not None
    values = (ship_to.name, ship_to.street, ship_to.city, ship_to.postal_code)
    assert [value.value if value else None for value in values] == ["Acme Warehouse", "12 Main St", "Springfield", "62701"]


def test_values_name_their_cells() -> None:
    """ "Order!D8", so that a person can look; text keeps its leading zeros."""
    line = read_spreadsheet(workbook(ORDER), "po.xlsx").orders[0].order.lines[0]
    assert line.quantity is not None
    assert line.seller_part_number is not None
    assert line.quantity.evidence[0].cell == "Order!D8"
    assert line.seller_part_number.value == "00100"


def test_numbers_keep_their_value_under_commas() -> None:
    """Texts of the sheet write decimal commas; a cell of 1.125 is still one and an eighth."""
    rows: list[list[Cell]] = [
        ["Artikel-Nr.", "Menge", "Preis", "Bemerkung"],
        ["X-1", 3, 1.125, "statt 1.234,50"],
        ["X-2", 2500, 0.1 + 0.2, ""],
    ]
    lines = read_spreadsheet(workbook(rows), "b.xlsx").orders[0].order.lines
    assert [line.unit_price.value for line in lines if line.unit_price] == ["1.125", "0.3"]
    assert [line.quantity.value for line in lines if line.quantity] == ["3", "2500"]


def test_sheets_with_numbers_of_their_own_are_orders_of_their_own() -> None:
    """Two sheets, two PO numbers, two orders."""
    second: list[list[Cell]] = [["PO Number:", "PO-4712"], [], ["Part No", "Qty"], ["B-1", 5]]
    reading = read_spreadsheet(workbook(ORDER, second), "po.xlsx")
    assert [each.order.po_number.value for each in reading.orders if each.order.po_number] == ["PO-4711", "PO-4712"]


def test_a_sheet_that_shows_the_same_lines_again_does_not_order_twice() -> None:
    """A print view is a view."""
    reading = read_spreadsheet(workbook(ORDER, ORDER[6:]), "po.xlsx")
    assert [len(each.order.lines) for each in reading.orders] == [2]


def test_an_archive_with_too_many_members_is_not_opened() -> None:
    """What its directory gives away is refused before anything is unpacked."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(MOST_MEMBERS + 1):
            archive.writestr(f"xl/{number}.xml", "")
    with pytest.raises(Rejected) as rejected:
        read_spreadsheet(buffer.getvalue(), "bomb.xlsx")
    assert rejected.value.code == "archive_bomb"


def test_an_archive_that_unpacks_beyond_bounds_is_not_opened() -> None:
    """A tight ratio over a large size is made to burst something."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (30 * 1024 * 1024))
    with pytest.raises(Rejected) as rejected:
        read_spreadsheet(buffer.getvalue(), "bomb.xlsx")
    assert rejected.value.code == "archive_bomb"


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04junk", b"not a workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600]
)
def test_a_damaged_workbook_is_rejected(content: bytes) -> None:
    """With the file's name and what to do."""
    with pytest.raises(Rejected) as rejected:
        read_spreadsheet(content, "po.xls")
    assert rejected.value.code == "damaged"
    assert "po.xls" in str(rejected.value)


def test_a_protected_workbook_is_rejected_as_such() -> None:
    """The sender can send it without a password."""
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(Rejected) as rejected:
        read_spreadsheet(content, "po.xlsx")
    assert rejected.value.code == "encrypted"


SMALL = workbook(ORDER)


@given(st.one_of(st.binary(max_size=200), st.tuples(st.integers(0, len(SMALL) - 1), st.binary(min_size=1, max_size=4))))
@settings(max_examples=60)
def test_no_bytes_break_the_reader(damage: bytes | tuple[int, bytes]) -> None:
    """Random bytes, and a workbook with some bytes overwritten, are orders, none, or rejected."""
    if isinstance(damage, bytes):
        content = damage
    else:
        place, junk = damage
        content = SMALL[:place] + junk + SMALL[place + len(junk) :]
    try:
        reading = read_spreadsheet(content, "po.xlsx")
    except Rejected:
        return
    assert isinstance(reading, PartReading)


def test_a_workbook_of_too_many_sheets_is_refused_rather_than_read_in_part() -> None:
    """The sheet that was left out could be the order."""
    titles = tuple(f"S{number}" for number in range(MOST_SHEETS + 1))
    rows: list[list[Cell]] = [["x"]]
    with pytest.raises(Rejected, match="sheets"):
        read_spreadsheet(workbook(*[rows] * len(titles), titles=titles), "po.xlsx")


def test_a_banner_of_several_fields_is_taken_apart() -> None:
    """One wide cell above the table."""
    rows: list[list[Cell]] = [
        ["Order no.: P-77   Date: 12.10.2026   Delivery date: 30.10.2026"],
        [],
        ["Item code", "Qty"],
        ["A-1", 4],
    ]
    order = read_spreadsheet(workbook(rows), "po.xlsx").orders[0].order
    stated = [order.po_number, order.order_date, order.requested_delivery_date]
    assert [value.value if value else None for value in stated] == ["P-77", "2026-10-12", "2026-10-30"]


def test_numbered_notes_on_another_sheet_are_no_lines() -> None:
    """The terms that come with a form."""
    notes: list[list[Cell]] = [["1.", "Please fill in the quantity column only."], ["2.", "Send the form back."]]
    reading = read_spreadsheet(workbook(ORDER, notes), "po.xlsx")
    assert [len(each.order.lines) for each in reading.orders] == [2]


#: Found by fuzzing.
DAMAGED = Path(__file__).parents[1] / "damaged"


def test_a_workbook_that_makes_its_reader_panic_is_damaged() -> None:
    """Told in words, like any damage."""
    with pytest.raises(Rejected, match="damaged workbook") as refused:
        read_spreadsheet((DAMAGED / "panic.xlsb").read_bytes(), "panic.xlsb")
    assert refused.value.code == "damaged"


def test_a_file_whose_directory_has_no_end_is_refused() -> None:
    """Its sectors follow one another in a circle, which would take all memory."""
    with pytest.raises(Rejected, match="circle"):
        read_spreadsheet((DAMAGED / "endless-chain.xls").read_bytes(), "endless-chain.xls")


@pytest.mark.parametrize(("name", "cell"), [("far-cell.xlsx", "BINLINL7"), ("far-cell.xlsb", "ABFGAHY10")])
def test_a_cell_too_far_from_the_others_is_refused_by_its_name(name: str, cell: str) -> None:
    """Memory for all cells between would be taken at once, which ends the process."""
    with pytest.raises(Rejected, match=f"has a cell {cell} far from others") as refused:
        read_spreadsheet((DAMAGED / name).read_bytes(), name)
    assert refused.value.code == "too_large"


def test_a_word_in_the_last_column_of_a_short_sheet_hinders_nobody() -> None:
    """What it spans fits into memory."""
    rows: list[list[Cell]] = [*ORDER[:1], ["Ref", *[None] * 16_382, "x"], *ORDER[1:]]
    (order,) = read_spreadsheet(workbook(rows), "po.xlsx").orders
    assert [line.quantity.value for line in order.order.lines if line.quantity] == ["400", "1200"]


def test_formats_of_far_cells_without_anything_in_them_take_no_memory() -> None:
    """Whole rows are often framed to their end."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(ORDER)))
    for row in (1, 100_000):
        book["Order"].cell(row, 16_384).font = Font(bold=True)
    buffer = io.BytesIO()
    book.save(buffer)
    assert read_spreadsheet(buffer.getvalue(), "po.xlsx").orders


def test_a_sheet_that_claims_more_rows_than_any_has_is_refused() -> None:
    """Memory for all of them would be taken at once, which ends the process."""
    with pytest.raises(Rejected, match="134217728 rows"):
        read_spreadsheet((DAMAGED / "claimed-rows.xls").read_bytes(), "claimed-rows.xls")
