"""Purchase orders in more countries and trades: Dutch, Polish, a hospital's boxes, a retailer's grid, a line printer's script."""

from __future__ import annotations

from reportlab.lib.pagesizes import A4

from tests.parsers.pdf.pdf_documents import Sheet, row, ruled_grid


def dutch_letter() -> bytes:
    """Labels with the colon at the values, the seller behind "Aan", euro signs before the totals."""
    sheet = Sheet(A4)
    sheet.at(50, 60, "Van Houten Techniek B.V.", 14, bold=True)
    sheet.block(50, 76, ["Industrieweg 12", "3542 AD Utrecht", "Tel. 030-1234567", "BTW NL123456789B01"])
    sheet.at(50, 150, "INKOOPORDER 260334", 13, bold=True)
    sheet.at(50, 170, "Aan: Hollister Benelux B.V., Havenstraat 1, 3011 AA Rotterdam")
    labels = [
        ("Datum", "14-03-2026"),
        ("Leverdatum", "28-03-2026"),
        ("Uw referentie", "Offerte 991"),
        ("Betalingsconditie", "30 dagen netto"),
    ]
    for place, (label, value) in enumerate(labels):
        row(sheet, 190 + 12 * place, [(50, label), (150, f": {value}")])
    sheet.at(330, 190, "Afleveradres", bold=True)
    sheet.block(330, 202, ["Van Houten Techniek B.V.", "Magazijn Noord", "Dorpsstraat 9", "1131 AB Volendam"])
    xs = [50, 90, 180, 360, 400, 480, 545]
    row(
        sheet,
        270,
        list(zip(xs, ["Regel", "Artikelnr.", "Omschrijving", "Aantal", "Eenheid", "Prijs", "Bedrag"], strict=True)),
        "lllrlrr",
    )
    sheet.line(50, 274, 545, 274)
    row(
        sheet,
        288,
        list(zip(xs, ["1", "HB-220", "Slangklem 32-50 mm RVS", "250", "stuks", "0,85", "212,50"], strict=True)),
        "lllrlrr",
    )
    row(sheet, 304, list(zip(xs, ["2", "HB-221", "Kabelgoot 60 mm", "12", "m", "14,10", "169,20"], strict=True)), "lllrlrr")
    sheet.line(50, 310, 545, 310)
    for place, (label, value) in enumerate([("Subtotaal", "€ 381,70"), ("BTW 21%", "€ 80,16"), ("Totaal", "€ 461,86")]):
        row(sheet, 324 + 12 * place, [(480, label), (545, value)], "rr")
    return sheet.pdf()


def hospital_boxes() -> bytes:
    """Tiny labels in the corners of boxes, values below; columns drawn down to the foot, rows not; heads centred."""
    sheet = Sheet()
    sheet.at(40, 50, "NORTHGATE HOSPITAL SUPPLY", 13, bold=True)
    sheet.at(40, 64, "1 Mercy Drive, Albany, NY 12208")
    sheet.at(380, 50, "PURCHASE ORDER", 16, bold=True)
    _boxes(sheet, 380, 60, 64, [("P.O. NO.", "NH-77-1201"), ("DATE", "03/14/26"), ("PAGE", "1 of 1")])
    sheet.box(40, 100, 300, 170)
    sheet.at(43, 108, "VENDOR", 6)
    sheet.block(48, 120, ["Hollister Supply Co.", "18 Canal Street", "Buffalo, NY 14203"])
    sheet.box(310, 100, 572, 170)
    sheet.at(313, 108, "SHIP TO", 6)
    sheet.block(318, 120, ["Northgate Hospital", "Receiving Dock B", "Albany, NY 12209"])
    band = [
        ("TERMS", "2/10 N30"),
        ("F.O.B.", "DESTINATION"),
        ("DELIVERY DATE", "04/02/26"),
        ("REQUISITION NO.", "R-5512"),
        ("ACCOUNT", "6100-22"),
    ]
    _boxes(sheet, 40, 180, 106.4, band)
    xs = [40, 70, 120, 160, 420, 490, 572]
    ruled_grid(sheet, xs, [215, 232, 600])
    for place, head in enumerate(["LINE", "QTY", "UNIT", "DESCRIPTION", "UNIT PRICE", "AMOUNT"]):
        sheet.centre((xs[place] + xs[place + 1]) / 2, 227, head, 8, bold=True)
    lines = [
        ("1", "20", "CS", "GLOVES, NITRILE, L", "48.50", "970.00"),
        ("2", "5", "CS", "WIPES, ALCOHOL", "31.00", "155.00"),
        ("3", "100", "EA", "THERMOMETER, DIGITAL", "4.25", "425.00"),
    ]
    for place, cells in enumerate(lines):
        row(sheet, 246 + 14 * place, list(zip([55, 116, 130, 164, 486, 568], cells, strict=True)), "crllrr")
    sheet.box(490, 600, 572, 618)
    row(sheet, 612, [(486, "TOTAL"), (568, "1,550.00")], "rr")
    return sheet.pdf()


def _boxes(sheet: Sheet, left: float, top: float, width: float, cells: list[tuple[str, str]]) -> None:
    for place, (label, value) in enumerate(cells):
        x = left + width * place
        sheet.box(x, top, x + width, top + 27)
        sheet.at(x + 3, top + 7, label, 5.5)
        sheet.at(x + 3, top + 21, value)


def retail_grid() -> bytes:
    """A grid of attributes, one line per size, a total of the pieces before the total of the money."""
    sheet = Sheet(A4)
    sheet.at(40, 40, "Lovage & Finch", 16, bold=True)
    sheet.right(555, 40, "Purchase Order", 14)
    grid = [
        ("Order No:", "12345-678", "Season:", "AW26"),
        ("Supplier:", "Hollister Textiles", "Order date:", "04 Mar, 2026"),
        ("Delivery Date:", "18 May, 2026", "Currency:", "GBP"),
        ("Terms:", "60 days EOM", "Incoterm:", "FOB Ningbo"),
    ]
    for place, cells in enumerate(grid):
        y = 70 + 16 * place
        sheet.box(40, y - 11, 555, y + 5)
        row(sheet, y, list(zip([44, 130, 300, 380], cells, strict=True)))
    sheet.at(40, 160, "Deliver to:", bold=True)
    sheet.block(40, 172, ["Lovage & Finch DC", "Unit 4 Meadow Park", "Leicester LE1 3RA", "United Kingdom"])
    xs = [40, 110, 260, 330, 370, 470, 510, 555]
    row(
        sheet,
        230,
        list(zip(xs, ["Style", "Description", "Colour", "Size", "EAN", "Units", "Cost", "Value"], strict=True)),
        "lllllrrr",
    )
    sizes = [
        ("S", "5012345678900", "120", "870.00"),
        ("M", "5012345678917", "200", "1,450.00"),
        ("L", "5012345678924", "80", "580.00"),
    ]
    for place, (size, ean, units, value) in enumerate(sizes):
        shirt = ["LF-9001", "Linen shirt", "Navy", size, ean, units, "7.25", value]
        row(sheet, 246 + 13 * place, list(zip(xs, shirt, strict=True)), "lllllrrr")
    row(sheet, 300, [(400, "Total"), (470, "400"), (555, "2,900.00")], "lrr")
    return sheet.pdf()


def polish_table() -> bytes:
    """A fully ruled Polish order without diacritics, the buyer under "Nabywca"."""
    sheet = Sheet(A4)
    sheet.at(50, 50, "ZAMOWIENIE nr ZM/204/2026", 14, bold=True)
    sheet.block(50, 70, ["Data zamowienia: 14.03.2026", "Termin dostawy: 30.03.2026"])
    sheet.at(50, 110, "Nabywca:", bold=True)
    sheet.block(50, 122, ["Stalex Sp. z o.o.", "ul. Hutnicza 8", "41-800 Zabrze", "NIP: 1234567890"])
    sheet.at(300, 110, "Dostawca:", bold=True)
    sheet.block(300, 122, ["Hollister Polska Sp. z o.o.", "ul. Portowa 3", "81-350 Gdynia"])
    xs = [50, 80, 160, 330, 380, 420, 480, 550]
    ruled_grid(sheet, xs, [190, 206, 222, 238])
    heads = ["Lp.", "Indeks", "Nazwa", "Ilosc", "J.m.", "Cena netto", "Wartosc netto"]
    row(sheet, 201, [(x + 3, head) for x, head in zip(xs, heads, strict=False)])
    at = [53, 83, 163, 377, 383, 477, 547]
    row(sheet, 217, list(zip(at, ["1", "HX-9", "Sruba M8x40 ocynk", "1 200", "szt.", "0,45", "540,00"], strict=True)), "lllrlrr")
    row(sheet, 233, list(zip(at, ["2", "HX-10", "Podkladka M8", "800", "szt.", "0,05", "40,00"], strict=True)), "lllrlrr")
    totals = [("Razem netto", "580,00"), ("VAT 23%", "133,40"), ("Razem brutto PLN", "713,40")]
    for place, cells in enumerate(totals):
        row(sheet, 252 + 12 * place, list(zip([477, 547], cells, strict=True)), "rr")
    return sheet.pdf()


_SCRIPT = """
                                        P U R C H A S E   O R D E R

  Acme Rail Services                      Number . . . : 0045107 OP
  77 Switchyard Blvd                      Date . . . . : 03/14/26
  Kansas City, MO 64101                   Revision . . : 0

  Supplier: Hollister Supply Co.          Ship To: Acme Rail Car Shop
            18 Canal Street                        500 Depot Lane
            Buffalo, NY 14203                      Topeka, KS 66603

  Terms: Net 45     Ship Via: BEST WAY    Req. Date: 04/10/26
  -----------------------------------------------------------------------------
  Ln  Item Number     Description              Quantity UM   Unit Price   Extended
  -----------------------------------------------------------------------------
  1   BRG-6204        BEARING 6204 2RS           40.00 EA       3.7500     150.00
                      SKF OR EQUAL
  2   SEAL-20         OIL SEAL 20X35X7          100.00 EA       0.9500      95.00
                                                                       ----------
                                                        Total Order        245.00
"""


def line_printer_script() -> bytes:
    """A midrange computer's print in one fixed width: rules of dashes, leaders of dots, a spaced title."""
    sheet = Sheet(font="Courier")
    sheet.block(30, 60, _SCRIPT.strip("\n").splitlines(), 12)
    return sheet.pdf()
