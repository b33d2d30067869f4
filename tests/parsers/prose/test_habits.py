"""Habits of people who write orders: counts in brackets, places within a sentence, numbers that look like days."""

from __future__ import annotations

import pytest

from tests.parsers.prose.letters import mail, the_order

AMERICAN = """Morning Tina,

Can you get these out for me please, PO# 11873:

(4) cases of the 16x25x1 MERV 8 filters
(2) boxes 1/2" EMT set screw couplings - part # EC-50SS
1 roll 14/2 romex

Ship to the Boise job site - 4410 Overland Rd, Boise ID 83705, attn Mike.

Thanks,
Sam
"""

GERMAN = """Guten Tag,

wir bestellen:

50 Stk. Sechskantschraube M10x40 A2
100 Stk. Scheibe M10 A2

Lieferung bitte an unser Lager in der Industriestr. 14, 86356 Neusäß.
Bestellnr.: 26-11-034, Kommission Schulhaus
"""


def test_counts_in_brackets_are_how_many() -> None:
    """They do not count up from one, so they are no list's numbers."""
    assert [
        (line.quantity.value, line.unit.value) for line in the_order(mail(AMERICAN)).lines if line.quantity and line.unit
    ] == [
        ("4", "CS"),
        ("2", "BX"),
        ("1", "RO"),
    ]


def test_numbers_in_brackets_that_count_up_are_the_lists() -> None:
    """ "(1) 5 boxes of …, (2) 3 rolls of …" orders five boxes and three rolls."""
    listed = "Please send, PO 4711:\n\n(1) 5 boxes nitrile gloves size 9\n(2) 3 rolls duct tape 50 mm\n"
    assert [line.quantity.value for line in the_order(mail(listed)).lines if line.quantity] == ["5", "3"]


def test_a_street_stands_apart_from_the_words_that_lead_to_it() -> None:
    """A parcel label has room for the street alone."""
    for letter, street in ((AMERICAN, "4410 Overland Rd"), (GERMAN, "Industriestr. 14")):
        ship_to = the_order(mail(letter)).ship_to
        assert ship_to is not None
        assert ship_to.street is not None
        assert ship_to.street.value == street


def test_an_order_number_of_three_groups_is_no_day() -> None:
    """No year has three digits."""
    number = the_order(mail(GERMAN)).po_number
    assert number is not None
    assert number.value == "26-11-034"


def test_who_writes_in_small_letters_still_begins_each_thing_anew() -> None:
    """Short lines are no wrapped sentence; what cannot be counted is asked about."""
    letter = "hi,\n\nfor tuesday please:\nflour 25kg  6 bags\nsugar 10 kg - 4 x\nbutter 10x1kg 2 boxes\n\nthx pete\n"
    order = the_order(mail(letter, "order"))
    assert [(line.description and line.description.value, line.quantity and line.quantity.value) for line in order.lines] == [
        ("flour 25kg", "6"),
        ("sugar 10 kg", "4"),
        ("butter 10x1kg", "2"),
    ]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("12 boxes of gloves before the 15th.", "2026-12-15"),
        ("12 boxes of gloves, week 49.", "2026-12-04"),
        ("12 boxes of gloves for Thursday 26 please", "2026-11-26"),
        ("12 boxes of gloves mid December please", "2026-12-15"),
    ],
)
def test_the_day_in_a_sentence_is_no_word_of_the_goods(words: str, day: str) -> None:
    """Written on 18 November 2026."""
    letter = mail(f"Please send {words}", date="Wed, 18 Nov 2026 09:00:00 +0000")
    order = the_order(letter)
    assert order.requested_delivery_date is not None
    assert (order.requested_delivery_date.value, order.lines[0].description and order.lines[0].description.value) == (
        day,
        "gloves",
    )


def test_a_number_of_goods_behind_a_weekday_is_no_day() -> None:
    """ "Am Donnerstag 20 Röhren" is not the twentieth."""
    body = "können Sie mir am Donnerstag 20 LED-Röhren und 5 Rollen Müllsäcke vorbeibringen?"
    assert [line.quantity.value for line in the_order(mail(body)).lines if line.quantity] == ["20", "5"]


def test_a_number_of_goods_behind_next_week_is_no_calendar_week() -> None:
    """ "Next week 12 boxes" is no twelfth week."""
    body = "Please send next week 12 boxes of gloves and 3 rolls of tape."
    assert [line.quantity.value for line in the_order(mail(body)).lines if line.quantity] == ["12", "3"]


@pytest.mark.parametrize(
    ("sentence", "contents"),
    [
        ("Please send 10 boxes of 100 pcs nitrile gloves NG-200.", "100"),
        ("Bitte 12 Kartons à 6 Stück Weinglas WG-100.", "6"),
        ("Nous commandons 3 boîtes de 50 pièces de vis V-10.", "50"),
        ("Please send 10 boxes of nitrile gloves NG-200.", None),
        ("Please send 10 cans of 5 l cleaner CL-5.", None),
    ],
)
def test_what_a_pack_holds_is_read_beside_how_many_are_ordered(sentence: str, contents: str | None) -> None:
    """It is no quantity, and is held against what our packs hold."""
    (line,) = the_order(mail(sentence, "Order 4711")).lines
    assert (line.pack_contents.value if line.pack_contents else None) == contents
