"""Sample PDFs in the manner of forms: a two-page Dutch one, a boxed Polish one per 100, a band form, a landscape report."""

from __future__ import annotations

from demo.page_art import A4, GREY, PALE, Column, HexColor, Page, TableLook, black, landscape, white
from demo.sample_orders import Sample, SampleLine
from demo.wording import day, number, price, unit

_ORANGE = HexColor("#D35400")
_FIRST_PAGE_LINES = 21


def de_graaf(sample: Sample) -> bytes:
    """White heads on a dark bar, striped rows; the head is repeated on page 2 and the subtotal carried over."""
    page = Page("LibSans", title=sample.po_number)
    first, second = sample.lines[:_FIRST_PAGE_LINES], sample.lines[_FIRST_PAGE_LINES:]
    _de_graaf_head(page, sample, 1)
    page.text(40, 128, "Supplier", 8, bold=True, ink=_ORANGE)
    page.block(40, 141, ["Brückner & Hale Trade Supply GmbH", "Am Alten Speicher 14", "42117 Wuppertal, Germany"], 9)
    page.text(230, 128, "Deliver to", 8, bold=True, ink=_ORANGE)
    page.block(230, 141, ["De Graaf Magazijn Nieuwegein", "Loodsstraat 6", "3433 NH Nieuwegein", "Netherlands"], 9)
    page.text(420, 128, "Invoice to", 8, bold=True, ink=_ORANGE)
    page.block(
        420, 141, ["De Graaf Installatietechniek B.V.", "Ketelweg 40, 3542 AD Utrecht", "facturen@degraaf-installatie.example"], 8
    )
    page.text(40, 205, "Payment: 30 days net    Delivery terms: DAP Nieuwegein    Currency: EUR    Buyer: R. Postma", 8.5)
    y = _de_graaf_table(page, 220, first)
    carried = sum((line.amount for line in first), first[0].amount * 0)
    page.text(475, y + 16, "Carried forward", 8.5, align="r")
    page.text(552, y + 16, number(carried, "en", 2), 8.5, align="r")
    page.next_page()
    _de_graaf_head(page, sample, 2)
    page.text(475, 132, "Brought forward", 8.5, align="r")
    page.text(552, 132, number(carried, "en", 2), 8.5, align="r")
    y = _de_graaf_table(page, 142, second)
    page.box(380, y + 12, 175, 24, fill=PALE, pen=0)
    page.text(475, y + 28, "Order total EUR", 9.5, bold=True, align="r")
    page.text(552, y + 28, number(sample.total, "en", 2), 9.5, bold=True, align="r")
    remarks = [
        "Remarks",
        "Deliveries on weekdays 07:00–15:30. Pallets max. 1.20 m high. State our order number on every document.",
        "Our general purchasing conditions, filed with the Chamber of Commerce under no. 99041600, apply; sent on request.",
    ]
    page.block(40, y + 70, remarks, 8, ink=GREY)
    return page.finished()


def _de_graaf_head(page: Page, sample: Sample, sheet: int) -> None:
    page.box(0, 0, page.width, 78, fill=_ORANGE, pen=0)
    page.text(40, 46, "DE GRAAF", 24, bold=True, ink=white)
    page.text(40, 62, "INSTALLATIETECHNIEK", 9, ink=white)
    page.text(555, 38, "Purchase order", 15, align="r", ink=white)
    page.text(555, 56, f"No. {sample.po_number}", 11, bold=True, align="r", ink=white)
    page.text(40, 100, f"Order date: {day(sample.date, 'dash')}", 9)
    page.text(555, 100, f"Page {sheet} of 2", 9, align="r")


def _de_graaf_table(page: Page, y: float, lines: tuple[SampleLine, ...]) -> float:
    columns = [
        Column("Line", 40, 32, "c"),
        Column("Your item no.", 72, 82),
        Column("Description", 154, 206),
        Column("Qty", 360, 38, "r"),
        Column("Unit", 398, 32, "c"),
        Column("Price", 430, 50, "r"),
        Column("Amount", 480, 75, "r"),
    ]
    rows = [
        [
            str(line.number),
            line.sku,
            line.text("en"),
            str(line.quantity),
            unit(line.unit, "en"),
            price(line.price, "en"),
            number(line.amount, "en", 2),
        ]
        for line in lines
    ]
    look = TableLook(rules="none", head_fill=HexColor("#2C3E50"), head_ink=white, zebra=True, size=8, row=21)
    return page.table(y, columns, rows, look)


def stalbud(sample: Sample) -> bytes:
    """Grey title bars over boxes, two languages, prices per 100 and per 1000."""
    page = Page("Condensed", title=sample.po_number)
    page.text(40, 58, "STALBUD KONSTRUKCJE Sp. z o.o.", 15, bold=True)
    page.text(40, 73, "ul. Hutnicza 17, 61-245 Poznań · NIP " + sample.buyer["vat_id"], 8.5)
    page.box(350, 38, 205, 42, fill=PALE)
    page.text(452, 55, "ZAMÓWIENIE / PURCHASE ORDER", 9, align="c")
    page.text(452, 71, sample.po_number, 12, bold=True, align="c")
    blocks = [
        (40, "Dostawca / Supplier", ["Brückner & Hale Trade Supply GmbH", "Am Alten Speicher 14", "42117 Wuppertal, Niemcy"]),
        (215, "Adres dostawy / Ship to", ["Stalbud Konstrukcje Sp. z o.o.", "ul. Hutnicza 17", "61-245 Poznań, Polska"]),
        (
            390,
            "Warunki / Terms",
            [f"Data / Date: {day(sample.date, 'iso')}", "Płatność / Payment: 30 days net", "Incoterms: DAP Poznań"],
        ),
    ]
    for x, title, lines in blocks:
        page.box(x, 100, 165, 14, fill=HexColor("#D0D0D0"))
        page.text(x + 4, 110, title, 8, bold=True)
        page.box(x, 114, 165, 50)
        page.block(x + 4, 127, lines, 8.5)
    columns = [
        Column("Lp.\nNo.", 40, 24, "c"),
        Column("Indeks dostawcy\nSupplier item", 64, 92),
        Column("Nazwa\nDescription", 156, 174),
        Column("Ilość\nQty", 330, 44, "r"),
        Column("J.m.\nUnit", 374, 34, "c"),
        Column("Cena EUR\nPrice EUR", 408, 50, "r"),
        Column("za\nper", 458, 32, "r"),
        Column("Wartość EUR\nAmount EUR", 490, 65, "r"),
    ]
    rows = [
        [
            str(line.number),
            line.sku,
            line.text("en"),
            number(line.quantity, "fr"),
            unit(line.unit, "pl"),
            price(line.price, "comma"),
            number(line.basis, "fr"),
            number(line.amount, "fr", 2),
        ]
        for line in sample.lines
    ]
    y = page.table(186, columns, rows, TableLook(head_fill=PALE, size=8, row=18))
    page.text(487, y + 20, "Razem netto / Total net EUR", 9.5, bold=True, align="r")
    page.text(552, y + 20, number(sample.total, "fr", 2), 9.5, bold=True, align="r")
    notes = [
        "Ceny netto za podaną w kolumnie „za” liczbę sztuk. / Prices are net, for the number of pieces in column “per”.",
        "Prosimy o potwierdzenie zamówienia w ciągu 2 dni roboczych. / Please confirm within 2 working days.",
    ]
    page.block(40, y + 60, notes, 8)
    page.text(40, y + 120, "Marek Zieliński, Dział zakupów", 9)
    page.text(297, 800, "KRS 0000990563 · Kapitał zakładowy 500 000 PLN · Sąd Rejonowy Poznań", 7, align="c", ink=GREY)
    return page.finished()


def norddach(sample: Sample) -> bytes:
    """Labels above values in a band of cells, a grid, the totals at the foot of the page after a gap."""
    page = Page("LibSans", title="Bestellung")
    page.text(40, 60, "NORDDACH", 22, bold=True, ink=HexColor("#8B0000"))
    page.text(175, 60, "Bedachungen GmbH", 13, ink=GREY)
    page.text(40, 76, "Industriestraße 55, 21337 Lüneburg, Deutschland", 8.5)
    page.text(555, 60, "BESTELLUNG", 16, bold=True, align="r")
    page.block(40, 115, ["An", "Brückner & Hale Trade Supply GmbH", "Am Alten Speicher 14", "42117 Wuppertal"], 9.5)
    page.block(330, 115, ["Liefern an", "Norddach Bedachungen GmbH, Wareneingang", "Industriestraße 55", "21337 Lüneburg"], 9.5)
    bands = [
        ("Bestell-Nr.", sample.po_number),
        ("Datum", day(sample.date, "de")),
        ("Kunden-Nr.", sample.buyer["number"]),
        ("Zahlung", "30 Tage netto"),
        ("Versand", "frei Haus"),
        ("Zeichen", "ha/26"),
    ]
    for index, (label, value) in enumerate(bands):
        x = 40 + index * 86
        page.box(x, 190, 86, 30)
        page.text(x + 4, 199, label, 6.5, ink=GREY)
        page.text(x + 4, 213, value, 9.5, bold=index == 0)
    columns = [
        Column("Nr", 40, 24, "c"),
        Column("Artikelnummer / Bezeichnung", 64, 240),
        Column("Menge", 304, 48, "r"),
        Column("ME", 352, 36, "c"),
        Column("EP", 388, 52, "r"),
        Column("je", 440, 30, "r"),
        Column("GP EUR", 470, 86, "r"),
    ]
    rows = [
        [
            str(line.number),
            f"{line.sku}\n{line.text('de')}",
            number(line.quantity, "de"),
            unit(line.unit, "de"),
            price(line.price, "de"),
            str(line.basis),
            number(line.amount, "de", 2),
        ]
        for line in sample.lines
    ]
    page.table(236, columns, rows, TableLook(size=8.5, row=20))
    page.line(330, 690, 556, 690, pen=1)
    page.text(470, 706, "Gesamtbetrag netto EUR", 10, bold=True, align="r")
    page.text(553, 706, number(sample.total, "de", 2), 10, bold=True, align="r")
    page.text(
        40, 740, "Es gelten unsere Einkaufsbedingungen Stand 01/2025. Mündliche Abreden bedürfen der Schriftform.", 7.5, ink=GREY
    )
    page.text(40, 800, "Amtsgericht Lüneburg HRB 99084 · GF: Hauke Asmussen · " + sample.buyer["vat_id"], 7, ink=GREY)
    return page.finished()


def elektromont(sample: Sample) -> bytes:
    """A landscape report: a dark head row, wide columns, page and print time in the foot."""
    page = Page("DejaVu", size=landscape(A4), title=sample.po_number)
    page.box(30, 30, 782, 36, fill=HexColor("#003366"), pen=0)
    page.text(42, 53, "Elektromont Wisła S.A.", 14, bold=True, ink=white)
    page.text(800, 53, f"PURCHASE ORDER {sample.po_number}", 13, bold=True, align="r", ink=white)
    page.block(42, 88, ["ul. Nadwiślańska 5", "30-527 Kraków, Poland", f"VAT {sample.buyer['vat_id']}"], 8)
    page.block(260, 88, ["Vendor:", "Brückner & Hale Trade Supply GmbH", "Am Alten Speicher 14, 42117 Wuppertal, DE"], 8)
    page.block(520, 88, ["Ship to:", "Elektromont Wisła S.A.", "ul. Nadwiślańska 5, 30-527 Kraków, PL"], 8)
    facts = f"Order date: {day(sample.date, 'iso')}     Currency: EUR     Payment terms: 30 days net     Incoterms: DAP Kraków"
    page.text(42, 142, facts, 8.5, bold=True)
    columns = [
        Column("Pos.", 30, 40, "c"),
        Column("Supplier part no.", 70, 120),
        Column("Description", 190, 290),
        Column("Quantity", 480, 80, "r"),
        Column("UoM", 560, 50, "c"),
        Column("Unit price", 610, 90, "r"),
        Column("Line value", 700, 112, "r"),
    ]
    rows = [
        [
            f"{line.number * 10:04d}",
            line.sku,
            line.text("en"),
            number(line.quantity, "plain", 2),
            unit(line.unit, "en"),
            price(line.price, "plain"),
            number(line.amount, "en", 2),
        ]
        for line in sample.lines
    ]
    look = TableLook(rules="rows", head_fill=HexColor("#003366"), head_ink=white, size=9, row=22)
    y = page.table(160, columns, rows, look)
    page.text(697, y + 22, "Total net value EUR", 9.5, bold=True, align="r")
    page.text(809, y + 22, number(sample.total, "en", 2), 9.5, bold=True, align="r")
    page.text(
        42,
        y + 60,
        "Cable on drums or rings of 50 m or multiples. Please quote the order number on all documents.",
        8.5,
        ink=black,
    )
    page.text(30, 575, "Elektromont ERP · report ZAM_EN · printed 2026-11-20 07:58", 7, ink=GREY)
    page.text(812, 575, "1 / 1", 7, align="r", ink=GREY)
    return page.finished()
