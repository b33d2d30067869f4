"""Tables of order lines by geometry: every layout's cells as the eye reads them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pypdfium2 as pdfium
import pytest

from models.domain.document import Word
from parsers.layout.heads import find_heads
from parsers.layout.starts import total_field
from parsers.layout.tables import PageTable, tables_of
from parsers.page_text import PageText, without_small_print
from parsers.pdf.words import native_page
from tests.parsers.pdf import pdf_documents, pdf_documents_odd


def pages_of(content: bytes) -> list[PageText]:
    with closing(pdfium.PdfDocument(content)) as pdf:
        return [without_small_print(native_page(page, number).text) for number, page in enumerate(pdf, start=1)]


def cells_of(table: PageTable) -> list[list[str]]:
    return [["" if cell is None else cell.text for cell in row] for row in table.grid.rows]


def tables(draw: Callable[[], bytes]) -> list[list[list[str]]]:
    return [cells_of(table) for table in tables_of(pages_of(draw()), "po.pdf")]


def test_a_ruled_table_gives_its_cells() -> None:
    """Drawn columns part the words, drawn rows the lines."""
    (table,) = tables(pdf_documents.label_left_and_ruled_table)
    assert table[0] == ["Line", "Item No.", "Description", "Qty", "UOM", "Unit Price", "Amount"]
    assert table[1] == ["1", "HX-M8-40", "Hex bolt M8x40 zinc", "1,200", "EA", "0.1250", "150.00"]
    assert len(table) == 4


def test_a_table_without_rules_ends_before_the_total_far_below() -> None:
    """Numbers stand right, texts left; the foot after a large gap is no line."""
    (table,) = tables(pdf_documents.bands_with_labels_above)
    assert table[1:] == [
        ["400", "EA", "4711", "BRACKET, STEEL", "2.15", "860.00"],
        ["", "", "", "ZINC PLATED, PACKED 20 PER BOX", "", ""],
        ["25", "FT", "5200", "CABLE 4MM BLUE", "1.20", "30.00"],
    ]


def test_rows_of_two_levels_come_side_by_side() -> None:
    """The second row's columns stand under others of the first: each line becomes one row."""
    (table,) = tables(pdf_documents.two_row_heads)
    assert table[0] == ["Pos.", "Stock item", "Description", "Ordered", "Unit", "Price", "Per", "Net value"]
    assert table[1] == ["00010", "0000-4711", "BRACKET", "400", "EA", "2,150.00", "1,000", "860.00"]


def test_a_head_that_is_repeated_gives_a_table_per_page() -> None:
    """Page two's lines follow page one's; what is carried over stays in its own row, under no line number."""
    first, second = tables(pdf_documents.french_on_two_pages)
    assert (len(first), len(second)) == (22, 11)
    assert first[-1][:2] == ["", ""]
    assert second[-1] == ["30", "REF-130", "Vis inox A2 modèle 30", "300", "2,50", "750,00"]


def test_a_table_goes_on_under_no_head() -> None:
    """The next page's rows that fit the columns before are lines, its letterhead is not."""
    first, second = tables(pdf_documents_odd.table_goes_on_without_a_head)
    assert (len(first), [cells[0] for cells in second]) == (31, ["Item", "31", "32", "33", "34"])


def test_lines_that_start_on_page_two_are_found() -> None:
    """Page one holds the head and a legal paragraph only."""
    (table,) = tables(pdf_documents_odd.landscape_with_lines_on_page_two)
    assert table[1] == ["1", "TR-5", "Transformer oil, drum 208 l", "16.0000", "DR", "04/30/2026", "410.50000", "6,568.00"]


def test_cells_wrapped_round_their_numbers_join_the_line_of_the_same_box() -> None:
    """The first row of a wrapped description stands above its numbers and still belongs to them."""
    (table,) = tables(pdf_documents_odd.spanish_with_wrapped_cells)
    assert table[3][:3] == ["CJ-12", "Caja de cartón para doce latas, impresa", "125"]


def test_a_table_of_deliveries_below_a_line_keeps_columns_of_its_own() -> None:
    """Its head and rows stand in the grid as they are, so that the line's own columns stay clean."""
    (table,) = tables(pdf_documents_odd.schedule_below_the_line)
    assert table[3:5] == [["Sched.", "Delivery Date", "Qty", "UOM", "Amount"], ["1", "04/11/2026", "400", "EA", "$860.00"]]
    assert table[5] == ["2", "5200", "FLANGE", "$31.25", "12", "EA", "$375.00"]


def test_white_heads_on_a_dark_bar_are_heads() -> None:
    """White text is text."""
    (table,) = tables(pdf_documents_odd.units_glued_to_numbers)
    assert table[2] == ["2", "PX-220", "Gasket sheet 1 m", "7 BX", "89.10/BX", "$623.70"]


def test_terms_in_small_print_hold_no_table() -> None:
    """A page of dense legal type is dropped before anything is looked for on it."""
    first, second = pages_of(pdf_documents_odd.with_pages_of_terms())
    assert first.words
    assert not second.words


def test_every_cell_tells_its_place_on_the_page() -> None:
    """The evidence of a cell is its words' own box, in points from the top left."""
    (table,) = tables_of(pages_of(pdf_documents.label_left_and_ruled_table()), "po.pdf")
    cell = table.grid.rows[1][1]
    assert cell is not None
    assert cell.evidence.bbox is not None
    x0, top, x1, bottom = cell.evidence.bbox
    assert (cell.evidence.part, cell.evidence.page) == ("po.pdf", 1)
    assert 75 < x0 < x1 < 160
    assert 248 < top < bottom < 268


def word(text: str, x0: float, top: float, width: float | None = None) -> Word:
    return Word(text=text, page=1, x0=x0, top=top, x1=x0 + (width or 5 * len(text)), bottom=top + 9, size=9)


def page(*words: Word) -> PageText:
    return PageText(1, 600, 800, tuple(words))


def test_words_of_one_baseline_are_one_phrase_until_the_gap_is_wide() -> None:
    """A blank joins, a column gap parts."""
    phrases = page(word("Hex", 10, 10), word("bolt", 28, 10), word("400", 100, 10)).phrases
    assert [phrase.text for phrase in phrases] == ["Hex bolt", "400"]


def test_a_label_and_its_value_a_few_points_lower_are_one_row() -> None:
    """Forms are filled off their baselines."""
    (row,) = page(word("Date:", 10, 10), word("3/4/26", 100, 13)).rows
    assert row.text == "Date: 3/4/26"


@pytest.mark.parametrize(
    ("names", "roles"),
    [
        (["Pos.", "Artikelnr.", "Menge", "Preis"], 4),
        (["Item", "Quantity", "Unit Price"], 3),
        (["Vendor", "Terms", "Buyer"], 0),
    ],
)
def test_a_head_is_known_by_three_column_names(names: list[str], roles: int) -> None:
    """A band of the form is no head of a table."""
    rows = page(*(word(name.replace(" ", "_"), 10 + 120 * place, 10) for place, name in enumerate(names))).rows
    heads = find_heads(rows)
    assert max((len(head.roles) for head in heads), default=0) == roles


def test_a_note_above_a_head_is_not_part_of_it() -> None:
    """A row that names no column does not lend its words to the column below."""
    note = [word("This", 10, 0), word("agreement", 35, 0)]
    names = [word("Item", 10, 12), word("Qty", 120, 12), word("Price", 200, 12), word("Amount", 300, 12)]
    (head,) = find_heads(page(*note, *names).rows)
    assert [each.text for each in head.heads] == ["Item", "Qty", "Price", "Amount"]


def test_a_part_number_that_begins_like_a_label_starts_a_line() -> None:
    """NO-0A-00 is a code, however much "No." is a label."""
    names = [word("Item", 10, 0), word("Description", 80, 0), word("Qty", 200, 0), word("Amount", 300, 0)]
    lines = [
        each
        for place, code in enumerate(["AA-00-00", "NO-0A-00", "PO-12"])
        for each in (word(code, 10, 20 + 18 * place), word("Bolt", 80, 20 + 18 * place), word("7", 200, 20 + 18 * place))
    ]
    (table,) = tables_of([page(*names, *lines)], "po.pdf")
    assert [cells[0] for cells in cells_of(table)[1:]] == ["AA-00-00", "NO-0A-00", "PO-12"]


@pytest.mark.parametrize(("text", "field"), [("S&H 12.00", "freight"), ("SH-12", None), ("Total: 403.00", "total")])
def test_a_part_number_is_no_total(text: str, field: str | None) -> None:
    """Shipping and handling is abbreviated as a shackle's number begins."""
    assert total_field(text) == field
