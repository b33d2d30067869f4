"""What forms of other lands and trades do: labels set upright, colons in columns, lakhs, releases, addresses nobody explains."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.fields import LabelledValue, header_from
from parsers.layout.blocks import Surroundings, labelled_blocks, phrases_of_blocks, unlabelled_blocks
from parsers.layout.labels import labels_of
from parsers.layout.letter import unread_place
from parsers.layout.parties import Parties, parties_of
from parsers.layout.stacked import with_colons_at_labels, with_stacked_words, with_whole_towns
from parsers.lexicon import meaning_of_header
from parsers.page_text import PageText
from parsers.tables.reader import read_grid
from parsers.values.dates import parse_date
from parsers.values.number_style import NumberStyle
from parsers.values.numbers import parse_number
from parsers.values.towns import is_county, town_of
from tests.parsers.layout.test_blocks import blocks, surroundings
from tests.parsers.layout.test_labels import words
from tests.parsers.tables.grids import box, grid
from tests.parsers.tables.test_tables import column

POINT, COMMA = NumberStyle(".", "mdy"), NumberStyle(",", "dmy")


def page(*phrases: tuple[float, float, str]) -> PageText:
    return PageText(1, 600, 800, tuple(words(*phrases)))


def test_a_label_set_letter_below_letter_is_one_word() -> None:
    """With the blank between its words, where its first letter stands."""
    letters = zip("SHIPTO", (10, 20, 30, 40, 60, 70), strict=True)
    read = with_stacked_words(page(*((10.0, float(top), letter) for letter, top in letters), (30, 10, "Depot North")))
    assert [phrase.text for phrase in read.phrases] == ["SHIP TO", "Depot North"]


def test_codes_below_one_another_stay_what_they_are() -> None:
    """A column of tax codes spells no label."""
    read = with_stacked_words(page(*((10.0, 10.0 * place, letter) for place, letter in enumerate("SZSS"))))
    assert [phrase.text for phrase in read.phrases] == list("SZSS")


def test_a_colon_before_a_value_stands_at_its_label() -> None:
    """As typists line up their colons."""
    phrases = with_colons_at_labels(page((10, 10, "Datum"), (100, 10, ": 17-11-2026")).phrases)
    assert [phrase.text for phrase in phrases] == ["Datum:", "17-11-2026"]


def test_a_town_its_state_and_its_code_in_columns_are_one_line() -> None:
    """Only where they are an American address."""
    phrases = page((10, 10, "DAYTON"), (80, 10, "OH"), (110, 10, "45402"), (300, 10, "No"), (330, 10, "12345")).phrases
    assert [phrase.text for phrase in with_whole_towns(phrases)] == ["DAYTON OH 45402", "No", "12345"]


def test_unknown_words_of_shipping_over_an_address_say_where_the_goods_go() -> None:
    """ "Embarcar a:" stands in no list."""
    assert blocks((10, 10, "Embarcar a:"), (10, 21, "Planta 2"), (10, 32, "C.P. 36100 Silao, Guanajuato")) == {
        "ship_to": ["Planta 2", "C.P. 36100 Silao, Guanajuato"]
    }


def test_an_address_that_nothing_explains_is_asked_about() -> None:
    """Beside the writer's and the seller's, where no ship-to was read."""
    seller = ((10, 200, "Supplier:"), (10, 211, "Hollister Supply"), (10, 222, "Akron, OH 44301"))
    writer = ((10, 20, "Brook City"), (10, 31, "200 Main Street"), (10, 42, "Ashgrove, OH 44805"))
    strange = ((300, 200, "Water Garage"), (300, 211, "1350 Cottage Street"), (300, 222, "Mansfield, OH 44903"))
    for others, expected in (((), ()), (strange, ("Water Garage",))):
        around = surroundings(*writer, *seller, *others)
        found = _parties(around)
        assert found.others == expected
        assert [problem.code for problem in unread_place([around], found.ship_to, found.others)] == ["unread_place"] * len(
            expected
        )


def _parties(around: Surroundings) -> Parties:
    named = labelled_blocks(around)
    return parties_of(named, unlabelled_blocks(around, phrases_of_blocks(named), 700), 800, "po.pdf")


@pytest.mark.parametrize(
    ("line", "city", "code"),
    [
        ("C.P. 36100 Silao, Guanajuato", "Silao", "36100"),
        ("37544, León, Guanajuato, México", "León", "37544"),
        ("Coimbatore - 641021, Tamil Nadu", "Coimbatore", "641021"),
        ("Tokyo 103-0023", "Tokyo", "103-0023"),
    ],
)
def test_towns_of_other_lands_are_read(line: str, city: str, code: str) -> None:
    """With the word before the code, the region behind the town."""
    town = town_of(line)
    assert town is not None
    assert (town.city, town.postal_code) == (city, code)


def test_a_requisition_is_no_town() -> None:
    """Nor is what goes on in small letters behind a number."""
    assert [town_of(text) for text in ("Req 55120", "55120, attn Lucy B", "Order 12345, Blue")] == [None, None, None]


def test_counties_of_britain_are_known() -> None:
    """They stand between the post town and the postcode, in long and in short."""
    assert [is_county(name) for name in ("Wiltshire", "Notts", "Co Durham", "Wexcombe")] == [True, True, True, False]


@pytest.mark.parametrize(("text", "number"), [("1,12,640.00", "112640.00"), ("12,34,567.50", "1234567.50")])
def test_lakhs_are_read(text: str, number: str) -> None:
    """Groups of two above the thousands, with paise."""
    assert parse_number(text, POINT) == Decimal(number)


def test_a_week_and_a_day_in_it_are_that_day() -> None:
    """A day of another week contradicts, and is neither."""
    days = [parse_date(text, COMMA) for text in ("KW 49/2026, spätestens 02.12.2026", "KW 49/2026, spätestens 20.12.2026")]
    assert [day.isoformat() if day else None for day in days] == ["2026-12-02", None]


@pytest.mark.parametrize(("stated", "number"), [("26/1873 BV Kita Sonnenschein", "26/1873"), ("0045107 OP", "0045107 OP")])
def test_what_is_ordered_for_is_no_part_of_the_orders_number(stated: str, number: str) -> None:
    """A short code behind it is."""
    header = header_from([LabelledValue("po_number", "Bestellung", box(stated))], COMMA)
    assert header.po_number is not None
    assert header.po_number.value == number


def test_numbers_that_count_the_lines_are_no_articles() -> None:
    """ "Part." is a part in English and a position in Mexico."""
    head = ["Part.", "Código", "Descripción", "Cantidad", "P. unitario", "Importe"]
    rows = [["1", "CT-48100", "Cinta", "720", "21.85", "15732.00"], ["2", "HM-250", "Adhesivo", "500", "68.40", "34200.00"]]
    reading = read_grid([grid("\n".join("|".join(row) for row in (head, *rows)))], POINT)
    assert (column(reading, "line_number"), column(reading, "seller_part_number")) == (["1", "2"], ["CT-48100", "HM-250"])


def test_the_same_goods_and_quantity_for_a_later_day_are_another_line() -> None:
    """A release names its blanket order's line twice."""
    head = ["Line", "Your part no.", "Description", "This release", "UM", "Ship date"]
    rows = [["3", "PC-060", "HR coil", "8,500", "LB", "11/23/2026"], ["3", "PC-060", "HR coil", "8,500", "LB", "12/07/2026"]]
    reading = read_grid([grid("\n".join("|".join(row) for row in (head, *rows)))], POINT)
    assert column(reading, "quantity") == ["8500", "8500"]
    assert column(reading, "requested_delivery_date") == ["2026-11-23", "2026-12-07"]


def test_an_amount_with_its_tax_is_not_a_lines_net() -> None:
    """By its head, in brackets or not."""
    meanings = [meaning_of_header(head) for head in ("Amount (inc GST)", "Total incl. VAT", "Amount (ex GST)")]
    assert [meaning.name for meaning in meanings if meaning] == ["ignore.tax", "ignore.tax", "line_total"]


def test_phrases_of_labels_are_found_behind_moved_colons() -> None:
    """The label keeps its meaning."""
    labels, _ = labels_of(with_colons_at_labels(page((10, 10, "Ordernummer"), (100, 10, ": 26-40877")).phrases))
    assert [label.fields for label in labels] == [("po_number",)]


def test_what_a_price_is_for_may_stand_in_a_column_of_units() -> None:
    """ "100 uds" among pieces makes the price a hundredth."""
    head = ["Cant.", "Referencia", "Denominación", "Precio", "Por"]
    rows = [["50", "6204-2RS", "Rodamiento", "3,15", "ud"], ["24", "A-17-X", "Correa", "4,25", "ud"]]
    reading = read_grid(
        [grid("\n".join("|".join(row) for row in (head, *rows, ["2.000", "TORN-8", "Tornillo", "9,30", "100 uds"])))], COMMA
    )
    assert column(reading, "price_basis_quantity") == [None, None, "100"]


def test_a_unit_that_counts_and_is_no_pack_is_asked_about() -> None:
    """A figure in a column of units may change the quantity a hundredfold."""
    rows = [
        ["Qty", "UM", "Item", "Description", "Price"],
        ["50", "EA", "A-100", "Bearing", "3.15"],
        ["20", "EA", "A-200", "Belt", "4.25"],
    ]
    reading = read_grid([grid("\n".join("|".join(row) for row in (*rows, ["30", "7 zz", "A-300", "Screw", "9.30"])))], POINT)
    assert [problem.code for problem in reading.problems] == ["unread_values"]


def test_styles_in_capitals_are_numbers_though_they_are_words() -> None:
    """Beside colours and sizes across, whose sum is no amount."""
    head = ["Modèle", "Coloris", "S", "M", "L", "Total", "PU HT", "Montant HT"]
    rows = [
        ["TS-ALMA", "écru", "6", "12", "12", "30", "9.80", "294.00"],
        ["SW-BREVAL", "gris", "4", "8", "", "12", "24.50", "294.00"],
    ]
    reading = read_grid([grid("\n".join("|".join(row) for row in (head, *rows)))], POINT)
    assert column(reading, "seller_part_number") == ["TS-ALMA"] * 3 + ["SW-BREVAL"] * 2
    assert column(reading, "quantity") == ["6", "12", "12", "4", "8"]
