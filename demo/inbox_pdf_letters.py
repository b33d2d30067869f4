"""Sample PDFs in the manner of letters: a ruled German one, a borderless Italian one, an Austrian ERP form, a short note."""

from __future__ import annotations

from decimal import Decimal

from demo.page_art import GREY, Column, HexColor, Page, TableLook
from demo.sample_orders import Sample
from demo.wording import day, number, price, unit
from models.domain.values import round_half_up

SELLER = ["Brückner & Hale Trade Supply GmbH", "Am Alten Speicher 14", "42117 Wuppertal"]


def kessler(sample: Sample) -> bytes:
    """DIN letter: window address, information block on the right, ruled table, VAT, three columns of small print."""
    page = Page("Helvetica", title=f"Bestellung {sample.po_number}")
    page.disc(60, 55, 18, HexColor("#1F4E79"))
    page.text(60, 60, "K", 16, bold=True, align="c", ink=HexColor("#FFFFFF"))
    page.text(86, 54, "Kessler Metallbau GmbH", 15, bold=True, ink=HexColor("#1F4E79"))
    page.text(86, 68, "Stahl · Treppen · Geländer · Sonderbau", 8.5, ink=GREY)
    page.text(57, 138, "Kessler Metallbau GmbH · Im Gewerbepark 7 · 58511 Lüdenscheid", 6.5, ink=GREY)
    page.block(57, 156, [*SELLER, "DEUTSCHLAND"], 10)
    facts = [
        ("Bestellnummer:", sample.po_number),
        ("Bestelldatum:", day(sample.date, "de")),
        ("Ihre Lieferantennr.:", "70188"),
        ("Unsere Kundennr. bei Ihnen:", sample.buyer["number"]),
        ("Einkäuferin:", "Petra Schulte-Arnold"),
        ("Telefon:", "02351 555-0142"),
        ("USt-IdNr.:", sample.buyer["vat_id"]),
    ]
    for index, (label, value) in enumerate(facts):
        page.text(340, 140 + index * 14, label, 9, ink=GREY)
        page.text(470, 140 + index * 14, value, 9, bold=index == 0)
    page.text(57, 272, f"Bestellung {sample.po_number}", 14, bold=True)
    page.text(57, 292, "Bitte liefern Sie zu unseren Einkaufsbedingungen an die unten genannte Anschrift:", 9)
    columns = [
        Column("Pos.", 57, 30, "c"),
        Column("Artikel", 87, 80),
        Column("Bezeichnung", 167, 180),
        Column("Menge", 347, 40, "r"),
        Column("Einh.", 387, 36, "c"),
        Column("Preis €", 423, 52, "r"),
        Column("Betrag €", 475, 65, "r"),
    ]
    rows = [
        [
            str(line.number * 10),
            line.sku,
            line.text("de"),
            number(line.quantity, "de"),
            unit(line.unit, "de"),
            price(line.price, "de"),
            number(line.amount, "de", 2),
        ]
        for line in sample.lines
    ]
    y = page.table(306, columns, rows, TableLook(size=8.5, head_fill=HexColor("#DCE6F1"), row=19))
    tax = round_half_up(sample.total * Decimal("0.19"))
    sums = [("Nettosumme", sample.total), ("zzgl. 19 % MwSt.", tax), ("Bestellwert brutto", sample.total + tax)]
    for index, (label, amount) in enumerate(sums):
        page.text(423, y + 20 + index * 15, label, 9, bold=index == 2, align="r")
        page.text(537, y + 20 + index * 15, f"{number(amount, 'de', 2)} €", 9, bold=index == 2, align="r")
    _kessler_foot(page, y)
    return page.finished()


def _kessler_foot(page: Page, y: float) -> None:
    page.text(57, y + 90, "Lieferanschrift", 9, bold=True)
    page.block(57, y + 103, ["Kessler Metallbau GmbH", "Im Gewerbepark 7", "58511 Lüdenscheid"], 9)
    page.text(250, y + 90, "Konditionen", 9, bold=True)
    page.block(
        250,
        y + 103,
        ["Zahlung: 30 Tage netto", "Lieferung: DAP Lüdenscheid", "Liefertermin: schnellstmöglich, bitte in der AB nennen"],
        9,
    )
    page.line(57, 770, 540, 770, ink=GREY)
    foot = [
        "Kessler Metallbau GmbH\nIm Gewerbepark 7\n58511 Lüdenscheid",
        "Amtsgericht Iserlohn HRB 90417\nGeschäftsführer: Thomas Kessler",
        "Sparkasse im Sauerland\nIBAN DE02 1203 0000 0000 2020 51",
    ]
    for index, text in enumerate(foot):
        page.block(57 + index * 170, 782, text.split("\n"), 7, ink=GREY)


def bellandi(sample: Sample) -> bytes:
    """Serif letterhead in the middle, labels in two languages, a table held by white space alone, a date for delivery."""
    page = Page("LibSerif", title=f"OA {sample.po_number}")
    page.text(297, 62, "OFFICINE MECCANICHE BELLANDI S.r.l.", 17, bold=True, align="c")
    page.text(297, 78, "Via dell'Artigianato 33 – 25125 Brescia (BS) – Italia – P.IVA " + sample.buyer["vat_id"], 8.5, align="c")
    page.text(60, 128, "Spett.le / To", 8, ink=GREY)
    page.block(60, 142, [*SELLER, "Germania"], 10.5)
    page.text(320, 128, "Destinazione merce / Ship to", 8, ink=GREY)
    page.block(320, 142, ["Officine Meccaniche Bellandi S.r.l.", "Via dell'Artigianato 33", "25125 Brescia (BS)"], 10.5)
    page.text(60, 232, f"ORDINE DI ACQUISTO / PURCHASE ORDER  n. {sample.po_number}", 12.5, bold=True)
    page.text(60, 250, f"Data / Date: {day(sample.date, 'fr')}", 10)
    page.text(250, 250, "Pagamento / Payment: 60 gg. data fattura / 60 days net", 10)
    page.text(60, 265, "Consegna / Delivery: DAP Brescia", 10)
    page.text(250, 265, "Valuta / Currency: EUR", 10)
    columns = [
        Column("Codice\nItem", 57, 78),
        Column("Descrizione\nDescription", 135, 190),
        Column("Q.tà\nQty", 325, 44, "r"),
        Column("UM\nUoM", 369, 40, "c"),
        Column("Prezzo\nUnit price", 409, 60, "r"),
        Column("Importo\nAmount", 469, 72, "r"),
    ]
    rows = [
        [
            line.sku,
            line.text("en"),
            number(line.quantity, "it"),
            unit(line.unit, "it"),
            price(line.price, "it"),
            number(line.amount, "it", 2),
        ]
        for line in sample.lines
    ]
    y = page.table(292, columns, rows, TableLook(rules="none", size=9.5, row=22))
    page.text(466, y + 34, "Totale imponibile / Total net EUR", 10, bold=True, align="r")
    page.text(538, y + 34, number(sample.total, "it", 2), 10, bold=True, align="r")
    page.text(60, y + 58, "Non imponibile IVA, operazione intracomunitaria / VAT reverse charge, intra-community supply", 8.5)
    terms = [
        "Condizioni: la merce non conforme sarà resa a Vs. spese entro 8 giorni dal ricevimento. Indicare il numero d'ordine su",
        "DDT e fattura. Ritardi superiori a 10 giorni danno diritto all'annullamento. Foro competente: Brescia.",
    ]
    page.block(60, 700, terms, 7.5, ink=GREY)
    page.text(60, 745, "L'ufficio acquisti", 9)
    page.text(60, 772, "Giulia Ferraboli", 11, bold=True)
    return page.finished()


def donau(sample: Sample) -> bytes:
    """An ERP's script form in fixed pitch: underscore rules, labels above values, each line over two rows, their numbers only."""
    page = Page("LibMono", title=f"Bestellung {sample.po_number}")
    page.text(56, 60, "DONAU INSTALLATIONSTECHNIK GMBH", 12, bold=True)
    page.block(56, 76, ["Hafenzeile 22", "A-4020 Linz", f"UID {sample.buyer['vat_id']}"], 9)
    page.text(540, 60, "BESTELLUNG", 14, bold=True, align="r")
    page.block(56, 150, ["Firma", *SELLER, "DEUTSCHLAND"], 10)
    page.text(340, 150, "Bestellnummer/Datum", 8)
    page.text(340, 162, f"{sample.po_number} / {day(sample.date, 'de')}", 10, bold=True)
    page.text(340, 180, "Ansprechpartner/Telefon", 8)
    page.text(340, 192, "M. Hinterholzer / +43 732 5550177", 10)
    page.text(340, 210, "Ihre Lieferantennummer bei uns", 8)
    page.text(340, 222, "0000301187", 10)
    page.block(56, 262, ["Bitte liefern an:", "Donau Installationstechnik GmbH, Hafenzeile 22, A-4020 Linz"], 9)
    page.text(56, 300, "Lieferbedingung: DAP Linz      Zahlungsbedingung: 30 Tage netto      Währung: EUR", 9)
    page.text(56, 318, "_" * 90, 9)
    page.text(56, 332, "Pos.   Material      Bezeichnung", 9, bold=True)
    page.text(56, 345, "           Bestellmenge  Einheit       Preis pro Einheit              Nettowert", 9, bold=True)
    page.text(56, 352, "_" * 90, 9)
    y = 374.0
    short = {
        "PF-B90-22-CU": "Pressbogen 90 Gr. 22 I/I Cu",
        "PF-MU-22-CU": "Pressmuffe 22 Cu",
        "PF-TE-28-CU": "Press-T-Stück 28 Cu",
    }
    for line in sample.lines:
        page.text(56, y, f"{line.number * 10:05d}  {line.own_number:<12}  {short.get(line.sku, line.text('de'))}", 9)
        each = unit(line.unit, "at")
        amounts = f"{number(line.quantity, 'de', 3):>12}  {each:<8}{price(line.price, 'de'):>12} EUR / 1 {each}"
        page.text(56, y + 13, f"           {amounts}{number(line.amount, 'de', 2):>18}", 9)
        y += 36
    page.text(56, y - 8, "_" * 90, 9)
    page.text(56, y + 10, f"Gesamtnettowert ohne USt EUR {number(sample.total, 'de', 2):>45}", 9, bold=True)
    page.block(
        56,
        y + 50,
        [
            "Unsere Materialnummern sind auf Lieferschein und Rechnung anzugeben.",
            "Auftragsbestätigung binnen 3 Werktagen an bestellwesen@donau-inst.example.",
        ],
        9,
    )
    page.text(56, 800, "Firmenbuch Linz FN 990417x   Seite 1 von 1", 7.5, ink=GREY)
    return page.finished()


def brandt(sample: Sample) -> bytes:
    """A small firm's letter: prose round a table with lines between the rows, no tax."""
    page = Page("DejaVu", title="Bestellung")
    page.text(540, 60, "Sanitär Brandt & Sohn GmbH", 14, bold=True, align="r", ink=HexColor("#00695C"))
    for index, text in enumerate(["Mühlenkamp 4a · 24114 Kiel", "Tel. 0431 5550126", "buero@brandt-sanitaer.example"]):
        page.text(540, 76 + index * 12, text, 8, align="r")
    page.line(57, 112, 540, 112, pen=1.5, ink=HexColor("#00695C"))
    page.block(57, 150, SELLER, 9.5)
    page.text(540, 226, f"Kiel, den {day(sample.date, 'de')}", 9.5, align="r")
    page.text(57, 256, f"Bestellung Nr. {sample.po_number}", 12, bold=True)
    page.block(
        57, 282, ["Sehr geehrte Damen und Herren,", "", "hiermit bestellen wir für unser Lager zu den vereinbarten Preisen:"], 9.5
    )
    columns = [
        Column("Menge", 57, 60, "r"),
        Column("Art.-Nr.", 125, 80),
        Column("Artikel", 205, 205),
        Column("Einzelpreis", 410, 62, "r"),
        Column("Gesamt", 472, 68, "r"),
    ]
    rows = [
        [
            f"{line.quantity} {unit(line.unit, 'de')}",
            line.sku,
            line.text("de"),
            price(line.price, "de"),
            number(line.amount, "de", 2),
        ]
        for line in sample.lines
    ]
    y = page.table(330, columns, rows, TableLook(rules="rows", size=8, row=22))
    page.text(469, y + 20, "Summe netto EUR", 9, bold=True, align="r")
    page.text(537, y + 20, number(sample.total, "de", 2), 9, bold=True, align="r")
    closing = [
        "Lieferung bitte frei Haus an obige Anschrift. Zahlung wie gewohnt 14 Tage netto.",
        "",
        "Mit freundlichen Grüßen",
        "",
        "Inken Brandt",
    ]
    page.block(57, y + 60, closing, 9.5)
    page.text(
        297,
        805,
        "Handelsregister Kiel HRB 99126 · Geschäftsführerin Inken Brandt · USt-IdNr. " + sample.buyer["vat_id"],
        6.5,
        align="c",
        ink=GREY,
    )
    return page.finished()
