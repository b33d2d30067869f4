"""Papers of workshops, wards and towns: goods provided by the buyer, weights for pieces, codes torn from their towns."""

from __future__ import annotations

import pytest

from models.contracts.extraction_v1 import Intent
from parsers.intent import intent_of_document
from parsers.lexicon import meaning_of_header, meaning_of_label
from parsers.tables.column_explained import explained
from parsers.tables.columns import Column, Heading
from parsers.tables.labelled import labelled_values
from parsers.tables.not_ordered import says_provided
from parsers.tables.reader import read_grid
from parsers.values.numbers import NumberStyle
from parsers.values.towns import town_of
from tests.parsers.tables.grids import box, grid

COMMA = NumberStyle(",")


def heading(*roles: str) -> Heading:
    return Heading(tuple(Column(place, role, (role,)) for place, role in enumerate(roles)), 1)


def test_what_pieces_weigh_is_ordered_where_it_makes_the_amounts() -> None:
    """A steel dealer's "N.pz | UM | Peso | Prezzo | Importo"."""
    rows = [["12", "KG", "3.045,60", "0,985", "2.999,92"], ["20", "KG", "1.422,00", "1,010", "1.436,22"]]
    seen = explained(heading("quantity", "unit", "ignore.weight", "unit_price", "line_total"), rows, COMMA)
    assert [column.roles[0] for column in seen.columns][:3] == ["ignore.second_quantity", "unit", "quantity"]


def test_pieces_stay_ordered_where_the_unit_counts_them() -> None:
    """A weight that makes the amounts beside a unit of pieces is asked about, by the arithmetic that fails."""
    rows = [["12", "PZ", "3.045,60", "0,985", "2.999,92"], ["20", "PZ", "1.422,00", "1,010", "1.436,22"]]
    seen = explained(heading("quantity", "unit", "ignore.weight", "unit_price", "line_total"), rows, COMMA)
    assert seen.place_of("quantity") == 0


def test_what_makes_all_amounts_is_the_price_whatever_its_head() -> None:
    """ "Valor c/impto" over what each costs."""
    rows = [["4000", "0,0615", "246,00"], ["60", "3,1000", "186,00"]]
    assert explained(heading("quantity", "ignore.tax", "line_total"), rows, COMMA).place_of("unit_price") == 1


def test_kilograms_among_packs_are_the_unit() -> None:
    """A kitchen's "Pack" holds "6 x 2ltr" and "kg"."""
    guide = (
        "Code | Product | Pack | Qty | Price | Total\n20 | Milk | 6 x 2ltr | 4 | 9.84 | 39.36\n31 | Beef | kg | 2.5 | 18 | 45.00"
    )
    milk, beef = read_grid([grid(guide)], NumberStyle(".")).lines
    assert (milk.unit, beef.unit.value if beef.unit else None) == (None, "KGM")


@pytest.mark.parametrize(("head", "role"), [("Precio ud. s/IVA", "unit_price"), ("Importe c/IVA", "ignore.tax")])
def test_a_slash_may_stand_for_with_and_without(head: str, role: str) -> None:
    """Spanish "s/IVA" is "sin IVA", no second name of the column."""
    meaning = meaning_of_header(head)
    assert meaning is not None
    assert meaning.name == role


def test_two_capitals_behind_four_figures_are_a_code() -> None:
    """No Dutch town is called XB."""
    town = town_of("7731 XB")
    assert town is not None
    assert (town.postal_code, town.city) == ("7731 XB", None)


def test_a_code_of_an_article_ends_at_the_dash_that_parts_a_remark() -> None:
    """ "Réf. fournisseur : BR-PF200 - Centre de coûts 902": two things in one row."""
    found, *_ = labelled_values([box("Réf. fournisseur : BR-PF200 - Centre de coûts 902LBM")])
    assert found[2] == "BR-PF200"


def test_a_bilingual_label_of_the_invoice_names_its_place() -> None:
    """ "Faktura / Invoice to" over an address."""
    meaning = meaning_of_label("Faktura / Invoice to")
    assert meaning is not None
    assert meaning.name == "bill_to"


@pytest.mark.parametrize(("title", "intent"), [("Streckenbestellung 7-4", Intent.ORDER), ("Abbestellung 7-4", Intent.OTHER)])
def test_joined_words_for_orders_are_orders(title: str, intent: Intent) -> None:
    """All but the one that takes an order back."""
    assert intent_of_document(title, title) is intent


@pytest.mark.parametrize(("text", "said"), [("Beigestellte Komponenten:", True), ("Composants fournis", True), ("Parts", False)])
def test_goods_that_the_buyer_provides_are_announced(text: str, said: bool) -> None:
    """They stand below a line, and nobody orders them."""
    assert says_provided(text) is said


@pytest.mark.parametrize(("language", "unit", "sure"), [("en", "SET", False), ("de", "C62", True)])
def test_an_english_st_is_a_set_and_asked_about(language: str, unit: str, sure: bool) -> None:
    """ "ST" is a set in X12, and what Germans write for a piece."""
    (line,) = read_grid([grid("Item | Qty | Unit | Price\nFlags | 2 | ST | 55")], NumberStyle(".", language=language)).lines
    assert line.unit is not None
    assert (line.unit.value, line.unit.confidence > 0.8) == (unit, sure)
