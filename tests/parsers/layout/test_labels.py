"""Labels and values in every arrangement, and what must not be taken for a value."""

from __future__ import annotations

import pytest

from models.domain.document import Word
from parsers.layout.label_words import split_at_labels
from parsers.layout.labels import labelled_values, labels_of
from parsers.page_text import PageText, Phrase, Rule


def words(*phrases: tuple[float, float, str], size: float = 9) -> list[Word]:
    """Words at (x, y, text), five points a letter and four a blank."""
    found: list[Word] = []
    for left, y, text in phrases:
        x = left
        for piece in text.split():
            found.append(Word(text=piece, page=1, x0=x, top=y, x1=x + 5 * len(piece), bottom=y + size, size=size))
            x += 5 * len(piece) + 4
    return found


def values(*phrases: tuple[float, float, str], rules: tuple[Rule, ...] = ()) -> dict[str, str]:
    page = PageText(1, 600, 800, tuple(words(*phrases)), rules)
    labels, others = labels_of(page.phrases)
    return {value.field: value.value.text for value in labelled_values(labels, others, page.rules, "po.pdf")}


def test_a_value_stands_right_of_its_label() -> None:
    """A gap as wide as a column lies between."""
    assert values((10, 10, "PO Number:"), (120, 10, "X-0001")) == {"po_number": "X-0001"}


def test_a_value_stands_in_its_labels_phrase() -> None:
    """Two labels in one phrase are two."""
    assert values((10, 10, "PO No.: 4711 Order Date: 3/4/26")) == {"po_number": "4711", "order_date": "3/4/26"}


def test_a_value_stands_below_its_label() -> None:
    """A column of its own, nothing beside."""
    assert values((10, 10, "PO Number"), (10, 22, "77120")) == {"po_number": "77120"}


def test_an_empty_cell_of_a_band_takes_nothing_from_its_neighbour() -> None:
    """Values stand under their own labels only."""
    band = ((10, 10, "ORDER DATE"), (110, 10, "SHIP VIA"), (210, 10, "DELIVERY DATE"), (330, 10, "TERMS"))
    assert values(*band, (10, 22, "3/04/26"), (330, 22, "NET 40")) == {"order_date": "3/04/26", "payment_terms": "NET 40"}


def test_two_fields_in_one_label_share_what_stands_below() -> None:
    """The slash parts the label and the value alike."""
    found = values((10, 10, "PO number/date"), (10, 22, "70000001 / 04/03/2026"))
    assert found == {"po_number": "70000001", "order_date": "04/03/2026"}


def test_baselines_may_differ_by_four_points() -> None:
    """Forms are filled by another machine than drew them."""
    assert values((10, 10, "PO Number"), (120, 14, "X-0001")) == {"po_number": "X-0001"}


@pytest.mark.parametrize("text", ["PO Box 88", "Net 30", "Plant 2", "Werk 2, Tor 5"])
def test_addresses_and_terms_are_no_labels(text: str) -> None:
    """Words that a label may begin with are none without a colon and a number behind them."""
    assert values((10, 10, text)) == {}


def test_a_value_that_is_also_a_label_word_is_a_value_in_a_band() -> None:
    """DESTINATION under F.O.B. names no ship-to."""
    band = ((10, 10, "TERMS"), (110, 10, "F.O.B."), (230, 10, "DELIVERY DATE"))
    filled = ((10, 22, "NET 30"), (110, 22, "DESTINATION"), (230, 22, "04/02/26"))
    assert values(*band, *filled)["requested_delivery_date"] == "04/02/26"


def test_a_total_is_the_money_and_not_the_pieces_before_it() -> None:
    """The last amount of the row counts."""
    assert values((10, 10, "Total"), (120, 10, "400"), (220, 10, "2,900.00")) == {"total": "2,900.00"}


def test_a_tax_rate_belongs_to_the_label() -> None:
    """What is wanted is the amount."""
    assert values((10, 10, "MwSt 19 %"), (120, 10, "106,40")) == {"total_tax": "106,40"}


def test_a_drawn_line_closes_the_cell() -> None:
    """What stands beyond it is another cell's."""
    walls = tuple(Rule(x, 8, x, 36) for x in (5, 100, 200))
    found = values((10, 10, "PO Number"), (104, 22, "9999"), rules=walls)
    assert found == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ORDINE DI ACQUISTO / PURCHASE ORDER n. OA/2026/14", {"po_number": "OA/2026/14"}),
        ("DATA / DATE 18/11/2026", {"order_date": "18/11/2026"}),
        ("Order #FM-2026-771", {"po_number": "#FM-2026-771"}),
    ],
)
def test_a_label_in_two_languages_ends_before_its_number(text: str, expected: dict[str, str]) -> None:
    """However long the label, the value begins with the first word that holds a figure."""
    assert values((10, 10, text)) == expected


def test_a_number_sign_under_the_title_belongs_to_it() -> None:
    """ "No. 4711" right under "Purchase order" is the order's number."""
    assert values((10, 10, "Purchase order"), (10, 22, "No. PO-8841")) == {"po_number": "No. PO-8841"}


def test_a_label_with_a_slash_keeps_the_slashes_of_its_value() -> None:
    """Only two different fields in one label part the value."""
    assert values((10, 10, "ZAMÓWIENIE / PURCHASE ORDER"), (10, 22, "ZAM/26/0563")) == {"po_number": "ZAM/26/0563"}


def pieces(text: str) -> list[str]:
    words = (Word(piece, 1, 40 + 50 * at, 100, 80 + 50 * at, 109) for at, piece in enumerate(text.split()))
    return [piece.text for piece in split_at_labels(Phrase.of(words))]


def test_totals_one_after_the_other_are_parted() -> None:
    """Each has its label, its amount, and no rate."""
    said = "Total HT 120,00 / TVA 20 % 24,00 / TTC 144,00 EUR"
    assert pieces(said) == ["Total HT 120,00", "TVA 24,00", "TTC 144,00 EUR"]


@pytest.mark.parametrize("said", ["Total HT 1 200,00 TVA 240,00", "Bolt 12,00 Total 30,00", "Net 30 Total 144,00"])
def test_what_may_be_no_row_of_totals_is_not_parted(said: str) -> None:
    """Thousands set apart by a blank, goods, and terms of payment."""
    assert pieces(said) == [said]
