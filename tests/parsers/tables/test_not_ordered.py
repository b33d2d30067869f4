"""What sheets show and do not order, which of their lines are another order, and what alters these."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from benchmarks.capture.workbooks import Cell, Format, Sheet, workbook
from models.contracts.extraction_v1 import Intent, PurchaseOrderV1, StatedValue
from parsers.part_reading import PartReading
from parsers.reading import read_document
from parsers.sheets.delimited import read_delimited
from parsers.sheets.workbook import read_spreadsheet

ROWS: list[list[Cell]] = [
    ["PO No.", "NB-20417"],
    [],
    ["Part No", "Description", "Qty", "Unit price", "Amount"],
    ["VX-100", "Ball valve", 20, 6, 120],
    ["VX-150", "Gate valve", 10, 9, 90],
    ["VX-200", "Check valve", 10, 13, 130],
]
TOTAL: list[list[Cell]] = [[None, None, None, "Total", 250]]
CSV = "PO No.;4711;;;\nArt;Text;Qty;Price;{head}\nA-100;Bolt;10;2,50;{first}\nA-200;Nut;20;1,25;{second}\n"


def read_csv(head: str, first: str, second: str) -> PartReading:
    return read_delimited(CSV.format(head=head, first=first, second=second).encode(), "po.csv")


def errors(reading: PartReading) -> set[str]:
    own = (problem for order in reading.orders for problem in order.problems)
    return {problem.code for problem in (*reading.problems, *own) if problem.severity.value == "error"}


def ordered(order: PurchaseOrderV1) -> list[tuple[str | None, str | None]]:
    return [(stated(line.seller_part_number), stated(line.quantity)) for line in order.lines]


def stated(value: StatedValue | None) -> str | None:
    return None if value is None else value.value


def goods(reading: PartReading) -> list[str | None]:
    return [part for order in reading.orders for part, _ in ordered(order.order)]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_row_struck_through_is_not_ordered_where_the_total_says_so_too(kind: Format) -> None:
    """The total is that of the other rows: nobody needs to be asked."""
    reading = read_spreadsheet(workbook([Sheet("Order", [*ROWS, *TOTAL], struck_rows=[5])], kind), "po")
    assert (goods(reading), errors(reading)) == (["VX-100", "VX-200"], set())


def test_a_row_struck_through_is_asked_about_where_no_total_settles_it() -> None:
    """It is left out, and a person is told of it."""
    reading = read_spreadsheet(workbook([Sheet("Order", ROWS, struck_rows=[5])], "xlsx"), "po")
    assert goods(reading) == ["VX-100", "VX-200"]
    assert "struck_out" in errors(reading)


def test_a_value_struck_through_gives_way_to_the_one_beside_it() -> None:
    """The day that was struck is no more the order's."""
    book = openpyxl.load_workbook(io.BytesIO(workbook([Sheet("Order", [["PO No.", "4711", "4712"], *ROWS[1:]])], "xlsx")))
    book.worksheets[0]["B1"].font = Font(strike=True)
    (order,) = read_spreadsheet(saved(book), "po").orders
    assert order.order.po_number is not None
    assert order.order.po_number.value == "4712"


def test_a_quantity_struck_in_part_is_asked_about() -> None:
    """ "20 12" with the first figure struck is what somebody wrote over."""
    book = openpyxl.load_workbook(io.BytesIO(workbook([Sheet("Order", ROWS)], "xlsx")))
    book.worksheets[0]["C4"] = CellRichText(TextBlock(InlineFont(strike=True), "20"), " 12")
    assert errors(read_spreadsheet(saved(book), "po")) & {"struck_out", "unread_values"}


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("words", ["cancelled", "Annullato", "storniert am 12.11.", "ANNULÉ", "nie wysyłać", "geannuleerd"])
def test_a_line_that_is_marked_as_cancelled_is_not_ordered(words: str) -> None:
    """Whatever the column is called."""
    reading = read_csv("Status", "", words)
    assert (goods(reading), errors(reading)) == (["A-100"], set())


@pytest.mark.parametrize(("head", "mark"), [("LOEKZ", "L"), ("Storno", "x"), ("Annulé", "oui")])
def test_a_mark_under_a_head_of_deletion_cancels_its_line(head: str, mark: str) -> None:
    """SAP's own indicator among them."""
    assert goods(read_csv(head, "", mark)) == ["A-100"]


def test_a_figure_under_such_a_head_cancels_nothing() -> None:
    """Pieces that were cancelled are not the line."""
    assert goods(read_csv("Cancelled", "0", "5")) == ["A-100", "A-200"]


def test_a_change_says_that_nothing_is_wanted_of_a_cancelled_line() -> None:
    """Its quantity is none; it is not left out."""
    text = "Purchase order change;;;;\n" + CSV.format(head="Status", first="", second="cancelled")
    (order,) = read_delimited(text.encode(), "po.csv").orders
    assert ordered(order.order) == [("A-100", "10"), ("A-200", "0")]


def two_sheets(name: str, rows: Sequence[Sequence[Cell]]) -> PartReading:
    return read_spreadsheet(workbook([Sheet("Order", ROWS), Sheet(name, rows)], "xlsx"), "po")


@pytest.mark.parametrize("name", ["Vorige week", "Stock 11-2026", "Letzte Bestellung", "Archive"])
def test_a_sheet_of_other_times_or_of_stock_is_no_part_of_the_order(name: str) -> None:
    """Its name says so."""
    reading = two_sheets(name, [["Part No", "Description", "Qty"], ["VX-900", "Tap", 18], ["VX-950", "Cap", 5]])
    assert (goods(reading), errors(reading)) == (["VX-100", "VX-150", "VX-200"], set())


def test_the_same_goods_on_two_sheets_are_asked_about() -> None:
    """Whether both are ordered only their people know."""
    reading = two_sheets("Sheet2", [["Part No", "Description", "Qty"], ["VX-100", "Ball valve", 18], ["VX-150", "Gate valve", 5]])
    assert "goods_again" in errors(reading)


@pytest.mark.parametrize(
    "words",
    [
        "Let op: regel 2 graag vervangen door 40 stuks KP-35",
        "Pozycje zaznaczone na czerwono - proszę nie wysyłać",
        "Please do not ship the items in yellow",
        "Position 20 bitte streichen",
        "Merci de remplacer la ligne 3",
    ],
)
def test_a_sentence_that_alters_lines_is_asked_about(words: str) -> None:
    """Wherever it stands on the sheet."""
    assert "unread_wish" in errors(read_spreadsheet(workbook([Sheet("Order", [*ROWS, [], [words]])], "xlsx"), "po"))


@pytest.mark.parametrize(
    "words",
    [
        "Please confirm this order within three days.",
        "Bitte liefern Sie nicht vor dem vereinbarten Termin.",
        "Do not deliver before 8 am.",
        "Es gelten ausschließlich unsere Einkaufsbedingungen.",
        "The order number must be stated on all invoices and delivery notes.",
    ],
)
def test_a_sentence_of_every_order_is_not(words: str) -> None:
    """Conditions and courtesies alter no line."""
    assert errors(read_spreadsheet(workbook([Sheet("Order", [*ROWS, [], [words]])], "xlsx"), "po")) == set()


def test_a_remark_that_may_alter_its_line_is_asked_about() -> None:
    """ "If missing, replace" is a wish that no value holds."""
    assert "unread_wish" in errors(read_csv("Remarks", "", "if missing replace with A-201"))


def test_a_remark_that_alters_nothing_is_none() -> None:
    """Where goods go within the house is no matter of the order."""
    assert errors(read_csv("Remarks", "for workshop", "cost centre 4711")) == set()


def test_the_same_lines_for_another_order_are_no_copy() -> None:
    """Two sheets with the same goods under two numbers are two orders."""
    reading = read_spreadsheet(workbook([Sheet("A", ROWS), Sheet("B", [["PO No.", "NB-20418"], *ROWS[1:]])], "xlsx"), "po")
    assert [order.order.po_number and order.order.po_number.value for order in reading.orders] == ["NB-20417", "NB-20418"]


def test_the_same_lines_of_one_order_are_a_copy() -> None:
    """A print view of the order does not double it."""
    reading = read_spreadsheet(workbook([Sheet("A", ROWS), Sheet("Print", ROWS)], "xlsx"), "po")
    assert goods(reading) == ["VX-100", "VX-150", "VX-200"]


def test_orders_below_one_another_are_several() -> None:
    """Each with its own number and its own lines."""
    below: list[list[Cell]] = [["PO No.", "NB-20418"], [], ["Part No", "Description", "Qty"], ["VX-900", "Tap", 3]]
    reading = read_spreadsheet(workbook([Sheet("A", [*ROWS, [], *below])], "xlsx"), "po")
    numbered = [(order.order.po_number and order.order.po_number.value, ordered(order.order)) for order in reading.orders]
    assert numbered == [("NB-20417", [("VX-100", "20"), ("VX-150", "10"), ("VX-200", "10")]), ("NB-20418", [("VX-900", "3")])]


def test_one_number_above_each_of_two_tables_is_one_order() -> None:
    """A head that is repeated begins no other order."""
    below: list[list[Cell]] = [["PO No.", "NB-20417"], [], ["Part No", "Description", "Qty"], ["VX-900", "Tap", 3]]
    reading = read_spreadsheet(workbook([Sheet("A", [*ROWS, [], *below])], "xlsx"), "po")
    assert goods(reading) == ["VX-100", "VX-150", "VX-200", "VX-900"]


def test_old_and_new_quantities_make_a_change() -> None:
    """A line that is to be none any more is said to be so."""
    text = "PO No.;4711;;;\nArt;Text;Orig. qty;Revised qty;Price\nA-100;Bolt;10;12;2,50\nA-200;Nut;20;0;1,25\n"
    reading = read_delimited(text.encode(), "po.csv")
    assert reading.intent is Intent.ORDER_CHANGE
    assert [ordered(order.order) for order in reading.orders] == [[("A-100", "12"), ("A-200", "0")]]


def test_comments_above_the_rows_are_read_as_what_they_say() -> None:
    """ "# Bestell-Nr.: 4711; Datum: …" above a table is its head."""
    text = (
        "# Bestellung Obermoser\n# Bestell-Nr.: 2026-311; Datum: 20.11.2026\nArtikel;Text;Menge;Preis\nG-1;Salz;5 kg;1,20 €/kg\n"
    )
    order = read_document(text.encode(), "po.csv", ocr=None).reading.extraction.orders[0]
    assert order.po_number is not None
    assert (order.po_number.value, ordered(order)) == ("2026-311", [("G-1", "5")])


def test_what_stands_below_a_whole_address_is_no_line_of_it() -> None:
    """A wish below the town does not become the town's name."""
    rows: list[list[Cell]] = [["Lieferung an: Metzgerei Moser, Marktplatz 4, 84028 Landshut"], ["bitte bis 27.11.2026"], *ROWS]
    (order,) = read_spreadsheet(workbook([Sheet("A", rows)], "xlsx"), "po").orders
    assert order.order.ship_to is not None
    assert order.order.ship_to.city is not None
    assert order.order.ship_to.city.value == "Landshut"


def test_what_stands_below_a_long_table_is_read_as_well() -> None:
    """Where goods go may be said under the five-hundredth line."""
    lines: list[list[Cell]] = [[f"VX-{number}", "Valve", 1, 2, 2] for number in range(1000, 1500)]
    foot: list[list[Cell]] = [[], ["Deliver to", "Northbeck Ltd, 4 Foundry Lane, Sheffield S9 2QQ"], ["Please cancel line 3"]]
    (order,) = (reading := read_spreadsheet(workbook([Sheet("A", [*ROWS[:3], *lines, *foot])], "xlsx"), "po")).orders
    assert order.order.ship_to is not None
    assert "unread_wish" in errors(reading)


def test_a_bare_number_below_the_title_is_the_orders() -> None:
    """ "N°" alone could be any; under "BON DE COMMANDE" it is not."""
    rows: list[list[Cell]] = [["BON DE COMMANDE"], ["N°", "BC 2026-0447"], *ROWS[1:]]
    (order,) = read_spreadsheet(workbook([Sheet("A", rows)], "xlsx"), "po").orders
    assert order.order.po_number is not None
    assert order.order.po_number.confidence > 0.9


def test_a_column_of_units_is_known_by_what_it_holds() -> None:
    """Whatever a program calls it."""
    text = "PO No.;4711;;;\nArt;Text;Qty;PURCHSYMB;Price\nA-100;Bolt;10;ea;2,50\nA-200;Nut;20;box;1,25\n"
    (order,) = read_delimited(text.encode(), "po.csv").orders
    assert [line.unit and line.unit.value for line in order.order.lines] == ["C62", "BX"]


def test_sheets_that_go_to_several_places_are_asked_about() -> None:
    """An order has one place to deliver to; which lines go where is for a person."""
    head: list[Cell] = ["Deliver to", "Calder Foods, 12 Quay St, Hull HU1 1SS"]
    other: list[Cell] = ["Deliver to", "Calder Foods, 3 Dock Rd, Southampton SO14 3QN"]
    south: list[Sequence[Cell]] = [ROWS[0], other, ROWS[2], ["VX-900", "Tap", 3, 5, 15]]
    reading = read_spreadsheet(workbook([Sheet("N", [ROWS[0], head, *ROWS[1:]]), Sheet("S", south)], "xlsx"), "po")
    assert "several_ship_tos" in errors(reading)


def test_a_week_in_a_title_is_no_orders_number() -> None:
    """ "Bestelling week 48" says when."""
    rows: list[list[Cell]] = [["Bestelling week 48"], ["Ordernr.", "W48-10442"], *ROWS[1:]]
    (order,) = read_spreadsheet(workbook([Sheet("A", rows)], "xlsx"), "po").orders
    assert order.order.po_number is not None
    assert order.order.po_number.value == "W48-10442"


def test_an_address_without_commas_has_a_street_and_a_town() -> None:
    """The code parts them."""
    text = "PO No.;4711;;\nAdresse de livraison;14 route de Nantes 49300 Cholet;;\n\nArt;Text;Qty;Price\nA-1;Bolt;10;2,50\n"
    (order,) = read_delimited(text.encode(), "po.csv").orders
    place = order.order.ship_to
    assert place is not None
    stated = [value and value.value for value in (place.street, place.postal_code, place.city)]
    assert stated == ["14 route de Nantes", "49300", "Cholet"]


def test_states_are_no_units() -> None:
    """MT is Montana under "State"."""
    text = "PO No;State;SKU;Qty;Price\nX-4711;MT;A-100;10;2,50\nX-4711;MT;A-200;20;1,25\n"
    (order,) = read_delimited(text.encode(), "po.csv").orders
    assert [line.unit for line in order.order.lines] == [None, None]


def test_a_count_under_cancelled_is_asked_about() -> None:
    """One of ten may be cancelled, or the line: "1" says either. None cancelled says nothing."""
    book = openpyxl.Workbook()
    for row in (
        ["PO", "4711"],
        [],
        ["Item", "Description", "Qty", "Cancelled", "Price"],
        ["HX-1", "Bolt", 10, 0, 1.5],
        ["HX-2", "Nut", 20, 1, 0.5],
    ):
        book.worksheets[0].append(row)
    reading = read_spreadsheet(saved(book), "po")
    assert len(reading.orders[0].order.lines) == 2
    assert "cancelled_lines" in errors(reading)
