"""How a document is laid out, told by where the values of its lines stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.contracts.document_form import form_of
from models.contracts.extraction_v1 import OrderLineV1, PurchaseOrderV1, StatedValue
from models.domain.evidence import Evidence


def test_the_fields_of_printed_lines_stand_in_the_order_of_their_columns() -> None:
    """Whatever their numbers are, and however wide."""
    printed = order(line(quantity=at(60), description=at(120), unit_price=at(400)), line(quantity=at(52), description=at(120)))
    assert form_of(printed, "pdf") == "pdf quantity description unit_price"


def test_fields_in_one_column_stand_by_their_names() -> None:
    """A text under its number is not sometimes left and sometimes right of it."""
    below = order(line(seller_part_number=at(100.4), description=at(100), quantity=at(300)))
    other = order(line(seller_part_number=at(100), description=at(100.4), quantity=at(300)))
    assert form_of(below, "pdf") == form_of(other, "pdf") == "pdf description seller_part_number quantity"


def test_the_columns_of_a_sheet_count_as_its_program_does() -> None:
    """AA stands right of Z."""
    sheet = order(line(quantity=in_cell("Sheet1!AA7"), description=in_cell("Sheet1!Z7"), line_number=in_cell("Sheet1!B7")))
    assert form_of(sheet, "spreadsheet") == "spreadsheet line_number description quantity"


def test_prose_edi_and_inferred_values_have_no_form() -> None:
    """They stand nowhere across a page."""
    spoken = StatedValue(value="5", evidence=(Evidence(part="body", span=(3, 4), text="5"),))
    sent = StatedValue(value="5", evidence=(Evidence(part="po.edi", segment="QTY[1]", text="5"),))
    for value in (spoken, sent, StatedValue(value="5")):
        assert form_of(order(line(quantity=value)), "email") == ""


def test_a_letter_on_a_page_has_no_form() -> None:
    """Its words stand where the sentence brings them."""
    assert form_of(order(line(quantity=at(60), description=at(120))), "text") == ""


@given(st.lists(st.floats(0, 600), min_size=1, max_size=8))
def test_lines_printed_again_below_leave_the_form_as_it_is(places: list[float]) -> None:
    """How long an order is says nothing of its form."""
    names = [
        "line_number",
        "seller_part_number",
        "description",
        "quantity",
        "unit",
        "unit_price",
        "discount_percent",
        "line_total",
    ]
    one = line(**{name: at(place) for name, place in zip(names, places, strict=False)})
    assert form_of(order(one), "pdf") == form_of(order(one, one, one), "pdf")


def order(*lines: OrderLineV1) -> PurchaseOrderV1:
    return PurchaseOrderV1(kind="order", lines=lines)


def line(**fields: StatedValue) -> OrderLineV1:
    return OrderLineV1(**fields)


def at(x: float) -> StatedValue:
    return StatedValue(value="5", evidence=(Evidence(part="po.pdf", page=1, bbox=(x, 10, x + 30, 20), text="5"),))


def in_cell(cell: str) -> StatedValue:
    return StatedValue(value="5", evidence=(Evidence(part="po.xlsx", cell=cell, text="5"),))
