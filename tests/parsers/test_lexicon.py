"""The trade's vocabulary."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.lexicon import (
    column_of_header,
    field_of_label,
    meaning_of_label,
    price_basis_of_header,
    split_label,
    terms,
    words_file,
)


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("PO No.:", "po_number"),
        ("P.O. #", "po_number"),
        ("Bestell-Nummer", "po_number"),
        ("BESTELLNR.", "po_number"),
        ("N° de commande", "po_number"),
        ("Pedido de Compra", "po_number"),
        ("Zamówienie nr", "po_number"),
        ("Inkooporder", "po_number"),
        ("Ordine n.", "po_number"),
        ("Gewünschter Liefertermin", "requested_delivery_date"),
        ("Gewuenschter Liefertermin", "requested_delivery_date"),
        ("SHIP-TO ADDRESS", "ship_to"),
        ("Spett.le", "seller"),
        ("Vendor No.", "vendor_number"),
        ("Page", "page"),
        ("Printed on", "print_date"),
        ("Promised Date", "promised_date"),
        ("Übertrag", "carried_over"),
        ("Delivry Adress", "ship_to"),
        ("Bracket, steel", None),
        ("", None),
        ("x" * 200, None),
    ],
)
def test_labels_name_fields_in_seven_languages(label: str, field: str | None) -> None:
    """Case, accents, punctuation, "number" words and slips of the pen do not matter."""
    assert field_of_label(label) == field


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("Qty", "quantity"),
        ("Units", "quantity"),
        ("Unit", "unit"),
        ("U/M", "unit"),
        ("J.m.", "unit"),
        ("Menge / Quantity", "quantity"),
        ("Unit Price (USD)", "unit_price"),
        ("PU HT les 100", "unit_price"),
        ("Ext. Price", "line_total"),
        ("%Desc", "discount_percent"),
        ("Your Part No.", "seller_part_number"),
        ("Unsere Artikelnr.", "buyer_part_number"),
        ("EAN", "gtin"),
        ("B/O", "ignore.backordered"),
        ("VAT %", "ignore.tax"),
        ("Gross Weight", "ignore.weight"),
        ("Order Date", "head.order_date"),
        ("Lorem ipsum", None),
    ],
)
def test_heads_name_the_roles_of_columns(head: str, role: str | None) -> None:
    """Bilingual heads, currencies and price bases in heads do not hide the role."""
    assert column_of_header(head) == role


@pytest.mark.parametrize(
    ("head", "basis"),
    [
        ("Preis/100", 100),
        ("EP je 1.000 Stk", 1000),
        ("PU HT les 100", 100),
        ("Price/M", 1000),
        ("Unit Price", None),
        ("U/M", None),
    ],
)
def test_a_head_may_state_the_price_basis(head: str, basis: int | None) -> None:
    """Per 100, per 1,000; "U/M" is a unit, not a thousand."""
    assert price_basis_of_header(head) == (Decimal(basis) if basis else None)


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("PO No.: 4711", ("po_number", "4711")),
        ("PO Number 4711", ("po_number", "4711")),
        ("Delivery: as usual", ("requested_delivery_date", "as usual")),
        ("Vendor Material No: B-9", None),
        ("Please deliver the goods soon", None),
        ("4711", None),
    ],
)
def test_a_label_is_split_from_its_value(text: str, split: tuple[str, str] | None) -> None:
    """With a colon always, without one only before a value with a digit."""
    assert split_label(text) == split


def test_a_label_that_could_be_anything_is_weak() -> None:
    """ "Number" alone is believed less than "PO Number"."""
    weak, strong = meaning_of_label("Number"), meaning_of_label("PO Number")
    assert weak is not None
    assert strong is not None
    assert weak.strength < strong.strength


@pytest.mark.parametrize("name", ["fields.yaml", "columns.yaml"])
def test_every_listed_word_is_found(name: str) -> None:
    """No word of the files is lost, whatever else it is listed under."""
    reader = field_of_label if name == "fields.yaml" else column_of_header
    lost = [
        term
        for languages in words_file(name).values()
        for listed in languages.values()
        for term in terms(listed)
        if reader(term) is None
    ]
    assert lost == []


@given(st.text(max_size=200))
def test_no_text_breaks_the_lexicon(text: str) -> None:
    """Any text is a label or none."""
    field_of_label(text)
    column_of_header(text)
    split = split_label(text)
    assert split is None or split[1]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("Data / Date: 16/11/2026", "order_date", "16/11/2026"),
        ("ORDINE DI ACQUISTO / PURCHASE ORDER n. OA/2026/1432", "po_number", "OA/2026/1432"),
        ("ZAMÓWIENIE / PURCHASE ORDER nr ZAM/2026/11/0563", "po_number", "ZAM/2026/11/0563"),
        ("Totale imponibile / Total net EUR 1.234,50", "total_net", "1.234,50"),
        ("Gesamtnettowert ohne USt EUR 3.347,40", "total_net", "3.347,40"),
        ("Summe netto 123,00 EUR", "total_net", "123,00 EUR"),
        ("N° BC26-2291", "po_number", "BC26-2291"),
        ("vom 19.11.2026", "order_date", "19.11.2026"),
        ("du 18/11/2026", "order_date", "18/11/2026"),
        ("Kiel, den 18.11.2026", "order_date", "18.11.2026"),
        ("Lyon, le 18 novembre 2026", "order_date", "18 novembre 2026"),
    ],
)
def test_labels_in_two_languages_and_hardly_any_label_are_split(text: str, field: str, value: str) -> None:
    """The number keeps its letters, and a letter's town is no part of its day."""
    assert split_label(text) == (field, value)


@pytest.mark.parametrize("text", ["No. 5", "Nr. 12", "Freitag, 20.11.2026", "Haller Au 15, 6020 Innsbruck", "N° 12"])
def test_small_numbers_weekdays_and_addresses_are_no_labels(text: str) -> None:
    """A house number is not an order's, a weekday is not a town."""
    assert split_label(text) is None


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Totale ordine (IVA esclusa)", "total_net"), ("Total excl. VAT", "total_net"), ("Gesamtwert ohne USt EUR", "total_net"),
        ("Total incl. VAT", "total_gross"), ("Suma z VAT", "total_gross"), ("zzgl. MwSt", "total_tax"), ("Total EUR", "total"),
    ],
)  # fmt: skip
def test_a_total_says_how_it_stands_to_the_tax(text: str, field: str) -> None:
    """With it, without it, or nothing at all."""
    assert field_of_label(text) == field


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Lp. No.", "line_number"), ("Nazwa Description", "description"), ("za per", "price_basis_quantity"),
        ("J.m. Unit", "unit"), ("Cena EUR Price EUR", "unit_price"), ("Foo Bar", None),
    ],
)  # fmt: skip
def test_heads_in_two_languages_need_no_mark_between_them(text: str, role: str | None) -> None:
    """Both halves must mean the same."""
    assert column_of_header(text) == role


@pytest.mark.parametrize("head", ["Vendor Cat #", "Supplier's Item", "Vendor Model"])
def test_words_behind_a_number_sign_are_words_too(head: str) -> None:
    """In a list of words "#" begins no comment."""
    assert column_of_header(head) == "seller_part_number"
