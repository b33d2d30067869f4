"""Purchase orders drawn for the tests, each with a layout of its own. All names, numbers and places are invented."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfgen.canvas import Canvas


class Sheet:
    """A canvas whose y runs down from the page's top, as a reader's eye does."""

    def __init__(self, size: tuple[float, float] = LETTER, font: str = "Helvetica", points: float = 9) -> None:
        self.width, self.height = size
        self.font, self.points = font, points
        self._bytes = io.BytesIO()
        self.canvas = Canvas(self._bytes, pagesize=size, invariant=1)

    def at(self, x: float, y: float, text: str, points: float | None = None, bold: bool = False) -> None:
        self._font(points, bold)
        self.canvas.drawString(x, self.height - y, text)

    def right(self, x: float, y: float, text: str, points: float | None = None, bold: bool = False) -> None:
        self._font(points, bold)
        self.canvas.drawRightString(x, self.height - y, text)

    def centre(self, x: float, y: float, text: str, points: float | None = None, bold: bool = False) -> None:
        self._font(points, bold)
        self.canvas.drawCentredString(x, self.height - y, text)

    def block(self, x: float, y: float, lines: Sequence[str], step: float = 11) -> None:
        for place, line in enumerate(lines):
            self.at(x, y + place * step, line)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.setLineWidth(0.6)
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def box(self, x0: float, y0: float, x1: float, y1: float, grey: float | None = None) -> None:
        self.canvas.setLineWidth(0.6)
        self.canvas.setFillGray(grey if grey is not None else 1)
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0, fill=int(grey is not None))
        self.canvas.setFillGray(0)

    def white(self, x: float, y: float, text: str) -> None:
        self._font(None, True)
        self.canvas.setFillGray(1)
        self.canvas.drawString(x, self.height - y, text)
        self.canvas.setFillGray(0)

    def page(self) -> None:
        self.canvas.showPage()

    def pdf(self) -> bytes:
        self.canvas.save()
        return self._bytes.getvalue()

    def _font(self, points: float | None, bold: bool) -> None:
        names = {"Helvetica": "Helvetica-Bold", "Times-Roman": "Times-Bold", "Courier": "Courier-Bold"}
        self.canvas.setFont(names[self.font] if bold else self.font, points or self.points)


def row(sheet: Sheet, y: float, cells: Sequence[tuple[float, str]], align: str = "") -> None:
    """Cells on one baseline; `align` holds "l", "r" or "c" per cell, left where it is too short."""
    for place, (x, text) in enumerate(cells):
        draw = {"r": sheet.right, "c": sheet.centre}.get(align[place : place + 1], sheet.at)
        draw(x, y, text)


def ruled_grid(sheet: Sheet, xs: Sequence[float], ys: Sequence[float]) -> None:
    for x in xs:
        sheet.line(x, ys[0], x, ys[-1])
    for y in ys:
        sheet.line(xs[0], y, xs[-1], y)


def label_left_and_ruled_table() -> bytes:
    """A box of labels with colons at the right, vendor and ship-to side by side, a fully ruled table."""
    sheet = Sheet()
    sheet.at(40, 50, "Larkspur Fabrication Inc.", 14, bold=True)
    sheet.block(40, 66, ["2200 Quarry Road", "Dayton, OH 45402", "Phone: 937-555-0144"])
    sheet.right(572, 50, "PURCHASE ORDER", 16, bold=True)
    for place, (label, value) in enumerate(
        [("PO Number:", "LF-20418"), ("PO Date:", "03/14/2026"), ("Vendor No.:", "V-7781"), ("Terms:", "Net 30"), ("FOB:", "DAP")]
    ):
        sheet.at(400, 75 + 13 * place, label, bold=True)
        sheet.at(480, 75 + 13 * place, value)
    sheet.at(40, 160, "Vendor", bold=True)
    sheet.block(40, 172, ["Hollister Supply Co.", "18 Canal Street", "Buffalo, NY 14203"])
    sheet.at(320, 160, "Ship To", bold=True)
    sheet.block(320, 172, ["Larkspur Fabrication Inc. - Plant 2", "77 Foundry Lane", "Troy, OH 45373"])
    xs = [40, 75, 160, 330, 380, 420, 490, 572]
    ruled_grid(sheet, xs, [230, 248, 268, 288, 308])
    for x, head in zip(xs, ["Line", "Item No.", "Description", "Qty", "UOM", "Unit Price", "Amount"], strict=False):
        sheet.at(x + 3, 242, head, bold=True)
    lines = [
        ("1", "HX-M8-40", "Hex bolt M8x40 zinc", "1,200", "EA", "0.1250", "150.00"),
        ("2", "WS-M8", "Washer M8 steel", "2,000", "EA", "0.0200", "40.00"),
        ("3", "NT-M8", "Hex nut M8", "500", "BX", "4.10", "2,050.00"),
    ]
    for place, cells in enumerate(lines):
        y = 262 + 20 * place
        row(sheet, y, [(xs[at] + 3, text) for at, text in enumerate(cells[:3])])
        row(sheet, y, [(377, cells[3]), (383, cells[4]), (487, cells[5]), (569, cells[6])], "rlrr")
    row(sheet, 330, [(480, "Subtotal:"), (569, "2,240.00")], "rr")
    row(sheet, 344, [(480, "Sales Tax:"), (569, "0.00")], "rr")
    row(sheet, 358, [(480, "Order Total:"), (569, "2,240.00")], "rr")
    sheet.at(40, 700, "Authorized signature: ____________________")
    return sheet.pdf()


def bands_with_labels_above() -> bytes:
    """Two drawn bands of small labels over their values, several cells empty; a table without rules, total far below."""
    sheet = Sheet(font="Times-Roman")
    sheet.centre(306, 50, "Bramwell & Sons", 15, bold=True)
    sheet.centre(306, 64, "410 Mill Street, Akron, OH 44301")
    sheet.at(450, 95, "P.O. NUMBER", 7)
    sheet.at(450, 107, "77120")
    sheet.at(40, 130, "TO:", 8)
    sheet.block(70, 130, ["Hollister Supply Co.", "18 Canal Street", "Buffalo, NY 14203"])
    sheet.at(320, 130, "SHIP TO:", 8)
    sheet.block(370, 130, ["Bramwell & Sons", "Dock 4, 9 Harbor Way", "Akron, OH 44310"])
    bands = [
        (
            180,
            [
                (40, "ORDER DATE", "3/04/26"),
                (150, "SHIP VIA", ""),
                (260, "F.O.B.", ""),
                (370, "TERMS", "NET 40"),
                (480, "TAX", ""),
            ],
        ),
        (
            206,
            [(40, "BUYER", "Person, A."), (150, "CONFIRM TO", ""), (260, "REQ. DATE", "03/21/26"), (370, "PROMISED", "04/02/26")],
        ),
    ]
    for y, cells in bands:
        sheet.box(36, y, 572, y + 26)
        for x, label, value in cells:
            sheet.line(x - 4, y, x - 4, y + 26)
            sheet.at(x, y + 9, label, 6)
            sheet.at(x, y + 21, value)
    row(
        sheet,
        260,
        [(60, "QTY"), (100, "UNIT"), (140, "STOCK NO."), (220, "DESCRIPTION"), (460, "UNIT PRICE"), (570, "EXTENSION")],
        "rlllrr",
    )
    row(sheet, 278, [(60, "400"), (100, "EA"), (140, "4711"), (220, "BRACKET, STEEL"), (460, "2.15"), (570, "860.00")], "rlllrr")
    sheet.at(220, 289, "ZINC PLATED, PACKED 20 PER BOX")
    row(sheet, 305, [(60, "25"), (100, "FT"), (140, "5200"), (220, "CABLE 4MM BLUE"), (460, "1.20"), (570, "30.00")], "rlllrr")
    row(sheet, 640, [(500, "TOTAL"), (570, "890.00")], "rr")
    return sheet.pdf()


def german_letter() -> bytes:
    """A German letter: return address over the window, the seller in it, prices per 100, decimal commas, no rules."""
    sheet = Sheet(A4)
    sheet.right(550, 50, "Kessler Anlagenbau GmbH", 13, bold=True)
    sheet.at(60, 120, "Kessler Anlagenbau GmbH · Ringstraße 14 · 70327 Stuttgart", 6.5)
    sheet.block(60, 138, ["Hollister Handels GmbH", "Hafenweg 3", "48155 Münster"])
    for place, (label, value) in enumerate(
        [
            ("Bestellnummer:", "4500123456"),
            ("Bestelldatum:", "03.11.2026"),
            ("Liefertermin:", "20.11.2026"),
            ("Unsere Kundennr.:", "K-4411"),
        ]
    ):
        sheet.at(360, 138 + 12 * place, label)
        sheet.at(460, 138 + 12 * place, value)
    sheet.at(60, 220, "Bestellung", 14, bold=True)
    sheet.at(60, 240, "Wir bestellen zu Ihren Bedingungen:")
    row(
        sheet,
        270,
        [
            (60, "Pos."),
            (90, "Unsere Art.-Nr."),
            (170, "Bezeichnung"),
            (370, "Menge"),
            (390, "ME"),
            (470, "EP je 100"),
            (550, "Gesamt EUR"),
        ],
        "lllrlrr",
    )
    sheet.line(60, 275, 550, 275)
    lines = [
        ("10", "A-889", "Sechskantschraube M8x40 verzinkt", "1.200", "Stk", "12,50", "150,00"),
        ("20", "A-890", "Unterlegscheibe M8", "2.500", "Stk", "2,40", "60,00"),
        ("30", "A-112", "Kabelkanal 40x60 mm, 2 m", "40", "Stk", "875,00", "350,00"),
    ]
    for place, cells in enumerate(lines):
        row(sheet, 290 + 16 * place, list(zip([60, 90, 170, 370, 390, 470, 550], cells, strict=True)), "lllrlrr")
    sheet.line(60, 332, 550, 332)
    row(sheet, 345, [(470, "Nettosumme"), (550, "560,00")], "rr")
    row(sheet, 358, [(470, "MwSt 19 %"), (550, "106,40")], "rr")
    row(sheet, 371, [(470, "Gesamtbetrag"), (550, "666,40")], "rr")
    sheet.at(60, 400, "Zahlungsbedingungen: 30 Tage netto")
    sheet.at(60, 412, "Lieferbedingungen: DAP Stuttgart")
    sheet.at(60, 440, "Lieferanschrift:", bold=True)
    sheet.block(60, 452, ["Kessler Anlagenbau GmbH", "Werk 2, Tor 5", "Industriestraße 80", "70565 Stuttgart"])
    sheet.centre(300, 800, "Amtsgericht Stuttgart HRB 99123 · USt-IdNr. DE123456789 · Bank: DE02 1203 0000 0000 2020 51", 6.5)
    return sheet.pdf()


_FRENCH = [(f"REF-{100 + place}", f"Vis inox A2 modèle {place}", str(10 * place), "2,50", place * 25) for place in range(1, 31)]


def french_on_two_pages() -> bytes:
    """A French order on two pages: the head is repeated, a subtotal is carried over, thousands are parted by blanks."""
    sheet = Sheet(A4)
    total = 0
    for page, lines in enumerate([_FRENCH[:20], _FRENCH[20:]], start=1):
        sheet.at(50, 50, "Ateliers Moreau SARL", 13, bold=True)
        sheet.block(50, 64, ["12 rue des Lilas", "69003 Lyon"])
        sheet.at(330, 50, "Bon de commande N° : BC-2026-077", bold=True)
        sheet.at(330, 64, "Date : 14/03/2026")
        sheet.at(330, 78, f"Page {page}/2")
        if page == 1:
            sheet.at(50, 110, "Fournisseur :", bold=True)
            sheet.block(50, 122, ["Hollister SAS", "3 quai du Port", "13002 Marseille"])
            sheet.at(330, 110, "Adresse de livraison :", bold=True)
            sheet.block(330, 122, ["Ateliers Moreau - Dépôt Nord", "8 avenue Foch", "59000 Lille"])
        top = 190
        xs = [50, 90, 160, 360, 420, 480, 550]
        heads = ["Pos.", "Réf.", "Désignation", "Qté", "PU HT", "Montant HT"]
        ruled_grid(sheet, xs, [top - 14, top + 4])
        row(sheet, top, [(x + 3, head) for x, head in zip(xs, heads, strict=False)])
        for place, (ref, text, count, price, amount) in enumerate(lines):
            y = top + 18 + 16 * place
            total += amount
            number = str(place + 1 + 20 * (page - 1))
            cells = [(53, number), (93, ref), (163, text), (417, count), (477, price), (547, _french(amount))]
            row(sheet, y, cells, "lllrrr")
        end = top + 18 + 16 * len(lines)
        if page == 1:
            row(sheet, end + 4, [(470, "À reporter"), (547, _french(total))], "rr")
            sheet.page()
    row(sheet, end + 20, [(470, "Total HT"), (547, _french(total))], "rr")
    row(sheet, end + 34, [(470, "TVA 20 %"), (547, "2 325,00")], "rr")
    row(sheet, end + 48, [(470, "Total TTC"), (547, "13 950,00")], "rr")
    sheet.at(50, end + 20, "Conditions de règlement : 45 jours fin de mois")
    return sheet.pdf()


def _french(amount: int) -> str:
    return f"{amount:,}".replace(",", "\u00a0") + ",00"


def two_row_heads() -> bytes:
    """Each line has two rows and the head too: the second row's columns stand under others of the first."""
    sheet = Sheet(A4, font="Courier")
    sheet.at(50, 50, "VANTERPOOL SHIPYARD LTD", bold=True)
    sheet.block(50, 62, ["1 DOCK ROAD", "HULL HU1 2AB", "UNITED KINGDOM"])
    sheet.at(330, 50, "PO number/date")
    sheet.at(330, 62, "70000451 / 04/03/2026")
    sheet.at(330, 80, "Contact person/Telephone")
    sheet.at(330, 92, "J. Smith/01482 555010")
    sheet.at(50, 120, "Supplier")
    sheet.block(120, 120, ["HOLLISTER SUPPLY LTD", "22 MARKET PLACE", "LEEDS LS1 6AA"])
    sheet.at(50, 170, "Please deliver to:")
    sheet.block(50, 182, ["VANTERPOOL STORES", "GATE 3, HEDON ROAD", "HULL HU9 5PQ"])
    sheet.at(50, 230, "Currency: GBP")
    row(sheet, 250, [(50, "Pos."), (100, "Stock item"), (240, "Description")])
    row(sheet, 262, [(100, "Ordered"), (170, "Unit"), (280, "Price"), (380, "Per"), (530, "Net value")], "llllr")
    sheet.line(50, 267, 530, 267)
    for place, cells in enumerate(
        [
            ("00010", "0000-4711", "BRACKET", "400", "EA", "2,150.00", "1,000", "860.00"),
            ("00020", "0000-5200", "FLANGE DN50", "12", "EA", "31.25", "1", "375.00"),
        ]
    ):
        y = 282 + 40 * place
        row(sheet, y, [(50, cells[0]), (100, cells[1]), (240, cells[2])])
        row(sheet, y + 12, [(100, cells[3]), (170, cells[4]), (280, cells[5]), (380, cells[6]), (530, cells[7])], "llllr")
    sheet.line(50, 350, 530, 350)
    row(sheet, 364, [(400, "Total net value excl. tax"), (530, "1,235.00")], "rr")
    return sheet.pdf()
