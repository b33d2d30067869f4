"""Habits of clerks and of the programs that they export from: packs, assortments, groups of heads, sums, labels of two senses."""

from __future__ import annotations

import io

import openpyxl
import pytest

from parsers.sheets.delimited import read_delimited
from parsers.sheets.workbook import read_spreadsheet
from tests.parsers.sheets.rows import errors, read, values


def test_an_assortment_is_multiplied_by_its_packs() -> None:
    """Six pieces in a box, ten boxes, sixty pieces: the sizes say what a box holds."""
    order = read("PO|P-501\nStyle|Colour|S|M|L|Pcs per box|Boxes|Pcs total|Price\nT-1|Black|2|3|1|6|10|60|12.50")
    assert values(order.order.lines, "description", "quantity") == [["Black S", "20"], ["Black M", "30"], ["Black L", "10"]]


def test_amounts_are_no_packs() -> None:
    """Nine pieces at 89 are 801: the sizes are what is ordered."""
    order = read("PO|P-501\nStyle|Colour|S|M|L|Units|WHS|Total\nT-1|Moss|2|4|3|9|89|801")
    assert [quantity for (quantity,) in values(order.order.lines, "quantity")] == ["2", "4", "3"]


def test_pieces_in_all_that_no_reckoning_gives_are_asked_about() -> None:
    """Four a pack and ten packs are not 44."""
    order = read("PO|P-501\nStyle|Colour|S|M|L|Packs|Units\nT-1|Red|1|1|1|12|36\nT-2|Blue|1|2|1|10|44")
    assert "unread_values" in errors(order)


def test_heads_may_stand_under_the_groups_that_they_are_of() -> None:
    """What "Stück" means under "Preise" is another thing than under "Mengen"."""
    order = read(
        "Auftrag|77-120\n|||Mengen|||Preise|\nArtikel|Bezeichnung|Farbe|bestellt|geliefert|offen|Stück|Wert\n"
        "X-1|Handtuch|blau|20|0|20|4,50|90,00\nX-2|Badetuch|rot|10|0|10|9,00|90,00"
    )
    assert values(order.order.lines, "seller_part_number", "quantity", "unit_price", "line_total") == [
        ["X-1", "20", "4.50", "90.00"],
        ["X-2", "10", "9.00", "90.00"],
    ]


def test_sizes_may_stand_under_one_head() -> None:
    """One merged head over all sizes, these in the row below."""
    order = read("Commande|C-2218\nRéf|Article|Pointures||||Prix\n||36|37|38|39|\nSH-1|Bottine|1|2|2|1|42,00")
    assert [text for (text,) in values(order.order.lines, "description")] == [f"Bottine {size}" for size in (36, 37, 38, 39)]


@pytest.mark.parametrize("head", ["Pcs/carton", "Qty/case", "pièces/colis", "Stück je Karton", "uds por caja"])
def test_what_a_carton_holds_is_not_what_is_ordered(head: str) -> None:
    """Pieces per pack stand beside the quantity."""
    order = read(f"PO|P-501\nItem no|Description|{head}|Quantity|Price\nA-1|Plate|24|96|1.50\nA-2|Bowl|36|72|1.10")
    assert [quantity for (quantity,) in values(order.order.lines, "quantity")] == ["96", "72"]


def test_cartons_alone_are_what_is_ordered() -> None:
    """Where nothing else is counted, in the unit that the head names."""
    order = read("PO|P-501\nItem no|Description|Cartons|Carton price|Total\nA-1|Plate|4|36.00|144.00\nA-2|Bowl|3|39.60|118.80")
    assert values(order.order.lines, "quantity", "unit") == [["4", "CT"], ["3", "CT"]]


def test_boxes_of_so_many_are_counted_as_boxes() -> None:
    """What a box holds is no matter of the order."""
    order = read("Order number|P-501\nItem|How many|Remarks\nOlive oil 5 l|2 boxes of 4|\nFlour 16 kg|6 sacks|strong")
    assert values(order.order.lines, "quantity", "unit") == [["2", "BX"], ["6", "SA"]]


def test_the_sum_of_a_group_is_no_line() -> None:
    """Called a subtotal of something, or by nothing but the group's name."""
    order = read(
        "PO|P-501\nItem no|Description|Qty|Price|Total\nVEGETABLES\nL-1|Carrots|15|1.10|16.50\nL-2|Leeks|10|1.80|18.00\n"
        "|Subtotal vegetables|||34.50\nDAIRY\nC-1|Cream|12|3.20|38.40\nC-2|Butter|20|2.10|42.00\n|Dairy|||80.40\n|Total|||114.90"
    )
    assert [code for (code,) in values(order.order.lines, "seller_part_number")] == ["L-1", "L-2", "C-1", "C-2"]
    assert not errors(order)


def test_an_article_left_blank_is_not_ordered_where_the_others_make_the_total() -> None:
    """A form that lists one article more than is wanted."""
    order = read(
        "PO|P-501\nRef|Product|Qty|Price|Total\nT-1|Tumbler|48|4.90|235.20\nT-2|Mug||4.90|\nC-1|Jug|16|12.80|204.80\n||||440.00"
    )
    assert len(order.order.lines) == 3
    total = read(
        "PO|P-501\nRef|Product|Qty|Price|Total\nT-1|Tumbler|48|4.90|235.20\nT-2|Mug||4.90|\nC-1|Jug|16|12.80|204.80\n|||Total|440.00"
    )
    assert [code for (code,) in values(total.order.lines, "seller_part_number")] == ["T-1", "C-1"]


def test_delivery_beside_an_address_is_the_place() -> None:
    """The same word beside a day is the day."""
    order = read(
        "Commande|BC-4417\nLivraison|8 quai des Brumes, 76600 Le Havre\nRéférence|Titre|Qté\nA-1|Cahier|50\nA-2|Stylo|20"
    )
    assert order.order.ship_to is not None
    assert order.order.ship_to.postal_code is not None
    assert order.order.ship_to.postal_code.value == "76600"
    assert order.order.requested_delivery_date is None


def test_a_letterhead_may_stand_in_one_cell() -> None:
    """Name, street and town with dashes between."""
    order = read(
        "Le Vieux Four – 3 place du Marché – 21000 Dijon\nBon de commande|1208\n"
        "Réf|Produit|Quantité\nL-1|Carottes|15\nL-2|Poireaux|10"
    )
    assert order.order.buyer is not None
    assert order.order.buyer.city is not None
    assert order.order.buyer.city.value == "Dijon"


def test_numbers_under_a_head_that_says_nothing_may_be_gtins() -> None:
    """Their check digits tell."""
    order = read("PO|External ID|Model Number|Title|Quantity\nAB1|4006381333931|M-1|Lamp|2\nAB1|4006381333948|M-2|Bulb|4")
    assert values(order.order.lines, "gtin") == [["04006381333931"], ["04006381333948"]]
    assert order.order.po_number is not None
    assert order.order.po_number.value == "AB1"


@pytest.mark.parametrize(
    "rows",
    [
        "Anschrift|Am Sägewerk 3\n|83313 Siegsdorf",
        "Straße:|Am Sägewerk 3\nPLZ / Ort:|83313 Siegsdorf",
        "Street|Am Sägewerk 3\nPostcode|83313\nTown|Siegsdorf",
    ],
)
def test_an_address_may_stand_below_a_name_in_pieces(rows: str) -> None:
    """Each beside a label of its own, or the second row below the first."""
    order = read(
        f"Besteller|Holzbau Kern GmbH\n{rows}\nBestell-Nr.|HK-2291\n|\nArt.|Bezeichnung|Menge\nS-1|Winkel|10\nS-2|Bolzen|20"
    )
    buyer = order.order.buyer
    assert buyer is not None
    found = [buyer.name, buyer.street, buyer.postal_code, buyer.city]
    assert [value.value if value else None for value in found] == ["Holzbau Kern GmbH", "Am Sägewerk 3", "83313", "Siegsdorf"]


def test_a_workbook_keeps_percentages_as_fractions() -> None:
    """0.1 is ten percent where the lines come out only so, in the lines without a total too."""
    head = "PO|P-501\nItem no|Description|Qty|Price|Discount|Total\n"
    order = read(head + "A-1|Bolt|500|0.21|0.1|94.50\nA-2|Nut|100|1.10|0|110.00\nA-3|Pin|10|2.00|0.05|")
    assert values(order.order.lines, "discount_percent") == [["10"], [None], ["5"]]


def test_a_discount_below_one_percent_is_doubted() -> None:
    """It may be a fraction, where no total tells."""
    order = read("PO|P-501\nItem no|Description|Qty|Price|Discount\nA-1|Bolt|500|0.21|0.1\nA-2|Nut|100|1.10|0.2")
    assert [line.discount_percent is not None and line.discount_percent.confidence < 0.8 for line in order.order.lines] == [
        True,
        True,
    ]


def test_records_of_heads_and_lines_are_told_apart() -> None:
    """A letter in front of each row says what it is; what the head holds is given with doubt."""
    order = read(
        "K|BE-26-0815|19.11.2026|Wendt GmbH|EUR|02.12.2026\nP|1|4711-20|Ölfilter OC 20|12|ST|6,85|82,20\n"
        "P|2|4711-35|Luftfilter LX 35|8|ST|11,40|91,20\nT|2|173,40"
    )
    head = [order.order.po_number, order.order.order_date, order.order.requested_delivery_date]
    assert [value.value if value else None for value in head] == ["BE-26-0815", "2026-11-19", "2026-12-02"]
    assert all(value is not None and value.confidence < 0.8 for value in head)
    assert values(order.order.lines, "seller_part_number", "quantity") == [["4711-20", "12"], ["4711-35", "8"]]


def test_each_head_begins_an_order() -> None:
    """Two heads, two orders, each with its own lines."""
    line = "D;{};{};{};EA;{};{}\n"
    text = "H;A-771;20261112;USD\n" + line.format("TN-1001", "Tent 2P", 4, "61.50", "246.00")
    text += line.format("PG-2002", "Peg set", 8, "3.20", "25.60") + "H;A-772;20261113;USD\n"
    text += line.format("RP-3003", "Rope 20 m", 5, "7.10", "35.50") + line.format("LM-4004", "Lamp", 6, "9.90", "59.40")
    orders = read_delimited(text.encode(), "orders.csv").orders
    assert [(order.order.po_number.value if order.order.po_number else None, len(order.order.lines)) for order in orders] == [
        ("A-771", 2),
        ("A-772", 2),
    ]


@pytest.mark.parametrize(
    ("shown", "currency"),
    [('#,##0.00 "€"', "EUR"), ("[$£-809]#,##0.00", "GBP"), ("[$$-409]#,##0.00", "USD"), ("[$-407]0.00", None)],
)
def test_the_format_of_the_prices_may_alone_name_their_currency(shown: str, currency: str | None) -> None:
    """Nothing in the cells says it; a format that only names a country does not either."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["Bestell-Nr.", "TA 77"],
        ["Art.Nr.", "Bezeichnung", "Anzahl", "Preis"],
        ["L-1", "Holz", 8, 31.2],
        ["L-2", "Leim", 4, 6.8],
    ):
        sheet.append(row)
    for cell in ("D3", "D4"):
        sheet[cell].number_format = shown
    buffer = io.BytesIO()
    book.save(buffer)
    order = read_spreadsheet(buffer.getvalue(), "po.xlsx").orders[0].order
    assert (order.currency.value if order.currency else None) == currency
