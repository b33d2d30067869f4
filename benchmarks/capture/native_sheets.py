"""Layouts of special trades, drawn with reportlab: packs and ratios, cut lists, releases without prices, many sub-rows."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from reportlab.lib.pagesizes import A4, LETTER, landscape

from benchmarks.capture.invented import InventedLine
from benchmarks.capture.native_forms import draw_foot, draw_head
from benchmarks.capture.paper import Layout, Paper, body, heads
from benchmarks.capture.sheet import Sheet


def _packs(paper: Paper) -> bytes:
    """Packs ordered, each of a ratio of sizes: units are ratio times packs."""
    packs = paper.draw.randint(3, 30)
    sheet = Sheet(LETTER)
    y = draw_head(sheet, paper)
    first = paper.order.lines[0]
    lines: list[InventedLine] = []
    sheet.text(40, y, f"Pack 1: {first.description}", font="sans-bold")
    sheet.text(330, y, f"Packs: {packs}")
    xs, align = (40, 120, 200, 330, 400, 470, 555), "lllrrrr"
    sheet.row(
        y + 16, xs, ["Size", "SKU", "EAN", "Ratio", "Units", paper.label("price"), paper.label("total")], align, "sans-bold"
    )
    for place, size in enumerate(("S", "M", "L", "XL")):
        ratio = paper.draw.randint(1, 4)
        code, gtin = f"{first.seller_part}-{size}", str(int(first.gtin[:11]) + place)
        line = replace(first, seller_part=code, gtin="", description=size, quantity=Decimal(ratio * packs), number=str(place + 1))
        lines.append(line)
        cells = [size, code, gtin, str(ratio), str(ratio * packs), paper.voice.price(line.price), paper.voice.money(line.total)]
        sheet.row(y + 30 + 13 * place, xs, cells, align)
    pieces = sum((line.quantity for line in lines), Decimal(0))
    sheet.row(y + 30 + 13 * len(lines), xs, ["", "", "", str(pieces / packs), str(pieces), "", ""], align)
    paper.order = replace(paper.order, lines=tuple(lines))
    paper.said |= {"lines.seller_part_number", "lines.quantity", "lines.unit_price", "lines.line_total"}
    paper.unjudged = ("lines.description", "lines.gtin")
    draw_foot(sheet, paper, y + 120, "lone")
    return sheet.pdf()


def _cut_list(paper: Paper) -> bytes:
    """Pieces, lengths and weights, no money; totals of pieces and weight."""
    sheet = Sheet(A4)
    y = draw_head(sheet, paper, ("po_number", "order_date", "requested", "job"))
    columns = ("line", "part", "description", "quantity", "unit")
    xs, align = (40, 80, 180, 400, 410, 480, 555), "lllrlrr"
    sheet.row(y, xs, [*heads(paper, columns), "mm", "kg"], align, "sans-bold")
    weight = Decimal(0)
    for cells in body(paper, columns):
        y += 15
        own = Decimal(paper.draw.randint(20, 900)) / 10
        weight += own
        sheet.row(y, xs, [*cells, str(paper.draw.randint(200, 6000)), paper.voice.number(own, 1)], align)
    sheet.line(40, y + 6, 555, y + 6)
    sheet.text(555, y + 20, paper.voice.number(weight, 1), align="r")
    return sheet.pdf()


def _release(paper: Paper) -> bytes:
    """A release from a contract: agreement and item, a quantity and a day, no price and no total."""
    paper.with_days()
    sheet = Sheet(A4)
    y = draw_head(sheet, paper, ("po_number", "order_date", "contract", "vendor_number"))
    columns = ("line", "buyer_part", "description", "quantity", "unit", "date")
    xs, align = (40, 80, 160, 420, 428, 555), "lllrlr"
    sheet.row(y, xs, heads(paper, columns), align, "sans-bold")
    for cells in body(paper, columns):
        y += 15
        sheet.row(y, xs, cells, align)
        y += 11
        sheet.text(160, y, f"{paper.label('contract')} {paper.order.extra['contract']} / {cells[0]}", 8)
    return sheet.pdf()


def _line_number_below(paper: Paper) -> bytes:
    """Quantity leads; the line's number and a colour stand below."""
    sheet = Sheet(LETTER, points=8.5)
    y = draw_head(sheet, paper)
    columns = ("quantity_unit", "part", "description", "price", "total")
    xs, align = (40, 120, 220, 480, 570), "lllrr"
    sheet.row(y, xs, heads(paper, columns), align, "sans-bold")
    for place, line in enumerate(paper.order.lines, 1):
        y += 17
        sheet.row(y, xs, [paper.cell(column, line) for column in columns], align)
        y += 10
        sheet.row(y, (40, 220), (f"{paper.label('line')} {place}", "RAL 7035"), "ll")
        paper.instead_of_line("line_number", line, [str(place), None])
        paper.instead_of_line("description", line, [line.description, f"{line.description} RAL 7035"])
    draw_foot(sheet, paper, y + 24, "lone")
    return sheet.pdf()


def _wide_report(paper: Paper) -> bytes:
    """A wide grid with ordered, received and open quantities, small and narrow type."""
    paper.with_days()
    sheet = Sheet(landscape(A4), font="narrow", points=8)
    y = draw_head(sheet, paper, ("po_number", "order_date", "terms", "incoterm"))
    columns = (
        "line",
        "buyer_part",
        "seller_part",
        "description",
        "date",
        "unit",
        "quantity",
        "received",
        "price",
        "discount",
        "total",
    )
    xs, align = (40, 70, 150, 240, 430, 490, 560, 620, 690, 730, 800), "llllllrrrrr"
    sheet.row(y, xs, heads(paper, columns), align)
    for cells in body(paper, columns):
        y += 14
        sheet.line(38, y - 10, 804, y - 10)
        sheet.row(y, xs, cells, align)
    draw_foot(sheet, paper, y + 20, "full")
    return sheet.pdf()


def _wrapped_cells(paper: Paper) -> bytes:
    """Descriptions and part numbers broken over several rows beside a centred quantity."""
    sheet = Sheet(A4)
    y = draw_head(sheet, paper)
    xs, align = (40, 85, 175, 350, 400, 490, 555), "lllrlrr"
    columns = ("line", "seller_part", "description", "quantity", "unit", "price", "total")
    sheet.row(y, xs, heads(paper, columns), align, "sans-bold")
    for line in paper.order.lines:
        cells = [paper.cell(column, line) for column in columns]
        words = cells[2].split()
        half = (len(words) + 1) // 2
        cells[2] = " ".join(words[:half])
        y += 20
        sheet.row(y, xs, cells, align)
        y += 10
        sheet.text(175, y, " ".join(words[half:]))
        sheet.line(38, y + 5, 557, y + 5)
    draw_foot(sheet, paper, y + 24)
    return sheet.pdf()


SHEETS = (
    Layout("sheet-packs", _packs, languages=("en",), order={"trade": "workwear", "lines": 1}, sheet="Letter"),
    Layout("sheet-cut-list", _cut_list, order={"trade": "machinery", "lines": 9}),
    Layout("sheet-release", _release, order={"lines": 8}),
    Layout("sheet-line-number-below", _line_number_below, languages=("en", "en", "es", "fr", "nl"), order={"lines": 7}),
    Layout("sheet-wide-report", _wide_report, order={"discounts": 0.3, "taxed": 0.5, "lines": 12}),
    Layout("sheet-wrapped-cells", _wrapped_cells, order={"lines": 11}),
)
