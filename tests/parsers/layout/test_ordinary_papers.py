"""Purchase orders as the programs of every day print them: streets of more lands, registers below an address, labels in two
lines, two numbers in one cell, taxes reckoned below the lines, terms on a second page."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.contracts.extraction_v1 import PartyV1, StatedValue
from parsers.layout.blocks import Surroundings
from parsers.layout.label_words import label_in
from parsers.layout.labels import labels_of
from parsers.layout.letter import unread_place
from parsers.layout.tax_rows import reckons_tax
from parsers.lexicon import meaning_of_label
from parsers.page_text import PageText, Phrase
from parsers.tables.reader import read_grid
from parsers.totals import settled_totals
from parsers.values.addresses import pieces_of_line
from parsers.values.numbers import NumberStyle
from parsers.values.streets import is_street_alone
from parsers.values.towns import town_of
from parsers.values.units import unit_of_head
from tests.parsers.layout.test_labels import values, words
from tests.parsers.tables.grids import grid

COMMA = NumberStyle(",")


def page_of(*phrases: tuple[float, float, str]) -> PageText:
    return PageText(1, 600, 800, tuple(words(*phrases)))


def phrase(text: str) -> Phrase:
    return page_of((10, 10, text)).phrases[0]


@pytest.mark.parametrize(
    "street",
    ["Ipari Park u. 4", "Calle 42 # 31-15", "Cra. 7 No. 71-21", "Verkstadsgatan 12", "Hjellevegen 41", "Rua Augusta 155"],
)
def test_streets_of_more_lands_are_streets(street: str) -> None:
    """A door beside them is not taken for the street then."""
    assert is_street_alone(street)


def test_two_partners_are_no_street() -> None:
    """A German "u." is an "and"."""
    assert not is_street_alone("Sanitär Müller u. Sohn")


@pytest.mark.parametrize(
    "line", ["Inscrita en Alicante, Tomo 1855", "Tomo 1855", "R.E.A. BO 155012", "Albo Coop. A155501", "Amtsgericht Ulm 55102"]
)
def test_what_a_register_numbers_is_no_town(line: str) -> None:
    """It stands right below the address in a form's foot."""
    assert all(town_of(piece) is None for piece in pieces_of_line(line))


def test_a_postal_code_in_brackets_stands_behind_its_town() -> None:
    """As programs of web shops write it, with the province."""
    town = town_of("Sant Joan Despí (08970), Barcelona")
    assert town is not None
    assert (town.city, town.postal_code, town.region) == ("Sant Joan Despí", "08970", "Barcelona")


def test_a_legal_form_behind_a_comma_stays_with_the_name() -> None:
    """It is no street."""
    pieces = pieces_of_line("Talleres Orihuela, S.L. Nave 2 - C/ Soldadores, 5 - 03300 ORIHUELA")
    assert pieces == ["Talleres Orihuela, S.L. Nave 2", "C/ Soldadores, 5", "03300 ORIHUELA"]


def test_an_irish_county_is_no_legal_form() -> None:
    """ "Co. Westmeath" does not belong to the town before it."""
    assert "Athlone" in pieces_of_line("Galway Road, Athlone, Co. Westmeath, N37 XK52")


@pytest.mark.parametrize(
    ("head", "unit"), [("Q'ty (PCS)", "C62"), ("Menge [Stk]", "C62"), ("Stück", "C62"), ("Pieces", "C62"), ("Anzahl", None)]
)
def test_pieces_that_a_head_sets_apart_or_says_alone_are_the_unit(head: str, unit: str | None) -> None:
    """Elsewhere they go without saying."""
    assert unit_of_head(head) == unit


def test_stacked_numbers_go_to_whom_their_head_names() -> None:
    """The upper one would have been the seller's."""
    table = grid(
        "Pos | Kod / Kod u dostawcy | Nazwa | Ilość | Cena | Wartość\n"
        "1 | OPK-0231 | Kubek | 10 | 2,00 | 20,00\n | OT-K200 | | | |"
    )
    (line,) = read_grid([table], COMMA).lines
    assert (line.buyer_part_number.value, line.seller_part_number.value) == ("OPK-0231", "OT-K200")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "row",
    [
        ((10, 10, "w tym"), (80, 10, "2850,00"), (150, 10, "8"), (200, 10, "228,00"), (260, 10, "3078,00")),
        ((10, 10, "3.280,80"), (80, 10, "3.280,80"), (150, 10, "22%"), (200, 10, "721,78"), (260, 10, "4.002,58")),
    ],
)
def test_a_row_that_reckons_the_tax_is_no_overlooked_line(row: tuple[tuple[float, float, str], ...]) -> None:
    """Nothing in it is goods."""
    assert reckons_tax(page_of(*row).rows[0])


def test_a_line_with_its_tax_is_no_reckoning() -> None:
    """It has a quantity and a price as well."""
    row = ((10, 10, "Nails 40 mm"), (80, 10, "10"), (120, 10, "5,00"), (160, 10, "50,00"), (220, 10, "10,00"), (280, 10, "60,00"))
    assert not reckons_tax(page_of(*row).rows[0])


def test_a_label_in_two_lines_without_a_colon_is_one() -> None:
    """ "livraison" alone would be a day's."""
    form = page_of((10, 10, "Lieu de"), (90, 10, "Usine 2, 14 rue Haute, 42000 Lyon"), (10, 20, "livraison"))
    labels, _ = labels_of(form.phrases)
    assert [label.fields for label in labels] == [("ship_to",)]


def test_labels_below_one_another_with_values_of_their_own_stay_two() -> None:
    """Each names what stands beside it."""
    assert values((10, 10, "Order"), (90, 10, "4711"), (10, 20, "Date"), (90, 20, "3/4/26"))["po_number"] == "4711"


def test_terms_of_payment_end_where_an_address_begins() -> None:
    """A place under a label that no list knows is no part of them."""
    found = values((10, 10, "Règlement"), (90, 10, "VIREMENT 60 JOURS"), (90, 20, "Quai B, 14 rue de la Talaudière, 42000 LYON"))
    assert found == {"payment_terms": "VIREMENT 60 JOURS"}


def test_a_page_count_is_no_term_of_payment() -> None:
    """ "Pag." is short for either."""
    assert "payment_terms" not in values((10, 10, "Pág."), (90, 10, "1 / 2"))


def test_terms_go_on_behind_their_comma() -> None:
    """ "termin" would name a day."""
    assert values((10, 10, "Forma płatności:"), (120, 10, "przelew, termin: 30 dni")) == {
        "payment_terms": "przelew, termin: 30 dni"
    }


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Total HTVA", "total_net"),
        ("Total TVAC / Totaal incl. BTW EUR", "total_gross"),
        ("V/réf. / Uw ref.", "quotation_ref"),
        ("Zamówienie obce nr", "po_number"),
        ("ZD/000284/26", None),
    ],
)
def test_labels_of_programs_are_known(label: str, field: str | None) -> None:
    """Some stand in two languages; a number with slashes is none."""
    meaning = meaning_of_label(label)
    assert (meaning.name if meaning is not None else None) == field


def test_a_remark_may_say_where_the_goods_go() -> None:
    """Programs have no other field for it."""
    label = label_in(phrase("Opis: Dostawa na adres: ul. Zakładowa 50, 39-400 Tarnobrzeg"))
    assert label is not None
    assert label.fields == ("ship_to",)


@pytest.mark.parametrize(("own", "asked"), [("Carrera 8 # 34-52", 1), ("Calle 42 # 31-15", 0)])
def test_a_sentence_that_has_goods_delivered_to_another_street_is_asked_about(own: str, asked: int) -> None:
    """Where no town has a postal code the street alone says it."""
    note = phrase("Entregar en bodega Palmira, Calle 42 # 31-15, Palmira, de 8 a.m. a 4 p.m.")
    around = Surroundings([], [note], [], 600, 800)
    buyer = PartyV1(street=StatedValue(value=own, confidence=0.9))
    assert len(list(unread_place([around], None, (), [buyer]))) == asked


def test_a_price_under_a_head_of_something_else_is_asked_about() -> None:
    """Its line has an amount and would go on without a price."""
    table = grid(
        "Pos | Artikel | Bezeichnung | Menge | Preismenge | Betrag\n1 | 4711 | Schraube M8 | 100 | 3,40 / Stück | 340,00"
    )
    assert [problem.severity.value for problem in read_grid([table], COMMA).problems] == ["error"]


def test_a_sum_before_its_discount_is_not_the_gross_total() -> None:
    """The net total says what is paid."""
    found = {
        name: StatedValue(value=text, confidence=0.9)
        for name, text in (("total", "7535.00"), ("order_discount", "630.00"), ("total_net", "6905.00"))
    }
    assert "total_gross" not in settled_totals(found, Decimal("6905.00"))
