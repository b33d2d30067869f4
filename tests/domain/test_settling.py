"""What our own books say about what was read unsurely."""

from __future__ import annotations

from decimal import Decimal

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
