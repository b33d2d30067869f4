"""What a scan does not tell, and when a person is asked about it."""

from __future__ import annotations

import pytest

from models.contracts.extraction_v1 import OrderLineV1, PartyV1, PurchaseOrderV1, StatedValue
from models.domain.document import Word
from models.domain.evidence import Evidence
from parsers.scan.gaps import gaps


def value(text: str, top: float = 0) -> StatedValue:
    place = Evidence(part="scan.png", page=1, bbox=(50.0, top, 300.0, top + 10), text=text)
    return StatedValue(value=text, confidence=0.9, evidence=(place,))


def page(*lines: str) -> dict[int, list[Word]]:
    """Lines twenty points apart, each set as one piece."""
    words = []
    for place, line in enumerate(lines):
        x = 50.0
        for text in line.split():
            words.append(Word(text=text, page=1, x0=x, top=20 * place, x1=x + 5 * len(text), bottom=20 * place + 10, size=10))
            x += 5 * len(text) + 3
    return {1: words}


def codes(order: PurchaseOrderV1, *lines: str, language: str = "en", readable: bool = True) -> list[str]:
    return [problem.code for problem in gaps(order, page(*lines), language, readable=readable)]


BUYER = PartyV1(city=value("Chicago", 0), postal_code=value("60607", 0))


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        (("Chicago, IL 60607", "Dallas, TX 75201"), []),
        (("Chicago, IL 60607", "Dallas, TX 75201", "Akron, OH 44310"), ["ship_to_not_read"]),
        (("Chicago, IL 60607", "Ship to:"), ["ship_to_not_read"]),
        ((), []),
    ],
)
def test_an_order_without_a_ship_to_is_only_asked_about_where_the_page_may_name_one(
    lines: tuple[str, ...], asked: list[str]
) -> None:
    """A town beside the buyer's is the seller's; a second one, or a label, belongs to somebody."""
    assert codes(PurchaseOrderV1(buyer=BUYER), *lines) == asked


def test_a_town_that_no_party_explains_is_asked_about() -> None:
    """Nothing tells that it is the seller's."""
    assert codes(PurchaseOrderV1(), "Dallas, TX 75201") == ["ship_to_not_read"]


@pytest.mark.parametrize(("unit", "asked"), [("C62", ["fraction_of_a_piece"]), ("KGM", [])])
def test_a_fraction_of_a_piece_is_asked_about(unit: str, asked: list[str]) -> None:
    """Price times quantity is the same either way round."""
    line = OrderLineV1(quantity=value("12.72"), unit=value(unit), unit_price=value("48"))
    assert codes(PurchaseOrderV1(lines=(line,))) == asked


@pytest.mark.parametrize(("readable", "asked"), [(False, ["letters_not_readable"]), (True, [])])
def test_a_polish_address_is_compared_by_a_person_without_the_polish_pack(readable: bool, asked: list[str]) -> None:
    """Without it Wrocław is read as Wroclaw, and surely so."""
    order = PurchaseOrderV1(ship_to=PartyV1(city=value("Wroclaw")))
    assert codes(order, language="pl", readable=readable) == asked


@pytest.mark.parametrize(("head", "asked"), [("Unidad", ["cell_not_read"]), ("Importe", [])])
def test_a_column_of_units_without_one_is_asked_about(head: str, asked: list[str]) -> None:
    """A lone letter in a cell is what an engine overlooks first."""
    line = OrderLineV1(quantity=value("12"), unit_price=value("48"))
    assert codes(PurchaseOrderV1(buyer=BUYER, ship_to=BUYER, lines=(line,)), head) == asked


@pytest.mark.parametrize(
    ("read", "head", "asked"),
    [
        ("unit_price", "Unit Price", ["cell_not_read"]),
        ("seller_part_number", "Supplier Part No.", ["cell_not_read"]),
        ("unit_price", "Remarks", []),
    ],
)
def test_a_column_of_which_nothing_was_read_is_asked_about(read: str, head: str, asked: list[str]) -> None:
    """A torn head takes its column along, and then no line has what the page states."""
    everything = {"unit": value("C62"), "unit_price": value("4.50"), "seller_part_number": value("HX-44"), "quantity": value("3")}
    line = OrderLineV1(**{name: each for name, each in everything.items() if name != read})
    assert codes(PurchaseOrderV1(lines=(line,)), head) == asked
