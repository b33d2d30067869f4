"""What papers of many trades print that forms do not: discounts after one another, free goods, chapters, words beside numbers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.contracts.extraction_v1 import Intent
from models.domain.document import Word
from models.domain.findings import Severity
from parsers.fields import LabelledValue, header_from
from parsers.intent import intent_of_document
from parsers.layout.labels import labelled_values, labels_of
from parsers.page_text import PageText
from parsers.proof import proven
from parsers.tables.reader import GridReading, read_grid
from parsers.totals import foot_field
from parsers.values.cells import discount_cell
from parsers.values.number_style import NumberStyle
from parsers.values.streets import is_street
from parsers.values.towns import town_of
from tests.parsers.layout.test_labels import values
from tests.parsers.tables.grids import box, grid
from tests.parsers.tables.test_tables import column
from tests.parsers.test_proof import line, order, stated

COMMA = NumberStyle(",", "dmy")
SHARES = st.integers(min_value=1, max_value=60)


def read(*rows: Sequence[str | None]) -> GridReading:
    return read_grid([grid("\n".join("|".join(cell or "" for cell in row) for row in rows))], COMMA)


@pytest.mark.parametrize(("text", "share"), [("40+10", "46"), ("40 + 10 + 5 %", "48.7"), ("10-5-2", "16.21"), ("5,5", "5.5")])
def test_discounts_after_one_another_each_take_of_what_is_left(text: str, share: str) -> None:
    """The second share is of the price less the first."""
    assert discount_cell(text, COMMA) == Decimal(share)


@given(first=SHARES, second=SHARES)
def test_a_chain_of_discounts_takes_less_than_their_sum(first: int, second: int) -> None:
    """And more than the larger of them."""
    whole = discount_cell(f"{first}+{second}", COMMA)
    assert whole is not None
    assert max(first, second) < whole < first + second


def test_a_list_price_that_the_discount_makes_the_amount_is_the_price() -> None:
    """No other column holds one."""
    reading = read(
        ["Cod. articolo", "Descrizione", "Q.tà", "Prezzo lordo", "Sconti %", "Importo"],
        ["TR-18", "Trapano", "5", "189,00", "40+10", "510,30"],
        ["PN-19", "Punte", "12", "24,50", "40+10", "158,76"],
    )
    assert (column(reading, "unit_price"), column(reading, "discount_percent")) == (["189.00", "24.50"], ["46", "46"])


def test_of_a_net_price_and_an_amount_the_one_that_multiplies_out_is_the_amount() -> None:
    """ "Net HT" is a price here, though elsewhere it is what a line costs."""
    reading = read(
        ["Désignation", "Qté", "Tarif HT", "Rem. %", "Net HT", "Total HT"],
        ["Crème mains", "48", "4,50", "20", "3,60", "172,80"],
        ["Eau micellaire", "72", "8,00", "15", "6,80", "489,60"],
    )
    assert column(reading, "line_total") == ["172.80", "489.60"]


def test_free_goods_in_a_column_of_their_own_are_a_line() -> None:
    """Where the row counts nothing else."""
    heads = ["Désignation", "Qté", "UG", "Prix HT", "Total HT"]
    reading = read(heads, ["Crème", "48", None, "3,60", "172,80"], ["Crème GRATUIT", None, "6", None, "0,00"])
    assert column(reading, "quantity") == ["48", "6"]


def test_free_goods_beside_paid_ones_are_asked_about() -> None:
    """Whether they come on top nobody can tell."""
    heads = ["Désignation", "Qté", "UG", "Prix HT", "Total HT"]
    reading = read(heads, ["Crème mains", "48", "6", "3,60", "172,80"], ["Eau douce", "10", None, "2,00", "20,00"])
    assert [problem.severity for problem in reading.problems] == [Severity.ERROR]


@pytest.mark.parametrize("label", ["SKU MUG-FERN · case of 6 · 2 cases", "Small · SKU MUG-FERN · case of 4"])
def test_a_number_among_pieces_parted_by_dots_is_the_articles(label: str) -> None:
    """Its label stands before it; what else is said is no description."""
    reading = read(["Item", "Qty", "Price", "Total"], ["Fern mug", "12", "11,00", "132,00"], [label, None, None, None])
    assert (column(reading, "seller_part_number"), column(reading, "description")) == (["MUG-FERN"], ["Fern mug"])


@pytest.mark.parametrize("label", ["Summe 02.01 Beton und Bewehrung", "Zwischensumme Gemüse"])
def test_the_sum_of_a_chapter_is_a_subtotal(label: str) -> None:
    """Its number and name follow."""
    assert foot_field(label) == "subtotal"


def test_a_discount_is_known_with_the_word_that_takes_it_off() -> None:
    """And with its share."""
    assert foot_field("abzgl. 3 % Nachlass") == "order_discount"


def test_an_alternative_is_left_out_where_the_total_less_its_discount_leaves_it_out() -> None:
    """The discount stands between the other lines and the total."""
    bolts = line(description="Bolt", quantity="4", unit_price="2.00", line_total="8.00")
    other = line(description="Alternativposition: Messing", quantity="4", unit_price="3.00", line_total="12.00")
    reading = proven(order(bolts, other, total_net="7.00"), charges={"order_discount": stated("-1.00")})
    assert len(reading.order.lines) == 1


@pytest.mark.parametrize(
    ("text", "city"), [("62-023 Borowiec (po uzgodnieniu", "Borowiec"), ("06108 Halle (Saale)", "Halle (Saale)")]
)
def test_a_town_ends_before_a_bracket_that_stays_open(text: str, city: str) -> None:
    """The rest of a remark stands on the next line."""
    town = town_of(text)
    assert town is not None
    assert town.city == city


def test_a_numbered_label_is_no_town() -> None:
    """Four figures before a label's words are no postal code."""
    assert town_of("0187 N° de programme :") is None


def test_the_year_of_foundation_is_no_house_number() -> None:
    """It stands in many a letterhead."""
    assert not is_street("Meisterbetrieb seit 1987")


def test_terms_of_payment_end_with_their_sentence() -> None:
    """What follows speaks of other things, or goes on about paying."""
    texts = ("21 dagen. Prijzen excl. btw.", "30 Tage netto. Bei Zahlung in 10 Tagen 2 % Skonto")
    heads = [header_from([LabelledValue("payment_terms", "Betaling", box(text))], COMMA) for text in texts]
    assert [head.payment_terms.value for head in heads if head.payment_terms] == ["21 dagen", texts[1]]


def test_bars_part_labels_with_their_values() -> None:
    """ "Code client : 0174410 | Livraison : …" are two."""
    found = values((10, 10, "Code client : 0174410 | Livraison souhaitée : 16/11/2026"))
    assert found == {"customer_number": "0174410", "requested_delivery_date": "16/11/2026"}


def test_bold_words_before_plain_ones_are_a_label() -> None:
    """No colon stands between them."""
    texts = (("Terms", True), ("Net", False), ("45", False), ("after", False), ("inspection", False))
    words = tuple(
        Word(text=text, page=1, x0=10 + 30 * at, top=10, x1=38 + 30 * at, bottom=19, size=9, bold=bold)
        for at, (text, bold) in enumerate(texts)
    )
    labels, others = labels_of(PageText(1, 600, 800, words).phrases)
    (found,) = labelled_values(labels, others, (), "po.pdf")
    assert (found.field, found.value.text) == ("payment_terms", "Net 45 after inspection")


def test_the_contract_numbers_a_call_off_that_has_no_number_with_doubt() -> None:
    """A person confirms it."""
    head = header_from([LabelledValue("contract_ref", "Commande ouverte", box("66100418 / 10"))], COMMA)
    assert head.po_number is not None
    assert (head.po_number.value, head.po_number.confidence < 0.8) == ("66100418/10", True)


def test_a_price_column_without_cells_leaves_the_price_to_the_list_price() -> None:
    """A wrapped head went astray."""
    reading = read(
        ["Symbol", "Nazwa", "Ilość", "Cena katalogowa", "Rabat %", "Cena netto", "Wartość netto"],
        ["OP-28", "Opona", "20", "42,00", "10", None, "756,00"],
        ["DT-28", "Dętka", "50", "11,50", "10", None, "517,50"],
    )
    assert column(reading, "unit_price") == ["42.00", "11.50"]


def test_a_column_of_list_prices_beside_lines_without_a_price_is_asked_about() -> None:
    """What they cost may stand there, though nothing multiplies out."""
    reading = read(
        ["Symbol", "Nazwa", "Ilość", "Cena katalogowa", "Wartość netto"],
        ["OP-28", "Opona", "20", "42,00", "700,00"],
        ["DT-28", "Dętka", "50", "11,50", "500,00"],
    )
    assert [(problem.code, problem.severity) for problem in reading.problems] == [("unexplained_column", Severity.ERROR)]


def test_a_price_beside_its_unit_tells_the_unit() -> None:
    """No other cell of the line names one."""
    reading = read(["Cant.", "Referencia", "Denominación", "Precio", "Por"], ["50", "A-17", "Correa", "4,25", "ud"])
    assert (column(reading, "unit"), column(reading, "price_basis_quantity")) == (["C62"], [None])


def test_a_form_without_a_title_is_an_order() -> None:
    """The buyer names whom it buys from; a word of a sentence does not make it something else."""
    text = "Wir bestellen zu unseren Einkaufsbedingungen, die Sie im Netz finden"
    read_as = [intent_of_document(text, default=Intent.ORDER, is_form=is_form) for is_form in (True, False)]
    assert read_as == [Intent.ORDER, Intent.OTHER]


def test_line_numbers_with_three_places_are_line_numbers() -> None:
    """Some systems print "1.000", "2.000"; the article's number stands in the next column."""
    heads = ["Line Number", "Item Number", "Description", "Quantity", "Unit Price"]
    reading = read(heads, ["1.000", "1408855", "Bag", "24", "3,82"], ["2.000", "1408861", "Liner", "12", "98,45"])
    assert (column(reading, "line_number"), column(reading, "seller_part_number")) == (["1.000", "2.000"], ["1408855", "1408861"])
