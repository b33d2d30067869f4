"""Orders in delimited text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.contracts.extraction_v1 import Intent
from models.domain.errors import Rejected
from parsers.part_reading import PartReading
from parsers.sheets import delimited
from parsers.sheets.cells import column_letters
from parsers.sheets.delimited import read_delimited

GERMAN = """Bestellnummer;Bestelldatum;Position;Artikelnummer;Bezeichnung;Menge;Einheit;Preis;Währung
4711;03.11.2026;1;00123;Schraube M8;1.200;Stk;0,125;EUR
4711;03.11.2026;2;00124;Mutter;500;Stk;0,05;EUR
4712;04.11.2026;1;00125;Bolzen;10;Stk;1,00;EUR
"""


def test_a_file_of_several_po_numbers_holds_several_orders() -> None:
    """The head's fields stand in columns and repeat per row."""
    reading = read_delimited(GERMAN.encode("cp1252"), "orders.csv")
    heads = [(each.order.po_number, each.order.order_date, each.order.currency) for each in reading.orders]
    assert [[value.value if value else None for value in head] for head in heads] == [
        ["4711", "2026-11-03", "EUR"],
        ["4712", "2026-11-04", "EUR"],
    ]
    assert [len(each.order.lines) for each in reading.orders] == [2, 1]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_charset_is_found(charset: str) -> None:
    """Marks, UTF-8 and Windows text give the same words."""
    text = "Artikelnummer;Bezeichnung;Menge\nX-1;Dichtring für Flansch, groß;5\n"
    description = read_delimited(text.encode(charset), "o.csv").orders[0].order.lines[0].description
    assert description is not None
    assert description.value == "Dichtring für Flansch, groß"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator: str) -> None:
    """By the separator that gives even rows."""
    rows = [["SKU", "Description", "Qty"], ["000123", "Nut", "5"], ["000124", "Bolt", "7"]]
    text = "\n".join(separator.join(row) for row in rows)
    lines = read_delimited(text.encode(), "o.csv").orders[0].order.lines
    assert [
        (line.seller_part_number.value, line.quantity.value) for line in lines if line.seller_part_number and line.quantity
    ] == [
        ("000123", "5"),
        ("000124", "7"),
    ]


def test_lines_of_labels_before_the_table_are_the_head() -> None:
    """Quoted fields may hold the separator; cells are named as in a workbook."""
    head = 'PO Number,PO-9\nOrder Date,2026-03-04\nShip To,"Acme, 12 Main St, Springfield, IL 62701"\n'
    text = head + '\nSKU,Qty,Unit Price\n000123,5,"1,234.50"\n'
    order = read_delimited(text.encode(), "o.csv").orders[0].order
    assert order.po_number is not None
    assert order.ship_to is not None
    assert order.ship_to.city is not None
    assert (order.po_number.value, order.ship_to.city.value) == ("PO-9", "Springfield")
    price = order.lines[0].unit_price
    assert price is not None
    assert (price.value, price.evidence[0].cell) == ("1234.50", "o.csv!C6")


def test_a_price_list_is_no_order() -> None:
    """Articles and prices without quantities order nothing."""
    reading = read_delimited(b"Item,Price\nA1,3.00\nB2,4.00\n", "prices.csv")
    assert (reading.intent, reading.orders) == (Intent.OTHER, ())


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "unreadable"), (b"hello\nworld\n", "unreadable"), (b'a,"' + b"x" * 140_000, "unreadable")]
)
def test_what_is_no_table_is_rejected_with_its_cause(content: bytes, code: str) -> None:
    """Empty files, prose, and fields without end."""
    with pytest.raises(Rejected) as rejected:
        read_delimited(content, "x.csv")
    assert rejected.value.code == code
    assert "x.csv" in str(rejected.value)


def test_a_file_of_too_many_rows_is_rejected() -> None:
    """Bounded time: more rows than an order has are not read."""
    with pytest.raises(Rejected) as rejected:
        read_delimited(b"a,1\n" * (delimited.MOST_ROWS + 1), "x.csv")
    assert rejected.value.code == "too_large"


@given(st.integers(0, 20_000))
def test_column_names_are_those_of_a_workbook(place: int) -> None:
    """A to Z, then AA: read back as a number of base 26 without a zero."""
    number = 0
    for letter in column_letters(place):
        number = number * 26 + ord(letter) - 64
    assert number == place + 1


@given(st.one_of(st.binary(max_size=400), st.text(max_size=300).map(str.encode)))
@settings(max_examples=150)
def test_no_bytes_break_the_reader(content: bytes) -> None:
    """Any bytes are an order, none, or rejected."""
    try:
        reading = read_delimited(content, "x.csv")
    except Rejected:
        return
    assert isinstance(reading, PartReading)


def test_doubts_about_the_head_reach_the_order() -> None:
    """Two PO numbers are stated: somebody must say which one counts."""
    text = "PO Number,PO-9001\nPurchase Order No,PO-7002\n\nSKU,Qty,Unit Price\nA-123,5,12.50\n"
    problems = read_delimited(text.encode(), "o.csv").orders[0].problems
    assert "several_po_numbers" in [problem.code for problem in problems]


def test_an_order_number_column_does_not_hide_the_articles_numbers() -> None:
    """ "Bestellnummer" repeats the order's number here; ours stand under "Ihre Artikelnr", theirs beside it."""
    text = """Bestellnummer;Bestelldatum;Pos;Artikelnr;Ihre Artikelnr;Bezeichnung;Menge;ME
B26-04417;19.11.2026;10;MW-09257;WS-4.0X50-YZ;Schraube;4.000;Stk
B26-04417;19.11.2026;20;MW-08150;WS-3.5X30-YZ;Schraube;5.000;Stk
"""
    order = read_delimited(text.encode(), "o.csv").orders[0].order
    numbers = [(line.buyer_part_number, line.seller_part_number) for line in order.lines]
    assert [[number.value if number else None for number in pair] for pair in numbers] == [
        ["MW-09257", "WS-4.0X50-YZ"],
        ["MW-08150", "WS-3.5X30-YZ"],
    ]


def test_an_order_number_before_the_number_of_a_lone_line_is_the_orders() -> None:
    """Nothing repeats there that would show it."""
    text = "Bestellnummer;Pos;Artikelnr;Bezeichnung;Menge;ME\nB26-04417;10;MW-09257;Schraube;4.000;Stk\n"
    order = read_delimited(text.encode(), "o.csv").orders[0].order
    part = order.lines[0].seller_part_number
    assert (order.po_number and order.po_number.value, part and part.value) == ("B26-04417", "MW-09257")


def test_the_title_names_the_buyer_and_a_cell_holds_the_whole_ship_to() -> None:
    """As small firms' forms do; the total is the order's even where nothing else is labelled."""
    text = """ALPENHAUS HOLZBAU GmbH – BESTELLUNG;;;
Haller Au 15, 6020 Innsbruck, Österreich;;;
Bestellnummer:;;AH-551;
Lieferadresse:;;Baustelle Süd, Augasse 41, 6111 Volders, Österreich;
Zahlungsziel:;;30 Tage netto;

Art.-Nr. Lieferant;Bezeichnung;Menge;Summe EUR
WS-6;Schraube;2000;154,80
"""
    order = read_delimited(text.encode(), "o.csv").orders[0].order
    assert order.buyer is not None
    assert order.ship_to is not None
    stated = (order.buyer.name, order.buyer.city, order.ship_to.name, order.ship_to.street, order.ship_to.city)
    assert [value.value if value else None for value in stated] == [
        "ALPENHAUS HOLZBAU GmbH",
        "Innsbruck",
        "Baustelle Süd",
        "Augasse 41",
        "Volders",
    ]


def test_a_ship_to_in_columns_is_put_together() -> None:
    """Name, street, postcode and town each under a head of its own, the same in each row."""
    text = """Bestellnummer;Lieferadresse Name;Lieferadresse Straße;Lieferadresse PLZ;Lieferadresse Ort;Artikelnummer;Menge
4711;Markt Süd;Bäckerweg 9;90461;Nürnberg;A-1;4
4711;Markt Süd;Bäckerweg 9;90461;Nürnberg;A-2;5
"""
    ship_to = read_delimited(text.encode(), "o.csv").orders[0].order.ship_to
    assert ship_to is not None
    stated = (ship_to.name, ship_to.street, ship_to.postal_code, ship_to.city)
    assert [value.value if value else None for value in stated] == ["Markt Süd", "Bäckerweg 9", "90461", "Nürnberg"]


def test_rows_that_end_before_an_address_are_read() -> None:
    """The place stands far to the right, and the rows below it are short."""
    text = "Order no;PO-1;;;;Ship to;Acme Ltd\nDate;2026-11-03\n;;\n\nArt;Qty\nA-1;5\n"
    [order] = read_delimited(text.encode(), "ragged.csv").orders
    assert [line.quantity.value for line in order.order.lines if line.quantity] == ["5"]
    assert order.order.ship_to is not None
    assert order.order.ship_to.name is not None
    assert order.order.ship_to.name.value == "Acme Ltd"
