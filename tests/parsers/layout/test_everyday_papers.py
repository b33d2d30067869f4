"""What the ordinary prints of widespread programs do: boxed heads in the middle, addresses a row lower, numbers below numbers."""

from __future__ import annotations

from models.contracts.extraction_v1 import PurchaseOrderV1
from models.domain.document import Word
from parsers.layout.return_lines import sender_line
from parsers.page_text import Phrase
from parsers.part_reading import PartReading
from parsers.pdf.reader import read_pdf
from parsers.tables.amounts_off import share_of_amount
from parsers.tables.reader import read_grid
from parsers.values.number_style import NumberStyle
from tests.parsers.pdf.pdf_documents import Sheet
from tests.parsers.tables.grids import grid

POINT = NumberStyle(".", "mdy")
BUYER = ("Wasatch Bikes Inc", "1490 S 300 W", "Salt Lake City, UT 84115")
SELLER = ("Front Range Cycle LLC", "4725 Paris St", "Denver, CO 80239")
PLACE = ("Wasatch Bikes Inc", "1515 S Redwood Rd", "Salt Lake City, UT 84104")
HEADS = ("Item", "Description", "Qty", "UM", "Price", "Amount")
STOPS = (40, 130, 300, 350, 400, 470)


def order_of(reading: PartReading) -> PurchaseOrderV1:
    (found,) = reading.orders
    return found.order


def codes(reading: PartReading) -> set[str]:
    return {problem.code for problem in (*reading.problems, *(each for order in reading.orders for each in order.problems))}


def begun() -> Sheet:
    """A paper with its writer, its number and one line of goods; where the goods go is left to each test."""
    sheet = Sheet()
    sheet.block(40, 40, BUYER)
    sheet.at(400, 40, "Purchase Order", 16, True)
    sheet.at(400, 60, "PO No.: 10447")
    for y, cells in ((320, HEADS), (334, ("TIRE-29", "Tire, folding", "40", "EA", "31.20", "1,248.00"))):
        for x, text in zip(STOPS, cells, strict=True):
            sheet.at(x, y, text)
    return sheet


def phrase_of(text: str) -> Phrase:
    """A phrase of words one behind the other."""
    places = enumerate(text.split())
    return Phrase.of([Word(text=word, page=1, x0=50 * at, top=100, x1=50 * at + 45, bottom=108, size=7) for at, word in places])


def read(sheet: Sheet) -> PartReading:
    return read_pdf(sheet.pdf(), "order.pdf", ocr=None)


def test_a_label_in_the_middle_of_a_drawn_box_names_what_stands_in_the_box() -> None:
    """The label is centred, the address flush left, and the box is drawn."""
    sheet = begun()
    for left, label, lines in ((40, "Vendor", SELLER), (300, "Ship To", PLACE)):
        sheet.box(left, 110, left + 250, 124)
        sheet.box(left, 124, left + 250, 190)
        sheet.centre(left + 125, 120, label)
        sheet.block(left + 5, 136, lines)
    ship_to = order_of(read(sheet)).ship_to
    assert ship_to is not None
    assert ship_to.postal_code is not None
    assert ship_to.postal_code.value == "84104"


def test_a_town_that_is_nobodys_beside_an_empty_label_of_delivery_is_asked_about() -> None:
    """Nothing drawn ties the address to its label far at the side: somebody looks where the goods go."""
    sheet = begun()
    sheet.at(40, 120, "Vendor:")
    sheet.block(90, 120, SELLER)
    sheet.at(300, 120, "Ship To")
    sheet.block(330, 200, PLACE[1:])
    assert "unread_place" in codes(read(sheet))


def test_a_typed_address_a_row_below_its_label_begins_behind_the_colon() -> None:
    """The vendor's number fills the label's own row, so the address is indented under it."""
    sheet = begun()
    for left, label, lines in ((40, "VENDOR:", SELLER), (300, "SHIP TO:", PLACE)):
        sheet.at(left, 120, label)
        sheet.block(left + 48, 131, lines)
    ship_to = order_of(read(sheet)).ship_to
    assert ship_to is not None
    assert ship_to.street is not None
    assert ship_to.street.value == "1515 S Redwood Rd"


def test_a_warehouse_within_an_address_is_no_label() -> None:
    """ "Service Warehouse" names a column elsewhere; over a street it is part of the address."""
    sheet = begun()
    sheet.at(40, 120, "Vendor:")
    sheet.block(40, 131, SELLER)
    sheet.at(300, 120, "Ship To:")
    sheet.block(300, 131, (PLACE[0], "Service Warehouse", *PLACE[1:]))
    ship_to = order_of(read(sheet)).ship_to
    assert ship_to is not None
    assert ship_to.postal_code is not None
    assert ship_to.postal_code.value == "84104"


def test_a_charge_with_a_number_and_a_price_of_its_own_is_a_line() -> None:
    """It has no quantity, so somebody is asked; it is not dropped."""
    found = read_grid(
        [
            grid(
                """
                Part No.|Description|Qty|Rate|Amount
                IRR-1|Pipe 1 in|60|9.85|591.00
                FRT|Delivery charge||45.00|45.00
                |Total|||636.00
                """
            )
        ],
        POINT,
    )
    assert [line.line_total and line.line_total.value for line in found.lines] == ["591.00", "45.00"]


def test_a_number_below_another_is_whose_the_head_says() -> None:
    """ "Supplier item" stands under "Item number", as the numbers of each line do."""
    found = read_grid(
        [
            grid(
                """
                Line|Item number Supplier item|Name|Quantity|Price|Amount
                1|P300218|Tray black|100|1.00|100.00
                |AP-T1914B||||
                """
            )
        ],
        POINT,
    )
    (line,) = found.lines
    assert (line.buyer_part_number and line.buyer_part_number.value) == "P300218"
    assert (line.seller_part_number and line.seller_part_number.value) == "AP-T1914B"


def test_a_discount_in_money_is_the_percentage_that_the_total_proves() -> None:
    """185.00 off 3,700.00 are five percent; no percent sign says otherwise."""
    texts = ("185.00", "400", "9.25", "3,515.00")
    assert share_of_amount(texts, POINT) == 5


def test_a_discount_in_percent_is_no_amount() -> None:
    """Ten of 100 pieces at 1.00 are ten percent and ten in money alike: it stays what its column says."""
    assert share_of_amount(("10", "100", "1.00", "90.00"), POINT) is None


def test_a_return_address_may_be_parted_by_commas() -> None:
    """Name, street and town in one line, and nothing else."""
    assert sender_line(phrase_of("Tischlerei Brinkmann, Handwerkerhof 7, 26655 Westerstede")) == (
        "Tischlerei Brinkmann",
        "Handwerkerhof 7",
        "26655 Westerstede",
    )


def test_a_sentence_with_commas_is_no_return_address() -> None:
    """It goes on with other words."""
    assert sender_line(phrase_of("Bitte liefern, wie besprochen, nach 26655 Westerstede")) == ()
