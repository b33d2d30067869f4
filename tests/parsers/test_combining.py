"""An order that a file carries as data, held against what its pages show."""

from __future__ import annotations

import pytest

from models.contracts.extraction_v1 import OrderLineV1, Problem, PurchaseOrderV1, StatedValue
from models.domain.evidence import Evidence
from models.domain.findings import Severity
from parsers.combining import checked_against
from parsers.part_reading import OrderReading
from tests.parsers.prose.letters import extraction, mail


def reading(quantity: str, price: str) -> OrderReading:
    line = OrderLineV1(
        seller_part_number=StatedValue(value="HPL-08"),
        description=StatedValue(value="HPL 0.8 mm"),
        quantity=StatedValue(value=quantity),
        unit_price=StatedValue(value=price),
    )
    return OrderReading(order=PurchaseOrderV1(po_number=StatedValue(value="1861727"), lines=(line,)))


def conflicts(data: tuple[str, str], page: tuple[str, str]) -> list[str | None]:
    (checked,) = checked_against([reading(*data)], [reading(*page)], "the XML", "the pages")
    return [problem.field for problem in checked.problems if problem.code == "conflicting_sources"]


def test_a_page_whose_columns_were_taken_for_one_another_contradicts_nothing() -> None:
    """Quantity and price are the same two numbers, one of them rounded as pages do."""
    assert conflicts(("4.052", "18.74"), ("18.74", "4.05")) == []


@pytest.mark.parametrize("page", [("5", "18.74"), ("18.74", "5.00"), ("4.05", "18.70")])
def test_a_page_that_says_otherwise_contradicts(page: tuple[str, str]) -> None:
    """Another quantity or another price needs a person."""
    assert conflicts(("4.052", "18.74"), page)


def test_a_conflict_offers_what_each_source_says() -> None:
    """A person picks one of the two, and sees both places."""
    sheet = b"PO;4711\n\nItem;Qty\nHX-100;60\n"
    content = mail("PO 4711\n\nPlease send 40 pcs of HX-100.", "PO 4711", files=(("order.csv", sheet),))
    [conflict] = [each for each in extraction(content).problems if each.code == "conflicting_sources"]
    assert {candidate.value for candidate in conflict.candidates} == {"40", "60"}
    assert len({place.part for place in conflict.evidence}) == 2


def test_a_value_that_page_and_data_state_alike_is_shown_on_the_page() -> None:
    """The data counts, and people see where the page says the same."""
    box = Evidence(part="order.pdf", page=1, bbox=(10, 10, 40, 20), text="18,74")
    data, page = reading("4.052", "18.74"), reading("4.052", "18.74")
    line = page.order.lines[0].model_copy(update={"unit_price": StatedValue(value="18.740", evidence=(box,))})
    shown = OrderReading(order=page.order.model_copy(update={"lines": (line,)}))
    (checked,) = checked_against([data], [shown], "the XML", "the pages")
    price = checked.order.lines[0].unit_price
    assert price is not None
    assert (price.value, price.evidence) == ("18.74", (box,))


def test_a_row_whose_values_were_not_all_understood_contradicts_nothing() -> None:
    """Without its price, a quantity may as well be the price."""
    page = reading("30.00", "1")
    line = page.order.lines[0].model_copy(update={"unit_price": None})
    torn = Problem(code="unread_values", severity=Severity.ERROR, message="25,00")
    shown = OrderReading(order=page.order.model_copy(update={"lines": (line,)}), problems=(torn,))
    (checked,) = checked_against([reading("6", "25")], [shown], "the XML", "the pages")
    assert checked.problems == ()
