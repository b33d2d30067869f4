"""What the head of a sheet says without a plain label: lone numbers, days in a corner, sentences, who buys."""

from __future__ import annotations

import pytest

from models.contracts.extraction_v1 import StatedValue
from tests.parsers.sheets.rows import read, values

LINES = "Item no.|Description|Qty|Price\nA-1|Bolt M8|12|4.50\nA-2|Nut M8|6|1.25\n"


def value(stated: StatedValue | None) -> str | None:
    return stated.value if stated is not None else None


@pytest.mark.parametrize("label", ["Order", "Our ref", "Order form", "Ref"])
def test_the_only_number_under_a_weak_label_is_the_order_s(label: str) -> None:
    """Nothing else on the sheet could be it."""
    number = read(f"{label}|BA-118\nDate|2026-11-21\n\n{LINES}").order.po_number
    assert number is not None
    assert (number.value, number.confidence > 0.9) == ("BA-118", True)


def test_a_bare_number_stays_doubtful() -> None:
    """ "No." may number anything: a customer, a form, a house."""
    number = read(f"No.|4711\nDate|2026-11-21\n\n{LINES}").order.po_number
    assert number is None or number.confidence < 0.9


def test_two_numbers_under_weak_labels_stay_doubtful() -> None:
    """One of them is another paper's."""
    number = read(f"Our ref|BA-118\nReference|KX-2201\n\n{LINES}").order.po_number
    assert number is not None
    assert number.confidence < 0.9


def test_a_day_in_the_corner_is_the_order_s() -> None:
    """Letterheads are dated without a word."""
    order = read(f"Parfümerie Lindner e.K.||||Auftrag 4471-B\nHauptstr. 12||||17.11.2026\n79098 Freiburg\n\n{LINES}").order
    assert value(order.order_date) == "2026-11-17"


def test_a_day_beside_words_that_no_list_has_is_not_the_order_s() -> None:
    """Somebody knows what they mean."""
    assert read(f"PO no.|P-501\nWindow opens|2026-11-17\n\n{LINES}").order.order_date is None


def test_a_sentence_says_by_when_and_where_to() -> None:
    """Above the table, in one cell."""
    order = read(f"PO no.|P-501\nPlease deliver by 27 November 2026 to our depot, 12 Quay Street, Hull HU1 1SS\n\n{LINES}").order
    assert value(order.requested_delivery_date) == "2026-11-27"


@pytest.mark.parametrize("sentence", ["Please return this form by 5 December 2026", "Payment due by 31 December 2026"])
def test_a_sentence_about_something_else_wants_no_delivery(sentence: str) -> None:
    """A day to pay or to send a form back is no day to deliver."""
    assert read(f"PO no.|P-501\n{sentence}\n\n{LINES}").order.requested_delivery_date is None


def test_who_buys_for_a_company_is_none_of_its_names() -> None:
    """The goods go to the company that orders."""
    order = read(f"PO no.|P-501\nPurchaser|Ann Perrin\nDeliver to|Morelle Ltd, 6 Quay Street, Hull HU1 1SS\n\n{LINES}").order
    assert order.buyer is None or order.buyer.name is None


def test_a_day_that_could_be_two_is_read_as_the_place_writes_it() -> None:
    """Britons write the day first, in the head and in the lines."""
    order = read(
        "PO no.|P-501\nDate|09/04/2026\nDeliver to|Halden Ltd, 58 Old Lane, Sheffield S3 8NT\n\n"
        "Item no.|Description|Qty|Price|Need by\nA-1|Bolt M8|12|4.50|03/05/2026\nA-2|Nut M8|6|1.25|03/05/2026"
    ).order
    assert (value(order.order_date), value(order.lines[0].requested_delivery_date)) == ("2026-04-09", "2026-05-03")


def test_a_comma_before_decimals_goes_with_the_day_first() -> None:
    """No country that writes 0,60 writes the month first."""
    order = read("PO no.|Item no.|Description|Qty|Price|Due date\nP-1|A-1|Bolt|4|0,60|09/06/2026\nP-1|A-2|Nut|6|13,69|09/06/2026")
    assert {value(line.requested_delivery_date) for line in order.order.lines} == {"2026-06-09"}


def test_a_colour_below_another_is_called_by_its_own_name() -> None:
    """The article goes on, the colour above does not."""
    order = read("PO no.|P-501\n\nArticle no.|Colour|Price|S|M\nX-1|white|9.50|1|8\n|red|||4\nX-2|navy|7.50|2|2")
    assert values(order.order.lines, "seller_part_number", "description")[2] == ["X-1", "red M"]


def test_a_card_s_total_is_its_line_s() -> None:
    """The form of one article states no total of the order."""
    order = read("PO no.|P-501\n\nSupplier code|AB-100\nArticle|Needles 21G\nOrder qty|2\nPrice|35.71\nTotal|71.42").order
    assert (value(order.total_net), value(order.lines[0].line_total)) == (None, "71.42")


def test_a_supplier_code_on_a_card_numbers_the_article() -> None:
    """In the head it would be the vendor's."""
    order = read("PO no.|P-501\n\nLev. code|AB-100\nArtikelomschrijving|Naald 21G\nAantal|2\nNettoprijs|35,71").order
    assert values(order.lines, "seller_part_number", "quantity") == [["AB-100", "2"]]


def test_codes_of_the_supplier_stand_beside_the_buyer_s_numbers() -> None:
    """No line repeats them, so they are the articles'."""
    order = read("PO no.|P-501\n\nOnze code|Lev. code|Omschrijving|Aantal\n9407|TG-45100|Schoen|5\n4103|TG-82901|Broek|3").order
    assert values(order.lines, "buyer_part_number", "seller_part_number") == [["9407", "TG-45100"], ["4103", "TG-82901"]]
