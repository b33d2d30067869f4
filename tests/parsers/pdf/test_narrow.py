"""Narrow cells, sizes across and titles in columns: what a page parts is put together, what is beside is kept apart."""

from __future__ import annotations

from reportlab.lib.pagesizes import A4

from models.contracts.extraction_v1 import Intent
from parsers.intent import intent_of_document
from parsers.values.towns import town_of
from tests.parsers.pdf.pdf_documents import Sheet, row, ruled_grid
from tests.parsers.pdf.test_pdf import head, order_of, read, values


def _head(sheet: Sheet) -> None:
    sheet.at(40, 50, "Velden Logistik AG", 14, bold=True)
    sheet.block(40, 66, ["An der Schleuse 5", "28195 Bremen"])
    for x, title in ((40, "Lieferant"), (210, "Lieferadresse"), (390, "Bestellung")):
        sheet.at(x, 110, title, bold=True)
    sheet.block(40, 122, ["Dunmore Werkzeugbau GmbH", "Am Anger 34", "90402 Nürnberg"])
    sheet.block(210, 122, ["Velden Logistik AG", "Hafenweg 7", "28195 Bremen"])


def _lines(sheet: Sheet) -> None:
    xs = [40, 80, 170, 340, 400, 450, 520]
    row(sheet, 232, list(zip(xs, ["Pos", "Ihre Art.-Nr.", "Bezeichnung", "Menge", "ME", "Preis", "Betrag"], strict=True)))
    row(sheet, 246, list(zip(xs, ["10", "BC-415", "Kaffee 5 kg", "20", "Stk", "45,14", "902,80"], strict=True)))


def wrapped_labels() -> bytes:
    """A narrow box in which labels and values take two lines; one value ends in a word that titles other papers."""
    sheet = Sheet(A4)
    _head(sheet)
    labels = [("Bestell-Nr.:", "4711-26"), ("Datum der", "05.10.2026"), ("Bestellung:", "")]
    for place, (label, value) in enumerate([*labels, ("Zahlung:", "30 Tage nach Erhalt der"), ("", "Rechnung")]):
        sheet.at(390, 124 + 11 * place, label)
        sheet.at(460, 124 + 11 * place, value)
    _lines(sheet)
    return sheet.pdf()


def sizes_across(sizes: list[str]) -> bytes:
    """Two articles in a grid of sizes with the pieces' sums and the amounts; blank cells are not wanted."""
    sheet = Sheet(A4)
    _head(sheet)
    sheet.at(390, 124, "Bestell-Nr.: 4712-26")
    xs = [40, 120, 260, 300, 340, 380, 430, 490, 560]
    ruled_grid(sheet, xs, [220, 238, 256, 274])
    rows = [
        ["Ihre Art.-Nr.", "Bezeichnung", *sizes, "Summe", "Preis", "Betrag"],
        ["KX-583", "Arbeitshose", "6", "", "12", "18", "20,00", "360,00"],
        ["KX-498", "Arbeitsjacke", "", "24", "5", "29", "10,00", "290,00"],
    ]
    for place, cells in enumerate(rows):
        row(sheet, 233 + 18 * place, [(x + 3, text) for x, text in zip(xs, cells, strict=False)])
    sheet.at(430, 300, "Gesamtsumme: 650,00")
    return sheet.pdf()


def test_a_label_in_two_lines_names_what_both_say() -> None:
    """ "Datum der" over "Bestellung:" is the order's date and no number."""
    found = head(order_of(wrapped_labels()))
    assert (found["po_number"], found["order_date"]) == ("4711-26", "2026-10-05")


def test_terms_in_two_lines_are_read_to_their_end() -> None:
    """The second line of a value is part of it."""
    assert head(order_of(wrapped_labels()))["payment_terms"] == "30 Tage nach Erhalt der Rechnung"


def test_a_word_of_another_paper_below_the_title_does_not_make_it_one() -> None:
    """ "Bestellung" beside two addresses' labels is the title; a lone "Rechnung" further down is none."""
    assert read(wrapped_labels()).intent is Intent.ORDER


def test_every_filled_size_is_a_line() -> None:
    """Numbers as sizes are heads and no values; sums of pieces and amounts are no lines."""
    lines = [values(line) for line in order_of(sizes_across(["40", "42", "44"])).lines]
    assert [(line["seller_part_number"], line["description"], line["quantity"], line["unit_price"]) for line in lines] == [
        ("KX-583", "Arbeitshose 40", "6", "20.00"),
        ("KX-583", "Arbeitshose 44", "12", "20.00"),
        ("KX-498", "Arbeitsjacke 42", "24", "10.00"),
        ("KX-498", "Arbeitsjacke 44", "5", "10.00"),
    ]


def test_the_sums_beside_sizes_leave_nothing_to_ask() -> None:
    """Pieces and amounts that the sizes' quantities bear out are understood, and so is a lone total over them."""
    reading = read(sizes_across(["S", "M", "L"]))
    assert [*reading.problems, *reading.orders[0].problems] == []
    assert head(reading.orders[0].order)["total_net"] == "650.00"


def test_an_irish_code_ends_an_address() -> None:
    """A routing key and a unique identifier, with or without the blank between them."""
    town = town_of("Dublin D02 X285")
    assert town is not None
    assert (town.city, town.postal_code, town.country) == ("Dublin", "D02 X285", "IE")


def test_a_title_beside_a_large_letterhead_says_what_the_paper_is() -> None:
    """ "Auftragsbestätigung" next to a company in letters as large is a title of its own, and no order."""
    sheet = Sheet(A4)
    sheet.at(40, 50, "Dunmore Werkzeugbau GmbH", 14, bold=True)
    sheet.at(380, 50, "Auftragsbestätigung", 14, bold=True)
    sheet.block(380, 66, ["Ihre Bestellnummer: 4711-26", "Datum: 05.10.2026"])
    sheet.at(40, 110, "Besteller", bold=True)
    sheet.block(40, 122, ["Velden Logistik AG", "Hafenweg 7", "28195 Bremen"])
    _lines(sheet)
    assert read(sheet.pdf()).intent is Intent.OTHER


def test_a_number_beside_a_party_s_label_takes_no_values_of_others_for_its_address() -> None:
    """ "Kreditor: 12562" is a number; the values below belong to labels of their own."""
    sheet = Sheet(A4)
    _head(sheet)
    pairs = [("Bestell-Nr.:", "4711-26"), ("Kreditor:", "12562"), ("Einkäufer:", "Ilse Brandt"), ("Zahlung:", "30 Tage netto")]
    for place, (label, value) in enumerate(pairs):
        sheet.at(390, 124 + 11 * place, label)
        sheet.at(470, 124 + 11 * place, value)
    _lines(sheet)
    assert head(order_of(sheet.pdf()))["payment_terms"] == "30 Tage netto"


def test_a_label_below_every_line_says_no_more_than_once_what_a_paper_is() -> None:
    """Ten lines of a contract do not make a release a contract."""
    text = "\n".join(["Ordine", *["N. contratto 4657412820 / 10"] * 10])
    assert intent_of_document(text) is Intent.ORDER


def test_heads_that_touch_are_two_columns() -> None:
    """A head set flush right runs into the next: "Preis" and "Gesamtpreis" with no blank between them."""
    sheet = Sheet(A4)
    _head(sheet)
    sheet.at(390, 124, "Bestell-Nr.: 4713-26")
    for x, text in zip(
        [40, 80, 170, 340, 400, 440], ["Pos", "Ihre Art.-Nr.", "Bezeichnung", "Menge", "ME", "Einzelpreis"], strict=True
    ):
        sheet.at(x, 232, text)
    sheet.at(440 + sheet.canvas.stringWidth("Einzelpreis", "Helvetica", 9) + 0.5, 232, "Gesamtpreis")
    row(
        sheet,
        246,
        [(40, "10"), (80, "BC-415"), (170, "Kaffee"), (365, "20"), (400, "Stk"), (484, "45,14"), (540, "902,80")],
        "lllrlrr",
    )
    (line,) = order_of(sheet.pdf()).lines
    assert (values(line)["unit_price"], values(line)["line_total"]) == ("45.14", "902.80")


def test_a_spanish_province_stands_behind_its_town() -> None:
    """ "Halle (Saale)" is a town's whole name, "Utebo (Zaragoza)" a town and its province."""
    towns = [town_of("50190 Utebo (Zaragoza)", "ES"), town_of("06108 Halle (Saale)", "DE")]
    assert [(town.city, town.region) for town in towns if town] == [("Utebo", "Zaragoza"), ("Halle (Saale)", None)]
