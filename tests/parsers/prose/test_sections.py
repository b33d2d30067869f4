"""Letters that make several orders: each is read of its own section, and points into the whole letter."""

from __future__ import annotations

from models.contracts.extraction_v1 import stated_fields
from models.domain.document import Grid, TextBox
from models.domain.evidence import Evidence
from parsers.prose.letter import Letter
from parsers.prose.reader import read_letter
from parsers.prose.sections import sections_of

_HEAD = "Dear colleagues,\nplease enter these orders, delivery by 20 November 2026.\n\n"


def letter(count: int) -> str:
    orders = [
        f"PO number: 45{1000 + number}\n{number + 2} boxes of gloves size 9 (art. G-{number + 100})\n"
        f"{number + 3} rolls of tape (art. T-{number + 100})\n"
        for number in range(count)
    ]
    return _HEAD + "\n".join(orders) + "\nKind regards\nJo Miller\n"


def test_every_span_holds_its_words() -> None:
    """Also those of the last section, and of what stands above all of them."""
    text = letter(4)
    orders = read_letter(Letter("body", text, is_mail=True)).orders
    assert [order.order.po_number and order.order.po_number.value for order in orders] == ["451000", "451001", "451002", "451003"]
    for order in orders:
        for path, value in stated_fields(order.order):
            for place in value.evidence:
                if place.part == "body" and place.span is not None:
                    assert text[slice(*place.span)].split() == place.text.split(), path


def test_the_number_under_each_heading_is_that_of_its_goods() -> None:
    """Nothing of one section is read into another."""
    orders = read_letter(Letter("body", letter(3), is_mail=True)).orders
    articles = [[line.seller_part_number and line.seller_part_number.value for line in order.order.lines] for order in orders]
    assert articles == [["G-100", "T-100"], ["G-101", "T-101"], ["G-102", "T-102"]]


def test_hundreds_of_sections_take_no_time() -> None:
    """Each is cut out, and not only blanked around; the test's time limit is its bound."""
    assert len(read_letter(Letter("body", letter(400), is_mail=True)).orders) == 400


def test_hundreds_of_numbers_in_a_form_take_no_time() -> None:
    """Lines that were taken up leave blanks; the test's time limit is its bound."""
    fields = "\n".join(f"Article: KX-{1000 + each}\nQuantity: {each + 1}\nPrice: 2.50\n" for each in range(600))
    assert read_letter(Letter("body", f"New web order\n\nOrder number: 4711\n{fields}", is_mail=True)).orders


def test_a_signature_stays_where_it_is_in_the_whole() -> None:
    """It is cut with the text, so that one shift serves both."""
    text = letter(2)
    at = text.index("Kind regards")
    whole = Letter("body", text[:at] + " " * (len(text) - at), signature=" " * at + text[at:])
    first, second = sections_of(whole, [text.index("PO number: 451000"), text.index("PO number: 451001")])
    assert [section.letter.signature.strip() for section in (first, second)] == ["Kind regards\nJo Miller"] * 2
    assert len(second.letter.text) == len(second.letter.signature) < len(text)


def test_tables_go_with_their_section() -> None:
    """Their cells have the spans that they have there."""
    text = letter(2)
    starts = [text.index("PO number: 451000"), text.index("PO number: 451001")]
    at = text.index("G-101")
    grid = Grid(((TextBox("G-101", Evidence(part="body", span=(at, at + 5), text="G-101")),),))
    first, second = sections_of(Letter("body", text, grids=(grid,)), starts)
    assert first.letter.grids == ()
    (box,) = second.letter.grids[0].rows[0]
    assert box is not None
    assert box.evidence.span is not None
    assert second.letter.text[slice(*box.evidence.span)] == "G-101"
