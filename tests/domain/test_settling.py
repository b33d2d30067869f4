"""What our own books say about what was read unsurely."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.domain.evidence import Evidence
from models.domain.findings import Finding, Severity
from models.domain.sales_order import Match, SalesOrder, SalesOrderLine
from models.domain.settling import settled
from tests.domain.made import sales_order


def _doubt(field: str) -> Finding:
    return Finding(code="low_confidence", severity=Severity.ERROR, message="read unsurely", field=field)


def _order(field: str, **updates: object) -> SalesOrder:
    return sales_order().model_copy(update={"findings": (_doubt(field),), **updates})


def test_a_known_ship_to_settles_how_its_street_was_read() -> None:
    """A street that OCR doubts belongs to a place that we know."""
    match = Match(value="MUC", how="address", score=0.95)
    assert settled(_order("ship_to.street", ship_to_match=match)) == ()


def test_the_usual_place_settles_nothing_that_was_read() -> None:
    """A place that we only assumed says nothing about the words on the page."""
    match = Match(value="MUC", how="default", score=0.95)
    assert settled(_order("ship_to.street", ship_to_match=match)) != ()


def test_the_agreed_price_settles_how_the_price_was_read() -> None:
    """A doubtful figure that is exactly the agreed price was read rightly."""
    line = SalesOrderLine(number=1, price_deviation=Decimal(0))
    assert settled(_order("lines[0].unit_price", lines=(line,))) == ()


def test_another_price_than_agreed_keeps_the_doubt() -> None:
    """A figure that is off may well be misread."""
    line = SalesOrderLine(number=1, price_deviation=Decimal("1.5"))
    assert settled(_order("lines[0].unit_price", lines=(line,))) != ()


def test_an_agreed_price_says_nothing_of_the_quantity() -> None:
    """How many pieces are wanted is nobody's to know but the buyer's."""
    line = SalesOrderLine(number=1, price_deviation=Decimal(0))
    assert settled(_order("lines[0].quantity", lines=(line,))) != ()


IN_TEXT = Evidence(part="body", span=(40, 49), text="CT-100-NA")
ON_PAGE = Evidence(part="po.pdf", page=1, bbox=(50, 100, 90, 110), text="CT-100-NA")


@pytest.mark.parametrize(
    ("number", "how", "place", "is_settled"),
    [
        ("CT-100-NA", "seller_part_number", IN_TEXT, True),
        ("CT-100-NA", "customer_part_number", IN_TEXT, True),
        ("CT-100-NA", "description", IN_TEXT, False),
        ("CT-100-NA", "seller_part_number", ON_PAGE, False),
        ("100200", "seller_part_number", IN_TEXT, False),
        ("M8", "seller_part_number", IN_TEXT, False),
    ],
    ids=["ours", "the customer's", "unknown", "perhaps another letter", "mere figures", "short"],
)
def test_a_typed_number_that_the_books_have_names_the_goods(number: str, how: str, place: Evidence, is_settled: bool) -> None:
    """Whether "CT-100-NA" behind "Kabelbinder" is a number or a part of the name is no question once it is one of ours."""
    doubt = _doubt("lines[0].seller_part_number").model_copy(update={"read": number, "evidence": (place,)})
    line = SalesOrderLine(number=1, match=Match(value="CT-100-NA", how=how, score=0.99))
    assert (settled(_order("", lines=(line,), findings=(doubt,))) == ()) is is_settled


def test_a_number_that_the_books_have_says_nothing_of_the_quantity() -> None:
    """Nor of anything else in its line."""
    doubt = _doubt("lines[0].quantity").model_copy(update={"read": "CT-100-NA", "evidence": (IN_TEXT,)})
    line = SalesOrderLine(number=1, match=Match(value="CT-100-NA", how="seller_part_number", score=0.99))
    assert settled(_order("", lines=(line,), findings=(doubt,))) != ()
