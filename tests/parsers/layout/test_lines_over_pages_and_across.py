"""Lines that a page's end tears, call-offs whose articles stand across, and conditions down a page's side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parsers.layout.bands import Cells
from parsers.layout.blocks import Block
from parsers.layout.calloff_across import call_offs_across
from parsers.layout.columns import Columns
from parsers.layout.heads import Head
from parsers.layout.labels import labelled_values, labels_of
from parsers.layout.parties import Parties, parties_of
from parsers.layout.torn import mended
from parsers.page_text import PageText, Phrase, without_small_print
from parsers.tables.reader import read_grid
from parsers.values.number_style import number_style
from parsers.values.numbers import NumberStyle
from parsers.values.party_blocks import party_from_block
from parsers.values.towns import town_of
from tests.parsers.layout.test_tables import page, word
from tests.parsers.tables.grids import box, grid

COMMA = NumberStyle(",", "dmy")


def columns(*roles: str) -> Columns:
    heads = tuple(Head((Phrase.of([word(role, 10.0 + 60 * at, 10.0)]),), role) for at, role in enumerate(roles))
    return Columns(heads, tuple(60.0 * at for at in range(1, len(roles))))


PRICED = columns("part_number", "description", "quantity", "line_total")


def rows(*texts: str) -> list[Cells]:
    return [tuple(box(cell.strip()) if cell.strip() else None for cell in text.split("|")) for text in texts]


def texts(cells: list[Cells]) -> list[str]:
    return ["|".join(cell.text if cell is not None else "" for cell in row) for row in cells]


def test_a_line_whose_amounts_stand_on_the_next_page_is_one_line() -> None:
    """Its code and the first of its text are the last of the page, what is carried over between them stays where it is."""
    above = rows("SA-1|White|5|10,00", "SA-2|Clear||", "| A riportare||10,00")
    below = rows("| Riporto||10,00", "|varnish|2|8,00", "SA-3|Box|1|1,00")
    upper, lower = mended(above, below, PRICED)
    assert texts(upper) == ["SA-1|White|5|10,00", "|A riportare||10,00"]
    assert texts(lower) == ["|Riporto||10,00", "SA-2|Clear varnish|2|8,00", "SA-3|Box|1|1,00"]


@pytest.mark.parametrize("first", ["SA-2|Clear|2|8,00", "SA-2|||"])
def test_a_second_code_below_a_line_stays_with_it_where_the_next_page_begins_with_its_own(first: str) -> None:
    """The other party's number stands there as often as a torn line."""
    above, below = rows("SA-1|White|5|10,00", "B-77|||"), rows(first, "SA-3|Box|1|1,00")
    assert mended(above, below, PRICED) == (above, below)


def call_off(sums: str = "500") -> PageText:
    said = (
        ("Mengen (Stück)",),
        ("Liefertermin", "88-4410-01", "88-5120-00"),
        ("25.11.2026", "200", "3.000"),
        ("02.12.2026", "300", "-"),
        ("Summe", sums, "3.000"),
    )
    return page(
        *(word(text, 40.0 + 120 * at, 100.0 + 14 * row) for row, cells in enumerate(said) for at, text in enumerate(cells))
    )


def test_articles_across_a_call_off_are_a_line_for_each_delivery() -> None:
    """A dash delivers nothing, the unit stands in the sentence above."""
    ((_, _, found, _),) = call_offs_across(call_off(), "po.pdf")
    lines = read_grid([found], COMMA).lines
    read = [(line.seller_part_number, line.quantity, line.unit, line.requested_delivery_date) for line in lines]
    assert [tuple(value.value if value else None for value in each) for each in read] == [
        ("88-4410-01", "200", "C62", "2026-11-25"),
        ("88-4410-01", "300", "C62", "2026-12-02"),
        ("88-5120-00", "3000", "C62", "2026-11-25"),
    ]


def test_a_call_off_whose_sums_say_otherwise_is_not_read() -> None:
    """A row was overlooked or a figure stands under another article."""
    assert list(call_offs_across(call_off("700"), "po.pdf")) == []


def beside_conditions(size: float) -> PageText:
    margin = [word("condition", 20.0 + 40 * (at % 4), 60.0 + 12 * (at // 4), 34.0) for at in range(60)]
    form = [word("Bestellung", 300.0, 60.0 + 14 * row) for row in range(70)]
    return page(*(replace(each, size=size) for each in margin), *form)


@pytest.mark.parametrize(("size", "kept"), [(6.0, 70), (9.0, 130)])
def test_conditions_in_small_type_down_the_side_are_no_part_of_the_rows(size: float, kept: int) -> None:
    """What is set like the form itself may belong to it."""
    assert len(without_small_print(beside_conditions(size)).words) == kept


def test_a_column_of_tens_and_hundreds_that_makes_the_amounts_is_what_prices_are_for() -> None:
    """Its head is a mere "X"."""
    reading = read_grid(
        [grid("Codice|Descrizione|Q.tà|Prezzo|X|Importo\nA-10|Vite|1.500|42,00|100|630,00\nA-20|Grasso|48|9,50|1|456,00")], COMMA
    )
    assert [line.price_basis_quantity.value for line in reading.lines if line.price_basis_quantity] == ["100", "1"]
    assert not reading.problems


def test_pieces_in_a_pack_that_make_the_pieces_are_explained() -> None:
    """Packs × pieces in each = pieces."""
    reading = read_grid(
        [
            grid(
                "Ref.|Descripción|Bultos|Ud/B|Uds.|P.Neto|Importe\n118204|Aceituna|80|12|960|1,12|1.075,20\n118377|Pepinillo|60|6|360|1,00|360,00"
            )
        ],
        COMMA,
    )
    assert [line.quantity.value for line in reading.lines if line.quantity] == ["960", "360"]
    assert not reading.problems


def test_a_day_and_its_month_say_nothing_of_decimals() -> None:
    """Else "3.000" beside "Stand 12.11." would be three."""
    assert number_style(["EFZ (Stand 12.11.)", "3.000"], language="de").decimal == ","


def parties(*lines: tuple[str, float]) -> Parties:
    """Lines of text with their sizes under one another at the top left of a page."""
    rows, top = [], 40.0
    for text, size in lines:
        words, left = [], 50.0
        for part in text.split():
            words.append(replace(word(part, left, top), size=size, bottom=top + size))
            left = words[-1].x1 + 3
        rows.append((Phrase.of(words),))
        top += size + 2
    return parties_of([], [Block(None, tuple(rows))], 842.0, "po.pdf", "DE")


def test_a_company_in_the_window_under_anothers_word_is_whom_the_order_is_sent_to() -> None:
    """The word alone is the buyer's, and its address stands elsewhere."""
    read = parties(("HOLZMANN", 26.0), ("Beschläge Ruppert GmbH", 9.0), ("Industriestraße 5", 9.0), ("97424 Schweinfurt", 9.0))
    assert read.buyer is not None
    assert read.buyer.name is not None
    assert read.buyer.city is None
    assert (read.buyer.name.value, read.seller and read.seller.city and read.seller.city.value) == ("HOLZMANN", "Schweinfurt")


def test_an_address_right_under_its_own_letterhead_is_the_buyers() -> None:
    """No other company is named there."""
    read = parties(("HOLZMANN", 26.0), ("Küchen und Möbel", 9.0), ("Industriestraße 5", 9.0), ("97424 Schweinfurt", 9.0))
    assert read.buyer is not None
    assert read.buyer.city is not None
    assert read.buyer.city.value == "Schweinfurt"


def test_a_label_in_two_languages_that_names_one_sum_has_its_amount() -> None:
    """ "Sub-total" beside "net of VAT" says no more."""
    labels = list(
        labels_of(
            [
                Phrase.of([word(text, 50.0 + 60 * at, 100.0, 55.0) for at, text in enumerate(said)])
                for said in [["Subtotaal", "excl.", "btw", "/", "Sous-total", "HTVA"]]
            ]
        )[0]
    )
    amount = Phrase.of([word("1.841,30", 480.0, 100.0)])
    (value,) = labelled_values(labels, [amount], [], "po.pdf")
    assert (value.field, value.value.text) == ("total_net", "1.841,30")


@pytest.mark.parametrize(
    ("line", "street", "city"),
    [
        ("Bodega N° 3, Camino a Sagrada Familia km 6,5, Molina", "Camino a Sagrada Familia km 6,5", "Molina"),
        ("Av. Vitacura 2939, Las Condes, Región Metropolitana", "Av. Vitacura 2939", "Las Condes"),
        ("Lager, Hauptstraße 5, Tor Nord", None, None),
    ],
)
def test_a_town_without_a_postal_code_stands_behind_its_street(line: str, street: str | None, city: str | None) -> None:
    """A gate is no town."""
    party = party_from_block([box(line)])
    assert (party.street and party.street.value, party.city and party.city.value) == (street, city)


@pytest.mark.parametrize(
    ("text", "city", "country"),
    [("83224 Grassau (= Lieferort)", "Grassau", None), ("24062 Costa Volpino (BG)", "Costa Volpino", None)],
)
def test_a_bracket_behind_a_town_is_a_remark_or_its_province(text: str, city: str, country: str | None) -> None:
    """BG is Bergamo here and not Bulgaria."""
    town = town_of(text)
    assert town is not None
    assert (town.city, town.country) == (city, country)


def test_a_discount_in_a_row_of_its_own_is_that_of_the_line_above() -> None:
    """It is a line of goods only where it says something else than the line's share."""
    reading = read_grid(
        [
            grid(
                "Pos|Artikel|Menge|Preis|Betrag\n1|KK-26|200 Stk|7,90|1.580,00\n|abzgl. 10 % Mengenrabatt|||-158,00\n"
                "2|FL-05|10 Stk|2,00|20,00"
            )
        ],
        COMMA,
    )
    lines = [(line.discount_percent, line.line_total) for line in reading.lines]
    assert [tuple(value.value if value else None for value in each) for each in lines] == [("10", "1422.00"), (None, "20.00")]


def test_packs_that_make_the_amounts_are_what_is_ordered() -> None:
    """Nothing else is counted."""
    reading = read_grid(
        [grid("Lp.|Nazwa|Ilość opak.|Cena|Wartość\n1|Ceftriaxon|40|38,50|1.540,00\n2|Midanium|26|20,00|520,00")], COMMA
    )
    read = [(line.quantity, line.unit_price) for line in reading.lines]
    assert [tuple(value.value if value else None for value in each) for each in read] == [("40", "38.50"), ("26", "20.00")]


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ((("Brauhaus Vöckla", 15.0), ("Brauhaus Vöckla GmbH & Co KG", 7.0), ("Gasse 1", 7.0)), "Brauhaus Vöckla GmbH & Co KG"),
        ((("Zimmerei & Holzbau", 11.0), ("Gebr. Loferer OHG", 11.0), ("Weg 9", 8.5)), "Zimmerei & Holzbau Gebr. Loferer OHG"),
    ],
)
def test_a_company_has_its_full_name(lines: tuple[tuple[str, float], ...], name: str) -> None:
    """A short form stands over it, or its large letters fill two lines."""
    read = parties(*lines, ("4840 Vöcklabruck", 7.0))
    assert read.buyer is not None
    assert read.buyer.name is not None
    assert read.buyer.name.value == name
