"""Boxes round the words that spell a value, and round no neighbour."""

from __future__ import annotations

import pytest

from models.contracts.extraction_v1 import OrderLineV1, PartyV1, PurchaseOrderV1, StatedValue
from models.domain.document import Word
from models.domain.evidence import Evidence
from parsers.layout.pointing import pointed
from parsers.page_text import PageText


def words(text: str) -> tuple[Word, ...]:
    return tuple(
        Word(text=word, x0=100.0 * place, top=10.0, x1=100.0 * place + 90, bottom=20.0, page=1, size=10.0)
        for place, word in enumerate(text.split())
    )


def spelled(field: str, value: str, text: str) -> str:
    """The text of the box of a value that was read from all of `text`."""
    page = PageText(number=1, width=2000, height=100, words=words(text))
    box = Evidence(part="order.pdf", page=1, bbox=(0, 10, 2000, 20), text=text)
    stated = StatedValue(value=value, evidence=(box,))
    if field in OrderLineV1.model_fields and field not in PurchaseOrderV1.model_fields:
        order = pointed(PurchaseOrderV1(lines=(OrderLineV1(**{field: stated}),)), [page])
        found = getattr(order.lines[0], field)
    else:
        found = getattr(pointed(PurchaseOrderV1(**{field: stated}), [page]), field)
    return str(found.evidence[0].text)


@pytest.mark.parametrize(
    ("field", "value", "text", "box"),
    [
        ("po_number", "4501127390", "4501127390 / 10/21/2026", "4501127390"),
        ("order_date", "2026-10-21", "4501127390 / 10/21/2026", "10/21/2026"),
        ("order_date", "2026-11-10", "Tuesday 10 Nov 2026 Sent by: Cascade", "10 Nov 2026"),
        ("order_date", "2026-11-13", "CFR2611-0442 du 13/11/26", "13/11/26"),
        ("quantity", "12", "12 (EA)", "12"),
        ("unit_price", "2.15", "2,15 / 100", "2,15"),
    ],
)
def test_a_box_covers_only_the_words_that_spell_its_value(field: str, value: str, text: str, box: str) -> None:
    """The neighbours in the same cell or row stay outside."""
    assert spelled(field, value, text) == box


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [("quantity", "12", "12 12"), ("order_date", "2026-11-10", "next week"), ("unit", "C62", "12 of them")],
)
def test_a_box_stays_where_no_single_run_of_words_spells_its_value(field: str, value: str, text: str) -> None:
    """Said twice, in other words, or by a word that stands for it."""
    assert spelled(field, value, text) == text


@pytest.mark.parametrize(
    ("field", "value", "text", "box"),
    [
        ("unit", "SET", "2 sets", "sets"),
        ("unit", "BX", "doos à 10 stuks", "doos"),
        ("currency", "EUR", "€ 826,80", "€"),
        ("currency", "EUR", "EUR 25,933.00", "EUR"),
        ("gtin", "04006381333931", "EAN: 4006381333931", "4006381333931"),
    ],
)
def test_a_box_covers_only_the_word_that_stands_for_its_value(field: str, value: str, text: str, box: str) -> None:
    """Units, currencies and codes share their cells with numbers and labels."""
    assert spelled(field, value, text) == box


def page_of(*rows: str) -> PageText:
    """A page with a row of words every 20 points."""
    placed = (
        Word(text=word, x0=100.0 * at, top=20.0 * row, x1=100.0 * at + 90, bottom=20.0 * row + 10, page=1, size=10.0)
        for row, text in enumerate(rows)
        for at, word in enumerate(text.split())
    )
    return PageText(number=1, width=2000, height=20 * len(rows), words=tuple(placed))


def over(page: PageText, text: str, x0: float = 0) -> Evidence:
    """A place that covers the page from `x0` on."""
    return Evidence(part="order.pdf", page=1, bbox=(x0, 0, page.width, page.height), text=text)


def test_a_box_over_several_rows_is_drawn_round_the_row_that_spells_the_value() -> None:
    """A cell holds the barcode above the supplier's number."""
    page = page_of("GTIN: 3607765426686", "SE_ID: 542668")
    stated = StatedValue(value="542668", evidence=(over(page, "GTIN: 3607765426686 SE_ID: 542668"),))
    order = pointed(PurchaseOrderV1(lines=(OrderLineV1(seller_part_number=stated),)), [page])
    found = order.lines[0].seller_part_number
    assert found is not None
    assert (found.evidence[0].text, found.evidence[0].bbox) == ("542668", (100.0, 20.0, 190.0, 30.0))


def test_a_box_stays_where_two_rows_spell_its_value() -> None:
    """Which of them was meant cannot be told."""
    page = page_of("12 boxes", "12 bags")
    stated = StatedValue(value="12", evidence=(over(page, "12 boxes 12 bags"),))
    order = pointed(PurchaseOrderV1(lines=(OrderLineV1(quantity=stated),)), [page])
    assert order.lines[0].quantity == stated


def test_a_currency_that_only_the_label_of_an_amount_names_is_shown_there() -> None:
    """ "Total CAD | 11,047.33": the figures say nothing of a currency."""
    page = page_of("Total CAD 11,047.33")
    stated = StatedValue(value="CAD", evidence=(over(page, "11,047.33", x0=195),))
    found = pointed(PurchaseOrderV1(currency=stated), [page]).currency
    assert found is not None
    assert found.evidence[0].text == "CAD"


def party_of(page: PageText, text: str, **values: str) -> PartyV1:
    whole = over(page, text)
    stated = {name: StatedValue(value=value, evidence=(whole,)) for name, value in values.items()}
    buyer = pointed(PurchaseOrderV1(buyer=PartyV1(**stated)), [page]).buyer
    assert buyer is not None
    return buyer


def test_a_country_is_shown_where_it_is_named() -> None:
    """Not over the whole row of address and telephone."""
    text = "Chuo-ku, Tokyo 103-0023, Japan TEL 03-5550-7711"
    buyer = party_of(page_of(text), text, city="Tokyo", postal_code="103-0023", country="JP")
    assert buyer.country is not None
    assert buyer.country.evidence[0].text == "Japan"


def test_a_country_that_no_word_names_is_shown_at_its_town() -> None:
    """Street and telephone in the same row do not tell the country."""
    text = "18 Wharf Street, Portland, ME 04101 (207) 555-0172"
    buyer = party_of(page_of(text), text, city="Portland", region="ME", postal_code="04101", country="US")
    assert buyer.country is not None
    assert buyer.country.evidence[0].text == "Portland, ME 04101"
