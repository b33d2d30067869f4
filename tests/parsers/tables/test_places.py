"""Where the values of lines and totals stand: every place that they were read from, and none besides."""

from __future__ import annotations

from models.contracts.extraction_v1 import StatedValue
from parsers.tables.reader import GridReading, read_grid
from parsers.values.numbers import NumberStyle
from tests.parsers.tables.grids import grid

DE = NumberStyle(",", "dmy")


def texts(value: StatedValue | None) -> list[str]:
    assert value is not None
    return [place.text for place in value.evidence]


def read(text: str) -> GridReading:
    return read_grid([grid(text)], DE)


def test_an_amount_that_a_discount_below_lowers_stands_in_both_rows() -> None:
    """Neither of them says it alone."""
    (line,) = read("Pos|Artikel|Menge|Preis|Betrag\n1|KK-26|200 Stk|7,90|1.580,00\n|abzgl. 10 % Mengenrabatt|||-158,00").lines
    assert line.line_total is not None
    assert (line.line_total.value, texts(line.line_total)) == ("1422.00", ["1.580,00", "-158,00"])


def test_a_unit_in_the_head_stands_there() -> None:
    """The cell below says a number."""
    (line,) = read("Artikel|Bezeichnung|Menge (kg)|Preis|Betrag\nA-1|Draht|20|7,90|158,00").lines
    assert texts(line.unit) == ["Menge (kg)"]


def test_what_the_head_says_prices_are_for_stands_there() -> None:
    """A hundred of them."""
    (line,) = read("Artikel|Bezeichnung|Menge|Preis/100|Betrag\nA-1|Schraube|200|7,90|15,80").lines
    assert line.price_basis_quantity is not None
    assert (line.price_basis_quantity.value, texts(line.price_basis_quantity)) == ("100", ["Preis/100"])


def test_a_currency_in_the_head_stands_there() -> None:
    """Whatever rows the head takes."""
    reading = read("Artikel|Bezeichnung|Menge|Preis|Betrag\n||||in CHF\nA-1|Schraube|200|7,90|1.580,00")
    assert texts(reading.currency)[-1] == "in CHF"


def test_a_currency_in_a_totals_label_stands_there() -> None:
    """Where its amount names none."""
    reading = read("Artikel|Bezeichnung|Menge|Preis|Betrag\nA-1|Schraube|200|7,90|1.580,00\nSumme netto CHF||||1.580,00")
    assert texts(reading.currency) == ["Summe netto CHF"]


def test_a_size_stands_over_its_quantity() -> None:
    """In the head, beside the article's name."""
    first, second = read("Artikel|Bezeichnung|S|M|Preis\nA-1|Hemd|4|6|10,00").lines
    assert [texts(line.description) for line in (first, second)] == [["Hemd", "S"], ["Hemd", "M"]]


def test_a_number_that_breaks_at_its_hyphen_stands_in_both_rows() -> None:
    """Joined as one."""
    (line,) = read("Artikel|Bezeichnung|Menge|Preis|Betrag\nAB-100-|Draht|20|7,90|158,00\n25||||").lines
    assert line.seller_part_number is not None
    assert (line.seller_part_number.value, texts(line.seller_part_number)) == ("AB-100-25", ["AB-100-", "25"])
