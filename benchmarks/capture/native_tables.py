"""Layouts whose tables of lines differ, as HTML printed by Chromium."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from html import escape

from benchmarks.capture.html_parts import (
    aligned,
    block,
    cells_row,
    document,
    head_row,
    letterhead,
    lines_table,
    pairs_beside,
    pairs_grid,
    title,
    totals_table,
)
from benchmarks.capture.invented import Delivery, InventedLine, cents
from benchmarks.capture.paper import Layout, Paper

_GRID = ".lines td,.lines th{border:1px solid #666}"


def _head(paper: Paper, names: Sequence[str] = ("po_number", "order_date", "terms", "currency")) -> str:
    """A plain head: letterhead, title with labelled values, both parties."""
    values = f"<div>{title(paper, 'font-size:140%')}{pairs_beside([paper.pair(name) for name in names])}</div>"
    parties = "".join(block(paper.label(role), paper.party(role)) for role in ("seller", "ship_to"))
    return f"<div class='row'>{letterhead(paper)}{values}</div><br><div class='row'>{parties}<div></div></div><br>"


def _sub_rows(paper: Paper) -> str:
    """Below each line: the seller's number, the day and an account number, each with its label."""
    paper.with_days()
    columns = ("line", "buyer_part", "description", "quantity", "unit", "price", "total")
    rows = ""
    for line in paper.order.lines:
        rows += cells_row(columns, [paper.cell(column, line) for column in columns])
        seller = f"{paper.label('seller_part')}: {paper.cell('seller_part', line)}"
        day = f"{paper.label('date')}: {paper.cell('date', line)}"
        account = f"Cost centre {paper.order.extra['account']}"
        rows += "".join(f"<tr><td></td><td></td><td colspan='5'>{escape(text)}</td></tr>" for text in (seller, day, account))
    table = f"<table class='lines' style='width:100%'><thead><tr>{head_row(paper, columns)}</tr></thead>{rows}</table>"
    return document(_head(paper) + table + totals_table(paper.totals("net")), "thead th{border-bottom:1px solid}")


def _two_row_head(paper: Paper) -> str:
    """Two rows of heads over two rows per line: the numbers stand under other labels."""
    label, rows = paper.label, ""
    for line in paper.order.lines:
        cell = {
            name: escape(paper.cell(name, line))
            for name in ("line", "seller_part", "description", "quantity", "unit", "price", "basis", "total")
        }
        rows += f"<tr><td>{cell['line']}</td><td>{cell['seller_part']}</td><td colspan='3'>{cell['description']}</td></tr>"
        rows += f"<tr><td></td><td class='r'>{cell['quantity']} {cell['unit']}</td><td class='r'>{cell['price']}</td>"
        rows += f"<td class='r'>{cell['basis']}</td><td class='r'>{cell['total']}</td></tr>"
    upper = f"<tr><td>{label('line')}</td><td>{label('seller_part')}</td><td colspan='3'>{label('description')}</td></tr>"
    lower = "<tr><td></td>" + "".join(f"<td class='r'>{label(name)}</td>" for name in ("quantity", "price", "basis"))
    lower += f"<td class='r'>{label('total')}</td></tr>"
    heads = f"<tbody style='border-top:1px solid;border-bottom:1px solid'>{upper}{lower}</tbody>"
    table = f"<table style='width:100%;font-family:monospace'>{heads}{rows}</table>"
    return document(_head(paper) + table + totals_table(paper.totals("net", with_currency=True)), size=9)


def _stacked_cell(paper: Paper) -> str:
    """Number and description share one cell, the number above."""
    paper.with_days()
    columns = ("line", "description", "date", "quantity_unit", "price", "discount", "total")
    heads = "".join(
        f"<th{aligned(column)}>{escape(text)}</th>"
        for column, text in zip(
            columns,
            [
                paper.label("line"),
                f"{paper.label('part')} / {paper.label('description')}",
                *map(paper.label, ("date", "quantity", "price", "discount", "total")),
            ],
            strict=True,
        )
    )
    rows = ""
    for line in paper.order.lines:
        cells = {column: escape(paper.cell(column, line)) for column in columns}
        cells["description"] = f"{escape(paper.cell('part', line))}<br>{cells['description']}"
        rows += "<tr>" + "".join(f"<td{aligned(column)}>{cells[column]}</td>" for column in columns) + "</tr>"
    table = f"<table class='lines' style='width:100%'><thead><tr>{heads}</tr></thead>{rows}</table>"
    return document(_head(paper) + table + totals_table(paper.totals()), _GRID, font="DejaVu Sans", size=8)


def _schedule(paper: Paper) -> str:
    """Under each line its dated deliveries in a table of their own: the same goods again."""
    columns = ("line", "part", "description", "quantity", "unit", "price", "total")
    paper.order = replace(paper.order, lines=tuple(_split(paper, line) for line in paper.order.lines))
    paper.said.add("lines.requested_delivery_date")
    rows = ""
    for line in paper.order.lines:
        rows += cells_row(columns, [paper.cell(column, line) for column in columns])
        inner = f"<tr><td></td><td></td><td>{paper.label('date')}</td><td class='r'>{paper.label('quantity')}</td><td></td></tr>"
        for part in line.deliveries:
            day, quantity = paper.voice.day(part.day), paper.voice.number(part.quantity)
            inner += (
                f"<tr><td></td><td></td><td>{day}</td><td class='r'>{quantity}</td><td>{paper.voice.unit(line.unit)}</td></tr>"
            )
        rows += inner
    table = f"<table class='lines' style='width:100%'><thead><tr>{head_row(paper, columns)}</tr></thead>{rows}</table>"
    return document(_head(paper) + table + totals_table(paper.totals("net")), "thead th{border-bottom:1px solid}")


def _split(paper: Paper, line: InventedLine) -> InventedLine:
    first = (line.quantity / 2).to_integral_value()
    if not first or first == line.quantity:
        return replace(line, deliveries=(Delivery(line.quantity, paper.order.requested),))
    later = paper.order.requested.fromordinal(paper.order.requested.toordinal() + 14)
    return replace(line, deliveries=(Delivery(first, paper.order.requested), Delivery(line.quantity - first, later)))


def _order_form(paper: Paper) -> str:
    """A printed catalogue in which few quantities are filled in."""
    columns = ("seller_part", "description", "unit", "price", "quantity", "total")
    wanted = set(paper.draw.sample(range(len(paper.order.lines)), k=max(2, len(paper.order.lines) // 5)))
    rows, chosen = "", []
    for place, line in enumerate(paper.order.lines):
        cells = [paper.cell(column, line) for column in columns]
        if place in wanted:
            chosen.append(line)
        else:
            cells[4:] = ["", ""]
        rows += cells_row(columns, cells)
    paper.order = replace(paper.order, lines=tuple(chosen))
    table = f"<table class='lines' style='width:100%'><thead><tr>{head_row(paper, columns)}</tr></thead>{rows}</table>"
    return document(_head(paper) + table + totals_table(paper.totals("lone")), _GRID)


def _sizes(paper: Paper) -> str:
    """Articles down, sizes across: every filled cell is a line."""
    sizes = paper.draw.choice((("S", "M", "L", "XL"), ("40", "41", "42", "43", "44"), ("36", "38", "40", "42")))
    lines: list[InventedLine] = []
    rows = ""
    for line in paper.order.lines[:5]:
        counts = [paper.draw.choice((0, 0, 5, 10, 12, 20, 24)) for _ in sizes]
        counts[0] = counts[0] or 6
        own = [
            replace(line, description=f"{line.description} {size}", quantity=Decimal(count))
            for size, count in zip(sizes, counts, strict=True)
            if count
        ]
        lines += own
        whole = sum((each.total for each in own), Decimal(0))
        filled = "".join(f"<td class='r'>{count or ''}</td>" for count in counts)
        rows += f"<tr><td>{line.seller_part}</td><td>{escape(line.description)}</td>{filled}<td class='r'>{sum(counts)}</td>"
        rows += f"<td class='r'>{paper.voice.price(line.price)}</td><td class='r'>{paper.voice.money(whole)}</td></tr>"
    paper.order = replace(paper.order, lines=tuple(lines))
    paper.said |= {"lines.seller_part_number", "lines.quantity", "lines.unit_price", "lines.description"}
    across = "".join(f"<th class='r'>{size}</th>" for size in sizes)
    heads = f"<th>{paper.label('seller_part')}</th><th>{paper.label('description')}</th>{across}<th class='r'>Total</th>"
    heads += f"<th class='r'>{paper.label('price')}</th><th class='r'>{paper.label('total')}</th>"
    table = f"<table class='lines' style='width:100%'><tr>{heads}</tr>{rows}</table>"
    paper.unjudged = ("lines.line_total", "lines.unit")
    return document(_head(paper) + table + totals_table(paper.totals("lone")), _GRID)


def _bases(paper: Paper) -> str:
    """Prices per 1, 100 or 1,000 with the basis in a column of its own, and discounts."""
    columns = ("line", "part", "description", "quantity", "unit", "price", "basis", "discount", "total")
    return document(_head(paper) + lines_table(paper, columns) + totals_table(paper.totals()), "thead{background:#dde}", size=8.5)


def _glued(paper: Paper) -> str:
    """Price and basis in one cell, quantity and unit in one cell."""
    columns = ("line", "seller_part", "description", "quantity_unit", "price_per", "total")
    return document(
        _head(paper) + lines_table(paper, columns) + totals_table(paper.totals("net")), "thead th{border-bottom:2px solid #000}"
    )


def _landscape_report(paper: Paper) -> str:
    """A wide report: received and open quantities beside the ordered one; only the head on page 1."""
    paper.with_days()
    columns = ("line", "buyer_part", "gtin", "description", "date", "quantity", "unit", "received", "price", "tax_rate", "total")
    head = _head(paper, ("po_number", "order_date", "vendor_number", "terms", "incoterm", "currency"))
    clause = f"<p>{escape(paper.label('clause'))}</p>"
    table = lines_table(paper, columns)
    content = f"{head}{clause}<div style='page-break-before:always'></div>{table}{totals_table(paper.totals())}"
    return document(content, _GRID + "td,th{font-size:85%}", font="Liberation Sans Narrow")


def _carried_over(paper: Paper) -> str:
    """A table over several pages with the head repeated and the sum carried over."""
    columns = ("line", "part", "description", "quantity", "unit", "price", "total")
    pages, running, number = [], Decimal(0), 1
    lines = paper.order.lines
    for at in range(0, len(lines), 9):
        above = _carried(paper, running) if at else ""
        rows = "".join(cells_row(columns, [paper.cell(column, line) for column in columns]) for line in lines[at : at + 9])
        running += sum((line.total for line in lines[at : at + 9]), Decimal(0))
        more = at + 9 < len(lines)
        below = _carried(paper, running) if more else ""
        last = "page-break-after:always" if more else ""
        of = paper.voice.label("page", number, (len(lines) + 8) // 9)
        pages.append(
            f"<div style='{last}'><div class='r s'>{of} &nbsp; {escape(paper.order.po_number)}</div>"
            f"<table class='lines' style='width:100%'><thead><tr>{head_row(paper, columns)}</tr></thead>"
            f"{above}{rows}{below}</table></div>"
        )
        number += 1
    return document(_head(paper) + "".join(pages) + totals_table(paper.totals()), "thead th{border-bottom:1px solid #000}")


def _carried(paper: Paper, amount: Decimal) -> str:
    cells = ["", "", paper.label("carried"), "", "", "", paper.voice.money(amount)]
    return cells_row(("line", "part", "description", "quantity", "unit", "price", "total"), cells)


def _terms_follow(paper: Paper) -> str:
    """Two pages of conditions in small print, full of days and percents."""
    columns = ("line", "part", "description", "quantity", "unit", "price", "total")
    clauses = "".join(f"<p>{number}. {escape(paper.label('clause'))}</p>" for number in range(1, 26))
    small = f"<div style='page-break-before:always;font-size:5.5pt;column-count:2'>{clauses}</div>"
    return document(_head(paper) + lines_table(paper, columns) + totals_table(paper.totals("net")) + small, _GRID)


def _quantity_first(paper: Paper) -> str:
    """Quantity leads; the number closes the description after a dash."""
    rows = ""
    for line in paper.order.lines:
        paper.said |= {"lines.seller_part_number"}
        text = f"{paper.cell('description', line)} - {line.seller_part}"
        rows += f"<tr><td>{paper.cell('quantity', line)}</td><td>{paper.cell('unit', line)}</td><td>{escape(text)}</td>"
        rows += f"<td class='r'>{paper.cell('price', line)}</td><td class='r'>{paper.cell('total', line)}</td></tr>"
        paper.instead_of_line("description", line, [line.description, text])
        paper.instead_of_line("seller_part_number", line, [line.seller_part, None])
    names = ("quantity", "unit", "description", "price", "total")
    head = "".join(f"<th{' class=r' if name in ('price', 'total') else ''}>{escape(paper.label(name))}</th>" for name in names)
    table = f"<table class='lines' style='width:100%'><thead><tr>{head}</tr></thead>{rows}</table>"
    return document(_head(paper) + table + totals_table(paper.totals("lone")), "thead th{border-bottom:1px solid}")


def _priced_in_words(paper: Paper) -> str:
    """Every price with its currency, amounts too; no currency elsewhere."""
    paper.said.add("currency")
    columns = ("line", "part", "description", "quantity", "unit", "price", "total")
    sign = {"EUR": "€", "GBP": "£", "USD": "$", "CHF": "CHF", "PLN": "zł"}[paper.order.currency]
    rows = ""
    for line in paper.order.lines:
        cells = [paper.cell(column, line) for column in columns]
        cells[-2:] = [
            f"{sign} {text}" if paper.order.currency in ("USD", "GBP", "CHF") else f"{text} {sign}" for text in cells[-2:]
        ]
        rows += cells_row(columns, cells)
    table = f"<table class='lines' style='width:100%'><thead><tr>{head_row(paper, columns)}</tr></thead>{rows}</table>"
    if sign == "$":
        paper.instead["currency"] = ["USD", None]
    return document(_head(paper, ("po_number", "order_date", "requested")) + table + totals_table(paper.totals("net")), _GRID)


def _freight_as_line(paper: Paper) -> str:
    """Freight has a position of its own: it is a line."""
    last = paper.order.lines[-1]
    number = str(
        int(last.number) + (int(last.number) - int(paper.order.lines[-2].number) if len(paper.order.lines) > 1 else 1)
    ).zfill(len(last.number))
    freight = InventedLine(
        number, "", "", "", paper.order.charges[0].label, Decimal(1), "C62", cents(paper.order.charges[0].amount)
    )
    paper.order = replace(paper.order, charges=(), lines=(*paper.order.lines, freight))
    columns = ("line", "seller_part", "description", "quantity", "unit", "price", "total")
    return document(_head(paper) + lines_table(paper, columns) + totals_table(paper.totals()), _GRID)


def _cards(paper: Paper) -> str:
    """Each line is a box of labelled values instead of a row."""
    boxes = ""
    for line in paper.order.lines:
        names = ("line", "seller_part", "description", "quantity_unit", "price", "total")
        labels = {"quantity_unit": "quantity"}
        pairs = [(paper.label(labels.get(name, name)), paper.cell(name, line)) for name in names]
        boxes += (
            f"<div style='border:1px solid #888;margin:6px 0;page-break-inside:avoid'>{pairs_grid(pairs, 3, 'border:none')}</div>"
        )
    return document(_head(paper) + boxes + totals_table(paper.totals("net")))


def _no_numbers(paper: Paper) -> str:
    """A small business: text, pieces, price and amount; nothing else."""
    columns = ("description", "quantity", "price", "total")
    table = lines_table(paper, columns, "width:100%;min-height:120mm")
    return document(
        _head(paper, ("po_number", "order_date")) + table + totals_table(paper.totals("lone")),
        "th{border-bottom:1px dotted #000}",
        size=11,
    )


TABLES = (
    Layout("table-sub-rows", _sub_rows),
    Layout("table-two-row-head", _two_row_head, order={"bases": 0.4}),
    Layout("table-stacked-cell", _stacked_cell, order={"discounts": 0.5, "taxed": 0.5}),
    Layout("table-schedule", _schedule),
    Layout("table-order-form", _order_form, order={"lines": 26}),
    Layout("table-sizes", _sizes, order={"trade": "workwear", "lines": 3}),
    Layout("table-bases", _bases, order={"trade": "fasteners", "bases": 0.6, "discounts": 0.3, "taxed": 0.5}),
    Layout("table-glued", _glued, order={"trade": "fasteners", "bases": 0.6}),
    Layout("table-landscape-report", _landscape_report, order={"taxed": 1}, sheet="A4 landscape"),
    Layout("table-carried-over", _carried_over, order={"lines": 24, "taxed": 0.5}),
    Layout("table-terms-follow", _terms_follow),
    Layout("table-quantity-first", _quantity_first, languages=("en", "en", "es", "it"), sheet="Letter"),
    Layout("table-priced-in-words", _priced_in_words),
    Layout("table-freight-as-line", _freight_as_line, order={"charged": 1, "taxed": 0.5}),
    Layout("table-cards", _cards, order={"lines": 3}),
    Layout("table-no-numbers", _no_numbers),
)
