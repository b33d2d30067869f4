"""Papers drawn for the tests whose tables, heads and companions are unlike one another. All that they say is invented."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.pagesizes import A4, LETTER, landscape

from tests.parsers.pdf.pdf_documents import Sheet, row, ruled_grid


def _order_head(sheet: Sheet, number: str = "PO-5501", date: str = "2026-03-14") -> None:
    sheet.at(40, 50, "Fenwick Rigging Ltd", 14, bold=True)
    sheet.block(40, 66, ["4 Chandler Row", "Leeds LS1 6AA", "United Kingdom"])
    sheet.right(550, 50, "PURCHASE ORDER", 14, bold=True)
    sheet.at(380, 70, f"PO Number: {number}")
    sheet.at(380, 83, f"PO Date: {date}")
    sheet.at(380, 96, "Currency: GBP")
    sheet.at(40, 120, "Supplier:", bold=True)
    sheet.block(40, 132, ["Hollister Supply Ltd", "22 Market Place", "Hull HU1 2AB"])


def _table(sheet: Sheet, top: float, xs: Sequence[float], align: str, rows: Sequence[Sequence[str]], step: float = 16) -> float:
    """Rows under one another without a rule; the y below the last."""
    for place, cells in enumerate(rows):
        row(sheet, top + step * place, [(x, cell) for x, cell in zip(xs, cells, strict=True)], align)
    return top + step * len(rows)


def turned_landscape() -> bytes:
    """A landscape form printed on an upright sheet: every word stands on its side."""
    sheet = Sheet(A4)
    sheet.canvas.translate(A4[0], 0)
    sheet.canvas.rotate(90)
    sheet.width, sheet.height = landscape(A4)
    _order_head(sheet, "PO-7001")
    rows = [
        ("Line", "Item No.", "Description", "Qty", "Unit", "Price", "Amount"),
        ("1", "SH-12", "Bow shackle 12 mm", "40", "EA", "3.20", "128.00"),
        ("2", "WR-8", "Wire rope 8 mm", "250", "M", "1.10", "275.00"),
    ]
    end = _table(sheet, 220, [40, 90, 180, 500, 530, 620, 720], "lllrlrr", rows)
    row(sheet, end + 12, [(620, "Total net"), (720, "403.00")], "rr")
    return sheet.pdf()


def totals_on_the_left() -> bytes:
    """The sums stand at the left below the lines, their labels above them in a band."""
    sheet = Sheet(A4)
    _order_head(sheet, "PO-7002")
    rows = [
        ("Item", "Description", "Qty", "Unit", "Price", "Amount"),
        ("SH-12", "Bow shackle 12 mm", "40", "EA", "3.20", "128.00"),
        ("WR-8", "Wire rope 8 mm", "250", "M", "1.10", "275.00"),
    ]
    end = _table(sheet, 220, [40, 120, 350, 370, 450, 550], "llrlrr", rows)
    row(sheet, end + 20, [(40, "Total net"), (140, "VAT 20 %"), (240, "Total gross")])
    row(sheet, end + 32, [(40, "403.00"), (140, "80.60"), (240, "483.60")])
    return sheet.pdf()


def band_with_empty_cells() -> bytes:
    """Labels above in a drawn band; the required date is left empty and its neighbours are not."""
    sheet = Sheet(A4)
    _order_head(sheet, "PO-7003")
    cells = [("REQUIRED DATE", ""), ("SHIP VIA", "Road"), ("TERMS", "Net 30"), ("INCOTERMS", ""), ("CONTACT", "A. Person")]
    sheet.box(36, 180, 550, 206)
    for place, (label, value) in enumerate(cells):
        sheet.line(36 + 103 * place, 180, 36 + 103 * place, 206)
        sheet.at(40 + 103 * place, 189, label, 6)
        sheet.at(40 + 103 * place, 201, value)
    rows = [
        ("Item", "Description", "Qty", "Unit", "Price", "Amount"),
        ("SH-12", "Bow shackle 12 mm", "40", "EA", "3.20", "128.00"),
    ]
    _table(sheet, 240, [40, 120, 350, 370, 450, 550], "llrlrr", rows)
    return sheet.pdf()


def quantity_first() -> bytes:
    """Quantity and unit lead; the item's number is the first word of its description."""
    sheet = Sheet(A4)
    _order_head(sheet, "PO-7004")
    rows = [
        ("Qty", "Unit", "Item / Description", "Price", "Amount"),
        ("40", "EA", "SH-12-ZN Bow shackle 12 mm", "3.20", "128.00"),
        ("250", "M", "WR-08-GA Wire rope 8 mm", "1.10", "275.00"),
        ("1", "EA", "SH-12-ZN Bow shackle 12 mm", "3.20", "3.20"),
    ]
    end = _table(sheet, 220, [70, 85, 130, 450, 550], "rllrr", rows)
    row(sheet, end + 12, [(450, "Total net"), (550, "406.20")], "rr")
    return sheet.pdf()


def price_per_thousand() -> bytes:
    """German, ruled: prices for 1.000, a discount in percent, each line with its date."""
    sheet = Sheet(A4)
    sheet.at(40, 50, "Rohrbach Verbindungstechnik GmbH", 14, bold=True)
    sheet.block(40, 66, ["Talstraße 9", "72070 Tübingen"])
    sheet.at(380, 50, "Bestellung", 14, bold=True)
    sheet.at(380, 70, "Bestell-Nr.: 4711-26")
    sheet.at(380, 83, "Datum: 14.03.2026")
    sheet.at(40, 120, "Lieferant:")
    sheet.block(40, 132, ["Hollister Handels GmbH", "Hafenweg 3", "48155 Münster"])
    xs = [40, 70, 145, 285, 335, 365, 425, 470, 515, 570]
    ruled_grid(sheet, xs, [190, 210, 240, 270])
    heads = ["Pos.", "Art.-Nr.", "Bezeichnung", "Menge", "ME", "EP je 1.000", "Rabatt", "Termin", "Betrag"]
    row(sheet, 203, [(x + 3, head) for x, head in zip(xs, heads, strict=False)])
    lines = [
        ("10", "SK-0840", "Sechskantschraube M8x40", "5.000", "Stk", "120,00", "10 %", "20.03.26", "540,00"),
        ("20", "MU-08", "Mutter M8", "12.500", "Stk", "24,00", "", "02.04.26", "300,00"),
    ]
    for place, cells in enumerate(lines):
        y = 226 + 30 * place
        row(sheet, y, [(x + 3, text) for x, text in zip(xs, cells[:3], strict=False)])
        row(sheet, y, [(x - 3, text) for x, text in zip(xs[4:], cells[3:], strict=True)], "rrrrrr")
    sheet.at(148, 237, "8.8 verzinkt")
    row(sheet, 290, [(470, "Summe netto EUR"), (567, "840,00")], "rr")
    return sheet.pdf()


def same_item_twice() -> bytes:
    """Two lines of one item, one for each day: two orders of the same thing."""
    sheet = Sheet(LETTER)
    _order_head(sheet, "PO-7006")
    rows = [
        ("Line", "Item No.", "Description", "Delivery Date", "Qty", "Unit", "Price", "Amount"),
        ("1", "SH-12", "Bow shackle 12 mm", "2026-04-01", "40", "EA", "3.20", "128.00"),
        ("2", "SH-12", "Bow shackle 12 mm", "2026-05-01", "40", "EA", "3.20", "128.00"),
    ]
    end = _table(sheet, 220, [40, 75, 140, 270, 380, 395, 480, 570], "llllrlrr", rows)
    row(sheet, end + 12, [(480, "Total net"), (570, "256.00")], "rr")
    return sheet.pdf()


_CLAUSES = (
    "Deliveries are accepted on working days between 7 and 15 hours only and must be announced 24 hours ahead.",
    "For each full week of delay 0.5 percent of the price, at most 5 percent, is owed without proof of damage.",
    "Invoices are due 60 days after they are received, or within 14 days with a discount of 2 percent.",
    "The warranty ends 36 months after delivery; for spare parts 24 months, and 12 for those that wear out.",
)


def terms_on_page_two() -> bytes:
    """A line on page one; on page two a full page of numbered terms with days and percents."""
    sheet = Sheet(A4)
    _order_head(sheet, "PO-7007")
    rows = [
        ("Item", "Description", "Qty", "Unit", "Price", "Amount"),
        ("SH-12", "Bow shackle 12 mm", "40", "EA", "3.20", "128.00"),
    ]
    _table(sheet, 220, [40, 120, 350, 370, 450, 550], "llrlrr", rows)
    sheet.page()
    sheet.at(40, 50, "General conditions of purchase", 12, bold=True)
    for place in range(40):
        sheet.at(40, 80 + 16 * place, str(place + 1))
        sheet.at(70, 80 + 16 * place, _CLAUSES[place % 4])
    return sheet.pdf()


def order_confirmation() -> bytes:
    """A seller's confirmation of an order: the same look, and no order."""
    return _sellers_paper("Order Confirmation", "Confirmation No.: AB-9917", with_prices=True)


def delivery_note() -> bytes:
    """A seller's delivery note: goods and quantities, and no order."""
    return _sellers_paper("Delivery Note", "Delivery Note No.: LS-4410", with_prices=False)


def _sellers_paper(title: str, number: str, *, with_prices: bool) -> bytes:
    sheet = Sheet(A4)
    sheet.at(40, 50, "Hollister Supply Ltd", 14, bold=True)
    sheet.block(40, 66, ["22 Market Place", "Hull HU1 2AB"])
    sheet.right(550, 50, title, 16, bold=True)
    sheet.at(380, 75, number)
    sheet.at(380, 88, "Date: 2026-03-16")
    sheet.at(380, 101, "Your order: PO-7001")
    sheet.block(40, 132, ["Fenwick Rigging Ltd", "4 Chandler Row", "Leeds LS1 6AA"])
    heads, cells = ["Item", "Description", "Qty", "Unit"], ["SH-12", "Bow shackle 12 mm", "40", "EA"]
    priced = (["Price", "Amount"], ["3.20", "128.00"]) if with_prices else ([], [])
    xs = [40, 120, 350, 370, 450, 550][: 6 if with_prices else 4]
    _table(sheet, 220, xs, "llrlrr", [[*heads, *priced[0]], [*cells, *priced[1]]])
    return sheet.pdf()


def heads_in_three_rows() -> bytes:
    """French, English and German names over each column, no rules, lines far apart, numbers off their heads."""
    sheet = Sheet(A4)
    _order_head(sheet, "PO-7010")
    names = [
        ("Réf.", "Désignation", "Qté", "Unité", "Prix", "Montant"),
        ("Item", "Description", "Qty", "Unit", "Price", "Amount"),
        ("Art.-Nr.", "Bezeichnung", "Menge", "ME", "Preis", "Betrag"),
    ]
    lines = [
        ("SH-12", "Bow shackle 12 mm", "40", "EA", "3.20", "128.00"),
        ("WR-8", "Wire rope 8 mm", "250", "M", "1.10", "275.00"),
        ("TB-16", "Turnbuckle M16", "8", "EA", "14.50", "116.00"),
    ]
    top = _table(sheet, 220, [40, 120, 350, 370, 450, 550], "llrlrr", names, step=10.5)
    end = _table(sheet, top + 14, [40, 120, 350, 370, 450, 550], "llrlrr", lines, step=27)
    row(sheet, end + 8, [(450, "Total net"), (550, "519.00")], "rr")
    return sheet.pdf()


def letterhead_in_columns() -> bytes:
    """The letterhead is a short name over a trade; the full name and address stand with the invoices only."""
    sheet = Sheet(A4)
    sheet.at(40, 50, "FENWICK", 24, bold=True)
    sheet.at(40, 64, "RIGGING", 9)
    sheet.right(550, 48, "Purchase order", 15)
    sheet.right(550, 62, "No. PO-7011", bold=True)
    sheet.at(40, 95, "Order date: 14-03-2026")
    for x, label in ((40, "Supplier"), (230, "Deliver to"), (400, "Invoice to")):
        sheet.at(x, 120, label, 8)
    sheet.block(40, 132, ["Hollister Supply Ltd", "22 Market Place", "Hull HU1 2AB"])
    sheet.block(230, 132, ["Fenwick Yard 2", "Dock Road 1", "Hull HU9 5PQ"])
    sheet.block(400, 132, ["Fenwick Rigging Ltd", "4 Chandler Row, Leeds LS1 6AA"])
    rows = [
        ("Item", "Description", "Qty", "Unit", "Price", "Amount"),
        ("SH-12", "Bow shackle 12 mm", "40", "EA", "3.20", "128.00"),
    ]
    _table(sheet, 220, [40, 120, 350, 370, 450, 550], "llrlrr", rows)
    return sheet.pdf()


def title_larger_than_the_letterhead() -> bytes:
    """A portal's print-out: the title with the number is set larger than the buyer's name above it."""
    sheet = Sheet(LETTER)
    sheet.at(50, 50, "Fenwick Rigging Ltd", 15)
    sheet.at(50, 66, "4 Chandler Row, Leeds LS1 6AA, United Kingdom")
    sheet.at(50, 100, "Order #PO-7012", 20, bold=True)
    sheet.at(50, 118, "Created 14 Mar 2026 · Status: approved")
    sheet.at(50, 150, "Supplier: Hollister Supply Ltd")
    sheet.at(50, 164, "Delivery address: Dock Road 1, Hull HU9 5PQ")
    rows = [
        ("Item", "Product", "Qty", "Unit", "Price (GBP)", "Subtotal (GBP)"),
        ("SH-12", "Bow shackle 12 mm", "40", "EA", "3.20", "128.00"),
    ]
    _table(sheet, 220, [50, 130, 350, 370, 450, 550], "llrlrr", rows)
    sheet.at(181, 780, "https://purchasing.fenwick.example/orders/771    14/03/2026, 14:02    1/1", 7)
    return sheet.pdf()


def line_below_the_total() -> bytes:
    """Somebody added a line below the total, without a price."""
    sheet = Sheet(A4)
    _order_head(sheet, "PO-7013")
    xs = [40, 120, 350, 370, 450, 550]
    rows = [
        ("Item", "Description", "Qty", "Unit", "Price", "Amount"),
        ("SH-12", "Bow shackle 12 mm", "40", "EA", "3.20", "128.00"),
        ("WR-8", "Wire rope 8 mm", "250", "M", "1.10", "275.00"),
    ]
    end = _table(sheet, 220, xs, "llrlrr", rows)
    row(sheet, end + 12, [(450, "Total net"), (550, "403.00")], "rr")
    row(sheet, end + 40, [(40, "TB-16"), (120, "Turnbuckle M16"), (350, "8")], "llr")
    return sheet.pdf()
