"""Heads that others explain, numbers that name no article, amounts with tax, discounts one after the other."""

from __future__ import annotations

from tests.parsers.sheets.rows import read, values


def test_a_head_over_two_columns_says_what_the_words_below_it_are_of() -> None:
    """ "Artikelnummer" is merged over "eigene" and "Ihre", "Menge" over what is ordered and its unit."""
    order = read(
        "Bestell-Nr.|B-33\n\nPos|Artikelnummer||Bezeichnung|Menge||Preis||\n|eigene|Ihre||best.|Einh.|brutto|Rab. %|netto ges.\n"
        "1|L-3301|8842.10|Kabel|8|St|62,40|35|324,48\n2|S-1107|1203.05|Steckdose|85|St|4,90|42|241,57"
    )
    names = ("buyer_part_number", "seller_part_number", "quantity", "unit_price", "discount_percent")
    assert values(order.order.lines, *names) == [
        ["L-3301", "8842.10", "8", "62.40", "35"],
        ["S-1107", "1203.05", "85", "4.90", "42"],
    ]


def test_words_that_all_lines_share_number_no_article() -> None:
    """ "Reference" is the order's here, and the codes under an unknown head are the articles'."""
    order = read(
        "PO Number|Reference|Description|Quantity|Unit price|InventoryItemCode\n"
        "P-1|Autumn range|Box|500|0.62|FP-2015\nP-1|Autumn range|Tissue|12|9.40|FP-7001"
    )
    assert "Autumn range" not in {number for (number,) in values(order.order.lines, "seller_part_number")}


def test_amounts_with_tax_are_no_line_totals() -> None:
    """Less the tax beside them, they are what quantity and price make."""
    order = read(
        "PO Number|Item no.|Description|Quantity|Unit price|Tax amount|Total\nP-1|F-20|Box|500|0.62|62.00|372.00\n"
        "P-1|F-70|Tissue|12|9.40|22.56|135.36"
    )
    assert values(order.order.lines, "unit_price", "line_total") == [["0.62", None], ["9.40", None]]


def test_a_list_price_less_two_discounts_is_the_line_s() -> None:
    """No other column holds a price, and the amounts are made of it."""
    order = read(
        "Ordine n.|O-3\n\nVs. Cod.|Descrizione|UM|Q.tà|Listino|Sc.1|Sc.2|Importo\nU-10|Punta|PZ|50|2,40|30|10|75,60\n"
        "U-16|Punta|PZ|40|3,90|30|10|98,28"
    )
    assert [price for (price,) in values(order.order.lines, "unit_price")] == ["2.40", "3.90"]


def test_a_line_is_what_it_comes_to_where_quantity_and_price_make_it() -> None:
    """ "Line" over money is no number of the line."""
    order = read(
        "Order ref|LO-47\n\nProduct|Code|How many|Each|Line\nOat milk|NW-330|8|£11.40|£91.20\nSugar|NW-118|4|£5.25|£21.00"
    )
    assert values(order.order.lines, "seller_part_number", "line_total") == [["NW-330", "91.20"], ["NW-118", "21.00"]]


def test_a_week_without_a_year_is_the_next_after_the_order() -> None:
    """Week 50 of an order of November; its Friday."""
    order = read(
        "Bestell-Nr.|B-33\nDatum|18.11.2026\nLiefertermin|KW 50\n\nArt.-Nr.|Bezeichnung|Menge\nA-1|Kabel|8\nA-2|Dose|2"
    ).order
    assert order.requested_delivery_date is not None
    assert order.requested_delivery_date.value == "2026-12-11"


def test_your_reference_on_a_seller_s_form_is_the_buyer_s_with_doubt() -> None:
    """The seller numbers the customer, so "your" is the customer's."""
    number = read(
        "Bestelformulier\nKlantnummer|30871\nUw referentie|VK-1190\n\nArtikel|Omschrijving|Prijs|Aantal\nP-1|Pot|7,20|4"
    ).order.po_number
    assert number is not None
    assert (number.value, number.confidence < 0.9) == ("VK-1190", True)


def test_a_letter_s_subject_numbers_the_order() -> None:
    """ "Betreft" is a label before the label."""
    number = read("Betreft: inkooporder 26-1187\n\nArtikelnr.|Omschrijving|Aantal\nA-1|Kabel|8\nA-2|Doos|2").order.po_number
    assert number is not None
    assert number.value == "26-1187"
