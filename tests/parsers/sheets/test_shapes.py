"""Shapes of sheets that clerks meet: exports, reports, matrices, tables side by side, and what must be asked about."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from models.contracts.extraction_v1 import OrderLineV1
from parsers.part_reading import OrderReading
from parsers.sheets.delimited import read_delimited


def read(rows: str) -> tuple[OrderReading, ...]:
    """The orders of a sheet whose rows are lines with bars between the cells."""
    cells = [line.split("|") for line in rows.strip("\n").splitlines()]
    width = max(map(len, cells))
    text = "\n".join("|".join([*line, *[""] * (width - len(line))]) for line in cells)
    return read_delimited(text.encode(), "sheet.csv").orders


def values(lines: Sequence[OrderLineV1], *names: str) -> list[list[str | None]]:
    return [[value.value if (value := getattr(line, name)) is not None else None for name in names] for line in lines]


def codes(order: OrderReading) -> set[str]:
    return {problem.code for problem in order.problems}


def test_field_names_of_an_export_are_read_as_heads() -> None:
    """SAP's table fields, in any order of columns; the position counts in tens, the price is per hundred."""
    (order,) = read(
        "EBELN|BEDAT|EBELP|MATNR|TXZ01|MENGE|MEINS|NETPR|PEINH|NETWR|WAERS|EINDT\n"
        "4500001|20261103|00010|A-1|Bolt|200|ST|4.50|100|9.00|EUR|20261120\n"
        "4500001|20261103|00020|A-2|Nut|300|ST|1.50|100|4.50|EUR|20261120"
    )
    assert order.order.po_number is not None
    assert order.order.po_number.value == "4500001"
    assert values(order.order.lines, "line_number", "quantity", "price_basis_quantity") == [
        ["00010", "200", "100"],
        ["00020", "300", "100"],
    ]


@pytest.mark.parametrize("head", ["ItemNo", "ITEM_NO", "MATNR", "Lineitem sku", "AR_Ref", "ART_NR"])
def test_a_part_number_has_many_field_names(head: str) -> None:
    """Written together, with underscores or cut, as programs name it."""
    (order,) = read(f"PO_NUM|{head}|Description|QtyOrd|UOM\nP-77|A-4711|Bolt|12|EA\nP-77|A-4712|Nut|6|EA")
    assert values(order.order.lines, "seller_part_number", "quantity") == [["A-4711", "12"], ["A-4712", "6"]]


def test_the_head_of_each_page_is_no_line() -> None:
    """A report printed to a sheet repeats title, labels and page number between its lines."""
    head = "PURCHASE ORDER||Printed 30.12.2026 07:15|Page {}\nOrder no|PX-1701|Date|2026-11-03\n|||\nPos|Item no|Qty|Unit price\n"
    (order,) = read(head.format(1) + "1|A-1|10|2.50\n2|A-2|20|3.50\n|||\n" + head.format(2) + "3|A-3|30|4.50")
    assert values(order.order.lines, "line_number", "quantity") == [["1", "10"], ["2", "20"], ["3", "30"]]
    assert order.order.po_number is not None
    assert order.order.po_number.value == "PX-1701"


def test_shops_across_are_lines_each_however_many() -> None:
    """Most heads are unknown words over counts; the sum column and the row of sums are no lines."""
    (order,) = read(
        "PO|4711001|||||||\nSKU|Product|Net price|North|South|East|West|Porto|Total\n"
        "A-1|Lamp|9.50|1||2||3|6\nA-2|Bulb|1.50||4||4||8\nTotal units|||1|4|2|4|3|14"
    )
    assert values(order.order.lines, "seller_part_number", "quantity") == [
        ["A-1", "1"],
        ["A-1", "2"],
        ["A-1", "3"],
        ["A-2", "4"],
        ["A-2", "4"],
    ]


def test_tables_side_by_side_are_one_order() -> None:
    """The right half of a printed list goes on where the left one ends."""
    (order,) = read(
        "Order no|KW48-77|||||||\nArt.no|Description|Price|Qty||Art.no|Description|Price|Qty\n"
        "1001|Tomato|9.80|3||2001|Potato|7.20|6\n1002|Cucumber|8.40|||2002|Onion|6.10|2\n"
        "1003|Pepper|4.40|||2003|Carrot|1.10|\n1004|Leek|3.40|||2004|Garlic|5.60|"
    )
    assert values(order.order.lines, "seller_part_number", "quantity") == [["1001", "3"], ["2001", "6"], ["2002", "2"]]


def test_the_article_above_a_table_of_sizes_is_each_lines() -> None:
    """A form for one article names it once, above the heads of colours and sizes."""
    (order,) = read(
        "Order no|S-4711||||\nStyle no.|NF-4102||||\nStyle name|Wool shirt||||\n|||||\nColour|S|M|L\nMoss|1|2|\nBlack||3|4"
    )
    assert values(order.order.lines, "seller_part_number", "description", "quantity") == [
        ["NF-4102", "Wool shirt Moss S", "1"],
        ["NF-4102", "Wool shirt Moss M", "2"],
        ["NF-4102", "Wool shirt Black M", "3"],
        ["NF-4102", "Wool shirt Black L", "4"],
    ]


def test_an_article_in_brackets_is_parted_from_its_text() -> None:
    """ "[OM-77] Desk" is how Odoo shows an article; the next order's number fills only its first row."""
    first, second = read(
        "Order Reference|Order Lines/Product|Order Lines/Quantity|Order Lines/Unit Price\n"
        "P00217|[OM-77] Desk|6|214.50\n|[OM-30] Tray|12|9.95\nP00219|[OM-77] Desk|2|214.50"
    )
    assert values(first.order.lines, "seller_part_number", "description") == [["OM-77", "Desk"], ["OM-30", "Tray"]]
    assert values(second.order.lines, "seller_part_number", "quantity") == [["OM-77", "2"]]


def test_lines_for_several_places_are_asked_about() -> None:
    """Columns of addresses that differ from line to line: one order has one ship-to."""
    (order,) = read(
        "PO Number|Ship To Street|Ship To City|SKU|Qty\nP-4711|1 High Street|Leeds|A-1|4\nP-4711|9 Mill Lane|York|A-1|6"
    )
    assert "several_ship_tos" in codes(order)


def test_an_address_that_nothing_took_is_asked_about() -> None:
    """Where the goods go stands in the sheet under a word that is not known."""
    (order,) = read(
        "PO Number|P-4711|||\nKwatera|Acme Ltd, 4 High Street, Leeds LS1 4AP|||\n||||\nSKU|Description|Qty|Price\nA-1|Bolt|4|1.50"
    )
    assert "unread_address" in codes(order)


def test_a_second_quantity_is_asked_about_unless_the_lines_multiply_out() -> None:
    """Which of two columns is ordered is open without amounts, and proven by them."""
    (open_order,) = read("PO|P-4711|||\nSKU|Qty|Quantity|Price\nA-1|4|48|1.50\nA-2|5|60|2.50")
    (proven_order,) = read("PO|P-4711||||\nSKU|Qty|Quantity|Price|Amount\nA-1|4|48|1.50|72.00\nA-2|5|60|2.50|150.00")
    assert "unexplained_column" in codes(open_order)
    assert "unexplained_column" not in codes(proven_order)
    assert values(proven_order.order.lines, "quantity") == [["48"], ["60"]]


def test_a_line_without_a_number_between_others_is_asked_about() -> None:
    """It may be a remark with a figure, or its number was lost."""
    (order,) = read("PO|P-4711|||\nSKU|Description|Qty|Price\nA-1|Bolt|4|1.50\n|Washer|9|0.50\nA-3|Nut|5|2.50")
    assert "missing_part_number" in codes(order)


def test_a_serial_day_is_a_day() -> None:
    """A sheet without formats of days keeps them as counts: 46346 is 2026-11-20."""
    (order,) = read("PO|P-4711|||\nOrder date|46329|||\nSKU|Description|Qty|Delivery date\nA-1|Bolt|4|46346\nA-2|Nut|5|46350")
    assert order.order.order_date is not None
    assert order.order.order_date.value == "2026-11-03"
    assert values(order.order.lines, "requested_delivery_date") == [["2026-11-20"], ["2026-11-24"]]


def test_a_letterhead_stands_beside_a_title() -> None:
    """The company's block in the left corner, title, date and number in the right one."""
    (order,) = read(
        "Ridge Gyms LLC||PURCHASE ORDER|\n2210 Foundry Street|||\nBoulder, CO 80301||DATE|2026-11-03\n||PO #|RCG-1187\n|||\n"
        "ITEM #|DESCRIPTION|QTY|UNIT PRICE\nARS-2044|Rope|4|189.50\nARS-3310|Belay|25|31.20"
    )
    buyer = order.order.buyer
    assert buyer is not None
    assert [value.value if value else None for value in (buyer.name, buyer.street, buyer.city)] == [
        "Ridge Gyms LLC",
        "2210 Foundry Street",
        "Boulder",
    ]
