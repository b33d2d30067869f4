"""Layouts that no HTML gives: overlays on forms, typed pages, odd stream orders, turned and cropped sheets, hidden text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.pagesizes import A4, LETTER, landscape

from benchmarks.capture.paper import Layout, Paper, body, heads
from benchmarks.capture.sheet import Sheet

_COLUMNS = ("line", "seller_part", "description", "quantity", "unit", "price", "total")
_XS, _ALIGN = (40, 88, 175, 372, 378, 490, 555), "lllrlrr"


def draw_head(sheet: Sheet, paper: Paper, names: Sequence[str] = ("po_number", "order_date", "terms", "currency")) -> float:
    """Letterhead, title, labelled values and both parties; the y below."""
    name, *rest = paper.party("buyer")
    sheet.text(40, 45, name, 14, "sans-bold")
    sheet.block(40, 60, rest)
    sheet.text(sheet.width - 40, 45, paper.label("title"), 15, "sans-bold", "r")
    for place, (label, value) in enumerate(paper.pair(each) for each in names):
        sheet.text(sheet.width - 215, 66 + 13 * place, f"{label}:")
        sheet.text(sheet.width - 110, 66 + 13 * place, value)
    for x, role in ((40, "seller"), (300, "ship_to")):
        sheet.text(x, 150, paper.label(role), font="sans-bold")
        sheet.block(x, 162, paper.party(role))
    return 225


def _table(sheet: Sheet, paper: Paper, y: float, step: float = 15, again: bool = True, font: str | None = None) -> float:
    """All lines under their heads, on further pages as needed; `again` repeats the heads there."""
    sheet.row(y, _XS, heads(paper, _COLUMNS), _ALIGN, font or "sans-bold")
    sheet.line(38, y + 4, sheet.width - 38, y + 4)
    for cells in body(paper, _COLUMNS):
        y += step
        if y > sheet.height - 90:
            sheet.page()
            y = 60
            if again:
                sheet.row(y - step, _XS, heads(paper, _COLUMNS), _ALIGN, font or "sans-bold")
        sheet.row(y, _XS, cells, _ALIGN, font)
    return y + step


def draw_foot(sheet: Sheet, paper: Paper, y: float, kind: str = "net") -> None:
    """The totals from `y` down."""
    for label, amount in paper.totals(kind):
        sheet.text(480, y, label, align="r")
        sheet.text(555, y, amount, align="r")
        y += 13


def _overlay(paper: Paper) -> bytes:
    """A drawn form with small labels above; fixed-pitch values ride off the labels' lines."""
    sheet = Sheet(LETTER, points=6)
    sheet.box(36, 36, 576, 760)
    names = ("order_date", "ship_via", "incoterm", "terms", "vendor_number")
    for place, (label, value) in enumerate(paper.pair(name) for name in names):
        sheet.box(36 + 108 * place, 180, 144 + 108 * place, 206)
        sheet.text(39 + 108 * place, 187, label.upper())
        sheet.text(42 + 108 * place, 201, value, 7, "mono")
    label, value = paper.pair("po_number")
    sheet.text(430, 60, label.upper())
    sheet.text(500, 63, value, 11, "mono")
    sheet.text(300, 44, paper.label("title").upper(), 14, "sans-bold", "c")
    sheet.block(50, 56, paper.party("buyer"), font="mono")
    for x, role in ((40, "seller"), (310, "ship_to")):
        sheet.text(x, 112, paper.label(role).upper())
        for place, line in enumerate(paper.party(role)):
            sheet.text(x + 30, 123 + 11 * place, line, 9, "mono")
    xs = (40, 90, 150, 250, 440, 510)
    columns = ("quantity", "unit", "part", "description", "price", "total")
    sheet.row(218, xs, [head.upper() for head in heads(paper, columns)], "llllll")
    sheet.line(36, 222, 576, 222)
    y = 236.0
    sheet.points = 9
    for cells in body(paper, columns):
        sheet.row(y, (75, 95, 150, 250, 490, 568), cells, "rlllrr", "mono")
        y += 14
    ((label, amount),) = paper.totals("lone")
    sheet.text(440, 745, label.upper(), 6)
    sheet.text(568, 748, amount, 9, "mono", "r")
    return sheet.pdf()


def _typed(paper: Paper) -> bytes:
    """A line printer's page: fixed pitch, rules of dashes, everything on a raster."""
    sheet = Sheet(A4, font="mono", points=8)
    width = 4.8
    lines = [" ".join(paper.label("title").upper()).center(100), "-" * 108]
    for left, right in (("po_number", "order_date"), ("vendor_number", "requested"), ("terms", "incoterm")):
        one, other = paper.pair(left), paper.pair(right)
        lines.append(f"{one[0] + ':':<24}{one[1]:<32}{other[0] + ':':<26}{other[1]}")
    lines += ["", f"{paper.label('seller') + ':':<54}{paper.label('ship_to') + ':'}"]
    lines += [f"{one:<54}{other}" for one, other in zip(paper.party("seller"), paper.party("ship_to"), strict=True)]
    lines += ["", "-" * 108]
    columns = ("line", "seller_part", "description", "quantity", "unit", "price", "total")
    widths = (8, 18, 38, 12, 8, 11, 13)

    def typed(cells: Sequence[str]) -> str:
        return "".join(
            f"{cell[: room - 1]:>{room}}" if place in (3, 5, 6) else f" {cell[: room - 2]:<{room - 1}}"
            for place, (cell, room) in enumerate(zip(cells, widths, strict=True))
        )

    lines += [typed(heads(paper, columns)), "-" * 108, *map(typed, body(paper, columns)), "-" * 108]
    lines += [f"{label:>95}{amount:>13}" for label, amount in paper.totals("net")]
    for place, line in enumerate(lines):
        start = len(line) - len(line.lstrip())
        sheet.text(36 + start * width, 50 + 11 * place, line.strip())
    return sheet.pdf()


def _shuffled(paper: Paper) -> bytes:
    """Every piece of text is drawn in an order that has nothing to do with reading."""
    sheet = Sheet(A4)
    drawn: list[tuple[Any, ...]] = []
    draw = sheet.text
    sheet.text = lambda *arguments, **named: drawn.append((arguments, named))  # type: ignore[method-assign]
    draw_foot(sheet, paper, _table(sheet, paper, draw_head(sheet, paper)) + 10)
    paper.draw.shuffle(drawn)
    for arguments, named in drawn:
        draw(*arguments, **named)
    return sheet.pdf()


def _far_totals(paper: Paper) -> bytes:
    """Few lines at the top, the totals at the very foot of the page."""
    sheet = Sheet(LETTER)
    _table(sheet, paper, draw_head(sheet, paper, ("po_number", "order_date", "requested")), step=20)
    draw_foot(sheet, paper, 720, "full")
    return sheet.pdf()


def _turned(paper: Paper) -> bytes:
    """A landscape page printed on an upright sheet: every letter stands on its side."""
    sheet = Sheet(A4)
    sheet.canvas.translate(A4[0], 0)
    sheet.canvas.rotate(90)
    sheet.width, sheet.height = landscape(A4)
    draw_foot(sheet, paper, _table(sheet, paper, draw_head(sheet, paper)) + 10)
    return sheet.pdf()


def _cropped(paper: Paper) -> bytes:
    """The page's box does not begin at zero, and forms beyond the crop hold another number."""
    sheet = Sheet(A4)
    sheet.canvas.setCropBox((0, 0, A4[0], A4[1] - 20))
    sheet.text(60, 12, f"{paper.label('po_number')}: 99999999")
    sheet.canvas.translate(0, -14)
    draw_foot(sheet, paper, _table(sheet, paper, draw_head(sheet, paper)) + 10)
    return sheet.pdf()


def _hidden(paper: Paper) -> bytes:
    """Text that is not painted and text off the page, with other numbers and quantities."""
    sheet = Sheet(A4)
    draw_foot(sheet, paper, _table(sheet, paper, draw_head(sheet, paper)) + 10)
    ghost = sheet.canvas.beginText(60, 400)
    ghost.setTextRenderMode(3)
    ghost.setFont("Helvetica", 9)
    ghost.textLine(f"{paper.label('po_number')}: 12345678   77  EA  1.00  77.00")
    sheet.canvas.drawText(ghost)
    sheet.text(sheet.width + 40, 100, f"{paper.label('po_number')}: 87654321")
    return sheet.pdf()


def _doubled(paper: Paper) -> bytes:
    """Bold by drawing twice; amounts in two pieces of two fonts."""
    sheet = Sheet(A4)
    draw = sheet.text

    def twice(x: float, y: float, text: str, points: float | None = None, font: str | None = None, align: str = "l") -> None:
        draw(x, y, text, points, "sans" if font == "sans-bold" else font, align)
        if font == "sans-bold":
            draw(x + 0.4, y, text, points, "sans", align)

    sheet.text = twice  # type: ignore[method-assign]
    draw_foot(sheet, paper, _table(sheet, paper, draw_head(sheet, paper)) + 10, "full")
    return sheet.pdf()


def _headless_second_page(paper: Paper) -> bytes:
    """The table goes on over the page without its heads, under a running head with the order's number."""
    sheet = Sheet(A4)
    turn = sheet.page

    def page() -> None:
        turn()
        sheet.text(40, 30, f"{paper.label('po_number')}: {paper.order.po_number}")

    sheet.page = page  # type: ignore[method-assign]
    draw_foot(sheet, paper, _table(sheet, paper, draw_head(sheet, paper), step=20, again=False) + 10, "full")
    return sheet.pdf()


def _joined_labels(paper: Paper) -> bytes:
    """One label for two values ("number/date") above them in the large system's manner; seller in the window."""
    sheet = Sheet(A4)
    sheet.block(60, 120, paper.party("seller"))
    name, *rest = paper.party("buyer")
    sheet.text(340, 40, name, 12, "sans-bold")
    sheet.block(340, 53, rest)
    label = f"{paper.label('po_number')} / {paper.label('order_date')}"
    sheet.text(340, 110, label, 8)
    sheet.text(340, 121, f"{paper.value('po_number')} / {paper.value('order_date')}")
    for place, name in enumerate(("contact", "vendor_number", "customer_number")):
        sheet.text(340, 138 + 24 * place, paper.label(name), 8)
        sheet.text(340, 149 + 24 * place, paper.value(name))
    sheet.text(60, 222, paper.label("title"), 13, "sans-bold")
    sheet.text(60, 240, f"{paper.label('ship_to')}:")
    sheet.block(170, 240, paper.party("ship_to"))
    for place, name in enumerate(("terms", "incoterm", "requested", "currency")):
        sheet.text(60, 300 + 12 * place, f"{paper.label(name)}:")
        sheet.text(170, 300 + 12 * place, paper.value(name))
    draw_foot(sheet, paper, _table(sheet, paper, 365) + 10)
    return sheet.pdf()


FORMS = (
    Layout("form-overlay", _overlay, languages=("en", "en", "es", "fr")),
    Layout("form-typed", _typed, order={"lines": 6}),
    Layout("form-shuffled", _shuffled),
    Layout("form-far-totals", _far_totals, order={"taxed": 0.6}),
    Layout("form-turned", _turned),
    Layout("form-cropped", _cropped),
    Layout("form-hidden", _hidden),
    Layout("form-doubled", _doubled, order={"taxed": 0.6}),
    Layout("form-headless-second-page", _headless_second_page, order={"lines": 40, "taxed": 0.5}),
    Layout("form-joined-labels", _joined_labels),
)
