"""What offices' forms do with titles, broken terms, places in running text and sums that no label names."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.contracts.extraction_v1 import StatedValue
from models.domain.document import Word
from parsers.fields import LabelledValue, header_from
from parsers.intent import names_an_order
from parsers.layout.blocks import Surroundings, labelled_blocks, unlabelled_blocks
from parsers.layout.labels import labels_of
from parsers.layout.return_lines import sender_line
from parsers.layout.sentences import said_on
from parsers.layout.stacked import with_spaced_words
from parsers.page_text import PageText
from parsers.tables.gross_amounts import without_gross_amounts
from parsers.tables.parted_amounts import with_parted_amounts
from parsers.tables.reader import read_grid
from parsers.totals import foot_values, settled_totals, tax_between
from parsers.values.addresses import holds_address, pieces_of_line
from parsers.values.cells import quantity_cell
from parsers.values.number_style import NumberStyle
from parsers.values.payment_terms import payment_terms
from parsers.values.towns import country_of, town_of
from parsers.values.units import unit_code
from tests.parsers.layout.test_labels import values, words
from tests.parsers.layout.test_papers_abroad_and_at_work import page
from tests.parsers.layout.test_papers_of_institutions import party
from tests.parsers.tables.grids import box, grid

POINT, COMMA = NumberStyle(".", "mdy"), NumberStyle(",", "dmy")


def around(*found: Word) -> Surroundings:
    whole = PageText(1, 600, 800, found)
    return Surroundings(*labels_of(whole.phrases), (), 600, 800)


def free(*found: Word) -> list[list[str]]:
    """The unlabelled blocks of a page, line by line."""
    blocks = unlabelled_blocks(around(*found), (), 700)
    return [[" ".join(phrase.text for phrase in line) for line in block.lines] for block in blocks]


def stated(value: str) -> StatedValue:
    return StatedValue(value=value, confidence=0.95)


@pytest.mark.parametrize(
    "title", ["PROPUESTA DE GASTO / PEDIDO DE SUMINISTRO", "Bestellformular Werkstatt", "B E S T E L L U N G"]
)
def test_a_title_of_an_order_is_told_by_its_word(title: str) -> None:
    """Whatever else stands in it."""
    assert names_an_order(title)


def test_a_valley_is_no_title() -> None:
    """Short words for orders begin names."""
    assert not names_an_order("Po Valley Foods")


def test_a_title_is_no_line_of_a_letterhead() -> None:
    """It stands above the company's name."""
    assert free(*words((10, 10, "Bestellformular Werkstatt")), *words((10, 20, "Autohaus Degenhardt"))) == [
        ["Autohaus Degenhardt"]
    ]


def test_a_market_named_over_the_title_is_no_letterhead() -> None:
    """Smaller than the title below it."""
    assert free(*words((10, 10, "PUBLIC MARKET")), *words((10, 20, "ORDINE DIRETTO"), size=12)) == []


def test_a_company_may_have_an_order_in_its_name() -> None:
    """Its legal form says so."""
    assert free(*words((10, 10, "Mail Order Supplies Ltd"))) == [["Mail Order Supplies Ltd"]]


def test_a_return_address_may_be_parted_by_slashes() -> None:
    """As one system prints it."""
    (line,) = page((10, 10, "Tamarack Pumps Inc. / 2200 Millrace Pkwy / Waukesha WI 53188")).phrases
    assert sender_line(line) == ("Tamarack Pumps Inc.", "2200 Millrace Pkwy", "Waukesha WI 53188")


def test_terms_go_on_in_the_next_line_of_their_paragraph() -> None:
    """In small letters, from the paragraph's own edge."""
    read = values((10, 10, "All prices in EUR. Payment Terms: 30 days from"), (10, 20, "date of invoice. Deliver until noon."))
    assert payment_terms(read["payment_terms"]) == "30 days from date of invoice"


def test_another_sentence_is_no_part_of_the_terms() -> None:
    """It begins with a capital."""
    assert values((10, 10, "Payment Terms: 30 days"), (10, 20, "Quote our number."))["payment_terms"] == "30 days"


def test_terms_end_before_the_next_sentence() -> None:
    """Also behind an abbreviation."""
    assert payment_terms("30 days EOM. Authorised: P. Hollis") == "30 days EOM"


def test_a_label_glued_to_the_value_before_it_is_its_own() -> None:
    """The value fills its column."""
    read = values((10, 10, "Zahlungsbedingungen: 30 Tage nettoIncoterms:"), (330, 10, "CPT"))
    assert read == {"payment_terms": "30 Tage netto", "incoterm": "CPT"}


@pytest.mark.parametrize(
    ("sentence", "terms"),
    [
        (
            "Abrechnung nach Gewicht wie besprochen. Zahlung 14 Tage 2 % Skonto, 30 Tage netto.",
            "14 Tage 2 % Skonto, 30 Tage netto",
        ),
        ("Livraison selon nos conditions habituelles. Paiement à 30 jours fin de mois.", "30 jours fin de mois"),
    ],
)
def test_sentences_state_terms_in_other_languages(sentence: str, terms: str) -> None:
    """What only says that terms follow is none of them."""
    said = said_on(page((10, 10, sentence)), (), "a.pdf", COMMA, None).payment_terms
    assert said is not None
    assert said.value == terms


def test_a_house_number_before_a_town_tells_the_street() -> None:
    """Whatever the street is called."""
    assert holds_address(pieces_of_line("Waterweg Agencies B.V., Waalhaven Z.z. 19, 3089 JH Rotterdam"))


def test_a_gate_before_a_town_is_no_street() -> None:
    """It says where at the place."""
    assert not holds_address(pieces_of_line("Central Store, Gate 3, 3089 JH Rotterdam"))


def test_a_sentence_of_delivery_may_lead_to_a_place_with_a_colon() -> None:
    """It is one label, however many words it has."""
    place = "Deliver on board c/o agents: Waterweg Agencies B.V., Waalhaven Z.z. 19, 3089 JH Rotterdam"
    (block,) = labelled_blocks(around(*words((10, 10, place))))
    assert block.role == "ship_to"


def test_a_line_before_a_british_code_is_the_street() -> None:
    """Farms and quarries have no numbers."""
    read = party("Kilbride Quarries Ltd", "Bonawe Quarry", "Taynuilt PA35 1YY")
    assert read["street"] == "Bonawe Quarry"


def test_tax_is_what_net_and_gross_differ_by() -> None:
    """Where the paper prints that amount."""
    totals = {"total_net": stated("2384.50"), "total_gross": stated("2932.94")}
    tax = tax_between(totals, (), [box("Do zapłaty: 2 932,94 zł (w tym VAT 548,44 zł)")], COMMA)
    assert tax is not None
    assert tax.value == "548.44"


def test_no_tax_is_made_of_an_amount_that_stands_nowhere() -> None:
    """It would be calculated, not read."""
    assert tax_between({"total_net": stated("100"), "total_gross": stated("120")}, (), [box("Total 120.00")], POINT) is None


def test_a_charge_between_net_and_gross_is_no_tax() -> None:
    """The foot states a freight."""
    totals = {"total_net": stated("1000"), "total_gross": stated("1180")}
    assert tax_between(totals, {"freight"}, [box("180.00")], POINT) is None


def test_sums_in_a_row_have_labels_of_their_own() -> None:
    """Counts stand before the money, and retail is not cost."""
    found = foot_values([box("Total Units: 1,140 Total Cost: $8,820.00 Total Retail: $20,268.60")], POINT)
    assert [(value.field, value.number) for value in found] == [("total", Decimal("8820.00"))]


def test_the_sum_of_goods_leaves_out_services() -> None:
    """The order's sum is that of its lines."""
    totals = settled_totals({"total_net": stated("5725"), "total": stated("6125")}, Decimal(6125))
    assert totals["total_net"].value == "6125"


@pytest.mark.parametrize(
    ("word", "language", "code"),
    [("tan.", "it", "CA"), ("Retr.", "es", "PK"), ("HD", "en", "CEN"), ("but", "pl", "BO"), ("but", "en", None)],
)
def test_abbreviations_of_units(word: str, language: str, code: str | None) -> None:
    """Some mean a unit in one language alone."""
    assert unit_code(word, language) == code


def test_a_title_in_spaced_letters_is_words() -> None:
    """A blank between its words is wider than those between its letters."""
    spaced = page(*((10.0 + 10 * at + 10 * (at > 7), 10.0, letter) for at, letter in enumerate("PURCHASEORDER")))
    assert [phrase.text for phrase in with_spaced_words(spaced).phrases] == ["PURCHASE ORDER"]


def test_sizes_side_by_side_stay_letters() -> None:
    """They are no title and no label."""
    sizes = page(*((10.0 + 10 * at, 10.0, letter) for at, letter in enumerate("SMLX")))
    assert len(with_spaced_words(sizes).words) == 4


def test_a_large_name_and_the_small_address_on_its_line_are_apart() -> None:
    """One line of a letterhead, two sizes."""
    found = free(*words((10, 10, "The Gull"), size=15), *words((55, 16, "18 Wharf Street, Portland, ME 04101")))
    assert found == [["The Gull"], ["18 Wharf Street, Portland, ME 04101"]]


def test_an_unknown_label_is_no_line_of_a_place() -> None:
    """What stands beside it is its value."""
    (block,) = labelled_blocks(
        around(*words((10, 10, "Deliver to: Depot, 5 Dock Road, Akron, OH 44301"), (10, 20, "Foreman:"), (80, 20, "J. Vale")))
    )
    assert len(block.lines) == 1


def test_a_legal_form_is_no_country() -> None:
    """ "S.A." are not the Saudis."""
    assert [country_of(text) for text in ("S.A.", "SA", "U.K.")] == [None, "SA", "GB"]


def test_a_bracket_behind_a_code_names_the_town() -> None:
    """As a Spanish town hall writes its province."""
    town = town_of("45710 (Toledo)")
    assert town is not None
    assert town.city == "Toledo"


def test_a_day_before_the_next_label_is_read() -> None:
    """Both stand in one phrase."""
    said = LabelledValue("order_date", "Order submitted on:", box("Tuesday 10 Nov 2026 Sent by: Cascade Paper"))
    read = header_from([said], POINT).order_date
    assert read is not None
    assert read.value == "2026-11-10"


def test_a_numbered_row_counts_nothing() -> None:
    """ "N° 1" is a number, but Italians count so."""
    assert quantity_cell("N° 1", NumberStyle(",", "dmy", language="fr")) is None
    assert quantity_cell("N° 1", NumberStyle(",", "dmy", language="it")) is not None


def test_a_price_and_its_amount_in_one_cell_are_parted_where_they_multiply_out() -> None:
    """The form is too narrow for two columns."""
    read = read_grid([grid("Item|Qty|Price Amount\nB-9|50|7.26 363.00\nB-7|6|18.58 111.48")], POINT)
    assert [(line.unit_price.value, line.line_total.value) for line in read.lines if line.unit_price and line.line_total] == [
        ("7.26", "363.00"),
        ("18.58", "111.48"),
    ]


def test_two_numbers_that_do_not_multiply_out_stay_in_their_cell() -> None:
    """They may be anything."""
    drawn = grid("Item|Qty|Span\nB-9|50|7.26 9.00\nB-7|6|18.58 20.00")
    assert with_parted_amounts(drawn, POINT) == drawn


def test_amounts_with_tax_are_no_amounts_of_the_lines() -> None:
    """The sum without tax is that of quantities and prices."""
    lines = read_grid([grid("Item|Qty|Price|Amount\nB-9|4|212.40|934.56\nB-7|10|18.75|206.25")], POINT).lines
    kept = without_gross_amounts(lines, {"subtotal": stated("1037.10")})
    assert [line.line_total for line in kept] == [None, None]


def test_amounts_stay_where_no_sum_bears_out_that_tax_is_in_them() -> None:
    """A price may be misread."""
    lines = read_grid([grid("Item|Qty|Price|Amount\nB-9|4|212.40|934.56\nB-7|10|18.75|206.25")], POINT).lines
    assert without_gross_amounts(lines, {"total": stated("1140.81")}) == lines
