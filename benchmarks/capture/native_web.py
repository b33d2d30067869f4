"""Layouts whose heads and addresses differ, as HTML printed by Chromium."""

from __future__ import annotations

from html import escape

from benchmarks.capture.html_parts import (
    at_foot,
    block,
    document,
    letterhead,
    lines_of,
    lines_table,
    pairs_band,
    pairs_beside,
    pairs_grid,
    parties,
    row,
    sender_line,
    title,
    totals_table,
)
from benchmarks.capture.paper import Layout, Paper

_USUAL = ("line", "part", "description", "quantity", "unit", "price", "total")


def _dark_heads(paper: Paper) -> str:
    """A web shop's look: white heads on dark rows."""
    values = pairs_beside([paper.pair("po_number"), paper.pair("order_date")])
    top = row(letterhead(paper), f"<div>{title(paper)}{values}</div>")
    addresses = parties(paper, "seller", "ship_to", country=True, style="margin:18px 40mm 18px 0")
    table = lines_table(paper, _USUAL)
    style = "th{background:#23395d;color:#fff}.lines td{border-bottom:1px solid #ccc}"
    return document(
        top + addresses + table + totals_table(paper.totals("full", with_currency=True)), style, font="DejaVu Sans", size=8.5
    )


def _title_bars(paper: Paper) -> str:
    """Boxes with grey title bars."""
    paper.with_days()
    bar = "background:#ccc;border:1px solid #555;font-weight:bold"
    info = pairs_beside(
        [paper.pair(name) for name in ("po_number", "order_date", "vendor_number", "contact", "terms", "incoterm", "currency")]
    )

    def box(label: str, inner: str) -> str:
        below = f"<div style='border:1px solid #555;min-height:80px'>{inner}</div>"
        return f"<td style='width:33%'><div style='{bar}'>{escape(label)}</div>{below}</td>"

    boxes = "".join(
        (
            box(paper.label("seller"), lines_of(paper.party("seller"))),
            box(paper.label("ship_to"), lines_of(paper.party("ship_to", attention=True))),
            box(paper.label("title"), info),
        )
    )
    table = lines_table(paper, ("line", "buyer_part", "seller_part", "description", "date", "quantity", "unit", "price", "total"))
    style = ".lines th,.lines td{border:1px solid #555}.lines th{background:#ccc}"
    content = f"{letterhead(paper)}<table style='width:100%'><tr>{boxes}</tr></table><br>{table}"
    return document(content + totals_table(paper.totals("net")), style, size=8)


def _bands(paper: Paper) -> str:
    """Labels above in bands with empty cells, and empty rows that fill the table."""
    first = [paper.pair("order_date"), (paper.label("ship_via"), ""), paper.pair("incoterm"), paper.pair("terms"), ("TAX", "")]
    second = [paper.pair("contact"), (paper.label("requisition"), ""), paper.pair("requested"), paper.pair("job")]
    table = lines_table(paper, ("quantity", "unit", "part", "description", "price", "total"))
    table = table.replace("</tbody>", "<tr><td>&nbsp;</td><td></td><td></td><td></td><td></td><td></td></tr>" * 4 + "</tbody>")
    number = pairs_beside([paper.pair("po_number")], style="font-size:130%")
    addresses = parties(paper, "seller", "ship_to", style="margin:10px 40px")
    style = ".lines td,.lines th{border-left:1px solid #000;border-right:1px solid #000}.lines{border:1px solid #000}"
    content = f"<div class='row'>{letterhead(paper)}{number}</div>{addresses}{pairs_band(first)}{pairs_band(second)}<br>{table}"
    return document(content + totals_table(paper.totals("lone")), style, font="Liberation Serif", size=10)


def _three_columns(paper: Paper) -> str:
    """Seller, delivery and invoice addresses in three columns under labels."""
    paper.with_days()
    columns = "".join(
        f"<td style='width:33%'>{block(paper.label(role), paper.party(role, country=role != 'seller'))}</td>"
        for role in ("seller", "ship_to", "bill_to")
    )
    values = pairs_grid([paper.pair(name) for name in ("po_number", "order_date", "terms")])
    head = f"<div style='text-align:center'>{title(paper)}</div>{values}"
    table = lines_table(paper, ("line", "part", "description", "date", "quantity", "unit", "price", "total"))
    style = "thead tr{border-top:2px solid #000;border-bottom:2px solid #000}"
    return document(
        f"{head}<table style='width:100%;margin:12px 0'><tr>{columns}</tr></table>{table}{totals_table(paper.totals())}", style
    )


def _attributes(paper: Paper) -> str:
    """A grid of attributes, some of them empty."""
    grid = [
        paper.pair("po_number"),
        paper.pair("job"),
        ("Season", ""),
        paper.pair("vendor_number"),
        paper.pair("order_date"),
        ("Ref.", ""),
        paper.pair("requested"),
        paper.pair("currency"),
        paper.pair("incoterm"),
    ]
    addresses = pairs_grid(
        [(paper.label("seller"), ", ".join(paper.party("seller"))), (paper.label("ship_to"), ", ".join(paper.party("ship_to")))],
        across=1,
    )
    table = lines_table(paper, ("seller_part", "gtin", "description", "quantity", "unit", "price", "total"))
    style = ".lines th,.lines td{border:1px solid #999;font-size:90%}"
    content = f"<div class='row'>{letterhead(paper)}{title(paper)}</div><br>{pairs_grid(grid)}{addresses}<br>{table}"
    return document(
        content + totals_table(paper.totals("lone", with_currency=True)), style, font="Liberation Sans Narrow", size=10
    )


def _window_letter(paper: Paper) -> str:
    """A letter: the seller unlabelled in the window, the head at the right, the table without lines."""
    window = f"{sender_line(paper)}<br>{lines_of(paper.party('seller'))}"
    names = ("po_number", "order_date", "customer_number", "contact", "phone", "quotation")
    head = pairs_beside([paper.pair(name) for name in names], colon="")
    texts = [f"<p>{escape(paper.label('greeting'))}</p>"]
    table = lines_table(paper, ("line", "quantity", "unit", "seller_part", "description", "price", "total"))
    foot = pairs_beside(
        [
            paper.pair("terms"),
            paper.pair("incoterm"),
            paper.pair("requested"),
            (paper.label("ship_to"), ", ".join(paper.party("ship_to"))),
        ]
    )
    closing = f"{foot}<p>{escape(paper.label('confirm'))}</p><p>{escape(paper.order.buyer.person)}</p>"
    buyer = paper.order.buyer
    legal = at_foot(f"{buyer.name} · IBAN XX00 1234 5678 9012 · {buyer.vat_id}")
    content = (
        f"<div class='row' style='margin-top:60px'><div>{window}</div><div>{head}</div></div><br>{title(paper, 'font-size:120%')}"
    )
    return document(
        content + "".join(texts) + table + totals_table(paper.totals("net", with_currency=True)) + closing + legal,
        margin=20,
        size=10,
    )


def _misleading(paper: Paper) -> str:
    """Many numbers that look like the order's, the order's own last; print time in the foot."""
    names = ["quotation", "contract", "requisition", "job", "vendor_number", "po_number", "order_date"]
    head = pairs_beside([paper.pair(name) for name in names])
    code = f"<div style='font-family:monospace;letter-spacing:3px'>{paper.order.extra['barcode']}</div>"
    printed = at_foot(f"{paper.order.extra['printed']} 14:32   FORM-{paper.draw.randint(100, 999)} rev. 2")
    table = lines_table(paper, ("line", "part", "description", "quantity", "unit", "price", "total"))
    goods_to = block(paper.label("ship_to"), paper.party("ship_to", attention=True))
    addresses = row(goods_to, block(paper.label("seller"), paper.party("seller")), "<div></div>")
    clause = f"<p class='s'>{escape(paper.label('clause'))}</p>"
    content = f"<div class='row'>{letterhead(paper)}<div>{title(paper)}{code}{head}</div></div>{addresses}<br>{table}"
    style = ".lines tr:nth-child(even) td{background:#f0f0f0}"
    return document(content + totals_table(paper.totals()) + clause + printed, style)


def _label_left_blocks(paper: Paper) -> str:
    """Each party's label stands left of its block."""
    rows = "".join(
        f"<tr><td style='width:28mm' class='b'>{escape(paper.label(role))}:</td>"
        f"<td style='padding-bottom:8px'>{lines_of(paper.party(role))}</td></tr>"
        for role in ("seller", "ship_to", "bill_to")
    )
    head = pairs_beside([paper.pair(name) for name in ("po_number", "order_date", "requested", "terms", "currency")])
    table = lines_table(paper, ("line", "description", "seller_part", "quantity_unit", "price", "total"))
    own = escape(", ".join(paper.party("buyer")))
    content = f"{title(paper)}<div>{own}</div><br>{row(f'<table>{rows}</table>', head)}<br>{table}"
    return document(content + totals_table(paper.totals("net")), "th{border-bottom:1px solid}", font="DejaVu Serif", size=8.5)


def _two_languages(paper: Paper) -> str:
    """Every label twice: in the buyer's language and in English."""
    english = {
        "po_number": "PO number", "order_date": "Date", "requested": "Delivery date", "terms": "Payment terms",
        "ship_to": "Ship to", "seller": "Supplier", "part": "Article", "description": "Description", "quantity": "Quantity",
        "unit": "Unit",
        "price": "Unit price", "total": "Amount", "line": "Item", "title": "Purchase order",
    }  # fmt: skip
    if paper.order.language != "en":
        original = paper.label
        both = {name: f"{original(name)} / {word}" for name, word in english.items()}
        paper.label = lambda name: both.get(name) or original(name)  # type: ignore[method-assign]
    head = pairs_beside([paper.pair(name) for name in ("po_number", "order_date", "requested", "terms")])
    addresses = parties(paper, "seller", "ship_to", country=True)
    style = ".lines th,.lines td{border:1px solid #777}.lines th{font-size:80%}"
    top = row(letterhead(paper, country=True), f"<div>{title(paper, 'font-size:130%')}{head}</div>")
    content = f"{top}<br>{addresses}<br>"
    return document(content + lines_table(paper, _USUAL) + totals_table(paper.totals(with_currency=True)), style)


def _number_in_title(paper: Paper) -> str:
    """The number stands in the title itself, the date in a sentence of the letter's town."""
    order = paper.order
    heading = f"<h2>{escape(paper.label('title'))} {escape(paper.value('po_number'))}</h2>"
    place = f"<div style='text-align:right'>{escape(order.buyer.city)}, {escape(paper.value('order_date'))}</div>"
    addresses = parties(paper, "seller", "ship_to")
    table = lines_table(paper, ("part", "description", "quantity", "unit", "price", "total"))
    tail = pairs_beside([paper.pair("terms"), paper.pair("requested")])
    style = "th{border-bottom:1px solid #000}tbody tr:last-child td{border-bottom:1px solid #000}"
    return document(
        letterhead(paper) + place + heading + addresses + "<br>" + table + totals_table(paper.totals("lone")) + tail,
        style,
        size=11,
    )


WEB = (
    Layout("web-dark-heads", _dark_heads, order={"taxed": 0.6, "charged": 0.3}),
    Layout("web-title-bars", _title_bars),
    Layout("web-bands", _bands, sheet="Letter"),
    Layout("web-three-columns", _three_columns, order={"taxed": 0.5}),
    Layout("web-attributes", _attributes, order={"trade": "workwear"}),
    Layout("web-window-letter", _window_letter, languages=("de", "de", "nl", "pl", "it", "en")),
    Layout("web-misleading", _misleading, order={"taxed": 0.5}),
    Layout("web-label-left-blocks", _label_left_blocks),
    Layout("web-two-languages", _two_languages, languages=("de", "fr", "es", "it", "nl", "pl"), order={"taxed": 0.5}),
    Layout("web-number-in-title", _number_in_title),
)
