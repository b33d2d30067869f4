"""Sample PDFs of small senders, and the ones that are something else: a form, a web shop's page, a note, an invoice, a torso."""

from __future__ import annotations

from decimal import Decimal

from demo.page_art import GREY, LETTER, PALE, Column, HexColor, Page, TableLook, white
from demo.sample_orders import Sample
from demo.wording import day, number, price, unit
from models.domain.values import round_half_up

_OURS = ["Brückner & Hale Trade Supply GmbH", "Am Alten Speicher 14", "42117 Wuppertal"]


def ziegler_pdf(sample: Sample) -> bytes:
    """A joiner's own order form."""
    page = Page("LibSerif", title="Bestellformular")
    page.text(57, 64, "Fensterbau Ziegler KG", 18, bold=True, ink=HexColor("#5D4037"))
    page.text(57, 80, "Talstraße 23 · 72458 Albstadt · Telefon 07431 555012", 9)
    page.text(57, 130, "BESTELLFORMULAR", 13, bold=True)
    page.text(57, 152, f"Bestellnummer: {sample.po_number}", 10.5, bold=True)
    page.text(300, 152, f"Bestelldatum: {day(sample.date, 'de')}", 10.5)
    page.block(57, 180, ["Lieferant:", *_OURS], 10)
    page.block(300, 180, ["Lieferadresse:", "Fensterbau Ziegler KG", "Talstraße 23", "72458 Albstadt"], 10)
    columns = [
        Column("Pos", 57, 30, "c"),
        Column("Artikelnr.", 87, 90),
        Column("Bezeichnung", 177, 175),
        Column("Menge", 352, 42, "r"),
        Column("Einheit", 394, 42, "c"),
        Column("Preis", 436, 40, "r"),
        Column("je", 476, 26, "r"),
        Column("Betrag", 502, 50, "r"),
    ]
    rows = [
        [
            str(line.number),
            line.sku,
            line.text("de"),
            number(line.quantity, "de"),
            unit(line.unit, "de"),
            price(line.price, "de"),
            str(line.basis),
            number(line.amount, "de", 2),
        ]
        for line in sample.lines
    ]
    y = page.table(250, columns, rows, TableLook(size=9, row=22, head_fill=HexColor("#EFEBE9")))
    page.text(499, y + 22, "Summe netto EUR", 10, bold=True, align="r")
    page.text(549, y + 22, number(sample.total, "de", 2), 10, bold=True, align="r")
    page.text(57, y + 70, "Datum, Unterschrift:   19.11.2026   K.-H. Ziegler", 10)
    return page.finished()


def conflicting_pdf(sample: Sample) -> bytes:
    """A page printed from a purchasing web site, US Letter though Dutch."""
    page = Page("Helvetica", size=LETTER, title="Order")
    page.text(50, 50, "Facilitair Maasstad B.V.", 16, bold=True, ink=HexColor("#00838F"))
    page.text(50, 66, "Boompjeshof 210, 3011 XD Rotterdam, The Netherlands", 9, ink=GREY)
    page.text(50, 104, f"Order #{sample.po_number}", 20)
    page.text(50, 124, f"Created {day(sample.date, 'en')}   ·   Status: approved   ·   Approver: J. Verhagen", 9, ink=GREY)
    page.text(50, 156, "Supplier: Brückner & Hale Trade Supply GmbH", 10)
    page.text(50, 172, "Delivery address: Boompjeshof 210, 3011 XD Rotterdam", 10)
    columns = [
        Column("Item", 50, 80),
        Column("Product", 130, 200),
        Column("Qty", 330, 40, "r"),
        Column("Unit", 370, 52, "c"),
        Column("Price (EUR)", 422, 65, "r"),
        Column("Subtotal (EUR)", 487, 80, "r"),
    ]
    rows = [
        [
            line.sku,
            line.text("en"),
            str(line.quantity),
            unit(line.unit, "en"),
            price(line.price, "en"),
            number(line.amount, "en", 2),
        ]
        for line in sample.lines
    ]
    y = page.table(196, columns, rows, TableLook(rules="head", head_fill=PALE, size=9, row=26))
    page.line(330, y + 6, 567, y + 6)
    page.text(484, y + 24, "Total excl. VAT (EUR)", 10, bold=True, align="r")
    page.text(564, y + 24, number(sample.total, "en", 2), 10, bold=True, align="r")
    page.text(
        306, 760, "https://inkoop.facilitair-maasstad.example/orders/771     20/11/2026, 14:02     1/1", 7, align="c", ink=GREY
    )
    return page.finished()


def colleoni(sample: Sample) -> bytes:
    """A small workshop's spreadsheet, printed: white on dark heads, narrow type, handwritten-looking remarks."""
    page = Page("Narrow", title="ordine")
    page.text(50, 60, "ARREDAMENTI COLLEONI srl", 20, bold=True)
    page.text(50, 76, f"via Moroni 61 - 24122 Bergamo BG - Italy - VAT {sample.buyer['vat_id']}", 9)
    page.box(50, 96, 495, 26, fill=HexColor("#37474F"), pen=0)
    page.text(58, 113, f"ORDINE FORNITORE / ORDER N. {sample.po_number}", 12, bold=True, ink=white)
    page.text(537, 113, f"DATA / DATE {day(sample.date, 'fr')}", 10, align="r", ink=white)
    page.text(50, 142, "FORNITORE / SUPPLIER: Brückner & Hale Trade Supply GmbH, Wuppertal (D)", 10)
    page.text(50, 157, "CONSEGNA / DELIVERY: Arredamenti Colleoni S.r.l., via Moroni 61, 24122 Bergamo", 10)
    columns = [
        Column("Q.TA / QTY", 50, 60, "r"),
        Column("UM", 110, 36, "c"),
        Column("CODICE / CODE", 146, 95),
        Column("DESCRIZIONE / DESCRIPTION", 241, 170),
        Column("PREZZO", 411, 44, "r"),
        Column("PER", 455, 30, "r"),
        Column("TOTALE", 485, 60, "r"),
    ]
    rows = [
        [
            number(line.quantity, "it"),
            unit(line.unit, "it"),
            line.sku,
            line.text("en"),
            price(line.price, "it"),
            str(line.basis),
            number(line.amount, "it", 2),
        ]
        for line in sample.lines
    ]
    look = TableLook(head_fill=HexColor("#37474F"), head_ink=white, size=9, row=20)
    y = page.table(176, columns, rows, look)
    page.text(482, y + 20, "TOTALE NETTO / TOTAL EUR", 10, bold=True, align="r")
    page.text(542, y + 20, number(sample.total, "it", 2), 10, bold=True, align="r")
    page.text(50, y + 60, "Pagamento 30 gg. - porto franco. Grazie, Matteo", 11)
    return page.finished()


def trautwein(sample: Sample) -> bytes:
    """The page that people see of the Order-X hybrid."""
    page = Page("LibSans", title=f"Bestellung {sample.po_number}")
    page.text(540, 58, "TRAUTWEIN", 20, bold=True, align="r", ink=HexColor("#B71C1C"))
    page.text(540, 72, "Maschinenbau GmbH & Co. KG", 9, align="r")
    page.block(57, 120, ["Trautwein · Neckartalstraße 140 · 74080 Heilbronn"], 7, ink=GREY)
    page.block(57, 136, _OURS, 10)
    facts = [
        ("Bestellung", sample.po_number),
        ("Datum", day(sample.date, "de")),
        ("Lieferant", "100442"),
        ("Währung", "EUR"),
        ("Incoterms", "DAP Heilbronn"),
    ]
    for index, (label, value) in enumerate(facts):
        page.text(370, 120 + index * 14, label, 9, ink=GREY)
        page.text(540, 120 + index * 14, value, 9, bold=index == 0, align="r")
    page.line(57, 215, 540, 215, ink=HexColor("#B71C1C"))
    columns = [
        Column("Pos", 57, 30),
        Column("Material / Ihr Artikel", 87, 110),
        Column("Text", 197, 158),
        Column("Menge", 355, 45, "r"),
        Column("Preis / 100", 400, 60, "r"),
        Column("Wert EUR", 460, 80, "r"),
    ]
    rows = [
        [
            str(line.number * 10),
            f"{line.own_number}\n{line.sku}",
            line.text("de"),
            f"{number(line.quantity, 'de')} St",
            price(line.price, "de"),
            number(line.amount, "de", 2),
        ]
        for line in sample.lines
    ]
    y = page.table(228, columns, rows, TableLook(rules="head", size=9, row=24))
    page.text(457, y + 26, "Gesamtwert netto EUR", 10, bold=True, align="r")
    page.text(537, y + 26, number(sample.total, "de", 2), 10, bold=True, align="r")
    page.text(57, y + 60, "Anlieferung: Neckartalstraße 140, 74080 Heilbronn, Tor 2. Zahlung: 30 Tage netto.", 9)
    page.text(
        57, 790, "Diese Bestellung enthält maschinenlesbare Daten (Order-X). Amtsgericht Stuttgart HRA 990105.", 7, ink=GREY
    )
    return page.finished()


def montaigne_torso(sample: Sample) -> bytes:
    """A good order of which only the first half arrived."""
    page = Page("LibSans", title="Commande")
    page.text(57, 64, "ÉLECTRICITÉ MONTAIGNE SAS", 16, bold=True)
    page.text(57, 80, "27 cours de la Marne, 33800 Bordeaux", 9)
    page.text(57, 130, f"BON DE COMMANDE N° {sample.po_number} du {day(sample.date, 'fr')}", 12, bold=True)
    columns = [
        Column("Réf.", 57, 110),
        Column("Désignation", 167, 220),
        Column("Qté", 387, 50, "r"),
        Column("PU HT", 437, 50, "r"),
        Column("Total HT", 487, 60, "r"),
    ]
    rows = [
        [line.sku, line.text("fr"), str(line.quantity), price(line.price, "fr"), number(line.amount, "fr", 2)]
        for line in sample.lines
    ]
    page.table(160, columns, rows, TableLook(row=22))
    whole = page.finished()
    return whole[: len(whole) * 55 // 100]


def invoice(sample: Sample) -> bytes:
    """A supplier's invoice to us: full of numbers, quantities and prices, and no order."""
    page = Page("DejaVu", title="Rechnung")
    page.text(57, 62, "Wellpappe Ennepetal GmbH", 15, bold=True, ink=HexColor("#33691E"))
    page.text(57, 76, "Talsperrenweg 18 · 58256 Ennepetal", 8.5)
    page.block(57, 140, _OURS, 9.5)
    page.text(57, 230, "RECHNUNG", 16, bold=True)
    facts = [
        "Rechnungsnummer: R26-20871",
        f"Rechnungsdatum: {day(sample.date, 'de')}",
        "Ihre Kundennummer: 11803",
        "Lieferschein: L26-44102",
        "Leistungsdatum: 12.11.2026",
    ]
    page.block(340, 150, facts, 9)
    goods = [
        ("80114", "Faltkarton 400 x 300 x 200 mm, 1-wellig", "2.500", "0,52", "1.300,00"),
        ("80229", "Faltkarton 600 x 400 x 400 mm, 2-wellig", "800", "1,79", "1.432,00"),
    ]
    columns = [
        Column("Art.", 57, 60),
        Column("Bezeichnung", 117, 225),
        Column("Menge", 342, 55, "r"),
        Column("Preis", 397, 55, "r"),
        Column("Betrag EUR", 452, 88, "r"),
    ]
    y = page.table(250, columns, [list(row) for row in goods], TableLook(rules="rows", size=8.5, row=20))
    net = Decimal("2732.00")
    tax = round_half_up(net * Decimal("0.19"))
    for index, (label, amount) in enumerate([("Nettobetrag", net), ("19 % USt", tax), ("Rechnungsbetrag", net + tax)]):
        page.text(449, y + 20 + index * 15, label, 9, bold=index == 2, align="r")
        page.text(537, y + 20 + index * 15, number(amount, "de", 2), 9, bold=index == 2, align="r")
    page.block(
        57,
        y + 90,
        [
            "Zahlbar bis 18.12.2026 ohne Abzug auf das Konto",
            "IBAN DE02 5001 0517 5407 3249 31, Verwendungszweck R26-20871.",
            "Die Ware bleibt bis zur vollständigen Bezahlung unser Eigentum.",
        ],
        9,
    )
    page.text(57, 800, "USt-IdNr. DE271828182 · Amtsgericht Hagen HRB 99030 · Geschäftsführer: Dirk Hesterberg", 7, ink=GREY)
    return page.finished()
