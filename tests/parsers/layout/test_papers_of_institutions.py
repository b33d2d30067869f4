"""What institutions and firms of English-speaking lands print: numbered boxes, heads in two languages, prices per hundred."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from parsers.fields import LabelledValue, header_from, party_from_block
from parsers.layout.blocks import Surroundings, unlabelled_blocks
from parsers.layout.labels import labelled_values, labels_of
from parsers.layout.letter import titled_number, unread_place
from parsers.layout.records import records_of
from parsers.layout.sentences import said_on
from parsers.layout.stacked import with_colons_at_labels, with_whole_towns
from parsers.lexicon import meaning_of_header
from parsers.page_text import PageText
from parsers.tables.reader import GridReading, read_grid
from parsers.values.cells import gtin_of
from parsers.values.dates import parse_date
from parsers.values.number_style import NumberStyle
from parsers.values.numbers import currency_of, parse_number
from parsers.values.streets import is_street
from parsers.values.towns import town_of
from parsers.values.units import unit_code
from tests.parsers.layout.test_blocks import blocks
from tests.parsers.layout.test_labels import words
from tests.parsers.layout.test_papers_abroad_and_at_work import page
from tests.parsers.tables.grids import box, grid

POINT, COMMA = NumberStyle(".", "mdy"), NumberStyle(",", "dmy")


def values(*placed: tuple[float, float, str]) -> dict[str, str]:
    """What the labels among phrases at these places say."""
    labels, others = labels_of(page(*placed).phrases)
    return {each.field: each.value.text for each in labelled_values(labels, others, (), "a.pdf")}


def party(*lines: str) -> dict[str, str]:
    read = party_from_block([box(line) for line in lines])
    return {name: value.value for name in type(read).model_fields if (value := getattr(read, name)) is not None}


def lines_of(read: GridReading, *names: str) -> list[tuple[str | None, ...]]:
    return [tuple(value.value if (value := getattr(line, name)) else None for name in names) for line in read.lines]


def test_a_forwarder_in_whose_care_goods_go_is_no_part_of_the_street() -> None:
    """ "c/-" is Australia's c/o."""
    assert party("Mine Warehouse", "c/- Northline Depot", "31 Felspar Rd", "NEWMAN WA 6753")["street"] == "31 Felspar Rd"


def test_a_saint_begins_no_street() -> None:
    """Unless a road is named after it."""
    assert [is_street(text) for text in ("St Brendan's Hospital", "St John's Road", "12 Mill St")] == [False, True, True]


def test_a_town_behind_its_street_over_the_postal_code_is_the_town() -> None:
    """As Irish addresses are written since there are codes."""
    read = party("Central Stores", "Galway Road, Athlone", "N37 XK52")
    assert (read["street"], read["city"]) == ("Galway Road", "Athlone")


def test_a_street_without_a_number_takes_the_line_that_has_one() -> None:
    """A plot on a building site."""
    assert party("Keay Ltd", "PLOT 14-22 LOWER MEADOWS", "OFF WHALLEY ROAD", "CLITHEROE", "BB7 1PL")["street"] == (
        "PLOT 14-22 LOWER MEADOWS OFF WHALLEY ROAD"
    )


def test_a_place_in_the_buyers_books_is_no_name() -> None:
    """The name stands below its number."""
    assert party("Requisition Point KR4471", "Theatre Stores", "Horncastle Road", "Wragby", "LN8 5AQ")["name"] == "Theatre Stores"


def test_a_motto_with_a_year_is_no_town() -> None:
    """ "Since 1921" is no postal code."""
    assert town_of("TIMBER AND BUILDERS MERCHANTS SINCE 1921") is None


def test_an_indian_code_in_two_groups_is_a_postal_code() -> None:
    """Behind a dash."""
    found = town_of("Ahmedabad - 382 445")
    assert found is not None
    assert (found.city, found.postal_code) == ("Ahmedabad", "382 445")


def test_the_title_of_the_next_numbered_box_is_no_value() -> None:
    """The box's own value stands below its label, of which the last word wrapped."""
    read = values(
        (10, 10, "1. PURCHASE ORDER"), (10, 20, "NO."), (200, 10, "2. DELIVERY ORDER CALL NO."), (10, 30, "W58QX9-27-P-0316")
    )
    assert read["po_number"] == "W58QX9-27-P-0316"


def test_a_number_behind_an_unknown_word_and_no_is_not_the_orders() -> None:
    """ "WIDGET NO:" does not end in a label of its own."""
    assert "po_number" not in values((10, 10, "WIDGET NO: HIB003"))


def test_a_limit_behind_a_label_is_its_value() -> None:
    """ "On or before" is a label where no other stands before it."""
    assert (
        values((10, 10, "Delivery"), (120, 10, "On or before 30-Nov-2026"))["requested_delivery_date"]
        == "On or before 30-Nov-2026"
    )


def test_a_colon_alone_in_its_column_stands_at_its_label() -> None:
    """Its value follows a blank further on."""
    phrases = with_colons_at_labels(page((10, 10, "PO DATE"), (100, 10, ":"), (130, 10, "11-06-2026")).phrases)
    assert [phrase.text for phrase in phrases] == ["PO DATE:", "11-06-2026"]


def test_a_street_and_its_town_beside_it_are_one_line() -> None:
    """Typed with a few blanks between."""
    phrases = with_whole_towns(page((10, 10, "P O BOX 1180"), (85, 10, "JEFFERSON, TX 75657")).phrases)
    assert [phrase.text for phrase in phrases] == ["P O BOX 1180, JEFFERSON, TX 75657"]


def test_when_a_page_was_printed_is_nobodys_name() -> None:
    """Though it leads the page."""
    labels, others = labels_of(page((10, 10, "RUN DATE 11/09/26 06:14"), (10, 21, "Caddo Bend District")).phrases)
    free = unlabelled_blocks(Surroundings(labels, others, (), 600, 800), (), 400)
    assert [phrase.text for block in free for phrase in block.phrases] == ["Caddo Bend District"]


def test_a_party_beside_a_colon_goes_before_a_sentence_below() -> None:
    """A note about deliveries pays no invoice."""
    below = "NO DELIVERIES AFTER 3 PM OR IN THE HOLIDAYS"
    assert blocks((10, 10, "Invoice to:"), (75, 10, "Caddo Bend District"), (10, 22, below))["bill_to"] == ["Caddo Bend District"]


def test_an_amount_of_money_is_no_orders_number() -> None:
    """Whatever stands before it."""
    amounts = [LabelledValue("po_number", "Release", box(text)) for text in ("$61,904.10", "61,904.10")]
    assert header_from(amounts, POINT).po_number is None


def test_a_rate_before_a_tax_is_not_the_tax() -> None:
    """ "VAT 20.00% 1,459.43"."""
    read = header_from([LabelledValue("total_tax", "VAT", box("20.00% 1,459.43"))], POINT).totals
    assert read["total_tax"].value == "1459.43"


def test_what_an_account_is_charged_is_no_total() -> None:
    """ "Amount" heads any list of money."""
    read = header_from(
        [LabelledValue("total", label, box(text)) for label, text in (("TOTAL", "2,281.70"), ("AMOUNT", "347.70"))], POINT
    )
    assert read.foot["total"].value == "2281.70"


def test_rand_are_read_with_the_letter_before_them() -> None:
    """Only before an amount: "R5" may be a part."""
    assert parse_number("R 77 774,50", COMMA) == Decimal("77774.50")
    assert currency_of("R 77 774,50") == "ZAR"
    assert parse_number("R5", COMMA) is None


def test_a_day_as_armies_write_it() -> None:
    """Year, month and day without a sign."""
    assert parse_date("2026NOV05", POINT) == date(2026, 11, 5)


def test_a_stock_number_of_the_nato_is_no_gtin() -> None:
    """Though its thirteen figures may check out."""
    assert gtin_of("5330-01-208-7719") is None


def test_a_kit_is_a_kit() -> None:
    """And no set."""
    assert unit_code("KIT") == "KT"


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("Our part no. Notre n° de pièce", "buyer_part_number"),
        ("Mfr Part No. / Description", "description"),
        ("Please furnish the following", "description"),
    ],
)
def test_heads_that_say_more_than_one_thing(head: str, role: str) -> None:
    """In two languages, or of two things in one cell."""
    found = meaning_of_header(head)
    assert found is not None
    assert found.name == role


def test_prices_per_hundred_and_per_thousand_beside_pieces() -> None:
    """Beside C an M is a thousand, and no metre."""
    read = read_grid(
        [
            grid(
                "Code|Description|Qty|Cost|Per|Disc%|Goods\nPB-65|Brick|9,600|612.00|M|7.50|5,434.56\nPB-7N|Block|720|148.00|C||1,065.60"
            )
        ],
        POINT,
    )
    assert lines_of(read, "unit", "price_basis_quantity", "line_total") == [(None, "1000", "5434.56"), (None, "100", "1065.60")]


def test_codes_that_lead_all_texts_number_the_goods() -> None:
    """Though no head says so."""
    read = read_grid([grid("Quantity|Particulars|Price\n25|CS-38114 SCREW|1.20\n8|SG-25 GRIT|6.50\n9|FW-38Z WASHER|0.20")], POINT)
    assert lines_of(read, "seller_part_number", "description") == [
        ("CS-38114", "SCREW"),
        ("SG-25", "GRIT"),
        ("FW-38Z", "WASHER"),
    ]


def test_codes_under_a_head_of_something_else_are_asked_about() -> None:
    """Where nothing else numbers the goods."""
    read = read_grid([grid("Deliver to|Description|Qty|Price\nEL-00871|Cable|300|1.20\nEL-01102|Lamp|25|6.50")], POINT)
    assert [problem.code for problem in read.problems] == ["unexplained_column"]


def test_a_code_of_the_stores_numbers_the_goods() -> None:
    """And names no shop."""
    read = read_grid([grid("Stores code|Description|Qty|Price\nEL-00871|Cable|300|1.20\nEL-01102|Lamp|25|6.50")], POINT)
    assert lines_of(read, "seller_part_number") == [("EL-00871",), ("EL-01102",)]


def test_labels_in_a_row_below_without_a_sign_are_no_text() -> None:
    """A commodity's number and the article's."""
    below = "1|SIGN, ALUMINUM|85|31.45\n|COMMODITY 80160 SUPPLIER PART NUMBER BG-2430-NS||"
    read = read_grid([grid(f"Line|Description|Qty|Price\n{below}")], POINT)
    assert lines_of(read, "seller_part_number", "description") == [("BG-2430-NS", "SIGN, ALUMINUM")]


def test_goods_as_cards_have_their_title_for_a_text() -> None:
    """Labels and values stand beside one another without a sign."""
    cards = [
        (
            (10, top, f"{place}. {name}"),
            (10, top + 11, f"Your code {code}"),
            (200, top + 11, "Order qty 30 box"),
            (10, top + 22, "Price € 24.80"),
        )
        for place, (top, name, code) in enumerate([(100, "Foam dressing", "CMD-10"), (160, "Luer syringe", "CMD-20")], start=1)
    ]
    (records,) = records_of([page(*(phrase for card in cards for phrase in card))], "a.pdf")
    read = read_grid([records.grid], POINT)
    assert lines_of(read, "line_number", "seller_part_number", "description", "quantity", "unit") == [
        ("1", "CMD-10", "Foam dressing", "30", "BX"),
        ("2", "CMD-20", "Luer syringe", "30", "BX"),
    ]


def test_a_number_that_says_it_is_an_orders_may_stand_alone() -> None:
    """As the title of a page."""
    labels, others = labels_of(page((10, 40, "PO-AV-300417-2 Status: sent"), (10, 60, "POTTERS 4711")).phrases)
    found = titled_number(Surroundings(labels, others, (), 600, 800), "a.pdf")
    assert found is not None
    assert found.value == "PO-AV-300417-2"


@pytest.mark.parametrize(("codes", "asked"), [([], 1), (["31401"], 0)])
def test_an_address_in_a_footnote_is_asked_about(codes: list[str], asked: int) -> None:
    """Unless it is a known party's."""
    note = "SAVHIST = Vale Historic District, 118 Barnard Street, Savannah, GA 31401. Dock in the lane"
    around = Surroundings((), page((10, 700, note)).phrases, (), 600, 800)
    known = [party_from_block([box("Vale Hotels"), box("118 Barnard Street"), box(f"Savannah, GA {code}")]) for code in codes]
    assert len(list(unread_place([around], None, (), known))) == asked


def test_when_is_paid_may_stand_in_a_sentence() -> None:
    """At the foot of a form."""
    text = page((10, 700, "No PO, no pay. Payment within 30 days of receipt of a valid invoice. Prices are firm."))
    terms = said_on(text, (), "a.pdf", POINT, None).payment_terms
    assert terms is not None
    assert terms.value == "Payment within 30 days of receipt of a valid invoice"


def test_a_large_name_joins_no_two_small_lines_beside_it() -> None:
    """Though it reaches into both."""
    name = [replace(word, size=14, top=42.9, bottom=56.9) for word in words((10, 42, "TANJONG REEF"))]
    small = [
        replace(word, size=8.5, top=top, bottom=top + 8.5)
        for top, text in ((42.0, "PURCHASE ORDER"), (51.0, "PO. NO. TRS/10992"))
        for word in words((400, top, text))
    ]
    phrases = PageText(1, 600, 800, (*name, *small)).phrases
    assert [phrase.text for phrase in phrases] == ["PURCHASE ORDER", "TANJONG REEF", "PO. NO. TRS/10992"]


def test_unit_over_amounts_is_what_one_costs() -> None:
    """Beside "U/M"."""
    read = read_grid([grid("Ln|Model|Qty|U/M|Unit|Extension\n1|Davit|2|EA|3,480.00|6,960.00")], POINT)
    assert lines_of(read, "unit", "unit_price") == [("C62", "3480.00")]


@pytest.mark.parametrize("text", ["REV 0", "Fiscal Year 2027"])
def test_revisions_and_years_are_no_numbers_of_orders(text: str) -> None:
    """Though they stand right under the title."""
    assert header_from([LabelledValue("po_number", "Purchase order", box(text))], POINT).po_number is None


def test_a_unit_before_an_estate_is_part_of_the_street() -> None:
    """And not a name."""
    assert party("Unit 9", "Joseph Wilson Estate", "Millstrood Road", "Whitstable CT5 3PS")["street"] == (
        "Unit 9 Joseph Wilson Estate Millstrood Road"
    )


def test_an_address_goes_before_a_telephone_and_an_e_mail() -> None:
    """On one line of a letterhead."""
    read = party("Thyme Shop", "14 Harbour Street, Whitstable CT5 1AQ 01227 555 014 hello@thyme.example")
    assert (read["street"], read["postal_code"], read["email"]) == ("14 Harbour Street", "CT5 1AQ", "hello@thyme.example")


def test_a_day_may_be_followed_by_where() -> None:
    """ "On or before 30-Nov-2026 at our works"."""
    days = [LabelledValue("requested_delivery_date", "Delivery", box("On or before 30-Nov-2026 at our Kurichi works"))]
    read = header_from(days, POINT).requested_delivery_date
    assert read is not None
    assert read.value == "2026-11-30"
