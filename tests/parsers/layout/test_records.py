"""Order lines printed as blocks of labelled values instead of rows."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfbase.pdfmetrics import stringWidth

from models.contracts.extraction_v1 import PurchaseOrderV1
from tests.parsers.pdf.pdf_documents import Sheet
from tests.parsers.pdf.test_pdf import order_of

_LABELS = ("Pos.", "Artikelnummer", "Bezeichnung", "Menge", "Einzelpreis", "Gesamtpreis")


def headed() -> Sheet:
    sheet = Sheet()
    sheet.at(40, 50, "Bestellung", 15)
    sheet.at(40, 80, "Bestellnummer:")
    sheet.at(160, 80, "B-4711")
    sheet.at(40, 94, "Liefertermin:")
    sheet.at(160, 94, "12.12.2026")
    return sheet


def cards(sheet: Sheet, records: Sequence[Sequence[str]], top: float = 140) -> Sheet:
    """Three pairs of label and value to a row, two rows to a card."""
    for number, record in enumerate(records):
        for place, (label, value) in enumerate(zip(_LABELS, record, strict=True)):
            x, y = 40 + 180 * (place % 3), top + 44 * number + 14 * (place // 3)
            sheet.at(x, y, label)
            sheet.at(x + 80, y, value)
    return sheet


def said(order: PurchaseOrderV1) -> list[tuple[str | None, ...]]:
    names = ("line_number", "seller_part_number", "description", "quantity", "unit", "unit_price", "line_total")
    return [tuple(value.value if (value := getattr(line, name)) else None for name in names) for line in order.lines]


def test_cards_are_lines() -> None:
    """A block of labelled values for each article is read like a row."""
    records = [
        ("1", "HX-8-40", "Sechskantschraube", "400 Stk", "0,25", "100,00"),
        ("2", "WS-8", "Scheibe", "200 Stk", "0,10", "20,00"),
        ("3", "NT-8", "Mutter", "50 Stk", "0,30", "15,00"),
    ]
    sheet = cards(headed(), records)
    sheet.at(340, 300, "Gesamt netto")
    sheet.right(460, 300, "135,00")
    order = order_of(sheet.pdf())
    assert said(order) == [
        ("1", "HX-8-40", "Sechskantschraube", "400", "C62", "0.25", "100.00"),
        ("2", "WS-8", "Scheibe", "200", "C62", "0.10", "20.00"),
        ("3", "NT-8", "Mutter", "50", "C62", "0.30", "15.00"),
    ]
    assert order.total_net is not None
    assert order.total_net.value == "135.00"


def test_a_card_without_one_of_its_values_leaves_the_next_alone() -> None:
    """What a card does not state is not taken from its neighbours."""
    sheet = cards(headed(), [("1", "HX-8", "Schraube", "4 Stk", "0,25", "1,00"), ("2", "WS-8", "Scheibe", "2 Stk", "", "")])
    first, second = said(order_of(sheet.pdf()))
    assert first[-2:] == ("0.25", "1.00")
    assert second == ("2", "WS-8", "Scheibe", "2", "C62", None, None)


def test_labels_with_their_values_in_one_phrase_and_texts_of_two_rows() -> None:
    """ "Menge: 4 Stk" is a pair as well; a long text goes on below."""
    sheet = headed()
    for number, (part, quantity) in enumerate([("HX-8", "4"), ("WS-8", "12")]):
        top = 140 + 80 * number
        sheet.at(40, top, f"Artikelnummer: {part}")
        sheet.at(40, top + 14, "Bezeichnung: Schraube mit")
        sheet.at(40 + stringWidth("Bezeichnung: ", "Helvetica", 9), top + 24, "Innensechskant")
        sheet.at(40, top + 40, f"Menge: {quantity} Stk")
        sheet.at(40, top + 54, "Einzelpreis: 0,25")
    assert [line[1:4] for line in said(order_of(sheet.pdf()))] == [
        ("HX-8", "Schraube mit Innensechskant", "4"),
        ("WS-8", "Schraube mit Innensechskant", "12"),
    ]


def test_the_only_line_of_a_paper_may_be_a_card() -> None:
    """One block with goods, a quantity and a price is a line."""
    sheet = cards(headed(), [("1", "HX-8", "Schraube", "4 Stk", "0,25", "1,00")])
    assert said(order_of(sheet.pdf())) == [("1", "HX-8", "Schraube", "4", "C62", "0.25", "1.00")]
