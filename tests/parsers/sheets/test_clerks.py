"""What a clerk sees at once in a sheet: whose street, which condition, what is an article's number, what is another table."""

from __future__ import annotations

from parsers.part_reading import OrderReading
from tests.parsers.sheets.rows import errors, read, values

HEADS = "Item|Description|Qty|Unit|Price"


def place(order: OrderReading) -> list[str | None]:
    """Name, street, postal code and town of the ship-to."""
    party = order.order.ship_to
    found = (getattr(party, name) if party else None for name in ("name", "street", "postal_code", "city"))
    return [value.value if value is not None else None for value in found]


def test_several_columns_of_one_place_are_told_apart() -> None:
    """Name and address both say "ship to", and a street may look like a code and its town."""
    rows = "PO Number|Ship-To Name|Ship-To Address|Ship-To City|Ship-To Zip|SKU|Description|Qty"
    order = read(f"{rows}\n0098812|Pine Ridge Hardware|2210 Route 9|Saratoga Springs|12866|HX-1|Key|5")
    assert place(order) == ["Pine Ridge Hardware", "2210 Route 9", "12866", "Saratoga Springs"]


def test_the_next_condition_is_no_line_of_an_address() -> None:
    """Conditions are numbered, and one of them names the place."""
    conditions = (
        "3. Deliver to: Stolmex, Mill Lane 3, 38-500 Sanok\n4. The invoice states our number; late goods cost 0,2 % a day."
    )
    order = read(f"PO|P-1\n{HEADS}\nA-1|Hinge|4|pcs|3.15\n\n{conditions}")
    assert place(order) == ["Stolmex", "Mill Lane 3", "38-500", "Sanok"]


def test_codes_under_item_are_the_articles_numbers() -> None:
    """ "44-1010", "44-1047" count nothing."""
    order = read(f"PO|P-1\n{HEADS}\n44-1010|Gift wrap|240|pcs|1.35\n44-1022|Ribbon|288|pcs|0.62\n44-1047|Bag|288|pcs|0.88")
    assert values(order.order.lines, "line_number", "seller_part_number")[0] == [None, "44-1010"]


def test_a_second_table_that_counts_is_asked_about() -> None:
    """Below the lines something else is counted, and no list knows what."""
    order = read(f"PO|P-1\n{HEADS}\nA-1|Hinge|4|pcs|3.15\n\nAlso wanted\nKind|Quantity\nBrown crates|54")
    assert errors(order) == {"unread_values"}
    assert values(order.order.lines, "description") == [["Hinge"]]


def test_what_is_given_back_is_not_asked_about() -> None:
    """Empty crates go back with the lorry."""
    order = read(f"PO|P-1\n{HEADS}\nA-1|Hinge|4|pcs|3.15\n\nReturns to take along\nKind|Quantity\nBrown crates|54")
    assert errors(order) == set()


def test_each_article_may_have_a_card_of_its_own() -> None:
    """Label beside value, article below article."""
    card = "\n\nItem {0}\nPart No|{1}\nDescription|{2}\nQuantity|{3}\nUnit|each\nUnit price|{4}"
    cards = card.format(1, "SLG-2", "Web sling 2 t", 24, "11.75") + card.format(2, "HK-3", "Swivel hook", 10, "38.00")
    order = read(f"PO|P-1{cards}")
    names = ("line_number", "seller_part_number", "description", "quantity", "unit", "unit_price")
    assert values(order.order.lines, *names) == [
        ["1", "SLG-2", "Web sling 2 t", "24", "C62", "11.75"],
        ["2", "HK-3", "Swivel hook", "10", "C62", "38.00"],
    ]


def test_each_article_may_have_a_column_of_its_own() -> None:
    """The heads stand at the left, and the articles beside one another."""
    order = read("PO|P-1\n\nPart No|SLG-2|HK-3\nDescription|Web sling|Swivel hook\nQuantity|24|10\nUnit price|11.75|38.00")
    assert values(order.order.lines, "seller_part_number", "quantity", "unit_price") == [
        ["SLG-2", "24", "11.75"],
        ["HK-3", "10", "38.00"],
    ]


def test_an_article_is_named_once_above_its_rows() -> None:
    """Two of a size are two lines, though they count the same."""
    rows = "Article 61-4402 Shirt Sepp\nwhite|39|4|19.90\nArticle 61-7710 Leather shorts\nantique|50|2|89.00\nantique|52|2|89.00"
    order = read(f"PO|P-1\n\nColour|Size|Qty|Price\n{rows}")
    assert values(order.order.lines, "seller_part_number", "description", "quantity") == [
        ["61-4402", "Shirt Sepp white 39", "4"],
        ["61-7710", "Leather shorts antique 50", "2"],
        ["61-7710", "Leather shorts antique 52", "2"],
    ]


def test_discounts_in_two_columns_are_taken_one_after_the_other() -> None:
    """Ten percent of what forty leave: forty-six in all, as the amount proves."""
    order = read("PO|P-1\nCode|Description|Qty|Price|Disc. 1|Disc. 2|Amount\nB-8|Drill 8 mm|50|2.40|40|10|64.80")
    assert values(order.order.lines, "discount_percent", "line_total") == [["46", "64.80"]]
    assert errors(order) == set()


def test_discounts_joined_in_one_cell_are_taken_one_after_the_other() -> None:
    """ "40+10", as southern price lists write it."""
    order = read("PO|P-1\nCode|Description|Qty|Price|Discount %|Amount\nB-8|Drill 8 mm|50|2.40|40+10|64.80")
    assert values(order.order.lines, "discount_percent") == [["46"]]


def test_packs_are_what_is_counted_where_prices_are_for_packs() -> None:
    """ "Box of 10" says what is ordered, and how many it holds is no matter."""
    order = read("PO|P-1\nCode|Description|Qty|Packaging|Price per pack|Amount\nB-8|Lens|5|box of 10|118.00|590.00")
    assert values(order.order.lines, "quantity", "unit") == [["5", "BX"]]


def test_counts_under_your_order_are_quantities() -> None:
    """A price list in which the buyer wrote how much of each."""
    blank = "".join(f"\n|SV-{number}|Honey soap no. {number}|2.10" for number in range(10, 15))
    order = read(f"PO No|P-1\n\nYour order|Ref|Product|Price\n12|SV-LAV|Lavender soap|2.10{blank}\n6|SV-OLI|Olive soap|2.10")
    assert values(order.order.lines, "seller_part_number", "description", "quantity") == [
        ["SV-LAV", "Lavender soap", "12"],
        ["SV-OLI", "Olive soap", "6"],
    ]


def test_each_line_counts_in_its_own_scale_of_sizes() -> None:
    """Two scales stand over the same columns, and a line names its own."""
    heads = "|||Scale 1|34|36|38|Price\n|||Scale 2|S|M|L|\nItem|Model|Colour|Scale||||"
    order = read(f"PO|P-1\n\n{heads}\nB-4|Blouse|white|1|1|2|3|24.90\nS-9|Shirt|red|2||4||12.80")
    assert values(order.order.lines, "seller_part_number", "description", "quantity", "unit_price") == [
        ["B-4", "Blouse white 34", "1", "24.90"],
        ["B-4", "Blouse white 36", "2", "24.90"],
        ["B-4", "Blouse white 38", "3", "24.90"],
        ["S-9", "Shirt red M", "4", "12.80"],
    ]


def test_days_of_the_week_across_are_counts_of_each_day() -> None:
    """Bread for Monday to Wednesday, and their sum."""
    order = read("PO|P-1\n\nProduct|Format|lun|mar|mer|Tot\nRolls|pz|40|30|20|90\nPizza|pz||10||10")
    assert values(order.order.lines, "description", "quantity") == [
        ["Rolls lun", "40"],
        ["Rolls mar", "30"],
        ["Rolls mer", "20"],
        ["Pizza mar", "10"],
    ]


def test_of_net_and_total_the_one_for_each_piece_is_the_price() -> None:
    """No head says price, and twelve times the net is the total."""
    order = read(
        "PO|P-1\nCode|Description|Qty|Per|Net|Total\nC-2|Vessel 25 l|12|pcs|31.20|374.40\nK-1|Coupling|200|pcs|0.95|190.00"
    )
    assert values(order.order.lines, "unit", "unit_price", "line_total") == [
        ["C62", "31.20", "374.40"],
        ["C62", "0.95", "190.00"],
    ]


def test_goods_that_cost_nothing_in_an_order_form_are_not_ordered() -> None:
    """Their quantity is blank, and the form reckoned nothing for them."""
    order = read("PO|P-1\nCode|Description|Order|Price|Ext\nT-1|Black tea|2|38.40|76.80\nT-2|Green tea||31.20|0.00")
    assert values(order.order.lines, "description") == [["Black tea"]]


def test_a_letterhead_may_have_other_cells_at_its_right() -> None:
    """The company's block at the left, the paper's number and its day at the right."""
    head = "Perfumes Lindner Ltd|||||Order 4471-B\n12 High Street|||||17.11.2026\nLeeds LS1 4DY"
    order = read(f"{head}\n\n{HEADS}\nA-1|Hinge|4|pcs|3.15")
    assert order.order.buyer is not None
    assert order.order.buyer.name is not None
    assert order.order.buyer.name.value == "Perfumes Lindner Ltd"
