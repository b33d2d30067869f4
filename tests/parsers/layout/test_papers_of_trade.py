"""What contracts, requisitions and indents of trade and offices print: prices with their units, codes under odd heads, closing
marks, papers that call themselves contracts."""

from __future__ import annotations

import pytest

from models.contracts.extraction_v1 import Intent
from parsers.tables.reader import GridReading, read_grid
from parsers.tables.remarks import is_remark
from parsers.values.addresses import pieces_of_line
from parsers.values.number_style import NumberStyle
from tests.parsers.layout.test_papers_of_systems import codes, typed
from tests.parsers.tables.grids import grid
from tests.parsers.tables.test_tables import column

POINT = NumberStyle(".", "dmy")
CONTRACT = (
    "The Buyer:|Norgate Imports Ltd",
    "The Seller:|Hale Trading Co",
    "",
    "Item No.|Commodity|Quantity|Amount",
    "BH-2210|Ceramic mug|7,200 PCS|USD6,192.00",
    "BH-2231|Coaster|1,500 PCS|USD1,860.00",
    "Both sides agree to the above on the terms and conditions that are set forth overleaf.",
)


def read(table: str) -> GridReading:
    return read_grid([grid(table)], POINT)


def test_prices_that_name_their_unit_are_prices() -> None:
    """A column of "USD0.86/PC" holds no units."""
    reading = read("Commodity|Quantity|Unit Price|Amount\nMug|7,200 PCS|USD0.86/PC|USD6,192.00\nJar|100 PCS|USD1.05/PC|USD105.00")
    assert (column(reading, "unit_price"), column(reading, "unit")) == (["0.86", "1.05"], ["C62", "C62"])


def test_codes_under_a_head_that_counts_stock_number_the_articles() -> None:
    """ "Stock / Property No." is a number of an article, though "Stock" counts."""
    reading = read(
        "Stock/ Property No.|Unit|Description|Quantity|Price\nOS-014|ream|Paper|150|245.00\nOS-031|bottle|Ink|24|289.00"
    )
    assert column(reading, "seller_part_number") == ["OS-014", "OS-031"]


def test_what_is_in_stock_is_no_number_of_an_article() -> None:
    """Under the same word, counts stay counts."""
    reading = read("Code|Description|Stock|Quantity|Price\nOS-014|Paper|12|150|245.00\nOS-031|Ink|4|24|289.00")
    assert column(reading, "seller_part_number") == ["OS-014", "OS-031"]


def test_lines_numbers_seen_as_one_with_the_articles_are_parted() -> None:
    """Two narrow columns side by side; the first counts the lines."""
    reading = read("No IMPA|Description|Qty|Price\n1 174268|Shackle|12|7.80\n2 510753|Brush|50|1.95\n3 211226|Rope|1|1240.00")
    assert column(reading, "line_number") == ["1", "2", "3"]
    assert column(reading, "seller_part_number") == ["174268", "510753", "211226"]


def test_numbers_that_do_not_count_the_lines_stay_whole() -> None:
    """Groups of digits within a number are its own."""
    reading = read("Code|Description|Qty|Price\n10 174268|Shackle|12|7.80\n40 510753|Brush|50|1.95")
    assert column(reading, "seller_part_number") == ["10 174268", "40 510753"]


def test_a_number_behind_its_label_leads_the_text() -> None:
    """ "Item No. BH-2210 Ceramic mug" in one cell."""
    reading = read("Commodity|Quantity|Unit Price\nItem No. BH-2210 Ceramic mug|72|0.86\nArt. 77-4410: Glass jar|10|1.05")
    assert column(reading, "seller_part_number") == ["BH-2210", "77-4410"]
    assert column(reading, "description") == ["Ceramic mug", "Glass jar"]


def test_what_is_paid_by_weight_is_ordered_by_weight() -> None:
    """The price is for a hundred kilograms, and only the weights make the amounts."""
    reading = read(
        "Stck|Bezeichnung|Gewicht kg|Preis €/100 kg|Betrag\n8|HEB 200|5934|104.00|6171.36\n14|IPE 240|3868|108.50|4196.78"
    )
    assert (column(reading, "quantity"), column(reading, "unit")) == (["5934", "3868"], ["KGM", "KGM"])
    assert (column(reading, "unit_price"), column(reading, "price_basis_quantity")) == (["104.00", "108.50"], ["100", "100"])


def test_what_is_paid_by_volume_is_ordered_by_volume() -> None:
    """Beside pieces and measures of each."""
    reading = read(
        "Produit|Nb pièces|Volume m³|PU HT/m³|Montant HT\nPin|120|1.944|385.00|748.44\nDouglas|40|3.375|520.00|1755.00"
    )
    assert (column(reading, "quantity"), column(reading, "unit")) == (["1.944", "3.375"], ["MTQ", "MTQ"])


def test_weights_that_make_no_amounts_are_no_quantities() -> None:
    """They say what a carrier must know."""
    reading = read("Qty|Description|Weight kg|Price|Amount\n8|Beam|5934|100.00|800.00\n14|Plate|3868|10.00|140.00")
    assert column(reading, "quantity") == ["8", "14"]


@pytest.mark.parametrize("text", ["***nothing follows***", "--- end of order ---", "=== LAST ITEM ==="])
def test_a_closing_mark_describes_no_goods(text: str) -> None:
    """Set apart by signs, below the last line."""
    assert is_remark(text)


@pytest.mark.parametrize("text", ["Hose --- 3 m ---", "**bold** cable", "* blue *"])
def test_signs_within_a_text_close_nothing(text: str) -> None:
    """They part or adorn it."""
    assert not is_remark(text)


def test_copies_of_books_are_counted() -> None:
    """A library's order: ISBN, title, copies, and the currency alone over the prices."""
    reading = read_grid(
        [grid("ISBN|Verfasser: Titel|Ex.|EUR\n978-3-16-148410-0|Mahlke: Garten|2|24,00\n978-3-8310-2234-2|Onken: Wege|1|19,95")],
        NumberStyle(",", "dmy"),
    )
    assert (column(reading, "quantity"), column(reading, "unit_price")) == (["2", "1"], ["24.00", "19.95"])
    assert column(reading, "gtin") == ["09783161484100", "09783831022342"]


@pytest.mark.parametrize("title", ["SALES CONTRACT", "SUPPLY AGREEMENT", "KAUFVERTRAG"])
def test_a_contract_that_lists_goods_is_asked_about(title: str) -> None:
    """Between a buyer and a seller it may be an order."""
    reading = typed(f"||{title}", *CONTRACT, font="Helvetica")
    assert reading.intent is Intent.OTHER
    assert "may_be_order" in codes(reading)


def test_a_purchase_contract_is_an_order() -> None:
    """As trading houses call it."""
    reading = typed("||PURCHASE CONTRACT", *CONTRACT, font="Helvetica")
    assert reading.intent is Intent.ORDER
    buyer = reading.orders[0].order.buyer
    assert buyer is not None
    assert buyer.name is not None
    assert buyer.name.value == "Norgate Imports Ltd"


def test_lines_under_no_title_are_asked_about_whatever_a_sentence_says() -> None:
    """ "Terms and conditions" in a sentence does not make a paper no order, and a page all in one size has no title."""
    assert "may_be_order" in codes(typed(*CONTRACT, font="Helvetica"))


@pytest.mark.parametrize("label", ["ADD:", "Address :", "Anschrift:", "Indirizzo:"])
def test_the_word_for_an_address_is_no_part_of_it(label: str) -> None:
    """It stands before the street in trading papers."""
    assert list(pieces_of_line(f"{label} 44 Canal Wharf, Leeds LS11 5PS")) == ["44 Canal Wharf", "Leeds LS11 5PS"]


@pytest.mark.parametrize("number", ["LN-1", "ST-1001", "DR-22001", "RD 7", "WAY-26/1"])
def test_an_orders_number_may_begin_like_a_street(number: str) -> None:
    """Lane, street, drive and road are short words, and so are prefixes of numbers."""
    goods = ("Artikel|Menge|Einheit", "KD-7|200|Stück")
    (order,) = typed("BESTELLUNG", "", f"Bestellnummer:|{number}", "", *goods, font="Helvetica").orders
    assert order.order.po_number is not None
    assert order.order.po_number.value == number
