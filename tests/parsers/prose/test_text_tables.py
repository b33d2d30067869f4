"""Tables typed into plain text, and HTML as text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.mail.markup import read_markup
from parsers.prose.plain_tables import plain_tables
from parsers.prose.reader import read_html, read_text

SPACES = "Pos  Article   Description   Qty  Unit\n10   HX-M8-40  Hex bolt      400  pcs\n20             Washer        100  pcs\n"
PIPES = "| Art. | Bezeichnung | Menge |\n|---|---|---|\n| A-1 | Schraube | 20 Stk |\n| A-2 | | 30 Stk |\n"
TABS = "Artikel\tMenge\tPreis\nA-1\t20 Stk\t1,20\n"
RECORDS = (
    "Article: 4711\nDescription: Gloves\nQuantity: 20 boxes\n\nArticle: 4712\nQuantity: 5 boxes\n\nDelivery date: 2026-05-05"
)


def _texts(text: str) -> list[list[str | None]]:
    (table,) = plain_tables(text, "body")
    return [[box.text if box else None for box in row] for row in table.grid.rows]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (SPACES, [["10", "HX-M8-40", "Hex bolt", "400", "pcs"], ["20", None, "Washer", "100", "pcs"]]),
        (PIPES, [["A-1", "Schraube", "20 Stk"], ["A-2", None, "30 Stk"]]),
        (TABS, [["A-1", "20 Stk", "1,20"]]),
        (RECORDS, [["4711", "Gloves", "20 boxes"], ["4712", None, "5 boxes"]]),
    ],
    ids=["spaces", "pipes", "tabs", "records"],
)
def test_a_typed_table_keeps_its_columns(text: str, rows: list[list[str | None]]) -> None:
    """Empty cells too."""
    assert _texts(text)[1:] == rows


def test_an_address_in_two_columns_is_no_table() -> None:
    """Without a head of quantities or prices."""
    assert plain_tables("Ship to:     Invoice to:\nACME Ltd     ACME Ltd\nMill Road    PO Box 1\n", "body") == []


@pytest.mark.parametrize("text", [SPACES, PIPES, TABS, RECORDS])
def test_cells_know_their_place(text: str) -> None:
    """Each span is the cell's text."""
    (table,) = plain_tables(text, "body")
    boxes = [box for row in table.grid.rows for box in row if box is not None]
    assert all(box.evidence.span and text[slice(*box.evidence.span)] == box.text for box in boxes)


@given(st.text(alphabet="ab 1|\t:\n-", max_size=300))
@settings(max_examples=150)
def test_any_text_is_looked_through(text: str) -> None:
    """Whatever is found stands within the text."""
    for table in plain_tables(f"Article  Qty\n{text}", "body"):
        assert 0 <= table.start < table.end <= len(text) + 13


PAGE = (
    "<html><head><title>x</title></head><body><p>Hello <b>wor</b>ld,</p><p>please&nbsp;send<br>now</p>"
    "<table><tr><th>Art</th><th>Qty</th></tr><tr><td><p>A-<b>1</b> x</p></td><td><p>4</p><p>pcs</p></td></tr>"
    "<tr><td colspan=2>end</td></tr></table>"
    "<div style='display:none'>no</div><script>x</script><blockquote>old</blockquote><ul><li>one<li>two</ul></body></html>"
)


def test_html_becomes_text_that_people_can_read() -> None:
    """Lines, cells, lists and quotations."""
    assert read_markup(PAGE).text.split("\n\n")[:4] == [
        "Hello world,",
        "please send\nnow",
        "Art\tQty\nA-1 x\t4 pcs\nend",
        "> old",
    ]


def test_cells_of_html_know_their_place() -> None:
    """Their spans hold in a text that other text stands before."""
    markup = read_markup(PAGE)
    (grid,) = markup.grids("body", offset=7)
    text = "x" * 7 + markup.text
    boxes = [box for row in grid.rows for box in row if box is not None]
    assert [text[slice(*box.evidence.span)] for box in boxes if box.evidence.span] == [box.text for box in boxes]


@given(st.text(alphabet="<>/tabledrh p=\"'&;x1!-", max_size=300))
@settings(max_examples=200)
def test_any_markup_is_read(source: str) -> None:
    """Broken HTML gives text, and grids within it."""
    markup = read_markup(source)
    for row in (row for table in markup.tables for row in table):
        assert all(0 <= cell.start <= cell.end <= len(markup.text) for cell in row)


def test_nesting_without_end_is_cut() -> None:
    """A page of a hundred thousand open elements."""
    assert isinstance(read_markup("<div>" * 100_000 + "x").text, str)


def test_a_line_of_blanks_is_no_labelled_one_and_takes_no_time() -> None:
    """The test's time limit is its bound."""
    assert plain_tables("Penrose" + " " * 20_000 + "x\n" + " " * 20_000 + "y: 1 ", "body") == []


def test_a_head_that_reaches_down_beside_grouped_ones_names_its_column() -> None:
    """ "Pos." stands over both rows of heads, "Artikel" over "Nummer" and "Bezeichnung"."""
    html = (
        "<p>Bestellung 4711</p><table><tr><td rowspan=2>Pos.</td><td colspan=2>Artikel</td><td colspan=2>Bestellung</td></tr>"
        "<tr><td>Nummer</td><td>Bezeichnung</td><td>Menge</td><td>Einheit</td></tr>"
        "<tr><td>1</td><td>310245</td><td>Handschuhe M</td><td>20</td><td>Pack</td></tr>"
        "<tr><td>2</td><td>310246</td><td>Handschuhe L</td><td>30</td><td>Pack</td></tr></table>"
    )
    (order,) = read_html(html.encode(), "order.html").orders
    assert [line.line_number and line.line_number.value for line in order.order.lines] == ["1", "2"]


def test_a_table_by_semicolons_is_a_table() -> None:
    """As people paste what they saved."""
    rows = ("Réf ; Désignation ; Qté ; Unité ; PU HT", "A-1 ; Papier A3 ; 50 ; rame ; 6,85", "B-2 ; Encre ; 4 ; boîte ; 54,00")
    text = "Commande 118\n\n" + "\n".join(rows) + "\n"
    (order,) = read_text(text.encode(), "order.txt").orders
    assert [line.quantity and line.quantity.value for line in order.order.lines] == ["50", "4"]
