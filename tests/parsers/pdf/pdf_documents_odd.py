"""More purchase orders drawn for the tests: sub-rows, schedules, glued units, torn tables, dark heads, other papers."""

from __future__ import annotations

from reportlab.lib.pagesizes import A4, LETTER, landscape

from tests.parsers.pdf.pdf_documents import Sheet, row, ruled_grid

OTHER_PAPERS = {
    "invoice": ("INVOICE", "Invoice No.: INV-2207", "Invoice Date: 03/14/2026"),
    "quotation": ("QUOTATION", "Quotation No.: Q-2207", "Date: 03/14/2026"),
    "request": ("REQUEST FOR QUOTATION", "RFQ No.: R-2207", "Date: 03/14/2026"),
    "change": ("PURCHASE ORDER CHANGE", "PO Number: 88120", "Change Date: 03/14/2026"),
}

_TERMS = (
    "The Seller shall deliver the goods within the time stated on the face hereof and time shall be of the essence thereof.",
    "Any delay of more than 10 days entitles the Buyer to cancel this order in whole or in part and to claim 5 percent of it.",
    "Payment falls due 60 days after receipt of a correct invoice quoting the Purchase Order Number and the delivery address.",
    "Seller warrants for 24 months that quantity, quality and description of every item correspond to the agreed drawings.",
    "All disputes shall be settled by the courts of the Buyer's seat and under its law, the conflict of laws rules excluded.",
)


def _head(sheet: Sheet, number: str, date: str, title: str = "PURCHASE ORDER") -> None:
    sheet.at(40, 50, "Tamarack Mining Corp.", 14, bold=True)
    sheet.block(40, 66, ["900 Ridge Avenue", "Duluth, MN 55802"])
    sheet.right(572, 50, title, 15, bold=True)
    row(sheet, 75, [(400, "PO Number:"), (480, number)])
    row(sheet, 88, [(400, "Order Date:"), (480, date)])
    sheet.at(40, 120, "Vendor:", bold=True)
    sheet.block(90, 120, ["Hollister Supply Co.", "18 Canal Street", "Buffalo, NY 14203"])
    sheet.at(320, 120, "Deliver To:", bold=True)
    sheet.block(385, 120, ["Tamarack Pit 4", "County Road 21", "Virginia, MN 55792"])


def sub_rows_below_lines() -> bytes:
    """Each line's row is followed by the vendor's number, an account note and a date of its own."""
    sheet = Sheet()
    _head(sheet, "TM-5501", "14-MAR-2026")
    xs = [40, 90, 160, 330, 370, 430, 460, 500, 570]
    heads = ["Line", "Item", "Description", "Qty", "UOM", "Price", "Per", "UoM", "Net"]
    row(sheet, 200, list(zip(xs, heads, strict=True)), "lllrlrrlr")
    sheet.line(40, 204, 572, 204)
    lines = [
        (("10", "4711", "BRACKET, STEEL", "400", "EA", "2.15", "1", "EA", "860.00"), "B-9", "04/20/2026"),
        (("20", "5200", "HOSE, HYDRAULIC 3/4", "150", "FT", "315.00", "100", "FT", "472.50"), "HH-34", "05/04/2026"),
    ]
    y = 218
    for cells, vendor, date in lines:
        row(sheet, y, list(zip(xs, cells, strict=True)), "lllrlrrlr")
        sheet.at(160, y + 12, f"Vendor Material No: {vendor}")
        sheet.at(160, y + 24, "your account 0000, packed 20 per box")
        sheet.at(160, y + 36, f"Delivery Date: {date}")
        y += 56
    sheet.line(40, y - 8, 572, y - 8)
    row(sheet, y + 6, [(470, "PO Total (USD):"), (570, "1,332.50")], "rr")
    return sheet.pdf()


def units_glued_to_numbers() -> bytes:
    """Quantity and unit in one cell, price and unit in one cell, white heads on a dark bar."""
    sheet = Sheet()
    _head(sheet, "TM-5502", "11/Mar/26")
    sheet.box(40, 190, 572, 206, grey=0.15)
    for x, head in zip(
        [44, 80, 170, 350, 430, 510], ["#", "Part Number", "Description", "Order Qty", "Unit Cost", "Ext. Amount"], strict=True
    ):
        sheet.white(x, 201, head)
    lines = [
        ("1", "PX-100", "Pump seal kit", "40/EA", "12.50/EA", "$500.00"),
        ("2", "PX-220", "Gasket sheet 1 m", "7 BX", "89.10/BX", "$623.70"),
    ]
    for place, cells in enumerate(lines):
        row(sheet, 222 + 18 * place, list(zip([44, 80, 170, 350, 430, 510], cells, strict=True)))
    row(sheet, 280, [(500, "Total:"), (570, "$1,123.70")], "rr")
    return sheet.pdf()


def buyer_only_in_ship_to() -> bytes:
    """The letterhead is a drawing without text: the buyer's name stands in the ship-to alone."""
    sheet = Sheet()
    sheet.box(40, 30, 160, 70, grey=0.6)
    sheet.right(572, 50, "Purchase Order", 15, bold=True)
    sheet.right(572, 68, "PO # 300145")
    sheet.right(572, 80, "Date 03/14/2026")
    sheet.at(40, 110, "Purchased From", bold=True)
    sheet.block(40, 122, ["Hollister Supply Co.", "18 Canal Street", "Buffalo, NY 14203"])
    sheet.at(320, 110, "Ship To", bold=True)
    sheet.block(320, 122, ["Ostrander Foods LLC", "6 Depot Street", "Ithaca, NY 14850"])
    row(
        sheet,
        190,
        [(40, "Item Code"), (140, "Description"), (360, "Quantity"), (400, "Unit"), (480, "Rate"), (560, "Amount")],
        "llrlrr",
    )
    row(
        sheet,
        206,
        [(40, "GLV-L"), (140, "Nitrile gloves large"), (360, "24"), (400, "box"), (480, "9.95"), (560, "238.80")],
        "llrlrr",
    )
    row(sheet, 260, [(480, "Total USD"), (560, "238.80")], "rr")
    return sheet.pdf()


def schedule_below_the_line() -> bytes:
    """Under the line a small table says the same goods again, with the delivery date."""
    sheet = Sheet()
    _head(sheet, "TM-5503", "03/14/2026")
    xs = [40, 80, 150, 330, 400, 440, 560]
    row(
        sheet,
        200,
        list(zip(xs, ["Line", "Part No", "Description", "Unit Price", "Qty", "UOM", "Amount"], strict=True)),
        "lllrrlr",
    )
    row(sheet, 216, list(zip(xs, ["1", "4711", "BRACKET", "$2.15", "400", "EA", "$860.00"], strict=True)), "lllrrlr")
    sheet.at(150, 228, "This line refers to agreement 55555")
    row(sheet, 242, [(150, "Sched."), (200, "Delivery Date"), (400, "Qty"), (440, "UOM"), (560, "Amount")], "llrlr")
    row(sheet, 254, [(150, "1"), (200, "04/11/2026"), (400, "400"), (440, "EA"), (560, "$860.00")], "llrlr")
    row(sheet, 274, list(zip(xs, ["2", "5200", "FLANGE", "$31.25", "12", "EA", "$375.00"], strict=True)), "lllrrlr")
    row(sheet, 290, [(150, "Sched."), (200, "Delivery Date"), (400, "Qty"), (440, "UOM"), (560, "Amount")], "llrlr")
    row(sheet, 302, [(150, "1"), (200, "04/18/2026"), (400, "12"), (440, "EA"), (560, "$375.00")], "llrlr")
    row(sheet, 340, [(480, "Order Total:"), (560, "$1,235.00")], "rr")
    return sheet.pdf()


def landscape_with_lines_on_page_two() -> bytes:
    """A landscape report: page 1 is the head and a long legal paragraph, the only lines stand on page 2."""
    sheet = Sheet(landscape(LETTER), points=8)
    for page in (1, 2):
        sheet.at(40, 40, "Ironwood Utilities District", 12, bold=True)
        sheet.at(560, 40, "Purchase Order 2026-00318", 11, bold=True)
        sheet.at(560, 54, f"Page {page} of 2")
        if page == 1:
            sheet.block(40, 54, ["5 Reservoir Road", "Boise, ID 83702"])
            row(sheet, 80, [(560, "Order Date"), (640, "14 Mar, 2026")])
            row(sheet, 92, [(560, "Payment Terms"), (640, "2% 10, Net 30")])
            sheet.block(40, 120, ["Supplier:", "Hollister Supply Co.", "18 Canal Street", "Buffalo, NY 14203"])
            sheet.block(300, 120, ["Ship To:", "Ironwood Substation 9", "Gowen Road 100", "Boise, ID 83705"])
            sheet.block(560, 120, ["Bill To:", "Ironwood Utilities District", "PO Box 88", "Boise, ID 83701"])
            sheet.block(40, 220, [*_TERMS, *_TERMS], 10)
            sheet.at(40, 560, "Continued")
            sheet.page()
    xs = [40, 90, 190, 420, 480, 520, 600, 720]
    row(
        sheet,
        90,
        list(
            zip(xs, ["Line", "Supplier Item", "Description", "Quantity", "UOM", "Need By", "Unit Price", "Amount"], strict=True)
        ),
        "lllrllrr",
    )
    row(
        sheet,
        104,
        list(
            zip(
                xs,
                ["1", "TR-5", "Transformer oil, drum 208 l", "16.0000", "DR", "04/30/2026", "410.50000", "6,568.00"],
                strict=True,
            )
        ),
        "lllrllrr",
    )
    row(
        sheet,
        118,
        list(zip(xs, ["2", "FU-30", "Fuse 30 A", "250.0000", "EA", "04/15/2026", "1.12500", "281.25"], strict=True)),
        "lllrllrr",
    )
    row(sheet, 150, [(640, "Total (USD)"), (720, "6,849.25")], "rr")
    return sheet.pdf()


def table_goes_on_without_a_head() -> bytes:
    """The second page goes on with lines under no head, below the same letterhead as on the first."""
    sheet = Sheet(A4)
    for page, numbers in ((1, range(1, 31)), (2, range(31, 35))):
        sheet.at(50, 40, "Holmgren Verktyg AB", 12, bold=True)
        sheet.at(400, 40, "PO Number: HV-9001")
        sheet.at(400, 52, f"Page: {page}")
        y = 80
        if page == 1:
            sheet.block(50, 52, ["Verkstadsgatan 7", "SE-211 20 Malmö"])
            sheet.at(400, 64, "Date: 2026-03-14")
            row(
                sheet,
                110,
                [(50, "Item"), (90, "Article"), (180, "Text"), (380, "Qty"), (460, "Price"), (540, "Total SEK")],
                "lllrrr",
            )
            y = 126
        for number in numbers:
            cells = [
                (50, str(number)),
                (90, f"V-{number:03}"),
                (180, f"Insexskruv M6x{number}"),
                (380, "100"),
                (460, "1,50"),
                (540, "150,00"),
            ]
            row(sheet, y, cells, "lllrrr")
            y += 20
        if page == 1:
            sheet.page()
    row(sheet, y + 10, [(460, "Total"), (540, "5 100,00")], "rr")
    return sheet.pdf()


def spanish_with_wrapped_cells() -> bytes:
    """A ruled Spanish order: descriptions wrap over three lines and the numbers stand beside the middle one."""
    sheet = Sheet(A4, font="Times-Roman")
    sheet.at(50, 50, "Conservas Almadraba S.A.", 13, bold=True)
    sheet.block(50, 64, ["Calle del Puerto 15", "11160 Barbate", "España"])
    sheet.at(340, 50, "PEDIDO DE COMPRA", 13, bold=True)
    row(sheet, 70, [(340, "Pedido nº:"), (430, "PC-0457")])
    row(sheet, 82, [(340, "Fecha:"), (430, "14/03/2026")])
    row(sheet, 94, [(340, "Forma de pago:"), (430, "Transferencia a 60 días")])
    sheet.at(50, 125, "Proveedor", bold=True)
    sheet.block(50, 137, ["Hollister Ibérica S.L.", "Avenida Norte 3", "28020 Madrid"])
    sheet.at(340, 125, "Dirección de entrega", bold=True)
    sheet.block(340, 137, ["Almacén Almadraba", "Polígono El Olivar, nave 4", "11160 Barbate"])
    xs = [50, 120, 320, 370, 420, 480, 550]
    ys = [190, 206, 250, 294]
    ruled_grid(sheet, xs, ys)
    row(
        sheet,
        201,
        [(x + 3, head) for x, head in zip(xs, ["Código", "Descripción", "Cantidad", "Ud.", "Precio", "Importe"], strict=False)],
    )
    wrapped = [
        ("LT-55", ["Lata redonda de 550 ml", "barnizada por dentro,", "tapa abrefácil"], "1.500", "ud", "0,235", "352,50"),
        ("CJ-12", ["Caja de cartón para", "doce latas, impresa", "a dos colores"], "125", "ud", "0,80", "100,00"),
    ]
    for place, (code, text, count, unit, price, amount) in enumerate(wrapped):
        top = ys[1 + place]
        sheet.block(123, top + 12, text, 12)
        row(sheet, top + 24, [(53, code), (367, count), (373, unit), (477, price), (547, amount)], "lrlrr")
    row(sheet, 310, [(480, "Base imponible"), (547, "452,50")], "rr")
    row(sheet, 322, [(480, "IVA 21%"), (547, "95,03")], "rr")
    row(sheet, 334, [(480, "Total EUR"), (547, "547,53")], "rr")
    return sheet.pdf()


def with_pages_of_terms() -> bytes:
    """One page of order, one page of dense small terms full of days, percents and label words."""
    sheet = Sheet()
    _head(sheet, "TM-5504", "03/14/2026")
    row(
        sheet, 200, [(40, "Line"), (80, "Part No"), (180, "Description"), (400, "Qty"), (480, "Price"), (560, "Amount")], "lllrrr"
    )
    row(sheet, 216, [(40, "1"), (80, "4711"), (180, "BRACKET"), (400, "400"), (480, "2.15"), (560, "860.00")], "lllrrr")
    row(sheet, 240, [(480, "Total"), (560, "860.00")], "rr")
    sheet.page()
    sheet.points = 4
    for column in (40, 320):
        sheet.block(column, 40, list(_TERMS) * 24, 5.5)
    return sheet.pdf()


def other_paper(kind: str) -> bytes:
    """A paper with the looks of an order that is something else, or changes one."""
    title, number, date = OTHER_PAPERS[kind]
    sheet = Sheet()
    sheet.at(40, 50, "Tamarack Mining Corp.", 12, bold=True)
    sheet.block(40, 66, ["900 Ridge Avenue", "Duluth, MN 55802"])
    sheet.right(572, 50, title, 16, bold=True)
    sheet.at(400, 75, number)
    sheet.at(400, 88, date)
    row(
        sheet, 200, [(40, "Line"), (80, "Part No"), (180, "Description"), (400, "Qty"), (480, "Price"), (560, "Amount")], "lllrrr"
    )
    row(sheet, 216, [(40, "1"), (80, "4711"), (180, "BRACKET"), (400, "400"), (480, "2.15"), (560, "860.00")], "lllrrr")
    row(sheet, 240, [(480, "Total"), (560, "860.00")], "rr")
    return sheet.pdf()
