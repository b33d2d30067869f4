"""What a clerk sees at once in a sheet: whose street, which condition, what is an article's number, what is another table."""

from __future__ import annotations

from collections.abc import Sequence

from models.contracts.extraction_v1 import OrderLineV1
from parsers.delimited import read_delimited
from parsers.part_reading import OrderReading

HEADS = "Item|Description|Qty|Unit|Price"


def read(rows: str) -> OrderReading:
    """The order of a sheet whose rows are lines with bars between the cells."""
    cells = [line.split("|") for line in rows.strip("\n").splitlines()]
    width = max(map(len, cells))
    text = "\n".join("|".join([*line, *[""] * (width - len(line))]) for line in cells)
    (order,) = read_delimited(text.encode(), "sheet.csv").orders
    return order


def values(lines: Sequence[OrderLineV1], *names: str) -> list[list[str | None]]:
    return [[value.value if (value := getattr(line, name)) is not None else None for name in names] for line in lines]


def errors(order: OrderReading) -> set[str]:
    return {problem.code for problem in order.problems if problem.severity.value == "error"}


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
