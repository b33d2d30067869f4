"""Line tables: what is a line, what its cells say, and what is none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.contracts.extraction_v1 import OrderLineV1
from models.domain.document import Grid
from parsers.tables.reader import GridReading, read_grid
from parsers.values.numbers import NumberStyle
from tests.parsers.tables.grids import box, grid

US, DE = NumberStyle(".", "mdy"), NumberStyle(",", "dmy")


def values(line: OrderLineV1) -> dict[str, str]:
    """The stated values of a line by name."""
    return {name: value.value for name in OrderLineV1.model_fields if (value := getattr(line, name)) is not None}


def column(reading: GridReading, name: str) -> list[str | None]:
    """One field of all lines."""
    return [value.value if (value := getattr(line, name)) is not None else None for line in reading.lines]


def test_a_line_owns_the_rows_below_it() -> None:
    """The other party's number and more description stand below; the total rows are none of its own."""
    reading = read_grid(
        [
            grid("""
Line Item|Part No|Description|Qty|UOM|Price|Per UoM|Net
10|4711|BRACKET, STEEL|400|EA|2.15|1 EA|860.00
||Vendor Material No: B-9|||||
||zinc plated|||||
20|4712|NUT|1,200|EA|10.00|100|120.00
|||||Net Order:||980.00
|||||Sales Tax:||0.00
|||||Order Total:||980.00
""")
        ],
        US,
    )
    assert values(reading.lines[0]) == {
        "line_number": "10",
        "buyer_part_number": "4711",
        "seller_part_number": "B-9",
        "description": "BRACKET, STEEL zinc plated",
        "quantity": "400",
        "unit": "C62",
        "unit_price": "2.15",
        "price_basis_quantity": "1",
        "line_total": "860.00",
    }
    assert column(reading, "price_basis_quantity") == ["1", "100"]
    assert {name: total.value for name, total in reading.totals.items()} == {
        "total_net": "980.00",
        "total_tax": "0.00",
        "total_gross": "980.00",
    }


def test_two_rows_of_heads_over_two_rows_of_values() -> None:
    """The second row's cells stand under heads of their own; the price is for a thousand."""
    reading = read_grid(
        [
            grid("""
Pos.|Stock item||Text||
|Ordered|Unit||Price / per|Net value
00010|0000-4711||BRACKET||
|400|Unit||2,150.00/1,000|860.00
00020|0000-4712||NUT||
|100|Unit||2.00|200.00
""")
        ],
        US,
    )
    assert column(reading, "quantity") == ["400", "100"]
    assert column(reading, "seller_part_number") == ["0000-4711", "0000-4712"]
    assert column(reading, "price_basis_quantity") == ["1000", None]


def test_stacked_heads_are_joined() -> None:
    """ "Unit" over "Price" is the unit price, "Extended" over "Price" the line total."""
    reading = read_grid([grid("||Order|Unit|Extended\nItem|Part|Qty|Price|Price\n1|A-1|2|3.00|6.00")], US)
    assert (column(reading, "unit_price"), column(reading, "line_total")) == (["3.00"], ["6.00"])


def test_a_schedule_below_a_line_does_not_order_again() -> None:
    """The same quantity under schedule heads is the same goods, with their day."""
    reading = read_grid(
        [
            grid("""
Line|Item|Description|Price|Qty|UOM|Amount
1|4711|BRACKET|2.15|400|EA|860.00
|Sched.|Required||Qty|UOM|Amount
|1|3/11/24||400|EA|860.00
2|4712|NUT|1.00|10|EA|10.00
""")
        ],
        US,
    )
    assert column(reading, "quantity") == ["400", "10"]
    assert column(reading, "requested_delivery_date") == ["2024-03-11", None]


def test_dated_parts_of_a_line_add_up_to_it() -> None:
    """Two deliveries under one line number become two lines whose quantities are the line's."""
    reading = read_grid(
        [
            grid("""
Line|Part|Description|Qty|Due|Price|Amount
1|A-1|Thing|100|3/1/24|3.00|300.00
1|A-1|Thing|50|4/1/24|3.00|150.00
2|A-2|Bar|5|4/1/24|3.00|15.00
""")
        ],
        US,
    )
    assert column(reading, "quantity") == ["100", "50", "5"]
    assert column(reading, "requested_delivery_date") == ["2024-03-01", "2024-04-01", "2024-04-01"]


def test_two_lines_that_are_alike_are_two_lines() -> None:
    """The same goods twice under two numbers are ordered twice."""
    reading = read_grid([grid("Pos|Part|Qty\n1|A-1|5\n2|A-1|5")], US)
    assert column(reading, "quantity") == ["5", "5"]


def test_rows_of_an_order_form_without_quantity_are_not_ordered() -> None:
    """Blank and zero quantities of a form are not lines."""
    form = grid(
        "Code|Product|Price|Qty\nA1|Apples|2.00|\nA2|Pears|3.00|5\nA3|Plums|4.00|0\nA4|Figs|4.00|\nA5|Dates|4.00|2\nA6|Kiwi|4.00|"
    )
    reading = read_grid([form], US)
    assert column(reading, "description") == ["Pears", "Dates"]


def test_a_zero_quantity_is_kept_for_a_change() -> None:
    """A change drops a line by quantity 0."""
    dropped = grid("Line|Part|Qty\n1|A-1|0\n2|A-2|7")
    assert column(read_grid([dropped], US, keep_zero=True), "quantity") == ["0", "7"]
    assert column(read_grid([dropped], US), "quantity") == ["7"]


def test_a_line_that_lacks_only_its_quantity_is_kept() -> None:
    """Price and amount are printed: a person must be asked, nothing is invented."""
    reading = read_grid([grid("Line|Part|Qty|Price|Amount\n1|A-1||3.00|6.00\n2|A-2|2|3.00|6.00")], US)
    assert column(reading, "quantity") == [None, "2"]


def test_a_table_goes_on_over_pages() -> None:
    """Repeated heads and carried-over sums are no lines; a page without heads goes on under those before."""
    head = "Line|Part|Description|Qty|Price|Amount\n"
    pages = [
        grid(head + "1|A-1|Thing|2|3.00|6.00\n||carried forward|||6.00"),
        grid(head + "||brought forward|||6.00\n2|A-2|Other|1|3.00|3.00"),
        grid("3|A-3|Last|1|1.00|1.00\n||Total|||10.00"),
    ]
    reading = read_grid(pages, US)
    assert column(reading, "line_number") == ["1", "2", "3"]
    assert reading.totals["total_net"].value == "10.00"


def test_numbered_terms_below_the_total_are_no_lines() -> None:
    """ "2. Seller shall, within 30 days" has a number and a number, but no price."""
    text = "Line|Part|Qty|Price|Amount\n1|A-1|2|3.00|6.00\n||Total||6.00\n1.|All goods|3|days|\n2.|Seller shall|30|net|"
    assert column(read_grid([grid(text)], US), "seller_part_number") == ["A-1"]


def test_shoe_sizes_make_a_matrix_too() -> None:
    """Heads that are numbers alone."""
    reading = read_grid([grid("Art.|Farbe|36|37|38|39|Summe\nT1|rot|1||2||3\nT1|blau||5|||5")], DE)
    assert column(reading, "description") == ["rot 36", "rot 38", "blau 37"]
    assert column(reading, "quantity") == ["1", "2", "5"]


def test_every_filled_cell_of_a_size_matrix_is_a_line() -> None:
    """The size stands in the description; the sum column is not ordered."""
    matrix = grid("Style|Colour|S|M|L|XL|Total|Unit Price\nT100|Navy|1|2||3|6|5.00\nT100|Red||4|||4|5.00\n||1|6||3|10|")
    reading = read_grid([matrix], US)
    assert column(reading, "description") == ["Navy S", "Navy M", "Navy XL", "Red M"]
    assert column(reading, "quantity") == ["1", "2", "3", "4"]


def test_columns_without_heads_are_inferred_from_what_multiplies_out() -> None:
    """Inferred columns are given with less confidence."""
    reading = read_grid([grid("1|A-100|Steel bracket|4|2.50|10.00\n2|A-200|Iron rod|2|3.00|6.00")], US)
    assert column(reading, "quantity") == ["4", "2"]
    assert column(reading, "description") == ["Steel bracket", "Iron rod"]
    quantity = reading.lines[0].quantity
    assert quantity is not None
    assert 0.6 <= quantity.confidence <= 0.85


def test_a_price_list_orders_nothing() -> None:
    """Articles with prices alone have no quantity."""
    assert read_grid([grid("Item|Price\nA1|3.00\nB2|4.00")], US).lines == ()


def test_freight_without_a_position_is_no_line_and_a_surcharge_with_one_is() -> None:
    """A position of its own makes a charge a line."""
    reading = read_grid(
        [grid("Line|Description|Qty|Price|Amount\n1|Thing|1|3.00|3.00\n|Freight|||12.00\n2|Fuel surcharge|1|5.00|5.00")], US
    )
    assert column(reading, "description") == ["Thing", "Fuel surcharge"]
    assert reading.foot["freight"].value == "12.00"


@pytest.mark.parametrize(
    ("cell", "number", "unit"),
    [("400/EA", "400", "C62"), ("12 Stk.", "12", "C62"), ("KG 7", "7", "KGM"), ("400 Unit", "400", "C62")],
)
def test_a_quantity_glued_to_its_unit_is_parted(cell: str, number: str, unit: str) -> None:
    """Quantity and unit out of one cell."""
    reading = read_grid([grid(f"Part|Qty|Price\nA-1|{cell}|2.00")], US)
    assert (column(reading, "quantity"), column(reading, "unit")) == ([number], [unit])


def test_received_and_backordered_columns_are_not_the_ordered_quantity() -> None:
    """Only what is ordered counts, wherever it stands."""
    reading = read_grid([grid("Our item|Vendor part|B/O|Received|Order Qty|U/M|Cost|Ext\n111|X-1|3|7|10|BX|1.00|10.00")], US)
    assert values(reading.lines[0])["quantity"] == "10"
    assert values(reading.lines[0])["buyer_part_number"] == "111"


def test_an_ambiguous_number_is_read_so_that_the_line_multiplies_out() -> None:
    """ "1.250" among points is 1,250 pieces where only so the line comes out."""
    reading = read_grid([grid("Item code|Qty|Price|Amount\nX1|1.250|2.00|2,500.00\nX2|1.250|2.00|2.50")], US)
    assert column(reading, "quantity") == ["1250", "1.250"]


def test_a_part_number_without_an_owner_is_the_sellers_with_doubt() -> None:
    """The contract's rule; a caller that knows better says so."""
    table = grid("Part No|Qty\nA-1|5")
    doubted = read_grid([table], US).lines[0].seller_part_number
    assert doubted is not None
    assert doubted.confidence < 0.9
    assert read_grid([table], US, part_owner="buyer").lines[0].buyer_part_number is not None


def test_every_value_carries_its_cell() -> None:
    """A person can look at the very place."""
    quantity = read_grid([grid("Part|Qty\nA-1|5")], US).lines[0].quantity
    assert quantity is not None
    assert [evidence.cell for evidence in quantity.evidence] == ["R2C1"]


COLUMNS = {
    "Pos": "line_number",
    "Your Part No": "seller_part_number",
    "Our Item No": "buyer_part_number",
    "Description": "description",
    "Order Qty": "quantity",
    "Unit Price": "unit_price",
    "Ext. Price": "line_total",
    "Required": "requested_delivery_date",
}


@st.composite
def orders(draw: st.DrawFn) -> tuple[list[str], list[dict[str, str]]]:
    """An order table with its columns in any order, and the lines that it shows."""
    heads = draw(st.permutations(list(COLUMNS)))
    lines = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        quantity, price = draw(st.integers(1, 5000)), draw(st.decimals(Decimal("0.01"), Decimal("900"), places=2))
        lines.append(
            {
                "Pos": str(number * 10),
                "Your Part No": f"HX-{draw(st.integers(1, 10**6))}",
                "Our Item No": f"{draw(st.integers(10**5, 10**6))}",
                "Description": draw(st.sampled_from(["Hex bolt M8x40 zinc", "Cable, blue", "Dichtring 12x18"])),
                "Order Qty": f"{quantity:,}",
                "Unit Price": f"{price:,.2f}",
                "Ext. Price": f"{quantity * price:,.2f}",
                "Required": draw(st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 1, 1))).isoformat(),
            }
        )
    return heads, lines


@given(orders())
@settings(max_examples=60)
def test_an_order_table_is_read_back_whatever_the_order_of_its_columns(order: tuple[list[str], list[dict[str, str]]]) -> None:
    """Every value of every line comes back from under its own head."""
    heads, lines = order
    table = Grid((tuple(box(head) for head in heads), *(tuple(box(line[head]) for head in heads) for line in lines)))
    reading = read_grid([table], US)
    expected = [
        {
            COLUMNS[head]: text.replace(",", "") if head in ("Order Qty", "Unit Price", "Ext. Price") else text
            for head, text in line.items()
        }
        for line in lines
    ]
    assert [values(line) for line in reading.lines] == expected


cells = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(["Qty", "Price", "Total", "Part No", "5", "1.00", "EA", "S", "M", "L", "Freight"]),
)


@given(st.lists(st.lists(cells, max_size=6), max_size=12))
@settings(max_examples=150)
def test_no_grid_breaks_the_reader(rows: list[list[str | None]]) -> None:
    """Any cells give lines with numbers that are numbers."""
    table = Grid(tuple(tuple(box(cell) if cell is not None else None for cell in row) for row in rows))
    for line in read_grid([table], US).lines:
        assert line.quantity is None or Decimal(line.quantity.value).is_finite()


def test_colours_across_are_quantities_each() -> None:
    """Heads that no list knows, over whole numbers, where no other column is the quantity."""
    reading = read_grid([grid("Item code|Description|Price|navy|black\nA-1|Jacket|9.50|2|\nA-2|Vest|7.00|1|4")], US)
    assert column(reading, "quantity") == ["2", "1", "4"]
    assert column(reading, "description") == ["Jacket navy", "Vest navy", "Vest black"]


def test_a_column_that_sums_the_others_is_no_quantity_of_its_own() -> None:
    """Pieces of shops and their sum: each shop's are ordered once."""
    table = grid("Item code|Description|Northgate|Old Town|Total\nA-1|Mug|2|3|5\nA-2|Cup|4|6|10\nTotal||6|9|15")
    reading = read_grid([table], US)
    assert column(reading, "quantity") == ["2", "3", "4", "6"]
    assert reading.foot == {}


def test_days_across_are_deliveries() -> None:
    """A call-off: the head of the column is the day."""
    reading = read_grid([grid("Item code|Description|Price|2026-11-16|2026-11-23\nA-1|Ring|1.00|10|\nA-2|Seal|2.00||20")], US)
    assert column(reading, "requested_delivery_date") == ["2026-11-16", "2026-11-23"]
