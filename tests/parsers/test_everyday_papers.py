"""Prices, units and places on everyday printed orders of continental Europe and Latin America."""

from __future__ import annotations

from parsers.tables.column_products import with_amounts_for_numbers, with_discounted_price
from parsers.tables.columns import Column, Heading
from parsers.tables.rows import names_rate_alone
from parsers.values.number_style import NumberStyle
from parsers.values.towns import town_of
from parsers.values.units import unit_code

_COMMA = NumberStyle(",")


def _heading(*roles: str | None) -> Heading:
    return Heading(tuple(Column(place, str(role), (role,)) for place, role in enumerate(roles)), rows=1)


def test_figures_that_make_the_amounts_are_prices_though_their_head_names_packs() -> None:
    """ "Preis je VE" may be read as two heads, of which the second stands over the prices."""
    heading = _heading("description", "quantity", "unit_price", "ignore.pack", "line_total")
    rows = [["Papier", "30", "", "24,95", "748,50"], ["Toner", "2", "", "118,00", "236,00"]]
    price = with_discounted_price(heading, rows, _COMMA).column_of("unit_price")
    assert price is not None
    assert price.index == 3


def test_figures_that_do_not_make_the_amounts_stay_contents_of_packs() -> None:
    """What a pack holds is no price."""
    heading = _heading("description", "quantity", "unit_price", "ignore.pack", "line_total")
    rows = [["Papier", "30", "", "5", "748,50"], ["Toner", "2", "", "1", "236,00"]]
    price = with_discounted_price(heading, rows, _COMMA).column_of("unit_price")
    assert price is not None
    assert price.index == 2


def test_amounts_under_half_of_a_broken_head_are_the_lines_amounts() -> None:
    """ "Netto riga" may be read as two heads, of which the first stands over nothing."""
    heading = _heading("description", "quantity", "unit_price", "line_total", "line_number")
    rows = [["Ricotta", "36", "2,10", "", "75,60"], ["Burrata", "24", "1,85", "", "44,40"]]
    total = with_amounts_for_numbers(heading, rows, _COMMA).column_of("line_total")
    assert total is not None
    assert total.index == 4


def test_a_line_that_names_its_tax_under_a_head_of_taxes_is_a_line() -> None:
    """Odoo writes "TVA 5,5% (achat)" in each line."""
    heading = _heading("description", "ignore.tax", "quantity")
    assert names_rate_alone(["Chapon", "TVA 5,5%", "85 kg"], heading)


def test_a_tax_below_the_lines_is_none() -> None:
    """The row of the total has no goods."""
    heading = _heading("description", "ignore.tax", "quantity")
    assert not names_rate_alone(["TVA 5,5%", "74,24", ""], heading)


def test_rods_are_a_unit() -> None:
    """Bars of plastic or steel."""
    assert unit_code("STAF") == "RD"


def test_a_postal_code_of_argentina_leads_to_its_town() -> None:
    """A letter for the province stands before the figures."""
    town = town_of("S2003 Rosario")
    assert town is not None
    assert (town.postal_code, town.city) == ("S2003", "Rosario")
